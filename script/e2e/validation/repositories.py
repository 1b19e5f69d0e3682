"""Repositories of every kind, conflicts in them, and broken ones."""

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

from harness import Checks

from .place import BAD, DEFINITION, FILES, NOBODY, PROJECT, SPACE, Place, ends_well


def repositories(checks: Checks, folder: Path) -> None:
    plain = Place(folder / "plain", git=False)
    for option in (["--staged"], ["--revision", "HEAD"]):
        ends_well(checks, f"{option[0]} outside git", plain.run("validate", *option), (1,), "git", "not inside a git work tree")

    origin = Place(folder / "origin")
    first = origin.git("rev-parse", "HEAD").strip()
    origin.write(DEFINITION, BAD)
    origin.commit()
    origin.write(DEFINITION, SPACE)
    origin.commit()
    origin.git("config", "uploadpack.allowFilter", "true")
    for revision in ("nowhere", "HEAD~99", "--all", "HEAD:spaces", "HEAD\n", "0" * 40):
        ended = origin.run("validate", f"--revision={revision}")
        ends_well(checks, f"the revision {revision!r}", ended, (1,), "revision", "no such commit")
    ends_well(checks, "a revision that was bad", origin.run("validate", "--revision", "HEAD~1"), (3,), "hardwear")

    bare = folder / "bare.git"
    origin.git("clone", "--quiet", "--bare", str(origin.folder), str(bare))
    ends_well(checks, "a bare repository", origin.run("-C", str(bare), "validate"), (1,), "spaceform.yaml")
    (bare / "spaceform.yaml").write_text(PROJECT)
    ends_well(checks, "a project in a bare repository, staged", origin.run("-C", str(bare), "validate", "--staged"), (1,), "work tree")

    unborn = Place(folder / "unborn", git=False)
    unborn.git("init", "--quiet", "--initial-branch=main")
    ends_well(checks, "a repository without a commit", unborn.run("validate"), (0,))
    ends_well(checks, "nothing staged yet", unborn.run("validate", "--staged"), (0, 1))
    ends_well(checks, "a revision before the first commit", unborn.run("validate", "--revision", "HEAD"), (1,), "no such commit")
    unborn.write(DEFINITION, BAD)
    unborn.git("add", DEFINITION)
    ended = unborn.run("validate", "--staged")
    ends_well(checks, "a definition staged without its project file", ended, (1,), "spaceform.yaml", "git add spaceform.yaml")
    unborn.git("add", "--all")
    ends_well(checks, "the first commit, staged", unborn.run("validate", "--staged"), (3,), "hardwear")

    def clone(name: str, *options: str) -> Place:
        place = copy_of(origin, folder / name)
        place.git("clone", "--quiet", *options, f"file://{origin.folder}", str(place.folder), cwd=folder)
        return place

    shallow = clone("shallow", "--depth=1")
    for option in ([], ["--revision", "HEAD"]):
        ends_well(checks, f"a shallow clone {' '.join(option)}".strip(), shallow.run("validate", *option), (0,))
    ends_well(checks, "a commit that a shallow clone lacks", shallow.run("validate", "--revision", "HEAD~1"), (1,), "shallow", "git fetch")
    ends_well(checks, "another one", shallow.run("validate", "--revision", first), (1,), "git fetch")
    staged_in(checks, "a shallow clone", shallow)

    partial = clone("partial", "--filter=blob:none")
    for option in ([], ["--revision", "HEAD~1"]):
        ended = partial.run("validate", *option)
        ends_well(checks, f"a partial clone {' '.join(option)}".strip(), ended, (3 if option else 0,))
    staged_in(checks, "a partial clone", partial)
    away = clone("partial-away", "--filter=blob:none", "--no-checkout")
    away.git("remote", "set-url", "origin", f"file://{folder}/gone")
    ended = away.run("-C", str(away.folder), "validate", "--revision", "HEAD")
    ends_well(checks, "a partial clone whose origin is gone, without its project file", ended, (1,), "spaceform.yaml")
    away.write("spaceform.yaml", PROJECT)
    ended = away.run("validate", "--revision", "HEAD")
    ends_well(checks, "a partial clone whose origin is gone", ended, (1, 3), "git")
    treeless = clone("treeless", "--filter=tree:0")
    ends_well(checks, "a clone without trees", treeless.run("validate", "--revision", "HEAD~1"), (3,), "hardwear")

    module = copy_of(origin, folder / "with-module", make=True)
    module.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", f"file://{origin.folder}", "apps/other")
    module.write(DEFINITION, SPACE.replace("apps/chat", "apps/other/apps/chat"))
    module.git("add", "--all")
    for option in ([], ["--staged"]):
        ended = module.run("validate", *option)
        ends_well(checks, f"a source in a submodule {' '.join(option)}".strip(), ended, (3,), DEFINITION, "apps/other/apps/chat")
    module.write(DEFINITION, SPACE)
    module.git("add", "--all")
    ends_well(checks, "a submodule beside the sources", module.run("validate", "--staged"), (0,))
    inside = module.run("-C", str(module.at("apps/other")), "validate", "--staged")
    ends_well(checks, "inside the submodule", inside, (0,))

    conflicts(checks, folder)
    broken(checks, folder)


def copy_of(place: Place, folder: Path, *, make: bool = False) -> Place:
    """The surroundings of a place for another folder, which is made with its files when asked for."""
    if make:
        return Place(folder)
    other = object.__new__(Place)
    other.folder, other.is_git, other.environment = folder, True, place.environment
    return other


def staged_in(checks: Checks, title: str, place: Place) -> None:
    place.write(DEFINITION, BAD)
    place.git("add", "--all")
    place.write(DEFINITION, SPACE)
    ends_well(checks, f"{title}, staged", place.run("validate", "--staged"), (3,), "hardwear")
    place.git("reset", "--quiet", "--hard")


def conflicts(checks: Checks, folder: Path) -> None:
    """An index in the middle of a merge: of a definition, of the project file, of an app file, and of one that a side deleted."""
    for path, statuses in ((DEFINITION, (3,)), ("spaceform.yaml", (1,)), ("apps/chat/app.py", (0, 3)), ("apps/chat/README.md", (0, 1, 3))):
        for deleted in (False, True):
            place = Place(folder / f"conflict-{path.replace('/', '-')}-{deleted}")
            place.git("checkout", "--quiet", "-b", "theirs")
            if deleted:
                place.remove(path)
            else:
                place.write(path, FILES[path] + "# theirs\n")
            place.commit()
            place.git("checkout", "--quiet", "main")
            place.write(path, FILES[path] + "# ours\n")
            place.commit()
            place.git("merge", "--quiet", "theirs", fails=True)
            checks.that(place.git("ls-files", "--unmerged") != "", f"{path} is in conflict")
            for option in ([], ["--staged"]):
                title = f"{path} in conflict{' with a deletion' if deleted else ''} {' '.join(option)}".strip()
                ended = place.run("validate", *option)
                if 0 in statuses:
                    ends_well(checks, title, ended, statuses)
                else:
                    ends_well(checks, title, ended, statuses, path, "merge", "git add")
            shutil.rmtree(place.folder)


def broken(checks: Checks, folder: Path) -> None:
    """Repositories that are damaged, or that git would not open."""

    def case(title: str, statuses: tuple[int, ...], *words: str, options=(["validate"], ["validate", "--staged"])) -> Iterator[Place]:
        place = Place(folder / title.replace(" ", "-").replace("/", "-"))
        yield place
        for arguments in options:
            ends_well(checks, f"{title}: {' '.join(arguments)}", place.run(*arguments), statuses, *words)
        shutil.rmtree(place.folder, ignore_errors=True)

    for place in case("an index of noise", (1,), "index"):
        place.at(".git/index").write_bytes(random.Random(3).randbytes(2000))
    for place in case("an index cut short", (1,), "index", options=(["validate", "--staged"],)):
        index = place.at(".git/index")
        index.write_bytes(index.read_bytes()[:100])
    for place in case("an index that is a folder", (1,), "index", options=(["validate", "--staged"],)):
        place.remove(".git/index")
        place.at(".git/index").mkdir()
    for place in case("an index that is a pipe", (1,), "index", options=(["validate", "--staged"],)):
        place.remove(".git/index")
        os.mkfifo(place.at(".git/index"))
    for place in case("no index", (0,)):
        place.remove(".git/index")
    for place in case("no objects", (1, 3), "git", options=(["validate", "--staged"], ["validate", "--revision", "HEAD"])):
        place.write(DEFINITION, BAD)
        place.git("add", "--all")
        for found in place.at(".git/objects").iterdir():
            shutil.rmtree(found)
    for place in case("a definition whose object is gone", (1, 3), "git", options=(["validate", "--staged"],)):
        place.write(DEFINITION, BAD)
        place.git("add", "--all")
        identifier = place.git("rev-parse", f":{DEFINITION}").strip()
        place.remove(f".git/objects/{identifier[:2]}/{identifier[2:]}")
    for place in case("a definition whose object is noise", (1, 3), "git", options=(["validate", "--staged"],)):
        place.write(DEFINITION, BAD)
        place.git("add", "--all")
        identifier = place.git("rev-parse", f":{DEFINITION}").strip()
        target = place.at(f".git/objects/{identifier[:2]}/{identifier[2:]}")
        target.chmod(0o644)
        target.write_bytes(b"noise")
    for place in case("a HEAD of noise", (1,), "git"):
        place.write(".git/HEAD", "nonsense")
    for place in case("a .git that leads nowhere", (1,), "git"):
        place.remove(".git")
        place.write(".git", "gitdir: /nowhere\n")
    for place in case("a .git that is a pipe", (0, 1)):
        place.remove(".git")
        os.mkfifo(place.at(".git"))
    for place in case("a configuration of noise", (1,), "git"):
        place.write(".git/config", b"[core\n\xff\xfe")
    for place in case("a format of the future", (1,), "git"):
        place.git("config", "core.repositoryFormatVersion", "99")
    for place in case("an extension of the future", (1,), "git"):
        place.git("config", "core.repositoryFormatVersion", "1")
        place.git("config", "extensions.tomorrow", "true")
    for place in case("a lock on the index", (0,)):
        place.write(".git/index.lock", "")
    if os.geteuid() == 0:
        for place in case("a repository of somebody else", (1,), "git", "safe.directory|ownership"):
            for path in [place.folder, *place.folder.rglob("*")]:
                os.lchown(path, NOBODY, NOBODY)
    for value in ("no/such/index", ".", "/dev/null", "/dev/zero"):
        place = Place(folder / f"index-file-{value.replace('/', '-')}")
        ended = place.run("validate", "--staged", GIT_INDEX_FILE=value)
        ends_well(checks, f"GIT_INDEX_FILE={value}", ended, (1,), "GIT_INDEX_FILE")
    place = Place(folder / "variables")
    for name, value in {"GIT_DIR": "/nowhere", "GIT_WORK_TREE": "/nowhere", "GIT_OBJECT_DIRECTORY": "/nowhere", "GIT_CEILING_DIRECTORIES": "/"}.items():
        ends_well(checks, f"{name}={value}", place.run("validate", "--staged", **{name: value}), (0, 1))
    ends_well(checks, "no git program", place.run("validate", PATH="/nowhere"), (1,), "git", "PATH")
