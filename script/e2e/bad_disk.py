"""Where the state lies and when it is: a lock behind a symbolic link, a folder that cannot be written to, a full file system, a clock that
jumps between applies, signals in the middle. Nothing is lost, and the next apply finishes.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from bad_input import ends_well
from harness import Checks, Hub, Project, wait, workplace

DEFINITION = "spaces/text-api.space.yaml"


def change(project: Project) -> None:
    """Something to apply: the log level is another one each time."""
    text = project.read(DEFINITION)
    old, new = ("info", "warning") if "LOG_LEVEL: info" in text else ("warning", "info")
    project.write(DEFINITION, text.replace(f"LOG_LEVEL: {old}", f"LOG_LEVEL: {new}"))


def finishes(checks: Checks, title: str, project: Project, hub: Hub, **options) -> None:
    again = project.run("apply", "--auto-approve", **options)
    checks.that(again.status == 0, f"{title}: the next apply finishes", again)
    checks.equal(hub.spaces(), project.addresses, f"{title}: each Space is there once")
    settled = project.run("plan", "--detailed-exitcode")
    checks.that(settled.status == 0, f"{title}: nothing is left to do", settled)
    checks.equal(project.open_intents(), 0, f"{title}: no journal is left open")


def linked_lock(checks: Checks, folder: Path, project: Project, hub: Hub) -> None:
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    real = elsewhere / "real.lock"
    shutil.move(project.lock, real)
    project.lock.symlink_to(real)
    before = real.read_bytes()
    change(project)
    finishes(checks, "a lock behind a symbolic link", project, hub)
    checks.that(project.lock.is_symlink(), "a lock behind a symbolic link: the link stays")
    checks.that(real.read_bytes() != before, "a lock behind a symbolic link: the file behind it is the lock")
    checks.equal([path.name for path in elsewhere.iterdir()], ["real.lock"], "a lock behind a symbolic link: nothing is left beside it")
    project.lock.unlink()
    shutil.move(real, project.lock)


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """A file system of its own, of one mebibyte; none where it may not be mounted."""
    place = folder / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], capture_output=True).returncode == 0
    try:
        yield place if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", str(place)], check=True)


def unwritable(checks: Checks, project: Project, hub: Hub) -> None:
    """For whoever is not root: permissions are what stands in the way."""
    change(project)
    before = project.lock.read_bytes()
    places = [project.folder, project.folder / ".spaceform"]
    for place in places:
        place.chmod(0o555)
    try:
        ended = project.run("apply", "--auto-approve")
    finally:
        for place in places:
            place.chmod(0o755)
    ends_well(checks, "a folder that cannot be written to", ended, (1,), "permission|denied")
    checks.that(project.lock.read_bytes() == before, "a folder that cannot be written to: the lock is as it was")
    finishes(checks, "a folder that can be written to again", project, hub)


def disks(checks: Checks, project: Project, hub: Hub, disk: Path) -> None:
    # The project as it is, on a disk of its own.
    moved = Project(disk / "fleet", project.environment)
    shutil.copytree(project.folder, moved.folder, symlinks=True)
    change(moved)
    before = moved.lock.read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    ended = moved.run("apply", "--auto-approve")
    ends_well(checks, "a read-only file system", ended, (1,), "read-only")
    planned = moved.run("plan", "--detailed-exitcode")
    checks.equal(planned.status, 2, "a read-only file system: a plan can be made", planned)
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    checks.that(moved.lock.read_bytes() == before, "a read-only file system: the lock is as it was")
    finishes(checks, "a file system that can be written to again", moved, hub)

    change(moved)
    before = moved.lock.read_bytes()
    filler = disk / "filler"
    with contextlib.suppress(OSError), open(filler, "wb", buffering=0) as file:
        while file.write(b"\0" * 4096):
            pass
    ended = moved.run("apply", "--auto-approve")
    ends_well(checks, "a full file system", ended, (1,), "space")
    json.loads(moved.lock.read_text())
    checks.that(moved.lock.read_bytes() == before, "a full file system: the lock is as it was")
    filler.unlink()
    finishes(checks, "a file system with room again", moved, hub)
    # The project goes on from there.
    for path in (DEFINITION, "spaceform.lock"):
        shutil.copy(moved.folder / path, project.folder / path)


def clocks(checks: Checks, folder: Path, project: Project, hub: Hub) -> None:
    """The clock of the machine is ahead for one apply and right for the next, or the other way round: the Hub's time counts.

    It is never set behind the true one: what waits for a moment waits by the true one, and would not wait at all.
    """
    compiler = next((name for name in ("cc", "gcc", "clang") if shutil.which(name)), None)
    if not checks.that(compiler, "there is a C compiler"):
        return
    library = folder / "clock.so"
    source = Path(__file__).with_name("clock.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"], check=True)
    days = 86_400
    shown = subprocess.run(["date", "+%s"], env={"LD_PRELOAD": str(library), "CLOCK_OFFSET": str(30 * days)}, capture_output=True, text=True)
    checks.that(int(shown.stdout) > time.time() + 29 * days, "the clock can be set wrong", shown.stdout)
    (project.folder / "apps" / "late").mkdir()
    project.write("apps/late/index.html", "<p>late</p>\n")
    for number, (first, second) in enumerate([(30 * days, 0), (0, 30 * days), (7200, 0), (0, 7200)]):
        # A new Space, so that there is a create to be settled by when it was born.
        project.write(f"spaces/late-{number}.space.yaml", f"name: late-{number}\nsdk: static\nvisibility: private\nsource: {{ path: apps/late }}\n")
        project.write("apps/late/index.html", f"<p>late {number}</p>\n")
        process = project.start("apply", "--auto-approve", environment={"LD_PRELOAD": str(library), "CLOCK_OFFSET": str(first)})
        deadline = time.monotonic() + 30
        while process.poll() is None and f"acme/late-{number}" not in hub.spaces() and time.monotonic() < deadline:
            time.sleep(0.005)
        process.kill()
        process.communicate()
        title = f"a clock ahead by {first} s, then by {second} s"
        finishes(checks, title, project, hub, environment={"LD_PRELOAD": str(library), "CLOCK_OFFSET": str(second)})


def signals(checks: Checks, folder: Path) -> None:
    """SIGTERM stops as Ctrl-C does; a second signal ends at once, and the journal tells what was under way."""
    for title, numbers, statuses in [
        ("SIGTERM", [signal.SIGTERM], (143,)),
        ("Ctrl-C twice", [signal.SIGINT, signal.SIGINT], (130, -signal.SIGINT)),
    ]:
        with Hub(folder / f"hub-{len(numbers)}", speed=10, options=("--latency", "100ms")) as hub:
            project = Project.copy(folder / f"signals-{len(numbers)}", hub)
            process = project.start("apply", "--auto-approve")
            deadline = time.monotonic() + 60
            while process.poll() is None and not hub.spaces() and time.monotonic() < deadline:
                time.sleep(0.01)
            sent = time.monotonic()
            for number in numbers:
                process.send_signal(number)
                time.sleep(0.05)
            ended = wait(process, 60)
            took = time.monotonic() - sent
            checks.that(ended.status in statuses, f"{title}: exit status {statuses[0]}", ended)
            checks.that(took < 10, f"{title}: it does not go on waiting", f"{took:.1f} s\n{ended}")
            finishes(checks, title, project, hub)


def main() -> None:
    checks = Checks()
    with workplace() as folder:
        with Hub(folder / "hub") as hub:
            project = Project.copy(folder / "fleet", hub)
            applied = project.run("apply", "--auto-approve")
            checks.that(applied.status == 0, "the fleet is applied", applied)
            linked_lock(checks, folder, project, hub)
            with small_disk(folder) as disk:
                if disk is not None:
                    disks(checks, project, hub, disk)
                elif os.geteuid() != 0:
                    unwritable(checks, project, hub)
            clocks(checks, folder, project, hub)
        signals(checks, folder)
    checks.finish()


if __name__ == "__main__":
    main()
