"""Running a program and measuring it; the table of what was found."""

import json
import os
import statistics
import subprocess
import sys
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


_spawner: subprocess.Popen | None = None


def spawner() -> subprocess.Popen:
    """The process that starts what is measured; it ends with this one, whose end closes its input."""
    global _spawner
    if _spawner is None:
        # Isolated and without site packages, so that it stays below what any of the programs takes.
        command = [sys.executable, "-I", "-S", str(Path(__file__).with_name("spawner.py"))]
        _spawner = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return _spawner


def run(command: list[str], environment: dict[str, str], output: Path | None = None, statuses: tuple[int, ...] = (0,)) -> Run:
    """Runs a program to its end, its output going to a file or nowhere; another exit status than these is an error."""
    order = {"command": command, "environment": environment, "output": str(output) if output else os.devnull}
    process = spawner()
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.flush()
    found = json.loads(process.stdout.readline() or sys.exit(f"error: `{command[0]}` cannot be started"))
    if found["status"] not in statuses:
        tail = output.read_text(errors="replace")[-2000:] if output else ""
        sys.exit(f"error: `{' '.join(command)}` ended with status {found['status']}\n{tail}")
    return Run(found["wall"], found["user"], found["system"], found["peak"] * MAXRSS_UNIT)


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
    return f"{value / 1e6:.1f} MB"


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
