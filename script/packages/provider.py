"""The files of a release as Terraform's registry reads them: the program in a zip file, a manifest, their checksums."""

import hashlib
import shutil
import tempfile
import time
import zipfile
from pathlib import Path

import libraries
import licences
from common import PROVIDER, ROOT, machine, moment, run, version


def provider(program: Path, out: Path, level: int) -> list[Path]:
    its_machine = {"x86_64": "amd64", "aarch64": "arm64"}.get(machine(), machine())
    stem = f"{PROVIDER}_{version()}"
    file, manifest, sums = (out / f"{stem}{end}" for end in (f"_linux_{its_machine}.zip", "_manifest.json", "_SHA256SUMS"))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        content = folder / f"{PROVIDER}_v{version()}"
        shutil.copy2(program, content)
        run("strip", content)
        # Terraform unpacks the whole file into a folder of the provider's own, and starts the program there.
        brought = libraries.needed(program)
        libraries.look_in(content, "$ORIGIN/lib")
        libraries.bring(brought, folder / "lib")
        shutil.copy(ROOT / "LICENSE", folder / "LICENSE")
        (folder / "THIRD-PARTY.md").write_text(licences.linked(), encoding="utf-8")
        (folder / "LIBRARIES.md").write_text(licences.brought(brought), encoding="utf-8")
        write(folder, file, level)
    shutil.copy(ROOT / "terraform" / "terraform-registry-manifest.json", manifest)
    sums.write_text("".join(f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in (file, manifest)), encoding="utf-8")
    return [file, manifest, sums]


def write(folder: Path, file: Path, level: int) -> None:
    # A zip file knows no earlier day.
    date = time.gmtime(max(moment(), 315532800))[:6]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(str(path.relative_to(folder)), date)
                entry.external_attr = (0o100755 if path.stat().st_mode & 0o100 else 0o100644) << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes(), compresslevel=level)


def mirror(file: Path, folder: Path) -> None:
    """As `provider_installation` of Terraform's settings reads a mirror in the file system."""
    place = folder / "registry.terraform.io" / "spaceform" / "huggingface"
    place.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, place)
