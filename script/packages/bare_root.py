"""Whether what was made runs on a system where nothing is installed: a bare Debian or Ubuntu, the release of this machine, in a folder.

debootstrap makes it from the mirror that this machine's apt uses. The tarball is unpacked there, and the wheels are, without pip, as
their standard says; each has to check and plan a Space against its own local Hub. The Debian package is then installed by the apt in
there, and removed again.
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from common import ROOT, fail, run, say

# Run in the root, with the folder of the programs as its argument; the Hub is its own child.
REHEARSAL = """
set -eu
PATH="$1:/usr/sbin:/usr/bin:/sbin:/bin"
place="$(mktemp -d)"
cd "$place"
mkdir demo
echo "import gradio" > demo/app.py
printf -- '---\\ntitle: Demo\\nsdk: gradio\\nsdk_version: 5.0.0\\n---\\n' > demo/README.md
spaceform-hub serve --port 0 > hub.out 2> hub.err &
hub=$!
trap 'kill "$hub" 2>/dev/null; rm -rf "$place"' EXIT
tries=0
until grep -q endpoint hub.out; do
  tries=$((tries + 1))
  if [ "$tries" -gt 300 ]; then cat hub.err >&2; exit 1; fi
  sleep 0.1
done
HF_ENDPOINT="$(sed -n 's/.*"endpoint":"\\([^"]*\\)".*/\\1/p' hub.out)"
HF_TOKEN="$(sed -n 's/.*"token":"\\([^"]*\\)".*/\\1/p' hub.out)"
export HF_ENDPOINT HF_TOKEN HOME="$place"
spaceform --version
spaceform-tracker --version
spaceform init
spaceform validate
spaceform plan
"""


class BareRoot:
    """A bare system in a folder, and what is run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *command: str) -> subprocess.CompletedProcess:
        # With its own /proc, from which the loader learns where a program lies; it is gone with the last process.
        inside = ["unshare", "--mount", "--pid", "--fork", f"--root={self.folder}", "--mount-proc", *command]
        environment = {name: value for name, value in os.environ.items() if re.fullmatch(r"(?i)(https?|no)_proxy", name)}
        environment |= {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        return subprocess.run(inside, env=environment, capture_output=True, text=True, check=False)

    def has(self, *words: str) -> bool:
        return self.run("sh", "-c", " ".join(words)).returncode == 0

    def rehearse(self, programs: str) -> subprocess.CompletedProcess:
        return self.run("sh", "-c", REHEARSAL, "rehearsal", programs)

    def files(self) -> set[str]:
        """What is installed: everything but what the package tools keep for themselves, and what programs make as they run."""
        kept = re.compile(r"^(var/(cache|log|lib/(apt|dpkg|systemd|ucf))|tmp|proc|dev|run|etc/(ld\.so\.cache|ssl/certs))(/|$)")
        return {path for found in self.folder.rglob("*") if not kept.match(path := str(found.relative_to(self.folder)))}


@contextlib.contextmanager
def bare_root(parent: Path) -> Iterator[BareRoot]:
    if os.geteuid() != 0:
        fail("a bare system is made by root", "Run this as root.")
    if shutil.which("debootstrap") is None:
        fail("debootstrap is not installed", "Run script/bootstrap.")
    release = dict(re.findall(r'^(\w+)="?([^"\n]*)"?$', Path("/etc/os-release").read_text(encoding="utf-8"), re.MULTILINE))
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bare-root-", dir=parent))
    try:
        suite = release["VERSION_CODENAME"]
        components = "main,universe" if release["ID"] == "ubuntu" else "main"
        run("debootstrap", "--variant=minbase", f"--components={components}", suite, folder, mirror(suite))
        for name in ("resolv.conf", "hosts"):
            shutil.copy(Path("/etc") / name, folder / "etc" / name)
        yield BareRoot(folder)
    finally:
        shutil.rmtree(folder)


def mirror(suite: str) -> str:
    """Where apt has this machine's release from."""
    for line in run("apt-get", "indextargets", "--format", "$(RELEASE) $(REPO_URI)").splitlines():
        its_suite, address = line.split()
        if its_suite == suite:
            return address
    fail(f"apt knows no place that has {suite}")


def unpack_wheels(wheels: list[Path], prefix: Path) -> None:
    """What an installer does with them: each kind of file goes to its place, and programs may be run."""
    for wheel in wheels:
        run(sys.executable, "-m", "zipfile", "--extract", wheel, prefix / "unpacked")
    for data in (prefix / "unpacked").glob("*.data"):
        shutil.copytree(data / "scripts", prefix / "bin", dirs_exist_ok=True)
        shutil.copytree(data / "data", prefix, dirs_exist_ok=True)
    shutil.rmtree(prefix / "unpacked")
    for program in (prefix / "bin").iterdir():
        program.chmod(0o755)


def check(made: list[Path]) -> None:
    """Ends the script when something of it does not run."""

    def expect(done: subprocess.CompletedProcess, what: str) -> None:
        if done.returncode != 0:
            fail(f"{what}: ended with status {done.returncode}", done.stdout + done.stderr)
        say(f"{what}: fine")

    with bare_root(ROOT / ".build") as root:
        if archive := next((file for file in made if file.name.endswith(".tar.gz")), None):
            run("tar", "--extract", "--file", archive, "--directory", root.folder / "opt", "--one-top-level=tarball", "--strip-components=1")
            expect(root.rehearse("/opt/tarball/bin"), f"{archive.name} in a bare system")
        if wheels := [file for file in made if file.suffix == ".whl"]:
            unpack_wheels(wheels, root.folder / "opt" / "wheels")
            expect(root.rehearse("/opt/wheels/bin"), "the wheels in a bare system")
        if package := next((file for file in made if file.suffix == ".deb"), None):
            installed = install(root, package)
            expect(installed, f"installing {package.name}")
            expect(root.rehearse("/usr/bin"), "running what it installed")
            expect(root.run("apt-get", "purge", "--yes", "spaceform"), "removing it")


def install(root: BareRoot, package: Path) -> subprocess.CompletedProcess:
    """By apt, with what it needs."""
    updated = root.run("apt-get", "update")
    if updated.returncode != 0:
        return updated
    shutil.copy(package, root.folder / "tmp")
    return root.run("apt-get", "install", "--yes", "--no-install-recommends", f"/tmp/{package.name}")
