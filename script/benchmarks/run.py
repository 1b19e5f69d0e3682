"""The benches of script/bench; see its --help."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

import fleets  # noqa: E402
import hook  # noqa: E402
import others  # noqa: E402
from harness import Hub, Project, clean_environment, program, workplace  # noqa: E402
from peer_terraform import Terraform  # noqa: E402
import peer_terraform  # noqa: E402
import provider  # noqa: E402
from measure import Row, Run, fastest, median, megabytes, repeat, run, say, seconds, table  # noqa: E402

HERE = Path(__file__).resolve().parent
PYTHON = sys.executable
CHECK_JSONSCHEMA = str(Path(PYTHON).with_name("check-jsonschema"))
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


class Benches:
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

    def startup(self) -> list[Row]:
        environment = clean_environment()
        ours = repeat(100, [program("spaceform"), "--version"], environment)
        nothing = fastest(repeat(100, [shutil.which("true") or "/bin/true"], environment))
        best, theirs = fastest(ours), fastest(self.python)
        return [
            Row(
                "`spaceform --version`, fastest of 100",
                f"{seconds(best.wall)} (median {seconds(median(ours))})",
                f"`python3 -c pass` {seconds(theirs.wall)} (median {seconds(median(self.python))}); `true` {seconds(nothing.wall)}",
                ratio(best.wall, theirs.wall),
                "10 ms",
            ).holds(best.wall, 0.010, self.slowness)
        ]

    def plan_of(self, count: int, budget: float) -> tuple[list[Row], Run]:
        fleet = self.fleet(count)
        say(f"planning {count:,} Spaces, seven times")
        command = spaceform(fleet.project, "plan", "--detailed-exitcode")
        before = len(fleet.hub.requests())
        output = self.folder / "plan.txt"
        runs = [run(command, fleet.project.environment, output) for _ in range(7)]
        asked = fleet.since(before)
        calls, lists = len(asked) / 7, sum(call["path"] == "/api/spaces" for call in asked) / 7
        expand = [part.split("=")[1] for call in asked for part in call["query"].split("&") if part.startswith("expand=")]
        official = [PYTHON, str(HERE / "official_list.py"), str(count), ",".join(dict.fromkeys(expand))]
        theirs = fastest(repeat(7, official, fleet.project.environment, output=self.folder / "official.txt"))
        best = fastest(runs)
        rows = [
            Row(
                f"plan with nothing to do, {count:,} Spaces, fastest of 7",
                f"{seconds(best.wall)} (user {seconds(best.user)})",
                f"official client only lists them: {seconds(theirs.wall)} (user {seconds(theirs.user)})",
                ratio(best.wall, theirs.wall),
                seconds(budget),
            ).holds(best.wall, budget, self.slowness),
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

    def plan(self) -> list[Row]:
        small, best_small = self.plan_of(1000, 0.2)
        large, best_large = self.plan_of(5000, 1.0)
        growth = best_large.wall / best_small.wall
        rows = small + large
        rows.append(Row("plan of 5,000 ÷ plan of 1,000", f"{growth:.1f}", "linear: 5", budget="6 (linear)", within=growth <= 6))
        if self.instructions:
            rows += self.counted()
        return rows

    def counted(self) -> list[Row]:
        fleet = self.fleet(1000)
        command = spaceform(fleet.project, "plan")
        number, tool = instructions(command, fleet.project.environment, self.folder)
        if number is None:
            say(tool)
            return []
        return [Row("instructions of the plan of 1,000 Spaces", f"{number / 1e6:,.0f} million", tool)]

    def apply(self) -> list[Row]:
        fleet = self.fleet(5000)
        log = self.folder / "apply.ndjson"
        calls = fleet.hub.requests()[: fleet.calls_of_apply]
        log.write_text("".join(json.dumps(call) + "\n" for call in calls))
        say(f"making the same {len(calls):,} calls bare")
        with Hub(self.folder / "hub-bare", speed=1, options=QUOTA) as hub:
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
            ).holds(extra, 3, self.slowness),
        ]

    def engine(self) -> list[Row]:
        """Plan and apply beside Terraform's own engine."""
        if peer_terraform.program() is None:
            sys.exit("error: there is no terraform and no tofu to measure beside\n  Install one, or leave `engine` out.")
        rows: list[Row] = []
        for count, budget in ((1000, 0.2), (5000, 1.0)):
            peer = Terraform(self.folder, count)
            say(f"terraform: making {count:,} resources")
            applied = peer.apply()
            say(f"terraform: planning {count:,} resources, three times")
            theirs, ours = peer.plan(), self.quiet_plan(count)
            rows += [
                Row(
                    f"plan with nothing to do, {count:,}, fastest of 7",
                    f"{seconds(ours.wall)}, {megabytes(ours.peak)}",
                    f"terraform, {count:,} `terraform_data`, no API, fastest of 3: {seconds(theirs.wall)}, {megabytes(theirs.peak)}",
                    ratio(ours.wall, theirs.wall),
                    seconds(budget),
                ).holds(ours.wall, budget, self.slowness),
            ]
            fleet = self.fleet(count)
            row = Row(
                f"apply that makes {count:,}, over HTTP",
                f"{seconds(fleet.applied.wall)}, {megabytes(fleet.applied.peak)}; lock {fleet.project.lock.stat().st_size:,} bytes",
                f"terraform, no API: {seconds(applied.wall)}, {megabytes(applied.peak)}; state {peer.state:,} bytes",
                ratio(fleet.applied.wall, applied.wall),
            )
            rows.append(row)
        return rows

    def terraform(self) -> list[Row]:
        """The same fleet in Terraform with our provider, and in `spaceform`."""
        if peer_terraform.program() is None:
            sys.exit("error: there is no terraform and no tofu to run the provider\n  Install one, or leave `terraform` out.")
        count = 1000
        fleet = self.fleet(count)
        exported = provider.Exported(self.folder, fleet.project)
        say(f"terraform: importing {count:,} Spaces")
        before = len(fleet.hub.requests())
        imported, _ = exported.call("apply", "-auto-approve")
        calls_of_import = len(fleet.since(before))
        wrote = [call for call in fleet.since(before) if call["method"] != "GET"]
        say(f"terraform: planning {count:,} Spaces, three times")
        before = len(fleet.hub.requests())
        runs = [exported.call("plan", "-detailed-exitcode") for _ in range(3)]
        calls = len(fleet.since(before)) / 3
        theirs, memory = fastest([found for found, _ in runs]), max(peak for _, peak in runs)
        ours = self.quiet_plan(count)
        starts = [provider.start(exported.environment) for _ in range(10)]
        size = os.stat(program(provider.NAME)).st_size
        return [
            Row(
                f"plan with nothing to do, {count:,} `huggingface_space`, fastest of 3",
                f"{seconds(theirs.wall)}, the provider {megabytes(memory)}, Terraform {megabytes(theirs.peak)}",
                f"`spaceform plan` of the same fleet: {seconds(ours.wall)}, {megabytes(ours.peak)}",
                ratio(theirs.wall, ours.wall),
            ),
            Row("calls of that plan", f"{calls:g}", "one a Space: 1,000", "–", "3 lists and a whoami", calls <= 4),
            Row(
                f"import of {count:,} exported Spaces", f"{seconds(imported.wall)}, {calls_of_import} calls, {len(wrote)} of them writes",
                "nothing is to be written", "–", "0 writes", not wrote),
            Row("the provider serves after, fastest of 10", f"{seconds(min(starts))}; {size / 1e6:.1f} MB on disk"),
        ]

    def quiet_plan(self, count: int) -> Run:
        fleet = self.fleet(count)
        say(f"planning {count:,} Spaces, seven times")
        command = spaceform(fleet.project, "plan", "--detailed-exitcode")
        runs = repeat(7, command, fleet.project.environment, output=self.folder / "plan.txt")
        best = fastest(runs)
        best.peak = max(each.peak for each in runs)
        return best

    def growth(self) -> list[Row]:
        """Whether time and memory grow as the fleet does, and no faster."""
        counts = (100, 1000, 5000, 10000)
        plans = {count: self.quiet_plan(count) for count in counts}
        applies = {count: self.fleet(count).applied for count in counts}
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

    def lock(self) -> list[Row]:
        with Hub(self.folder / "hub-lock", speed=1, options=QUOTA) as hub:
            project = fleets.project(self.folder / "lock", 1000, fleets.with_keys, hub)
            say("making 1,000 Spaces with two variables and a secret")
            run(spaceform(project, "apply", "--auto-approve", "-q"), project.environment, self.folder / "lock.txt")
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

    def check_jsonschema(self, project: Project, count: int) -> float:
        """Seconds that check-jsonschema takes for so many definitions."""
        schema = self.folder / "space.schema.json"
        run(spaceform(project, "schema", "space", "--out", str(schema)), project.environment)
        files = [str(path) for path in project.definitions[:count]]
        command = [CHECK_JSONSCHEMA, "--schemafile", str(schema), *files]
        return fastest(repeat(3, command, clean_environment(), output=self.folder / "check.txt")).wall

    def validate(self) -> list[Row]:
        project = fleets.project(self.folder / "validate", 5000, fleets.long_definition)
        say("validating 5,000 definitions, seven times; check-jsonschema on 500 of them")
        output = self.folder / "validate.txt"
        runs = repeat(7, spaceform(project, "validate", "--require-files"), project.environment, output=output)
        best = fastest(runs)
        # Its start-up is counted once, the rest ten times.
        one, part = self.check_jsonschema(project, 1), self.check_jsonschema(project, 500)
        theirs = one + (part - one) * 4999 / 499
        lines = fleets.long_definition(0).count("\n")
        return [
            Row(
                f"`validate`, 5,000 definitions of {lines} lines, fastest of 7",
                f"{seconds(best.wall)} (user {seconds(best.user)}, {megabytes(max(each.peak for each in runs))})",
                f"check-jsonschema, 500 files in {seconds(part)}, scaled to 5,000: {seconds(theirs)}",
                ratio(best.wall, theirs),
                "0.3 s",
            ).holds(best.wall, 0.3, self.slowness),
            Row("`validate` beside check-jsonschema", f"{theirs / best.wall:.0f}×", budget="50×", within=theirs / best.wall >= 50),
        ]

    def staged(self) -> list[Row]:
        project = fleets.project(self.folder / "staged", 50, fleets.long_definition)
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
        runs = repeat(20, command, project.environment, output=self.folder / "staged.txt")
        best = fastest(runs)
        theirs = self.check_jsonschema(project, 50)
        # What every hook written in Python pays before it does anything.
        empty = fastest(repeat(20, [os.path.realpath(PYTHON), "-c", "pass"], clean_environment()))
        return [
            Row(
                "`validate --staged`, 50 files in a repository of 5,000, fastest of 20",
                f"{seconds(best.wall)} ({megabytes(max(each.peak for each in runs))})",
                f"check-jsonschema on the same 50: {seconds(theirs)}",
                ratio(best.wall, theirs),
                "40 ms",
            ).holds(best.wall, 0.040, self.slowness),
            Row(
                "the same beside an empty hook in Python, fastest of 20",
                seconds(best.wall),
                f"`python3 -c pass`: {seconds(empty.wall)}",
                ratio(best.wall, empty.wall),
            ),
        ]

    def refresh(self) -> list[Row]:
        say("refreshing 1,000 Spaces, the Hub answering after 50 ms")
        rows: list[Row] = []
        for kind, definition, options in (
            ("settings only", fleets.settings_only, ()),
            ("`--refresh full`", fleets.settings_only, ("--refresh", "full")),
            ("two variables and a secret in each", fleets.with_keys, ()),
        ):
            rows += self.refreshed(kind, definition, options)
        return rows

    def upload(self) -> list[Row]:
        return others.upload(self.folder, PYTHON, ratio)

    def tracker(self) -> list[Row]:
        return others.tracker(self.folder, PYTHON, ratio)

    def hook(self) -> list[Row]:
        if (tool := shutil.which("swift")) is None:
            sys.exit("error: no `swift` to build the hook with")
        return hook.hook(self.folder, tool, self.slowness)

    def refreshed(self, kind: str, definition, options: tuple[str, ...]) -> list[Row]:
        """A plan with nothing to do against a slow Hub, beside the official client asking the same sixteen calls at a time."""
        name = f"refresh-{definition.__name__}"
        folder, made = self.folder / f"hub-{name}", self.slow.get(name)
        output = self.folder / f"{name}.txt"
        if made is None:
            say(f"making 1,000 Spaces: {kind}")
            with Hub(folder, speed=1, keep_state=True, options=QUOTA) as hub:
                made = self.slow[name] = fleets.project(self.folder / name, 1000, definition, hub)
                run(spaceform(made, "apply", "--auto-approve", "-q"), made.environment, output)
        with Hub(folder, speed=1, keep_state=True, options=(*QUOTA, "--latency", "50ms")) as hub:
            fleets.point(made, hub)
            before = len(hub.requests())
            ours = repeat(5, spaceform(made, "plan", "--detailed-exitcode", *options), made.environment, output=output)
            asked = hub.requests()[before:]
            calls = len(asked) / 5
            expand = [part.split("=")[1] for call in asked for part in call["query"].split("&") if part.startswith("expand=")]
            official = [PYTHON, str(HERE / "official_refresh.py"), "1000", ",".join(dict.fromkeys(expand))]
            if definition is fleets.with_keys or options:
                official.append("keys")
            theirs = repeat(3, official, made.environment, output=output)
        best, peer = fastest(ours), fastest(theirs)
        limit = calls / 16 * 0.05
        lists = [call for call in asked if call["path"] == "/api/spaces"]
        row = Row(
            f"plan of 1,000 Spaces, {kind}, 50 ms a call, fastest of 5",
            f"{seconds(best.wall)}, {calls:g} calls",
            f"official client, 16 threads, fastest of 3: {seconds(peer.wall)}",
            ratio(best.wall, peer.wall),
        )
        if len(official) == 4:
            row.budget, row.within = "3 calls", calls <= 3 and len(lists) <= 3 * 5
        else:
            row.measured += f"; {best.wall / limit:.2f} × the limit of {seconds(limit)}"
            row.budget, row.within = "1.2 × the limit", best.wall <= 1.2 * limit
        return [
            row,
            Row(
                "processor time of that plan",
                f"{seconds(best.user + best.system)}",
                f"{seconds(peer.user + peer.system)}",
                ratio(best.user + best.system, peer.user + peer.system),
            ),
            Row(
                "peak memory of that plan",
                megabytes(max(each.peak for each in ours)),
                megabytes(max(each.peak for each in theirs)),
            ),
        ]


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


ALL = ("startup", "plan", "apply", "engine", "terraform", "growth", "lock", "validate", "staged", "refresh", "upload", "tracker", "hook")
# Take long, nearly all of it Terraform's or the compiler's: measured when they are asked for.
ASKED = {"engine", "terraform", "growth", "hook"}


def main() -> None:
    names = [argument for argument in sys.argv[1:] if not argument.startswith("--")] or [name for name in ALL if name not in ASKED]
    rows: list[Row] = []
    started = time.monotonic()
    load = os.getloadavg()[0]
    with workplace() as folder, contextlib.ExitStack() as stack:
        benches = Benches(folder, stack, "--instructions" in sys.argv)
        for name in ALL:
            if name in names:
                say(f"== {name}")
                rows += getattr(benches, name)()
    print(table(rows))
    over = sum(row.within is False for row in rows)
    print(f"\n{over} of {sum(row.within is not None for row in rows)} over budget; {os.cpu_count()} cores, load {load:.1f} at the start.")
    python = fastest(benches.python).wall
    print(
        f"Budgets of time stand for a machine that starts Python in {seconds(REFERENCE)}; this one takes {seconds(python)}, "
        f"so `scaled` means: over the budget, and within {benches.slowness:.2f} times it."
    )
    say(f"took {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
