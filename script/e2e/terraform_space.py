"""`huggingface_space` with the real Terraform: made, changed one attribute after the other, corrected, renamed, imported, deleted."""

import base64
import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from harness import ROOT, Checks, Ended, Hub, Project, clean_environment, fetch, program, workplace
from issuer import Issuer
from terraform import HEAD, Configuration

READS = {"GET", "HEAD"}


class Space(Configuration):
    """A configuration with one Space, `huggingface_space.s`, and what the Hub saw of it."""

    def __init__(self, checks: Checks, folder: Path, hub: Hub, address: str = "acme/chat", **options) -> None:
        super().__init__(folder, hub, **options)
        self.checks = checks
        self.hub = hub
        self.address = address
        self.seen = 0

    def run(self, *arguments: str) -> Ended:
        """Without what Terraform says of every development override."""
        ended = super().run(*arguments)
        ended.stdout = re.sub(r"\n*[│╷]?\s*Warning: Provider development overrides[\s\S]*?published\n[│ ]*releases\.\n╵?", "", ended.stdout)
        return ended

    def declare(self, body: str, more: str = "") -> None:
        name = self.address.split("/")[1]
        head = "" if re.search(r"^\s*name\s*=", body, re.M) else f'  name = "{name}"\n'
        self.write(f'resource "huggingface_space" "s" {{\n{head}{body}\n}}\n{more}')

    def wrote(self) -> list[str]:
        """The calls since the last time that change something, without the Hub's address."""
        requests = self.hub.requests()
        new, self.seen = requests[self.seen:], len(requests)
        return [f"{request['method']} {request['path']}" for request in new
                if request["method"] not in READS and "/preupload/" not in request["path"] and request["path"] != "/oauth/token"]

    def info(self, address: str | None = None) -> dict:
        return self.hub.call("GET", f"/api/spaces/{address or self.address}")[1]

    def values(self) -> dict:
        """The resource as the state has it."""
        state = json.loads(self.run_plain("show", "-json").stdout)
        return state["values"]["root_module"]["resources"][0]["values"]

    def changes(self) -> tuple[list[str], list[str]]:
        """What a plan would do, and which attributes that are not computed alone it shows as changed."""
        plan = self.folder / "plan.bin"
        ended = self.run("plan", "-input=false", f"-out={plan}")
        self.checks.equal(ended.status, 0, "a plan is made", ended)
        change = json.loads(self.run_plain("show", "-json", str(plan)).stdout)["resource_changes"][0]["change"]
        before, after = change["before"] or {}, change["after"] or {}
        unknown = change["after_unknown"] or {}
        names = sorted(name for name in {**before, **after} if before.get(name) != after.get(name) and unknown.get(name) is not True)
        return change["actions"], names

    def settled(self, sentence: str, *, calls: list[str] | None = None, warning: str = "") -> Ended:
        """Applies; nothing is to be done after that."""
        self.wrote()
        ended = self.apply()
        self.checks.equal(ended.status, 0, sentence, ended)
        wrote = self.wrote()
        if calls is not None:
            self.checks.equal(wrote, calls, f"{sentence}: by these calls", ended)
        after = self.plan()
        self.checks.equal(after.status, 0, f"{sentence}: no changes after", after)
        self.checks.equal(self.wrote(), [], f"{sentence}: and none of the plan's")
        return ended

    def changed(self, body: str, names: list[str], calls: list[str], sentence: str, more: str = "") -> None:
        """Another configuration: which attributes the plan shows, which calls are made, and that nothing is left to do."""
        self.declare(body, more)
        actions, found = self.changes()
        self.checks.equal((actions, found), (["update"], names), f"{sentence}: planned")
        self.settled(sentence, calls=calls)

    def failed(self, wanted: str, sentence: str, *, place: str | None = None) -> Ended:
        """An apply that is to fail with these words, at a line that holds `place`."""
        ended = self.apply()
        text = " ".join(re.sub(r"[│╷╵]", " ", ended.text).split())
        self.checks.that(ended.status == 1 and re.search(wanted, text), f"{sentence}: {wanted}", ended)
        if place is not None:
            self.checks.that(re.search(r"on main\.tf line \d+.*?: \d+: [^│]*" + place, text), f"{sentence}: at {place}", ended)
        self.checks.that("inconsistent" not in text and "bug in the provider" not in text, f"{sentence}: nothing inconsistent", ended)
        return ended


def api(address: str, rest: str = "") -> str:
    return f"/api/spaces/{address}{rest}"


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


APP = {"Dockerfile": "FROM busybox\nEXPOSE 7860\nCMD [\"httpd\", \"-f\", \"-p\", \"7860\"]\n", "README.md": "# Chat\n\nTalks.\n", "data.txt": "one\n"}


def app(space: Space, **files: str | None) -> None:
    """Writes the app's files; None deletes one."""
    folder = space.folder / "app"
    folder.mkdir(exist_ok=True)
    for name, text in {**({} if (folder / "Dockerfile").exists() else APP), **files}.items():
        path = folder / name.replace("__", ".")
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text)


def commit(hub: Hub, address: str, path: str, text: str) -> None:
    """A commit of somebody else's."""
    lines = [{"key": "header", "value": {"summary": "from elsewhere"}},
             {"key": "file", "value": {"path": path, "content": base64.b64encode(text.encode()).decode(), "encoding": "base64"}}]
    request = urllib.request.Request(
        f"{hub.endpoint}/api/spaces/{address}/commit/main", method="POST", data="\n".join(json.dumps(line) for line in lines).encode(),
        headers={"Authorization": f"Bearer {hub.token}", "Content-Type": "application/x-ndjson"})
    urllib.request.urlopen(request, timeout=30).read()


def files(hub: Hub, address: str) -> list[str]:
    return sorted(entry["path"] for entry in hub.call("GET", api(address, "/tree/main?recursive=true"))[1])


def raw(hub: Hub, address: str, path: str) -> str:
    return fetch(hub.endpoint, hub.token, "GET", f"/spaces/{address}/resolve/main/{path}")[1].decode()


SOURCE = 'source = { path = "${path.module}/app" }\n'


def content(checks: Checks, folder: Path, hub: Hub) -> None:
    space = Space(checks, folder / "content", hub)
    at = space.address
    put = f"POST {api(at, '/commit/main')}"
    app(space)
    (space.folder / "app" / "terraform.tfstate").write_text("a secret")
    (space.folder / "app" / ".env").write_text("a secret")
    space.declare(SOURCE)
    space.settled("a Space is made with its files", calls=["POST /api/repos/create", put])
    checks.equal([path for path in files(hub, at) if path != ".gitattributes"], ["Dockerfile", "README.md", "data.txt"], "all of them, and no state")
    values = space.values()
    checks.equal((values["stage"], values["current_hardware"]), ("RUNNING", "cpu-basic"), "it runs when apply ends")
    checks.equal(values["commit"], space.info()["sha"], "the commit is the Space's head")
    checks.that(values["content_digest"].startswith("sha256:"), "and its files have a digest", values["content_digest"])
    checks.that("sdk: docker" in raw(hub, at, "README.md"), "the README has its front matter")
    app(space, data__txt="two\n")
    actions, _ = space.changes()
    checks.equal(actions, ["update"], "a file that changed is planned")
    space.settled("it is written", calls=[put])
    checks.equal(raw(hub, at, "data.txt"), "two\n", "on the Hub")
    app(space, data__txt=None, more__txt="more\n")
    space.settled("one goes and one comes", calls=[put])
    checks.that("data.txt" not in files(hub, at) and "more.txt" in files(hub, at), "on the Hub", files(hub, at))
    card = SOURCE + 'card = { title = "Chat", emoji = "\U0001F4AC", color_from = "blue", color_to = "indigo", extra = { note = [1, true] } }\n'
    space.changed(card, ["card"], [put], "a card is laid over the README")
    checks.that("title: Chat" in raw(hub, at, "README.md") and "Talks." in raw(hub, at, "README.md"), "on the Hub")
    commit(hub, at, "more.txt", "theirs")
    ended = space.plan()
    checks.equal(ended.status, 2, "a commit of somebody else's is noticed", ended)
    space.failed("has 1 commit that is not ours.*overwrite_foreign = true.*from elsewhere", "and not overwritten", place="source")
    checks.equal(raw(hub, at, "more.txt"), "theirs", "their file is there")
    space.declare(card + "overwrite_foreign = true\n")
    space.settled("unless it is allowed", calls=[put])
    checks.equal(raw(hub, at, "more.txt"), "more\n", "then it goes")
    space.declare(card)
    space.settled("it is forbidden again", calls=[])
    commit(hub, at, "theirs.txt", "theirs")
    space.settled("where nothing of ours was changed, their commit is taken over", calls=[])
    space.declare('card = { title = "Chat only" }')
    space.settled("without a source the card alone is managed", calls=[put])
    checks.that("title: Chat only" in raw(hub, at, "README.md") and "more.txt" in files(hub, at), "and files stay")
    space.declare("")
    space.settled("without both nothing is", calls=[])
    checks.equal(space.values()["content_digest"], None, "and there is no digest")
    checks.equal(space.run("destroy", "-auto-approve").status, 0, "destroy")


def builds(checks: Checks, folder: Path, hub: Hub) -> None:
    space = Space(checks, folder / "builds", hub, address="acme/broken")
    app(space, Dockerfile=APP["Dockerfile"] + "# spaceform-hub: build-error\n")
    space.declare(SOURCE)
    space.failed("BUILD_ERROR.*the end of its build log", "a build that fails is an error, with the end of its log")
    checks.that("acme/broken" in hub.spaces(), "the Space is there")
    listed = space.run("state", "list").stdout
    checks.that("huggingface_space.s" in listed, "and in the state", listed)
    checks.that("is tainted" in space.run("plan").text, "Terraform will make it anew")
    checks.equal(space.run("untaint", "huggingface_space.s").status, 0, "unless it is untainted")
    checks.equal(space.plan().status, 2, "it is not done while it does not run")
    app(space, Dockerfile=APP["Dockerfile"])
    space.settled("with a file that builds it is repaired", calls=["POST /api/spaces/acme/broken/commit/main"])
    app(space, Dockerfile=APP["Dockerfile"] + "# spaceform-hub: runtime-error\n")
    space.failed("RUNTIME_ERROR.*the end of its run log", "an app that fails to start, too")
    checks.equal(space.values()["stage"], "RUNTIME_ERROR", "the state says so")
    ended = space.plan()
    checks.equal(ended.status, 2, "and the next plan waits for it again", ended)
    app(space, Dockerfile=APP["Dockerfile"])
    space.settled("repaired again")
    checks.equal(space.run("destroy", "-auto-approve").status, 0, "destroy")


def drift(checks: Checks, folder: Path, hub: Hub) -> None:
    space = Space(checks, folder / "drift", hub)
    at = space.address
    body = 'hardware = "t4-small"\nsleep_time = "1h"\nvisibility = "private"\nvariables = { A = "1" }\nvolumes = [{ type = "bucket", source = "acme/data", mount = "/data" }]\n'
    space.declare(body)
    space.settled("a Space is made")
    hub.call("POST", api(at, "/hardware"), {"flavor": "cpu-basic"})
    hub.call("PUT", api(at, "/settings"), {"private": False})
    hub.call("POST", api(at, "/variables"), {"key": "A", "value": "2"})
    hub.call("POST", api(at, "/variables"), {"key": "THEIRS", "value": "x"})
    hub.call("PUT", api(at, "/volumes"), {"volumes": []})
    actions, names = space.changes()
    checks.equal((actions, names), (["update"], ["hardware", "variables", "visibility", "volumes"]), "what was changed outside is planned")
    space.settled("and corrected")
    info = space.info()
    checks.equal((info["private"], info["runtime"]["hardware"]["requested"]), (True, "t4-small"), "on the Hub")
    variables = {key: value["value"] for key, value in hub.call("GET", api(at, "/variables"))[1].items()}
    checks.equal(variables, {"A": "1", "THEIRS": "x"}, "and what is not declared is left alone")
    hub.call("DELETE", "/api/repos/delete", {"type": "space", "organization": "acme", "name": "chat"})
    actions, _ = space.changes()
    checks.equal(actions, ["create"], "deleted outside, it is to be made again")
    space.settled("and it is")
    hub.call("DELETE", "/api/repos/delete", {"type": "space", "organization": "acme", "name": "chat"})
    hub.call("POST", "/api/repos/create", {"type": "space", "organization": "acme", "name": "chat", "sdk": "docker"})
    space.failed("is another Space than the one in the state.*terraform state rm", "another Space at its address is not touched")
    checks.that(at in hub.spaces(), "it is there")
    hub.call("DELETE", "/api/repos/delete", {"type": "space", "organization": "acme", "name": "chat"})
    ended = space.run("destroy", "-auto-approve")
    checks.equal(ended.status, 0, "to destroy what is gone is nothing", ended)


def renamed(checks: Checks, folder: Path, hub: Hub) -> None:
    space = Space(checks, folder / "renamed", hub)
    space.declare('name = "chat"\nvariables = { A = "1" }')
    space.settled("a Space is made")
    kept = space.info()["_id"]
    space.changed('name = "talk"\nvariables = { A = "2" }', ["id", "name", "page", "variables"], ["POST /api/repos/move", "POST /api/spaces/acme/talk/variables"], "another name renames it in place")
    checks.equal(space.info("acme/talk")["_id"], kept, "it is the same Space")
    space.changed('name = "local/talk"\nvariables = { A = "2" }', ["id", "name", "owner", "page"], ["POST /api/repos/move"], "another owner moves it")
    checks.equal(space.info("local/talk")["_id"], kept, "it is the same Space")
    space.declare('name = "talk"\nowner = "local"\nvariables = { A = "2" }')
    checks.equal(space.plan().status, 0, "the same address in other words is no change")
    hub.call("POST", "/api/repos/move", {"type": "space", "fromRepo": "local/talk", "toRepo": "local/elsewhere"})
    actions, names = space.changes()
    checks.equal((actions, names), (["update"], ["id", "name", "page"]), "renamed outside, it is to be renamed back")
    space.settled("and it is", calls=["POST /api/repos/move"])
    checks.equal(space.info("local/talk")["_id"], kept, "it is the same Space")
    space.changed('name = "talk"\nvariables = { A = "2" }', ["id", "owner", "page"], ["POST /api/repos/move"], "and back to the default owner")
    space.declare('name = "talk"\nregion = "us"\nvariables = { A = "2" }')
    space.settled("a region that it has already")
    space.declare('name = "talk"\nregion = "eu"\nvariables = { A = "2" }')
    actions, _ = space.changes()
    checks.equal(actions, ["delete", "create"], "another region replaces it")
    space.settled("and it is replaced", calls=["DELETE /api/repos/delete", "POST /api/repos/create"])
    checks.that(space.info("acme/talk")["_id"] != kept, "it is another Space")
    space.declare('name = "talk"\nregion = "eu"\ntemplate = "SpacesExamples/jupyterlab"\nwait = { until = "none" }')
    space.settled("a template that was not used is no reason to make it anew")
    space.declare('name = "talk"\nregion = "eu"\ntemplate = "SpacesExamples/fastapi"\nwait = { until = "none" }')
    checks.equal(space.changes()[0], ["delete", "create"], "another template is")
    checks.equal(space.run("destroy", "-auto-approve").status, 0, "destroy")
    checks.equal(hub.spaces("local") + hub.spaces(), [], "nothing is left")


def imported(checks: Checks, folder: Path, hub: Hub) -> None:
    hub.call("POST", "/api/repos/create", {
        "type": "space", "organization": "acme", "name": "old", "sdk": "gradio", "private": True, "hardware": "t4-small", "sleepTimeSeconds": 3600,
        "variables": [{"key": "A", "value": "1", "description": "the first"}, {"key": "B", "value": "${x} %{y}"}], "secrets": [{"key": "K", "value": "v"}],
        "volumes": [{"type": "bucket", "source": "acme/data", "mountPath": "/data", "readOnly": True}]})
    body = (
        'name = "old"\nsdk = "gradio"\nhardware = "t4-small"\nsleep_time = "1h"\nvisibility = "private"\n'
        'variables = { A = "1", B = "$${x} %%{y}" }\nvolumes = [{ type = "bucket", source = "acme/data", mount = "/data", read_only = true }]\n')
    block = 'import {\n  to = huggingface_space.s\n  id = "acme/old"\n}\n'
    space = Space(checks, folder / "imported", hub, address="acme/old")
    space.declare(body, block)
    space.wrote()
    ended = space.apply()
    checks.that(ended.status == 0 and "1 imported, 0 added, 0 changed" in ended.text, "an import block imports and changes nothing", ended)
    checks.equal((space.plan().status, space.wrote()), (0, []), "no changes after")
    space.declare(body.replace('A = "1", ', ""))
    space.settled("what was imported is ours: a variable goes", calls=["DELETE /api/spaces/acme/old/variables"])
    space.declare(body)
    space.settled("and comes")
    (space.folder / "terraform.tfstate").unlink()
    ended = space.run("import", "huggingface_space.s", "acme/old")
    checks.equal(ended.status, 0, "terraform import", ended)
    checks.equal(space.plan().status, 0, "no changes after")
    (space.folder / "terraform.tfstate").unlink()
    ended = space.run("import", "huggingface_space.s", "acme/nowhere")
    checks.that(ended.status == 1 and "non-existent" in ended.text, "what is not there is not imported", ended)
    ended = space.run("import", "huggingface_space.s", "nowhere")
    checks.that(ended.status == 1 and "no import id" in ended.text, "nor what is no address", ended)
    space.write(block)
    generated = space.folder / "generated.tf"
    ended = space.run("plan", "-input=false", f"-generate-config-out={generated}")
    checks.equal(ended.status, 0, "the configuration is generated", ended)
    space.write(block)
    ended = space.apply()
    checks.that(ended.status == 0 and "1 imported, 0 added, 0 changed" in ended.text, "and imports without a change", ended.text + generated.read_text())
    checks.equal(space.plan().status, 0, "no changes after")
    checks.equal(space.run("destroy", "-auto-approve").status, 0, "destroy")


def bad_input(checks: Checks, folder: Path, hub: Hub) -> None:
    space = Space(checks, folder / "bad", hub)
    for body, wanted, place in (
        ('sdk = "static"\nsecrets = { K = "v" }', r"SF\d+", "secrets"),
        ('variables = { A = "1" }\nsecrets = { A = "v" }', r"SF\d+", ""),
        ('variables = {\n  "A-B" = "1"\n}', r"SF\d+: .*A-B", '"A-B"'),
        ('volumes = [{ type = "model", source = "acme/m", mount = "data" }]', r"SF\d+", "volumes"),
        ('volumes = [{ type = "model", source = "acme/m", mount = "/d" }, { type = "bucket", source = "acme/m", mount = "/d" }]', r"SF\d+", "volumes"),
        ('source = { path = "${path.module}/nowhere" }', r"SF\d+: .*nowhere", "source"),
        ('card = { titel = "x" }', r"SF\d+: .*titel.*title", ""),
        ('wait = { until = "never" }', r"SF\d+: .*never", "wait"),
        ('replicas = 0\nhardware = "t4-small"', r"SF\d+", "replicas"),
        ('secrets_version = 1.5', "whole number", "secrets_version"),
        ('variables = { A = "1" }\nvariable_descriptions = { B = "x" }', "B is described and is no variable", ""),
        ('name = "acme/x"\nowner = "beta"', "two owners", "owner"),
        ('name = "a b"', r"SF\d+: .*a b", "name"),
    ):
        space.declare(body)
        ended = space.run("validate")
        text = " ".join(re.sub(r"[│╷╵]", " ", ended.text).split())
        checks.that(ended.status == 1 and re.search(wanted, text), f"{body[:60]}: {wanted}", ended)
        checks.that(re.search(r"on main\.tf line \d+", text) and place in text, f"{body[:60]}: where it stands", ended)
    for body, wanted in (
        ('hardware = "t4-smal"', r"SF103: .*t4-smal.*t4-small"), ('sleep_time = "1h"', r"SF105: .*spaceform explain SF105"),
        ('hardware = "t4-small"', r"SF\d+: "),
    ):
        space.declare(body)
        ended = space.run("validate")
        text = " ".join(ended.text.split())
        checks.that(ended.status == 0 and re.search("Warning: " + wanted, text) and body in text, f"{body}: a warning", ended)
    hub.call("POST", "/api/repos/create", {"type": "space", "organization": "acme", "name": "taken", "sdk": "docker"})
    space.declare('name = "taken"')
    space.failed("acme/taken exists already.*terraform import", "a name that is taken", place='name = "taken"')
    checks.equal(space.run("state", "list").stdout, "", "nothing is in the state")
    hub.call("DELETE", "/api/repos/delete", {"type": "space", "organization": "acme", "name": "taken"})
    space.declare('name = "nobody/x"')
    space.failed("nobody", "a namespace that the token may not write", place="name")
    poor = Space(checks, folder / "poor", hub, token="hf_free")
    poor.declare('name = "free/x"\nhardware = "t4-small"')
    poor.failed("free/x cannot be created.*paid plan|no payment method", "an account without a plan")
    reader = Space(checks, folder / "reader", hub, token="hf_readonly")
    reader.declare("")
    reader.failed("read-only", "a token that may only read")
    space.write('provider "huggingface" {\n  alias = "bare"\n}\nresource "huggingface_space" "s" {\n  provider = huggingface.bare\n  name = "x"\n}\n')
    ended = space.plan()
    checks.that(ended.status == 1 and "has no owner" in ended.text, "no owner at all", ended)


def unknowns(checks: Checks, folder: Path, hub: Hub) -> None:
    space = Space(checks, folder / "unknowns", hub)
    app(space)
    app(space, README__md="---\nsdk: static\n---\n", index__html="<p>hello</p>\n")
    space.write("""
resource "terraform_data" "name" { input = "late" }
resource "huggingface_space" "s" {
  name       = terraform_data.name.output
  hardware   = terraform_data.name.output == "late" ? "cpu-basic" : "t4-small"
  variables  = { OTHER = huggingface_space.other.url, NAME = terraform_data.name.output }
  secrets    = { K = huggingface_space.other.id }
  visibility = terraform_data.name.output == "late" ? "public" : "private"
}
resource "huggingface_space" "other" {
  name = "other"
  sdk  = "static"
}
resource "terraform_data" "path" { input = "${path.module}/app" }
resource "huggingface_space" "files" {
  name   = "files"
  source = { path = terraform_data.path.output }
  card   = { title = terraform_data.name.output }
}
resource "huggingface_space" "each" {
  for_each  = toset(["a", "b"])
  name      = "each-${each.key}"
  variables = { PAGE = huggingface_space.other.page }
}
""")
    space.settled("values that are known only after apply")
    variables = hub.call("GET", api("acme/late", "/variables"))[1]
    checks.equal(variables["OTHER"]["value"], "https://acme-other.static.hf.space", "another Space's address arrives")
    checks.equal(space.info("acme/late")["private"], False, "and settings")
    checks.equal(hub.spaces(), ["acme/each-a", "acme/each-b", "acme/files", "acme/late", "acme/other"], "all are there")
    checks.that("title: late" in raw(hub, "acme/files", "README.md") and space.info("acme/files")["sdk"] == "static", "with files and card")
    text = (space.folder / "main.tf").read_text()
    (space.folder / "main.tf").write_text(text.replace('input = "late"', 'input = "later"').replace(' == "late"', ' != ""'))
    space.settled("all of them unknown once more: one is renamed")
    checks.that("title: later" in raw(hub, "acme/files", "README.md"), "the card is another")
    checks.that("acme/later" in hub.spaces() and "acme/late" not in hub.spaces(), "on the Hub", hub.spaces())
    checks.equal(space.run("destroy", "-auto-approve").status, 0, "destroy")
    checks.equal(hub.spaces(), [], "leaves nothing")

def awkward(checks: Checks, folder: Path, hub: Hub) -> None:
    """Values that a careless reader would change, and many of them."""
    space = Space(checks, folder / "awkward", hub)
    values = {
        "EMPTY": "", "BLANKS": "  both ends  ", "LINES": "one\ntwo\n\n\tthree\n", "QUOTES": "say \"hi\" \\ 'there'", "EMOJI": "👋 日本 é \U0010ffff",
        "STEERING": "\u001b[31mred\u202e\u0085\ufeff", "REFERENCE": "${space.other.url} $${space} $$ ${x}", "YAML": "- {a: [1, ~]} # no", "BOOL": "yes",
        "NUMBER": "012", "LONG": "x" * 20000,
    }

    def text(more: str = "") -> str:
        inside = "\n".join(f"  {name} = {json.dumps(value, ensure_ascii=False).replace('${', '$${').replace('$$$${', '$$$${')}" for name, value in values.items())
        return f"variables = {{\n{inside}\n{more}}}\n"

    space.declare(text())
    space.settled("awkward values arrive")
    found = {name: value["value"] for name, value in hub.call("GET", api(space.address, "/variables"))[1].items()}
    checks.equal(found, {**values, "REFERENCE": found.get("REFERENCE")}, "as they are written")
    checks.that("${space.other.url}" in found["REFERENCE"], "and are no references", found["REFERENCE"])
    checks.equal(space.values()["variables"], found, "the state has the same")
    space.declare(text("  NOTHING = null\n"))
    space.settled("a null among them is none", calls=[])
    checks.equal(space.run("destroy", "-auto-approve").status, 0, "destroy")
    space.declare("variables = {\n" + "".join(f'  KEY_{number} = "value {number}"\n' for number in range(10000)) + "}\n")
    began = time.monotonic()
    space.settled("ten thousand variables", calls=["POST /api/repos/create"])
    print(f"    10,000 variables, made and planned again: {time.monotonic() - began:.1f} s", flush=True)
    checks.equal(len(hub.call("GET", api(space.address, "/variables"))[1]), 10000, "all are there")
    checks.equal(space.run("destroy", "-auto-approve").status, 0, "destroy")


def sdks(checks: Checks, folder: Path, hub: Hub) -> None:
    """What a Space is made with, which its README says."""
    space = Space(checks, folder / "sdks", hub)
    put = f"POST {api(space.address, '/commit/main')}"
    space.declare('sdk = "static"')
    space.settled("a static Space", calls=["POST /api/repos/create"])
    checks.equal(space.values()["hardware"], None, "has no hardware")
    space.declare('sdk = "gradio"')
    space.failed("The sdk of a Space is what its README says.*card", "nothing writes the README", place="sdk")
    space.declare('sdk = "gradio"\ncard = { sdk_version = "5.0.0" }')
    space.settled("with a card it is changed", calls=[put])
    checks.equal(space.info()["sdk"], "gradio", "on the Hub")
    app(space, README__md="---\nsdk: static\ntitle: From the README\n---\nHello\n", index__html="<p>hello</p>\n", Dockerfile=None)
    space.declare(SOURCE)
    space.settled("a README in the source says it, too")
    checks.equal((space.values()["sdk"], space.values()["hardware"]), ("static", None), "and so it is planned")
    checks.equal(space.run("destroy", "-auto-approve").status, 0, "destroy")


def addresses(checks: Checks, folder: Path, hub: Hub) -> None:
    """`moved` blocks, count and for_each are Terraform's own; nothing happens to the Space."""
    space = Space(checks, folder / "addresses", hub)
    space.declare('variables = { A = "1" }')
    space.settled("a Space is made")
    space.write('resource "huggingface_space" "t" {\n  for_each = toset(["chat"])\n  name = each.key\n  variables = { A = "1" }\n}\nmoved {\n  from = huggingface_space.s\n  to = huggingface_space.t["chat"]\n}\n')
    space.settled("a moved block", calls=[])
    space.write('removed {\n  from = huggingface_space.t\n  lifecycle {\n    destroy = false\n  }\n}\n')
    space.settled("is forgotten", calls=[])
    checks.equal(hub.spaces(), ["acme/chat"], "it is there all the same")
    space.write("")
    hub.call("DELETE", "/api/repos/delete", {"type": "space", "organization": "acme", "name": "chat"})


def examples(checks: Checks, folder: Path, hub: Hub) -> None:
    """The examples are valid, formatted, and do what they say."""
    hub.call("POST", "/api/repos/create", {
        "type": "space", "organization": "acme", "name": "chat", "sdk": "docker", "hardware": "cpu-basic", "private": False,
        "variables": [{"key": "LOG_LEVEL", "value": "info"}]})
    for example in sorted(path for path in (ROOT / "examples" / "terraform").iterdir() if (path / "main.tf").exists()):
        name = example.name
        space = Space(checks, folder / f"example-{name}", hub)
        shutil.copytree(example, space.folder, dirs_exist_ok=True)
        space.environment |= {"TF_VAR_owner": "acme", "TF_VAR_api_key": f"canary-{secrets.token_hex(8)}"}
        ended = space.run("fmt", "-check", "-diff", "-recursive")
        checks.equal(ended.status, 0, f"example {name} is formatted", ended)
        ended = space.run("validate")
        checks.equal(ended.status, 0, f"example {name} is valid", ended)
        if list(space.folder.glob("*.tftest.hcl")):
            ended = space.run("test")
            checks.that(ended.status == 0 and "1 passed, 0 failed" in ended.text, f"example {name}: terraform test", ended)
        ended = space.settled(f"example {name} is applied")
        if name == "import":
            checks.that("1 imported, 0 added, 0 changed" in ended.text, "the import changes nothing", ended)
        checks.that(space.environment["TF_VAR_api_key"].encode() not in space.everything(), f"example {name} keeps no secret")
        checks.equal(space.run("destroy", "-auto-approve").status, 0, f"example {name} is destroyed")
    checks.equal(hub.spaces(), [], "nothing is left")


def lost(checks: Checks, folder: Path) -> None:
    """Calls whose answers are lost, and calls that are refused for a while."""
    faults = "create:reset-after*1,hardware:reset-after*1,commit:reset-after*1,variables:503*1,move:reset-before*1,list:503*1"
    with Hub(folder / "faulty-hub", speed=200, options=("--faults", faults)) as hub:
        space = Space(checks, folder / "lost", hub)
        app(space)
        space.declare(SOURCE)
        space.settled("a create and a commit whose answers are lost are found out about")
        space.declare(SOURCE + 'hardware = "t4-small"\nvariables = { A = "1" }')
        space.settled("hardware and variables, too")
        space.declare(SOURCE + 'name = "moved"\nhardware = "t4-small"\nvariables = { A = "1" }')
        space.settled("and a move that did not arrive")
        made = [request for request in hub.requests() if request["path"] == "/api/repos/create"]
        checks.equal((hub.spaces(), len(made)), (["acme/moved"], 1), "there is one Space, made once")
    with Hub(folder / "limited-hub", speed=200, options=("--faults", "create:429-action*9")) as hub:
        space = Space(checks, folder / "limited", hub)
        space.declare("")
        ended = space.failed("Creating acme/chat failed", "a limit of the Hub's is an error", place="name")
        checks.that("429" in ended.text, "in its own words", ended)
        checks.equal((space.run("state", "list").stdout, hub.spaces()), ("", []), "nothing was made, and nothing is in the state")


def halfway(checks: Checks, folder: Path) -> None:
    """A change that stops in the middle: what was done is in the state."""
    with Hub(folder / "half-hub", speed=200, options=("--faults", "hardware:403*1")) as hub:
        space = Space(checks, folder / "halfway", hub)
        space.declare('variables = { A = "1", B = "1" }')
        space.settled("a Space is made")
        space.declare('variables = { A = "2" }\nhardware = "t4-small"\nsleep_time = "1h"')
        space.failed("Requesting t4-small for acme/chat failed", "hardware is refused", place="hardware")
        values = space.values()
        checks.equal((values["variables"], values["hardware"]), ({"A": "2"}, "cpu-basic"), "the variables are done, the hardware is not")
        actions, names = space.changes()
        checks.equal((actions, names), (["update"], ["hardware", "sleep_time"]), "the next plan has what is left")
        space.settled("and does it", calls=["POST /api/spaces/acme/chat/hardware"])


def stopped(checks: Checks, folder: Path) -> None:
    """Ctrl-C in the middle of a create that waits, and of a create call itself."""
    for name, faults, wanted in (
        ("waiting", "commit:slow-build=10m*9", ["acme/chat"]), ("creating", "create:slow=4s*1", ["acme/chat"]),
    ):
        with Hub(folder / f"stop-{name}-hub", speed=1, options=("--faults", faults)) as hub:
            space = Space(checks, folder / f"stop-{name}", hub)
            app(space)
            space.declare(SOURCE if name == "waiting" else "")
            process = subprocess.Popen(
                space.command("apply", "-auto-approve", "-input=false"), env=space.environment, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True, stdin=subprocess.DEVNULL, start_new_session=True)
            mark = "/commit/main" if name == "waiting" else "/api/repos/create"
            # A call is in the log when it is answered.
            deadline = time.monotonic() + 60
            while name == "waiting" and time.monotonic() < deadline and not any(request["path"].endswith(mark) for request in hub.requests()):
                time.sleep(0.1)
            time.sleep(3 if name == "creating" else 1)
            began = time.monotonic()
            os.killpg(process.pid, signal.SIGINT)
            output, _ = process.communicate(timeout=90)
            checks.that(time.monotonic() - began < 15, f"Ctrl-C while {name} ends the apply soon", output)
            checks.that("panic" not in output and "plugin crashed" not in output and "inconsistent" not in output, "in good order", output)
            checks.equal(hub.spaces(), wanted, f"{name}: the Space is there", output)
            checks.that("huggingface_space.s" in space.run("state", "list").stdout, f"{name}: and in the state", output)
            checks.equal(space.run("destroy", "-auto-approve").status, 0, "destroy")
            checks.equal(hub.spaces(), [], "leaves nothing")


def stopped_among_many(checks: Checks, folder: Path) -> None:
    """Ctrl-C while many Spaces wait for their turn to be made."""
    with Hub(folder / "queue-hub", speed=1000, options=("--latency", "400ms")) as hub:
        space = Space(checks, folder / "queue", hub)
        space.write('resource "huggingface_space" "s" {\n  count = 60\n  name = "s-${count.index}"\n  sdk = "static"\n}\n')
        process = subprocess.Popen(
            space.command("apply", "-auto-approve", "-input=false", "-parallelism=50"), env=space.environment, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, stdin=subprocess.DEVNULL, start_new_session=True)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and sum(request["path"] == "/api/repos/create" for request in hub.requests()) < 3:
            time.sleep(0.1)
        began = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        output, _ = process.communicate(timeout=90)
        checks.that(time.monotonic() - began < 8, "Ctrl-C ends an apply in which many wait", output[-3000:])
        made = hub.spaces()
        known = [line for line in space.run("state", "list").stdout.splitlines() if line]
        checks.that(3 <= len(made) < 30, "some are made", made)
        checks.equal(len(known), len(made), "and Terraform knows of all of them", output[-3000:])
        ended = space.apply("-parallelism=50")
        checks.equal((ended.status, len(hub.spaces())), (0, 60), "the next apply makes the rest", ended)
        print(f"    stopped after {len(made)} of 60", flush=True)


def stopped_reading(checks: Checks, folder: Path) -> None:
    """Ctrl-C in a refresh that waits for a list."""
    with Hub(folder / "stuck-list-hub") as hub:
        space = Space(checks, folder / "stuck-list", hub)
        space.declare("")
        space.settled("a Space is made")
        hub.call("POST", "/_hub/faults", {"faults": "list:slow=60s*9", "seed": 1})
        process = subprocess.Popen(
            space.command("plan", "-input=false"), env=space.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            stdin=subprocess.DEVNULL, start_new_session=True)
        time.sleep(3)
        began = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        output, _ = process.communicate(timeout=90)
        checks.that(time.monotonic() - began < 10 and "plugin crashed" not in output, "Ctrl-C ends a refresh that waits", output)


def timeouts(checks: Checks, folder: Path) -> None:
    """A change that takes longer than it may."""
    with Hub(folder / "timeouts-hub", speed=1, options=("--faults", "commit:slow-build=10m*1")) as hub:
        space = Space(checks, folder / "timeouts", hub)
        app(space)
        space.declare(SOURCE + 'timeouts = { create = "soon" }')
        space.failed("length of time", "no length of time", place="timeouts")
        space.declare(SOURCE + 'timeouts = { create = "5s", update = "2m", delete = "1m" }')
        began = time.monotonic()
        space.failed("The time is over.*not done within 5s", "a create that is to take five seconds", place="timeouts")
        checks.that(time.monotonic() - began < 30, "takes no more")
        checks.that("huggingface_space.s" in space.run("state", "list").stdout, "the Space is in the state")
        checks.equal(space.run("untaint", "huggingface_space.s").status, 0, "kept")
        app(space, Dockerfile=APP["Dockerfile"] + "# again\n")
        space.settled("and the update has the time that it needs")
        checks.equal(space.run("destroy", "-auto-approve").status, 0, "destroy")


def killed(checks: Checks, folder: Path) -> None:
    """The provider is killed while a new Space is built: the one case in which Terraform does not know of it."""
    with Hub(folder / "killed-hub", speed=1, options=("--faults", "commit:slow-build=20s*1")) as hub:
        space = Space(checks, folder / "killed", hub)
        app(space)
        space.declare(SOURCE)
        process = subprocess.Popen(
            space.command("apply", "-auto-approve", "-input=false"), env=space.environment, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not any(request["path"].endswith("/commit/main") for request in hub.requests()):
            time.sleep(0.1)
        plugins = [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/stat") if parent(path) == process.pid]
        checks.equal(len(plugins), 1, "the provider is Terraform's child")
        for plugin in plugins:
            os.kill(plugin, signal.SIGKILL)
        output, _ = process.communicate(timeout=60)
        checks.that(process.returncode == 1, "Terraform says so", output)
        space.failed("acme/chat exists already.*terraform import", "the Space is not made twice", place="name")
        ended = space.run("import", "huggingface_space.s", space.address)
        checks.equal(ended.status, 0, "imported", ended)
        space.settled("it is applied as if nothing had happened", calls=[])
        checks.equal(space.run("destroy", "-auto-approve").status, 0, "destroy")


def parent(stat: Path) -> int | None:
    with contextlib.suppress(OSError):
        return int(stat.read_text().rsplit(")", 1)[1].split()[1])
    return None


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


ON_ONE_HUB = [attributes, secret_values, content, builds, drift, renamed, imported, bad_input, unknowns, awkward, sdks, addresses, examples]
ON_THEIR_OWN = [lost, halfway, stopped, stopped_among_many, stopped_reading, timeouts, killed, many, exported, keyless]


def main() -> None:
    checks = Checks()
    if shutil.which("terraform") is None:
        print("there is no terraform here: the provider is not checked with it", flush=True)
        checks.finish()
        return
    # Words after the name choose parts.
    chosen = [part for part in ON_ONE_HUB + ON_THEIR_OWN if part.__name__ in sys.argv[1:] or not sys.argv[1:]]
    with workplace() as folder:
        with Hub(folder / "hub", speed=200) as hub:
            for part in ON_ONE_HUB:
                if part in chosen:
                    part(checks, folder, hub)
        for part in ON_THEIR_OWN:
            if part in chosen:
                part(checks, folder)
    checks.finish()


if __name__ == "__main__":
    main()
