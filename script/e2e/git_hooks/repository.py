"""A git repository in a home of its own, and git and spaceform run in it."""

import copy
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from harness import Ended, clean_environment, program

from .project import APP, GOOD, HOOKS, PROJECT

TOOLS = Path(sys.executable).parent


class Repository:
    """A git repository in a home of its own, with the spaceform under test on the PATH or off it."""

    def __init__(self, folder: Path, *, bare: bool = False) -> None:
        self.folder = folder
        home = folder.parent / "home"
        tools = folder.parent / "bin"
        for made in (folder, home, tools):
            made.mkdir(parents=True, exist_ok=True)
        if not (tools / "spaceform").exists():
            (tools / "spaceform").symlink_to(program("spaceform"))
        self.without = os.pathsep.join(
            entry for entry in os.environ["PATH"].split(os.pathsep) if not (Path(entry) / "spaceform").exists()
        )
        # A proxy and a Hub that nobody answers at: whatever asked the network would fail.
        self.environment = clean_environment(
            HOME=str(home),
            HF_ENDPOINT=f"http://127.0.0.1:{closed_port()}",
            https_proxy=f"http://127.0.0.1:{closed_port()}",
            GIT_CONFIG_NOSYSTEM="1",
            GIT_AUTHOR_NAME="Test",
            GIT_AUTHOR_EMAIL="test@example.org",
            GIT_COMMITTER_NAME="Test",
            GIT_COMMITTER_EMAIL="test@example.org",
            PATH=f"{tools}{os.pathsep}{TOOLS}{os.pathsep}{self.without}",
        )
        self.git("init", "--quiet", "--initial-branch=main", *(["--bare"] if bare else []))

    @classmethod
    def guarded(cls, folder: Path) -> "Repository":
        """One with the hook installed, and a project that has nothing wrong as its first commit."""
        repository = cls(folder)
        repository.spaceform("hook", "install")
        repository.project()
        repository.git("commit", "--quiet", "-m", "project")
        return repository

    def at(self, folder: Path) -> "Repository":
        """The same surroundings in another folder, such as a linked work tree."""
        other = copy.copy(self)
        other.folder = folder
        return other

    def run(self, *command: str, cwd: Path | None = None, input: str = "", **environment: str) -> Ended:
        ended = subprocess.run(
            command, cwd=cwd or self.folder, env=self.environment | environment, input=input.encode(), capture_output=True, timeout=300
        )
        return Ended(list(command), ended.returncode, ended.stdout.decode(errors="replace"), ended.stderr.decode(errors="replace"))

    def git(self, *arguments: str, cwd: Path | None = None) -> str:
        ended = self.run("git", *arguments, cwd=cwd)
        if ended.status != 0:
            raise RuntimeError(str(ended))
        return ended.stdout

    def spaceform(self, *arguments: str, **options) -> Ended:
        return self.run(program("spaceform"), *arguments, **options)

    def commit(self, *arguments: str, cwd: Path | None = None, **environment: str) -> Ended:
        return self.run("git", "commit", "--quiet", "-m", "change", *arguments, cwd=cwd, **environment)

    def write(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def stage(self, path: str, text: str) -> None:
        self.write(path, text)
        self.git("add", "--", path)

    def project(self, below: str = "") -> None:
        """A project that has nothing wrong, staged."""
        for path, text in ({"spaceform.yaml": PROJECT, "spaces/chat.space.yaml": GOOD} | APP).items():
            self.write(below + path, text)
        self.git("add", "--all")

    def hook(self, name: str) -> Path:
        return Path(self.git("rev-parse", "--path-format=absolute", "--git-path", f"hooks/{name}").strip())

    def put_hook(self, name: str, text: str, mode: int = 0o755) -> None:
        path = self.hook(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(mode)

    def copy_hook(self, name: str) -> None:
        """As docs/hooks.md has it done by hand."""
        shutil.copy(HOOKS / name, self.hook(name))

    def add_remote(self, folder: Path) -> "Repository":
        """A bare repository there, as origin."""
        remote = Repository(folder, bare=True)
        self.git("remote", "add", "origin", str(folder))
        return remote

    def snapshot(self) -> dict[str, object]:
        """Every byte and mode of the work tree, the index and the stash."""
        files: dict[str, object] = {}
        for path in sorted(self.folder.rglob("*")):
            relative = path.relative_to(self.folder)
            if relative.parts[0] == ".git" or path.is_dir():
                continue
            files[str(relative)] = (path.lstat().st_mode, path.lstat().st_mtime_ns, path.read_bytes())
        directory = Path(self.git("rev-parse", "--absolute-git-dir").strip())
        files["index"] = (directory / "index").read_bytes()
        files["stash"] = self.git("stash", "list")
        return files

    @property
    def count(self) -> int:
        """Commits on the branch."""
        ended = self.run("git", "rev-list", "--count", "HEAD")
        return int(ended.stdout) if ended.status == 0 else 0


def closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
