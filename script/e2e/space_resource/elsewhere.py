"""What others did on the Hub: changed, renamed, made."""

from pathlib import Path

from harness import Checks, Hub

from .space import Space, api


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
