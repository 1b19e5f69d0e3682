"""The real pre-commit builds the hook from a fresh clone of this repository, stops bad commits, and checks everything in CI."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

from git_hooks.project import APP, BAD, GOOD, LOCK, PROJECT, snippet
from harness import ROOT, Checks, Ended, clean_environment, workplace

TOOL = Path(sys.executable).parent / "pre-commit"
# Seconds an installation may take on an ordinary machine (DESIGN section 15).
BUDGET = 60


class Place:
    """Where pre-commit works: a cache of its own, no spaceform on the PATH, and the caller's way to the network for the build."""

    def __init__(self, folder: Path) -> None:
        passed_on = re.compile(r"^(GIT_SSL_CAINFO|.*_proxy|.*_PROXY)$")
        # People keep such files out of every repository of theirs; the hook must build all the same.
        excludes = folder / "excludes"
        excludes.write_text("Package.resolved\n*.lock\n*.yaml\n.build\n")
        settings = folder / "gitconfig"
        settings.write_text(f"[core]\n\texcludesFile = {excludes}\n[protocol \"file\"]\n\tallow = always\n")
        self.environment = clean_environment(
            **{name: value for name, value in os.environ.items() if passed_on.match(name)},
            PRE_COMMIT_HOME=str(folder / "pre-commit"),
            GIT_CONFIG_GLOBAL=str(settings),
            GIT_CONFIG_NOSYSTEM="1",
            GIT_AUTHOR_NAME="Test",
            GIT_AUTHOR_EMAIL="test@example.org",
            GIT_COMMITTER_NAME="Test",
            GIT_COMMITTER_EMAIL="test@example.org",
            PATH=os.pathsep.join(entry for entry in os.environ["PATH"].split(os.pathsep) if not (Path(entry) / "spaceform").exists()),
        )

    def run(self, *command: str, cwd: Path, **environment: str) -> Ended:
        ended = subprocess.run(command, cwd=cwd, env=self.environment | environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=1800)
        return Ended(list(command), ended.returncode, ended.stdout.decode(errors="replace"), ended.stderr.decode(errors="replace"))

    def git(self, *arguments: str, cwd: Path) -> str:
        ended = self.run("git", *arguments, cwd=cwd)
        if ended.status != 0:
            raise RuntimeError(str(ended))
        return ended.stdout


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def main() -> None:
    checks = Checks()
    with workplace() as folder:
        place = Place(folder)
        clone = folder / "spaceform"
        place.git("clone", "--quiet", str(ROOT), str(clone), cwd=folder)
        head = place.git("rev-parse", "HEAD", cwd=clone).strip()
        ended = place.run(str(TOOL), "validate-manifest", ".pre-commit-hooks.yaml", cwd=clone)
        checks.that(ended.status == 0, "the manifest is one for pre-commit", ended)

        user = folder / "user"
        user.mkdir()
        place.git("init", "--quiet", "--initial-branch=main", cwd=user)
        configuration = re.sub(r"repo: \S+", f"repo: {clone}", snippet(".pre-commit-config.yaml"))
        configuration = re.sub(r"rev: \S+", f"rev: {head}", configuration)
        configuration = configuration.replace("id: spaceform-validate\n", "id: spaceform-validate\n        verbose: true\n")
        write(user, {".pre-commit-config.yaml": configuration, "spaceform.yaml": PROJECT, "spaces/chat.space.yaml": GOOD} | APP)

        began = time.monotonic()
        ended = place.run(str(TOOL), "install", "--install-hooks", "--hook-type", "pre-commit", "--hook-type", "pre-push", cwd=user)
        seconds = time.monotonic() - began
        if not checks.that(ended.status == 0, "pre-commit builds the hook from a fresh clone", ended):
            checks.finish()
        print(f"language: swift, clean installation: {seconds:.1f} s (budget {BUDGET} s)", flush=True)

        def commit(*arguments: str, **environment: str) -> Ended:
            return place.run("git", "commit", "--quiet", "-m", "change", *arguments, cwd=user, **environment)

        def stage(files: dict[str, str]) -> None:
            write(user, files)
            place.git("add", "--force", "--", *files, cwd=user)

        place.git("add", "--force", "--all", cwd=user)
        ended = commit()
        checks.that(ended.status == 0, "a good commit passes", ended)
        checks.that(re.search(r"Checked \d+ files?", ended.text), "and with verbose says how many files were checked", ended)
        stage({"spaces/chat.space.yaml": BAD})
        ended = commit()
        checks.that(ended.status != 0 and "hardwear" in ended.text, "a bad commit is stopped, and says why", ended)
        # Good on disk, bad in the index.
        write(user, {"spaces/chat.space.yaml": GOOD})
        ended = commit()
        checks.that(ended.status != 0 and "hardwear" in ended.text, "what is staged counts, not what is on disk", ended)
        checks.equal((user / "spaces/chat.space.yaml").read_text(), GOOD, "what is on disk is as it was")
        ended = commit(SKIP="spaceform-validate")
        checks.that(ended.status == 0, "SKIP skips it", ended)

        # CI: a fresh clone of what was skipped.
        server = folder / "ci"
        place.git("clone", "--quiet", str(user), str(server), cwd=folder)
        ended = place.run(str(TOOL), "run", "--all-files", cwd=server)
        checks.that(ended.status != 0 and "hardwear" in ended.text, "--all-files in CI finds what was skipped", ended)
        stage({"spaces/chat.space.yaml": GOOD})
        commit()
        place.git("pull", "--quiet", cwd=server)
        ended = place.run(str(TOOL), "run", "--all-files", cwd=server)
        checks.that(ended.status == 0, "and passes what is good", ended)
        checks.that(re.search(r"Checked [1-9]\d* files?", ended.text), "and says how many files it checked", ended)

        place.git("rm", "--quiet", "-r", "apps/chat", cwd=user)
        ended = commit()
        checks.that(ended.status != 0 and "apps/chat" in ended.text, "a commit that deletes an app is stopped", ended)
        place.git("reset", "--quiet", "--hard", cwd=user)
        place.git("rm", "--quiet", "apps/chat/with space.txt", cwd=user)
        ended = commit()
        checks.that(ended.status == 0 and re.search(r"Checked [1-9]\d* files?", ended.text), "one that deletes a file of it is checked", ended)

        remote = folder / "remote"
        place.git("init", "--quiet", "--bare", str(remote), cwd=folder)
        place.git("remote", "add", "origin", str(remote), cwd=user)
        lock = json.dumps(LOCK, indent=2)
        stage({"spaceform.lock": lock})
        commit()
        ended = place.run("git", "push", "origin", "main", cwd=user)
        checks.that(ended.status == 0, "a push whose plan may be carried out passes", ended)
        stage({"spaceform.lock": lock.replace("acme/chat", "acme/gone")})
        commit()
        ended = place.run("git", "push", "origin", "main", cwd=user)
        checks.that(ended.status != 0 and "acme/gone" in ended.text, "a push whose plan destroys without permission is stopped", ended)

        # The hooks that take an installed program: the one that was just built will do.
        built = next((folder / "pre-commit").glob("*/swift_env-default/.build/release/spaceform"))
        configuration = re.sub(r"repo: \S+", f"repo: {clone}", snippet(".pre-commit-config.yaml, system"))
        configuration = re.sub(r"rev: \S+", f"rev: {head}", configuration)
        stage({".pre-commit-config.yaml": configuration, "spaces/chat.space.yaml": BAD})
        with_program = f"{built.parent}{os.pathsep}{place.environment['PATH']}"
        ended = commit(PATH=with_program)
        checks.that(ended.status != 0 and "hardwear" in ended.text, "language: system stops a bad commit too", ended)
        stage({"spaces/chat.space.yaml": GOOD + "# again\n"})
        ended = commit(PATH=with_program)
        checks.that(ended.status == 0, "and passes a good one", ended)
    checks.finish()


if __name__ == "__main__":
    main()
