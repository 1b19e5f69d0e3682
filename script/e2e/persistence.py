"""Each write to the disk of an apply fails in turn: the n-th, for every n. Nothing is lost, and the failure is told.

A library put before the system's makes one call fail: a write with a full disk, in the middle or at once, a sync or a rename with a
fault of the disk. The apply must say so, by its exit status and in words with a way out, and the next one must make the fleet whole.
Linux only, as the library is.
"""

import errno
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

from bad_input import CRASH
from harness import Checks, Hub, Project, workplace

SPACE = """\
name: {name}
sdk: static
visibility: private
source: {{ path: apps/{name} }}
variables: {{ EDITION: "{edition}" }}
"""

# What fails, and how.
FAULTS = {
    "no room": ("write", errno.ENOSPC),
    "no room in the middle": ("write", 0),
    "a fault of the disk at a sync": ("fsync", errno.EIO),
    "a fault of the disk at a rename": ("rename", errno.EIO),
    "no room at a truncation": ("truncate", errno.EIO),
    "no room for a new file": ("open", errno.ENOSPC),
}


class Fleet:
    """Two small Spaces in a project, edition after edition."""

    def __init__(self, folder: Path, hub: Hub, library: Path) -> None:
        self.folder, self.hub, self.library = folder, hub, library
        self.canary = secrets.token_hex(24)
        self.project = Project.copy(folder / "fleet", hub)
        for path in self.project.definitions:
            path.unlink()
        self.edition = 0
        for name in ("one", "two"):
            (self.project.folder / "apps" / name).mkdir(parents=True)

    def write(self) -> None:
        self.edition += 1
        for name in ("one", "two"):
            self.project.write(f"spaces/{name}.space.yaml", SPACE.format(name=name, edition=self.edition))
            self.project.write(f"apps/{name}/index.html", f"<p>{self.edition}</p>\n")

    def apply(self, call: str, number: int, at: int):
        """An apply whose call number `at` fails, and how many of these calls it made."""
        count = self.folder / "count"
        count.unlink(missing_ok=True)
        ended = self.project.run(
            "apply",
            "--auto-approve",
            "-q",
            environment={
                "LD_PRELOAD": str(self.library),
                "FAIL_FOLDER": str(self.project.folder),
                "FAIL_CALL": call,
                "FAIL_ERRNO": str(number),
                "FAIL_AT": str(at),
                "FAIL_COUNT": str(count),
            },
        )
        return ended, len(count.read_text().splitlines()) if count.exists() else 0


def check_fault(checks: Checks, fleet: Fleet, title: str, call: str, number: int) -> int:
    at = 0
    while True:
        at += 1
        fleet.write()
        broken, calls = fleet.apply(call, number, at)
        if calls < at:
            return at - 1
        named = f"{title}, call {at}"
        # What lies beside the lock to be read by people only, such as the process id in the lease, may fail unseen.
        failed = checks.that(broken.status == 1 or harmless(broken, fleet), f"{named}: the apply says that it failed", broken)
        if failed and broken.status == 1:
            checks.that(not any(mark in broken.text for mark in CRASH), f"{named}: in one clear message", broken)
            checks.that("hint:" in broken.text or "help:" in broken.text or "ontinue" in broken.text or "again" in broken.text, f"{named}: with a way out", broken)
        again = fleet.project.run("apply", "--auto-approve", "-q")
        checks.that(again.status == 0, f"{named}: the next apply finishes", f"{broken}\n{again}")
        checks.equal(fleet.hub.spaces(), ["acme/one", "acme/two"], f"{named}: each Space is there once")
        settled = fleet.project.run("plan", "--detailed-exitcode")
        checks.that(settled.status == 0, f"{named}: nothing is left to do", settled)
        checks.equal(fleet.project.open_intents(), 0, f"{named}: no journal is left open")


def harmless(ended, fleet: Fleet) -> bool:
    """An apply that succeeded in spite of the failure has saved everything: the lock says what the Hub holds, and no intent is open."""
    return ended.status == 0 and fleet.project.open_intents() == 0 and f'"EDITION": "{fleet.edition}"' in fleet.project.lock.read_text()


def main() -> None:
    checks = Checks()
    compiler = next((name for name in ("cc", "gcc", "clang") if shutil.which(name)), None)
    if sys.platform != "linux" or compiler is None:
        print("Linux and a C compiler are needed; nothing was checked", flush=True)
        sys.exit(1)
    with workplace() as folder, Hub(folder / "hub", speed=200) as hub:
        library = folder / "persistence.so"
        source = Path(__file__).with_name("persistence.c")
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"], check=True)
        fleet = Fleet(folder, hub, library)
        wanted = os.environ.get("SPACEFORM_FAULT")
        for title, (call, number) in FAULTS.items():
            if wanted and wanted != title:
                continue
            tried = check_fault(checks, fleet, title, call, number)
            print(f"{title}: {tried} calls failed in turn", flush=True)
            checks.that(tried > 0, f"{title}: there was a call to fail")
    checks.finish()


if __name__ == "__main__":
    main()
