"""What was made, in a bare system that debootstrap makes: no Swift, no Python, no library but those that every Linux has."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from harness import ROOT, Checks

sys.path.append(str(ROOT / "script" / "packages"))


def check(checks: Checks, files: list[Path], folder: Path, version: str) -> None:
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        print("no bare system: that takes root and debootstrap", flush=True)
        return
    # Not before: it is the other script's own, of names that mean something else here.
    from bare_root import bare_root, install, unpack_wheels

    (archive,) = [file for file in files if file.name.endswith(".tar.gz")]
    (package,) = [file for file in files if file.suffix == ".deb"]
    wheels = [file for file in files if file.suffix == ".whl"]
    with bare_root(folder) as root:
        checks.that(not root.has("command -v swift || ldconfig -p | grep -E 'libgit2|libcurl|libxml2'"), "the bare system has nothing of ours")
        tarball = root.folder / "opt" / "tarball"
        tarball.mkdir()
        subprocess.run(["tar", "--extract", "--file", archive, "--directory", tarball, "--strip-components=1"], check=True)
        unpack_wheels(wheels, root.folder / "opt" / "wheels")
        for name in ("tarball", "wheels"):
            done = root.rehearse(f"/opt/{name}/bin")
            checks.that(done.returncode == 0 and "Plan: 1 to create." in done.stdout, f"{name}: init, validate and plan run", done.stdout + done.stderr)
            checks.that(done.stdout.startswith(f"{version}\n{version}\n"), f"{name}: the programs are of this version", done.stdout)
        done = install(root, package)
        checks.equal(done.returncode, 0, "apt installs the package and what it needs", done.stdout + done.stderr)
        checks.that(root.has("dpkg --status spaceform", "&&", "dpkg --verify spaceform"), "and finds it whole")
        done = root.run("apt-get", "purge", "--yes", "spaceform")
        left = [str(path) for path in (root.folder / "usr").rglob("*spaceform*")] + [str(path) for path in (root.folder / "etc").rglob("*spaceform*")]
        checks.that(done.returncode == 0 and left == [], "and removes all of it", (done.stdout, done.stderr, left))
