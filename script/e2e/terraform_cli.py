"""The real Terraform in a folder of its own: how it finds a provider that was built here, and what it is run with."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from harness import Ended, Hub, clean_environment, program

NAME = "terraform-provider-huggingface"
SOURCE = "spaceform/huggingface"
VERSION = "0.1.0"

HEAD = """
terraform {
  required_providers {
    huggingface = { source = "%s" }
  }
}
provider "huggingface" {
  default_owner = "acme"
}
""" % SOURCE


def terraform_is_missing(what: str = "the provider is not checked with it") -> bool:
    """Whether there is none here, which is said with what follows from it."""
    if shutil.which("terraform") is not None:
        return False
    print(f"there is no terraform here: {what}", flush=True)
    return True


def override(folder: Path, source: str, name: str) -> str:
    """Settings by which Terraform takes the provider `source` from the program `name`, whatever its version; a folder is made for it."""
    programs = folder / "programs"
    programs.mkdir()
    os.symlink(program(name), programs / name)
    return 'provider_installation {\n  dev_overrides {\n    "%s" = "%s"\n  }\n  direct {}\n}\n' % (source, programs)


def environment(folder: Path, settings: Path, **more: str) -> dict[str, str]:
    """With nothing of this machine's own Terraform, and no question to anybody on the network."""
    return clean_environment(CHECKPOINT_DISABLE="1", TF_CLI_CONFIG_FILE=str(settings), TF_IN_AUTOMATION="1", HOME=str(folder), **more)


class Configuration:
    """A folder of Terraform configuration, and how Terraform finds the provider for it."""

    def __init__(self, folder: Path, hub: Hub, *, mirror: bool = False, token: str | None = None) -> None:
        self.folder = folder
        folder.mkdir()
        self.log = folder / "provider.log"
        settings = folder / "cli.tfrc"
        if mirror:
            place = folder / "mirror" / "registry.terraform.io" / SOURCE / VERSION / "linux_amd64"
            place.mkdir(parents=True)
            shutil.copy2(program(NAME), place / f"{NAME}_v{VERSION}")
            settings.write_text(
                'provider_installation {\n  filesystem_mirror {\n    path = "%s"\n  }\n}\n' % (folder / "mirror"))
        else:
            settings.write_text(override(folder, SOURCE, NAME))
        self.environment = environment(
            folder, settings, TF_LOG_PROVIDER="debug", TF_LOG_PATH=str(self.log), HF_ENDPOINT=hub.endpoint, HF_TOKEN=token or hub.token)

    def write(self, text: str) -> None:
        (self.folder / "main.tf").write_text(HEAD + text)

    def command(self, *arguments: str) -> list[str]:
        return ["terraform", f"-chdir={self.folder}", *arguments, "-no-color"]

    def run(self, *arguments: str) -> Ended:
        command = self.command(*arguments)
        ended = subprocess.run(command, env=self.environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300)
        return Ended(command, ended.returncode, ended.stdout, ended.stderr)

    def apply(self, *more: str) -> Ended:
        return self.run("apply", "-auto-approve", "-input=false", *more)

    def plan(self, *more: str) -> Ended:
        """Its status is 0 for no changes and 2 for some."""
        return self.run("plan", "-input=false", "-detailed-exitcode", *more)

    def outputs(self) -> dict:
        return {name: output["value"] for name, output in json.loads(self.run_plain("output", "-json").stdout).items()}

    def run_plain(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            ["terraform", f"-chdir={self.folder}", *arguments], env=self.environment, capture_output=True, text=True)

    def everything(self) -> bytes:
        """All that Terraform left in its folder, but for the configuration itself."""
        return b"".join(path.read_bytes() for path in self.folder.rglob("*.tfstate*")) + self.log.read_bytes()
