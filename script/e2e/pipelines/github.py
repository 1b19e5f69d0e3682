"""Jobs on GitHub: every step of the composite actions of ci/github, run as GitHub's runner runs it."""

import json

from action_runner import Ran, Runner
from harness import PROGRAMS, ROOT, Ended

from .jobs import Jobs, spaceform

ACTIONS = ROOT / "ci" / "github"


class GitHubJobs(Jobs):
    name = "github"

    def job(self, revision: str, change: int | None = None, fork: bool = False, depth: int | None = None) -> Runner:
        project = self.checkout(revision, depth)
        event: dict = {"ref": "refs/heads/main"}
        if change:
            event = pull_request(change, revision, "eve/spaces" if fork else "acme/spaces")
        place = project.folder.parent / f"{project.folder.name}-event.json"
        place.write_text(json.dumps(event))
        environment = {name: value for name, value in project.environment.items() if name != "HF_TOKEN"}
        environment |= {
            "GITHUB_ACTIONS": "true", "CI": "true", "GITHUB_REPOSITORY": "acme/spaces", "GITHUB_SHA": revision,
            "GITHUB_API_URL": self.host.url, "GITHUB_SERVER_URL": "https://github.com", "GITHUB_RUN_ID": str(self.run),
            "GITHUB_RUN_ATTEMPT": "1", "GITHUB_EVENT_PATH": str(place), "GITHUB_EVENT_NAME": "pull_request" if change else "push",
        }
        context = {
            "github.token": self.host.token, "runner.temp": str(self.team.folder / f"temp{self.run}"), "runner.os": "Linux", "runner.arch": "X64",
        }
        runner = Runner(project.folder, environment, context)
        ended = runner.run(ACTIONS / "setup", {"path": str(PROGRAMS)})
        if ended.status != 0 or not ended.outputs["version"]:
            raise RuntimeError(f"setup: {ended}")
        return runner

    def do(self, runner: Runner, verb: str, **inputs: str) -> Ran:
        if verb in ("plan", "apply", "drift", "preview"):
            inputs.setdefault("hf_token", self.team.hub.token)
        return runner.run(ACTIONS / verb, {name.replace("_", "-"): value for name, value in inputs.items()})

    def fix(self, runner: Runner) -> Ended:
        return spaceform(runner, "ci", "drift", "--fix", GITHUB_TOKEN=self.host.token, HF_TOKEN=self.team.hub.token)


def pull_request(number: int, revision: str, repository: str = "acme/spaces") -> dict:
    """The event of a pull request whose branch is in that repository."""
    return {"pull_request": {"number": number, "head": {"sha": revision, "repo": {"full_name": repository}}}}
