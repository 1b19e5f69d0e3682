"""The checkout keeps no credential; git gets the job's token from the verb, and a header that is there already is not doubled."""

from pathlib import Path

from action_runner import Runner
from code_host import CodeHost
from git_server import GitServer, basic_credential
from git_state.team import Team
from harness import Checks, Hub

from .github import GitHubJobs


def credentials(checks: Checks, folder: Path) -> None:
    with Hub(folder / "hub", speed=200) as hub, CodeHost() as host:
        team = Team(folder / "team", hub)
        word = basic_credential(host.token)
        server = GitServer(team.folder, f"basic {word}")
        team.git("config", "http.receivepack", "true")
        jobs = GitHubJobs(team, host)
        main = team.git("rev-parse", "main")

        def job(address: str) -> Runner:
            """One whose remote is the server, on a host that has this address."""
            runner = jobs.job(main)
            runner.environment["GITHUB_SERVER_URL"] = address
            team.git("remote", "set-url", "origin", f"{server.url}/{team.remote.name}", cwd=runner.folder)
            return runner

        for what in ("no credential", "a credential"):
            runner = job(server.url)
            if what == "a credential":
                team.git("config", f"http.{server.url}/.extraheader", f"AUTHORIZATION: basic {word}", cwd=runner.folder)
            before = (runner.folder / ".git" / "config").read_text()
            server.refused, asked = 0, len(server.asked)
            ended = jobs.do(runner, "apply")
            served = ended.status == 0 and len(server.asked) > asked and server.refused == 0
            checks.that(served, f"credentials: an apply where the checkout left {what}", ended)
            mask = f"::add-mask::{word}"
            checks.that(what == "a credential" or mask in ended.stdout, "credentials: the log is told to mask the header", ended)
            checks.that(word not in ended.stdout.replace(mask, "") + ended.stderr, "credentials: and does not show it", ended)
            checks.equal((runner.folder / ".git" / "config").read_text(), before, f"credentials: nothing is written down ({what})")
        ended = jobs.do(job("https://github.invalid"), "apply")
        refused = ended.status == 1 and server.refused > 0 and word not in ended.stderr
        checks.that(refused, "credentials: no other server gets the token", ended)
        server.close()
