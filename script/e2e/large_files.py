"""Large files: they go up and come down with the memory a small file takes, and nothing that has arrived is sent again.

`--size MB` is the size of the large file, 300 by default. What the programs took in memory is printed.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from harness import Checks, Ended, Hub, clean_environment, program, wait, workplace

# What a transfer of any size may add to the memory of a transfer of a few bytes, in MiB.
MOST_GROWTH = 64
MIB = 1 << 20


def write_file(path: Path, size: int, seed: int = 0) -> str:
    """Bytes that no compression makes fewer and no two mebibytes of which are the same; their SHA-256."""
    digest = hashlib.sha256()
    block = hashlib.shake_256(f"large {seed}".encode()).digest(MIB - 16)
    with open(path, "wb") as file:
        for number in range(0, size, MIB):
            piece = (number.to_bytes(16, "big") + block)[: min(MIB, size - number)]
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


def sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def peak_of(process: subprocess.Popen) -> float:
    """Waits for a process; the most memory it had, in MiB, as the kernel counts it (VmHWM)."""
    status = Path(f"/proc/{process.pid}/status")
    peak = 0
    while process.poll() is None:
        try:
            for line in status.read_text().splitlines():
                if line.startswith("VmHWM:"):
                    peak = max(peak, int(line.split()[1]))
        except (FileNotFoundError, ProcessLookupError):
            break
        time.sleep(0.005)
    return peak / 1024


class Work:
    """A project with one static Space whose files a check puts there."""

    def __init__(self, folder: Path, hub: Hub, name: str) -> None:
        self.folder, self.hub, self.name = folder, hub, name
        self.app = folder / "app"
        self.app.mkdir(parents=True)
        (self.app / "index.html").write_text("<p>large</p>\n")
        (folder / "spaceform.yaml").write_text("version: 1\nowner: acme\n")
        (folder / "spaces").mkdir()
        (folder / "spaces" / f"{name}.space.yaml").write_text(
            f"name: {name}\nsdk: static\nvisibility: private\nsource: {{ path: app }}\n"
        )
        self.environment = clean_environment(
            HF_ENDPOINT=hub.endpoint, HF_TOKEN=hub.token, HOME=str(folder), HF_HOME=str(folder / "home")
        )

    def start(self, *arguments: str) -> subprocess.Popen:
        return subprocess.Popen(
            [program("spaceform"), "-C", str(self.folder), *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment,
        )

    def run(self, *arguments: str) -> tuple[Ended, float]:
        process = self.start(*arguments)
        peak = peak_of(process)
        return wait(process), peak

    def requests(self, since: int) -> list[dict]:
        return self.hub.requests()[since:]


def stored(requests: list[dict]) -> Counter:
    """How often each object, or part of one, was taken by the store."""
    return Counter(r["path"] for r in requests if r["method"] == "PUT" and r["path"].startswith("/lfs/") and r["status"] == 200)


def up_and_down(checks: Checks, folder: Path, hub: Hub, size: int, how: str) -> None:
    """The same apply and the same import with a small file and with a large one."""
    peaks: dict[str, list[float]] = {}
    for name, bytes_ in ((f"{how}-small", 64), (f"{how}-large", size)):
        work = Work(folder / name, hub, name)
        wanted = write_file(work.app / "model.safetensors", bytes_)
        ended, up = work.run("apply", "--auto-approve")
        if not checks.equal(ended.status, 0, f"{how}: a file of {bytes_} bytes goes up", ended):
            continue
        down = Work(folder / f"{name}-down", hub, "unused")
        shutil.rmtree(down.folder / "spaces")
        shutil.rmtree(down.app)
        began = time.monotonic()
        ended, received = down.run("import", f"acme/{name}", "--content")
        checks.equal(ended.status, 0, f"{how}: a file of {bytes_} bytes comes down", ended)
        arrived = list(down.folder.rglob("model.safetensors"))
        checks.that(len(arrived) == 1 and sha256(arrived[0]) == wanted, f"{how}: every byte of {bytes_} is the one that was sent", arrived)
        checks.that(not list(down.folder.rglob("*.spaceform-tmp")), f"{how}: nothing is left beside the file")
        peaks[name] = [up, received]
        print(f"{how}: {bytes_ / MIB:.0f} MiB: apply {up:.1f} MiB, import {received:.1f} MiB in {time.monotonic() - began:.1f} s", flush=True)
        for place in (work.folder, down.folder):
            shutil.rmtree(place)
    if len(peaks) == 2:
        small, large = peaks.values()
        for verb, before, after in zip(("apply", "import"), small, large):
            growth = after - before
            print(f"{how}: {verb} of the large file takes {growth:+.1f} MiB beside the small one", flush=True)
            checks.that(before > 1 and growth < MOST_GROWTH, f"{how}: {verb} grows by less than {MOST_GROWTH} MiB", f"{growth:.1f}")


def resume_after_a_kill(checks: Checks, folder: Path) -> None:
    """An apply that is killed while it uploads; the next one sends only what the Hub does not have."""
    with Hub(folder / "hub-kill", options=("--faults", "lfs-upload:slow=300ms")) as hub:
        work = Work(folder / "kill", hub, "kill")
        for number in range(12):
            write_file(work.app / f"part-{number}.safetensors", 3 * MIB, seed=number)
        process = work.start("apply", "--auto-approve")
        deadline = time.monotonic() + 60
        while len(stored(hub.requests())) < 4 and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        process.kill()
        process.communicate()
        time.sleep(0.5)  # What the Hub had received to its end when the client died is stored by now.
        before = hub.requests()
        first = stored(before)
        checks.that(4 <= len(first) < 12, "the kill fell into the upload", first)
        ended, _ = work.run("apply", "--auto-approve")
        checks.equal(ended.status, 0, "the next apply goes on", ended)
        second = stored(hub.requests()[len(before):])
        checks.equal(set(first) & set(second), set(), "no object that the Hub had is sent again")
        checks.equal(len(first | second), 12, "every object is there")


def parts_sent_once(checks: Checks, folder: Path) -> None:
    """A part that fails is sent again; those that have arrived are not."""
    faults = "lfs-part:503*1,lfs-part:reset-before*1,lfs-complete:reset-after*1"
    with Hub(folder / "hub-parts", options=("--assume", f"lfs-part-size={4 * MIB}", "--faults", faults)) as hub:
        work = Work(folder / "parts", hub, "parts")
        write_file(work.app / "model.safetensors", 23 * MIB + 5)
        ended, _ = work.run("apply", "--auto-approve")
        checks.equal(ended.status, 0, "an upload in parts survives faults of parts and of their end", ended)
        parts = stored(hub.requests())
        checks.equal(len(parts), 6, "six parts")
        checks.equal(set(parts.values()), {1}, "each part was stored once")


def resume_a_download(checks: Checks, folder: Path) -> None:
    """A download that is cut goes on where it was."""
    with Hub(folder / "hub-cut", options=("--faults", "resolve:truncated*3")) as hub:
        work = Work(folder / "cut", hub, "cut")
        wanted = write_file(work.app / "model.safetensors", 40 * MIB)
        (work.app / "empty.txt").touch()
        ended, _ = work.run("apply", "--auto-approve")
        checks.equal(ended.status, 0, "the file for the download is there", ended)
        down = Work(folder / "cut-down", hub, "unused")
        shutil.rmtree(down.folder / "spaces")
        shutil.rmtree(down.app)
        since = len(hub.requests())
        ended, _ = down.run("import", "acme/cut", "--content")
        checks.equal(ended.status, 0, "a download that is cut three times comes to its end", ended)
        arrived = list(down.folder.rglob("model.safetensors"))
        checks.that(len(arrived) == 1 and sha256(arrived[0]) == wanted, "and every byte is right")
        asked = [r["status"] for r in down.requests(since) if r["path"].endswith("model.safetensors")]
        empty = list(down.folder.rglob("empty.txt"))
        checks.that(len(empty) == 1 and empty[0].stat().st_size == 0, "an empty file is made", empty)
        checks.that(not any(r["path"].endswith("empty.txt") for r in down.requests(since)), "without asking for its bytes")
        checks.that(206 in asked, "by asking for the rest, not for the whole again", asked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=300, help="size of the large file in MiB")
    size = parser.parse_args().size * MIB + 12345
    checks = Checks()
    with workplace() as folder:
        for how, options in (("whole", ()), ("in parts", ("--assume", f"lfs-part-size={16 * MIB}"))):
            with Hub(folder / f"hub-{how[:2]}", keep_state=True, options=options) as hub:
                up_and_down(checks, folder, hub, size, how.replace(" ", "-"))
                memory = [line for line in Path(f"/proc/{hub.process.pid}/status").read_text().splitlines() if "VmHWM" in line]
                peak = int(memory[0].split()[1]) / 1024
                print(f"{how}: spaceform-hub {peak:.1f} MiB", flush=True)
                checks.that(peak < 200 or size < 250 * MIB, f"{how}: the local Hub keeps no large file in memory", peak)
            shutil.rmtree(folder / f"hub-{how[:2]}")
        resume_after_a_kill(checks, folder)
        parts_sent_once(checks, folder)
        resume_a_download(checks, folder)
    checks.finish()


if __name__ == "__main__":
    sys.exit(main())
