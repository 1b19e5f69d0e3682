"""pre-push plans what is pushed: commits that destroy without permission or have errors are stopped, all else passes."""

import json
from pathlib import Path

from harness import Checks, Ended

from .project import BAD, GOOD, LOCK
from .repository import Repository

LOCKED = "my demos/spaceform.lock"


def pushing(checks: Checks, folder: Path) -> None:
    for title, install in {
        "a copied hook": lambda repository: repository.copy_hook("pre-push"),
        "an installed hook": lambda repository: repository.spaceform("hook", "install", "--type", "pre-push"),
    }.items():
        base = folder / f"push-{title.split()[1]}"
        repository = Repository(base / "repository")
        pushes = Pushes(checks, title, repository, repository.add_remote(base / "remote"))
        install(repository)
        pushes.passing()
        pushes.destroying()
        pushes.with_errors()
        pushes.with_another_lock()
        pushes.another_branch()


class Pushes:
    """What one repository pushes to its remote, one thing after the other; the title says how it got its hook."""

    def __init__(self, checks: Checks, title: str, repository: Repository, remote: Repository) -> None:
        self.checks, self.title, self.repository, self.remote = checks, title, repository, remote

    def push(self, *arguments: str) -> Ended:
        return self.repository.run("git", "push", "origin", *arguments)

    def on_remote(self) -> str:
        return self.remote.run("git", "rev-parse", "--verify", "--quiet", "refs/heads/main").stdout.strip()

    def passing(self) -> None:
        checks, title, repository = self.checks, self.title, self.repository
        repository.stage("README", "x\n")
        repository.commit()
        ended = self.push("main")
        checks.that(ended.status == 0 and "spaceform:" not in ended.text, f"{title}: without a project it has nothing to say", ended)
        repository.project("my demos/")
        repository.stage(LOCKED, json.dumps(LOCK))
        repository.commit()
        ended = self.push("main")
        checks.that(ended.status == 0, f"{title}: a plan that may be carried out passes", ended)
        checks.that("Plan: 1 to update." in ended.text and "my demos/ at" in ended.text, f"{title}: and is shown in short", ended)
        ended = self.push("main:refs/heads/again")
        checks.that(ended.status == 0 and "Plan" not in ended.text, f"{title}: commits that the remote has are not planned again", ended)
        ended = self.push("--delete", "again")
        checks.that(ended.status == 0 and "Plan" not in ended.text, f"{title}: a deletion is not planned", ended)
        repository.stage("README", "y\n")
        repository.commit()
        ended = self.push("main", "HEAD~1:refs/heads/older")
        checks.that(ended.status == 0 and "Plan" not in ended.text, f"{title}: a push that touches no project is not planned", ended)
        repository.git("tag", "blob", repository.git("rev-parse", "HEAD:README").strip())
        checks.equal(self.push("blob").status, 0, f"{title}: a tag of no commit passes")

    def destroying(self) -> None:
        checks, title, repository = self.checks, self.title, self.repository
        repository.git("mv", "my demos/spaces/chat.space.yaml", "my demos/spaces/talk.space.yaml")
        repository.stage("my demos/spaces/talk.space.yaml", GOOD.replace("name: chat", "name: talk"))
        repository.commit()
        # Good in the index and the work tree: the commit counts.
        repository.stage("my demos/spaces/chat.space.yaml", GOOD)
        before = self.on_remote()
        for ref in ("main", "HEAD:main", ":/change:main"):
            ended = self.push(ref)
            stopped = ended.status != 0 and self.on_remote() == before
            checks.that(stopped, f"{title}: {ref} that destroys without permission is stopped", ended)
            checks.that("acme/chat is no longer defined" in ended.text, f"{title}: {ref}: the reason is said", ended)
        checks.that("--no-verify" in ended.text, f"{title}: the way past it is said", ended)
        repository.git("reset", "--quiet", "--hard", "HEAD~1")

    def with_errors(self) -> None:
        checks, title, repository = self.checks, self.title, self.repository
        repository.stage("my demos/spaces/chat.space.yaml", BAD)
        repository.commit()
        repository.git("tag", "--annotate", "-m", "bad", "v1")
        ended = self.push("v1")
        checks.that(ended.status != 0 and "hardwear" in ended.text, f"{title}: a tag of a commit with an error is stopped", ended)
        ended = self.push("--no-verify", "v1")
        checks.that(ended.status == 0, f"{title}: --no-verify pushes", ended)
        repository.git("reset", "--quiet", "--hard", "HEAD~1")

    def with_another_lock(self) -> None:
        checks, title, repository = self.checks, self.title, self.repository
        repository.stage(LOCKED, json.dumps(LOCK | {"project": "another"}))
        repository.commit()
        ended = self.push("main")
        checks.that(ended.status == 0 and "was not checked" in ended.text, f"{title}: what cannot be compared passes, and is said", ended)
        repository.stage(LOCKED, "<<<<<<< HEAD\n")
        repository.commit()
        ended = self.push("main")
        checks.that(ended.status != 0 and "spaceform.lock" in ended.text, f"{title}: a lock with conflict markers is stopped", ended)
        repository.git("reset", "--quiet", "--hard", "HEAD~1")

    def another_branch(self) -> None:
        checks, title, repository = self.checks, self.title, self.repository
        repository.git("checkout", "--quiet", "--orphan", "empty")
        repository.git("rm", "--quiet", "-r", "-f", ".")
        repository.stage("README", "z\n")
        repository.commit()
        ended = self.push("HEAD", "main:refs/heads/other")
        checks.that(ended.status == 0, f"{title}: another branch than the one checked out can be pushed", ended)
