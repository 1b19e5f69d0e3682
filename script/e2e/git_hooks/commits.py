"""pre-commit stops bad commits and lets good ones pass, however they are made and wherever in the repository the project is."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from harness import Checks, Ended, program

from .project import BAD, GOOD
from .repository import Repository


def blocks_and_passes(
    checks: Checks, title: str, repository: Repository, commit: Callable[[], Ended], path: str = "spaces/chat.space.yaml"
) -> None:
    """A bad file at the path stops a commit, and a good one does not."""
    before = repository.count
    repository.stage(path, BAD)
    ended = commit()
    checks.that(ended.status != 0, f"{title}: a bad commit is stopped", ended)
    checks.that("hardwear" in ended.text and "--no-verify" in ended.text, f"{title}: the reason and the way out are said", ended)
    checks.equal(repository.count, before, f"{title}: nothing was committed")
    repository.stage(path, GOOD + f"# {time.monotonic_ns()}\n")
    ended = commit()
    checks.that(ended.status == 0, f"{title}: a good commit passes", ended)
    checks.equal(repository.count, before + 1, f"{title}: it is committed")


def first_commits(checks: Checks, folder: Path) -> None:
    """The first commit of a new repository, the hook installed by hand and by `hook install`."""
    for title, install in {
        "a copied hook": lambda repository: repository.copy_hook("pre-commit"),
        "an installed hook": lambda repository: repository.spaceform("hook", "install"),
    }.items():
        repository = Repository(folder / title.replace(" ", "-") / "repository")
        install(repository)
        repository.project()
        blocks_and_passes(checks, title, repository, repository.commit)
        ended = repository.commit("--allow-empty", "--amend")
        checks.that(ended.status == 0, f"{title}: an amended commit passes", ended)
        nested = repository.folder / "apps" / "chat"
        blocks_and_passes(checks, f"{title}, from a sub-folder", repository, lambda: repository.commit(cwd=nested))


def options_of_commit(checks: Checks, folder: Path) -> None:
    """What git is told to commit beside what was staged, or to leave out."""
    repository = Repository.guarded(folder / "options" / "repository")
    repository.stage("spaces/chat.space.yaml", BAD)
    ended = repository.commit("--no-verify")
    checks.that(ended.status == 0, "--no-verify skips the hook", ended)
    repository.git("reset", "--quiet", "--hard", "HEAD~1")

    repository.write("spaces/chat.space.yaml", BAD)
    ended = repository.commit("-a")
    checks.that(ended.status != 0 and "hardwear" in ended.text, "commit -a: what it stages is checked", ended)
    checks.equal(repository.git("diff", "--cached", "--name-only"), "", "commit -a: nothing stays staged")
    repository.stage("other.txt", "x\n")
    ended = repository.commit("--", "other.txt")
    checks.that(ended.status == 0, "commit -- path: what is left out is not checked", ended)
    repository.write("other.txt", "y\n")
    ended = repository.commit("--", "other.txt", "spaces/chat.space.yaml")
    checks.that(ended.status != 0 and "hardwear" in ended.text, "commit -- path: what is named is checked", ended)
    repository.git("checkout", "--quiet", "HEAD", "--", ".")
    literal = repository.commit("--allow-empty", GIT_LITERAL_PATHSPECS="1")
    checks.that(literal.status == 0 and "Checked" in literal.text, "a front end that wants patterns taken literally changes nothing", literal)


def deletions(checks: Checks, folder: Path) -> None:
    """Commits that take an app or the project away, and a project that is gone from disk alone."""
    repository = Repository.guarded(folder / "deletions" / "repository")
    repository.git("rm", "--quiet", "-r", "--cached", "apps/chat")
    ended = repository.commit()
    checks.that(ended.status != 0 and "apps/chat" in ended.text, "a commit that only deletes an app is checked", ended)
    repository.git("reset", "--quiet", "--hard")
    repository.git("rm", "--quiet", "--cached", "spaceform.yaml")
    ended = repository.commit()
    checks.that(ended.status == 0, "a commit that takes the project away passes", ended)
    repository.git("reset", "--quiet", "--hard", "HEAD~1")

    os.remove(repository.folder / "spaceform.yaml")
    repository.stage("other.txt", "z\n")
    ended = repository.commit()
    checks.that(ended.status != 0 and "checkout-index" in ended.text, "a project that is staged and not on disk is never passed over", ended)


def folders(checks: Checks, folder: Path) -> None:
    """Projects in sub-folders, with names that have spaces and line ends."""
    repository = Repository(folder / "folders" / "repository")
    repository.spaceform("hook", "install")
    repository.stage("README", "x\n")
    ended = repository.commit()
    checks.that(ended.status == 0 and ended.text == "", "without a project the hook has nothing to say", ended)
    below = ("first", "two words", "-dash", "with\nline end/deep", "*")
    for name in below:
        repository.project(f"{name}/")
    ended = repository.commit()
    checks.that(ended.status == 0, "five projects at once pass", ended)
    checks.equal(ended.text.count("Checked "), 5, "each of them is checked")
    for name in below:
        blocks_and_passes(checks, f"a project in {name!r}", repository, repository.commit, f"{name}/spaces/chat.space.yaml")
        repository.stage(f"{name}/spaces/chat.space.yaml", GOOD)
        ended = repository.commit()
        checks.equal(ended.text.count("Checked "), 1, f"a project in {name!r}: the others are not checked\n{ended}")
    repository.stage("README", "y\n")
    ended = repository.commit()
    checks.that(ended.status == 0 and "Checked" not in ended.text, "a commit that touches no project checks none", ended)


def missing_program(checks: Checks, folder: Path) -> None:
    repository = Repository(folder / "missing" / "repository")
    repository.stage("README", "x\n")
    repository.copy_hook("pre-commit")
    checks.equal(repository.commit(PATH=repository.without).status, 0, "without a project a missing spaceform is no matter")
    repository.project()
    ended = repository.commit(PATH=repository.without)
    checks.that(ended.status != 0, "with a project, a missing spaceform stops the commit", ended)
    for word in ("spaceform is not on the PATH", "Install it", "--no-verify"):
        checks.that(word in ended.text, f"a missing spaceform: `{word}` is said", ended)
    os.remove(repository.hook("pre-commit"))
    own = folder / "missing" / "it's here" / "spaceform"
    own.parent.mkdir()
    shutil.copy(program("spaceform"), own)
    repository.run(str(own), "hook", "install")
    ended = repository.commit(PATH=repository.without)
    checks.that(ended.status == 0 and "Checked" in ended.text, "an installed hook finds the spaceform that installed it", ended)
    own.unlink()
    repository.stage("spaces/chat.space.yaml", GOOD + "# again\n")
    ended = repository.commit(PATH=repository.without)
    checks.that(ended.status != 0 and f"not at {own} any more" in ended.text, "and says where it was when it is gone", ended)
