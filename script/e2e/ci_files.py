"""The files for pipelines are what GitHub and GitLab take them for, and nothing in them is dangerous."""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from harness import ROOT, Checks
from pipelines.gitlab import component

CI = ROOT / "ci"
# The commits of other people's actions that may be named.
PINNED = {
    "actions/checkout": "11bd71901bbe5b1630ceea73d27597364c9af683",
    "actions/upload-artifact": "ea165f8d65b6e75b540449e92b4886f43607fa02",
    "actions/cache": "5a3ec84eff668545956fd18022155c47e93e2684",
    "actions/download-artifact": "d3f86a106a0bac45b974a628896c90dbdf5c8093",
    "actions/attest-build-provenance": "0f67c3f4856b2e3261c31976d6725780e5e4c373",
    "pypa/gh-action-pypi-publish": "dc37677b2e1c63e2034f94d8a5b11f265b73ba33",
}
# What this repository itself is tested and released by.
OWN = ROOT / ".github" / "workflows"
ZEROS = "0" * 40


def tool(name: str, *words: str) -> subprocess.CompletedProcess:
    program = Path(sys.executable).parent / name
    return subprocess.run([str(program), *words], capture_output=True, text=True, check=False)


def steps(document: dict) -> list[dict]:
    found = list(document.get("runs", {}).get("steps", []))
    for job in document.get("jobs", {}).values():
        found += job["steps"]
    return found


def github(checks: Checks) -> None:
    actions = sorted(CI.glob("github/*/action.yml"))
    workflows = sorted(CI.glob("github/workflows/*.yml"))
    checks.that(len(actions) == 6 and len(workflows) == 3, "six actions and three workflows", actions + workflows)
    own = sorted(OWN.glob("*.yml"))
    checks.equal([file.stem for file in own], ["release", "test"], "two workflows of our own")
    workflows += own
    for file in actions + workflows:
        name = file.relative_to(ROOT)
        schema = "vendor.github-actions" if file in actions else "vendor.github-workflows"
        ended = tool("check-jsonschema", "--builtin-schema", schema, str(file))
        checks.equal(ended.returncode, 0, f"{name} is valid by GitHub's schema", ended.stdout + ended.stderr)
        # Named one by one: a folder of examples would be passed by.
        ended = tool("zizmor", "--offline", "--persona", "auditor", "--no-progress", "--format", "json", str(file))
        reported = [finding for finding in json.loads(ended.stdout or "null") or [] if not finding.get("ignored")]
        checks.that(ended.returncode == 0 and reported == [], f"zizmor reports nothing of {name}", ended.stdout + ended.stderr)
        document = yaml.safe_load(file.read_text())
        for step in steps(document):
            if "run" in step:
                checks.that("${{" not in step["run"], f"{name}: what is given to a shell comes through its environment", step["run"])
            action, _, commit = step.get("uses", "").partition("@")
            if action.startswith("acme/spaceform/"):
                place = ROOT / action.removeprefix("acme/spaceform/") / "action.yml"
                checks.that(place.exists() and commit == ZEROS, f"{name} uses an action that is here", step)
                if place.exists():
                    declared = yaml.safe_load(place.read_text())["inputs"]
                    checks.that(set(step.get("with", {})) <= set(declared), f"{name} gives it inputs that it has", step)
            elif action:
                checks.equal(commit, PINNED.get(action), f"{name} names {action} by its commit")
    for file in workflows:
        document = yaml.safe_load(file.read_text())
        checks.equal(document["permissions"], {}, f"{file.name}: a job may do what it says and nothing else")
    broken = "name: x\ndescription: x\nruns:\n  using: composite\n  steps:\n    - shell: bash\n      run: echo ${{ github.event.issue.title }}\n"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "action.yml"
        file.write_text(broken)
        checks.that(tool("zizmor", "--offline", "--persona", "auditor", str(file)).returncode != 0, "zizmor would report something")


def release(checks: Checks) -> None:
    """The release makes what others fetch, from the version in the one place, and says nothing twice that could differ."""
    workflow = yaml.safe_load((OWN / "release.yml").read_text())
    fetched = re.search(r'name="(spaceform-\$VERSION-linux-[^"]+)"', (CI / "github" / "setup" / "action.yml").read_text())[1]
    made = re.search(r'given\.out / f"\{laid_out\.name\}(-linux-\S+)"', (ROOT / "script" / "packages" / "main.py").read_text())[1]
    checks.equal(fetched.replace("$(uname -m)", "{machine()}"), f"spaceform-$VERSION{made}", "the action `setup` fetches the name that script/package gives")
    (built,) = [step["run"] for step in steps(workflow) if "docker build --file" in step.get("run", "")]
    checks.that(f"TARBALL={fetched.replace('$(uname -m)', '$MACHINE')}" in built, "the image is made of that file", built)
    published = json.dumps(workflow["jobs"]["publish"])
    checks.that("> ../SHA256SUMS" in published and "packages/*" in published, "with the checksums that it compares, and all files are published")
    machines = {entry["machine"] for entry in workflow["jobs"]["packages"]["strategy"]["matrix"]["include"]}
    checks.equal(machines, {"x86_64", "aarch64"}, "for the machines that `uname -m` says")
    checks.equal(set(workflow["jobs"]["publish"]["needs"]), {"version", "test", "packages"}, "nothing is published that was not tested")
    writers = {name for name, job in workflow["jobs"].items() if "write" in job["permissions"].values()}
    checks.that(all("container" not in workflow["jobs"][name] for name in writers), "what builds the sources may write nothing", writers)
    version = subprocess.run([ROOT / "script" / "version"], capture_output=True, text=True, check=True).stdout.strip()
    source = (ROOT / "Sources" / "SpaceModel" / "SpaceformVersion.swift").read_text()
    checks.that(re.fullmatch(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?", version) and f'"{version}"' in source, "script/version says the sources' version", version)
    project = (ROOT / "pyproject.toml").read_text()
    checks.that(version not in project, "pyproject.toml takes it from there")


def container(checks: Checks) -> None:
    file = ROOT / "Containerfile"
    ended = tool("hadolint", "--no-color", str(file))
    checks.equal(ended.returncode, 0, "hadolint reports nothing of the Containerfile", ended.stdout + ended.stderr)
    text = file.read_text()
    (base,) = re.findall(r"^ARG BASE=(\S+@sha256:[0-9a-f]{64})$", text, re.MULTILINE)
    for workflow in OWN.glob("*.yml"):
        images = set(re.findall(r"^ +image: (\S+:\S+)$", workflow.read_text(), re.MULTILINE))
        checks.equal(images, {base}, f"{workflow.name} runs in the image that the Containerfile starts from")
    checks.that("\nUSER 10001\n" in text and text.index("USER 10001") < text.index('ENTRYPOINT ["spaceform"]'), "the image runs spaceform as nobody special")


def gitlab(checks: Checks) -> None:
    templates = sorted(CI.glob("gitlab/templates/*.yml"))
    checks.equal([file.stem for file in templates], ["apply", "drift", "plan", "validate"], "four components")
    with tempfile.TemporaryDirectory() as folder:
        for file in templates:
            spec, text = file.read_text().split("\n---\n")
            declared = set(yaml.safe_load(spec)["spec"]["inputs"])
            used = set(re.findall(r"\$\[\[ inputs\.(\w+) \]\]", text))
            checks.equal(used, declared, f"{file.name} uses the inputs it declares")
            document = component(file.stem, {})
            place = Path(folder) / f"{file.stem}.gitlab-ci.yml"
            place.write_text(json.dumps(document))
            ended = tool("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", str(place))
            checks.equal(ended.returncode, 0, f"{file.name} is valid by GitLab's schema", ended.stdout + ended.stderr)
            (job,) = document.values()
            for line in job["script"]:
                done = subprocess.run(["sh", "-n", "-c", line], capture_output=True, text=True, check=False)
                checks.equal(done.returncode, 0, f"{file.name}: its script is shell", done.stderr)


def main() -> None:
    checks = Checks()
    github(checks)
    release(checks)
    container(checks)
    gitlab(checks)
    checks.finish()


if __name__ == "__main__":
    main()
