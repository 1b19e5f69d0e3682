"""Running a program and measuring it; the table of what was found."""

import os
import resource
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes


@dataclass
class Run:
    """One run of a program: seconds, and bytes of memory at its peak."""

    wall: float
    user: float
    system: float
    peak: int


def run(command: list[str], environment: dict[str, str], output: Path | None = None, statuses: tuple[int, ...] = (0,)) -> Run:
    """Runs a program to its end, its output going to a file or nowhere; another exit status than these is an error."""
    target = str(output) if output else os.devnull
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, target, flags, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    started = time.perf_counter()
    child = os.posix_spawn(command[0], command, environment, file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - started
    code = os.waitstatus_to_exitcode(status)
    if code not in statuses:
        tail = output.read_text(errors="replace")[-2000:] if output else ""
        sys.exit(f"error: `{' '.join(command)}` ended with status {code}\n{tail}")
    # A child starts with the memory of the process that spawned it, so less than our own peak cannot be seen.
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak = usage.ru_maxrss if usage.ru_maxrss > own else 0
    return Run(wall, usage.ru_utime, usage.ru_stime, peak * MAXRSS_UNIT)


def repeat(times: int, command: list[str], environment: dict[str, str], **options) -> list[Run]:
    return [run(command, environment, **options) for _ in range(times)]


def fastest(runs: list[Run]) -> Run:
    return min(runs, key=lambda each: each.wall)


def median(runs: list[Run]) -> float:
    return statistics.median(each.wall for each in runs)


def seconds(value: float) -> str:
    if value >= 10:
        return f"{value:.1f} s"
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"


def megabytes(value: int) -> str:
    return f"{value / 1e6:.1f} MB" if value else "too little to see"


@dataclass
class Row:
    path: str
    measured: str
    peer: str = "–"
    ratio: str = "–"
    budget: str = "–"
    within: bool | None = None
    # Over the budget as it stands, and within what it is on a machine as slow as this one.
    scaled: bool = False

    @property
    def verdict(self) -> str:
        if self.within is None:
            return "–"
        return ("within, scaled" if self.scaled else "within") if self.within else "over"

    def holds(self, taken: float, seconds: float, slowness: float) -> "Row":
        """The row, its budget being a time, judged for a machine that is so many times as slow as the one the budget stands for."""
        self.within, self.scaled = taken <= seconds * slowness, taken > seconds
        return self


def table(rows: list[Row]) -> str:
    lines = ["| path | measured | beside | ratio | budget | |", "|---|---|---|---|---|---|"]
    lines += [f"| {r.path} | {r.measured} | {r.peer} | {r.ratio} | {r.budget} | {r.verdict} |" for r in rows]
    return "\n".join(lines)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
