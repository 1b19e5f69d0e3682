"""Terraform with as many built-in `terraform_data` resources: what its own engine takes, without a provider or an API."""

import os
import shutil
from pathlib import Path

from harness import clean_environment
from measure import Run, fastest, repeat, run

CONFIGURATION = """\
resource "terraform_data" "space" {{
  count = {count}
  input = {{
    name       = "space-${{count.index}}"
    sdk        = "docker"
    visibility = "private"
    hardware   = "cpu-basic"
  }}
}}
"""


def program() -> str | None:
    return shutil.which("terraform") or shutil.which("tofu")


class Terraform:
    """A configuration of so many resources in a folder of its own, with local state."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder = folder / f"terraform-{count}"
        self.folder.mkdir()
        (self.folder / "main.tf").write_text(CONFIGURATION.format(count=count))
        settings = self.folder / "cli.tfrc"
        settings.write_text("")
        # Nothing is asked of any network.
        self.environment = clean_environment(
            CHECKPOINT_DISABLE="1", TF_CLI_CONFIG_FILE=str(settings), TF_IN_AUTOMATION="1", HOME=str(self.folder))
        self.output = self.folder / "output.txt"
        self.call("init", "-input=false")

    def call(self, *arguments: str, statuses: tuple[int, ...] = (0,)) -> Run:
        command = [program() or "", f"-chdir={self.folder}", *arguments]
        return run(command, self.environment, self.output, statuses)

    def apply(self) -> Run:
        return self.call("apply", "-auto-approve", "-input=false", "-no-color")

    def plan(self, times: int = 3) -> Run:
        """The fastest plan with nothing to do."""
        command = [program() or "", f"-chdir={self.folder}", "plan", "-detailed-exitcode", "-input=false", "-no-color"]
        return fastest(repeat(times, command, self.environment, output=self.output))

    @property
    def state(self) -> int:
        return os.stat(self.folder / "terraform.tfstate").st_size
