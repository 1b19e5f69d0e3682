"""Copies for a change request: made, kept up to date, removed with it; and the ones that nobody closed, by age."""

import json
import time
from pathlib import Path

from action_runner import Ran, Runner
from code_host import CodeHost
from git_state.team import BRANCH, Team
from harness import Checks, Hub

from .github import GitHubJobs
from .gitlab import GitLabJobs
from .golden import golden
from .jobs import Job, spaceform

SETTINGS = """\
version: 1
project: demos
owner: acme
defaults: { wait: { for: none } }
state: { store: git }
preview: { secrets: [SHARED], ttl: 1h }
"""
SECRETS = "secrets: { SHARED: { env: SHARED }, OWN: { env: OWN } }\n"
VALUES = {"SHARED": "shared-value", "OWN": "own-value"}


def preview(checks: Checks, folder: Path) -> None:
    # The Hub's clock runs 200 times as fast: an hour of a preview's life is 18 seconds.
    with Hub(folder / "hub", speed=200) as hub, CodeHost() as host:
        previews = Previews(checks, Team(folder / "team", hub), host)
        previews.made()
        previews.pushed_again()
        previews.closed()
        previews.taken_address()
        previews.left_out()
        previews.expired()
        previews.on_gitlab_and_elsewhere()


class Previews:
    """Change requests, each a branch from the same commit of main, and their previews."""

    def __init__(self, checks: Checks, team: Team, host: CodeHost) -> None:
        self.checks, self.team, self.hub, self.host = checks, team, team.hub, host
        self.jobs = GitHubJobs(team, host)
        self.writer = team.member("writer")
        self.writer.write("spaceform.yaml", SETTINGS)
        self.writer.write("spaces/a.space.yaml", "name: a\nvisibility: public\nvariables: { WHO: '0' }\n" + SECRETS)
        self.writer.write("spaces/b.space.yaml", "name: b\nvariables: { WHO: '0', OTHER: '${space.c.id}' }\n")
        self.main = team.commit(self.writer, "Secrets")
        team.push(self.writer)
        # Of the Space a: on paid hardware, with secrets, in public.
        changed = "name: a\nvisibility: public\nhardware: cpu-upgrade\nsleep_time: 1h\nvariables: { WHO: 'one' }\n" + SECRETS
        self.first = self.push("one", a=changed)

    def push(self, branch: str, **definitions: str) -> str:
        """A branch that is main and these definitions, whatever it was before."""
        self.team.git("checkout", "--quiet", "-B", branch, self.main, cwd=self.writer.folder)
        for name, text in definitions.items():
            self.writer.write(f"spaces/{name}.space.yaml", text)
        revision = self.team.commit(self.writer, branch)
        self.team.push(self.writer, branch, "--force")
        return revision

    def job(self, revision: str, change: int, action: str = "synchronize", **more) -> Runner:
        """A job for what happened to a change request: synchronize or closed."""
        runner = self.jobs.job(revision, change=change, **more)
        place = Path(runner.environment["GITHUB_EVENT_PATH"])
        event = json.loads(place.read_text())
        event["action"] = action
        event["pull_request"]["base"] = {"sha": self.main}
        place.write_text(json.dumps(event))
        runner.environment |= VALUES
        return runner

    def run(self, revision: str, change: int, action: str = "synchronize", **more) -> Ran:
        return self.jobs.do(self.job(revision, change, action, **more), "preview")

    def comment(self, change: int) -> str:
        """The last one."""
        return self.host.bodies(change)[-1]

    def environments(self) -> list[str]:
        """Folders of the state's branch: each environment has one."""
        return self.team.git("ls-tree", "--name-only", f"{BRANCH}:demos", check=False).split()

    def made(self) -> None:
        """The Space that changes, and what it refers to."""
        checks, hub, host = self.checks, self.hub, self.host
        host.told()
        ended = self.run(self.first, 7)
        checks.equal(ended.status, 0, "preview: copies are made", ended)
        golden(checks, self.jobs, "preview")
        checks.equal(hub.spaces(), ["acme/a-pr-7"], "preview: of the Space that changes, and of no other")
        _, info = hub.call("GET", "/api/spaces/acme/a-pr-7")
        modest = info["private"] is True and info["runtime"]["hardware"]["requested"] == "cpu-basic"
        checks.that(modest, "preview: private, on free hardware", info)
        _, held = hub.call("GET", "/api/spaces/acme/a-pr-7/secrets")
        checks.equal(sorted(held), ["SHARED"], "preview: with the secret that is permitted, and no other")
        body = self.comment(7)
        told = body.startswith("<!-- spaceform:preview . ") and info["host"] in body and "OWN" in body
        checks.that(told, "preview: a comment says where, and what it goes without", body)
        checks.that(ended.outputs["spaces"] == "1" and ended.outputs["url"] == info["host"], "preview: outputs too", ended.outputs)
        checks.equal(json.loads(ended.outputs["urls"]), {"acme/a": info["host"]}, "preview: all of them as an object", ended.outputs)
        ended = self.run(self.push("two", b="name: b\nvariables: { WHO: 'b', OTHER: '${space.c.id}' }\n"), 8)
        checks.equal(hub.spaces(), ["acme/a-pr-7", "acme/b-pr-8", "acme/c-pr-8"], "preview: what a Space refers to gets a copy too", ended)
        _, variables = hub.call("GET", "/api/spaces/acme/b-pr-8/variables")
        checks.equal(variables["OTHER"]["value"], "acme/c-pr-8", "preview: and is what it refers to then", variables)

    def pushed_again(self) -> None:
        """Rewritten, to something else and to nothing."""
        checks, hub, host = self.checks, self.hub, self.host
        before = len(host.comments[7])
        ended = self.run(self.push("one", c="name: c\nvariables: { WHO: 'c' }\n"), 7)
        checks.equal(ended.status, 0, "preview: it follows a branch that is rewritten", ended)
        left = ["acme/b-pr-8", "acme/c-pr-7", "acme/c-pr-8"]
        checks.equal(hub.spaces(), left, "preview: what does not change any more is removed")
        same = len(host.comments[7]) == before and "acme/c-pr-7" in self.comment(7)
        checks.that(same, "preview: in the same comment", host.bodies(7))
        ended = self.run(self.push("one"), 7)
        nothing = ended.status == 0 and "acme/c-pr-7" not in hub.spaces() and "nothing to preview" in self.comment(7)
        checks.that(nothing, "preview: nothing changes, nothing is there", ended)
        checks.equal(self.environments(), ["pr-8"], "preview: and no state of it is left")
        checks.equal(self.run(self.push("three"), 9).status, 0, "preview: a change without a Space is fine")
        checks.equal(host.bodies(9), [], "preview: and gets no comment")

    def closed(self) -> None:
        """Twice."""
        checks, hub = self.checks, self.hub
        revision = self.team.git("rev-parse", "two")
        ended = self.run(revision, 8, "closed")
        removed = ended.status == 0 and hub.spaces() == [] and "removed" in self.comment(8)
        checks.that(removed, "preview: closed, it is removed", ended)
        checks.equal(self.environments(), [], "preview: with its state")
        ended = self.run(revision, 8, "closed")
        checks.that(ended.status == 0 and "no preview" in ended.stderr, "preview: to remove it again is fine", ended)

    def taken_address(self) -> None:
        """What is somebody else's stays."""
        checks, hub = self.checks, self.hub
        hub.call("POST", "/api/repos/create", {"type": "space", "organization": "acme", "name": "a-pr-10", "sdk": "docker"})
        ended = self.run(self.first, 10)
        refused = ended.status != 0 and "acme/a-pr-10" in ended.stderr + ended.stdout
        checks.that(refused, "preview: an address that is taken is refused", ended)
        checks.that("acme/a-pr-10" in self.comment(10), "preview: the comment says so", self.host.bodies(10))
        self.run(self.first, 10, "closed")
        checks.equal(hub.spaces(), ["acme/a-pr-10"], "preview: and what it did not make it does not remove")

    def left_out(self) -> None:
        """For a fork, without history, without a token."""
        checks, hub, host = self.checks, self.hub, self.host
        host.told()
        ended = self.run(self.first, 11, fork=True)
        refused = ended.status == 0 and "fork" in ended.stderr and not host.told() and hub.spaces() == ["acme/a-pr-10"]
        checks.that(refused, "preview: never for a fork", ended)
        runner = self.job(self.first, 12, depth=1)
        ended = self.jobs.do(runner, "preview")
        checks.that(ended.status != 0 and "fetch-depth: 0" in ended.stderr, "preview: a shallow clone is told of", ended)
        ended = self.jobs.do(runner, "preview", target="b\nc")
        named = ended.status == 0 and {"acme/b-pr-12", "acme/c-pr-12"} <= set(hub.spaces())
        checks.that(named, "preview: named Spaces need no history", ended)
        ended = spaceform(runner, "ci", "preview", "--dry-run", "--target", "a", HF_TOKEN=hub.token)
        shown = ended.status == 0 and "acme/a-pr-12" in ended.stdout and "acme/a-pr-12" not in hub.spaces()
        checks.that(shown, "preview: a dry run shows the plan", ended)
        ended = self.jobs.do(self.job(self.first, 13), "preview", hf_token="")
        checks.that(ended.status == 4 and "HF_TOKEN" in ended.stderr, "preview: no token is told of", ended)

    def expired(self) -> None:
        """Nobody closes it: by age."""
        checks, hub = self.checks, self.hub
        self.team.git("checkout", "--quiet", "-B", "main", self.main, cwd=self.writer.folder)
        sweep = self.jobs.job(self.main)
        self.run(self.first, 14)
        ended = self.jobs.do(sweep, "preview", expired="true")
        checks.that(ended.status == 0 and "acme/a-pr-14" in hub.spaces(), "preview: a young one stays", ended)
        deadline = time.monotonic() + 120
        while "acme/a-pr-14" in hub.spaces() and time.monotonic() < deadline:
            time.sleep(2)
            ended = self.jobs.do(sweep, "preview", expired="true")
        checks.that(ended.status == 0 and hub.spaces() == ["acme/a-pr-10"], "preview: an old one goes", ended)
        checks.that("nothing changed for 1h" in self.comment(12), "preview: and the comment says why", self.host.bodies(12))
        checks.equal(self.environments(), [], "preview: no state is left of them")

    def on_gitlab_and_elsewhere(self) -> None:
        checks, hub, host = self.checks, self.hub, self.host
        job = GitLabJobs(self.team, host).job(self.first, change=21)
        job.environment |= {"CI_MERGE_REQUEST_DIFF_BASE_SHA": self.main} | VALUES
        host.told()
        ended = spaceform(job, "ci", "preview")
        there = ended.status == 0 and "acme/a-pr-21" in hub.spaces() and "acme/a-pr-21" in self.comment(21)
        checks.that(there, "preview: GitLab", ended)
        ended = spaceform(job, "ci", "preview", "--close")
        checks.that(ended.status == 0 and "acme/a-pr-21" not in hub.spaces(), "preview: GitLab, closed", ended)
        shell = Job(job.folder, {name: value for name, value in job.environment.items() if not name.startswith(("CI_", "GITLAB"))})
        ended = spaceform(shell, "ci", "preview")
        checks.that(ended.status == 64 and "--number" in ended.stderr, "preview: elsewhere it has to be told the number", ended)
        ended = spaceform(shell, "ci", "preview", "--number", "31", "--base", "origin/main")
        checks.that(ended.status == 0 and "acme/a-pr-31" in hub.spaces(), "preview: and the base", ended)
        texts = json.dumps(host.comments) + ended.text
        checks.that(not any(word in texts for word in (*VALUES.values(), hub.token)), "preview: no secret is in what was posted")
