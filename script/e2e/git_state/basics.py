"""What one member after another sees: the lock is on the branch, and nowhere else."""

from pathlib import Path

from harness import Checks, Hub, Project

from .history import check_history
from .team import BRANCH, Team


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
        missing_branch(checks, team, ada, ben)


def missing_branch(checks: Checks, team: Team, ada: Project, ben: Project) -> None:
    """It is no empty state: the lock has to be put back, or the Spaces are to be adopted."""
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
