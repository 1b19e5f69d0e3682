"""What a user waits for once: a git hook being installed from its sources, and where that time goes."""

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench import Bench
from harness import clean_environment
from measure import Row, run, say, seconds

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
SHOWN = 6


@dataclass
class Compiled:
    """What the compiler says of one target: seconds in all, and of its two longest parts."""

    target: str
    whole: float
    optimizer: float
    code: float


def hook(bench: Bench) -> list[Row]:
    """The build that pre-commit's `language: swift` makes, beside pre-commit's way to install a hook in Python."""
    if (tool := shutil.which("swift")) is None:
        sys.exit("error: there is no `swift` to build the hook with\n  Install it, or leave `hook` out.")
    folder = bench.folder
    clone, statistics = folder / "hook", folder / "compiler"
    statistics.mkdir()
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    say("building the root package in release, from nothing")
    # The options of pre-commit, and the compiler's own account of its time.
    command = [
        tool, "build", "--package-path", str(clone), "-c", "release", "--scratch-path", str(folder / "swift_env-default"),
        "-Xswiftc", "-stats-output-dir", "-Xswiftc", str(statistics),
    ]
    build = run(command, clean_environment(), folder / "hook.txt")
    say("installing check-jsonschema into an environment of its own")
    environment = folder / "py_env"
    wanted = next(line for line in REQUIREMENTS.read_text().splitlines() if line.startswith("check-jsonschema"))
    peer = run([sys.executable, "-m", "venv", str(environment)], clean_environment()).wall
    pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "-q", "--no-cache-dir", "--disable-pip-version-check", wanted]
    peer += run(pip, clean_environment(), folder / "pip.txt").wall
    targets = sorted(compiled(statistics), key=lambda each: -each.whole)
    whole = sum(each.whole for each in targets)
    slowest = ", ".join(f"{each.target} {each.whole:.0f} s" for each in targets[:SHOWN])
    parts = [sum(each.optimizer for each in targets) / whole, sum(each.code for each in targets) / whole]
    return [
        Row(
            "clean build as a `language: swift` hook makes it", f"{seconds(build.wall)} (processor {seconds(build.user + build.system)})",
            f"check-jsonschema's hook, installed by pip: {seconds(peer)}", f"{build.wall / peer:.1f}× slower", "60 s",
        ).holds(build.wall, 60, bench.slowness),
        Row(f"the compiler's time in that, {len(targets)} targets", f"{whole:.0f} s: {slowest}"),
        Row("of it", f"the optimizer {parts[0]:.0%}, code generation {parts[1]:.0%}"),
    ]


def compiled(statistics: Path) -> list[Compiled]:
    """Read from the file that each compiler process leaves, one for each target."""
    found = []
    for path in statistics.glob("*.json"):
        if not (name := re.search(r"swift-frontend-(\w+)-all-", path.name)):
            continue
        times = json.loads(path.read_text())
        whole = [value for key, value in times.items() if key.startswith("time.swift-frontend.") and key.endswith(".wall")]
        if whole:
            found.append(
                Compiled(name[1], whole[0], times.get("time.swift.SIL optimization.wall", 0), times.get("time.swift.LLVM pipeline.wall", 0)))
    return found
