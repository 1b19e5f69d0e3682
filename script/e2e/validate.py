"""`validate` on whatever a folder or a repository may hold: one clear message or finding each, no crash and no wait; and the verdict is on
what is staged, with nothing touched, in every kind of repository."""

import hashlib
import os
import random
import shutil
import socket
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

from harness import Checks, Ended, clean_environment, program, wait, workplace

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


# --- what a file may hold


def texts() -> Iterator[tuple[str, bytes, int, tuple[str, ...]]]:
    """Contents of a definition: a title, the bytes, the exit status, and words of the finding."""
    noise = random.Random(7)
    yield "bytes of a program", b"\x7fELF" + noise.randbytes(4096), 3, ("SF001",)
    yield "noise", noise.randbytes(100_000), 3, ("SF00",)
    yield "zeros", bytes(100_000), 3, ("SF001",)
    yield "a picture", b"\x89PNG\r\n\x1a\n" + noise.randbytes(2000), 3, ("SF001",)
    yield "no UTF-8", b"name: chat\ncard: { title: \xff\xfe }\n", 3, ("SF001", ":2:16", "utf-8")
    yield "no UTF-8 between carriage returns", b"name: chat\rsdk: docker\rregion: \xff\r", 3, ("SF001", ":3:9")
    yield "UTF-16", SPACE.encode("utf-16"), 3, ("SF001",)
    yield "Latin-1", "name: chat\ncard: { title: Café }\n".encode("latin-1"), 3, ("SF001", ":2:20")
    yield "a byte order mark", b"\xef\xbb\xbf" + SPACE.encode(), 0, ()
    yield "a byte order mark and a fault", b"\xef\xbb\xbf" + b"hardwear: x\n" + SPACE.encode(), 3, ("SF010", ":1:1")
    yield "Windows line ends", SPACE.replace("\n", "\r\n").encode(), 0, ()
    yield "Windows line ends and a fault", BAD.replace("\n", "\r\n").encode(), 3, ("SF010", ":5:1")
    yield "line ends of old", BAD.replace("\n", "\r").encode(), 3, ("SF010", ":5:1")
    yield "no line end and a fault", b"name: chat\n[sdk: docker]", 3, ("SF002", ":2:")
    yield "a tab for indentation", SPACE.encode() + b"secrets:\n\tKEY: { env: X }\n", 3, ("SF002", ":6:1", "indent with spaces")
    yield "a control character", b"name: chat\ncard: { title: \x1b[2J }\n", 3, ("SF001", ":2:16")
    yield "an escaped control character", b'name: chat\n"\\x1b[2J": 1\n', 3, ("SF010", "u{1b}")
    yield "nothing", b"", 3, ("SF014",)
    yield "a comment alone", b"# nothing yet\n", 3, ("SF014",)
    yield "two documents", SPACE.encode() + b"---\n" + SPACE.encode(), 3, ("SF005", ":5:1")
    yield "10 MB", SPACE.encode() + b"# padding\n" * 1_000_000, 3, ("SF004", "4194304")
    yield "deep flow", b"name: " + b"[" * 100_000, 3, ("SF004", "64 levels")
    yield "deep blocks", b"".join(b" " * n + b"a:\n" for n in range(200)), 3, ("SF004", "64 levels")
    yield "deep dashes", b"name: chat\nx:\n  " + b"- " * 10_000 + b"x\n", 3, ("SF004", "64 levels")
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in range(1, 20):
        bomb += f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n"
    yield "an alias bomb", bomb.encode(), 3, ("SF004", "100000")
    yield "an alias in itself", b"name: chat\nx: &x [*x]\n", 3, ("SF002", "inside")
    yield "20,000 directives", b"%TAG !a! tag:x,2000:\n" * 20_000 + b"---\n" + SPACE.encode(), 3, ("SF004", "%")
    yield "10,000 unknown keys", SPACE.encode() + b"".join(b"k%d: 1\n" % n for n in range(10_000)), 3, ("SF010",)
    yield "20,000 variables", SPACE.encode() + b"variables:\n" + b"".join(b"  K%d: 1\n" % n for n in range(20_000)), 0, ()
    yield "one key 10,000 times", SPACE.encode() + b"sdk: docker\n" * 10_000, 3, ("SF003",)
    yield "a key of a million letters", SPACE.encode() + b"? " + b"k" * 1_000_000 + b"\n: 1\n", 3, ("SF010",)
    yield "hardware of a million letters", SPACE.encode() + b"hardware: " + b"h" * 1_000_000 + b"\n", 0, ("SF103",)
    yield "one line of a million columns", SPACE.encode() + b"x: [" + b"a, " * 90_000 + b"{]\n", 3, ("SF00",)
    yield "10,000 comments for us", SPACE.encode() + b"# spaceform: ignore SF105\n" * 10_000, 0, ("SF018",)
    yield "replicas beyond counting", SPACE.encode() + b"hardware: t4-small\nsleep_time: 1h\nreplicas: 9223372036854775807\n", 0, ()
    yield "a number of 400 digits", SPACE.encode() + b"replicas: 1" + b"0" * 400 + b"\n", 3, ("SF011",)


def contents(checks: Checks, folder: Path) -> None:
    place = Place(folder / "contents")
    for title, content, status, words in texts():
        place.write(DEFINITION, content)
        words = (DEFINITION, *words) if status == 3 else words
        ended = place.run("validate")
        ends_well(checks, f"{title}, in the work tree", ended, (status,), *words)
        place.git("add", "--all")
        place.write(DEFINITION, SPACE)
        staged = place.run("validate", "--staged")
        ends_well(checks, f"{title}, staged", staged, (status,), *words)
        place.git("commit", "--quiet", "-m", title)
        ends_well(checks, f"{title}, committed", place.run("validate", "--revision", "HEAD"), (status,), *words)
        if status == 3 and len(content) < 200_000:
            place.write("spaceform.yaml", content)
            ends_well(checks, f"{title}, as the project file", place.run("validate"), (3,), "spaceform.yaml:")
            place.write("spaceform.yaml", PROJECT)
        if len(content) < 5_000_000:
            place.write("apps/chat/README.md", b"---\n" + content + b"---\n# Chat\n")
            ended = place.run("validate")
            ends_well(checks, f"{title}, in a README", ended, (0, 3))
            place.write("apps/chat/README.md", FILES["apps/chat/README.md"])
    checks.equal(place.run("validate").status, 0, "with what it was before, nothing is wrong")


# --- what may stand where a file should


def put_folder(path: Path) -> None:
    path.mkdir()
    (path / "file").write_text("x\n")


def put_socket(path: Path) -> None:
    # The name of a socket may be 107 bytes long, and the work folder may be deep.
    before = os.getcwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(before)


def put_sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 200 << 30)


def strange(checks: Checks, folder: Path) -> None:
    """Things that are no files, where files should be."""
    (folder / "outside.yaml").write_text(SPACE)
    # A .gitignore that is a pipe is left out in git: git itself waits for it, whatever it is asked.
    things = {
        "a folder": (put_folder, "folder|no such file|no file|not exist"),
        "an empty folder": (Path.mkdir, "folder|no such file|no file|not exist"),
        "a pipe": (os.mkfifo, "pipe"),
        "a socket": (put_socket, "pipe, a socket"),
        "a link to itself": (lambda path: path.symlink_to(path.name), "symbolic link"),
        "a link to nothing": (lambda path: path.symlink_to("nowhere"), "symbolic link"),
        "a link to a folder": (lambda path: path.symlink_to("."), "symbolic link"),
        "a link out of the project": (lambda path: path.symlink_to(os.path.relpath(folder / "outside.yaml", path.parent)), "leads out"),
        "a link to an absolute path": (lambda path: path.symlink_to("/etc/hostname"), "leads out"),
        "a link to a device": (lambda path: path.symlink_to("/dev/zero"), "leads out"),
        "a link to what the kernel makes up": (lambda path: path.symlink_to("/proc/self/mem"), "leads out"),
        "a file of 200 GB": (put_sparse, "bytes|long"),
    }
    for git in (True, False):
        where = "in git" if git else "outside git"
        for title, (put, words) in things.items():
            place = Place(folder / f"strange-{title.replace(' ', '-')}-{git}", git=git)
            # A file of this size is what a stray allocation would be: nothing to compare with.
            place.write("spaces/good.space.yaml", SPACE.replace("chat", "good", 1))
            if git:
                place.commit()
            for path in ("spaceform.yaml", DEFINITION, "apps/chat/README.md", "apps/chat/app.py", ".gitignore"):
                if git and path == ".gitignore" and put == os.mkfifo:
                    continue
                place.remove(path)
                put(place.at(path))
                ended = place.run("validate")
                name = f"{title} as {path}, {where}"
                if path == "spaceform.yaml":
                    ends_well(checks, name, ended, (1, 3), "spaceform.yaml", words)
                elif path == DEFINITION and "folder" not in title.split(" as ")[0]:
                    ends_well(checks, name, ended, (3,), DEFINITION, words)
                elif path == DEFINITION:
                    # A folder may have any name; a link to one may not pass for a definition.
                    ends_well(checks, name, ended, (0, 3))
                else:
                    ends_well(checks, name, ended, (0, 1, 3))
                    # Hashing 200 GB takes its time, and has to.
                    if put != put_sparse:
                        planned = place.run("plan", "--refresh", "none")
                        ends_well(checks, f"{name}, planned", planned, (0, 1, 3))
                if git and path.endswith(".yaml"):
                    # What is staged is as it was.
                    ends_well(checks, f"{name}, checked as committed", place.run("validate", "--revision", "HEAD"), (0,))
                    staged = place.run("validate", "--staged")
                    ends_well(checks, f"{name}, checked as staged", staged, (0,))
                place.remove(path)
                if path in FILES:
                    place.write(path, FILES[path])
            if git and "link" in title:
                place.remove(DEFINITION)
                put(place.at(DEFINITION))
                place.git("add", "--all")
                ends_well(checks, f"{title} staged as a definition", place.run("validate", "--staged"), (3,), DEFINITION, "link")
                place.git("commit", "--quiet", "-m", "link")
                committed = place.run("validate", "--revision", "HEAD")
                ends_well(checks, f"{title} committed as a definition", committed, (3,), DEFINITION, "link")
            shutil.rmtree(place.folder)


def links_inside(checks: Checks, folder: Path) -> None:
    """Links that stay in the project are followed, in folders too, and circles of folders are not entered."""
    for git in (True, False):
        place = Place(folder / f"links-{git}", git=git)
        place.write("shared/real.yaml", BAD)
        place.remove(DEFINITION)
        place.at(DEFINITION).symlink_to("../shared/real.yaml")
        place.at("spaces/circle").symlink_to("..")
        place.at("apps/chat/circle").symlink_to("../../apps")
        ended = place.run("validate")
        ends_well(checks, f"a definition behind a link, {'in git' if git else 'outside git'}", ended, (3,), DEFINITION, "hardwear")
        if git:
            place.git("add", "--all")
            ends_well(checks, "a definition behind a link, staged", place.run("validate", "--staged"), (3,), DEFINITION, "hardwear")


def unreadable(checks: Checks, folder: Path) -> None:
    """Files and folders that the user may not read. Root may read everything, so this is somebody else's run."""
    user = NOBODY if os.geteuid() == 0 else None
    shared = Path("/tmp") / f"spaceform-unreadable-{os.getpid()}"
    shared.mkdir()
    try:
        executable = shared / "spaceform"
        shutil.copy(program("spaceform"), executable)
        for git in (True, False):
            place = Place(shared / f"place-{git}", git=git)
            if user is not None:
                for path in [shared, *shared.rglob("*")]:
                    os.lchown(path, user, user)
                place.environment["GIT_CONFIG_COUNT"] = "0"
            where = "in git" if git else "outside git"

            def run(*arguments: str, place: Place = place) -> Ended:
                return place.run(*arguments, user=user, executable=str(executable))

            checks.equal(run("validate").status, 0, f"somebody else's run is as good as ours, {where}")
            for path in ("spaceform.yaml", DEFINITION, "apps/chat/README.md", "apps/chat/app.py", "apps/chat", "spaces"):
                target = place.at(path)
                mode = stat.S_IMODE(target.stat().st_mode)
                target.chmod(0)
                ended = run("validate")
                name = f"{path} that may not be read, {where}"
                if path == "apps/chat/app.py":
                    ends_well(checks, name, ended, (0,))
                    planned = run("plan", "--refresh", "none")
                    ends_well(checks, f"{name}, planned", planned, (0,), "cannot be read: reading apps/chat/app.py", "denied")
                else:
                    ends_well(checks, name, ended, (1, 3), path, "denied|no file")
                target.chmod(mode)
    finally:
        shutil.rmtree(shared)


# --- names


def names(checks: Checks, folder: Path) -> None:
    """Names of definitions and app files that are unusual, and names that are no text."""
    unusual = ["with space", "with\nline end", "tab\there", "ünï", "日本", "e\u0301", "\u0301mark first", "-dash", "*", "a'b\"c", "\x1b[2J", "💬"]
    for git in (True, False):
        where = "in git" if git else "outside git"
        place = Place(folder / f"names-{git}", git=git)
        for number, name in enumerate(unusual):
            place.write(f"spaces/{name}.space.yaml", SPACE.replace("chat", f"s{number}", 1) + "hardwear: x\n")
            place.write(f"apps/chat/{name}/{name}.txt", "x\n")
        runs = {"": place.run("validate", "--format", "json")}
        if git:
            place.git("add", "--all")
            runs["staged, "] = place.run("validate", "--staged", "--format", "json")
            place.git("commit", "--quiet", "-m", "names")
            runs["committed, "] = place.run("validate", "--revision", "HEAD", "--format", "json")
        for how, ended in runs.items():
            ends_well(checks, f"unusual names, {how}{where}", ended, (3,))
            found = {finding["file"] for finding in ended.json()["findings"] if finding["rule"] == "SF010"}
            checks.equal(found, {f"spaces/{name}.space.yaml" for name in unusual}, f"unusual names, {how}{where}: each is checked")
        ends_well(checks, f"unusual names, {where}, for people", place.run("validate"), (3,), "with\\u{a}line end", "\\u{1b}[2j")
        for name in unusual:
            ended = place.run("validate", f"spaces/{name}.space.yaml", "--format", "json")
            checks.equal(
                {finding["file"] for finding in ended.json()["findings"]},
                {f"spaces/{name}.space.yaml"},
                f"the name {name!r} on the command line, {where}",
            )
        shutil.rmtree(place.folder)

        # Two names that look alike and differ in bytes, of which one is bad: it must not hide behind the other.
        place = Place(folder / f"twins-{git}", git=git)
        place.write("spaces/caf\u00e9.space.yaml", SPACE.replace("chat", "one", 1))
        place.write("spaces/cafe\u0301.space.yaml", SPACE.replace("chat", "two", 1) + "hardwear: x\n")
        for arguments in (["validate"], ["validate", "--staged"], ["validate", "--revision", "HEAD"]) if git else (["validate"],):
            if "--staged" in arguments:
                place.git("add", "--all")
            if "--revision" in arguments:
                place.git("commit", "--quiet", "-m", "twins")
            ends_well(checks, f"names that look alike, {' '.join(arguments)}, {where}", place.run(*arguments), (3,), "hardwear")
        place.write("spaces/cafe\u0301.space.yaml", SPACE.replace("chat", "two", 1))
        for spelling in ("caf\u00e9", "cafe\u0301"):
            place.write(f"apps/chat/{spelling}.txt", spelling)
        planned = place.run("plan", "--refresh", "none")
        ends_well(checks, f"app files whose names look alike, planned, {where}", planned, (0,), "cannot be read", "same text")
        shutil.rmtree(place.folder)

        # Names that are no UTF-8: nothing on the Hub can be called so.
        place = Place(folder / f"bytes-{git}", git=git)
        place.write(b"spaces/caf\xe9.space.yaml", SPACE.replace("chat", "cafe", 1))
        place.write(b"notes/\xff/x.txt", "x\n")
        for arguments in (["validate"], ["validate", "--staged"], ["validate", "--revision", "HEAD"]) if git else (["validate"],):
            if "--staged" in arguments:
                place.git("add", "--all")
            if "--revision" in arguments:
                place.git("commit", "--quiet", "-m", "bytes")
            ended = place.run(*arguments)
            ends_well(checks, f"a name that is no text, {' '.join(arguments)}, {where}", ended, (3,), "spaces/caf", "utf-8", "rename")
        place.remove(b"spaces/caf\xe9.space.yaml")
        ends_well(checks, f"a name that is no text elsewhere, {where}", place.run("validate"), (0,))
        place.write(b"apps/chat/caf\xe9.txt", "x\n")
        planned = place.run("plan", "--refresh", "none")
        ends_well(checks, f"an app file whose name is no text, planned, {where}", planned, (0,), "cannot be read", "apps/chat/caf", "utf-8")
        shutil.rmtree(place.folder)


def thousands(checks: Checks, folder: Path) -> None:
    """A pattern that matches thousands of files that are no definitions, and patterns that are odd."""
    place = Place(folder / "thousands", git=False)
    for number in range(4000):
        place.write(f"data/{number % 40}/{number}.json", '{"rows": [1, 2, 3]}\n')
    place.write("spaceform.yaml", PROJECT + 'include: ["**/*"]\n')
    ended = place.run("validate")
    ends_well(checks, "a pattern that matches 4,000 other files", ended, (3,), "data/0/0.json")
    for pattern in ("../*", "/etc/*", "[", "a\\\\", "**/**/**/**/**/*", "*a*a*a*a*a*a*a*b", "", ".", "spaces/\\u0000"):
        place.write("spaceform.yaml", PROJECT + f'include: ["{pattern}"]\n')
        ends_well(checks, f"the pattern {pattern!r}", place.run("validate"), (0, 3))
    place.write("spaceform.yaml", PROJECT + "include:\n" + "".join(f"  - spaces/{n}/*.yaml\n" for n in range(20_000)))
    ends_well(checks, "20,000 patterns", place.run("validate"), (0, 3))


def endless(checks: Checks, folder: Path) -> None:
    """A policy whose pattern takes longer than the world lasts."""
    place = Place(folder / "endless", git=False)
    place.write("spaceform.yaml", PROJECT + 'policy: { name_pattern: "^(a+)+$" }\n')
    place.write(DEFINITION, SPACE.replace("chat", "a" * 80 + "b", 1))
    ends_well(checks, "a pattern that is never done", place.run("validate"), (3,), "SF507", "spaceform.yaml:4:", "too long")


# --- kinds of repositories


def repositories(checks: Checks, folder: Path) -> None:
    plain = Place(folder / "plain", git=False)
    for option in (["--staged"], ["--revision", "HEAD"]):
        ends_well(checks, f"{option[0]} outside git", plain.run("validate", *option), (1,), "git", "not inside a git work tree")

    origin = Place(folder / "origin")
    first = origin.git("rev-parse", "HEAD").strip()
    origin.write(DEFINITION, BAD)
    origin.commit()
    origin.write(DEFINITION, SPACE)
    origin.commit()
    origin.git("config", "uploadpack.allowFilter", "true")
    for revision in ("nowhere", "HEAD~99", "--all", "HEAD:spaces", "HEAD\n", "0" * 40):
        ended = origin.run("validate", f"--revision={revision}")
        ends_well(checks, f"the revision {revision!r}", ended, (1,), "revision", "no such commit")
    ends_well(checks, "a revision that was bad", origin.run("validate", "--revision", "HEAD~1"), (3,), "hardwear")

    bare = folder / "bare.git"
    origin.git("clone", "--quiet", "--bare", str(origin.folder), str(bare))
    ends_well(checks, "a bare repository", origin.run("-C", str(bare), "validate"), (1,), "spaceform.yaml")
    (bare / "spaceform.yaml").write_text(PROJECT)
    ends_well(checks, "a project in a bare repository, staged", origin.run("-C", str(bare), "validate", "--staged"), (1,), "work tree")

    unborn = Place(folder / "unborn", git=False)
    unborn.git("init", "--quiet", "--initial-branch=main")
    ends_well(checks, "a repository without a commit", unborn.run("validate"), (0,))
    ends_well(checks, "nothing staged yet", unborn.run("validate", "--staged"), (0, 1))
    ends_well(checks, "a revision before the first commit", unborn.run("validate", "--revision", "HEAD"), (1,), "no such commit")
    unborn.write(DEFINITION, BAD)
    unborn.git("add", DEFINITION)
    ended = unborn.run("validate", "--staged")
    ends_well(checks, "a definition staged without its project file", ended, (1,), "spaceform.yaml", "git add spaceform.yaml")
    unborn.git("add", "--all")
    ends_well(checks, "the first commit, staged", unborn.run("validate", "--staged"), (3,), "hardwear")

    def clone(name: str, *options: str) -> Place:
        place = copy_of(origin, folder / name)
        place.git("clone", "--quiet", *options, f"file://{origin.folder}", str(place.folder), cwd=folder)
        return place

    shallow = clone("shallow", "--depth=1")
    for option in ([], ["--revision", "HEAD"]):
        ends_well(checks, f"a shallow clone {' '.join(option)}".strip(), shallow.run("validate", *option), (0,))
    ends_well(checks, "a commit that a shallow clone lacks", shallow.run("validate", "--revision", "HEAD~1"), (1,), "shallow", "git fetch")
    ends_well(checks, "another one", shallow.run("validate", "--revision", first), (1,), "git fetch")
    staged_in(checks, "a shallow clone", shallow)

    partial = clone("partial", "--filter=blob:none")
    for option in ([], ["--revision", "HEAD~1"]):
        ended = partial.run("validate", *option)
        ends_well(checks, f"a partial clone {' '.join(option)}".strip(), ended, (3 if option else 0,))
    staged_in(checks, "a partial clone", partial)
    away = clone("partial-away", "--filter=blob:none", "--no-checkout")
    away.git("remote", "set-url", "origin", f"file://{folder}/gone")
    ended = away.run("-C", str(away.folder), "validate", "--revision", "HEAD")
    ends_well(checks, "a partial clone whose origin is gone, without its project file", ended, (1,), "spaceform.yaml")
    away.write("spaceform.yaml", PROJECT)
    ended = away.run("validate", "--revision", "HEAD")
    ends_well(checks, "a partial clone whose origin is gone", ended, (1, 3), "git")
    treeless = clone("treeless", "--filter=tree:0")
    ends_well(checks, "a clone without trees", treeless.run("validate", "--revision", "HEAD~1"), (3,), "hardwear")

    module = copy_of(origin, folder / "with-module", make=True)
    module.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", f"file://{origin.folder}", "apps/other")
    module.write(DEFINITION, SPACE.replace("apps/chat", "apps/other/apps/chat"))
    module.git("add", "--all")
    for option in ([], ["--staged"]):
        ended = module.run("validate", *option)
        ends_well(checks, f"a source in a submodule {' '.join(option)}".strip(), ended, (3,), DEFINITION, "apps/other/apps/chat")
    module.write(DEFINITION, SPACE)
    module.git("add", "--all")
    ends_well(checks, "a submodule beside the sources", module.run("validate", "--staged"), (0,))
    inside = module.run("-C", str(module.at("apps/other")), "validate", "--staged")
    ends_well(checks, "inside the submodule", inside, (0,))

    conflicts(checks, folder)
    broken(checks, folder)


def copy_of(place: Place, folder: Path, *, make: bool = False) -> Place:
    """The surroundings of a place for another folder, which is made with its files when asked for."""
    if make:
        return Place(folder)
    other = object.__new__(Place)
    other.folder, other.is_git, other.environment = folder, True, place.environment
    return other


def staged_in(checks: Checks, title: str, place: Place) -> None:
    place.write(DEFINITION, BAD)
    place.git("add", "--all")
    place.write(DEFINITION, SPACE)
    ends_well(checks, f"{title}, staged", place.run("validate", "--staged"), (3,), "hardwear")
    place.git("reset", "--quiet", "--hard")


def conflicts(checks: Checks, folder: Path) -> None:
    """An index in the middle of a merge: of a definition, of the project file, of an app file, and of one that a side deleted."""
    for path, statuses in ((DEFINITION, (3,)), ("spaceform.yaml", (1,)), ("apps/chat/app.py", (0, 3)), ("apps/chat/README.md", (0, 1, 3))):
        for deleted in (False, True):
            place = Place(folder / f"conflict-{path.replace('/', '-')}-{deleted}")
            place.git("checkout", "--quiet", "-b", "theirs")
            if deleted:
                place.remove(path)
            else:
                place.write(path, FILES[path] + "# theirs\n")
            place.commit()
            place.git("checkout", "--quiet", "main")
            place.write(path, FILES[path] + "# ours\n")
            place.commit()
            place.git("merge", "--quiet", "theirs", fails=True)
            checks.that(place.git("ls-files", "--unmerged") != "", f"{path} is in conflict")
            for option in ([], ["--staged"]):
                title = f"{path} in conflict{' with a deletion' if deleted else ''} {' '.join(option)}".strip()
                ended = place.run("validate", *option)
                if 0 in statuses:
                    ends_well(checks, title, ended, statuses)
                else:
                    ends_well(checks, title, ended, statuses, path, "merge", "git add")
            shutil.rmtree(place.folder)


def broken(checks: Checks, folder: Path) -> None:
    """Repositories that are damaged, or that git would not open."""

    def case(title: str, statuses: tuple[int, ...], *words: str, options=(["validate"], ["validate", "--staged"])) -> Iterator[Place]:
        place = Place(folder / title.replace(" ", "-").replace("/", "-"))
        yield place
        for arguments in options:
            ends_well(checks, f"{title}: {' '.join(arguments)}", place.run(*arguments), statuses, *words)
        shutil.rmtree(place.folder, ignore_errors=True)

    for place in case("an index of noise", (1,), "index"):
        place.at(".git/index").write_bytes(random.Random(3).randbytes(2000))
    for place in case("an index cut short", (1,), "index", options=(["validate", "--staged"],)):
        index = place.at(".git/index")
        index.write_bytes(index.read_bytes()[:100])
    for place in case("an index that is a folder", (1,), "index", options=(["validate", "--staged"],)):
        place.remove(".git/index")
        place.at(".git/index").mkdir()
    for place in case("an index that is a pipe", (1,), "index", options=(["validate", "--staged"],)):
        place.remove(".git/index")
        os.mkfifo(place.at(".git/index"))
    for place in case("no index", (0,)):
        place.remove(".git/index")
    for place in case("no objects", (1, 3), "git", options=(["validate", "--staged"], ["validate", "--revision", "HEAD"])):
        place.write(DEFINITION, BAD)
        place.git("add", "--all")
        for found in place.at(".git/objects").iterdir():
            shutil.rmtree(found)
    for place in case("a definition whose object is gone", (1, 3), "git", options=(["validate", "--staged"],)):
        place.write(DEFINITION, BAD)
        place.git("add", "--all")
        identifier = place.git("rev-parse", f":{DEFINITION}").strip()
        place.remove(f".git/objects/{identifier[:2]}/{identifier[2:]}")
    for place in case("a definition whose object is noise", (1, 3), "git", options=(["validate", "--staged"],)):
        place.write(DEFINITION, BAD)
        place.git("add", "--all")
        identifier = place.git("rev-parse", f":{DEFINITION}").strip()
        target = place.at(f".git/objects/{identifier[:2]}/{identifier[2:]}")
        target.chmod(0o644)
        target.write_bytes(b"noise")
    for place in case("a HEAD of noise", (1,), "git"):
        place.write(".git/HEAD", "nonsense")
    for place in case("a .git that leads nowhere", (1,), "git"):
        place.remove(".git")
        place.write(".git", "gitdir: /nowhere\n")
    for place in case("a .git that is a pipe", (0, 1)):
        place.remove(".git")
        os.mkfifo(place.at(".git"))
    for place in case("a configuration of noise", (1,), "git"):
        place.write(".git/config", b"[core\n\xff\xfe")
    for place in case("a format of the future", (1,), "git"):
        place.git("config", "core.repositoryFormatVersion", "99")
    for place in case("an extension of the future", (1,), "git"):
        place.git("config", "core.repositoryFormatVersion", "1")
        place.git("config", "extensions.tomorrow", "true")
    for place in case("a lock on the index", (0,)):
        place.write(".git/index.lock", "")
    if os.geteuid() == 0:
        for place in case("a repository of somebody else", (1,), "git", "safe.directory|ownership"):
            for path in [place.folder, *place.folder.rglob("*")]:
                os.lchown(path, NOBODY, NOBODY)
    for value in ("no/such/index", ".", "/dev/null", "/dev/zero"):
        place = Place(folder / f"index-file-{value.replace('/', '-')}")
        ended = place.run("validate", "--staged", GIT_INDEX_FILE=value)
        ends_well(checks, f"GIT_INDEX_FILE={value}", ended, (1,), "GIT_INDEX_FILE")
    place = Place(folder / "variables")
    for name, value in {"GIT_DIR": "/nowhere", "GIT_WORK_TREE": "/nowhere", "GIT_OBJECT_DIRECTORY": "/nowhere", "GIT_CEILING_DIRECTORIES": "/"}.items():
        ends_well(checks, f"{name}={value}", place.run("validate", "--staged", **{name: value}), (0, 1))
    ends_well(checks, "no git program", place.run("validate", PATH="/nowhere"), (1,), "git", "PATH")


# --- the verdict is on what is staged


def fingerprint(place: Place, *folders: Path) -> dict[str, object]:
    """Every byte, mode and time of change of the work tree and of git's own folders, and what git says of refs and stash."""
    found: dict[str, object] = {}
    for top in {place.folder, *folders}:
        for path in sorted(top.rglob("*")):
            status = path.lstat()
            # Git gives the shared part of a split index a new time whenever it reads it, so that it is not cleaned away.
            time = 0 if path.name.startswith("sharedindex.") else status.st_mtime_ns
            entry: tuple[object, ...] = (status.st_mode, time, status.st_size)
            if stat.S_ISLNK(status.st_mode):
                entry = (status.st_mode, os.readlink(path))
            elif stat.S_ISREG(status.st_mode):
                entry += (hashlib.sha256(path.read_bytes()).hexdigest(),)
            found[str(path)] = entry
    found["refs"] = place.git("for-each-ref")
    found["stash"] = place.git("stash", "list")
    return found


def kinds(folder: Path) -> Iterator[tuple[str, Place]]:
    """Repositories that differ in how git keeps things, each with a good project committed."""
    yield "a plain repository", Place(folder / "kind-plain")
    linked = Place(folder / "kind-main")
    linked.git("worktree", "add", "--quiet", "-b", "side", str(folder / "kind-linked"))
    yield "a linked work tree", copy_of(linked, folder / "kind-linked")
    split = Place(folder / "kind-split")
    split.git("update-index", "--split-index")
    split.git("config", "core.splitIndex", "true")
    yield "a split index", split
    sparse = Place(folder / "kind-sparse")
    sparse.write("elsewhere/deep/x", "x\n")
    sparse.commit()
    sparse.git("sparse-checkout", "set", "--cone", "--sparse-index", "spaces", "apps")
    yield "a sparse index", sparse
    yield "SHA-256 ids", Place(folder / "kind-sha256", "--object-format=sha256")
    linked = Place(folder / "kind-sha256-main", "--object-format=sha256")
    linked.git("worktree", "add", "--quiet", "-b", "side", str(folder / "kind-sha256-linked"))
    yield "a linked work tree with SHA-256 ids", copy_of(linked, folder / "kind-sha256-linked")
    config = Place(folder / "kind-config")
    config.git("config", "core.repositoryFormatVersion", "1")
    config.git("config", "extensions.worktreeConfig", "true")
    config.git("config", "--worktree", "core.autocrlf", "false")
    yield "a configuration for each work tree", config
    version = Place(folder / "kind-version-4")
    version.git("update-index", "--index-version", "4", "--untracked-cache")
    yield "an index of version 4 with an untracked cache", version
    separate = folder / "kind-separate.git"
    yield "a git folder elsewhere", Place(folder / "kind-separate", f"--separate-git-dir={separate}")


def staged(checks: Checks, folder: Path) -> None:
    for title, place in kinds(folder):
        git_folder = Path(place.git("rev-parse", "--absolute-git-dir").strip())
        common = Path(place.git("rev-parse", "--path-format=absolute", "--git-common-dir").strip())
        # Something in the stash, something ignored, something untracked, and a file that changed its time only.
        place.write("apps/chat/app.py", "stashed\n")
        place.git("stash", "--quiet")
        place.write(".gitignore", "*.log\n")
        place.git("add", ".gitignore")
        place.git("commit", "--quiet", "-m", "ignore")
        place.write("run.log", "x\n")
        place.write("spaces/untracked.space.yaml", BAD.replace("chat", "untracked", 1))
        os.utime(place.at("apps/chat/README.md"))

        verdicts = {
            "bad staged, good on disk": (BAD, SPACE + "# disk\n", 3),
            "good staged, bad on disk": (SPACE + "# staged\n", BAD, 0),
            "bad staged, gone on disk": (BAD, None, 3),
        }
        for name, (in_index, on_disk, status) in verdicts.items():
            place.write(DEFINITION, in_index)
            place.git("add", DEFINITION)
            if on_disk is None:
                place.remove(DEFINITION)
            else:
                place.write(DEFINITION, on_disk)
            # The same index under another name, and one with the opposite verdict.
            same = git_folder / "same-index"
            other = git_folder / "other-index"
            for copied in (same, other):
                shutil.copy2(git_folder / "index", copied)
            opposite = SPACE + "# other\n" if status == 3 else BAD
            blob = subprocess.run(
                ["git", "hash-object", "-w", "--stdin"], input=opposite.encode(), cwd=place.folder, env=place.environment, capture_output=True, check=True
            ).stdout.decode().strip()
            place.git("update-index", "--cacheinfo", f"100644,{blob},{DEFINITION}", GIT_INDEX_FILE=str(other))
            settings: dict[str, tuple[dict[str, str], int]] = {
                "": ({}, status),
                ", GIT_INDEX_FILE absolute": ({"GIT_INDEX_FILE": str(same)}, status),
                ", GIT_INDEX_FILE relative": ({"GIT_INDEX_FILE": os.path.relpath(same, place.folder)}, status),
                ", another index, absolute": ({"GIT_INDEX_FILE": str(other)}, 3 - status),
                ", another index, relative": ({"GIT_INDEX_FILE": os.path.relpath(other, place.folder)}, 3 - status),
                ", as git runs hooks": (
                    {"GIT_DIR": str(git_folder), "GIT_INDEX_FILE": str(same), "GIT_PREFIX": "", "GIT_EXEC_PATH": place.git("--exec-path").strip()},
                    status,
                ),
                ", another index and GIT_DIR": ({"GIT_DIR": str(git_folder), "GIT_INDEX_FILE": str(other)}, 3 - status),
            }
            before = fingerprint(place, common)
            for how, (environment, wanted) in settings.items():
                for cwd in (place.folder, place.at("apps/chat")):
                    # Git starts hooks at the top; by hand people run it anywhere.
                    if cwd != place.folder and ("relative" in how or "GIT_DIR" in environment):
                        continue
                    ended = place.run("validate", "--staged", cwd=cwd, **environment)
                    said = ("hardwear", DEFINITION) if wanted == 3 else ()
                    ends_well(checks, f"{title}, {name}{how}", ended, (wanted,), *said)
            if on_disk is not None:
                ended = place.run("validate", DEFINITION)
                ends_well(checks, f"{title}, {name}, without --staged", ended, (3 - status,))
            after = fingerprint(place, common)
            differ = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
            checks.equal(differ, [], f"{title}, {name}: work tree, index, refs, stash and git's folder are as they were")
            same.unlink()
            other.unlink()

        # A part of a file staged: three changes, the bad one in the middle staged alone, then the others.
        parts = ["name: chat\n", "sdk: docker\n", "visibility: private\n"]
        gap = "".join(f"# {number}\n" for number in range(10))
        place.write(DEFINITION, gap.join(parts))
        place.git("add", "--all")
        place.git("commit", "--quiet", "-m", "parts")
        changed = gap.join([parts[0] + "region: eu\n", parts[1] + "hardwear: x\n", parts[2] + "replicas: 1\n"])
        place.write(DEFINITION, changed)
        for answers, status in (("n\ny\nn\n", 3), ("y\nn\ny\n", 0)):
            place.git("reset", "--quiet")
            subprocess.run(
                ["git", "add", "--patch", DEFINITION], input=answers.encode(), cwd=place.folder, env=place.environment, capture_output=True, check=True
            )
            checks.that(place.git("diff", "--cached") != "" and place.git("diff") != "", f"{title}: a part is staged, a part is not")
            before = fingerprint(place, common)
            ended = place.run("validate", "--staged")
            ends_well(checks, f"{title}, a part staged", ended, (status,), *(("hardwear",) if status == 3 else ()))
            checks.that(fingerprint(place, common) == before, f"{title}, a part staged: nothing is touched")


def main() -> None:
    checks = Checks()
    with workplace() as folder:
        for check in (contents, strange, links_inside, unreadable, names, thousands, endless, repositories, staged):
            below = folder / check.__name__
            below.mkdir()
            check(checks, below)
            shutil.rmtree(below, ignore_errors=True)
    checks.finish()


if __name__ == "__main__":
    main()
