"""The lock on a branch of a remote, with real git remotes and real applies: races, kills, takeovers, and remotes that misbehave.

--races PAIRS EIGHTS sets how many races of two and of eight are run; the promise is 100 and 20, the suite runs fewer.
"""

import argparse
import base64
import json
import os
import random
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path

from git_server import GitServer
from harness import Checks, Ended, Hub, Project, wait, workplace

BRANCH = "spaceform-state"
NAMES = ("a", "b", "c")
# Leases of five minutes pass in this many times less; every process of a check is told the same.
FAST = {"SPACEFORM_TEST_LEASE_SPEED": "30"}


class Team:
    """One bare remote, and clones of a project that its members work in."""

    def __init__(self, folder: Path, hub: Hub) -> None:
        self.folder = folder
        self.hub = hub
        self.remote = folder / "remote.git"
        folder.mkdir(parents=True)
        self.environment: dict[str, str] = {}
        self.members: dict[str, Project] = {}
        seed = self.member("seed", remote=None)
        self.environment = seed.environment
        self.git("init", "--quiet", "--bare", "--initial-branch=main", str(self.remote), cwd=folder)
        self.define(seed, "0")
        self.commit(seed, "The project")
        self.git("remote", "add", "origin", str(self.remote), cwd=seed.folder)
        self.git("push", "--quiet", "origin", "HEAD:main", cwd=seed.folder)

    def git(self, *words: str, cwd: Path | None = None, check: bool = True) -> str:
        done = subprocess.run(
            ["git", *words], cwd=cwd or self.remote, env=self.environment, capture_output=True, text=True, check=False
        )
        if check and done.returncode != 0:
            raise RuntimeError(f"git {' '.join(words)}: {done.stderr}")
        return done.stdout.strip()

    def member(self, name: str, remote: str | None = "", depth: int | None = None) -> Project:
        """A clone of the project; its name is the user's."""
        project = Project.copy(self.folder / name, self.hub)
        project.environment |= {"USER": name, "GIT_CONFIG_NOSYSTEM": "1", "LOGNAME": name}
        project.environment["TMPDIR"] = str(self.folder)
        shutil.rmtree(project.folder)
        if remote is None:
            project.folder.mkdir()
            subprocess.run(["git", "init", "-q", "-b", "main"], cwd=project.folder, env=project.environment, check=True)
        else:
            shallow = ["--depth", str(depth)] if depth else []
            self.git("clone", "--quiet", *shallow, remote or f"file://{self.remote}", str(project.folder), cwd=self.folder)
        self.members[name] = project
        return project

    def define(self, project: Project, value: str, names: tuple[str, ...] = NAMES, **more: str) -> None:
        """Spaces that each have one variable, with this value."""
        settings = "".join(f", {key}: {word}" for key, word in more.items())
        project.write(
            "spaceform.yaml",
            f"version: 1\nproject: demos\nowner: acme\ndefaults: {{ wait: {{ for: none }} }}\nstate: {{ store: git{settings} }}\n",
        )
        (project.folder / "spaces").mkdir(exist_ok=True)
        for name in names:
            project.write(f"spaces/{name}.space.yaml", f"name: {name}\nvariables: {{ WHO: '{value}' }}\n")

    def commit(self, project: Project, message: str) -> str:
        self.git("add", "--all", cwd=project.folder)
        identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
        self.git(*identity, "commit", "--quiet", "--allow-empty", "-m", message, cwd=project.folder)
        return self.git("rev-parse", "HEAD", cwd=project.folder)

    def file(self, name: str) -> str:
        return self.git("show", f"{BRANCH}:demos/{name}")

    def lock(self) -> dict:
        return json.loads(self.file("spaceform.lock"))

    def lease(self) -> dict:
        return json.loads(self.file("lease.json"))

    def has_journal(self) -> bool:
        return "journal.ndjson" in self.git("ls-tree", "--name-only", f"{BRANCH}:demos").split()

    def applies(self) -> list[str]:
        """Titles of the commits that ended an apply, oldest first."""
        return self.git("log", "--first-parent", "--reverse", "--format=%s", BRANCH).splitlines()[1:]

    def holders(self) -> list[tuple[int, int, str | None]]:
        """Term, sign and session of every commit of the branch in the order they were pushed."""
        history = []
        for commit in self.git("log", "--topo-order", "--reverse", "--format=%H", BRANCH).splitlines():
            text = self.git("show", f"{commit}:demos/lease.json", check=False)
            if text:
                lease = json.loads(text)
                history.append((lease["term"], lease["seq"], lease.get("session")))
        return history

    def values(self) -> set[str]:
        """What the Hub has as the value of each Space's variable."""
        found = set()
        for name in NAMES:
            status, variables = self.hub.call("GET", f"/api/spaces/acme/{name}/variables")
            found.add(variables["WHO"]["value"] if status == 200 else f"status {status}")
        return found

    def writes(self) -> list[str]:
        """Names of the Spaces whose variable was written, in the Hub's order."""
        return [
            request["path"].split("/")[4]
            for request in self.hub.requests()
            if request["method"] == "POST" and request["path"].endswith("/variables") and request["status"] == 200
        ]


def check_history(checks: Checks, team: Team, what: str) -> None:
    """Exactly one holder at a time, as the commits of the branch tell it."""
    last: tuple[int, int, str | None] = (0, 0, None)
    wrong = []
    for entry in team.holders():
        term, sign, session = entry
        takes = term == last[0] + 1 and last[2] is None and session is not None
        goes_on = term == last[0] and sign > last[1] and session in (last[2], None) and last[2] is not None
        if not takes and not goes_on:
            wrong.append(f"{last} then {entry}")
        last = entry
    checks.that(not wrong and last[2] is None, f"{what}: one holder after another, and nobody at the end", "\n".join(wrong))


def check_basics(checks: Checks, folder: Path) -> None:
    with Hub(folder / "hub") as hub:
        team = Team(folder / "basics", hub)
        ada, ben = team.member("ada"), team.member("ben")
        planned = ada.run("plan")
        checks.that(planned.status == 0 and "3 to create" in planned.stdout, "a plan without a branch", planned)
        checks.that(BRANCH not in team.git("branch", "--list", BRANCH), "a plan makes no branch")
        first = ada.run("apply", "--auto-approve")
        checks.that(first.status == 0, "the first apply makes the branch", first)
        checks.equal(sorted(team.lock()["spaces"]), ["acme/a", "acme/b", "acme/c"], "the lock is on it")
        checks.equal(team.lock()["revision"], team.git("rev-parse", "main"), "with the revision that was applied")
        same = ben.run("plan", "--detailed-exitcode")
        checks.that(same.status == 0, "another clone plans nothing", same)
        checks.equal(ada.lock.exists(), False, "there is no lock in the work tree")
        again = ben.run("apply", "--auto-approve")
        checks.that(again.status == 0, "an apply with nothing to do", again)
        checks.equal(team.applies(), ["demos: 3 added, 3 operations", "demos: nothing changed"], "one line for each apply")
        check_history(checks, team, "two applies")
        for words in (["state", "list"], ["state", "show", "acme/a"], ["status"], ["drift"]):
            ended = ben.run(*words)
            checks.that(ended.status == 0 and "acme/a" in ended.text or words == ["drift"], f"{' '.join(words)} reads the branch", ended)
        nobody = ben.run("state", "unlock", "--yes")
        checks.that(nobody.status == 0 and "Nobody" in nobody.stdout, "there is nothing to unlock", nobody)
        offline = ben.run("plan", "--refresh", "none", environment={"GIT_SSH_COMMAND": "false", "HF_ENDPOINT": None})
        checks.that(offline.status == 0 and "No changes" in offline.stdout, "an offline plan has the lock as last seen", offline)

        # Adoption, since a missing branch is not an empty state.
        team.git("update-ref", "-d", f"refs/heads/{BRANCH}")
        lost = ada.run("apply", "--auto-approve")
        checks.that(lost.status == 5 and "seen.lock" in lost.stderr, "a branch that was known and is gone is an error", lost)
        fresh = team.member("fresh")
        foreign = fresh.run("apply", "--auto-approve")
        checks.that(foreign.status == 1 and "--adopt" in foreign.text, "to a fresh clone the Spaces are not ours", foreign)
        command = lost.stderr.split("`")[1].split()
        restored = ada.run(*command[1:])
        checks.that(restored.status == 0, "the command of the message puts the lock back", restored)
        back = ben.run("plan", "--detailed-exitcode")
        checks.that(back.status == 0, "and all is as it was", back)


def check_races(checks: Checks, folder: Path, contenders: int, races: int) -> None:
    """As many applies at once, each of its own definitions; all of a race's values on the Hub are of one of them."""
    with Hub(folder / f"hub-{contenders}", options=("--latency", "50ms")) as hub:
        team = Team(folder / f"races-{contenders}", hub)
        members = [team.member(f"member{number}") for number in range(contenders)]
        first = members[0].run("apply", "--auto-approve")
        checks.that(first.status == 0, f"races of {contenders}: the fleet is made", first)
        began, winners, losers, reruns = len(team.writes()), 0, 0, 0
        applies = len(team.applies())
        wrong = []
        for race in range(races):
            for number, member in enumerate(members):
                team.define(member, f"race {race} of {number}")
            running = [member.start("apply", "--auto-approve") for member in members]
            ended = [wait(process) for process in running]
            statuses = [end.status for end in ended]
            winners += statuses.count(0)
            losers += statuses.count(6)
            if 0 not in statuses or set(statuses) - {0, 6}:
                wrong.append(f"race {race} ended with {statuses}\n" + "\n".join(map(str, ended)))
            for end in ended:
                if end.status == 6 and "holds it" not in end.stderr:
                    wrong.append(f"race {race}: a loser is not told why\n{end}")
            values = team.values()
            locked = {space["variables"]["WHO"] for space in team.lock()["spaces"].values()}
            if len(values) != 1 or values != locked:
                wrong.append(f"race {race}: the Hub has {values}, the lock {locked}")
            for number, member in enumerate(members):
                if statuses[number] == 6:
                    again = member.run("apply", "--auto-approve")
                    reruns += again.status == 0
                    if again.status != 0 or team.values() != {f"race {race} of {number}"}:
                        wrong.append(f"race {race}: member {number} run again\n{again}")
        what = f"{races} races of {contenders}"
        checks.that(not wrong, f"{what}: one applies, the others end with status 6 and succeed when run again", "\n".join(wrong))
        checks.equal(reruns, losers, f"{what}: every loser succeeds when run again")
        writes = team.writes()[began:]
        runs = [sorted(writes[place : place + 3]) for place in range(0, len(writes), 3)]
        mixed = [run for run in runs if run != list(NAMES)]
        checks.that(not mixed, f"{what}: no two wrote at the same time, as the Hub's log tells it", mixed)
        checks.equal(len(runs), winners + reruns, f"{what}: each that ended well wrote all of its values, once")
        changed = [title for title in team.applies()[applies:] if title.startswith("demos: 3 changed")]
        checks.equal(len(changed), winners + reruns, f"{what}: each of them has its line in the history")
        check_history(checks, team, what)
        print(f"{what}: {winners} won, {losers} lost and were run again", flush=True)


def killed_apply(team: Team, member: Project, calls: int, environment: dict[str, str]) -> bool:
    """Kills an apply when the Hub has had so many calls of it: whether it still ran."""
    before = len(team.hub.requests())
    process = member.start("apply", "--auto-approve", environment=environment)
    while process.poll() is None and len(team.hub.requests()) - before < calls:
        time.sleep(0.002)
    process.kill()
    process.communicate()
    return process.returncode < 0


def check_takeover(checks: Checks, folder: Path, rounds: int) -> None:
    """SIGKILL of a holder: its own machine goes on at once, another one after the silence, a later attempt of its run at once."""
    run = {"GITHUB_RUN_ID": "17", "GITHUB_REPOSITORY": "acme/demos", "GITHUB_SERVER_URL": "https://ci.example"}
    ways = ("the same machine", "another machine", "a later attempt")
    held_rounds, journals = 0, 0
    for number in range(rounds):
        with Hub(folder / f"hub-kill-{number}", options=("--latency", "40ms")) as hub:
            team = Team(folder / f"kill-{number}", hub)
            ada, ben = team.member("ada"), team.member("ben")
            way = ways[number % 3]
            ours = FAST | (run if way == "a later attempt" else {})
            calls = random.randint(1, 8)
            was_killed = killed_apply(team, ada, calls, ours | {"GITHUB_RUN_ATTEMPT": "1"})
            held = was_killed and bool(team.git("branch", "--list", BRANCH)) and "owner" in team.lease()
            open_journal = held and team.has_journal()
            held_rounds += held
            journals += open_journal
            made = len(hub.spaces())
            what = f"round {number}, killed at call {calls} ({made} Spaces made, {'a' if open_journal else 'no'} journal), {way}"
            if held and number < 3:
                plan = ben.run("plan", environment=FAST)
                checks.that(plan.status in (0, 1) and "error" not in plan.stderr, f"{what}: a plan waits for nobody", plan)
            if held and way != "the same machine":
                refused = ben.run("apply", "--auto-approve", environment=ours | {"GITHUB_RUN_ATTEMPT": "1"})
                checks.that(refused.status == 6, f"{what}: at first others are turned away", refused)
                name = "https://ci.example/acme/demos/actions/runs/17" if way == "a later attempt" else "ada@"
                told = name in refused.stderr and "--lease-timeout" in refused.stderr
                checks.that(told, f"{what}: they are told who holds it, and how to go on", refused)
            started = time.monotonic()
            if way == "the same machine":
                after = ada.run("apply", "--auto-approve", environment=FAST)
            elif way == "another machine":
                after = ben.run("apply", "--auto-approve", "--lease-timeout", "15m", environment=FAST)
            else:
                after = team.member("next").run("apply", "--auto-approve", environment=ours | {"GITHUB_RUN_ATTEMPT": "2"})
            took = time.monotonic() - started
            checks.that(after.status == 0, f"{what}: the next apply goes on", after)
            if held and way == "another machine":
                checks.that(took >= 360 / 30, f"{what}: but not before the silence was long enough", took)
            checks.equal(hub.spaces(), ["acme/a", "acme/b", "acme/c"], f"{what}: each Space is there once")
            creates = [r for r in hub.requests() if r["path"] == "/api/repos/create" and r["status"] == 200]
            checks.equal(len(creates), 3, f"{what}: no Space was made twice")
            settled = ben.run("plan", "--detailed-exitcode", environment=FAST)
            checks.that(settled.status == 0, f"{what}: the fleet is as defined", settled)
            checks.that(not team.has_journal(), f"{what}: no journal is left")
            checks.that("owner" not in team.lease(), f"{what}: nobody holds the lease")
            print(f"{what}: {'held' if held else 'not held'}, next apply {took:.1f} s", flush=True)
    checks.that(held_rounds >= rounds // 2, "most of the killed held the lease", held_rounds)
    checks.that(journals, "some of them left a journal for others to settle", held_rounds)


def underway(team: Team, member: Project) -> subprocess.Popen:
    """An apply whose intents are on the branch, and that is about to write."""
    process = member.start("apply", "--auto-approve")
    deadline = time.monotonic() + 30
    while not team.has_journal() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    return process


def check_interference(checks: Checks, folder: Path) -> None:
    """What others do to the branch while an apply is at work."""
    with Hub(folder / "hub-interference", options=("--latency", "500ms")) as hub:
        team = Team(folder / "interference", hub)
        ada, ben = team.member("ada"), team.member("ben")
        checks.that(ada.run("apply", "--auto-approve").status == 0, "a fleet to work on")
        old = team.git("rev-parse", BRANCH)

        team.define(ada, "forced")
        process = underway(team, ada)
        team.git("update-ref", f"refs/heads/{BRANCH}", old)
        forced = wait(process)
        checks.that(forced.status == 6, "a branch that is pushed over ends the apply with status 6", forced)
        recovery = ada.folder / ".spaceform" / "recovery.lock.json"
        checks.that(recovery.exists() and str(recovery) in forced.stderr, "what it did is kept, and named", forced)
        checks.equal(team.git("rev-parse", BRANCH), old, "the branch is left as somebody put it")
        back = ada.run("apply", "--auto-approve")
        checks.that(back.status == 5 and "gone back" in back.stderr, "the next run says that it went back", back)
        accepted = ada.run("state", "push", "--force", str(recovery))
        checks.that(accepted.status == 0, "the kept lock can be put there", accepted)
        onwards = ada.run("apply", "--auto-approve")
        checks.that(onwards.status == 0 and team.values() == {"forced"}, "and the work goes on", onwards)

        team.define(ada, "unlocked")
        process = underway(team, ada)
        # It holds still meanwhile, so that it has the lease for certain, however slow this machine is.
        process.send_signal(signal.SIGSTOP)
        unlocked = ben.run("state", "unlock", "--yes")
        process.send_signal(signal.SIGCONT)
        checks.that(unlocked.status == 0 and "ada@" in unlocked.stdout, "somebody ends the lease by hand", unlocked)
        lost = wait(process)
        checks.that(lost.status == 6 and "ended by somebody else" in lost.stderr, "its holder notices at its next push", lost)
        onwards = ada.run("apply", "--auto-approve")
        checks.that(onwards.status == 0 and team.values() == {"unlocked"}, "and its next run goes on", onwards)

        # Interrupted while it works, and while it only plans.
        team.define(ada, "interrupted")
        process = underway(team, ada)
        process.terminate()
        ended = wait(process)
        checks.that(ended.status in (143, 0), "SIGTERM ends it in order", ended)
        checks.that("owner" not in team.lease() and not team.has_journal(), "and gives the lease back")
        process = ada.start("apply", "--auto-approve")
        deadline = time.monotonic() + 20
        while "owner" not in team.lease() and time.monotonic() < deadline:
            time.sleep(0.01)
        process.terminate()
        early = wait(process)
        checks.that(early.status in (143, 0), "a signal while it plans ends it", early)
        checks.that("owner" not in team.lease(), "and gives the lease back too", team.lease())


def check_transports(checks: Checks, folder: Path) -> None:
    with Hub(folder / "hub-transports") as hub:
        team = Team(folder / "transports", hub)
        token = "gitcanary" + secrets.token_hex(8)
        header = "Basic " + base64.b64encode(f"x-access-token:{token}".encode()).decode()
        server = GitServer(team.folder, header)
        team.git("config", "http.receivepack", "true")
        ssh = team.folder / "ssh"
        ssh.write_text('#!/bin/sh\n# As sshd would, without the network: options, host, command.\nwhile [ $# -gt 1 ]; do shift; done\nexec sh -c "$1"\n')
        ssh.chmod(0o755)
        for number, (name, address, environment) in enumerate(
            [
                ("path", str(team.remote), {}),
                ("file", f"file://{team.remote}", {}),
                ("relative", "../remote.git", {}),
                ("ssh", f"git@host.invalid:{team.remote}", {"GIT_SSH_COMMAND": str(ssh)}),
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
        bare = team.member("without")
        team.git("remote", "set-url", "origin", f"http://u:{token}@127.0.0.1:{server.server.server_port}/none.git", cwd=bare.folder)
        refused = bare.run("plan")
        checks.that(refused.status == 1 and "fetching the branch" in refused.stderr, "without a credential it says what it did", refused)
        checks.that(token not in refused.text, "and shows no password", refused)
        team.define(bare, "x", remote=f"'{server.url.replace('//', f'//u:{token}@')}/remote.git'")
        refused = bare.run("plan")
        checks.that(token not in refused.stderr.replace("spaceform.yaml", ""), "nor one that stands in an address", refused)
        server.close()

        # ssh that never answers.
        hang = team.folder / "hang"
        hang.write_text("#!/bin/sh\nexec sleep 100\n")
        hang.chmod(0o755)
        slow = team.member("slow")
        team.git("remote", "set-url", "origin", f"git@host.invalid:{team.remote}", cwd=slow.folder)
        started = time.monotonic()
        hanging = slow.run("apply", "--auto-approve", environment={"GIT_SSH_COMMAND": str(hang), "SPACEFORM_GIT_TIMEOUT": "1s"})
        checks.that(
            hanging.status == 1 and "did not answer within 1 s" in hanging.stderr and time.monotonic() - started < 20,
            "a remote that hangs is given up on",
            hanging,
        )
        # Nothing private is on the branch, in any commit.
        everything = team.git("log", "-p", "--all")
        leaks = [word for word in (token, header, hub.token) if word in everything]
        checks.that(not leaks, "no credential is anywhere on the branch")


def check_refusals(checks: Checks, folder: Path) -> None:
    with Hub(folder / "hub-refusals") as hub:
        team = Team(folder / "refusals", hub)
        ada = team.member("ada")
        hook = team.remote / "hooks" / "update"

        def rule(text: str) -> None:
            hook.write_text(f"#!/bin/sh\n{text}\n")
            hook.chmod(0o755)

        rule('echo "Only the bot may push." >&2; exit 1')
        refused = ada.run("apply", "--auto-approve")
        checks.that(refused.status == 1 and "Only the bot may push." in refused.stderr, "a hook's words are passed on", refused)
        checks.equal(hub.spaces(), [], "and nothing was written to the Hub")
        rule('test "$1" != refs/heads/main || { echo "main is protected" >&2; exit 1; }')
        applied = ada.run("apply", "--auto-approve")
        checks.that(applied.status == 0, "beside a protected main branch it works", applied)
        team.git("config", "receive.denyNonFastForwards", "true")
        team.git("config", "receive.denyDeletes", "true")
        again = ada.run("apply", "--auto-approve")
        checks.that(again.status == 0, "and where history may not be rewritten", again)

        # The remote refuses from the second push on: the intents cannot be announced, so nothing may be done.
        team.define(ada, "silent")
        count = team.folder / "count"
        rule(f'echo x >> "{count}"; test "$(wc -l < "{count}")" -le 1 || {{ echo "Quota reached" >&2; exit 1; }}')
        before = len(team.writes())
        quota = ada.run("apply", "--auto-approve")
        checks.that(quota.status == 1 and "Quota reached" in quota.stderr, "a push refused later ends the apply", quota)
        checks.equal(len(team.writes()), before, "no write was made whose intent is not on the branch")
        hook.unlink()
        onwards = ada.run("apply", "--auto-approve")
        checks.that(onwards.status == 0 and team.values() == {"silent"}, "the next apply goes on", onwards)

        outside = team.member("outside", remote=None)
        team.define(outside, "x")
        nowhere = outside.run("plan")
        checks.that(nowhere.status == 1 and "git remote add origin" in nowhere.stderr, "a repository without the remote", nowhere)
        shutil.rmtree(outside.folder / ".git")
        nowhere = outside.run("plan")
        checks.that(nowhere.status == 1 and "not in a git repository" in nowhere.stderr, "a folder outside of git", nowhere)

        # No room for a run's own folder in the project.
        shutil.rmtree(ada.folder / ".spaceform")
        ada.write(".spaceform", "in the way")
        elsewhere = ada.run("apply", "--auto-approve")
        checks.that(elsewhere.status == 0, "where the project may not be written to, the temporary folder serves", elsewhere)
        checks.that(not list(team.folder.glob("spaceform-*/*/repository.git")), "and is left tidy")
        full = ada.run("apply", "--auto-approve", limits=no_room)
        checks.that(full.status == 1 and "error:" in full.stderr, "a full disk is an error", full)
        (ada.folder / ".spaceform").unlink()
        checks.that(ada.run("apply", "--auto-approve").status == 0, "after which all goes on")


def no_room() -> None:
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))


def check_damage(checks: Checks, folder: Path) -> None:
    """Files of the branch that somebody edited or cut off."""
    with Hub(folder / "hub-damage") as hub:
        team = Team(folder / "damage", hub)
        ada = team.member("ada")
        checks.that(ada.run("apply", "--auto-approve").status == 0, "a fleet to work on")
        backup = team.folder / "backup.lock"
        backup.write_text(ada.run("state", "pull").stdout)
        checks.equal(json.loads(backup.read_text()), team.lock(), "state pull has the lock of the branch")

        def edit(name: str, text: str) -> None:
            place = team.folder / f"edit-{secrets.token_hex(4)}"
            team.git("clone", "--quiet", "--branch", BRANCH, str(team.remote), str(place), cwd=team.folder)
            (place / "demos" / name).write_text(text)
            team.git("add", "--all", cwd=place)
            team.git("-c", "user.name=Eve", "-c", "user.email=e@example.org", "commit", "-qm", "by hand", cwd=place)
            team.git("push", "--quiet", "origin", f"HEAD:{BRANCH}", cwd=place)

        for what, text in (("cut off", backup.read_text()[:60]), ("emptied", ""), ("of the future", '{"version": 9}')):
            edit("spaceform.lock", text)
            damaged = ada.run("apply", "--auto-approve")
            checks.that(damaged.status == 1 and f"on the branch {BRANCH}" in damaged.stderr, f"a lock {what} is named", damaged)
            checks.that("state push --force" in damaged.stderr, f"a lock {what}: with the way out", damaged)
            soft = ada.run("state", "push", str(backup))
            checks.that(soft.status == 1, f"a lock {what} is not written over by accident", soft)
            pushed = ada.run("state", "push", "--force", str(backup))
            checks.that(pushed.status == 0, f"a lock {what}: the way out works", pushed)
        checks.that(ada.run("plan", "--detailed-exitcode").status == 0, "nothing is lost")

        edit("lease.json", '{"version": 1, "term"')
        damaged = ada.run("apply", "--auto-approve")
        checks.that(damaged.status == 1 and "spaceform state unlock" in damaged.stderr, "a damaged lease is named", damaged)
        asks = ada.run("state", "unlock")
        checks.that(asks.status == 64, "without a terminal unlock needs --yes", asks)
        checks.that(ada.run("state", "unlock", "--yes").status == 0, "a damaged lease is written anew")
        edit("journal.ndjson", '{"version":1,"base_lock":null}\nnonsense\n{"x":1}\n')
        damaged = ada.run("apply", "--auto-approve")
        checks.that(damaged.status == 1 and "state push --force" in damaged.stderr, "a damaged journal is named", damaged)
        backup.write_text(ada.run("state", "pull").stdout)
        checks.that(ada.run("state", "push", "--force", str(backup)).status == 0, "the way out works")
        checks.that(not team.has_journal(), "and the journal is gone")
        checks.that(ada.run("apply", "--auto-approve").status == 0, "after which all goes on")

        lock = json.loads(backup.read_text())
        for what, change, status in (
            ("another project", {"project": "other"}, 5),
            ("another Hub", {"hub": "https://huggingface.co"}, 5),
            ("the future", {"version": 9}, 1),
            ("fewer Spaces", {"spaces": {}}, 5),
            ("other Spaces", {"spaces": {name: {"id": f"x-{name}"} for name in lock["spaces"]}}, 5),
        ):
            (team.folder / "other.lock").write_text(json.dumps(lock | change))
            refused = ada.run("state", "push", str(team.folder / "other.lock"))
            checks.that(refused.status == status, f"state push refuses a lock of {what}", refused)

        # From one store to the other.
        project = ada.read("spaceform.yaml")
        ada.write("spaceform.yaml", project.replace("state: { store: git }", "state: { store: file }"))
        moved = ada.run("state", "push", str(backup))
        checks.that(moved.status == 0 and ada.lock.exists(), "a lock moves to the file store", moved)
        checks.that(ada.run("plan", "--detailed-exitcode").status == 0, "and nothing is to be done there")
        checks.equal(ada.run("state", "pull").stdout, ada.lock.read_text(), "where state pull has it too")
        checks.that("Nobody" in ada.run("state", "unlock", "--yes").stdout, "and there is nothing to unlock")


def check_rollback(checks: Checks, folder: Path) -> None:
    with Hub(folder / "hub-rollback") as hub:
        team = Team(folder / "rollback", hub)
        team.git("config", "uploadpack.allowFilter", "true")
        ada = team.member("ada")
        first = team.git("rev-parse", "HEAD", cwd=ada.folder)
        team.define(ada, "two")
        second = team.commit(ada, "Two")
        team.git("push", "--quiet", "origin", "HEAD:main", cwd=ada.folder)
        checks.that(ada.run("apply", "--auto-approve").status == 0, "the second revision is applied")
        checks.equal(team.lock()["revision"], second, "the lock names it")
        back = ada.run("apply", "--auto-approve", "--revision", first)
        checks.that(back.status == 5 and "--allow-rollback" in back.stderr, "an older one is refused", back)
        checks.that("owner" not in team.lease(), "and the lease given back")
        noted = ada.run("plan", "--revision", first)
        checks.that("--allow-rollback" in noted.stderr, "a plan of it says so", noted)
        team.define(ada, "three")
        team.commit(ada, "Three")
        team.git("push", "--quiet", "origin", "HEAD:main", cwd=ada.folder)

        shallow = team.member("shallow", depth=1)
        checks.equal(team.git("rev-parse", "--is-shallow-repository", cwd=shallow.folder), "true", "a CI checkout is shallow")
        newer = shallow.run("apply", "--auto-approve")
        checks.that(newer.status == 0 and team.values() == {"three"}, "from it a newer revision is applied", newer)
        checks.equal(team.git("rev-list", "--count", "HEAD", cwd=shallow.folder), "1", "and it is as shallow as before")
        team.git("fetch", "--quiet", "--depth", "1", "origin", first, cwd=shallow.folder)
        team.git("checkout", "--quiet", first, cwd=shallow.folder)
        older = shallow.run("apply", "--auto-approve")
        checks.that(older.status == 5, "an older one is refused there too", older)
        team.git("config", "remote.origin.url", f"file://{team.folder}/gone.git", cwd=shallow.folder)
        gone = shallow.run("apply", "--auto-approve")
        checks.that(gone.status == 1, "a remote that is gone is an error", gone)
        team.git("config", "remote.origin.url", f"file://{team.remote}", cwd=shallow.folder)
        consent = shallow.run("apply", "--auto-approve", "--allow-rollback")
        checks.that(consent.status == 0 and team.values() == {"0"}, "with consent it is applied", consent)
        checks.equal(team.lock()["revision"], first, "and the lock names it")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--races", nargs=2, type=int, default=(6, 2), metavar=("PAIRS", "EIGHTS"))
    parser.add_argument("--kills", type=int, default=6, help="rounds of killed applies")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--only", choices=[name.removeprefix("check_") for name in globals() if name.startswith("check_")])
    arguments = parser.parse_args()
    seed = arguments.seed if arguments.seed is not None else random.randrange(1 << 32)
    random.seed(seed)
    print(f"seed {seed}", flush=True)
    checks = Checks()
    parts = {
        "basics": lambda folder: check_basics(checks, folder),
        "transports": lambda folder: check_transports(checks, folder),
        "refusals": lambda folder: check_refusals(checks, folder),
        "damage": lambda folder: check_damage(checks, folder),
        "rollback": lambda folder: check_rollback(checks, folder),
        "interference": lambda folder: check_interference(checks, folder),
        "takeover": lambda folder: check_takeover(checks, folder, arguments.kills),
        "races": lambda folder: (
            check_races(checks, folder, 2, arguments.races[0]),
            check_races(checks, folder, 8, arguments.races[1]),
        ),
    }
    with workplace() as folder:
        for name, part in parts.items():
            if arguments.only in (None, name):
                started = time.monotonic()
                part(folder)
                print(f"{name}: {time.monotonic() - started:.0f} s", flush=True)
    checks.finish()


if __name__ == "__main__":
    main()
