"""The real pre-commit installs the hooks of `language: python` from a clone of this repository and a folder of wheels; nothing is compiled."""

import re
import subprocess
import sys
import time
from pathlib import Path

from git_hooks.project import APP, BAD, GOOD, PROJECT, snippet
from harness import ROOT, Checks
from pre_commit import TOOL, Place, write


def builder(folder: Path) -> None:
    """What pip builds a package with, and what that needs, beside the wheels: pre-commit's installation asks no index here."""
    (required,) = re.findall(r'requires = \["([^"]+)"\]', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    words = ("-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--only-binary", ":all:", "--dest", str(folder), required)
    subprocess.run([sys.executable, *words], check=True)


def check(checks: Checks, files: list[Path], folder: Path, version: str) -> None:
    folder.mkdir()
    wheels = folder / "wheels"
    wheels.mkdir()
    builder(wheels)
    for file in files:
        if file.suffix == ".whl":
            (wheels / file.name).symlink_to(file)
    place = Place(folder)
    # No compiler is called, and no index asked.
    place.environment |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels), "PIP_CACHE_DIR": str(folder / "cache")}
    clone, user = folder / "spaceform", folder / "user"
    place.git("clone", "--quiet", str(ROOT), str(clone), cwd=folder)
    head = place.git("rev-parse", "HEAD", cwd=clone).strip()
    user.mkdir()
    place.git("init", "--quiet", "--initial-branch=main", cwd=user)
    configuration = re.sub(r"repo: \S+", f"repo: {clone}", snippet(".pre-commit-config.yaml, python"))
    configuration = re.sub(r"rev: \S+", f"rev: {head}", configuration)
    write(user, {".pre-commit-config.yaml": configuration, "spaceform.yaml": PROJECT, "spaces/chat.space.yaml": GOOD} | APP)
    began = time.monotonic()
    ended = place.run(str(TOOL), "install", "--install-hooks", "--hook-type", "pre-commit", "--hook-type", "pre-push", cwd=user)
    if not checks.equal(ended.status, 0, "language: python: pre-commit installs the wheel", ended):
        return
    print(f"language: python, nothing cached: {time.monotonic() - began:.1f} s", flush=True)
    installed = list((folder / "pre-commit").glob("*/py_env-*/bin/spaceform"))
    checks.that(len(installed) == 1 and installed[0].read_bytes()[:4] == b"\x7fELF", "and with it the native program", installed)
    checks.that(not place.git("status", "--porcelain", "--ignored", cwd=clone).strip(), "the clone is as it was")
    place.git("add", "--force", "--all", cwd=user)
    ended = place.run("git", "commit", "--quiet", "-m", "change", cwd=user)
    checks.equal(ended.status, 0, "language: python: a good commit passes", ended)
    write(user, {"spaces/chat.space.yaml": BAD})
    place.git("add", "--all", cwd=user)
    ended = place.run("git", "commit", "--quiet", "-m", "change", cwd=user)
    checks.that(ended.status != 0 and "hardwear" in ended.text, "language: python: a bad commit is stopped, and says why", ended)
    place.git("reset", "--quiet", "--hard", cwd=user)
    ended = place.run(str(TOOL), "run", "--hook-stage", "pre-push", "--all-files", "--verbose", cwd=user)
    checks.that(ended.status == 0 and "Plan" in ended.text, "language: python: the push is planned", ended)
