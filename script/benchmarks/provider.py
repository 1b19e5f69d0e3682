"""Terraform with the provider for Spaces: the same fleet that `spaceform` keeps, exported and imported."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import peer_terraform
from bench import Bench, ratio
from harness import Project, clean_environment, program
from measure import Row, Run, fastest, megabytes, run, say, seconds

NAME = "terraform-provider-huggingface"


class Watch:
    """The most memory that a process of the provider had, as long as this is entered."""

    def __enter__(self) -> "Watch":
        self.peak, self.ended = 0, threading.Event()
        self.thread = threading.Thread(target=self.look)
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.ended.set()
        self.thread.join()

    def look(self) -> None:
        while not self.ended.wait(0.02):
            for status in Path("/proc").glob("[0-9]*/status"):
                try:
                    text = status.read_text()
                except OSError:
                    continue
                # The kernel keeps fifteen characters of a name.
                if text.startswith(f"Name:\t{NAME[:15]}\n") and "VmHWM:" in text:
                    self.peak = max(self.peak, int(text.split("VmHWM:")[1].split()[0]) * 1024)


class Exported:
    """A project as Terraform configuration in a folder of its own."""

    def __init__(self, folder: Path, project: Project) -> None:
        self.folder = folder / "exported"
        environment = project.environment
        run([program("spaceform"), "-C", str(project.folder), "export", "terraform", str(self.folder)], environment, folder / "export.txt")
        programs = folder / "provider"
        programs.mkdir()
        os.symlink(program(NAME), programs / NAME)
        settings = folder / "provider.tfrc"
        settings.write_text('provider_installation {\n  dev_overrides {\n    "spaceform/huggingface" = "%s"\n  }\n  direct {}\n}\n' % programs)
        self.output = folder / "provider.txt"
        self.environment = clean_environment(
            CHECKPOINT_DISABLE="1", TF_CLI_CONFIG_FILE=str(settings), TF_IN_AUTOMATION="1", HOME=str(folder),
            HF_ENDPOINT=environment["HF_ENDPOINT"], HF_TOKEN=environment["HF_TOKEN"])

    def call(self, *arguments: str) -> tuple[Run, int]:
        """A run of Terraform, and the most memory that the provider had."""
        command = [peer_terraform.program() or "", f"-chdir={self.folder}", *arguments, "-input=false", "-no-color"]
        with Watch() as watch:
            found = run(command, self.environment, self.output)
        return found, watch.peak


def start(environment: dict[str, str]) -> float:
    """Seconds until a provider serves."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [program(NAME), "-debug"], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    process.stdout.readline()
    taken = time.perf_counter() - began
    process.send_signal(signal.SIGINT)
    process.wait(10)
    return taken


def terraform(bench: Bench) -> list[Row]:
    """The same fleet in Terraform with our provider, and in `spaceform`."""
    if peer_terraform.program() is None:
        sys.exit("error: there is no terraform and no tofu to run the provider\n  Install one, or leave `terraform` out.")
    count = 1000
    fleet = bench.fleet(count)
    exported = Exported(bench.folder, fleet.project)
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
    ours = bench.quiet_plan(count)
    starts = [start(exported.environment) for _ in range(10)]
    size = os.stat(program(NAME)).st_size
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
