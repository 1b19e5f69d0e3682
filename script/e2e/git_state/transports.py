"""The ways to the remote, with the credentials of each, which turn up nowhere else."""

import secrets
import time
from pathlib import Path

from git_server import GitServer, basic_credential
from harness import Checks, Hub

from .team import Team

# As sshd would, without the network: options, host, command.
SSH = '#!/bin/sh\nwhile [ $# -gt 1 ]; do shift; done\nexec sh -c "$1"\n'


def check_transports(checks: Checks, folder: Path) -> None:
    with Hub(folder / "hub-transports") as hub:
        team = Team(folder / "transports", hub)
        token = "gitcanary" + secrets.token_hex(8)
        header = f"Basic {basic_credential(token)}"
        server = GitServer(team.folder, header)
        team.git("config", "http.receivepack", "true")
        each_transport(checks, team, server, token, header)
        without_credential(checks, team, server, token)
        server.close()
        silence(checks, team)
        # Nothing private is on the branch, in any commit.
        everything = team.git("log", "-p", "--all")
        leaks = [word for word in (token, header, hub.token) if word in everything]
        checks.that(not leaks, "no credential is anywhere on the branch")


def script(place: Path, text: str) -> str:
    place.write_text(text)
    place.chmod(0o755)
    return str(place)


def each_transport(checks: Checks, team: Team, server: GitServer, token: str, header: str) -> None:
    ssh = script(team.folder / "ssh", SSH)
    for number, (name, address, environment) in enumerate(
        [
            ("path", str(team.remote), {}),
            ("file", f"file://{team.remote}", {}),
            ("relative", "../remote.git", {}),
            ("ssh", f"git@host.invalid:{team.remote}", {"GIT_SSH_COMMAND": ssh}),
            ("http", f"{server.url}/remote.git", {}),
            ("include", f"{server.url}/remote.git", {}),
        ]
    ):
        member = team.member(f"over-{name}")
        team.git("remote", "set-url", "origin", address, cwd=member.folder)
        if name == "http":
            # As a checkout action leaves it.
            team.git("config", f"http.{server.url}/.extraheader", f"AUTHORIZATION: {header}", cwd=member.folder)
        if name == "include":
            # As newer ones do: a file beside, for this repository alone.
            credentials = team.folder / "credentials"
            credentials.write_text(f'[http "{server.url}/"]\n\textraheader = AUTHORIZATION: {header}\n')
            place = f"includeIf.gitdir:{member.folder}/.git.path"
            team.git("config", place, str(credentials), cwd=member.folder)
        team.define(member, name)
        applied = member.run("apply", "--auto-approve", environment=environment)
        checks.that(applied.status == 0 and team.values() == {name}, f"an apply over {name}", applied)
        checks.equal(len(team.applies()), number + 1, f"an apply over {name} has its line")
        checks.that(token not in applied.text and header not in applied.text, f"an apply over {name} shows no credential")
    checks.that(len(server.asked) > 6, "git went over HTTP")


def without_credential(checks: Checks, team: Team, server: GitServer, token: str) -> None:
    """The server takes the header alone: a password that stands in an address is of no use, and is not shown."""
    bare = team.member("without")
    with_password = server.url.replace("//", f"//u:{token}@")
    team.git("remote", "set-url", "origin", f"{with_password}/none.git", cwd=bare.folder)
    refused = bare.run("plan")
    checks.that(refused.status == 1 and "fetching the branch" in refused.stderr, "without a credential it says what it did", refused)
    checks.that(token not in refused.text, "and shows no password", refused)
    team.define(bare, "x", remote=f"'{with_password}/remote.git'")
    refused = bare.run("plan")
    checks.that(token not in refused.stderr.replace("spaceform.yaml", ""), "nor one that stands in an address", refused)


def silence(checks: Checks, team: Team) -> None:
    """ssh that never answers."""
    hang = script(team.folder / "hang", "#!/bin/sh\nexec sleep 100\n")
    slow = team.member("slow")
    team.git("remote", "set-url", "origin", f"git@host.invalid:{team.remote}", cwd=slow.folder)
    started = time.monotonic()
    hanging = slow.run("apply", "--auto-approve", environment={"GIT_SSH_COMMAND": hang, "SPACEFORM_GIT_TIMEOUT": "1s"})
    checks.that(
        hanging.status == 1 and "did not answer within 1 s" in hanging.stderr and time.monotonic() - started < 20,
        "a remote that hangs is given up on",
        hanging,
    )
