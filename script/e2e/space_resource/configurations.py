"""Configurations: wrong ones, ones with unknown values, awkward ones, the examples."""

import json
import re
import secrets
import shutil
import time
from pathlib import Path

from harness import ROOT, Checks, Hub

from .app import SOURCE, app, raw
from .space import Space, api


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
