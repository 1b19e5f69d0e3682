"""Hook managers, with the files that docs/hooks.md gives for them."""

import json
from pathlib import Path

from harness import Checks

from .project import BAD, GOOD, LOCK, snippet
from .repository import Repository


def lefthook(checks: Checks, folder: Path) -> None:
    repository = Repository(folder / "lefthook" / "repository")
    repository.project()
    repository.stage("lefthook.yml", snippet("lefthook.yml"))
    # It puts what is not staged aside, which takes a first commit.
    repository.commit()
    ended = repository.run("lefthook", "install")
    if not checks.that(ended.status == 0 and repository.hook("pre-commit").exists(), "lefthook installs its hooks", ended):
        return
    before = repository.count
    repository.stage("spaces/chat.space.yaml", BAD)
    ended = repository.commit()
    checks.that(ended.status != 0 and "hardwear" in ended.text, "lefthook: a bad commit is stopped", ended)
    repository.stage("spaces/chat.space.yaml", GOOD + "# staged\n")
    repository.write("spaces/chat.space.yaml", BAD)
    ended = repository.commit()
    checks.that(ended.status == 0 and "Checked" in ended.text, "lefthook: a good one passes, whatever is on disk", ended)
    checks.equal(repository.count, before + 1, "lefthook: it is committed")
    checks.equal((repository.folder / "spaces/chat.space.yaml").read_text(), BAD, "lefthook: the work tree is as it was")
    repository.git("checkout", "--quiet", "--", ".")
    repository.git("rm", "--quiet", "-r", "apps/chat")
    ended = repository.commit()
    checks.that(ended.status != 0 and "apps/chat" in ended.text, "lefthook: a commit that only deletes is checked", ended)
    repository.git("reset", "--quiet", "--hard")

    repository.add_remote(folder / "lefthook" / "remote")
    repository.stage("spaceform.lock", json.dumps(LOCK))
    repository.commit()
    ended = repository.run("git", "push", "origin", "main")
    checks.that(ended.status == 0 and "1 to update" in ended.text, "lefthook: a push shows its plan", ended)
    lock = json.loads(json.dumps(LOCK))
    lock["spaces"]["acme/gone"] = {"id": "66a0f1c2d3e4f5a6b7c8d9e1"}
    repository.stage("spaceform.lock", json.dumps(lock))
    repository.commit()
    ended = repository.run("git", "push", "origin", "main")
    checks.that(ended.status != 0 and "acme/gone" in ended.text, "lefthook: a push that destroys is stopped", ended)


def husky(checks: Checks, folder: Path) -> None:
    """husky itself comes from npm; what it does is to run its file with `sh -e`."""
    repository = Repository(folder / "husky" / "repository")
    repository.project()
    repository.write(".husky/pre-commit", snippet(".husky/pre-commit"))
    repository.write(".husky/pre-push", snippet(".husky/pre-push"))
    repository.write(".husky/_/pre-commit", '#!/usr/bin/env sh\nsh -e .husky/pre-commit "$@"\n')
    (repository.folder / ".husky/_/pre-commit").chmod(0o755)
    repository.git("config", "core.hooksPath", ".husky/_")
    ended = repository.spaceform("hook", "install", "--force")
    checks.that(ended.status == 1 and ".husky/pre-commit" in ended.stderr, "husky's own folder is left alone", ended)
    repository.stage("spaces/chat.space.yaml", BAD)
    ended = repository.commit()
    checks.that(ended.status != 0 and "hardwear" in ended.text, "husky: a bad commit is stopped", ended)
    repository.stage("spaces/chat.space.yaml", GOOD)
    ended = repository.commit()
    checks.that(ended.status == 0 and "Checked" in ended.text, "husky: a good one passes", ended)
    repository.stage("spaceform.lock", json.dumps(LOCK))
    repository.commit()
    ended = repository.run("sh", "-e", ".husky/pre-push", "origin", "nowhere")
    checks.that(ended.status == 0 and "1 to update" in ended.text, "husky: a push shows its plan", ended)
