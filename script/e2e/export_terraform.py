"""`spaceform export terraform`: what it writes is read by the real Terraform, value by value."""

import json
import re
import secrets
import subprocess
from pathlib import Path

from harness import Checks, Hub, Project, workplace
from terraform_cli import environment, terraform_is_missing

VALUES = {
    "PLAIN": "info",
    "TEMPLATE": "${path.module} and %{ if true }x%{ endif }",
    "DOLLARS": "$$ $${x} $",
    "QUOTES": "say \"hi\" \\ 'there'",
    "LINES": "one\ntwo\n\n\tthree\n",
    "EMOJI": "👋 日本 é",
    "STEERING": "\u001b[31mred\u202e",
    "BLANKS": "  both ends  ",
    "EMPTY": "",
    "LONG": "x" * 5000,
}


def terraform(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    settings = folder / "cli.tfrc"
    settings.write_text("")
    return subprocess.run(
        ["terraform", f"-chdir={folder}", *arguments], env=environment(folder, settings), capture_output=True, text=True, stdin=subprocess.DEVNULL)


def evaluated(folder: Path, text: str) -> dict:
    """The arguments of the one resource in a text, as Terraform itself reads them."""
    folder.mkdir()
    inside = re.sub(r'^resource "huggingface_space" "[^"]*" \{\n', "output \"space\" {\n  value = {\n", text, count=1)
    (folder / "main.tf").write_text(inside.rstrip() + "\n}\n")
    for arguments in (("init", "-input=false"), ("apply", "-auto-approve", "-input=false"), ("output", "-json")):
        ended = terraform(folder, *arguments)
        if ended.returncode != 0:
            raise RuntimeError(f"terraform {' '.join(arguments)}: {ended.stdout}{ended.stderr}\n{text[:2000]}")
    return json.loads(ended.stdout)["space"]["value"]


def fleet(checks: Checks, folder: Path, has_terraform: bool) -> None:
    values = {name: f"canary-{secrets.token_hex(12)}" for name in ("FEEDBACK_ADMIN_KEY", "FLEET_REPORT_TOKEN")}
    with Hub(folder / "hub", speed=200) as hub:
        project = Project.copy(folder / "fleet", hub, **values)
        ended = project.run("apply", "--auto-approve")
        checks.equal(ended.status, 0, "a fleet is applied", ended)
        calls = len(hub.requests())
        target = project.folder / "infrastructure" / "hub"
        ended = project.run("export", "terraform", str(target), "--format", "json")
        checks.equal(ended.status, 0, "and exported", ended)
        checks.equal(len(hub.requests()), calls, "without asking the Hub")
        checks.equal(ended.json()["imported"], project.addresses, "each Space is to be imported")
        checks.equal(sorted(path.name for path in target.iterdir()), sorted(ended.json()["files"]), "the files it names are there")
        spaces = (target / "spaces.tf").read_text()
        checks.equal(spaces.count('resource "huggingface_space"'), len(project.addresses), "with a resource for each Space")
        paths = re.findall(r'path += "\$\{path\.module\}/([^"]+)"', spaces)
        checks.that(len(paths) == len(project.addresses) and all((target / path).is_dir() for path in paths), "files are found from there", paths)
        texts = "".join(path.read_text() for path in target.iterdir())
        checks.that(not any(value in texts for value in values.values()), "no secret is in it")
        declared = set(re.findall(r'variable "([^"]+)"', texts))
        used = set(re.findall(r"\bvar\.([a-z0-9_]+)", texts))
        checks.that(declared and declared == used, "each secret is a variable", (declared, used))
        checks.equal(set(re.findall(r"to += huggingface_space\.([a-z0-9_]+)", texts)),
                     set(re.findall(r'resource "huggingface_space" "([^"]+)"', texts)), "imports name the resources")
        if has_terraform:
            ended = terraform(target, "fmt", "-check", "-diff")
            (target / "cli.tfrc").unlink()
            checks.that(ended.returncode == 0, "Terraform's formatter has nothing to change", ended.stdout + ended.stderr)
        again = project.run("export", "terraform", str(target))
        checks.that(again.status == 1 and "--force" in again.stderr, "what is there is not written over", again)
        ended = project.run("export", "terraform", str(target), "--force")
        checks.equal(ended.status, 0, "unless asked to", ended)
        checks.equal(project.run("plan", "--detailed-exitcode").status, 0, "the project itself is as it was")
        project.write("blocked", "a file")
        ended = project.run("export", "terraform", str(project.folder / "blocked"))
        checks.that(ended.status == 1 and "cannot be made" in ended.stderr, "a file in the way is said", ended)


def values(checks: Checks, folder: Path) -> None:
    project = Project.copy(folder / "values")
    for path in project.definitions:
        path.unlink()
    project.write("spaceform.yaml", "version: 1\nproject: values\nowner: acme\n")
    variables = {name: {"value": value, "description": value[:100] or "-"} for name, value in VALUES.items()}
    document = {
        "name": "odd", "sdk": "static", "variables": variables, "source": {"path": "apps/odd", "ignore": ["a b", "*.x"]},
        "card": {"title": "T \"q\" ${x}", "color_from": "red", "tags": ["a", "b"], "extra": {"deep key": {"x": [1, True, None, "%{y}"]}}},
    }
    (project.folder / "apps" / "odd").mkdir()
    project.write("apps/odd/index.html", "<p>odd</p>\n")
    # JSON is YAML.
    project.write("spaces/odd.space.yaml", json.dumps(document, ensure_ascii=False).replace("${space", "$${space"))
    ended = project.run("export", "terraform", str(folder / "odd"))
    checks.equal(ended.status, 0, "odd values are exported", ended)
    read = evaluated(folder / "evaluated", (folder / "odd" / "spaces.tf").read_text())
    checks.equal(read["variables"], VALUES, "Terraform reads the values that the definition has")
    checks.equal(read["variable_descriptions"], {name: value[:100] or "-" for name, value in VALUES.items()}, "and the descriptions")
    checks.equal(read["card"], document["card"], "and the card, with all that is in it")
    checks.equal((read["name"], read["owner"], read["sdk"]), ("odd", "acme", "static"), "and what it is")
    checks.equal(read["source"]["ignore"], ["a b", "*.x"], "and lists")


def main() -> None:
    checks = Checks()
    has_terraform = not terraform_is_missing("what it would read is not checked")
    with workplace() as folder:
        fleet(checks, folder, has_terraform)
        if has_terraform:
            values(checks, folder)
    checks.finish()


if __name__ == "__main__":
    main()
