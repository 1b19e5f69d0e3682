"""Attributes one after the other, and values that are in no state."""

import json
import secrets
import time
from pathlib import Path

from harness import ROOT, Checks, Hub

from .space import Space, api


def attributes(checks: Checks, folder: Path, hub: Hub) -> None:
    space = Space(checks, folder / "attributes", hub)
    at = space.address
    space.declare("")
    actions, _ = space.changes()
    checks.equal(actions, ["create"], "a new Space is planned")
    space.settled("the least Space is made", calls=["POST /api/repos/create"])
    info = space.info()
    checks.equal((info["sdk"], info["private"], info["runtime"]["hardware"]["requested"]), ("docker", True, "cpu-basic"), "with the defaults")
    values = space.values()
    checks.equal(
        {name: values[name] for name in ("id", "owner", "sdk", "hardware", "visibility", "page", "host", "url", "variables", "content_digest")},
        {"id": at, "owner": "acme", "sdk": "docker", "hardware": "cpu-basic", "visibility": "private", "page": f"{hub.endpoint}/spaces/{at}",
         "host": "acme-chat.hf.space", "url": "https://acme-chat.hf.space", "variables": None, "content_digest": None}, "which the state has")
    checks.equal(values["commit"], info["sha"], "and the commit")
    schema = json.loads(space.run_plain("providers", "schema", "-json").stdout)["provider_schemas"]
    names = next(iter(schema.values()))["resource_schemas"]["huggingface_space"]["block"]["attributes"]
    text = (ROOT / "docs" / "terraform.md").read_text()
    text = text[text.index("### huggingface_space"):]
    checks.equal([name for name in names if f"`{name}`" not in text], [], "every attribute is documented")
    checks.equal((names["secrets"].get("write_only"), names["secrets"].get("sensitive")), (True, True), "secrets are write-only and sensitive")
    space.changed('hardware = "t4-small"', ["hardware"], [f"POST {api(at, '/hardware')}"], "hardware is changed")
    checks.equal(space.info()["runtime"]["hardware"]["requested"], "t4-small", "on the Hub")
    body = 'hardware = "t4-small"\n'
    space.changed(body + 'sleep_time = "1h"', ["sleep_time"], [f"POST {api(at, '/sleeptime')}"], "a sleep time is set")
    body += 'sleep_time = "60m"\n'
    space.declare(body)
    checks.equal(space.plan().status, 0, "an hour in other words is the same")
    space.changed(body + 'visibility = "public"', ["visibility"], [f"PUT {api(at, '/settings')}"], "the visibility is changed")
    checks.equal(space.info()["private"], False, "on the Hub")
    body += 'visibility = "public"\n'
    space.changed(body + "replicas = 2", ["replicas"], [f"POST {api(at, '/replicas')}"], "replicas are changed")
    body += "replicas = 2\n"
    space.changed(body + "dev_mode = true", ["dev_mode"], [f"POST {api(at, '/dev-mode')}"], "dev mode is switched on")
    body += "dev_mode = true\n"
    group = '  resource_group = "66670e5163145ca562cb1988"\n'
    space.changed(body + group, ["resource_group"], [f"POST {api(at, '/resource-group')}"], "a resource group is set")
    body += group
    volumes = body + 'volumes = [{ type = "model", source = "acme/m", mount = "/m" }, { type = "bucket", source = "acme/data", mount = "/data", read_only = true }]\n'
    space.changed(volumes, ["volumes"], [f"PUT {api(at, '/volumes')}"], "volumes are mounted")
    space.declare(body + 'volumes = [{ type = "bucket", source = "acme/data", mount = "/data", read_only = true }, { type = "model", source = "acme/m", mount = "/m", read_only = true }]\n')
    checks.equal(space.plan().status, 0, "their order means nothing, nor what goes without saying")
    body += 'volumes = [{ type = "model", source = "acme/m", mount = "/m" }]\n'
    space.changed(body, ["volumes"], [f"PUT {api(at, '/volumes')}"], "one volume goes")
    space.changed(body + 'variables = { A = "1", B = "2" }', ["variables"], [f"POST {api(at, '/variables')}"] * 2, "variables are added")
    space.changed(body + 'variables = { A = "1", B = "3", C = "" }', ["variables"], [f"POST {api(at, '/variables')}"] * 2, "one is changed and an empty one added")
    space.changed(body + 'variables = { A = "1", B = "3" }', ["variables"], [f"DELETE {api(at, '/variables')}"], "one goes")
    described = body + 'variables = { A = "1", B = "3" }\nvariable_descriptions = { A = "the first" }\n'
    space.changed(described, ["variable_descriptions"], [f"POST {api(at, '/variables')}"], "one is described")
    checks.equal(hub.call("GET", api(at, "/variables"))[1]["A"].get("description"), "the first", "on the Hub")
    space.changed(described + "wait = { until = \"none\" }\n", ["wait"], [], "waiting is no matter of the Hub")
    space.declare("")
    actions, found = space.changes()
    checks.equal(found, ["hardware", "variables", "volumes", "wait"], "what is no longer declared is let go, but for variables and the default of hardware")
    space.settled("all is undeclared", calls=[f"DELETE {api(at, '/variables')}"] * 2 + [f"POST {api(at, '/hardware')}"])
    checks.equal(len(space.hub.call("GET", api(at))[1]["runtime"].get("volumes") or []), 1, "what is not declared is not touched")
    ended = space.run("destroy", "-auto-approve")
    checks.equal((ended.status, space.wrote(), hub.spaces()), (0, ["DELETE /api/repos/delete"], []), "destroy", ended)


def secret_values(checks: Checks, folder: Path, hub: Hub) -> None:
    space = Space(checks, folder / "secrets", hub)
    at = space.address
    canary = f"canary-{secrets.token_hex(12)}"
    head = 'variable "value" {\n  type      = string\n  ephemeral = true\n}\n'
    space.environment |= {"TF_VAR_value": canary, "TF_LOG_PROVIDER": "trace"}
    put, delete = f"POST {api(at, '/secrets')}", f"DELETE {api(at, '/secrets')}"

    def write(names: list[str], version: int | None = None) -> None:
        inside = ", ".join(f"{name} = var.value" for name in names)
        space.declare(f"secrets = {{ {inside} }}\n" + ("" if version is None else f"secrets_version = {version}\n"), head)

    write(["KEY"])
    space.settled("a Space is made with a secret, from an ephemeral variable", calls=["POST /api/repos/create"])
    checks.equal(sorted(hub.call("GET", api(at, "/secrets"))[1]), ["KEY"], "which the Hub has")
    write(["KEY", "OTHER"])
    space.settled("a secret is added", calls=[put])
    write(["KEY", "OTHER"], 1)
    space.settled("with another version all are written", calls=[put, put])
    space.environment["TF_VAR_value"] = canary + "-new"
    checks.equal(space.plan().status, 0, "a new value alone is not noticed without a key")
    write(["KEY"], 1)
    space.settled("one goes", calls=[delete])
    time.sleep(1.1)
    hub.call("POST", api(at, "/secrets"), {"key": "KEY", "value": "outside"})
    hub.call("POST", api(at, "/secrets"), {"key": "THEIRS", "value": "outside"})
    space.settled("written by somebody else, it is written again", calls=[put])
    hub.call("DELETE", api(at, "/secrets"), {"key": "KEY"})
    space.settled("deleted by somebody else, too", calls=[put])
    space.environment["SPACEFORM_LOCK_KEY"] = secrets.token_hex(32)
    checks.equal(space.plan().status, 0, "a key alone changes nothing")
    write(["KEY"], 2)
    space.settled("with a key it is written", calls=[put])
    space.environment["TF_VAR_value"] = canary + "-newer"
    space.settled("and then a new value is noticed by itself", calls=[put])
    space.run("plan", "-input=false", f"-out={space.folder / 'saved.bin'}")
    left = space.everything() + b"".join(path.read_bytes() for path in space.folder.glob("*.bin")) + space.hub.request_log.read_bytes()
    shown = space.run("show", str(space.folder / "saved.bin")).text + space.run("show", "-json").text
    checks.that(canary.encode() not in left and len(left) > 1000, "the value is in neither state, plan nor log")
    checks.that(canary not in shown, "nor is it shown")
    write([])
    space.settled("the last one goes", calls=[delete])
    checks.equal(sorted(hub.call("GET", api(at, "/secrets"))[1]), ["THEIRS"], "and what is not ours stays")
    checks.equal(space.run("destroy", "-auto-approve").status, 0, "destroy")
