"""What the benches share."""

import contextlib
import os
import sys
from pathlib import Path

import fleets
from harness import Hub, Project, clean_environment, program
from measure import Run, fastest, repeat, run, say

HERE = Path(__file__).resolve().parent
PYTHON = sys.executable
QUOTA = ("--assume", "api-quota=1000000")
# What an empty Python program takes on the machine that budgets of time stand for.
REFERENCE = 0.036


def spaceform(project: Project, *arguments: str) -> list[str]:
    return [program("spaceform"), "-C", str(project.folder), *arguments]


def ratio(ours: float, theirs: float) -> str:
    """How our value stands to the peer's, in words."""
    share = theirs / ours
    return f"{share:.1f}× faster" if share >= 1 else f"{1 / share:.1f}× slower"


class Fleet:
    """A project of settings-only Spaces, applied to a Hub of its own."""

    def __init__(self, folder: Path, count: int, hub: Hub) -> None:
        self.hub = hub
        self.count = count
        self.project = fleets.project(folder / f"fleet-{count}", count, fleets.settings_only, hub)
        say(f"making {count:,} Spaces")
        self.output = folder / f"apply-{count}.txt"
        self.applied = run(spaceform(self.project, "apply", "--auto-approve", "-q"), self.project.environment, self.output)
        self.calls_of_apply = len(hub.requests())

    def since(self, before: int) -> list[dict]:
        return self.hub.requests()[before:]


class Bench:
    """What the benches of one run share: a folder, the fleets made so far, and how fast this machine is."""

    def __init__(self, folder: Path, stack: contextlib.ExitStack, instructions: bool) -> None:
        self.folder = folder
        self.stack = stack
        self.instructions = instructions
        self.fleets: dict[int, Fleet] = {}
        self.slow: dict[str, Project] = {}
        # The base interpreter, not the one of the virtual environment, which starts slower.
        python = [os.path.realpath(PYTHON), "-c", "pass"]
        self.python = repeat(100, python, clean_environment())
        self.slowness = max(1.0, fastest(self.python).wall / REFERENCE)

    def fleet(self, count: int) -> Fleet:
        if count not in self.fleets:
            hub = self.stack.enter_context(Hub(self.folder / f"hub-{count}", speed=1, options=QUOTA))
            self.fleets[count] = Fleet(self.folder, count, hub)
        return self.fleets[count]

    def quiet_plan(self, count: int) -> Run:
        fleet = self.fleet(count)
        say(f"planning {count:,} Spaces, seven times")
        command = spaceform(fleet.project, "plan", "--detailed-exitcode")
        runs = repeat(7, command, fleet.project.environment, output=self.folder / "plan.txt")
        best = fastest(runs)
        best.peak = max(each.peak for each in runs)
        return best
