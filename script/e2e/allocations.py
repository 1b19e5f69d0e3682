"""How often the hot paths ask for memory: for each item more, and once. Thresholds stand in allocations.json, by toolchain and build.

A count depends on the program and its compiler, and not on how busy the machine is. `--record` writes what is measured as the thresholds of the
toolchain at hand, with room for a tenth more; a toolchain without thresholds has its counts printed and nothing compared.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from harness import FLEET, Checks, Hub, Project, clean_environment, program, workplace

THRESHOLDS = Path(__file__).with_name("allocations.json")
FEW, MANY = 100, 300
# A debug build asks far oftener than a release build.
ROOM = 1.1

DEFINITION = """name: space-{0:04d}
sdk: docker
hardware: cpu-upgrade
sleep_time: 1h
visibility: private
card: {{ title: Space {0}, emoji: "📐", tags: [generated, bench] }}
variables:
  LOG_LEVEL: info
  MODEL_ID: acme/model-{0:04d}
secrets:
  API_KEY: {{ env: BENCH_KEY, version: 1 }}
volumes: [{{ type: bucket, source: "acme/data-{0:04d}", mount: /data }}]
wait: {{ for: none }}
"""
EPIC = "version: 1\nitems:\n  - id: AC-9999\n    type: epic\n    summary: All of it\n    description: Everything.\n    children:\n"
ITEM = "      - {{ id: AC-{0}, type: task, summary: Task {0}, role: dev, estimate: 4h, acceptance: '- It **works** as `{0}` says' }}\n"
PLAN = """version: 1
jira: { key: ACME, name: Acme }
types: { epic: Epic, story: Story, task: Task, bug: Bug, subtask: Sub-task }
workflow:
  name: Delivery
  statuses: [{ name: To Do, category: new }, { name: Done, category: done }]
  transitions: [{ name: Do, from: [To Do], to: Done }]
priorities: [High, Low]
links: { blocks: Blocks, relates: Relates }
components: [{ name: Core, description: c }]
versions: [{ name: 1.0.0, description: v }]
team: [{ role: dev, description: d, people: 2, focus_percent: 80 }]
hours_per_day: 8
sprint_weeks: 2
calendar: { start: 2027-01-04, holidays: [] }
"""


class Counter:
    """Runs programs with a library that counts."""

    def __init__(self, folder: Path, compiler: str) -> None:
        self.library = folder / "allocations.so"
        self.told = folder / "allocations.txt"
        source = Path(__file__).with_name("allocations.c")
        subprocess.run([compiler, "-O2", "-Wall", "-Werror", "-shared", "-fPIC", "-o", self.library, source], check=True)

    def count(self, command: list[str], folder: Path, environment: dict[str, str], statuses: tuple[int, ...] = (0,)) -> int:
        self.told.unlink(missing_ok=True)
        # Tables that are filled in another order ask at other times.
        counted = environment | {"LD_PRELOAD": str(self.library), "ALLOCATIONS": str(self.told), "SWIFT_DETERMINISTIC_HASHING": "1"}
        done = subprocess.run(command, cwd=folder, env=counted, capture_output=True, text=True, timeout=300)
        if done.returncode not in statuses:
            sys.exit(f"error: `{' '.join(command)}` ended with status {done.returncode}\n{done.stdout}{done.stderr}")
        return int(self.told.read_text())


def fleet(folder: Path, hub: Hub, count: int) -> Project:
    project = Project.copy(folder / f"fleet-{count}", hub, BENCH_KEY="bench")
    for part in ("spaces", "apps"):
        shutil.rmtree(project.folder / part)
    (project.folder / "spaces").mkdir()
    project.write("spaceform.yaml", "version: 1\nproject: bench\nowner: acme\n")
    for number in range(count):
        project.write(f"spaces/space-{number:04d}.space.yaml", DEFINITION.format(number))
    return project


def backlog(folder: Path, count: int) -> Path:
    place = folder / f"backlog-{count}"
    (place / "backlog").mkdir(parents=True)
    (place / "project.yaml").write_text(PLAN)
    (place / "backlog" / "items.yaml").write_text(EPIC + "".join(ITEM.format(number + 1) for number in range(count)))
    return place


def measured(folder: Path, counter: Counter) -> dict[str, int]:
    """Each path, and for those that have items what each item more asks for."""
    spaceform, tracker = program("spaceform"), program("spaceform-tracker")
    counts = {"spaceform --version": counter.count([spaceform, "--version"], folder, clean_environment())}
    paths = {"validate, a definition": ["validate"], "plan with nothing to do, a Space": ["plan"], "offline plan, a Space": ["plan", "--refresh", "none"]}
    found: dict[str, list[int]] = {}
    for size in (FEW, MANY):
        with Hub(folder / f"hub-{size}", speed=1000) as hub:
            project = fleet(folder, hub, size)
            ended = project.run("apply", "--auto-approve", "-q")
            if ended.status != 0:
                sys.exit(f"error: the fleet is not applied\n{ended.text}")
            for name, words in paths.items():
                found.setdefault(name, []).append(counter.count([spaceform, *words], project.folder, project.environment))
        place = backlog(folder, size)
        command = [tracker, "export", "-C", str(place), "--out", str(folder / f"jira-{size}")]
        found.setdefault("tracker export, an item", []).append(counter.count(command, folder, clean_environment()))
    return counts | {name: round((many - few) / (MANY - FEW)) for name, (few, many) in found.items()}


def toolchain() -> str:
    """The compiler's version, and how the programs were built."""
    told = subprocess.run(["swift", "--version"], capture_output=True, text=True, check=True)
    version = re.search(r"Swift version (\S+)", told.stdout + told.stderr)[1]
    # script/test runs what `swift build` makes, which takes Swift's libraries from the toolchain; script/build links them in.
    kind = "debug" if b"libswiftCore.so" in Path(program("spaceform")).read_bytes() else "release"
    return f"{version} {os.uname().machine} {kind}"


def main() -> None:
    checks = Checks()
    compiler = next((name for name in ("cc", "gcc", "clang") if shutil.which(name)), None)
    if compiler is None or sys.platform != "linux" or not FLEET.exists():
        print("allocations are counted where there is a C compiler and glibc", flush=True)
        checks.finish()
        return
    known = json.loads(THRESHOLDS.read_text(encoding="utf-8"))
    name = toolchain()
    with workplace() as folder:
        counts = measured(folder, Counter(folder, compiler))
    if "--record" in sys.argv[1:]:
        known[name] = {path: round(count * ROOM) for path, count in counts.items()}
        THRESHOLDS.write_text(json.dumps(dict(sorted(known.items())), indent=2) + "\n", encoding="utf-8")
    limits = known.get(name, {})
    for path, count in counts.items():
        limit = limits.get(path)
        print(f"    {path}: {count} allocations" + (f", at most {limit}" if limit else f", no threshold for {name}"), flush=True)
        checks.that(count > 0 and (limit is None or count <= limit), f"{path}: {count} allocations, at most {limit}")
    checks.finish()


if __name__ == "__main__":
    main()
