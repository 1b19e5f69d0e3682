"""Terraform with the provider for Spaces: the same fleet that `spaceform` keeps, exported and imported."""

import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import peer_terraform
from harness import Project, clean_environment, program
from measure import Run, run

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
