"""What `validate` is told on its command line, and what it does to files: rules chosen and silenced, paths, fixes, statistics."""

import hashlib
import json
import subprocess
from pathlib import Path

from harness import Checks, Ended, Project, workplace

COMMENTED = """# The chat Space.
name: chat # as people know it
sdk: static
card: { title: Chat, emoji: "💬", color_from: blue, color_to: indigo }

# It runs nowhere:
hardware: cpu-upgrade   # left over
sleep_time: 1h          # left over too
visibility: private
"""
FIXED = """# The chat Space.
name: chat # as people know it
sdk: static
card: { title: Chat, emoji: "💬", color_from: blue, color_to: indigo }

# It runs nowhere:
visibility: private
"""


def git(project: Project, *arguments: str) -> str:
    identity = ["-c", "user.name=check", "-c", "user.email=check@localhost"]
    ended = subprocess.run(
        ["git", *identity, *arguments], cwd=project.folder, env=project.environment, capture_output=True, text=True, check=True
    )
    return ended.stdout


def rules(ended: Ended) -> list[str]:
    return [finding["rule"] for finding in ended.json()["findings"]]


def digest(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


def selection(checks: Checks, project: Project) -> None:
    project.write("spaces/odd.space.yaml", "name: odd\nhardware: t4-smal\nregion: eu-west\n")
    ended = project.run("validate", "--format", "json")
    checks.equal(rules(ended), ["SF501", "SF103", "SF508", "SF113"], "all rules speak")
    checks.equal(ended.status, 3, "an error among them gives status 3")
    ended = project.run("validate", "--format", "json", "--select", "SF103,sf113")
    checks.equal((rules(ended), ended.status), (["SF103", "SF113"], 0), "--select takes ids in any case, and warnings give status 0")
    checks.equal(project.run("validate", "--select", "SF103", "--strict", "-q").status, 3, "--strict makes errors of warnings")
    ended = project.run("validate", "--format", "json", "--ignore", "SF5", "--ignore", "SF113")
    checks.equal(rules(ended), ["SF103"], "--ignore takes families, and may be repeated")
    ended = project.run("validate", "--select", "SF9")
    checks.equal(ended.status, 64, "a rule that is not there is a usage error")
    checks.that("no rule 'SF9'" in ended.stderr, "and is named", ended)
    (project.folder / "spaces/odd.space.yaml").unlink()


def statistics(checks: Checks, project: Project) -> None:
    for number in range(3):
        project.write(f"spaces/n{number}.space.yaml", f"name: n{number}\nregion: eu-west\n")
    ended = project.run("validate", "--statistics")
    checks.that("SF113" in ended.stdout and "3" in ended.stdout, "--statistics counts by rule", ended)
    checks.that("-->" not in ended.stdout, "and shows no finding by itself", ended)
    for number in range(3):
        (project.folder / f"spaces/n{number}.space.yaml").unlink()


def fixes(checks: Checks, project: Project) -> None:
    chat = project.folder / "spaces/chat.space.yaml"
    chat.write_text(COMMENTED, encoding="utf-8")
    chat.chmod(0o640)
    before = digest(project.folder)
    ended = project.run("validate", "--fix", "--staged")
    checks.equal(ended.status, 64, "--fix is refused for what is staged")
    checks.equal(digest(project.folder), before, "and changes nothing")
    ended = project.run("validate", "--fix")
    checks.equal(ended.status, 0, "--fix leaves nothing to find")
    checks.that("Fixed 2 findings in spaces/chat.space.yaml" in ended.stderr, "it says what it did", ended)
    checks.equal(chat.read_text(encoding="utf-8"), FIXED, "the text is the same but for what was wrong")
    checks.equal(chat.stat().st_mode & 0o777, 0o640, "permissions stay")
    changed = {path for path, value in digest(project.folder).items() if before.get(path) != value}
    checks.equal(changed, {"spaces/chat.space.yaml"}, "no other file was touched")
    ended = project.run("validate", "--fix")
    checks.that(ended.status == 0 and "Fixed" not in ended.stderr, "a second run has nothing to do", ended)
    chat.write_bytes(COMMENTED.replace("\n", "\r\n").encode())
    project.run("validate", "--fix")
    checks.equal(chat.read_bytes(), FIXED.replace("\n", "\r\n").encode(), "Windows' line ends stay what they are")
    outside = project.folder.parent / "outside.space.yaml"
    outside.write_text(COMMENTED, encoding="utf-8")
    chat.unlink()
    chat.symlink_to("../shared.yaml")
    (project.folder / "shared.yaml").write_text(COMMENTED, encoding="utf-8")
    ended = project.run("validate", "--fix")
    checks.equal((project.folder / "shared.yaml").read_text(encoding="utf-8"), COMMENTED, "a file behind a link is not changed")
    checks.equal(ended.status, 3, "and its findings are told")
    chat.unlink()
    (project.folder / "shared.yaml").unlink()


def scopes(checks: Checks, project: Project) -> None:
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "-m", "All")
    ended = project.run("validate", "--staged")
    checks.that(ended.status == 0 and "nothing that is staged" in ended.stderr, "nothing staged is said", ended)
    checks.equal(project.run("validate", "--staged", "--require-files").status, 3, "and is an error under --require-files")
    project.write("notes.txt", "hello\n")
    git(project, "add", "notes.txt")
    ended = project.run("validate", "--staged")
    checks.that("0 of 8 Spaces" in ended.stdout, "a file of no Space checks none, and says so", ended)
    git(project, "rm", "--quiet", "apps/text-api/Dockerfile")
    ended = project.run("validate", "--staged", "-v")
    checks.that("1 of 8 Spaces (1 source changed)" in ended.stdout, "a deleted app file checks its Space", ended)
    checks.that("spaces/text-api.space.yaml: its source changed" in ended.stdout, "-v says which, and why", ended)
    checks.equal(ended.status, 3, "and finds that the Dockerfile is gone")
    note = str(project.folder / "notes.txt")
    ended = project.run("validate", "--staged", note)
    checks.that("1 source changed" in ended.stdout, "named files stand beside staged deletions", ended)
    git(project, "reset", "--quiet", "--hard")
    everything = [str(project.folder / path) for path in git(project, "ls-files").splitlines()]
    ended = project.run("validate", "--staged", "--require-files", *everything)
    checks.that("8 Spaces" in ended.stdout and ended.status == 0, "all files named, nothing staged: everything is checked", ended)
    project.write("spaces/text-api.space.yaml", project.read("spaces/text-api.space.yaml") + "region: mars\n")
    project.write("spaces/contrast.space.yaml", project.read("spaces/contrast.space.yaml") + "region: venus\n")
    git(project, "add", "spaces/contrast.space.yaml")
    ended = project.run("validate", "--staged", "--format", "json")
    checks.equal([f["file"] for f in ended.json()["findings"]], ["spaces/contrast.space.yaml"], "the verdict is on what is staged")
    ended = project.run("validate", "--format", "json", "apps/text-api")
    files = [finding["file"] for finding in ended.json()["findings"]]
    checks.equal(files, ["spaces/text-api.space.yaml"], "a folder named reports the Space it belongs to")
    ended = project.run("validate", "--format", "json", "--revision", "HEAD")
    checks.equal(rules(ended), [], "a revision is judged by itself")
    git(project, "reset", "--quiet", "--hard")


def silence(checks: Checks, project: Project) -> None:
    project.write("spaces/odd.space.yaml", "name: odd\nregion: eu-west # spaceform: ignore SF113: our own name\n")
    checks.equal(rules(project.run("validate", "--format", "json")), [], "a comment silences a rule on its line")
    project.write("spaces/odd.space.yaml", "name: odd\nregion: eu # spaceform: ignore SF113\n")
    ended = project.run("validate", "--format", "json")
    checks.equal(rules(ended), ["SF018"], "a comment that silences nothing is told")
    checks.that(json.dumps(ended.json()["findings"][0]).find("SF113") > 0, "with the rule it names", ended)
    project.run("validate", "--fix")
    checks.equal(project.read("spaces/odd.space.yaml"), "name: odd\nregion: eu\n", "and --fix takes it away")
    (project.folder / "spaces/odd.space.yaml").unlink()


def main() -> None:
    checks = Checks()
    with workplace() as folder:
        project = Project.copy(folder / "fleet")
        for check in (selection, statistics, fixes, scopes, silence):
            check(checks, project)
    checks.finish()


if __name__ == "__main__":
    main()
