"""The verdict is on what is staged, whatever the work tree has, and neither is touched."""

import os
import shutil
from pathlib import Path

from harness import Checks

from .project import BAD, GOOD
from .repository import Repository


def staged_and_on_disk(checks: Checks, folder: Path) -> None:
    """One content staged and another in the work tree, in the main and in a linked work tree."""
    repository = Repository.guarded(folder / "staging" / "repository")
    repository.git("worktree", "add", "--quiet", "../linked")
    linked = repository.at(folder / "staging" / "linked")
    checks.equal(linked.hook("pre-commit"), repository.hook("pre-commit"), "a linked work tree shares the hooks")
    for title, tree in (("the main work tree", repository), ("a linked work tree", linked)):
        # Something in the stash, and something untracked.
        tree.write("apps/chat/app.py", "stashed\n")
        tree.git("stash", "--quiet")
        tree.write("untracked bad.space.yaml", BAD)
        for staged, on_disk, passes in ((BAD, GOOD + "# disk\n", False), (GOOD + "# staged\n", BAD, True)):
            tree.stage("spaces/chat.space.yaml", staged)
            tree.write("spaces/chat.space.yaml", on_disk)
            tree.run("git", "update-index", "--refresh", "-q")
            what = f"{'good' if passes else 'bad'} staged in {title}"
            hook_alone(checks, what, tree, passes)
            tree.write("in the other.yaml", "x\n")
            if not passes:
                good_index(checks, title, tree)
            committed(checks, what, tree, passes)


def hook_alone(checks: Checks, what: str, tree: Repository, passes: bool) -> None:
    """The hook as git would run it, on the repository's own index and on a copy."""
    before = tree.snapshot()
    directory = tree.git("rev-parse", "--absolute-git-dir").strip()
    shutil.copy(f"{directory}/index", f"{directory}/other-index")
    for index in (None, f"{directory}/other-index"):
        environment = {"GIT_DIR": directory} | ({"GIT_INDEX_FILE": index} if index else {})
        ended = tree.run(str(tree.hook("pre-commit")), **environment)
        how = f"{what}{', GIT_INDEX_FILE' if index else ''}"
        checks.equal(ended.status == 0, passes, f"{how}: the verdict is on what is staged\n{ended}")
        checks.that(tree.snapshot() == before, f"{how}: work tree, index and stash are byte-identical afterwards")
    os.remove(f"{directory}/other-index")


def good_index(checks: Checks, title: str, tree: Repository) -> None:
    """The same index with a good file in it, beside a bad one in the repository's own."""
    directory = tree.git("rev-parse", "--absolute-git-dir").strip()
    other = f"{directory}/good-index"
    blob = tree.run("git", "hash-object", "-w", "--stdin", input=GOOD).stdout.strip()
    shutil.copy(f"{directory}/index", other)
    tree.run("git", "update-index", "--cacheinfo", f"100644,{blob},spaces/chat.space.yaml", GIT_INDEX_FILE=other)
    ended = tree.run(str(tree.hook("pre-commit")), GIT_DIR=directory, GIT_INDEX_FILE=other)
    checks.that(ended.status == 0, f"GIT_INDEX_FILE in {title} names the index that counts", ended)


def committed(checks: Checks, what: str, tree: Repository, passes: bool) -> None:
    before = tree.snapshot()
    before.pop("index")
    ended = tree.commit()
    checks.equal(ended.status == 0, passes, f"{what}: git commit\n{ended}")
    after = tree.snapshot()
    after.pop("index")
    checks.that(after == before, f"{what}: git commit leaves work tree and stash as they were")
