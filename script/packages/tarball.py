"""A tarball that runs wherever the C library is new enough: the programs, and the libraries they need beside them."""

import gzip
import shutil
import tarfile
from pathlib import Path

import libraries
import licences
from common import PROGRAMS, moment

# Below the prefix, and as the programs in bin/ see it. Not below lib/, which `pip install --target` leaves behind.
LIBRARIES = "libexec/spaceform"
FROM_PROGRAMS = f"$ORIGIN/../{LIBRARIES}"


def tarball(laid_out: Path, file: Path, level: int) -> None:
    folder = file.parent / f".{file.name}.content" / laid_out.name
    shutil.rmtree(folder.parent, ignore_errors=True)
    shutil.copytree(laid_out, folder)
    brought: dict[str, Path] = {}
    for name in PROGRAMS:
        brought |= libraries.needed(laid_out / "bin" / name)
        libraries.look_in(folder / "bin" / name, FROM_PROGRAMS)
    libraries.bring(brought, folder / LIBRARIES)
    (folder / "share" / "doc" / "spaceform" / "LIBRARIES.md").write_text(licences.brought(brought), encoding="utf-8")
    write(folder, file, level)
    shutil.rmtree(folder.parent)


def write(folder: Path, file: Path, level: int) -> None:
    date = moment()

    def steady(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = date
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
        return entry

    with open(file, "wb") as raw, gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=level, mtime=date) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for path in [folder, *sorted(folder.rglob("*"))]:
                archive.add(path, arcname=str(path.relative_to(folder.parent)), recursive=False, filter=steady)
