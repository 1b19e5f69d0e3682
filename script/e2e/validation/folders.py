"""What a folder may hold: links, sockets, what may not be read, names of every kind."""

import os
import shutil
import socket
import stat
from pathlib import Path

from harness import Checks, Ended, program

from .place import BAD, DEFINITION, FILES, NOBODY, SPACE, Place, ends_well


def put_folder(path: Path) -> None:
    path.mkdir()
    (path / "file").write_text("x\n")


def put_socket(path: Path) -> None:
    # The name of a socket may be 107 bytes long, and the work folder may be deep.
    before = os.getcwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(before)


def put_sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 200 << 30)


def strange(checks: Checks, folder: Path) -> None:
    """Things that are no files, where files should be."""
    (folder / "outside.yaml").write_text(SPACE)
    # A .gitignore that is a pipe is left out in git: git itself waits for it, whatever it is asked.
    things = {
        "a folder": (put_folder, "folder|no such file|no file|not exist"),
        "an empty folder": (Path.mkdir, "folder|no such file|no file|not exist"),
        "a pipe": (os.mkfifo, "pipe"),
        "a socket": (put_socket, "pipe, a socket"),
        "a link to itself": (lambda path: path.symlink_to(path.name), "symbolic link"),
        "a link to nothing": (lambda path: path.symlink_to("nowhere"), "symbolic link"),
        "a link to a folder": (lambda path: path.symlink_to("."), "symbolic link"),
        "a link out of the project": (lambda path: path.symlink_to(os.path.relpath(folder / "outside.yaml", path.parent)), "leads out"),
        "a link to an absolute path": (lambda path: path.symlink_to("/etc/hostname"), "leads out"),
        "a link to a device": (lambda path: path.symlink_to("/dev/zero"), "leads out"),
        "a link to what the kernel makes up": (lambda path: path.symlink_to("/proc/self/mem"), "leads out"),
        "a file of 200 GB": (put_sparse, "bytes|long"),
    }
    for git in (True, False):
        where = "in git" if git else "outside git"
        for title, (put, words) in things.items():
            place = Place(folder / f"strange-{title.replace(' ', '-')}-{git}", git=git)
            # A file of this size is what a stray allocation would be: nothing to compare with.
            place.write("spaces/good.space.yaml", SPACE.replace("chat", "good", 1))
            if git:
                place.commit()
            for path in ("spaceform.yaml", DEFINITION, "apps/chat/README.md", "apps/chat/app.py", ".gitignore"):
                if git and path == ".gitignore" and put == os.mkfifo:
                    continue
                place.remove(path)
                put(place.at(path))
                ended = place.run("validate")
                name = f"{title} as {path}, {where}"
                if path == "spaceform.yaml":
                    ends_well(checks, name, ended, (1, 3), "spaceform.yaml", words)
                elif path == DEFINITION and "folder" not in title.split(" as ")[0]:
                    ends_well(checks, name, ended, (3,), DEFINITION, words)
                elif path == DEFINITION:
                    # A folder may have any name; a link to one may not pass for a definition.
                    ends_well(checks, name, ended, (0, 3))
                else:
                    ends_well(checks, name, ended, (0, 1, 3))
                    # Hashing 200 GB takes its time, and has to.
                    if put != put_sparse:
                        planned = place.run("plan", "--refresh", "none")
                        ends_well(checks, f"{name}, planned", planned, (0, 1, 3))
                if git and path.endswith(".yaml"):
                    # What is staged is as it was.
                    ends_well(checks, f"{name}, checked as committed", place.run("validate", "--revision", "HEAD"), (0,))
                    staged = place.run("validate", "--staged")
                    ends_well(checks, f"{name}, checked as staged", staged, (0,))
                place.remove(path)
                if path in FILES:
                    place.write(path, FILES[path])
            if git and "link" in title:
                place.remove(DEFINITION)
                put(place.at(DEFINITION))
                place.git("add", "--all")
                ends_well(checks, f"{title} staged as a definition", place.run("validate", "--staged"), (3,), DEFINITION, "link")
                place.git("commit", "--quiet", "-m", "link")
                committed = place.run("validate", "--revision", "HEAD")
                ends_well(checks, f"{title} committed as a definition", committed, (3,), DEFINITION, "link")
            shutil.rmtree(place.folder)


def links_inside(checks: Checks, folder: Path) -> None:
    """Links that stay in the project are followed, in folders too, and circles of folders are not entered."""
    for git in (True, False):
        place = Place(folder / f"links-{git}", git=git)
        place.write("shared/real.yaml", BAD)
        place.remove(DEFINITION)
        place.at(DEFINITION).symlink_to("../shared/real.yaml")
        place.at("spaces/circle").symlink_to("..")
        place.at("apps/chat/circle").symlink_to("../../apps")
        ended = place.run("validate")
        ends_well(checks, f"a definition behind a link, {'in git' if git else 'outside git'}", ended, (3,), DEFINITION, "hardwear")
        if git:
            place.git("add", "--all")
            ends_well(checks, "a definition behind a link, staged", place.run("validate", "--staged"), (3,), DEFINITION, "hardwear")


def unreadable(checks: Checks, folder: Path) -> None:
    """Files and folders that the user may not read. Root may read everything, so this is somebody else's run."""
    user = NOBODY if os.geteuid() == 0 else None
    shared = Path("/tmp") / f"spaceform-unreadable-{os.getpid()}"
    shared.mkdir()
    try:
        executable = shared / "spaceform"
        shutil.copy(program("spaceform"), executable)
        for git in (True, False):
            place = Place(shared / f"place-{git}", git=git)
            if user is not None:
                for path in [shared, *shared.rglob("*")]:
                    os.lchown(path, user, user)
                place.environment["GIT_CONFIG_COUNT"] = "0"
            where = "in git" if git else "outside git"

            def run(*arguments: str, place: Place = place) -> Ended:
                return place.run(*arguments, user=user, executable=str(executable))

            checks.equal(run("validate").status, 0, f"somebody else's run is as good as ours, {where}")
            for path in ("spaceform.yaml", DEFINITION, "apps/chat/README.md", "apps/chat/app.py", "apps/chat", "spaces"):
                target = place.at(path)
                mode = stat.S_IMODE(target.stat().st_mode)
                target.chmod(0)
                ended = run("validate")
                name = f"{path} that may not be read, {where}"
                if path == "apps/chat/app.py":
                    ends_well(checks, name, ended, (0,))
                    planned = run("plan", "--refresh", "none")
                    ends_well(checks, f"{name}, planned", planned, (0,), "cannot be read: reading apps/chat/app.py", "denied")
                else:
                    ends_well(checks, name, ended, (1, 3), path, "denied|no file")
                target.chmod(mode)
    finally:
        shutil.rmtree(shared)


def names(checks: Checks, folder: Path) -> None:
    """Names of definitions and app files that are unusual, and names that are no text."""
    unusual = ["with space", "with\nline end", "tab\there", "ünï", "日本", "e\u0301", "\u0301mark first", "-dash", "*", "a'b\"c", "\x1b[2J", "💬"]
    for git in (True, False):
        where = "in git" if git else "outside git"
        place = Place(folder / f"names-{git}", git=git)
        for number, name in enumerate(unusual):
            place.write(f"spaces/{name}.space.yaml", SPACE.replace("chat", f"s{number}", 1) + "hardwear: x\n")
            place.write(f"apps/chat/{name}/{name}.txt", "x\n")
        runs = {"": place.run("validate", "--format", "json")}
        if git:
            place.git("add", "--all")
            runs["staged, "] = place.run("validate", "--staged", "--format", "json")
            place.git("commit", "--quiet", "-m", "names")
            runs["committed, "] = place.run("validate", "--revision", "HEAD", "--format", "json")
        for how, ended in runs.items():
            ends_well(checks, f"unusual names, {how}{where}", ended, (3,))
            found = {finding["file"] for finding in ended.json()["findings"] if finding["rule"] == "SF010"}
            checks.equal(found, {f"spaces/{name}.space.yaml" for name in unusual}, f"unusual names, {how}{where}: each is checked")
        ends_well(checks, f"unusual names, {where}, for people", place.run("validate"), (3,), "with\\u{a}line end", "\\u{1b}[2j")
        for name in unusual:
            ended = place.run("validate", f"spaces/{name}.space.yaml", "--format", "json")
            checks.equal(
                {finding["file"] for finding in ended.json()["findings"]},
                {f"spaces/{name}.space.yaml"},
                f"the name {name!r} on the command line, {where}",
            )
        shutil.rmtree(place.folder)

        # Two names that look alike and differ in bytes, of which one is bad: it must not hide behind the other.
        place = Place(folder / f"twins-{git}", git=git)
        place.write("spaces/caf\u00e9.space.yaml", SPACE.replace("chat", "one", 1))
        place.write("spaces/cafe\u0301.space.yaml", SPACE.replace("chat", "two", 1) + "hardwear: x\n")
        for arguments in (["validate"], ["validate", "--staged"], ["validate", "--revision", "HEAD"]) if git else (["validate"],):
            if "--staged" in arguments:
                place.git("add", "--all")
            if "--revision" in arguments:
                place.git("commit", "--quiet", "-m", "twins")
            ends_well(checks, f"names that look alike, {' '.join(arguments)}, {where}", place.run(*arguments), (3,), "hardwear")
        place.write("spaces/cafe\u0301.space.yaml", SPACE.replace("chat", "two", 1))
        for spelling in ("caf\u00e9", "cafe\u0301"):
            place.write(f"apps/chat/{spelling}.txt", spelling)
        planned = place.run("plan", "--refresh", "none")
        ends_well(checks, f"app files whose names look alike, planned, {where}", planned, (0,), "cannot be read", "same text")
        shutil.rmtree(place.folder)

        # Names that are no UTF-8: nothing on the Hub can be called so.
        place = Place(folder / f"bytes-{git}", git=git)
        place.write(b"spaces/caf\xe9.space.yaml", SPACE.replace("chat", "cafe", 1))
        place.write(b"notes/\xff/x.txt", "x\n")
        for arguments in (["validate"], ["validate", "--staged"], ["validate", "--revision", "HEAD"]) if git else (["validate"],):
            if "--staged" in arguments:
                place.git("add", "--all")
            if "--revision" in arguments:
                place.git("commit", "--quiet", "-m", "bytes")
            ended = place.run(*arguments)
            ends_well(checks, f"a name that is no text, {' '.join(arguments)}, {where}", ended, (3,), "spaces/caf", "utf-8", "rename")
        place.remove(b"spaces/caf\xe9.space.yaml")
        ends_well(checks, f"a name that is no text elsewhere, {where}", place.run("validate"), (0,))
        place.write(b"apps/chat/caf\xe9.txt", "x\n")
        planned = place.run("plan", "--refresh", "none")
        ends_well(checks, f"an app file whose name is no text, planned, {where}", planned, (0,), "cannot be read", "apps/chat/caf", "utf-8")
        shutil.rmtree(place.folder)
