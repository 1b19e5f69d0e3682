"""What the programs are linked with or come with, and under which terms."""

import re
import shutil
import subprocess
from pathlib import Path

from common import ROOT, fail, run


def linked() -> str:
    """The terms of the packages that are part of the programs."""
    texts: dict[str, list[str]] = {}
    for package, scratch in ((".", ".build"), *((name, f".build/{name}") for name in ("hub", "tracker", "terraform"))):
        if not (ROOT / scratch / "checkouts").exists():
            run("swift", "package", "--package-path", ROOT / package, "--scratch-path", ROOT / scratch, "resolve")
        for checkout in sorted((ROOT / scratch / "checkouts").glob("*")):
            files = sorted(file for file in checkout.iterdir() if re.match(r"(LICEN[CS]E|NOTICE)", file.name) and file.is_file())
            if not files:
                fail(f"{checkout.name} has no licence", "Find out what it is under before it is handed on.")
            texts[checkout.name] = [file.read_text(encoding="utf-8").strip() for file in files]
    terms = toolchain() / "share" / "swift" / "LICENSE.txt"
    if not terms.exists():
        fail("the toolchain has no LICENSE.txt beside it", "Use a toolchain as swift.org hands it out.")
    texts["Swift, its runtime and Foundation"] = [terms.read_text(encoding="utf-8").strip()]
    head = "# What Spaceform is linked with\n\nBeside Spaceform's own, these are the terms of what is part of the programs.\n"
    return head + "\n" + sections(texts)


def brought(libraries: dict[str, Path]) -> str:
    """The terms of shared libraries that come with the programs: those of the system's packages that they were copied from."""
    names: dict[str, list[str]] = {}
    for name, path in sorted(libraries.items()):
        if not path.is_relative_to(toolchain()):
            names.setdefault(package_of(path), []).append(name)
    texts, rows = {}, []
    for package in sorted(names):
        source, its_version = run("dpkg-query", "--show", "--showformat", "${source:Package} ${source:Version}", package).split()
        rows.append(f"| {package} | {', '.join(names[package])} | {source} {its_version} |")
        terms = Path("/usr/share/doc") / package / "copyright"
        if not terms.exists():
            fail(f"{terms} does not exist", f"Find out what {package} is under before it is handed on.")
        texts[package] = [terms.read_text(encoding="utf-8").strip()]
    head = (
        "# Shared libraries that come with Spaceform\n\nThey are Debian's or Ubuntu's, changed in nothing but where they look for each other, "
        "and may be replaced by others of the same name.\nTheir sources are the source packages named here, which the distribution has.\n\n"
        "| package | files | source package |\n|---|---|---|\n")
    return head + "\n".join(rows) + "\n\n" + sections(texts)


def sections(texts: dict[str, list[str]]) -> str:
    return "\n".join(f"## {name}\n\n" + "\n\n".join(f"```text\n{text}\n```" for text in texts[name]) + "\n" for name in sorted(texts, key=str.lower))


def toolchain() -> Path:
    swift = shutil.which("swift")
    if swift is None:
        fail("there is no Swift toolchain here, whose terms go with the programs", "Install Swift from https://www.swift.org/install/.")
    return Path(swift).resolve().parents[1]


def package_of(file: Path) -> str:
    """The system's package that a file belongs to. Some files are known by the name that they had before /lib was a link."""
    for place in (file, file.resolve(), Path("/", *file.resolve().parts[2:])):
        done = subprocess.run(["dpkg-query", "--search", str(place)], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.split(":")[0]
    fail(f"no package of this system has {file}, so that its terms are not known", "Make packages on Debian or Ubuntu.")
