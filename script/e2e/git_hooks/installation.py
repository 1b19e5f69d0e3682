"""`spaceform hook`: hooks of others run first and come back as they were, and a hook goes where git looks for it or nowhere."""

import os
import shutil
import stat
from pathlib import Path

from harness import Checks

from .commits import blocks_and_passes
from .project import HOOKS
from .repository import Repository


def chaining(checks: Checks, folder: Path) -> None:
    """Hooks of others, which write to a file what they are told."""
    repository = Repository(folder / "chaining" / "repository")
    repository.project()
    told = folder / "chaining" / "told"
    kept_pre_commit(checks, repository, told)
    kept_pre_push(checks, repository, told)
    outdated(checks, repository)


def kept_pre_commit(checks: Checks, repository: Repository, told: Path) -> None:
    foreign = f'#!/bin/sh\n# no line end at the end of the next line, and mode 0750\nprintf "%s|" "$@" >>"{told}"; exit "${{FOREIGN:-0}}"'
    repository.put_hook("pre-commit", foreign, 0o750)
    sample = {path.name: path.read_bytes() for path in repository.hook("pre-commit").parent.iterdir()}

    ended = repository.spaceform("hook", "install")
    checks.that(ended.status == 0 and "pre-commit.before-spaceform runs first" in ended.stdout, "an existing hook is kept", ended)
    again = repository.spaceform("hook", "install")
    checks.that(again.status == 0 and "installed already" in again.stdout, "a second install changes nothing", again)
    ended = repository.commit(FOREIGN="3")
    checks.that(ended.status != 0 and "Checked" not in ended.text, "when the kept hook fails, that is it", ended)
    checks.that(told.exists(), "the kept hook ran")
    ended = repository.commit()
    checks.that(ended.status == 0 and "Checked" in ended.text, "when it passes, ours runs", ended)
    found = repository.spaceform("hook", "status", "--format", "json").json()
    checks.equal(
        [(hook["type"], hook["state"], hook["runs_first"]) for hook in found["hooks"]],
        [("pre-commit", "installed", "pre-commit.before-spaceform"), ("pre-push", "not_installed", None)],
        "status says what is there",
    )
    ended = repository.spaceform("hook", "uninstall")
    checks.that(ended.status == 0, "the hook is removed", ended)
    path = repository.hook("pre-commit")
    checks.equal(path.read_text(), foreign, "the kept hook is back byte for byte")
    checks.equal(stat.S_IMODE(path.stat().st_mode), 0o750, "with its mode")
    left = {path.name: path.read_bytes() for path in path.parent.iterdir()}
    checks.equal(left, sample, "the folder is as it was")
    ended = repository.spaceform("hook", "uninstall")
    checks.that(ended.status == 0 and "left as it is" in ended.stdout, "a hook of somebody else is not removed", ended)


def kept_pre_push(checks: Checks, repository: Repository, told: Path) -> None:
    """It gets its arguments and its input."""
    repository.put_hook("pre-push", f'#!/bin/sh\nprintf "%s|" "$@" >"{told}"; cat >>"{told}"; exit "${{FOREIGN:-0}}"\n')
    checks.equal(repository.spaceform("hook", "install", "--type", "pre-push").status, 0, "a pre-push hook is kept too")
    remote = repository.add_remote(told.parent / "remote")
    ended = repository.run("git", "push", "--quiet", "origin", "main", FOREIGN="1")
    checks.that(ended.status != 0, "when the kept hook fails, nothing is pushed", ended)
    head = repository.git("rev-parse", "HEAD").strip()
    wanted = f"origin|{remote.folder}|refs/heads/main {head} refs/heads/main {'0' * 40}\n"
    checks.equal(told.read_text(), wanted, "the kept hook gets the arguments and the input that git gave")
    ended = repository.run("git", "push", "--quiet", "origin", "main")
    checks.that(ended.status == 0, "when it passes, ours decides", ended)
    checks.equal(told.read_text(), wanted, "the second time too")


def outdated(checks: Checks, repository: Repository) -> None:
    repository.hook("pre-push").write_text("#!/bin/sh\n# spaceform hook: pre-push\nprevious='pre-push.before-spaceform'\nexit 0\n")
    ended = repository.spaceform("hook", "status")
    checks.that("outdated" in ended.stdout, "a hook of another version is outdated", ended)
    ended = repository.spaceform("hook", "install", "--type", "pre-push")
    checks.that(ended.status == 0 and "updated" in ended.stdout and "runs first" in ended.stdout, "and is renewed", ended)


def places(checks: Checks, folder: Path) -> None:
    """Where git looks for hooks, by default and with core.hooksPath."""
    repository = Repository(folder / "places" / "repository")
    repository.project()
    shutil.rmtree(repository.folder / ".git" / "hooks")
    ended = repository.spaceform("hook", "install", "-C", "apps/chat")
    checks.that(ended.status == 0 and ended.stdout.startswith("pre-commit  installed in .git/hooks\n"), "a missing hooks folder is made", ended)
    repository.spaceform("hook", "uninstall")

    repository.git("config", "core.hooksPath", "tools/git hooks")
    ended = repository.spaceform("hook", "install", "-C", "apps")
    checks.that(ended.status == 0 and "commit it" in ended.stdout, "core.hooksPath in the work tree is respected", ended)
    installed = repository.folder / "tools" / "git hooks" / "pre-commit"
    checks.that(installed.read_bytes() == (HOOKS / "pre-commit").read_bytes(), "what is committed names no place of this machine")
    blocks_and_passes(checks, "core.hooksPath", repository, repository.commit)
    repository.spaceform("hook", "uninstall")
    shared_places(checks, folder / "places", repository)

    repository.git("worktree", "add", "--quiet", "../linked")
    ended = repository.spaceform("hook", "install", "-C", str(folder / "places" / "linked"))
    checks.that(repository.hook("pre-commit").exists(), "from a linked work tree, the hook goes to the shared folder", ended)
    repository.spaceform("hook", "uninstall")

    if os.geteuid() != 0:
        repository.hook("x").parent.chmod(0o500)
        ended = repository.spaceform("hook", "install")
        checks.that(ended.status == 1 and "who may write" in ended.stderr, "a folder that may not be written to is a clear failure", ended)
        repository.hook("x").parent.chmod(0o755)

    ended = repository.spaceform("hook", "status", "-C", str(folder))
    checks.that(ended.status == 64 and "not inside a git work tree" in ended.stderr, "outside git it says so", ended)


def shared_places(checks: Checks, folder: Path, repository: Repository) -> None:
    """A folder of hooks outside the repository, its own and everybody's."""
    elsewhere = folder / "shared"
    repository.git("config", "core.hooksPath", str(elsewhere))
    ended = repository.spaceform("hook", "install")
    checks.that(ended.status == 1 and "leads out of the repository" in ended.stderr, "core.hooksPath that leads elsewhere is refused", ended)
    checks.that(not elsewhere.exists(), "and nothing is written there")
    repository.git("config", "--unset", "core.hooksPath")
    repository.git("config", "--global", "core.hooksPath", str(elsewhere))
    ended = repository.spaceform("hook", "install")
    checks.that(ended.status == 1 and "global configuration" in ended.stderr and "--force" in ended.stderr, "a global one is refused", ended)
    ended = repository.spaceform("hook", "install", "--force")
    checks.that(ended.status == 0 and (elsewhere / "pre-commit").exists(), "--force installs there", ended)
    other = Repository(folder / "another")
    other.stage("README", "x\n")
    checks.equal(other.commit().status, 0, "where it passes in repositories without a project")
    blocks_and_passes(checks, "a global core.hooksPath", repository, repository.commit)
    repository.git("config", "--global", "--unset", "core.hooksPath")


def beside_managers(checks: Checks, folder: Path) -> None:
    """Where a hook manager writes the hooks, nothing is installed without --force."""
    repository = Repository(folder / "beside" / "repository")
    repository.project()
    for name, text in ((".pre-commit-config.yaml", "repos: []\n"), ("lefthook.yml", ""), (".husky/pre-commit", "true\n")):
        repository.write(name, text)
        ended = repository.spaceform("hook", "install")
        checks.that(ended.status == 1 and name.split("/")[0] in ended.stderr, f"{name}: the tool that writes the hooks is named", ended)
        checks.that("spaceform" in ended.stderr.split("help:")[-1], f"{name}: and what to add to its file", ended)
        ended = repository.spaceform("hook", "install", "--force")
        checks.that(ended.status == 0 and repository.hook("pre-commit").exists(), f"{name}: --force installs", ended)
        repository.spaceform("hook", "uninstall")
        target = repository.folder / name
        target.unlink()
        if target.parent != repository.folder:
            target.parent.rmdir()
