"""Makes the files of a release from built programs: a tarball for Linux, a package for Debian, wheels for Python, the Terraform provider as its
registry has it, and their checksums.

usage: script/package [--programs DIR] [--out DIR] [--mirror DIR] [--repository URL] [--dynamic] [--check] [tarball] [deb] [wheel] [terraform]

  --programs DIR    the programs; by default script/build makes them
  --out DIR         where the files go; .build/packages by default
  --mirror DIR      also lay the provider out as a filesystem mirror for `provider_installation` of Terraform
  --repository URL  where the sources are, for the pages of the wheels
  --check           then install and run what was made in a bare system, which debootstrap makes (root)
  --dynamic         take programs that need a Swift runtime, which other machines do not have: for trying this script out
  tarball, deb, wheel, terraform
                    only these; all when none is named, deb where there is dpkg-deb

Tarball, package and wheels have the programs stripped, completions for bash, zsh and fish, man pages, and the licences of everything linked.
Tarball, wheels and provider bring the libraries that they need; the package takes those of the system. All are the same for the same
programs and the same SOURCE_DATE_EPOCH (by default the time of the last commit).
"""

import argparse
import hashlib
import shutil
import sys
import tempfile
from pathlib import Path

import bare_root
import libraries
from common import COMMANDS, PROGRAMS, PROVIDER, ROOT, fail, machine, run, version
from debian import architecture, debian
from layout import lay_out
from provider import mirror, provider
from tarball import tarball
from wheels import wheels

FORMATS = ["tarball", "deb", "wheel", "terraform"]


def words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/package", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / ".build" / "packages")
    parser.add_argument("--mirror", type=Path)
    parser.add_argument("--repository")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--dynamic", action="store_true")
    parser.add_argument("formats", nargs="*", metavar="|".join(FORMATS))
    given = parser.parse_args()
    if unknown := sorted(set(given.formats) - set(FORMATS)):
        fail(f"there is no format `{unknown[0]}`", f"{', '.join(FORMATS[:-1])} and {FORMATS[-1]} are the formats.")
    if not given.formats:
        given.formats = [one for one in FORMATS if one != "deb" or shutil.which("dpkg-deb")]
    given.out = given.out.resolve()
    return given


def built(given: argparse.Namespace) -> Path:
    """The folder of programs, which are there, of the version of the sources, and fit for other machines."""
    programs = (given.programs or Path(run(ROOT / "script" / "build").splitlines()[-1])).resolve()
    missing = [name for name in PROGRAMS if not (programs / name).exists()]
    if missing:
        fail(f"{programs} has no {', '.join(missing)}", "Run script/build.")
    for name in COMMANDS:
        found = run(programs / name, "--version").strip()
        if found != version():
            fail(f"{name} is version {found}, and the sources are {version()}", "Run script/build.")
    if not given.dynamic:
        for name in PROGRAMS:
            if swift := libraries.of_swift(programs / name):
                fail(f"{name} needs {', '.join(swift)}, which machines without Swift do not have", "Let script/build make the programs.")
    return programs


def main() -> None:
    if sys.platform != "linux":
        fail("packages are made on Linux")
    given = words()
    programs = built(given)
    given.out.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    # Who tries this out does not wait for the last byte.
    level = 1 if given.dynamic else 6
    if "terraform" in given.formats or given.mirror:
        files = provider(programs / PROVIDER, given.out, level)
        made += files
        if given.mirror:
            mirror(files[0], given.mirror)
    with tempfile.TemporaryDirectory() as place:
        laid_out = Path(place) / f"spaceform-{version()}"
        if {"tarball", "deb", "wheel"} & set(given.formats):
            lay_out(programs, laid_out)
        if "tarball" in given.formats:
            made.append(given.out / f"{laid_out.name}-linux-{machine()}.tar.gz")
            tarball(laid_out, made[-1], level)
        if "deb" in given.formats:
            made.append(given.out / f"spaceform_{version()}_{architecture()}.deb")
            debian(laid_out, made[-1], level)
        if "wheel" in given.formats:
            made += wheels(laid_out, given.out, given.repository, level)
    sums = "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in made)
    (given.out / "SHA256SUMS").write_text(sums, encoding="utf-8")
    if given.check:
        bare_root.check(made)
    for file in [*made, given.out / "SHA256SUMS"]:
        print(file)


if __name__ == "__main__":
    main()
