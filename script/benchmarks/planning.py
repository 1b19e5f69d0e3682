"""Plans and applies of whole fleets."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import fleets
import peer_terraform
from bench import HERE, PYTHON, QUOTA, Bench, ratio, spaceform
from harness import Hub, clean_environment
from measure import Row, Run, fastest, megabytes, repeat, run, say, seconds
from peer_terraform import Terraform


def plan(bench: Bench) -> list[Row]:
    small, best_small = plan_of(bench, 1000, 0.2)
    large, best_large = plan_of(bench, 5000, 1.0)
    growth = best_large.wall / best_small.wall
    rows = small + large
    rows.append(Row("plan of 5,000 ÷ plan of 1,000", f"{growth:.1f}", "linear: 5", budget="6 (linear)", within=growth <= 6))
    if bench.instructions:
        rows += counted(bench)
    return rows


def plan_of(bench: Bench, count: int, budget: float) -> tuple[list[Row], Run]:
    fleet = bench.fleet(count)
    say(f"planning {count:,} Spaces, seven times")
    command = spaceform(fleet.project, "plan", "--detailed-exitcode")
    before = len(fleet.hub.requests())
    output = bench.folder / "plan.txt"
    runs = [run(command, fleet.project.environment, output) for _ in range(7)]
    asked = fleet.since(before)
    calls, lists = len(asked) / 7, sum(call["path"] == "/api/spaces" for call in asked) / 7
    expand = [part.split("=")[1] for call in asked for part in call["query"].split("&") if part.startswith("expand=")]
    official = [PYTHON, str(HERE / "official_list.py"), str(count), ",".join(dict.fromkeys(expand))]
    theirs = fastest(repeat(7, official, fleet.project.environment, output=bench.folder / "official.txt"))
    best = fastest(runs)
    rows = [
        Row(
            f"plan with nothing to do, {count:,} Spaces, fastest of 7",
            f"{seconds(best.wall)} (user {seconds(best.user)})",
            f"official client only lists them: {seconds(theirs.wall)} (user {seconds(theirs.user)})",
            ratio(best.wall, theirs.wall),
            seconds(budget),
        ).holds(best.wall, budget, bench.slowness),
        Row(
            f"calls of that plan, {count:,} Spaces",
            f"{calls:g}, of them {lists:g} lists",
            f"one a Space: {count:,}",
            "–",
            f"{3 * count // 1000} lists and a whoami",
            calls - lists <= 1 and lists <= 3 * count // 1000,
        ),
        Row(
            f"peak memory of that plan, {count:,} Spaces",
            megabytes(max(each.peak for each in runs)),
            f"official client {megabytes(theirs.peak)}",
            "–",
            "100 MB" if count == 5000 else "–",
            max(each.peak for each in runs) <= 100_000_000 if count == 5000 else None,
        ),
    ]
    return rows, best


def counted(bench: Bench) -> list[Row]:
    fleet = bench.fleet(1000)
    command = spaceform(fleet.project, "plan")
    number, tool = instructions(command, fleet.project.environment, bench.folder)
    if number is None:
        say(tool)
        return []
    return [Row("instructions of the plan of 1,000 Spaces", f"{number / 1e6:,.0f} million", tool)]


def instructions(command: list[str], environment: dict[str, str], folder: Path) -> tuple[int | None, str]:
    """Instructions the command executes outside of the kernel, and what counted them; nil and the reason when nothing can."""
    if perf := shutil.which("perf"):
        found = subprocess.run(
            [perf, "stat", "-x", ",", "-e", "instructions:u", *command], env=environment, capture_output=True, text=True
        )
        number = found.stderr.strip().splitlines()[-1].split(",")[0] if found.stderr.strip() else ""
        if found.returncode == 0 and number.isdigit():
            return int(number), "counted by perf"
    if valgrind := shutil.which("valgrind"):
        say("counting instructions with valgrind")
        found = subprocess.run(
            [valgrind, "--tool=callgrind", f"--callgrind-out-file={folder / 'callgrind.out'}", *command],
            env=environment,
            capture_output=True,
            text=True,
        )
        for line in found.stderr.splitlines():
            if "Collected" in line and found.returncode == 0:
                return int(line.rsplit(":", 1)[1]), "counted by valgrind's callgrind"
        return None, f"valgrind did not count: {found.stderr[-500:]}"
    return None, "neither perf nor valgrind can count instructions here"


def apply(bench: Bench) -> list[Row]:
    fleet = bench.fleet(5000)
    log = bench.folder / "apply.ndjson"
    calls = fleet.hub.requests()[: fleet.calls_of_apply]
    log.write_text("".join(json.dumps(call) + "\n" for call in calls))
    say(f"making the same {len(calls):,} calls bare")
    with Hub(bench.folder / "hub-bare", speed=1, options=QUOTA) as hub:
        command = [PYTHON, str(HERE / "bare_calls.py"), str(log), hub.endpoint, hub.token]
        ended = subprocess.run(command, capture_output=True, text=True, env=clean_environment())
        if ended.returncode != 0:
            sys.exit(f"error: making the calls bare: {ended.stderr}")
        bare = float(ended.stdout)
    applied = fleet.applied
    extra = max(applied.wall - bare, 0)
    return [
        Row(
            "apply that makes 5,000 Spaces",
            f"{seconds(applied.wall)}, {seconds(applied.wall / 5000)} a Space, {len(calls):,} calls",
            f"the same calls one after the other, bare: {seconds(bare)}",
            ratio(applied.wall, bare),
        ),
        Row(
            "bookkeeping of that apply: time beyond the bare calls",
            f"{seconds(extra)} (processor: user {seconds(applied.user)}, system {seconds(applied.system)})",
            budget="3 s",
        ).holds(extra, 3, bench.slowness),
    ]


def engine(bench: Bench) -> list[Row]:
    """Plan and apply beside Terraform's own engine."""
    if peer_terraform.program() is None:
        sys.exit("error: there is no terraform and no tofu to measure beside\n  Install one, or leave `engine` out.")
    rows: list[Row] = []
    for count, budget in ((1000, 0.2), (5000, 1.0)):
        peer = Terraform(bench.folder, count)
        say(f"terraform: making {count:,} resources")
        applied = peer.apply()
        say(f"terraform: planning {count:,} resources, three times")
        theirs, ours = peer.plan(), bench.quiet_plan(count)
        rows += [
            Row(
                f"plan with nothing to do, {count:,}, fastest of 7",
                f"{seconds(ours.wall)}, {megabytes(ours.peak)}",
                f"terraform, {count:,} `terraform_data`, no API, fastest of 3: {seconds(theirs.wall)}, {megabytes(theirs.peak)}",
                ratio(ours.wall, theirs.wall),
                seconds(budget),
            ).holds(ours.wall, budget, bench.slowness),
        ]
        fleet = bench.fleet(count)
        row = Row(
            f"apply that makes {count:,}, over HTTP",
            f"{seconds(fleet.applied.wall)}, {megabytes(fleet.applied.peak)}; lock {fleet.project.lock.stat().st_size:,} bytes",
            f"terraform, no API: {seconds(applied.wall)}, {megabytes(applied.peak)}; state {peer.state:,} bytes",
            ratio(fleet.applied.wall, applied.wall),
        )
        rows.append(row)
    return rows


def growth(bench: Bench) -> list[Row]:
    """Whether time and memory grow as the fleet does, and no faster."""
    counts = (100, 1000, 5000, 10000)
    plans = {count: bench.quiet_plan(count) for count in counts}
    applies = {count: bench.fleet(count).applied for count in counts}
    rows = []
    for what, runs in (("plan with nothing to do", plans), ("apply that makes all", applies)):
        for value, show, name in ((lambda r: r.wall, seconds, "time"), (lambda r: r.peak, megabytes, "peak memory")):
            # What a Space adds, between 1,000 and 5,000 and between 5,000 and 10,000.
            early = (value(runs[5000]) - value(runs[1000])) / 4000
            late = (value(runs[10000]) - value(runs[5000])) / 5000
            rows.append(
                Row(
                    f"{what} of 100, 1,000, 5,000 and 10,000: {name}",
                    ", ".join(show(value(runs[count])) for count in counts),
                    "what a Space adds beyond 5,000, to what one adds below",
                    f"{late / early:.2f}" if early > 0 else "–",
                    "1.3 (linear)",
                    late <= 1.3 * early if early > 0 else None,
                )
            )
    return rows


def lock(bench: Bench) -> list[Row]:
    with Hub(bench.folder / "hub-lock", speed=1, options=QUOTA) as hub:
        project = fleets.project(bench.folder / "lock", 1000, fleets.with_keys, hub)
        say("making 1,000 Spaces with two variables and a secret")
        run(spaceform(project, "apply", "--auto-approve", "-q"), project.environment, bench.folder / "lock.txt")
    size = project.lock.stat().st_size
    definitions = sum(path.stat().st_size for path in project.definitions)
    return [
        Row(
            "lock of 1,000 Spaces, two variables and a secret each",
            f"{size:,} bytes, {size / 1000:.0f} a Space",
            f"their definitions: {definitions:,} bytes",
            f"{size / definitions:.1f}× as large",
            "1 MB",
            size <= 1_000_000,
        )
    ]
