"""A part of a project: `--target` and `--exclude` of plan and apply, by what the Hub is asked for and what is in the lock."""

import json
import subprocess

from harness import Checks, Hub, Project, workplace

SPACES = {
    "data": "name: data\nsdk: static\n",
    "api": "name: api\nsdk: static\n",
    "web": "name: web\nsdk: static\nvariables: { API: '${space.api.url}' }\ndepends_on: [data]\n",
    "other": "name: other\nsdk: static\n",
}


def written(hub: Hub, before: int) -> set[str]:
    """Names of the Spaces that calls after the first so many were about and wrote to."""
    names = set()
    for request in hub.requests()[before:]:
        if request["method"] in ("GET", "HEAD") or request["path"].endswith("/whoami-v2"):
            continue
        parts = request["path"].split("/")
        names.add(parts[4] if len(parts) > 4 and parts[2] == "spaces" else "create")
    return names


def check(checks: Checks, folder) -> None:
    with Hub(folder / "hub") as hub:
        project = Project.copy(folder / "part", hub)
        for path in project.definitions:
            path.unlink()
        project.write("spaceform.yaml", "version: 1\nproject: part\nowner: acme\ndefaults: { wait: { for: none } }\n")
        for name, text in SPACES.items():
            project.write(f"spaces/{name}.space.yaml", text)
        # The lock names the revision that is applied, so there has to be one.
        identity = ["-c", "user.name=part", "-c", "user.email=part@localhost"]
        for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-q", "-m", "Four Spaces"]):
            subprocess.run(["git", *command], cwd=project.folder, env=project.environment, check=True)

        def addresses(*words: str) -> list[str]:
            planned = project.run("plan", "--format", "json", *words)
            checks.that(planned.status == 0, f"plan {' '.join(words)} ends well", planned)
            return [space["address"].split("/")[1] for space in json.loads(planned.stdout)["spaces"]]

        checks.equal(addresses("--target", "web"), ["api", "data", "web"], "a target brings what it depends on")
        checks.equal(addresses("--exclude", "acme/api"), ["data", "other"], "an exclusion takes what depends on it")
        checks.equal(addresses("--target", "*", "--exclude", "o*"), ["api", "data", "web"], "patterns have stars")
        offline = addresses("--refresh", "none", "--target", "api")
        checks.equal(offline, ["api"], "an offline plan takes a target")

        wrong = project.run("plan", "--target", "wbe")
        checks.that(wrong.status == 64 and "Did you mean `web`?" in wrong.stderr, "a target that is nothing is refused, with a word", wrong)

        part = project.run("apply", "--auto-approve", "--target", "web")
        checks.that(part.status == 0, "a part is applied", part)
        checks.that("Only 3 of 4 Spaces are in this plan." in part.stdout, "the plan says that it is a part", part)
        lock = json.loads((project.folder / "spaceform.lock").read_text())
        checks.equal(sorted(lock["spaces"]), ["acme/api", "acme/data", "acme/web"], "the lock has the part")
        checks.that("revision" not in lock, "the lock names no revision, which not everything is at", part)

        before = len(hub.requests())
        project.write("spaces/api.space.yaml", SPACES["api"] + "visibility: public\n")
        project.write("spaces/other.space.yaml", SPACES["other"] + "visibility: public\n")
        again = project.run("apply", "--auto-approve", "--exclude", "other")
        checks.that(again.status == 0, "the rest is left out", again)
        checks.equal(written(hub, before), {"api"}, "only what was chosen is written to")

        plan = str(project.folder / "part.plan")
        saved = project.run("plan", "--out", plan, "--target", "other")
        checks.that(saved.status == 0, "a plan of a part is saved", saved)
        project.write("spaces/api.space.yaml", SPACES["api"])
        refused = project.run("apply", plan, "--target", "other")
        checks.that(refused.status == 64, "a saved plan is not chosen from again", refused)
        before = len(hub.requests())
        applied = project.run("apply", plan)
        checks.that(applied.status == 0, "a saved plan of a part is applied, whatever became of the rest", applied)
        checks.equal(written(hub, before), {"create"}, "and does what it was made for")
        lock = json.loads((project.folder / "spaceform.lock").read_text())
        checks.that("revision" not in lock, "and leaves the revision as it was", applied)

        project.write("spaces/data.space.yaml", SPACES["data"] + "visibility: public\n")
        for command in (["add", "."], [*identity, "commit", "-q", "-m", "Data is public"]):
            subprocess.run(["git", *command], cwd=project.folder, env=project.environment, check=True)
        whole = project.run("apply", "--auto-approve")
        checks.that(whole.status == 0, "then the whole is applied", whole)
        checks.that("revision" in json.loads((project.folder / "spaceform.lock").read_text()), "and has a revision", whole)

        # A definition that is gone stays on the Hub while it is not chosen.
        (project.folder / "spaces/other.space.yaml").unlink()
        kept = project.run("apply", "--auto-approve", "--allow-destroy", "--exclude", "other")
        checks.that(kept.status == 0, "an apply without the Space that is gone ends well", kept)
        status, _ = hub.call("GET", "/api/spaces/acme/other")
        checks.equal(status, 200, "and keeps it")
        gone = project.run("apply", "--auto-approve", "--allow-destroy", "--target", "other")
        checks.that(gone.status == 0, "chosen, it is destroyed", gone)
        status, _ = hub.call("GET", "/api/spaces/acme/other")
        checks.that(status in (401, 404), "and is gone from the Hub", gone)
        lock = json.loads((project.folder / "spaceform.lock").read_text())
        checks.equal(sorted(lock["spaces"]), ["acme/api", "acme/data", "acme/web"], "and from the lock")


def main() -> None:
    checks = Checks()
    with workplace() as folder:
        check(checks, folder)
    checks.finish()


if __name__ == "__main__":
    main()
