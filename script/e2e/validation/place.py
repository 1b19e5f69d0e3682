"""A project to be validated, and how a run has to end."""

import os
import shutil
import subprocess
from pathlib import Path

from harness import Checks, Ended, clean_environment, program, wait

# Seconds that no run may take, whatever it is given.
PATIENCE = 20
CRASH = ("Fatal error", "Illegal instruction", "stack dump", "Backtrace", "Swift/", "Optional(", "Error Domain=", "[killed")
PROJECT = "version: 1\nproject: demos\nowner: acme\n"
SPACE = "name: chat\nsdk: docker\nvisibility: private\nsource: { path: apps/chat }\n"
BAD = SPACE + "hardwear: cpu-basic\n"
FILES = {
    "spaceform.yaml": PROJECT,
    "spaces/chat.space.yaml": SPACE,
    "apps/chat/Dockerfile": "FROM python:3.12-slim\nEXPOSE 7860\n",
    "apps/chat/README.md": "---\ntitle: Chat\nemoji: 💬\ncolorFrom: blue\ncolorTo: indigo\nsdk: docker\napp_port: 7860\n---\nA chat.\n",
    "apps/chat/app.py": "print('hello')\n",
}
DEFINITION = "spaces/chat.space.yaml"
# What to do to a file so that its owner may not read it, as somebody who is not root.
NOBODY = 65534


class Place:
    """A project in a folder of its own, with or without git."""

    def __init__(self, folder: Path, *options: str, git: bool = True) -> None:
        self.folder = folder
        self.is_git = git
        folder.mkdir(parents=True)
        home = folder.parent / f"{folder.name}-home"
        home.mkdir()
        identity = {f"GIT_{who}_{what}": "check@localhost" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        self.environment = clean_environment(HOME=str(home), GIT_CONFIG_NOSYSTEM="1", **identity)
        if git:
            self.git("init", "--quiet", "--initial-branch=main", *options)
        for path, text in FILES.items():
            self.write(path, text)
        if git:
            self.commit()

    def write(self, path: str | bytes, content: str | bytes) -> None:
        name = os.path.join(os.fsencode(self.folder), os.fsencode(path))
        os.makedirs(os.path.dirname(name), exist_ok=True)
        if os.path.lexists(name) and not os.path.isfile(name):
            self.remove(path)
        with open(name, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)

    def remove(self, path: str | bytes) -> None:
        name = os.path.join(os.fsencode(self.folder), os.fsencode(path))
        if os.path.isdir(name) and not os.path.islink(name):
            shutil.rmtree(name)
        elif os.path.lexists(name):
            os.remove(name)

    def at(self, path: str) -> Path:
        return self.folder / path

    def git(self, *arguments: str, cwd: Path | None = None, fails: bool = False, **environment: str) -> str:
        ended = subprocess.run(
            ["git", *arguments], cwd=cwd or self.folder, env=self.environment | environment, capture_output=True, stdin=subprocess.DEVNULL
        )
        if ended.returncode != 0 and not fails:
            raise RuntimeError(f"git {' '.join(arguments)}: {ended.stderr.decode()}")
        return ended.stdout.decode(errors="replace")

    def commit(self) -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", "change")
        return self.git("rev-parse", "HEAD").strip()

    def run(self, *arguments: str, cwd: Path | None = None, user: int | None = None, executable: str | None = None, **environment: str) -> Ended:
        process = subprocess.Popen(
            [executable or program("spaceform"), *arguments],
            cwd=cwd or self.folder,
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            user=user,
        )
        return wait(process, PATIENCE)


def ends_well(checks: Checks, title: str, ended: Ended, statuses: tuple[int, ...], *words: str) -> None:
    """In time, with one of the statuses, saying each of the words in any case, and without a sign of a crash."""
    checks.that(ended.status in statuses, f"{title}: exit status {' or '.join(map(str, statuses))}", cut(ended))
    text = ended.text.lower()
    for word in words:
        checks.that(any(choice in text for choice in word.lower().split("|")), f"{title}: the message says `{word}`", cut(ended))
    checks.that(not any(mark in ended.text for mark in CRASH), f"{title}: no crash and no wait", cut(ended))
    if ended.status not in (0, 3):
        checks.that("help:" in ended.text, f"{title}: there is a way out", cut(ended))
    unsafe = [c for c in ended.text if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160]
    checks.that(not unsafe, f"{title}: nothing that steers the terminal", cut(ended))


def cut(ended: Ended) -> str:
    return "\n".join(line[:300] for line in str(ended).splitlines()[:30])
