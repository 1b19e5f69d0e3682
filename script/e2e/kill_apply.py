"""SIGKILL of `spaceform apply` at random moments, again and again, with faults on; the next apply makes the fleet whole.

One Hub and one project of thirty Spaces go through edition after edition: files, variables, secrets, hardware, Spaces that come, go and
are renamed. An apply of each edition is killed once or more, then an apply is left alone. Counted are Spaces that were lost (made and
not there), doubled (made twice) and editions that stuck (an apply left alone did not finish them); all are to be none.

  kill_apply.py [--kills N] [--seed N]
"""

import argparse
import json
import random
import secrets
import signal
import subprocess
import time
from pathlib import Path

from harness import Checks, Hub, Project, workplace

SPACES = 30
# Answers that get lost, connections cut before and after the effect, a Hub that fails or has enough; and a builder that is quick.
FAULTS = "create:reset-after%4,commit:reset-after%4,commit:503%2,create:503%2,variable:reset-after%5,secret:reset-after%5,variable:429%2,info:503%1"
OPTIONS = ("--latency", "4ms", "--faults", FAULTS, "--assume", "api-quota=1000000000", "--assume", "build-seconds=1", "--assume", "start-seconds=1")

DOCKERFILE = "FROM python:3.12-slim\nRUN useradd --uid 1000 user\nUSER user\nCOPY . .\nCMD [\"python\", \"app.py\"]\n"


class World:
    """A project whose definitions change from edition to edition, and what the Hub holds of it."""

    def __init__(self, folder: Path, hub: Hub, moments: random.Random) -> None:
        self.hub = hub
        self.random = moments
        self.canary = secrets.token_hex(24)
        self.project = Project.copy(folder / "fleet", hub, FLEET_KEY=self.canary)
        for path in self.project.definitions:
            path.unlink()
        self.names = {number: f"s{number:02d}" for number in range(SPACES)}
        self.old = {number: name for number, name in self.names.items()}
        self.editions = 0
        # The Hub's id of each Space, which it keeps for life: another one under its name would be another Space.
        self.ids: dict[int, str] = {}
        for number in range(SPACES):
            (self.project.folder / "apps" / f"k{number}").mkdir(parents=True)
            self.write_files(number)
        self.write_all()

    def write_files(self, number: int) -> None:
        self.project.write(f"apps/k{number}/Dockerfile", DOCKERFILE)
        self.project.write(f"apps/k{number}/app.py", f"import http.server  # edition {self.editions}\n")

    def definition(self, number: int) -> str:
        name, hardware = self.names[number], ("cpu-basic", "cpu-upgrade")[(number + self.editions) % 5 == 0]
        text = f"name: {name}\nsdk: docker\nvisibility: private\nhardware: {hardware}\nsource: {{ path: apps/k{number} }}\n"
        if self.old[number] != name:
            text += f"moved_from: acme/{self.old[number]}\n"
        # One is waited for now and then; what the others do is over with their last write, which makes room for more kills.
        text += f"wait: {{ for: {'running' if number == 0 and self.editions % 4 == 1 else 'none'} }}\n"
        text += f"variables: {{ EDITION: \"{self.editions if number % 3 == 0 else 0}\" }}\n"
        if number % 4 == 0:
            text += f"secrets: {{ KEY: {{ env: FLEET_KEY, version: {self.editions // 3 + 1} }} }}\n"
        return text

    def write_all(self) -> None:
        for path in self.project.definitions:
            path.unlink()
        for number in self.names:
            self.project.write(f"spaces/k{number:02d}.space.yaml", self.definition(number))

    def edit(self) -> None:
        """The next edition: everything is whole when it begins."""
        self.editions += 1
        self.old = dict(self.names)
        for number in self.random.sample(sorted(self.names), 8):
            self.write_files(number)
        for number in self.random.sample(sorted(self.names), 2):
            self.names[number] = f"s{number:02d}-{self.editions}"
        # One Space goes, and comes back an edition later, under a name that no other had.
        gone = [number for number in range(SPACES) if number not in self.names]
        removed = ""
        if gone:
            self.names[gone[0]] = self.old[gone[0]] = f"s{gone[0]:02d}-{self.editions}"
            self.write_files(gone[0])
        else:
            number = self.random.choice(sorted(self.names))
            del self.ids[number], self.names[number]
            removed = f"removed: [{{ space: acme/{self.old[number]}, destroy: true }}]\n"
        base = self.project.read("spaceform.yaml").split("removed:")[0]
        self.project.write("spaceform.yaml", base + removed)
        self.write_all()

    @property
    def wanted(self) -> list[str]:
        return sorted(f"acme/{name}" for name in self.names.values())


class Totals:
    def __init__(self) -> None:
        self.kills = self.open_journals = self.unsettled = self.applies = self.editions = 0
        self.lost = self.doubled = self.stuck = 0
        self.leaks = 0


def kill(world: World, totals: Totals, moment: float) -> bool:
    """Kills an apply this many seconds after its start; false when it had ended."""
    process = world.project.start("apply", "--auto-approve", "-q")
    totals.applies += 1
    try:
        process.communicate(timeout=moment)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
    if process.returncode != -signal.SIGKILL:
        return False
    totals.kills += 1
    totals.open_journals += world.project.open_intents() > 0
    totals.unsettled += world.project.unsettled_intents() > 0
    return True


def finish(checks: Checks, world: World, totals: Totals) -> None:
    """An apply left alone makes the edition whole; with faults on, it may have to be run again."""
    for _ in range(6):
        ended = world.project.run("apply", "--auto-approve", "-q")
        totals.applies += 1
        if ended.status == 0:
            break
    stuck = not checks.that(ended.status == 0, f"edition {world.editions}: an apply left alone finishes", ended)
    there = world.hub.spaces()
    lost, doubled = set(world.wanted) - set(there), [address for address in there if address not in world.wanted]
    checks.that(not lost, f"edition {world.editions}: every Space is there", sorted(lost))
    checks.that(not doubled, f"edition {world.editions}: none is there twice or left over", doubled)
    recorded = json.loads(world.project.lock.read_text())["spaces"]
    checks.equal(sorted(recorded), world.wanted, f"edition {world.editions}: the lock records each of them")
    ids = {number: recorded[f"acme/{name}"]["id"] for number, name in world.names.items() if f"acme/{name}" in recorded}
    changed = [number for number, hub_id in world.ids.items() if ids.get(number) != hub_id]
    checks.that(not changed, f"edition {world.editions}: each is the Space it was, not one made anew", changed)
    world.ids = ids
    lost |= {f"acme/{world.names[number]}" for number in changed}
    checks.equal(world.project.open_intents(), 0, f"edition {world.editions}: no journal is left open")
    for path in (world.project.lock, world.project.journal):
        totals.leaks += world.canary in path.read_text()
    totals.stuck += stuck
    totals.lost += len(lost)
    totals.doubled += len(doubled)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--kills", type=int, default=6, help="so many kills")
    arguments.add_argument("--seed", type=int, default=random.randrange(1 << 32), help="decides the moments and the edits")
    options = arguments.parse_args()
    print(f"seed {options.seed}", flush=True)
    moments = random.Random(options.seed)
    checks, totals = Checks(), Totals()
    started = time.monotonic()
    with workplace() as folder, Hub(folder / "hub", speed=500, options=(*OPTIONS, "--seed", str(options.seed % (1 << 31)))) as hub:
        world = World(folder, hub, moments)
        # How long an apply may be taken to need, which is found out by trying: kills are to fall into it wherever this runs.
        duration = 3.0
        while totals.kills < options.kills:
            # After each kill less is left to do, so the moments come sooner. One that comes too late is not counted.
            share = 0.8
            for _ in range(min(moments.randint(2, 12), options.kills - totals.kills)):
                if not kill(world, totals, moments.uniform(0.05, share) * duration):
                    duration = max(0.3, duration * 0.9)
                    break
                share *= 0.9
            else:
                duration = min(6, duration * 1.1)
            finish(checks, world, totals)
            world.edit()
            totals.editions += 1
            if totals.editions % 25 == 0:
                print(f"{totals.kills} kills, {totals.editions} editions, {time.monotonic() - started:.0f} s", flush=True)
        finish(checks, world, totals)
        planned = world.project.run("plan", "--detailed-exitcode")
        checks.that(planned.status == 0, "in the end nothing is left to do", planned)
    print(
        f"{totals.kills} kills in {totals.applies} applies of {totals.editions} editions of {SPACES} Spaces; {totals.open_journals} left an open "
        f"journal, {totals.unsettled} an intent without an outcome; {totals.lost} Spaces lost, {totals.doubled} doubled, {totals.stuck} editions stuck; "
        f"{time.monotonic() - started:.0f} s",
        flush=True,
    )
    checks.equal((totals.lost, totals.doubled, totals.stuck), (0, 0, 0), "nothing was lost, doubled or stuck")
    checks.equal(totals.leaks, 0, "no value of a secret is in the lock or the journal")
    checks.that(totals.open_journals > 0, "at least one kill left a journal to settle", totals.kills)
    checks.finish()


if __name__ == "__main__":
    main()
