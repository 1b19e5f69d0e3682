"""A package for Debian and Ubuntu, of the release that it was made on: the libraries are the system's."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import libraries
from common import PROGRAMS, SUMMARY, dated, fail, run, version
from licences import package_of


def architecture() -> str:
    return run("dpkg", "--print-architecture").strip()


def dependencies(programs: Path) -> str:
    """The packages of this system that the programs need, as their libraries are packaged here."""
    packages = {"libcurl4", "git", "ca-certificates"}  # loaded when a call is made; run; read by it
    for name in PROGRAMS:
        packages |= {package_of(path) for path in named(programs / name) if not path.is_relative_to("/usr/local")}
    terms = []
    for package in sorted(packages):
        found = subprocess.run(["dpkg-query", "--show", "--showformat", "${Version}", package], capture_output=True, text=True, check=False)
        # A later Debian has later ones; the revision of this one says nothing.
        known = re.match(r"(?:\d+:)?\d+(?:\.\d+)?", found.stdout)
        terms.append(f"{package} (>= {known[0]})" if known and package.startswith("lib") else package)
    return ", ".join(terms)


def named(program: Path) -> list[Path]:
    """The libraries that a program names itself, and where they are here. Those of a toolchain are left out: nothing packages them."""
    names = re.findall(r"\(NEEDED\)\s+Shared library: \[([^\]]+)\]", run("readelf", "--dynamic", program))
    found = dict(re.findall(r"^\s*(\S+) => (/\S+)", run("ldd", program), re.MULTILINE))
    missing = [name for name in names if name not in found and not name.startswith("ld-linux")]
    if missing:
        fail(f"{program.name} needs {', '.join(missing)}, which is not on this machine")
    toolchain = set(libraries.of_swift(program))
    return [Path(found[name]) for name in names if name in found and name not in toolchain]


def debian(laid_out: Path, file: Path, level: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "package"
        shutil.copytree(laid_out, folder / "usr", symlinks=True)
        for name in PROGRAMS:
            if not libraries.of_swift(laid_out / "bin" / name):
                libraries.look_in(folder / "usr" / "bin" / name)
        # Where Debian's policy has the terms of a package.
        documents = folder / "usr" / "share" / "doc" / "spaceform"
        (documents / "LICENSE").rename(documents / "copyright")
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 1024
        (folder / "DEBIAN").mkdir()
        (folder / "DEBIAN" / "control").write_text(
            f"Package: spaceform\nVersion: {version()}\nArchitecture: {architecture()}\n"
            f"Maintainer: The Spaceform maintainers <maintainers@spaceform.invalid>\nInstalled-Size: {size}\n"
            f"Depends: {dependencies(laid_out / 'bin')}\nSection: devel\nPriority: optional\n"
            f"Description: {SUMMARY}\n"
            " Plans and applies definitions of Spaces, checks them before a commit, and drives the same\n"
            " engine from Terraform.\n", encoding="utf-8")
        for path in sorted(folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        folder.chmod(0o755)
        # The compressor's threads would make the bytes depend on the machine.
        options = ("--root-owner-group", "-Zxz", f"-z{level}", "--threads-max=1")
        run("dpkg-deb", "--build", *options, folder, file, env=dated())
