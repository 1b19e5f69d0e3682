"""SIGKILL of an apply that holds the lease, and who goes on with its work, and when."""

import random
import time
from pathlib import Path

from harness import Checks, Hub, Project

from .team import BRANCH, FAST, SPEED, Team


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
                checks.that(took >= 360 / SPEED, f"{what}: but not before the silence was long enough", took)
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
