"""Wheels for pip, uv and pipx: `spaceform`, and `spaceform-hub` and `spaceform-tracker`, which are too large to come along unasked.

A wheel puts the native program where an environment has its programs, so that no Python starts before it. The libraries that it needs lie
beside it in the same environment, in the same place as below the prefix of the tarball; what the program `spaceform` needs comes with its
wheel, which the others depend on, and they bring what they need beyond. auditwheel has the last word: it finds nothing left to bring, and
says which systems the wheel is for.
"""

import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_STORED

import libraries
import licences
from common import COMMANDS, ROOT, SUMMARY, dated, fail, machine, run, version
from layout import share_of
from packaging.metadata import Metadata
from tarball import FROM_PROGRAMS, LIBRARIES
from wheel.wheelfile import WheelFile

# Where the libraries are as long as a wheel is only unpacked: for auditwheel, and for installers that link to what they unpacked.
FROM_UNPACKED = f"$ORIGIN/../data/{LIBRARIES}"
SUMMARIES = {
    "spaceform": SUMMARY,
    "spaceform-hub": "A local Hugging Face Hub for Spaces, to rehearse against",
    "spaceform-tracker": "The plan of the Terraform provider for Spaces, checked, scheduled, and exported for Jira",
}
CLASSIFIERS = [
    "Development Status :: 4 - Beta", "Environment :: Console", "Intended Audience :: Developers", "Intended Audience :: System Administrators",
    "Operating System :: POSIX :: Linux", "Programming Language :: Other", "Topic :: Software Development :: Build Tools",
    "Topic :: System :: Systems Administration",
]


@dataclass
class Wheel:
    """What one wheel has: a program, and the libraries that no wheel it depends on has."""

    name: str
    brought: dict[str, Path]
    elsewhere: set[str]

    @property
    def stem(self) -> str:
        return f"{self.name.replace('-', '_')}-{version()}"


def wheels(laid_out: Path, out: Path, repository: str | None, level: int) -> list[Path]:
    return [make(wheel, laid_out, out, repository, level) for wheel in shared_out(laid_out / "bin")]


def shared_out(programs: Path) -> list[Wheel]:
    """Which wheel brings which library. No file may be in two; what both others need comes with the first."""
    main, *others = ({name: libraries.needed(programs / name) for name in COMMANDS}).items()
    first = dict(main[1])
    for name in {name for _, these in others for name in these}:
        askers = [these for _, these in others if name in these]
        if len(askers) > 1:
            first.setdefault(name, askers[0][name])
    known = set(first)
    rest = [Wheel(name, {one: path for one, path in these.items() if one not in known}, known) for name, these in others]
    return [Wheel(main[0], first, set()), *rest]


def make(wheel: Wheel, laid_out: Path, out: Path, repository: str | None, level: int) -> Path:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "content"
        data, information = folder / f"{wheel.stem}.data", folder / f"{wheel.stem}.dist-info"
        program = data / "scripts" / wheel.name
        program.parent.mkdir(parents=True)
        shutil.copy2(laid_out / "bin" / wheel.name, program)
        libraries.look_in(program, FROM_PROGRAMS, FROM_UNPACKED)
        if wheel.brought:
            libraries.bring(wheel.brought, data / "data" / LIBRARIES)
        for file in share_of(wheel.name, laid_out):
            place_of_it = data / "data" / file.relative_to(laid_out)
            place_of_it.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, place_of_it)
        terms = {"LICENSE": (ROOT / "LICENSE").read_text(encoding="utf-8"), "THIRD-PARTY.md": licences.linked()}
        if wheel.brought:
            terms["LIBRARIES.md"] = licences.brought(wheel.brought)
        (information / "licenses").mkdir(parents=True)
        for name, text in terms.items():
            (information / "licenses" / name).write_text(text, encoding="utf-8")
        (information / "METADATA").write_bytes(metadata(wheel.name, sorted(terms), repository))
        (information / "WHEEL").write_text(
            f"Wheel-Version: 1.0\nGenerator: spaceform {version()}\nRoot-Is-Purelib: false\nTag: py3-none-linux_{machine()}\n", encoding="utf-8")
        file = Path(place) / f"{wheel.stem}-py3-none-linux_{machine()}.whl"
        with WheelFile(file, "w", ZIP_STORED) as packed:
            packed.write_files(str(folder))
        return judged(file, wheel, out, level)


def judged(file: Path, wheel: Wheel, out: Path, level: int) -> Path:
    """What auditwheel makes of it: the same, under the names of the systems that it is for."""
    folder = file.parent / "judged"
    environment = dated()
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    excluded = [word for name in sorted(wheel.elsewhere) for word in ("--exclude", name)]
    run(
        sys.executable, "-m", "auditwheel", "repair", "--plat", "auto", "--zip-compression-level", str(level), *excluded,
        "--wheel-dir", folder, file, cwd=file.parent, env=environment)
    (made,) = folder.iterdir()
    if "manylinux" not in made.name:
        fail(f"auditwheel says {made.name}, which installers would not take")
    shown = run(sys.executable, "-m", "zipfile", "--list", made)
    if ".libs/" in shown or ".scripts/" in shown:
        fail(f"auditwheel found libraries that {made.name} did not bring, and moved its program", shown)
    for old in out.glob(f"{wheel.stem}-*_{machine()}.whl"):
        old.unlink()
    return Path(shutil.copy(made, out / made.name))


def metadata(name: str, terms: list[str], repository: str | None) -> bytes:
    raw = {
        "metadata_version": "2.4", "name": name, "version": version(), "summary": SUMMARIES[name],
        "description": description(name), "description_content_type": "text/markdown; charset=UTF-8; variant=GFM",
        "keywords": ["hugging face", "spaces", "infrastructure as code"], "classifiers": CLASSIFIERS,
        "license_expression": "Apache-2.0", "license_files": terms,
    }
    if name == "spaceform":
        extras = [one.removeprefix("spaceform-") for one in COMMANDS if one != name]
        raw |= {"provides_extra": extras, "requires_dist": [f'spaceform-{extra}=={version()}; extra == "{extra}"' for extra in extras]}
    else:
        raw |= {"requires_dist": [f"spaceform=={version()}"]}
    if repository:
        raw |= {"project_urls": {"Source": repository, "Changes": f"{repository}/releases"}}
    return Metadata.from_raw(raw).as_rfc822().as_bytes()


def description(name: str) -> str:
    """The page of the sources, of which what leads to other files in them is left out: a package index does not have those."""
    if name != "spaceform":
        return f"# {name}\n\n{SUMMARIES[name]}. It belongs to `spaceform`, whose libraries it uses.\n"
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    text = re.sub(r"<!--.*?-->\n?", "", text, flags=re.DOTALL)
    text = re.sub(r"^!\[.*?\]\((?!https:)\S+?\)\n", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"\[([^\]]+)\]\((?!https:)[^)]+\)", r"\1", text)
