"""Everything that is installed, below a prefix: the programs without symbols, completions, man pages, documents."""

import shutil
import time
from pathlib import Path

import licences
from common import COMMANDS, PROGRAMS, ROOT, moment, run, say

SHELLS = {
    "bash": ("share/bash-completion/completions", "{}"),
    "zsh": ("share/zsh/site-functions", "_{}"),
    "fish": ("share/fish/vendor_completions.d", "{}.fish"),
}
PAGES = ["LICENSE", "README.md", "CHANGELOG.md", "SECURITY.md"]
MANUALS = "share/man/man1"


def lay_out(programs: Path, folder: Path) -> None:
    (folder / "bin").mkdir(parents=True)
    for name in PROGRAMS:
        shutil.copy2(programs / name, folder / "bin" / name)
        run("strip", folder / "bin" / name)
    for name in COMMANDS:
        for shell, (place, pattern) in SHELLS.items():
            (folder / place).mkdir(parents=True, exist_ok=True)
            text = run(folder / "bin" / name, "--generate-completion-script", shell)
            (folder / place / pattern.format(name)).write_text(text, encoding="utf-8")
    write_manuals(folder)
    documentation = folder / "share" / "doc" / "spaceform"
    documentation.mkdir(parents=True)
    for page in PAGES:
        shutil.copy2(ROOT / page, documentation / page)
    (documentation / "THIRD-PARTY.md").write_text(licences.linked(), encoding="utf-8")


def write_manuals(folder: Path) -> None:
    manuals = folder / MANUALS
    manuals.mkdir(parents=True)
    maker, date = manual_maker(), time.strftime("%Y-%m-%d", time.gmtime(moment()))
    for name in COMMANDS:
        run(maker, folder / "bin" / name, "--multi-page", "--date", date, "--output-directory", manuals)
    for page in manuals.iterdir():
        # Pages are asked for as `man spaceform-plan`.
        page.rename(page.with_name(page.name.removesuffix(".1").replace(".", "-") + ".1"))


def manual_maker() -> Path:
    """The generator that comes with the argument parser; it reads the help of a built program."""
    parser = ROOT / ".build" / "checkouts" / "swift-argument-parser"
    if not parser.exists():
        run("swift", "package", "resolve", cwd=ROOT)
    scratch = ROOT / ".build" / "manual"
    say("Building the generator of man pages")
    place = ("--package-path", parser, "--scratch-path", scratch, "--product", "generate-manual")
    run("swift", "build", *place)
    return Path(run("swift", "build", *place, "--show-bin-path").strip()) / "generate-manual"


def share_of(name: str, folder: Path) -> list[Path]:
    """Of a folder that is laid out, what is about one program: its completions and man pages."""
    files = [folder / place / pattern.format(name) for place, pattern in SHELLS.values()]
    others = [command for command in COMMANDS if command.startswith(f"{name}-")]
    for page in sorted((folder / MANUALS).glob(f"{name}*.1")):
        if not any(page.stem == other or page.stem.startswith(f"{other}-") for other in others):
            files.append(page)
    return files
