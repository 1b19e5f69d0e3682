"""Jobs on GitLab: the script of every component of ci/gitlab, its inputs put in, run by sh as GitLab's runner does."""

import os
import re
from dataclasses import replace

import yaml
from harness import PROGRAMS, ROOT, Ended

from .jobs import Job, Jobs, run, spaceform

TEMPLATES = ROOT / "ci" / "gitlab" / "templates"


class GitLabJobs(Jobs):
    name = "gitlab"

    def job(self, revision: str, change: int | None = None, fork: bool = False, depth: int | None = None) -> Job:
        project = self.checkout(revision, depth)
        number = 1000 + self.run
        environment = project.environment | {
            "GITLAB_CI": "true", "CI": "true", "CI_PROJECT_ID": "42", "CI_PROJECT_PATH": "acme/spaces", "CI_COMMIT_SHA": revision,
            "CI_API_V4_URL": self.host.url, "CI_PIPELINE_ID": str(self.run), "CI_JOB_ID": str(number), "CI_JOB_NAME": "spaceform",
            "CI_JOB_URL": f"https://gitlab.com/acme/spaces/-/jobs/{number}", "CI_SERVER_URL": f"file://{self.team.folder}",
            "PATH": f"{PROGRAMS}{os.pathsep}{project.environment['PATH']}",
        }
        if not fork:
            environment["SPACEFORM_GITLAB_TOKEN"] = self.host.token
        if change:
            environment |= {
                "CI_MERGE_REQUEST_IID": str(change), "CI_MERGE_REQUEST_PROJECT_ID": "42",
                "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "43" if fork else "42",
            }
        return Job(project.folder, environment)

    def do(self, job: Job, verb: str, **inputs: str) -> Ended:
        environment = job.environment
        if inputs.pop("hf_token", None) == "":
            environment = {name: value for name, value in environment.items() if name != "HF_TOKEN"}
        script, variables = script_of(verb, **inputs)
        if "set-url" in script:
            # The remote's address becomes the server's: here the server is a folder.
            (self.team.folder / "acme").mkdir(exist_ok=True)
            link = self.team.folder / "acme" / "spaces.git"
            if not link.exists():
                link.symlink_to(self.team.remote)
        return replace(run(["sh", "-e", "-c", script], job.folder, environment | variables), command=["sh", verb])

    def fix(self, job: Job) -> Ended:
        return spaceform(job, "ci", "drift", "--fix")


def component(verb: str, inputs: dict[str, str]) -> dict:
    """The second document of a component with its inputs put in, as GitLab does it before it reads the text."""
    spec, text = (TEMPLATES / f"{verb}.yml").read_text().split("\n---\n")
    declared = yaml.safe_load(spec)["spec"]["inputs"]
    values = {name: (entry or {}).get("default") for name, entry in declared.items()} | {"image": "registry.example.org/spaceform:1"} | inputs
    unknown = set(values) - set(declared)
    if unknown:
        raise RuntimeError(f"{verb} has no inputs {unknown}")

    def shown(name: str) -> str:
        value = values[name]
        return str(value).lower() if isinstance(value, bool) else str(value)

    return yaml.safe_load(re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda found: shown(found[1]), text))


def script_of(verb: str, **inputs: str) -> tuple[str, dict[str, str]]:
    """What a component's only job runs, and the variables it declares."""
    (declared,) = component(verb, inputs).values()
    return "\n".join(declared["script"]), {name: str(value) for name, value in declared.get("variables", {}).items()}
