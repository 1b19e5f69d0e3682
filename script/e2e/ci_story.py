"""The life of a change, on GitHub and on GitLab: planned on the change request, applied on main, watched for drift.

Every step of the composite actions runs as GitHub's runner runs it, and the script of every GitLab component as its runner does, against a
real git remote, the local Hub, and a local server for the code host. What the code host was asked for is compared with golden files.

    ci_story.py PART …    runs some of: github gitlab preview credentials newcomer elsewhere
"""

import sys
from pathlib import Path

from code_host import CodeHost
from git_state.team import Team
from harness import Checks, Hub, workplace
from pipelines.credentials import credentials
from pipelines.drift import drift, put_right
from pipelines.elsewhere import elsewhere
from pipelines.failures import failed_apply, hostile_values, no_token_posted, unwilling_host
from pipelines.github import GitHubJobs
from pipelines.gitlab import GitLabJobs
from pipelines.jobs import Jobs
from pipelines.newcomer import newcomer
from pipelines.preview import preview
from pipelines.review import applied_as_reviewed, first_apply, more_than_reviewed, older_revision, planned, planned_without_token
from pipelines.story import Story


def on(checks: Checks, folder: Path, jobs: type[Jobs]) -> None:
    """One change after the other on one code host; each part goes on from where the one before it ends."""
    with Hub(folder / "hub", speed=200) as hub, CodeHost() as host:
        story = Story(checks, jobs(Team(folder / "team", hub), host))
        for part in (
            first_apply, planned, applied_as_reviewed, more_than_reviewed, older_revision, drift, put_right, failed_apply,
            planned_without_token, unwilling_host, hostile_values, no_token_posted,
        ):
            part(story)


PARTS = {
    "github": lambda checks, folder: on(checks, folder, GitHubJobs),
    "gitlab": lambda checks, folder: on(checks, folder, GitLabJobs),
    "preview": preview,
    "credentials": credentials,
    "newcomer": newcomer,
    "elsewhere": elsewhere,
}


def main() -> None:
    checks = Checks()
    wanted = sys.argv[1:] or PARTS
    with workplace() as folder:
        for name, part in PARTS.items():
            if name in wanted:
                part(checks, folder / name)
    checks.finish()


if __name__ == "__main__":
    main()
