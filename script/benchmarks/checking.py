"""What runs before a commit: the start of the program, and validation."""

import os
import shutil
import subprocess
from pathlib import Path

import fleets
from bench import PYTHON, Bench, ratio, spaceform
from harness import Project, clean_environment, program
from measure import Row, fastest, median, megabytes, repeat, run, say, seconds

CHECK_JSONSCHEMA = str(Path(PYTHON).with_name("check-jsonschema"))


def startup(bench: Bench) -> list[Row]:
    environment = clean_environment()
    ours = repeat(100, [program("spaceform"), "--version"], environment)
    nothing = fastest(repeat(100, [shutil.which("true") or "/bin/true"], environment))
    best, theirs = fastest(ours), fastest(bench.python)
    return [
        Row(
            "`spaceform --version`, fastest of 100",
            f"{seconds(best.wall)} (median {seconds(median(ours))})",
            f"`python3 -c pass` {seconds(theirs.wall)} (median {seconds(median(bench.python))}); `true` {seconds(nothing.wall)}",
            ratio(best.wall, theirs.wall),
            "10 ms",
        ).holds(best.wall, 0.010, bench.slowness)
    ]


def validate(bench: Bench) -> list[Row]:
    project = fleets.project(bench.folder / "validate", 5000, fleets.long_definition)
    say("validating 5,000 definitions, seven times; check-jsonschema on 500 of them")
    output = bench.folder / "validate.txt"
    runs = repeat(7, spaceform(project, "validate", "--require-files"), project.environment, output=output)
    best = fastest(runs)
    # Its start-up is counted once, the rest ten times.
    one, part = check_jsonschema(bench, project, 1), check_jsonschema(bench, project, 500)
    theirs = one + (part - one) * 4999 / 499
    lines = fleets.long_definition(0).count("\n")
    return [
        Row(
            f"`validate`, 5,000 definitions of {lines} lines, fastest of 7",
            f"{seconds(best.wall)} (user {seconds(best.user)}, {megabytes(max(each.peak for each in runs))})",
            f"check-jsonschema, 500 files in {seconds(part)}, scaled to 5,000: {seconds(theirs)}",
            ratio(best.wall, theirs),
            "0.3 s",
        ).holds(best.wall, 0.3, bench.slowness),
        Row("`validate` beside check-jsonschema", f"{theirs / best.wall:.0f}×", budget="50×", within=theirs / best.wall >= 50),
    ]


def check_jsonschema(bench: Bench, project: Project, count: int) -> float:
    """Seconds that check-jsonschema takes for so many definitions."""
    schema = bench.folder / "space.schema.json"
    run(spaceform(project, "schema", "space", "--out", str(schema)), project.environment)
    files = [str(path) for path in project.definitions[:count]]
    command = [CHECK_JSONSCHEMA, "--schemafile", str(schema), *files]
    return fastest(repeat(3, command, clean_environment(), output=bench.folder / "check.txt")).wall


def staged(bench: Bench) -> list[Row]:
    project = fleets.project(bench.folder / "staged", 50, fleets.long_definition)
    say("validating 50 staged definitions in a repository of 5,000 files")
    for number in range(4949):
        path = project.folder / "notes" / f"{number % 50:02d}" / f"{number:04d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Note {number}\n")
    identity = ["-c", "user.name=bench", "-c", "user.email=bench@localhost"]
    for command in (["add", "."], [*identity, "commit", "--quiet", "-m", "All"]):
        subprocess.run(["git", *command], cwd=project.folder, env=project.environment, check=True)
    for path in project.definitions:
        path.write_text(path.read_text().replace("LOG_LEVEL: info", "LOG_LEVEL: debug"))
    subprocess.run(["git", "add", "."], cwd=project.folder, env=project.environment, check=True)
    names = [str(path.relative_to(project.folder)) for path in project.definitions]
    command = spaceform(project, "validate", "--staged", "--require-files", *names)
    runs = repeat(20, command, project.environment, output=bench.folder / "staged.txt")
    best = fastest(runs)
    theirs = check_jsonschema(bench, project, 50)
    # What every hook written in Python pays before it does anything.
    empty = fastest(repeat(20, [os.path.realpath(PYTHON), "-c", "pass"], clean_environment()))
    return [
        Row(
            "`validate --staged`, 50 files in a repository of 5,000, fastest of 20",
            f"{seconds(best.wall)} ({megabytes(max(each.peak for each in runs))})",
            f"check-jsonschema on the same 50: {seconds(theirs)}",
            ratio(best.wall, theirs),
            "40 ms",
        ).holds(best.wall, 0.040, bench.slowness),
        Row(
            "the same beside an empty hook in Python, fastest of 20",
            seconds(best.wall),
            f"`python3 -c pass`: {seconds(empty.wall)}",
            ratio(best.wall, empty.wall),
        ),
    ]
