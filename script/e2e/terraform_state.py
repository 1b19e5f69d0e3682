"""What Terraform's state says of Spaces, and how Spaces come into it: from resources of other types, from the command line's lock."""

import json
import re
import shutil
import subprocess
from pathlib import Path

from harness import ROOT, Checks, Ended, Hub, program, workplace
from space_resource.space import Space
from terraform_cli import terraform_is_missing

# The words of docs/terraform for a type, and what `terraform show -json` has for one.
FORMS = {"String": str, "Number": (int, float), "Boolean": bool, "Map of String": dict, "List of String": list, "Attributes": dict,
         "Attributes Set": list, "Dynamic": object}


def documented(page: str) -> dict[str, tuple[str, bool]]:
    """The attributes that a page of docs/terraform names at the top: their type, and whether they are write-only."""
    text = (ROOT / "docs" / "terraform" / page).read_text(encoding="utf-8")
    found = {}
    for name, words in re.findall(r"^- `(\w+)` \(([^)]+)\)", text, re.M):
        found[name] = (words.split(", ")[0], "Write-only" in words)
    return found


def shown(checks: Checks, folder: Path, hub: Hub) -> None:
    """`terraform show -json` has what the pages say, and nothing else."""
    space = Space(checks, folder / "shown", hub)
    (space.folder / "app").mkdir()
    (space.folder / "app" / "Dockerfile").write_text('FROM alpine:3.20\nCMD ["true"]\n')
    space.declare("""
  hardware   = "t4-small"
  sleep_time = "1h"
  visibility = "private"
  source     = { path = "${path.module}/app" }
  variables  = { A = "1" }
  secrets    = { K = "canary-of-the-state" }
  secrets_version = 1
  volumes    = [{ type = "bucket", source = "acme/data", mount = "/data" }]
  timeouts   = { create = "5m" }
""", """
resource "huggingface_space_variable" "v" {
  space = huggingface_space.s.id
  key   = "B"
  value = "2"
}
resource "huggingface_space_secret" "k" {
  space = huggingface_space.s.id
  key   = "L"
  value = "canary-of-the-state"
  value_version = 1
}
""")
    space.settled("a Space with a little of everything")
    resources = {one["type"]: one for one in json.loads(space.run_plain("show", "-json").stdout)["values"]["root_module"]["resources"]}
    for kind, page in (("huggingface_space", "space"), ("huggingface_space_variable", "space_variable"), ("huggingface_space_secret", "space_secret")):
        values, pages = resources[kind]["values"], documented(f"resources/{page}.md")
        checks.equal(sorted(values), sorted(pages), f"{kind}: the state's attributes are those of its page")
        for name, (form, isWriteOnly) in pages.items():
            value = values[name]
            if isWriteOnly:
                checks.equal(value, None, f"{kind}: {name} is in no state")
            else:
                checks.that(value is None or isinstance(value, FORMS[form]), f"{kind}: {name} is a {form}", value)
    checks.that(b"canary-of-the-state" not in space.everything(), "no secret is in state or log")
    checks.equal(space.run("destroy", "-auto-approve").status, 0, "destroy")


def moved(checks: Checks, folder: Path, hub: Hub) -> None:
    """A `moved` block brings a Space from a resource of another type; Terraform's own stands for those of other providers."""
    hub.call("POST", "/api/repos/create", {
        "type": "space", "organization": "acme", "name": "chat", "sdk": "docker", "private": True, "variables": [{"key": "A", "value": "1"}]})
    space = Space(checks, folder / "moved", hub)
    space.write('resource "terraform_data" "old" {}\nresource "terraform_data" "none" {}\n')
    checks.equal(space.apply().status, 0, "a state with resources of another type")
    state = json.loads(space.run_plain("state", "pull").stdout)
    for resource in state["resources"]:
        if resource["name"] == "old":
            resource["instances"][0]["attributes"]["id"] = "acme/chat"
    state["serial"] += 1
    pushed = space.folder / "pushed.json"
    pushed.write_text(json.dumps(state))
    checks.equal(space.run("state", "push", str(pushed)).status, 0, "one of them names a Space")
    body = 'visibility = "private"\nvariables = { A = "1" }\n'
    rest = 'resource "terraform_data" "none" {}\n'
    block = "moved {\n  from = terraform_data.%s\n  to   = huggingface_space.s\n}\n"
    space.declare(body, block % "old" + rest)
    ended = space.plan()
    checks.that(ended.status == 2 and "has moved to" in ended.text and "0 to add, 0 to change, 0 to destroy" in ended.text, "it is moved and not touched", ended)
    space.settled("and it is", calls=[])
    checks.equal(space.values()["id"], "acme/chat", "the state has the Space")
    space.changed('visibility = "private"\nvariables = { A = "2" }\n', ["variables"], ["POST /api/spaces/acme/chat/variables"], "from then on it is ours", block % "old" + rest)
    space.write(f'resource "huggingface_space" "other" {{\n  name = "other"\n}}\n' + (block % "none").replace("space.s", "space.other"))
    ended = space.plan()
    checks.that(ended.status == 1 and "does not say which Space it is" in ended.text and "removed" in ended.text, "what names no Space is not moved", ended)
    checks.that("bug in the provider" not in ended.text and "crash" not in ended.text, "in a diagnostic of ours", ended)
    space.declare(body, rest)
    checks.equal(space.run("destroy", "-auto-approve").status, 0, "destroy")
    checks.equal(hub.spaces(), [], "nothing is left")


def migration(checks: Checks, folder: Path, hub: Hub) -> None:
    """The commands of examples/terraform/migration/README.md, in their order."""
    example = ROOT / "examples" / "terraform" / "migration"
    space = Space(checks, folder / "migration", hub)
    shutil.copytree(example, space.folder, dirs_exist_ok=True)
    commands = re.findall(r"^\$ (.+)$", (example / "README.md").read_text(encoding="utf-8"), re.M)
    checks.equal(len(commands), 6, "the example has its commands", commands)
    answers: dict[str, Ended] = {}
    for command in commands:
        if command.startswith("spaceform apply"):
            command += " --auto-approve"
        elif command.endswith(" apply"):
            command += " -auto-approve -input=false"
        elif command.endswith(" init"):
            # A development override stands for the registry here, and has nothing to install.
            checks.equal(space.run("version").status, 0, command)
            continue
        if command.endswith("plan"):
            command += " --detailed-exitcode" if command.startswith("spaceform") else " -detailed-exitcode"
        words = command.split()
        words[0] = program(words[0]) if words[0] == "spaceform" else words[0]
        space.wrote()
        done = subprocess.run(words, cwd=space.folder, env=space.environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300)
        ended = answers[command] = Ended(words, done.returncode, done.stdout, done.stderr)
        checks.equal(ended.status, 0, command, ended)
        if command.startswith("terraform"):
            checks.equal(space.wrote(), [], f"{command}: nothing is changed on the Hub", ended)
    applied = next(ended for command, ended in answers.items() if "-auto-approve" in command and command.startswith("terraform"))
    checks.that("2 imported, 0 added, 2 changed" in applied.text, "as the page says", applied)
    ended = space.run("fmt", "-check", "-recursive")
    checks.equal(ended.status, 0, "what is exported is formatted", ended)
    words = ["terraform", f"-chdir={space.folder / 'infrastructure'}", "destroy", "-auto-approve"]
    checks.equal(subprocess.run(words, env=space.environment, capture_output=True, check=False).returncode, 0, "destroy")
    checks.equal(hub.spaces(), [], "nothing is left")


def without_token(checks: Checks, folder: Path, hub: Hub) -> None:
    """What is public can be read; a change is refused when it is planned, in words and not with the Hub's 401."""
    hub.call("POST", "/api/repos/create", {"type": "space", "organization": "acme", "name": "open", "sdk": "docker", "private": False})
    space = Space(checks, folder / "tokenless", hub)
    del space.environment["HF_TOKEN"]
    space.write('data "huggingface_space" "open" {\n  space = "acme/open"\n}\ndata "huggingface_space_hardware" "all" {}\n')
    ended = space.apply()
    checks.equal(ended.status, 0, "without any token what is public is read", ended)
    variable = 'resource "huggingface_space_variable" "s" {\n  space = "acme/open"\n  key = "A"\n  value = "1"\n}\n'
    for text, what in (('resource "huggingface_space" "s" {\n  name = "chat"\n}\n', "a Space"), (variable, "a variable"), ('data "huggingface_whoami" "me" {}\n', "whose token it is")):
        space.write(text)
        space.failed("There is no token for the Hub.*HF_TOKEN", f"without any token: {what}")
    checks.equal(space.wrote()[-1:], ["POST /api/repos/create"], "and nothing was tried")
    hub.call("DELETE", "/api/repos/delete", {"type": "space", "organization": "acme", "name": "open"})


PARTS = [shown, moved, migration, without_token]


def main() -> None:
    checks = Checks()
    if terraform_is_missing():
        return checks.finish()
    with workplace() as folder, Hub(folder / "hub", speed=200) as hub:
        for part in PARTS:
            part(checks, folder, hub)
    checks.finish()


if __name__ == "__main__":
    main()
