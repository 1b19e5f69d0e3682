"""What a file may hold."""

import random
from collections.abc import Iterator
from pathlib import Path

from harness import Checks

from .place import BAD, DEFINITION, FILES, PROJECT, SPACE, Place, ends_well


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
