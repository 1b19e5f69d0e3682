"""Git hooks as git runs them: the verdict is on what is staged or pushed, nothing else is touched, and other hooks keep their place."""

import copy
import json
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from harness import ROOT, Checks, Ended, clean_environment, program, workplace

DOCUMENT = ROOT / "docs" / "hooks.md"
HOOKS = ROOT / "hooks"
TOOLS = Path(sys.executable).parent

PROJECT = "version: 1\nproject: demos\nowner: acme\n"
GOOD = "name: chat\nsdk: docker\nvisibility: private\nsource: { path: apps/chat }\n"
BAD = GOOD + "hardwear: cpu-basic\n"
LOCK = {
    "version": 1,
    "hub": "https://huggingface.co",
    "project": "demos",
    "spaces": {
        "acme/chat": {
            "id": "66a0f1c2d3e4f5a6b7c8d9e0",
            "settings": {"hardware": "cpu-basic", "visibility": "private"},
            "content": {"digest": "sha256:" + "0" * 64, "commit": "4" * 40, "live": "4" * 40},
        }
    },
}
APP = {
    "apps/chat/Dockerfile": "FROM python:3.12-slim\nCOPY app.py /app.py\nEXPOSE 7860\nCMD [\"python\", \"/app.py\"]\n",
    "apps/chat/README.md": "---\ntitle: Chat\nemoji: 💬\nsdk: docker\napp_port: 7860\n---\nA chat.\n",
    "apps/chat/app.py": "print('hello')\n",
    "apps/chat/with space.txt": "a\n",
    "apps/chat/with\nline end.txt": "a\n",
}


def snippet(name: str) -> str:
    """The fenced block of docs/hooks.md that follows `<!-- NAME -->`."""
    found = re.search(rf"^<!-- {re.escape(name)} -->\n+```\w*\n(.*?)^```$", DOCUMENT.read_text(), re.MULTILINE | re.DOTALL)
    if not found:
        raise RuntimeError(f"docs/hooks.md has no block {name}")
    return found.group(1)


class Repository:
    """A git repository in a home of its own, with the spaceform under test on the PATH or off it."""

    def __init__(self, folder: Path, *options: str, bare: bool = False) -> None:
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
        self.git("init", "--quiet", "--initial-branch=main", *(["--bare"] if bare else []), *options)

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


# --- the files themselves


def texts(checks: Checks) -> None:
    files = [str(HOOKS / name) for name in ("pre-commit", "pre-push")]
    ended = subprocess.run([str(TOOLS / "shellcheck"), *files], capture_output=True, text=True)
    checks.that(ended.returncode == 0, "shellcheck finds nothing in the hooks", ended.stdout + ended.stderr)
    for shell in ("sh", "bash", "dash", "busybox", "zsh"):
        if path := shutil.which(shell):
            words = [path, "sh"] if shell == "busybox" else [path]
            for file in files:
                checks.that(subprocess.run([*words, "-n", file]).returncode == 0, f"{shell} reads {Path(file).name}")


# --- pre-commit


def blocks_and_passes(checks: Checks, title: str, repository: Repository, commit: Callable[[], Ended], path: str, *words: str) -> None:
    """A bad file at the path stops a commit, and a good one does not."""
    before = repository.count
    repository.stage(path, BAD)
    ended = commit()
    checks.that(ended.status != 0, f"{title}: a bad commit is stopped", ended)
    checks.that("hardwear" in ended.text and "--no-verify" in ended.text, f"{title}: the reason and the way out are said", ended)
    for word in words:
        checks.that(word in ended.text, f"{title}: `{word}` is said", ended)
    checks.equal(repository.count, before, f"{title}: nothing was committed")
    repository.stage(path, GOOD + f"# {time.monotonic_ns()}\n")
    ended = commit()
    checks.that(ended.status == 0, f"{title}: a good commit passes", ended)
    checks.equal(repository.count, before + 1, f"{title}: it is committed")


def plain(checks: Checks, folder: Path) -> None:
    """The first commit of a new repository, the hook installed by hand and by `hook install`."""
    for title, install in {
        "a copied hook": lambda repository: shutil.copy(HOOKS / "pre-commit", repository.hook("pre-commit")),
        "an installed hook": lambda repository: repository.spaceform("hook", "install"),
    }.items():
        repository = Repository(folder / title.replace(" ", "-") / "repository")
        install(repository)
        repository.project()
        blocks_and_passes(checks, title, repository, repository.commit, "spaces/chat.space.yaml")
        ended = repository.commit("--allow-empty", "--amend")
        checks.that(ended.status == 0, f"{title}: an amended commit passes", ended)
        nested = repository.folder / "apps" / "chat"
        blocks_and_passes(
            checks, f"{title}, from a sub-folder", repository, lambda: repository.commit(cwd=nested), "spaces/chat.space.yaml"
        )

    repository.stage("spaces/chat.space.yaml", BAD)
    ended = repository.commit("--no-verify")
    checks.that(ended.status == 0, "--no-verify skips the hook", ended)
    repository.git("reset", "--quiet", "--hard", "HEAD~1")

    repository.write("spaces/chat.space.yaml", BAD)
    ended = repository.commit("-a")
    checks.that(ended.status != 0 and "hardwear" in ended.text, "commit -a: what it stages is checked", ended)
    checks.equal(repository.git("diff", "--cached", "--name-only"), "", "commit -a: nothing stays staged")
    repository.write("other.txt", "x\n")
    repository.git("add", "other.txt")
    ended = repository.commit("--", "other.txt")
    checks.that(ended.status == 0, "commit -- path: what is left out is not checked", ended)
    repository.write("other.txt", "y\n")
    ended = repository.commit("--", "other.txt", "spaces/chat.space.yaml")
    checks.that(ended.status != 0 and "hardwear" in ended.text, "commit -- path: what is named is checked", ended)
    repository.git("checkout", "--quiet", "HEAD", "--", ".")

    literal = repository.commit("--allow-empty", GIT_LITERAL_PATHSPECS="1")
    checks.that(literal.status == 0 and "Checked" in literal.text, "a front end that wants patterns taken literally changes nothing", literal)
    repository.git("rm", "--quiet", "-r", "--cached", "apps/chat")
    ended = repository.commit()
    checks.that(ended.status != 0 and "apps/chat" in ended.text, "a commit that only deletes an app is checked", ended)
    repository.git("reset", "--quiet", "--hard")
    repository.git("rm", "--quiet", "--cached", "spaceform.yaml")
    ended = repository.commit()
    checks.that(ended.status == 0, "a commit that takes the project away passes", ended)
    repository.git("reset", "--quiet", "--hard", "HEAD~1")

    os.remove(repository.folder / "spaceform.yaml")
    repository.stage("other.txt", "z\n")
    ended = repository.commit()
    checks.that(ended.status != 0 and "checkout-index" in ended.text, "a project that is staged and not on disk is never passed over", ended)


def partial(checks: Checks, folder: Path) -> None:
    """One content staged and another in the work tree, in the main and in a linked work tree."""
    repository = Repository(folder / "partial" / "repository")
    repository.spaceform("hook", "install")
    repository.project()
    repository.commit()
    repository.git("worktree", "add", "--quiet", "../linked")
    linked = repository.at(folder / "partial" / "linked")
    checks.equal(linked.hook("pre-commit"), repository.hook("pre-commit"), "a linked work tree shares the hooks")
    for title, tree in (("the main work tree", repository), ("a linked work tree", linked)):
        # Something in the stash, and something untracked.
        tree.write("apps/chat/app.py", "stashed\n")
        tree.git("stash", "--quiet")
        tree.write("untracked bad.space.yaml", BAD)
        for staged, on_disk, passes in ((BAD, GOOD + "# disk\n", False), (GOOD + "# staged\n", BAD, True)):
            verdict = "good" if passes else "bad"
            tree.stage("spaces/chat.space.yaml", staged)
            tree.write("spaces/chat.space.yaml", on_disk)
            tree.run("git", "update-index", "--refresh", "-q")
            before = tree.snapshot()
            directory = tree.git("rev-parse", "--absolute-git-dir").strip()
            shutil.copy(f"{directory}/index", f"{directory}/other-index")
            for index in (None, f"{directory}/other-index"):
                environment = {"GIT_DIR": directory} | ({"GIT_INDEX_FILE": index} if index else {})
                ended = tree.run(str(tree.hook("pre-commit")), **environment)
                how = f"{verdict} staged in {title}{', GIT_INDEX_FILE' if index else ''}"
                checks.equal(ended.status == 0, passes, f"{how}: the verdict is on what is staged\n{ended}")
                checks.that(tree.snapshot() == before, f"{how}: work tree, index and stash are byte-identical afterwards")
            os.remove(f"{directory}/other-index")
            tree.write("in the other.yaml", "x\n")
            if not passes:
                # The same index with a good file in it, beside a bad one in the repository's own.
                other = f"{directory}/good-index"
                blob = tree.run("git", "hash-object", "-w", "--stdin", input=GOOD).stdout.strip()
                shutil.copy(f"{directory}/index", other)
                tree.run("git", "update-index", "--cacheinfo", f"100644,{blob},spaces/chat.space.yaml", GIT_INDEX_FILE=other)
                ended = tree.run(str(tree.hook("pre-commit")), GIT_DIR=directory, GIT_INDEX_FILE=other)
                checks.that(ended.status == 0, f"GIT_INDEX_FILE in {title} names the index that counts", ended)
            before = tree.snapshot()
            before.pop("index")
            ended = tree.commit()
            checks.equal(ended.status == 0, passes, f"{verdict} staged in {title}: git commit\n{ended}")
            after = tree.snapshot()
            after.pop("index")
            checks.that(after == before, f"{verdict} staged in {title}: git commit leaves work tree and stash as they were")


def folders(checks: Checks, folder: Path) -> None:
    """Projects in sub-folders, with names that have spaces and line ends."""
    repository = Repository(folder / "folders" / "repository")
    repository.spaceform("hook", "install")
    repository.write("README", "x\n")
    repository.git("add", "README")
    ended = repository.commit()
    checks.that(ended.status == 0 and ended.text == "", "without a project the hook has nothing to say", ended)
    below = ("first", "two words", "-dash", "with\nline end/deep", "*")
    for name in below:
        repository.project(f"{name}/")
    ended = repository.commit()
    checks.that(ended.status == 0, "five projects at once pass", ended)
    checks.equal(ended.text.count("Checked "), 5, "each of them is checked")
    for name in below:
        blocks_and_passes(checks, f"a project in {name!r}", repository, repository.commit, f"{name}/spaces/chat.space.yaml")
        repository.stage(f"{name}/spaces/chat.space.yaml", GOOD)
        ended = repository.commit()
        checks.equal(ended.text.count("Checked "), 1, f"a project in {name!r}: the others are not checked\n{ended}")
    repository.stage("README", "y\n")
    ended = repository.commit()
    checks.that(ended.status == 0 and "Checked" not in ended.text, "a commit that touches no project checks none", ended)


def missing_program(checks: Checks, folder: Path) -> None:
    repository = Repository(folder / "missing" / "repository")
    repository.write("README", "x\n")
    repository.git("add", "README")
    shutil.copy(HOOKS / "pre-commit", repository.hook("pre-commit"))
    checks.equal(repository.commit(PATH=repository.without).status, 0, "without a project a missing spaceform is no matter")
    repository.project()
    ended = repository.commit(PATH=repository.without)
    checks.that(ended.status != 0, "with a project, a missing spaceform stops the commit", ended)
    for word in ("spaceform is not on the PATH", "Install it", "--no-verify"):
        checks.that(word in ended.text, f"a missing spaceform: `{word}` is said", ended)
    os.remove(repository.hook("pre-commit"))
    own = folder / "missing" / "it's here" / "spaceform"
    own.parent.mkdir()
    shutil.copy(program("spaceform"), own)
    repository.run(str(own), "hook", "install")
    ended = repository.commit(PATH=repository.without)
    checks.that(ended.status == 0 and "Checked" in ended.text, "an installed hook finds the spaceform that installed it", ended)
    own.unlink()
    repository.stage("spaces/chat.space.yaml", GOOD + "# again\n")
    ended = repository.commit(PATH=repository.without)
    checks.that(ended.status != 0 and f"not at {own} any more" in ended.text, "and says where it was when it is gone", ended)


# --- `spaceform hook`


def chaining(checks: Checks, folder: Path) -> None:
    repository = Repository(folder / "chaining" / "repository")
    repository.project()
    told = folder / "chaining" / "told"
    foreign = f'#!/bin/sh\n# no line end at the end of the next line, and mode 0750\nprintf "%s|" "$@" >>"{told}"; exit "${{FOREIGN:-0}}"'
    repository.put_hook("pre-commit", foreign, 0o750)
    sample = {path.name: path.read_bytes() for path in repository.hook("pre-commit").parent.iterdir()}

    ended = repository.spaceform("hook", "install")
    checks.that(ended.status == 0 and "pre-commit.before-spaceform runs first" in ended.stdout, "an existing hook is kept", ended)
    again = repository.spaceform("hook", "install")
    checks.that(again.status == 0 and "installed already" in again.stdout, "a second install changes nothing", again)
    ended = repository.commit(FOREIGN="3")
    checks.that(ended.status != 0 and "Checked" not in ended.text, "when the kept hook fails, that is it", ended)
    checks.that(told.exists(), "the kept hook ran")
    ended = repository.commit()
    checks.that(ended.status == 0 and "Checked" in ended.text, "when it passes, ours runs", ended)
    found = repository.spaceform("hook", "status", "--format", "json").json()
    checks.equal(
        [(hook["type"], hook["state"], hook["runs_first"]) for hook in found["hooks"]],
        [("pre-commit", "installed", "pre-commit.before-spaceform"), ("pre-push", "not_installed", None)],
        "status says what is there",
    )
    ended = repository.spaceform("hook", "uninstall")
    checks.that(ended.status == 0, "the hook is removed", ended)
    path = repository.hook("pre-commit")
    checks.equal(path.read_text(), foreign, "the kept hook is back byte for byte")
    checks.equal(stat.S_IMODE(path.stat().st_mode), 0o750, "with its mode")
    left = {path.name: path.read_bytes() for path in path.parent.iterdir()}
    checks.equal(left, sample, "the folder is as it was")
    ended = repository.spaceform("hook", "uninstall")
    checks.that(ended.status == 0 and "left as it is" in ended.stdout, "a hook of somebody else is not removed", ended)

    # A pre-push hook gets its arguments and its input.
    repository.put_hook("pre-push", f'#!/bin/sh\nprintf "%s|" "$@" >"{told}"; cat >>"{told}"; exit "${{FOREIGN:-0}}"\n')
    checks.equal(repository.spaceform("hook", "install", "--type", "pre-push").status, 0, "a pre-push hook is kept too")
    remote = Repository(folder / "chaining" / "remote", bare=True)
    repository.git("remote", "add", "origin", str(remote.folder))
    ended = repository.run("git", "push", "--quiet", "origin", "main", FOREIGN="1")
    checks.that(ended.status != 0, "when the kept hook fails, nothing is pushed", ended)
    head = repository.git("rev-parse", "HEAD").strip()
    wanted = f"origin|{remote.folder}|refs/heads/main {head} refs/heads/main {'0' * 40}\n"
    checks.equal(told.read_text(), wanted, "the kept hook gets the arguments and the input that git gave")
    ended = repository.run("git", "push", "--quiet", "origin", "main")
    checks.that(ended.status == 0, "when it passes, ours decides", ended)
    checks.equal(told.read_text(), wanted, "the second time too")

    repository.hook("pre-push").write_text("#!/bin/sh\n# spaceform hook: pre-push\nprevious='pre-push.before-spaceform'\nexit 0\n")
    ended = repository.spaceform("hook", "status")
    checks.that("outdated" in ended.stdout, "a hook of another version is outdated", ended)
    ended = repository.spaceform("hook", "install", "--type", "pre-push")
    checks.that(ended.status == 0 and "updated" in ended.stdout and "runs first" in ended.stdout, "and is renewed", ended)


def places(checks: Checks, folder: Path) -> None:
    repository = Repository(folder / "places" / "repository")
    repository.project()
    shutil.rmtree(repository.folder / ".git" / "hooks")
    ended = repository.spaceform("hook", "install", "-C", "apps/chat")
    checks.that(ended.status == 0 and ended.stdout.startswith("pre-commit  installed in .git/hooks\n"), "a missing hooks folder is made", ended)
    repository.spaceform("hook", "uninstall")

    repository.git("config", "core.hooksPath", "tools/git hooks")
    ended = repository.spaceform("hook", "install", "-C", "apps")
    checks.that(ended.status == 0 and "commit it" in ended.stdout, "core.hooksPath in the work tree is respected", ended)
    installed = repository.folder / "tools" / "git hooks" / "pre-commit"
    checks.that(installed.read_bytes() == (HOOKS / "pre-commit").read_bytes(), "what is committed names no place of this machine")
    blocks_and_passes(checks, "core.hooksPath", repository, repository.commit, "spaces/chat.space.yaml")
    repository.spaceform("hook", "uninstall")

    elsewhere = folder / "places" / "shared"
    repository.git("config", "core.hooksPath", str(elsewhere))
    ended = repository.spaceform("hook", "install")
    checks.that(ended.status == 1 and "leads out of the repository" in ended.stderr, "core.hooksPath that leads elsewhere is refused", ended)
    checks.that(not elsewhere.exists(), "and nothing is written there")
    repository.git("config", "--unset", "core.hooksPath")
    repository.git("config", "--global", "core.hooksPath", str(elsewhere))
    ended = repository.spaceform("hook", "install")
    checks.that(ended.status == 1 and "global configuration" in ended.stderr and "--force" in ended.stderr, "a global one is refused", ended)
    ended = repository.spaceform("hook", "install", "--force")
    checks.that(ended.status == 0 and (elsewhere / "pre-commit").exists(), "--force installs there", ended)
    other = Repository(folder / "places" / "another")
    other.write("README", "x\n")
    other.git("add", "README")
    checks.equal(other.commit().status, 0, "where it passes in repositories without a project")
    blocks_and_passes(checks, "a global core.hooksPath", repository, repository.commit, "spaces/chat.space.yaml")
    repository.git("config", "--global", "--unset", "core.hooksPath")

    repository.git("worktree", "add", "--quiet", "../linked")
    ended = repository.spaceform("hook", "install", "-C", str(folder / "places" / "linked"))
    checks.that(repository.hook("pre-commit").exists(), "from a linked work tree, the hook goes to the shared folder", ended)
    repository.spaceform("hook", "uninstall")

    if os.geteuid() != 0:
        repository.hook("x").parent.chmod(0o500)
        ended = repository.spaceform("hook", "install")
        checks.that(ended.status == 1 and "who may write" in ended.stderr, "a folder that may not be written to is a clear failure", ended)
        repository.hook("x").parent.chmod(0o755)

    ended = repository.spaceform("hook", "status", "-C", str(folder))
    checks.that(ended.status == 64 and "not inside a git work tree" in ended.stderr, "outside git it says so", ended)

    for name, text in ((".pre-commit-config.yaml", "repos: []\n"), ("lefthook.yml", ""), (".husky/pre-commit", "true\n")):
        repository.write(name, text)
        ended = repository.spaceform("hook", "install")
        checks.that(ended.status == 1 and name.split("/")[0] in ended.stderr, f"{name}: the tool that writes the hooks is named", ended)
        checks.that("spaceform" in ended.stderr.split("help:")[-1], f"{name}: and what to add to its file", ended)
        ended = repository.spaceform("hook", "install", "--force")
        checks.that(ended.status == 0 and repository.hook("pre-commit").exists(), f"{name}: --force installs", ended)
        repository.spaceform("hook", "uninstall")
        target = repository.folder / name
        target.unlink()
        if target.parent != repository.folder:
            target.parent.rmdir()


# --- pre-push and the offline plan


def offline_plan(checks: Checks, folder: Path) -> None:
    repository = Repository(folder / "offline" / "repository")
    repository.project()
    plan = ("plan", "--refresh", "none")

    ended = repository.spaceform(*plan, "--format", "json")
    checks.that(ended.status == 0 and "no spaceform.lock" in ended.stderr, "without a lock, token or network there is a plan", ended)
    found = ended.json()
    checks.equal((found["refresh"], [space["action"] for space in found["spaces"]]), ("none", ["create"]), "in which all is new")

    repository.write("spaceform.lock", json.dumps(LOCK))
    ended = repository.spaceform(*plan)
    checks.that("content changed (offline: files not compared)" in ended.stdout, "other files are told by their digest", ended)
    checks.that("Offline: compared with the lock alone" in ended.stdout, "the plan says what it was compared with", ended)
    change = repository.spaceform(*plan, "--format", "json").json()["spaces"][0]["changes"][0]
    recorded = json.loads(json.dumps(LOCK))
    recorded["spaces"]["acme/chat"]["content"]["digest"] = change["new"]
    repository.write("spaceform.lock", json.dumps(recorded))
    ended = repository.spaceform(*plan, "--detailed-exitcode")
    checks.that(ended.status == 0 and "No changes" in ended.stdout, "with the same digest there is nothing to do", ended)

    out = str(folder / "offline" / "saved.plan")
    for arguments in (("--out", out), ("--live-prices",), ("--adopt", "acme/chat"), ("--overwrite-foreign",)):
        ended = repository.spaceform(*plan, *arguments)
        checks.that(ended.status == 64 and "--refresh none" in ended.stderr, f"{arguments[0]} is refused with --refresh none", ended)
    checks.that(not Path(out).exists(), "and nothing is saved")
    Path(out).write_text(repository.spaceform(*plan, "--format", "json").stdout)
    ended = repository.spaceform("apply", out, "--auto-approve", HF_TOKEN="hf_local")
    checks.that(ended.status == 64 and "--refresh none" in ended.stderr, "such a plan is never applied", ended)
    ended = repository.spaceform("apply", "--refresh", "none", "--auto-approve")
    checks.equal(ended.status, 64, "apply takes no --refresh")

    repository.git("add", "--all")
    repository.commit()
    repository.write("spaceform.lock", json.dumps(recorded | {"project": "another"}))
    ended = repository.spaceform(*plan)
    checks.that(ended.status == 5 and "another" in ended.stderr, "a lock of another project is refused", ended)
    ended = repository.spaceform(*plan, "--revision", "HEAD")
    checks.that(ended.status == 0, "with a revision the lock is that revision's", ended)
    repository.stage("apps/chat/model.bin", f"version https://git-lfs.github.com/spec/v1\noid sha256:{'a' * 64}\nsize 5\n")
    repository.git("checkout", "--quiet", "HEAD", "--", "spaceform.lock")
    ended = repository.spaceform(*plan)
    text = ended.stdout + ended.stderr
    checks.that(ended.status == 3 and "git lfs pull" in text, "a large file that is not here is a finding, with the way out", ended)


def pushing(checks: Checks, folder: Path) -> None:
    for title, install in {
        "a copied hook": lambda repository: shutil.copy(HOOKS / "pre-push", repository.hook("pre-push")),
        "an installed hook": lambda repository: repository.spaceform("hook", "install", "--type", "pre-push"),
    }.items():
        base = folder / f"push-{title.split()[1]}"
        remote = Repository(base / "remote", bare=True)
        repository = Repository(base / "repository")
        repository.git("remote", "add", "origin", str(remote.folder))
        install(repository)

        def push(*arguments: str, **environment: str) -> Ended:
            return repository.run("git", "push", "origin", *arguments, **environment)

        def on_remote(branch: str = "main") -> str:
            return remote.run("git", "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}").stdout.strip()

        repository.write("README", "x\n")
        repository.git("add", "README")
        repository.commit()
        ended = push("main")
        checks.that(ended.status == 0 and "spaceform:" not in ended.text, f"{title}: without a project it has nothing to say", ended)
        repository.project("my demos/")
        repository.stage("my demos/spaceform.lock", json.dumps(LOCK))
        repository.commit()
        ended = push("main")
        checks.that(ended.status == 0, f"{title}: a plan that may be carried out passes", ended)
        checks.that("Plan: 1 to update." in ended.text and "my demos/ at" in ended.text, f"{title}: and is shown in short", ended)
        ended = push("main:refs/heads/again")
        checks.that(ended.status == 0 and "Plan" not in ended.text, f"{title}: commits that the remote has are not planned again", ended)
        ended = push("--delete", "again")
        checks.that(ended.status == 0 and "Plan" not in ended.text, f"{title}: a deletion is not planned", ended)
        repository.stage("README", "y\n")
        repository.commit()
        ended = push("main", "HEAD~1:refs/heads/older")
        checks.that(ended.status == 0 and "Plan" not in ended.text, f"{title}: a push that touches no project is not planned", ended)
        repository.git("tag", "blob", repository.git("rev-parse", "HEAD:README").strip())
        checks.equal(push("blob").status, 0, f"{title}: a tag of no commit passes")

        repository.git("mv", "my demos/spaces/chat.space.yaml", "my demos/spaces/talk.space.yaml")
        repository.stage("my demos/spaces/talk.space.yaml", GOOD.replace("name: chat", "name: talk"))
        repository.commit()
        # Good in the index and the work tree: the commit counts.
        repository.stage("my demos/spaces/chat.space.yaml", GOOD)
        before = on_remote()
        for ref in ("main", "HEAD:main", ":/change:main"):
            ended = push(ref)
            checks.that(ended.status != 0 and on_remote() == before, f"{title}: {ref} that destroys without permission is stopped", ended)
            checks.that("acme/chat is no longer defined" in ended.text, f"{title}: {ref}: the reason is said", ended)
        checks.that("--no-verify" in ended.text, f"{title}: the way past it is said", ended)
        repository.git("reset", "--quiet", "--hard", "HEAD~1")
        repository.stage("my demos/spaces/chat.space.yaml", BAD)
        repository.commit()
        repository.git("tag", "--annotate", "-m", "bad", "v1")
        ended = push("v1")
        checks.that(ended.status != 0 and "hardwear" in ended.text, f"{title}: a tag of a commit with an error is stopped", ended)
        ended = push("--no-verify", "v1")
        checks.that(ended.status == 0, f"{title}: --no-verify pushes", ended)
        repository.git("reset", "--quiet", "--hard", "HEAD~1")

        repository.stage("my demos/spaceform.lock", json.dumps(LOCK | {"project": "another"}))
        repository.commit()
        ended = push("main")
        checks.that(ended.status == 0 and "was not checked" in ended.text, f"{title}: what cannot be compared passes, and is said", ended)
        repository.stage("my demos/spaceform.lock", "<<<<<<< HEAD\n")
        repository.commit()
        ended = push("main")
        checks.that(ended.status != 0 and "spaceform.lock" in ended.text, f"{title}: a lock with conflict markers is stopped", ended)
        repository.git("reset", "--quiet", "--hard", "HEAD~1")

        repository.git("checkout", "--quiet", "--orphan", "empty")
        repository.git("rm", "--quiet", "-r", "-f", ".")
        repository.stage("README", "z\n")
        repository.commit()
        ended = push("HEAD", "main:refs/heads/other")
        checks.that(ended.status == 0, f"{title}: another branch than the one checked out can be pushed", ended)


# --- other tools


def lefthook(checks: Checks, folder: Path) -> None:
    repository = Repository(folder / "lefthook" / "repository")
    repository.project()
    repository.stage("lefthook.yml", snippet("lefthook.yml"))
    # It puts what is not staged aside, which takes a first commit.
    repository.commit()
    ended = repository.run("lefthook", "install")
    if not checks.that(ended.status == 0 and repository.hook("pre-commit").exists(), "lefthook installs its hooks", ended):
        return
    before = repository.count
    repository.stage("spaces/chat.space.yaml", BAD)
    ended = repository.commit()
    checks.that(ended.status != 0 and "hardwear" in ended.text, "lefthook: a bad commit is stopped", ended)
    repository.stage("spaces/chat.space.yaml", GOOD + "# staged\n")
    repository.write("spaces/chat.space.yaml", BAD)
    ended = repository.commit()
    checks.that(ended.status == 0 and "Checked" in ended.text, "lefthook: a good one passes, whatever is on disk", ended)
    checks.equal(repository.count, before + 1, "lefthook: it is committed")
    checks.equal((repository.folder / "spaces/chat.space.yaml").read_text(), BAD, "lefthook: the work tree is as it was")
    repository.git("checkout", "--quiet", "--", ".")
    repository.git("rm", "--quiet", "-r", "apps/chat")
    ended = repository.commit()
    checks.that(ended.status != 0 and "apps/chat" in ended.text, "lefthook: a commit that only deletes is checked", ended)
    repository.git("reset", "--quiet", "--hard")

    remote = Repository(folder / "lefthook" / "remote", bare=True)
    repository.git("remote", "add", "origin", str(remote.folder))
    repository.stage("spaceform.lock", json.dumps(LOCK))
    repository.commit()
    ended = repository.run("git", "push", "origin", "main")
    checks.that(ended.status == 0 and "1 to update" in ended.text, "lefthook: a push shows its plan", ended)
    lock = json.loads(json.dumps(LOCK))
    lock["spaces"]["acme/gone"] = {"id": "66a0f1c2d3e4f5a6b7c8d9e1"}
    repository.stage("spaceform.lock", json.dumps(lock))
    repository.commit()
    ended = repository.run("git", "push", "origin", "main")
    checks.that(ended.status != 0 and "acme/gone" in ended.text, "lefthook: a push that destroys is stopped", ended)


def husky(checks: Checks, folder: Path) -> None:
    """husky itself comes from npm; what it does is to run its file with `sh -e`."""
    repository = Repository(folder / "husky" / "repository")
    repository.project()
    repository.write(".husky/pre-commit", snippet(".husky/pre-commit"))
    repository.write(".husky/pre-push", snippet(".husky/pre-push"))
    repository.write(".husky/_/pre-commit", '#!/usr/bin/env sh\nsh -e .husky/pre-commit "$@"\n')
    (repository.folder / ".husky/_/pre-commit").chmod(0o755)
    repository.git("config", "core.hooksPath", ".husky/_")
    ended = repository.spaceform("hook", "install", "--force")
    checks.that(ended.status == 1 and ".husky/pre-commit" in ended.stderr, "husky's own folder is left alone", ended)
    repository.stage("spaces/chat.space.yaml", BAD)
    ended = repository.commit()
    checks.that(ended.status != 0 and "hardwear" in ended.text, "husky: a bad commit is stopped", ended)
    repository.stage("spaces/chat.space.yaml", GOOD)
    ended = repository.commit()
    checks.that(ended.status == 0 and "Checked" in ended.text, "husky: a good one passes", ended)
    repository.stage("spaceform.lock", json.dumps(LOCK))
    repository.commit()
    ended = repository.run("sh", "-e", ".husky/pre-push", "origin", "nowhere")
    checks.that(ended.status == 0 and "1 to update" in ended.text, "husky: a push shows its plan", ended)


def main() -> None:
    checks = Checks()
    with workplace() as folder:
        texts(checks)
        plain(checks, folder)
        partial(checks, folder)
        folders(checks, folder)
        missing_program(checks, folder)
        chaining(checks, folder)
        places(checks, folder)
        offline_plan(checks, folder)
        pushing(checks, folder)
        lefthook(checks, folder)
        husky(checks, folder)
    checks.finish()


if __name__ == "__main__":
    main()
