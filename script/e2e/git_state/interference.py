"""What others do to the branch while an apply is at work, and signals to it."""

import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from harness import Checks, Hub, Project, wait

from .team import BRANCH, Team


def check_interference(checks: Checks, folder: Path) -> None:
    with Hub(folder / "hub-interference", options=("--latency", "500ms")) as hub:
        team = Team(folder / "interference", hub)
        ada = team.member("ada")
        checks.that(ada.run("apply", "--auto-approve").status == 0, "a fleet to work on")
        pushed_over(checks, team, ada)
        unlocked_by_hand(checks, team, ada, team.member("ben"))
        interrupted(checks, team, ada)


def until(condition: Callable[[], bool], seconds: float) -> None:
    """Waits for the condition, but no longer than that."""
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.005)


def underway(team: Team, member: Project) -> subprocess.Popen:
    """An apply whose intents are on the branch, and that is about to write."""
    process = member.start("apply", "--auto-approve")
    until(lambda: team.has_journal() or process.poll() is not None, 30)
    return process


def pushed_over(checks: Checks, team: Team, ada: Project) -> None:
    """Somebody puts the branch back to where it was."""
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


def unlocked_by_hand(checks: Checks, team: Team, ada: Project, ben: Project) -> None:
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


def interrupted(checks: Checks, team: Team, ada: Project) -> None:
    """While it works, and while it only plans."""
    team.define(ada, "interrupted")
    process = underway(team, ada)
    process.terminate()
    ended = wait(process)
    checks.that(ended.status in (143, 0), "SIGTERM ends it in order", ended)
    checks.that("owner" not in team.lease() and not team.has_journal(), "and gives the lease back")
    process = ada.start("apply", "--auto-approve")
    until(lambda: "owner" in team.lease(), 20)
    process.terminate()
    early = wait(process)
    checks.that(early.status in (143, 0), "a signal while it plans ends it", early)
    checks.that("owner" not in team.lease(), "and gives the lease back too", team.lease())
