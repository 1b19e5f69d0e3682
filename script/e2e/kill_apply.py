"""SIGKILL of `spaceform apply` at a random moment, again and again; the next apply makes the fleet whole.

Half of the moments lie in the first sixth of a run, where Spaces are made and commits sent; the other half anywhere. In some
rounds the apply that goes on is killed as well. A number as first argument is the seed of another run's moments.
"""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from harness import Checks, Hub, Project, workplace

ROUNDS = 10
# Rounds in which the apply after the kill is killed too.
TWICE = 3
# The share of a run in which it writes; the rest is waiting for the Spaces to be live.
WRITING = 1 / 6
# The Hub takes this long for each answer, so that a kill can fall between a call and its answer.
OPTIONS = ("--latency", "50ms")


class Kills:
    """What the kills of all rounds hit."""

    def __init__(self) -> None:
        self.killed = 0
        self.second = 0
        # Rounds that left a journal behind, and those of them that left an intent whose end nobody wrote down.
        self.open_journals: set[int] = set()
        self.unsettled: set[int] = set()

    def kill(self, number: int, project: Project, moment: float) -> tuple[bool, str]:
        """Kills an apply this many seconds after its start: whether it still ran, and what it left, in words."""
        process = project.start("apply", "--auto-approve")
        try:
            process.communicate(timeout=moment)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        intents, unsettled = project.open_intents(), project.unsettled_intents()
        if intents:
            self.open_journals.add(number)
        if unsettled:
            self.unsettled.add(number)
        was_killed = process.returncode == -signal.SIGKILL
        word = "killed" if was_killed else "had ended"
        return was_killed, f"{word} after {moment:.2f} s with {intents} intents in the journal, {unsettled} without an outcome"


def moments_of(duration: float, random_moments: random.Random) -> list[float]:
    """When to kill in each round, in seconds after the start."""
    early = [random_moments.uniform(0.02, WRITING) for _ in range(ROUNDS // 2)]
    anywhere = [random_moments.uniform(0.02, 0.95) for _ in range(ROUNDS - len(early))]
    shares = early + anywhere
    random_moments.shuffle(shares)
    return [share * duration for share in shares]


def check_round(checks: Checks, kills: Kills, number: int, folder: Path, moments: list[float]) -> None:
    with Hub(folder / f"hub-{number}", speed=20, options=OPTIONS) as hub:
        project = Project.copy(folder / f"fleet-{number}", hub)
        was_killed, left = kills.kill(number, project, moments[0])
        kills.killed += was_killed
        print(f"round {number}: {left}, {len(hub.spaces())} Spaces made", flush=True)
        for moment in moments[1:]:
            was_killed, left = kills.kill(number, project, moment)
            kills.second += was_killed
            made = hub.spaces()
            print(f"    then {left}, {len(made)} Spaces made", flush=True)
            checks.equal(made, sorted(set(made)), f"round {number}: after a second kill no Space is there twice")

        again = project.run("apply", "--auto-approve")
        checks.that(again.status == 0, f"round {number}: the next apply succeeds", again)
        checks.equal(hub.spaces(), project.addresses, f"round {number}: each Space is there once")
        settled = project.run("plan", "--detailed-exitcode")
        checks.that(settled.status == 0, f"round {number}: the fleet equals the definitions", settled)
        checks.equal(project.open_intents(), 0, f"round {number}: no journal is left open")
        creates = [r for r in hub.requests() if r["path"] == "/api/repos/create" and r["status"] == 200]
        checks.equal(len(creates), len(project.addresses), f"round {number}: no Space was made twice")


def main() -> None:
    checks = Checks()
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else random.randrange(1 << 32)
    random_moments = random.Random(seed)
    print(f"seed {seed}", flush=True)
    with workplace() as folder:
        with Hub(folder / "hub-whole", speed=20, options=OPTIONS) as hub:
            project = Project.copy(folder / "whole", hub)
            started = time.monotonic()
            whole = project.run("apply", "--auto-approve")
            duration = time.monotonic() - started
            checks.that(whole.status == 0, "an apply left alone succeeds", whole)
            checks.equal(project.open_intents(), 0, "an apply left alone closes its journal")
        print(f"an apply left alone takes {duration:.2f} s", flush=True)

        kills = Kills()
        first = moments_of(duration, random_moments)
        twice = set(random_moments.sample(range(ROUNDS), TWICE))
        for index, moment in enumerate(first):
            moments = [moment]
            if index in twice:
                moments.append(random_moments.uniform(0.02, WRITING) * duration)
            check_round(checks, kills, index + 1, folder, moments)
        print(
            f"{kills.killed} of {ROUNDS} were killed, {kills.second} of {TWICE} a second time; {len(kills.open_journals)} of "
            f"{ROUNDS} left an open journal, {len(kills.unsettled)} of {ROUNDS} an intent without an outcome",
            flush=True,
        )
        checks.that(kills.killed >= ROUNDS // 2, "most of the applies were killed before they ended", kills.killed)
        checks.that(kills.open_journals, "at least one left a journal to settle", kills.killed)
    checks.finish()


if __name__ == "__main__":
    main()
