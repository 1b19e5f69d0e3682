"""Older revisions than the one that was applied are refused, from a shallow clone too, unless that is asked for."""

from pathlib import Path

from harness import Checks, Hub

from .team import Team


def check_rollback(checks: Checks, folder: Path) -> None:
    with Hub(folder / "hub-rollback") as hub:
        team = Team(folder / "rollback", hub)
        team.git("config", "uploadpack.allowFilter", "true")
        ada = team.member("ada")
        first = team.git("rev-parse", "HEAD", cwd=ada.folder)
        team.define(ada, "two")
        second = team.commit(ada, "Two")
        team.push(ada)
        checks.that(ada.run("apply", "--auto-approve").status == 0, "the second revision is applied")
        checks.equal(team.lock()["revision"], second, "the lock names it")
        back = ada.run("apply", "--auto-approve", "--revision", first)
        checks.that(back.status == 5 and "--allow-rollback" in back.stderr, "an older one is refused", back)
        checks.that("owner" not in team.lease(), "and the lease given back")
        noted = ada.run("plan", "--revision", first)
        checks.that("--allow-rollback" in noted.stderr, "a plan of it says so", noted)
        team.define(ada, "three")
        team.commit(ada, "Three")
        team.push(ada)
        shallow_clone(checks, team, first)


def shallow_clone(checks: Checks, team: Team, first: str) -> None:
    """As CI checks out: of the history it has one commit."""
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
