"""Git hooks as git runs them: the verdict is on what is staged or pushed, nothing else is touched, and other hooks keep their place."""

import shutil
import subprocess
from pathlib import Path

from git_hooks.commits import deletions, first_commits, folders, missing_program, options_of_commit
from git_hooks.installation import beside_managers, chaining, places
from git_hooks.managers import husky, lefthook
from git_hooks.offline_plan import offline_plan
from git_hooks.project import HOOKS
from git_hooks.pushes import pushing
from git_hooks.repository import TOOLS
from git_hooks.staging import staged_and_on_disk
from harness import Checks, workplace


def shells(checks: Checks) -> None:
    """The hooks are read by every shell that is here."""
    files = [str(HOOKS / name) for name in ("pre-commit", "pre-push")]
    ended = subprocess.run([str(TOOLS / "shellcheck"), *files], capture_output=True, text=True)
    checks.that(ended.returncode == 0, "shellcheck finds nothing in the hooks", ended.stdout + ended.stderr)
    for shell in ("sh", "bash", "dash", "busybox", "zsh"):
        if path := shutil.which(shell):
            words = [path, "sh"] if shell == "busybox" else [path]
            for file in files:
                checks.that(subprocess.run([*words, "-n", file]).returncode == 0, f"{shell} reads {Path(file).name}")


def main() -> None:
    checks = Checks()
    with workplace() as folder:
        shells(checks)
        for part in (
            first_commits, options_of_commit, deletions, staged_and_on_disk, folders, missing_program, chaining, places, beside_managers,
            offline_plan, pushing, lefthook, husky,
        ):
            part(checks, folder)
    checks.finish()


if __name__ == "__main__":
    main()
