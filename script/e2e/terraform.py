"""The Terraform provider, with the real Terraform as its judge and the local Hub as its Hub."""

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

from harness import ROOT, Checks, Hub, clean_environment, program, workplace
from terraform_cli import NAME, SOURCE, Configuration, terraform_is_missing

SPACE = "acme/terraform"


def writes(hub: Hub, method: str, end: str) -> int:
    return sum(1 for request in hub.requests() if request["method"] == method and request["path"].endswith(end))


def installed(checks: Checks, folder: Path, hub: Hub) -> None:
    configuration = Configuration(folder / "mirror", hub, mirror=True)
    configuration.write('data "huggingface_whoami" "me" {}\noutput "me" { value = data.huggingface_whoami.me.name }\n')
    ended = configuration.run("init", "-input=false")
    checks.equal(ended.status, 0, "init takes the provider from a filesystem mirror", ended)
    ended = configuration.apply()
    checks.equal(ended.status, 0, "and it is applied", ended)
    checks.equal(configuration.outputs(), {"me": "local"}, "the token's owner is known")


def reads(checks: Checks, folder: Path, hub: Hub) -> None:
    configuration = Configuration(folder / "reads", hub)
    configuration.write("""
data "huggingface_whoami" "me" {}
data "huggingface_space_hardware" "all" {}
data "huggingface_space" "one" { space = "%s" }
data "huggingface_spaces" "acme" {}
output "all" {
  value = {
    pro      = data.huggingface_whoami.me.is_pro
    member   = contains(data.huggingface_whoami.me.organisations, "acme")
    price    = data.huggingface_space_hardware.all.flavours["cpu-basic"].hourly_usd
    sdk      = data.huggingface_space.one.sdk
    names    = keys(data.huggingface_spaces.acme.spaces)
    parsed   = provider::huggingface::parse_space_id("acme/chat")
  }
}
""" % SPACE)
    ended = configuration.run("validate")
    checks.equal(ended.status, 0, "validate, with a development override and no init", ended)
    ended = configuration.apply()
    checks.equal(ended.status, 0, "data sources and the function are read", ended)
    checks.equal(
        configuration.outputs().get("all"),
        {"pro": True, "member": True, "price": 0, "sdk": "docker", "names": ["terraform"],
         "parsed": {"owner": "acme", "name": "chat", "page": "spaces/acme/chat"}}, "with what the Hub has")
    schemas = json.loads(configuration.run_plain("providers", "schema", "-json").stdout)["provider_schemas"][f"registry.terraform.io/{SOURCE}"]
    checks.equal(sorted(schemas["resource_schemas"]), ["huggingface_space", "huggingface_space_secret", "huggingface_space_variable"], "the resources")
    checks.that(
        schemas["resource_schemas"]["huggingface_space_secret"]["block"]["attributes"]["value"].get("write_only"),
        "a secret's value is write-only")
    checks.that(schemas["provider"]["block"]["attributes"]["token"].get("sensitive"), "the token is sensitive")


def bad_input(checks: Checks, folder: Path, hub: Hub) -> None:
    configuration = Configuration(folder / "bad", hub)
    for text, wanted in (
        ('data "huggingface_space" "x" { space = "no-owner" }', r"with data\.|line \d+, in data"),
        ('data "huggingface_space" "x" { space = "no-owner" }', "is written owner/name"),
        ('output "x" { value = provider::huggingface::parse_space_id("a b") }', "is not the address"),
        ('resource "huggingface_space_variable" "x" {\n space = "acme/a"\n key = "1-A"\n value = ""\n}', "begins with no digit"),
    ):
        configuration.write(text)
        ended = configuration.run("validate")
        checks.that(ended.status == 1 and re.search(wanted, " ".join(ended.text.split())), f"{text[:50]}: {wanted}", ended)
    configuration.write('data "huggingface_space" "x" { space = "acme/nothing-here" }')
    ended = configuration.plan()
    checks.that(ended.status == 1 and "Reading the Space acme/nothing-here failed" in ended.text, "a Space that is not there", ended)
    wrong = Configuration(folder / "wrong-token", hub, token="hf_wrong")
    wrong.write('data "huggingface_whoami" "me" {}')
    ended = wrong.plan()
    checks.that(ended.status == 1 and "Set HF_TOKEN" in ended.text and "hf_wrong" not in ended.text, "a wrong token", ended)


def variable(value: str, more: str = "", key: str = "LEVEL") -> str:
    return f'resource "huggingface_space_variable" "v" {{\n  space = "{SPACE}"\n  key = "{key}"\n  value = {json.dumps(value, ensure_ascii=False)}\n{more}}}\n'


def variables(checks: Checks, folder: Path, hub: Hub) -> None:
    configuration = Configuration(folder / "variable", hub)

    def settled(text: str, sentence: str) -> None:
        configuration.write(text)
        ended = configuration.apply()
        checks.equal(ended.status, 0, sentence, ended)
        ended = configuration.plan()
        checks.equal(ended.status, 0, f"{sentence}: no changes after", ended)

    def live() -> dict:
        return hub.call("GET", f"/api/spaces/{SPACE}/variables")[1]

    settled(variable("info"), "a variable is made")
    checks.equal(live()["LEVEL"]["value"], "info", "as it is written")
    awkward = "👋 \"q\" \\ \n two\tlines é \u001b[31m"
    settled(variable(awkward), "its value changes to an awkward one")
    checks.equal(live()["LEVEL"]["value"], awkward, "which arrives as it is")
    settled(variable(awkward, '  description = "how much is logged"\n'), "a description is added")
    checks.equal(live()["LEVEL"].get("description"), "how much is logged", "and arrives")
    settled(variable("info"), "value and description change at once")
    hub.call("POST", f"/api/spaces/{SPACE}/variables", {"key": "LEVEL", "value": "outside"})
    ended = configuration.plan()
    checks.equal(ended.status, 2, "a change outside is noticed", ended)
    settled(variable("info"), "and corrected")
    checks.equal(live()["LEVEL"]["value"], "info", "on the Hub")
    hub.call("DELETE", f"/api/spaces/{SPACE}/variables", {"key": "LEVEL"})
    settled(variable("info"), "deleted outside, it is made again")
    checks.that("LEVEL" in live(), "on the Hub")
    configuration.write(variable("info", key="OTHER"))
    ended = configuration.plan()
    checks.that("must be replaced" in ended.text, "another key is another variable", ended)
    settled(variable("info", key="OTHER"), "it is replaced")
    checks.equal(sorted(live()), ["OTHER"], "the old one is gone")

    imported = Configuration(folder / "import", hub)
    imported.write(variable("info", key="OTHER") + f'import {{\n  to = huggingface_space_variable.v\n  id = "{SPACE}/OTHER"\n}}\n')
    ended = imported.apply()
    checks.that(ended.status == 0 and "1 imported, 0 added, 0 changed" in ended.text, "an import block imports and changes nothing", ended)
    checks.equal(imported.plan().status, 0, "no changes after")
    (imported.folder / "terraform.tfstate").unlink()
    imported.write(variable("info", key="OTHER"))
    ended = imported.run("import", "huggingface_space_variable.v", f"{SPACE}/OTHER")
    checks.equal(ended.status, 0, "terraform import", ended)
    checks.equal(imported.plan().status, 0, "no changes after")
    (imported.folder / "terraform.tfstate").unlink()
    ended = imported.run("import", "huggingface_space_variable.v", f"{SPACE}/NOWHERE")
    checks.that(ended.status == 1 and "non-existent" in ended.text, "what is not there is not imported", ended)
    ended = configuration.run("destroy", "-auto-approve")
    checks.equal(ended.status, 0, "destroy", ended)
    checks.equal(live(), {}, "leaves nothing")


def secret(checks: Checks, folder: Path, hub: Hub) -> None:
    configuration = Configuration(folder / "secret", hub)
    canary = f"canary-{secrets.token_hex(12)}"
    text = 'resource "huggingface_space_secret" "s" {\n  space = "%s"\n  key = "KEY"\n  value = var.value\n  value_version = %d\n}\n'
    head = 'variable "value" {\n  type = string\n  ephemeral = true\n}\n'
    configuration.environment |= {"TF_VAR_value": canary, "TF_LOG_PROVIDER": "trace"}

    def written() -> int:
        return writes(hub, "POST", f"/{SPACE}/secrets")

    configuration.write(head + text % (SPACE, 1))
    ended = configuration.apply()
    checks.equal((ended.status, written()), (0, 1), "a secret is written, from an ephemeral variable", ended)
    ended = configuration.plan()
    checks.equal((ended.status, written()), (0, 1), "no changes after", ended)
    configuration.write(head + text % (SPACE, 2))
    ended = configuration.apply()
    checks.equal((ended.status, written()), (0, 2), "another version is written", ended)
    checks.equal(configuration.plan().status, 0, "no changes after")
    time.sleep(1.1)
    hub.call("POST", f"/api/spaces/{SPACE}/secrets", {"key": "KEY", "value": "outside"})
    ended = configuration.apply()
    checks.equal((ended.status, written()), (0, 4), "written by somebody else, it is written again", ended)
    checks.equal(configuration.plan().status, 0, "no changes after")
    left = configuration.everything()
    checks.that(canary.encode() not in left and len(left) > 1000, "the value is in neither state nor log")
    ended = configuration.run("destroy", "-auto-approve")
    checks.equal(ended.status, 0, "destroy", ended)
    checks.equal(hub.call("GET", f"/api/spaces/{SPACE}/secrets")[1], {}, "leaves nothing")


def many(checks: Checks, folder: Path) -> None:
    with Hub(folder / "slow-hub", speed=1000, options=("--latency", "200ms")) as hub:
        hub.call("POST", "/api/repos/create", {"type": "space", "organization": "acme", "name": "terraform", "sdk": "docker"})
        configuration = Configuration(folder / "many", hub)
        configuration.write(
            'resource "huggingface_space_variable" "v" {\n  count = 300\n  space = "%s"\n  key = "KEY_${count.index}"\n  value = "x"\n}\n' % SPACE)
        ended = configuration.apply()
        checks.equal(ended.status, 0, "300 variables are made", ended)
        checks.equal(writes(hub, "POST", f"/{SPACE}/variables"), 300, "each once")
        lines = [line for line in configuration.log.read_text().splitlines() if "a connection was accepted" in line]
        sockets = {re.search(r"socket=(\S+)", line).group(1) for line in lines}
        checks.that(lines and len(lines) == len(sockets), "on one connection in each process", lines)
        checks.equal(configuration.plan().status, 0, "no changes after")


def interrupted(checks: Checks, folder: Path) -> None:
    with Hub(folder / "stuck-hub", options=("--faults", "variables:slow=60s*9")) as hub:
        hub.call("POST", "/api/repos/create", {"type": "space", "organization": "acme", "name": "terraform", "sdk": "docker"})
        configuration = Configuration(folder / "interrupted", hub)
        configuration.write(variable("info"))
        checks.equal(configuration.apply().status, 0, "a variable is made")
        process = subprocess.Popen(
            configuration.command("plan", "-input=false"), env=configuration.environment, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, stdin=subprocess.DEVNULL, start_new_session=True)
        time.sleep(3)
        began = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        output, _ = process.communicate(timeout=60)
        checks.that(time.monotonic() - began < 10, "Ctrl-C ends a plan that waits for the Hub", output)
        checks.that("panic" not in output and "plugin crashed" not in output, "without a crash", output)


def documented(checks: Checks) -> None:
    """The pages of docs/terraform are what the schema says, as Terraform shows it."""
    ended = subprocess.run([sys.executable, str(ROOT / "terraform" / "script" / "generate-docs"), "--check"], capture_output=True, text=True, check=False)
    checks.equal(ended.returncode, 0, "the registry's pages are current", ended.stderr)


def by_hand(checks: Checks) -> None:
    ended = subprocess.run([program(NAME)], env=clean_environment(), capture_output=True, text=True, stdin=subprocess.DEVNULL)
    checks.equal((ended.returncode, ended.stdout), (1, ""), "started by hand it ends")
    checks.that("Terraform starts it" in ended.stderr, "and says what it is", ended.stderr)


def debugged(checks: Checks, folder: Path, hub: Hub) -> None:
    configuration = Configuration(folder / "debugged", hub, mirror=True)
    configuration.write('data "huggingface_whoami" "me" {}\noutput "me" { value = data.huggingface_whoami.me.name }\n')
    process = subprocess.Popen(
        [program(NAME), "-debug"], env=configuration.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, stdin=subprocess.DEVNULL)
    try:
        name, value = process.stdout.readline().strip().split("=", 1)
        configuration.environment[name] = value.strip("'")
        ended = configuration.run("init", "-input=false")
        checks.equal(ended.status, 0, "with a process to reattach to, init needs no package", ended)
        for _ in range(2):
            ended = configuration.apply()
            checks.equal(ended.status, 0, "it serves run after run", ended)
        checks.equal(configuration.outputs(), {"me": "local"}, "and answers")
        checks.that(process.poll() is None, "and goes on")
    finally:
        process.send_signal(signal.SIGINT)
    checks.equal(process.wait(10), 0, "Ctrl-C ends it")


def main() -> None:
    checks = Checks()
    if terraform_is_missing():
        return checks.finish()
    by_hand(checks)
    documented(checks)
    with workplace() as folder:
        with Hub(folder / "hub", speed=200) as hub:
            status, body = hub.call(
                "POST", "/api/repos/create", {"type": "space", "organization": "acme", "name": "terraform", "sdk": "docker"})
            checks.equal(status, 200, "a Space to work on", body)
            installed(checks, folder, hub)
            reads(checks, folder, hub)
            bad_input(checks, folder, hub)
            variables(checks, folder, hub)
            secret(checks, folder, hub)
            debugged(checks, folder, hub)
        many(checks, folder)
        interrupted(checks, folder)
    checks.finish()


if __name__ == "__main__":
    main()
