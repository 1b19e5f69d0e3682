"""Remotes that refuse a push, folders without a remote, disks without room."""

import resource
import shutil
import signal
from pathlib import Path

from harness import Checks, Hub, Project

from .team import Team


def check_refusals(checks: Checks, folder: Path) -> None:
    with Hub(folder / "hub-refusals") as hub:
        team = Team(folder / "refusals", hub)
        ada = team.member("ada")
        protected(checks, team, ada)
        refused_later(checks, team, ada)
        without_remote(checks, team)
        without_room(checks, team, ada)


def rule(team: Team, text: str) -> Path:
    """The hook that the remote asks for every branch that is pushed."""
    hook = team.remote / "hooks" / "update"
    hook.write_text(f"#!/bin/sh\n{text}\n")
    hook.chmod(0o755)
    return hook


def protected(checks: Checks, team: Team, ada: Project) -> None:
    rule(team, 'echo "Only the bot may push." >&2; exit 1')
    refused = ada.run("apply", "--auto-approve")
    checks.that(refused.status == 1 and "Only the bot may push." in refused.stderr, "a hook's words are passed on", refused)
    checks.equal(team.hub.spaces(), [], "and nothing was written to the Hub")
    rule(team, 'test "$1" != refs/heads/main || { echo "main is protected" >&2; exit 1; }')
    applied = ada.run("apply", "--auto-approve")
    checks.that(applied.status == 0, "beside a protected main branch it works", applied)
    team.git("config", "receive.denyNonFastForwards", "true")
    team.git("config", "receive.denyDeletes", "true")
    again = ada.run("apply", "--auto-approve")
    checks.that(again.status == 0, "and where history may not be rewritten", again)


def refused_later(checks: Checks, team: Team, ada: Project) -> None:
    """The remote refuses from the second push on: the intents cannot be announced, so nothing may be done."""
    team.define(ada, "silent")
    count = team.folder / "count"
    hook = rule(team, f'echo x >> "{count}"; test "$(wc -l < "{count}")" -le 1 || {{ echo "Quota reached" >&2; exit 1; }}')
    before = len(team.writes())
    quota = ada.run("apply", "--auto-approve")
    checks.that(quota.status == 1 and "Quota reached" in quota.stderr, "a push refused later ends the apply", quota)
    checks.equal(len(team.writes()), before, "no write was made whose intent is not on the branch")
    hook.unlink()
    onwards = ada.run("apply", "--auto-approve")
    checks.that(onwards.status == 0 and team.values() == {"silent"}, "the next apply goes on", onwards)


def without_remote(checks: Checks, team: Team) -> None:
    outside = team.member("outside", remote=None)
    team.define(outside, "x")
    nowhere = outside.run("plan")
    checks.that(nowhere.status == 1 and "git remote add origin" in nowhere.stderr, "a repository without the remote", nowhere)
    shutil.rmtree(outside.folder / ".git")
    nowhere = outside.run("plan")
    checks.that(nowhere.status == 1 and "not in a git repository" in nowhere.stderr, "a folder outside of git", nowhere)


def without_room(checks: Checks, team: Team, ada: Project) -> None:
    """For a run's own folder in the project, and then for any file."""
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
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))
