"""Many Spaces, those that `export terraform` wrote, and a job without a key."""

import json
import re
import secrets
import time
from pathlib import Path

from harness import Checks, Hub, Project
from issuer import Issuer

from .space import Space, api


def many(checks: Checks, folder: Path) -> None:
    """300 Spaces at 200 ms a call, fifty at once: each made once, and refreshed by a few lists."""
    with Hub(folder / "many-hub", speed=1000, options=("--latency", "200ms")) as hub:
        space = Space(checks, folder / "many", hub)
        space.write('resource "huggingface_space" "s" {\n  count = 300\n  name = "s-${count.index}"\n  sdk = "static"\n}\n')
        began = time.monotonic()
        ended = space.apply("-parallelism=50")
        checks.equal(ended.status, 0, "300 Spaces are made", ended)
        print(f"    300 creates, 50 at once: {time.monotonic() - began:.1f} s", flush=True)
        wrote = space.wrote()
        checks.equal((len(wrote), set(wrote)), (300, {"POST /api/repos/create"}), "each by one call")
        lines = [line for line in space.log.read_text().splitlines() if "a connection was accepted" in line]
        sockets = {re.search(r"socket=(\S+)", line).group(1) for line in lines}
        checks.that(lines and len(lines) == len(sockets), "on one connection in each process", lines)
        for options in ((), ("-parallelism=50",)):
            before = len(hub.requests())
            began = time.monotonic()
            ended = space.plan(*options)
            asked = hub.requests()[before:]
            print(f"    refresh of 300 {' '.join(options)}: {time.monotonic() - began:.1f} s, {len(asked)} calls", flush=True)
            checks.equal(ended.status, 0, "no changes after", ended)
            checks.that(len(asked) <= 6, "a refresh is a few calls", [request["path"] for request in asked])
        ended = space.run("destroy", "-auto-approve", "-parallelism=50")
        checks.equal((ended.status, hub.spaces()), (0, []), "destroy", ended)


def exported(checks: Checks, folder: Path) -> None:
    """A fleet that the command line applied goes to Terraform without a change, and stays as it was."""
    with Hub(folder / "export-hub", speed=200) as hub:
        project = Project.copy(folder / "fleet", hub)
        ended = project.run("apply", "--auto-approve")
        checks.equal(ended.status, 0, "a fleet is applied by the command line", ended)
        space = Space(checks, folder / "exported", hub)
        ended = project.run("export", "terraform", str(space.folder), "--format", "json")
        checks.equal(ended.status, 0, "and exported", ended)
        variables = re.findall(r'variable "([^"]+)"', (space.folder / "variables.tf").read_text())
        space.environment |= {f"TF_VAR_{name}": secrets.token_hex(8) for name in variables}
        ended = space.run("validate")
        checks.equal(ended.status, 0, "Terraform finds it valid", ended)
        plan = space.folder / "plan.bin"
        ended = space.run("plan", "-input=false", f"-out={plan}")
        changes = json.loads(space.run_plain("show", "-json", str(plan)).stdout)["resource_changes"]
        checks.that(all(change["change"]["actions"] in (["no-op"], ["update"]) and "importing" in change["change"] for change in changes), "all are imported", ended)
        for change in changes:
            before, after = change["change"]["before"], change["change"]["after"]
            unknown = change["change"]["after_unknown"]
            names = sorted(name for name in {**before, **after} if before.get(name) != after.get(name) and unknown.get(name) is not True)
            allowed = {"source", "card", "wait", "template", "secrets_version"}
            checks.that(set(names) <= allowed, f"{change['address']}: only what the Hub cannot show is new", names)
        space.wrote()
        ended = space.apply()
        wrote = space.wrote()
        checks.equal(ended.status, 0, "it is applied", ended)
        checks.that(all(call.endswith("/secrets") for call in wrote), "nothing is written but secrets, whose values cannot be compared", wrote)
        checks.equal((space.plan().status, space.wrote()), (0, []), "no changes after")
        ended = project.run("plan", "--detailed-exitcode")
        text = ended.text
        checks.that("secret" in text or ended.status == 0, "and the command line sees nothing but those secrets", ended)


def keyless(checks: Checks, folder: Path) -> None:
    """In a CI job: no token but the one that makes Spaces; the job's identity is traded for a token of the Space."""
    identity, request_token = "canaryheader.canarypayload.canarysignature", "canary-request-token"
    issuer = Issuer(identity, request_token)
    with Hub(folder / "keyless-hub", speed=200) as hub:
        space = Space(checks, folder / "keyless", hub)
        for name in [name for name in space.environment if name.startswith(("GITHUB_", "ACTIONS_", "CI_")) or name == "HF_TOKEN"]:
            del space.environment[name]
        space.environment |= {
            "SPACEFORM_OIDC": "1", "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "push", "SPACEFORM_BOOTSTRAP_TOKEN": hub.token,
            "ACTIONS_ID_TOKEN_REQUEST_URL": issuer.url, "ACTIONS_ID_TOKEN_REQUEST_TOKEN": request_token,
        }
        space.declare('variables = { LEVEL = "info" }')
        space.settled("keyless: a Space is made with the bootstrap token")
        checks.equal([request["account"] for request in hub.requests() if request["path"] == "/api/repos/create"], ["local"], "by that token")
        del space.environment["SPACEFORM_BOOTSTRAP_TOKEN"]
        before, minted = len(hub.requests()), len(issuer.asked)
        space.declare('variables = { LEVEL = "debug" }')
        space.settled("keyless: a change needs no key", calls=[f"POST {api('acme/chat', '/variables')}"])
        trades = [request for request in hub.requests()[before:] if request["path"].endswith("/oauth/token") and request["status"] == 200]
        checks.that(len(trades) > 0 and len(issuer.asked) > minted, "the job's identity is traded", (trades, issuer.asked))
        kept = space.everything()
        checks.that(not any(word.encode() in kept for word in (identity, request_token, hub.token)), "none of it is in a state or a log")
        space.environment["GITHUB_EVENT_NAME"] = "pull_request"
        before = len(hub.requests())
        ended = space.run("plan", "-input=false")
        trades = [request for request in hub.requests()[before:] if request["path"].endswith("/oauth/token")]
        checks.that(ended.status == 1 and "HF_TOKEN" in ended.text and not trades, "a pull request trades nothing, and needs a token", ended)
    issuer.close()
