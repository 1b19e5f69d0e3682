"""The verdict is on what is staged, and nothing is touched."""

import hashlib
import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

from harness import Checks

from .place import BAD, DEFINITION, SPACE, Place, ends_well
from .repositories import copy_of


def fingerprint(place: Place, *folders: Path) -> dict[str, object]:
    """Every byte, mode and time of change of the work tree and of git's own folders, and what git says of refs and stash."""
    found: dict[str, object] = {}
    for top in {place.folder, *folders}:
        for path in sorted(top.rglob("*")):
            status = path.lstat()
            # Git gives the shared part of a split index a new time whenever it reads it, so that it is not cleaned away.
            time = 0 if path.name.startswith("sharedindex.") else status.st_mtime_ns
            entry: tuple[object, ...] = (status.st_mode, time, status.st_size)
            if stat.S_ISLNK(status.st_mode):
                entry = (status.st_mode, os.readlink(path))
            elif stat.S_ISREG(status.st_mode):
                entry += (hashlib.sha256(path.read_bytes()).hexdigest(),)
            found[str(path)] = entry
    found["refs"] = place.git("for-each-ref")
    found["stash"] = place.git("stash", "list")
    return found


def kinds(folder: Path) -> Iterator[tuple[str, Place]]:
    """Repositories that differ in how git keeps things, each with a good project committed."""
    yield "a plain repository", Place(folder / "kind-plain")
    linked = Place(folder / "kind-main")
    linked.git("worktree", "add", "--quiet", "-b", "side", str(folder / "kind-linked"))
    yield "a linked work tree", copy_of(linked, folder / "kind-linked")
    split = Place(folder / "kind-split")
    split.git("update-index", "--split-index")
    split.git("config", "core.splitIndex", "true")
    yield "a split index", split
    sparse = Place(folder / "kind-sparse")
    sparse.write("elsewhere/deep/x", "x\n")
    sparse.commit()
    sparse.git("sparse-checkout", "set", "--cone", "--sparse-index", "spaces", "apps")
    yield "a sparse index", sparse
    yield "SHA-256 ids", Place(folder / "kind-sha256", "--object-format=sha256")
    linked = Place(folder / "kind-sha256-main", "--object-format=sha256")
    linked.git("worktree", "add", "--quiet", "-b", "side", str(folder / "kind-sha256-linked"))
    yield "a linked work tree with SHA-256 ids", copy_of(linked, folder / "kind-sha256-linked")
    config = Place(folder / "kind-config")
    config.git("config", "core.repositoryFormatVersion", "1")
    config.git("config", "extensions.worktreeConfig", "true")
    config.git("config", "--worktree", "core.autocrlf", "false")
    yield "a configuration for each work tree", config
    version = Place(folder / "kind-version-4")
    version.git("update-index", "--index-version", "4", "--untracked-cache")
    yield "an index of version 4 with an untracked cache", version
    separate = folder / "kind-separate.git"
    yield "a git folder elsewhere", Place(folder / "kind-separate", f"--separate-git-dir={separate}")


def staged(checks: Checks, folder: Path) -> None:
    for title, place in kinds(folder):
        git_folder = Path(place.git("rev-parse", "--absolute-git-dir").strip())
        common = Path(place.git("rev-parse", "--path-format=absolute", "--git-common-dir").strip())
        # Something in the stash, something ignored, something untracked, and a file that changed its time only.
        place.write("apps/chat/app.py", "stashed\n")
        place.git("stash", "--quiet")
        place.write(".gitignore", "*.log\n")
        place.git("add", ".gitignore")
        place.git("commit", "--quiet", "-m", "ignore")
        place.write("run.log", "x\n")
        place.write("spaces/untracked.space.yaml", BAD.replace("chat", "untracked", 1))
        os.utime(place.at("apps/chat/README.md"))

        verdicts = {
            "bad staged, good on disk": (BAD, SPACE + "# disk\n", 3),
            "good staged, bad on disk": (SPACE + "# staged\n", BAD, 0),
            "bad staged, gone on disk": (BAD, None, 3),
        }
        for name, (in_index, on_disk, status) in verdicts.items():
            place.write(DEFINITION, in_index)
            place.git("add", DEFINITION)
            if on_disk is None:
                place.remove(DEFINITION)
            else:
                place.write(DEFINITION, on_disk)
            # The same index under another name, and one with the opposite verdict.
            same = git_folder / "same-index"
            other = git_folder / "other-index"
            for copied in (same, other):
                shutil.copy2(git_folder / "index", copied)
            opposite = SPACE + "# other\n" if status == 3 else BAD
            blob = subprocess.run(
                ["git", "hash-object", "-w", "--stdin"], input=opposite.encode(), cwd=place.folder, env=place.environment, capture_output=True, check=True
            ).stdout.decode().strip()
            place.git("update-index", "--cacheinfo", f"100644,{blob},{DEFINITION}", GIT_INDEX_FILE=str(other))
            settings: dict[str, tuple[dict[str, str], int]] = {
                "": ({}, status),
                ", GIT_INDEX_FILE absolute": ({"GIT_INDEX_FILE": str(same)}, status),
                ", GIT_INDEX_FILE relative": ({"GIT_INDEX_FILE": os.path.relpath(same, place.folder)}, status),
                ", another index, absolute": ({"GIT_INDEX_FILE": str(other)}, 3 - status),
                ", another index, relative": ({"GIT_INDEX_FILE": os.path.relpath(other, place.folder)}, 3 - status),
                ", as git runs hooks": (
                    {"GIT_DIR": str(git_folder), "GIT_INDEX_FILE": str(same), "GIT_PREFIX": "", "GIT_EXEC_PATH": place.git("--exec-path").strip()},
                    status,
                ),
                ", another index and GIT_DIR": ({"GIT_DIR": str(git_folder), "GIT_INDEX_FILE": str(other)}, 3 - status),
            }
            before = fingerprint(place, common)
            for how, (environment, wanted) in settings.items():
                for cwd in (place.folder, place.at("apps/chat")):
                    # Git starts hooks at the top; by hand people run it anywhere.
                    if cwd != place.folder and ("relative" in how or "GIT_DIR" in environment):
                        continue
                    ended = place.run("validate", "--staged", cwd=cwd, **environment)
                    said = ("hardwear", DEFINITION) if wanted == 3 else ()
                    ends_well(checks, f"{title}, {name}{how}", ended, (wanted,), *said)
            if on_disk is not None:
                ended = place.run("validate", DEFINITION)
                ends_well(checks, f"{title}, {name}, without --staged", ended, (3 - status,))
            after = fingerprint(place, common)
            differ = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
            checks.equal(differ, [], f"{title}, {name}: work tree, index, refs, stash and git's folder are as they were")
            same.unlink()
            other.unlink()

        # A part of a file staged: three changes, the bad one in the middle staged alone, then the others.
        parts = ["name: chat\n", "sdk: docker\n", "visibility: private\n"]
        gap = "".join(f"# {number}\n" for number in range(10))
        place.write(DEFINITION, gap.join(parts))
        place.git("add", "--all")
        place.git("commit", "--quiet", "-m", "parts")
        changed = gap.join([parts[0] + "region: eu\n", parts[1] + "hardwear: x\n", parts[2] + "replicas: 1\n"])
        place.write(DEFINITION, changed)
        for answers, status in (("n\ny\nn\n", 3), ("y\nn\ny\n", 0)):
            place.git("reset", "--quiet")
            subprocess.run(
                ["git", "add", "--patch", DEFINITION], input=answers.encode(), cwd=place.folder, env=place.environment, capture_output=True, check=True
            )
            checks.that(place.git("diff", "--cached") != "" and place.git("diff") != "", f"{title}: a part is staged, a part is not")
            before = fingerprint(place, common)
            ended = place.run("validate", "--staged")
            ends_well(checks, f"{title}, a part staged", ended, (status,), *(("hardwear",) if status == 3 else ()))
            checks.that(fingerprint(place, common) == before, f"{title}, a part staged: nothing is touched")
