"""Files of the branch that somebody edited or cut off, and `state pull`, `state push` and `state unlock`, which put them right."""

import json
import secrets
from pathlib import Path

from harness import Checks, Hub, Project

from .team import BRANCH, Team


def check_damage(checks: Checks, folder: Path) -> None:
    with Hub(folder / "hub-damage") as hub:
        team = Team(folder / "damage", hub)
        ada = team.member("ada")
        checks.that(ada.run("apply", "--auto-approve").status == 0, "a fleet to work on")
        backup = team.folder / "backup.lock"
        backup.write_text(ada.run("state", "pull").stdout)
        checks.equal(json.loads(backup.read_text()), team.lock(), "state pull has the lock of the branch")
        damaged_lock(checks, team, ada, backup)
        damaged_lease(checks, team, ada)
        damaged_journal(checks, team, ada, backup)
        foreign_locks(checks, team, ada, backup)
        file_store(checks, ada, backup)


def edit(team: Team, name: str, text: str) -> None:
    """A commit to the branch by hand."""
    place = team.folder / f"edit-{secrets.token_hex(4)}"
    team.git("clone", "--quiet", "--branch", BRANCH, str(team.remote), str(place), cwd=team.folder)
    (place / "demos" / name).write_text(text)
    team.git("add", "--all", cwd=place)
    team.git("-c", "user.name=Eve", "-c", "user.email=e@example.org", "commit", "-qm", "by hand", cwd=place)
    team.git("push", "--quiet", "origin", f"HEAD:{BRANCH}", cwd=place)


def damaged_lock(checks: Checks, team: Team, ada: Project, backup: Path) -> None:
    for what, text in (("cut off", backup.read_text()[:60]), ("emptied", ""), ("of the future", '{"version": 9}')):
        edit(team, "spaceform.lock", text)
        damaged = ada.run("apply", "--auto-approve")
        checks.that(damaged.status == 1 and f"on the branch {BRANCH}" in damaged.stderr, f"a lock {what} is named", damaged)
        checks.that("state push --force" in damaged.stderr, f"a lock {what}: with the way out", damaged)
        soft = ada.run("state", "push", str(backup))
        checks.that(soft.status == 1, f"a lock {what} is not written over by accident", soft)
        pushed = ada.run("state", "push", "--force", str(backup))
        checks.that(pushed.status == 0, f"a lock {what}: the way out works", pushed)
    checks.that(ada.run("plan", "--detailed-exitcode").status == 0, "nothing is lost")


def damaged_lease(checks: Checks, team: Team, ada: Project) -> None:
    edit(team, "lease.json", '{"version": 1, "term"')
    damaged = ada.run("apply", "--auto-approve")
    checks.that(damaged.status == 1 and "spaceform state unlock" in damaged.stderr, "a damaged lease is named", damaged)
    asks = ada.run("state", "unlock")
    checks.that(asks.status == 64, "without a terminal unlock needs --yes", asks)
    checks.that(ada.run("state", "unlock", "--yes").status == 0, "a damaged lease is written anew")


def damaged_journal(checks: Checks, team: Team, ada: Project, backup: Path) -> None:
    edit(team, "journal.ndjson", '{"version":1,"base_lock":null}\nnonsense\n{"x":1}\n')
    damaged = ada.run("apply", "--auto-approve")
    checks.that(damaged.status == 1 and "state push --force" in damaged.stderr, "a damaged journal is named", damaged)
    backup.write_text(ada.run("state", "pull").stdout)
    checks.that(ada.run("state", "push", "--force", str(backup)).status == 0, "the way out works")
    checks.that(not team.has_journal(), "and the journal is gone")
    checks.that(ada.run("apply", "--auto-approve").status == 0, "after which all goes on")


def foreign_locks(checks: Checks, team: Team, ada: Project, backup: Path) -> None:
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


def file_store(checks: Checks, ada: Project, backup: Path) -> None:
    """From one store to the other."""
    project = ada.read("spaceform.yaml")
    ada.write("spaceform.yaml", project.replace("state: { store: git }", "state: { store: file }"))
    moved = ada.run("state", "push", str(backup))
    checks.that(moved.status == 0 and ada.lock.exists(), "a lock moves to the file store", moved)
    checks.that(ada.run("plan", "--detailed-exitcode").status == 0, "and nothing is to be done there")
    checks.equal(ada.run("state", "pull").stdout, ada.lock.read_text(), "where state pull has it too")
    checks.that("Nobody" in ada.run("state", "unlock", "--yes").stdout, "and there is nothing to unlock")
