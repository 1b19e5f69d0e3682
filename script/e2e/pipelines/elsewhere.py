"""A shell, a dry run, and projects that are folders of their repository."""

import json
from pathlib import Path

from code_host import CodeHost
from git_state.team import Team
from harness import Checks, Hub, Project

from .github import GitHubJobs, pull_request
from .jobs import spaceform


def elsewhere(checks: Checks, folder: Path) -> None:
    with Hub(folder / "hub", speed=200) as hub, CodeHost() as host:
        team = Team(folder / "team", hub)
        event = folder / "event.json"
        event.write_text(json.dumps(pull_request(5, "c0ffee")))
        github = {
            "GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "acme/spaces", "GITHUB_EVENT_PATH": str(event), "GITHUB_API_URL": host.url,
            "GITHUB_TOKEN": host.token,
        }
        project = team.member("shell")
        rehearsed(checks, host, project, github)
        two_projects(checks, host, project, github)
        spaced_folder(checks, team, host)
        reports = project.folder / "reports of all"
        project.run("ci", "validate", "--reports", str(reports))
        written = ["gl-code-quality-report.json", "spaceform-junit.xml", "spaceform.sarif"]
        checks.equal(sorted(path.name for path in reports.iterdir()), written, "reports are written where they are wanted")


def rehearsed(checks: Checks, host: CodeHost, project: Project, github: dict[str, str]) -> None:
    """Dry runs, in a shell and as on GitHub."""
    ended = project.run("ci", "plan", "--dry-run")
    found = ended.status == 0 and "Neither GitHub Actions nor GitLab" in ended.stderr
    checks.that(found, "a shell: it says that it found no CI", ended)
    left = "output changes=3" in ended.stdout and "--- the summary of the job ---" in ended.stdout
    checks.that(left, "and a dry run shows what it would leave", ended)
    ended = project.run("ci", "plan", "--dry-run", environment=github)
    posted = "--- the comment on pull request #5 ---" in ended.stdout and not host.told()
    checks.that(posted, "and what it would post, without a call", ended)
    ended = project.run("ci", "plan", "--no-post", environment=github)
    checks.that(ended.status == 0 and not host.told(), "with --no-post nothing is posted", ended)
    project.write("spaceform.yaml", "version: 1\nproject: demos\nowner: acme\n")
    ended = project.run("ci", "apply")
    checks.that(ended.status == 64 and "store: git" in ended.stderr, "a state in a file is refused, with the way out", ended)
    ended = project.run("ci", "apply", "--dry-run")
    checks.equal(ended.status, 64, "an apply is not rehearsed", ended)


def two_projects(checks: Checks, host: CodeHost, project: Project, github: dict[str, str]) -> None:
    """Two projects in one repository keep a comment each."""
    for name in ("one two", "three"):
        (project.folder / name / "spaces").mkdir(parents=True)
        project.write(f"{name}/spaceform.yaml", "version: 1\nproject: demos\nowner: acme\n")
        project.write(f"{name}/spaces/x.space.yaml", f"name: x-{len(name)}\n")
        ended = spaceform(project, "-C", name, "ci", "plan", **github)
        checks.equal(ended.status, 0, f"a project in the folder `{name}` is planned", ended)
    first = [body.splitlines()[0].partition(" |")[0] for body in host.bodies(5)]
    checks.equal(first, ["<!-- spaceform:plan one%20two", "<!-- spaceform:plan three"], "each project has a comment of its own")


def spaced_folder(checks: Checks, team: Team, host: CodeHost) -> None:
    """The actions in a folder whose name has a space, on a detached HEAD of a shallow clone."""
    jobs = GitHubJobs(team, host)
    writer = team.member("spaces")
    (writer.folder / "my project" / "spaces").mkdir(parents=True)
    writer.write("my project/spaceform.yaml", "version: 1\nproject: mine\nowner: acme\nstate: { store: git }\n")
    writer.write("my project/spaces/y.space.yaml", "name: y\n")
    revision = team.commit(writer, "A folder")
    team.push(writer)
    runner = jobs.job(revision, change=6, depth=1)
    for verb in ("validate", "plan"):
        ended = jobs.do(runner, verb, working_directory="my project")
        checks.equal(ended.status, 0, f"{verb} of a folder whose name has a space", ended)
    body = host.bodies(6)[0]
    posted = "1 to create" in body and body.startswith("<!-- spaceform:plan my%20project |")
    checks.that(posted, "and it has its comment", host.bodies(6))
    ended = jobs.do(jobs.job(revision), "apply", working_directory="my project")
    checks.that(ended.status == 0 and "acme/y" in team.hub.spaces(), "and is applied", ended)
