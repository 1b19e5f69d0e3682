"""The commands of docs/ci.md one after the other, then the workflow that they wrote, job by job: from nothing to the first Space."""

import os
from pathlib import Path

import yaml
from code_host import CodeHost
from git_state.team import Team
from harness import PROGRAMS, ROOT, Checks, Hub
from issuer import Issuer

from .github import GitHubJobs
from .jobs import run

REQUEST_TOKEN = "request-token"


def newcomer(checks: Checks, folder: Path) -> None:
    issuer = Issuer("header.payload.signature", REQUEST_TOKEN)
    with Hub(folder / "hub", speed=200) as hub, CodeHost() as host:
        team = Team(folder / "team", hub)
        # The newcomer's own remote instead of the team's.
        place, team.remote = folder / "team" / "new", folder / "team" / "new.git"
        environment = team.environment | {"COMMIT": "c0ffee" * 6 + "c0de", "PATH": f"{PROGRAMS}{os.pathsep}{team.environment['PATH']}"}
        for name in ("AUTHOR", "COMMITTER"):
            environment |= {f"GIT_{name}_NAME": "Ada", f"GIT_{name}_EMAIL": "ada@example.org"}
        team.git("init", "--quiet", "--bare", "--initial-branch=main", str(team.remote), cwd=team.folder)
        team.git("init", "--quiet", "--initial-branch=main", str(place), cwd=team.folder)
        team.git("remote", "add", "origin", f"file://{team.remote}", cwd=place)
        commands = guide()
        checks.equal(len(commands), 6, "the guide has six commands", commands)
        for command in commands:
            ended = run(["bash", "-c", command], place, environment)
            checks.equal(ended.status, 0, f"the guide's `{command}` works", ended)
        workflow = yaml.safe_load((place / ".github" / "workflows" / "spaces.yml").read_text())
        jobs = GitHubJobs(team, host)
        revision = team.git("rev-parse", "main")
        for name, change in (("plan", 1), ("apply", None)):
            runner = jobs.job(revision, change=change)
            runner.environment |= {"ACTIONS_ID_TOKEN_REQUEST_URL": issuer.url, "ACTIONS_ID_TOKEN_REQUEST_TOKEN": REQUEST_TOKEN}
            runner.context |= {"secrets.HF_READ_TOKEN": "hf_readonly", "secrets.HF_BOOTSTRAP_TOKEN": hub.token}
            for step in workflow["jobs"][name]["steps"]:
                action, _, commit = step["uses"].partition("@")
                if not action.startswith("acme/spaceform/"):
                    continue
                checks.equal(commit, environment["COMMIT"], f"the job {name} uses actions by their commit")
                inputs = {key: runner.evaluate(str(value), {}) for key, value in step.get("with", {}).items()}
                if action.endswith("/setup"):
                    inputs = {"path": str(PROGRAMS)}
                ended = runner.run(ROOT / action.removeprefix("acme/spaceform/"), inputs)
                checks.equal(ended.status, 0, f"the job {name} runs {action}", ended)
        checks.that(len(host.bodies(1)) == 1 and "1 to create" in host.bodies(1)[0], "the plan was on the pull request", host.bodies(1))
        checks.equal(hub.spaces(), ["acme/hello"], "and the first Space is there")
    issuer.close()


def guide() -> list[str]:
    text = (ROOT / "docs" / "ci.md").read_text().split("## From nothing to the first Space")[1]
    return [line[2:] for line in text.split("```console\n")[1].split("```")[0].splitlines() if line.startswith("$ ")]
