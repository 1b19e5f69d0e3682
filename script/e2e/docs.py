"""The documentation holds together: every link inside it leads somewhere, to a heading too, every picture is there, every page is found from
the README, and every option that a command block names exists."""

import os
import re
import subprocess
from pathlib import Path

from harness import PROGRAMS, ROOT, Checks, Hub, clean_environment, workplace

LINK = re.compile(r"(!?)\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^()\s]+(?:\([^()]*\)[^()\s]*)?)\)")
FENCE = re.compile(r"^(```+|~~~+).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
# Made by a program for other pages, or read by one.
NOT_PAGES = {"images"}


def pages() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z", "*.md"], cwd=ROOT, capture_output=True, check=True)
    return sorted(ROOT / name for name in done.stdout.decode().split("\0") if name and (ROOT / name).exists())


def prose(text: str) -> str:
    """The text without code, in which brackets are no links."""
    text = FENCE.sub("", text)
    return re.sub(r"(?<!`)(`+)(?!`)(?:.|\n)*?(?<!`)\1(?!`)", "``", text)


def anchors(text: str) -> set[str]:
    """The names of the headings, as code hosts make them."""
    found: set[str] = set()
    for title in re.findall(r"^#{1,6} +(.*?)(?: +#+)?[ \t]*$", FENCE.sub("", text), re.MULTILINE):
        title = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title).lower()
        name = re.sub(r"[^\w\- ]", "", title).replace(" ", "-")
        number, unique = 0, name
        while unique in found:
            number += 1
            unique = f"{name}-{number}"
        found.add(unique)
    return found | set(re.findall(r"<a (?:id|name)=\"([^\"]+)\"", text))


def links(checks: Checks) -> None:
    texts = {page: page.read_text(encoding="utf-8") for page in pages()}
    known = {page: anchors(text) for page, text in texts.items()}
    reached: dict[Path, set[Path]] = {}
    count = 0
    for page, text in texts.items():
        broken = []
        for picture, target in LINK.findall(prose(text)):
            if re.match(r"[a-z][a-z0-9+.-]*:", target):
                continue
            count += 1
            path, _, anchor = target.partition("#")
            place = (page.parent / path).resolve() if path else page
            if not place.exists() or not place.is_relative_to(ROOT):
                broken.append(target)
            elif anchor and place.suffix == ".md" and anchor not in known.get(place, set()):
                broken.append(target)
            else:
                reached.setdefault(page, set()).add(place)
        checks.equal(broken, [], f"{page.relative_to(ROOT)}: every link leads somewhere")
    checks.that(count > 150, "the pages have links", count)
    found, waiting = {ROOT / "README.md"}, [ROOT / "README.md"]
    while waiting:
        for place in reached.get(waiting.pop(), set()):
            index = place / "README.md" if place.is_dir() else place
            if index in texts and index not in found:
                found.add(index)
                waiting.append(index)
    documents = {page for page in texts if page.parent == ROOT / "docs"}
    checks.equal(sorted(str(page.relative_to(ROOT)) for page in documents - found), [], "every page of docs is found from the README")


def options(checks: Checks) -> None:
    """What is written after `$ spaceform …` is a command, and its options are in the command's help."""
    helps: dict[tuple[str, ...], str] = {}

    def help_of(words: tuple[str, ...]) -> str:
        if words not in helps:
            done = subprocess.run([str(PROGRAMS / words[0]), *words[1:], "--help"], capture_output=True, text=True, env=clean_environment(), check=False)
            helps[words] = done.stdout if done.returncode == 0 else ""
        return helps[words]

    count = 0
    for page in pages():
        wrong = []
        for block in re.findall(r"^```(?:console|sh|shell|bash)\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            for line in re.sub(r"\\\n\s*", " ", block).splitlines():
                found = re.match(r"(?:\$ )?(?:[A-Z_]+=\S+ )*(spaceform(?:-hub|-tracker)?) (.*)", line)
                if not found:
                    continue
                words = (found[1],)
                rest = re.sub(r"\s#.*|[|;&>].*", "", found[2]).split()
                plain = [word for word in rest if re.fullmatch(r"[a-z][a-z-]*", word)]
                for word in plain:
                    if f"\n  {word} " not in help_of(words):
                        break
                    words += (word,)
                text = help_of(words)
                for option in (word.split("=")[0] for word in rest if word.startswith("--")):
                    count += 1
                    if not re.search(rf"{re.escape(option)}(?![\w-])", text):
                        wrong.append(f"{' '.join(words)} {option}")
        checks.equal(wrong, [], f"{page.relative_to(ROOT)}: every option in a block exists")
    checks.that(count > 20, "blocks have options", count)


def get_started(checks: Checks, folder: Path) -> None:
    """docs/get-started.md, done: each command in its place, and what it shows is what is shown."""
    text = (ROOT / "docs" / "get-started.md").read_text(encoding="utf-8")
    place, done = folder, 0

    def edit(path: str, change) -> None:
        file = folder / "demos" / path
        file.write_text(change(file.read_text()))

    with Hub(folder / "hub", speed=200) as hub:
        environment = clean_environment(HF_ENDPOINT=hub.endpoint, HF_TOKEN=hub.token, HOME=str(folder), PATH=f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}")
        for section in text.split("\n## ")[1:]:
            title = section.splitlines()[0]
            if title.startswith("5."):
                edit("apps/hello/index.html", lambda _: "<h1>Hello, everybody</h1>\n")
                edit("spaces/hello.space.yaml", lambda was: was.replace("cpu-basic", "cpu-upgrade\nsleep_time: 1h") + "variables: { GREETING: hello }\n")
            if title.startswith("6."):
                hub.call("POST", "/api/spaces/acme/hello/variables", {"key": "GREETING", "value": "by hand"})
            for block in re.findall(r"^```console\n(.*?)^```", section, re.MULTILINE | re.DOTALL):
                for part in ("\n" + block).split("\n$ ")[1:]:
                    command, *shown = part.rstrip("\n").split("\n")
                    command = re.sub(r"\s+#.*", "", command)
                    if command.startswith(("script/", "export ", "spaceform-hub ")):
                        continue
                    if command == "spaceform apply":
                        command += " --auto-approve"
                    ended = subprocess.run(["bash", "-c", f"{command} && pwd > '{folder}/here'"] if "cd " in command else ["bash", "-c", command],
                                           cwd=place, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
                    if "cd " in command:
                        place = Path((folder / "here").read_text().strip())
                    wanted = 2 if command == "spaceform drift" else 0
                    checks.equal(ended.returncode, wanted, f"get-started: `{command[:60]}` works", ended.stdout + ended.stderr)
                    # Commits and sizes of files are not the same each time.
                    steady = lambda line: re.sub(r"\b[0-9a-f]{7}\b|\d+ B\b", "…", line).rstrip()  # noqa: E731
                    printed = [steady(line) for line in ended.stdout.splitlines()]
                    missing = [line for line in shown if line.strip() and steady(line) not in printed]
                    checks.equal(missing, [], f"get-started: `{command[:60]}` shows what is shown", ended.stdout)
                    done += 1
            if title.startswith("7."):
                (folder / "demos" / "spaces" / "hello.space.yaml").unlink()
                edit("spaceform.yaml", lambda was: was + re.search(r"^removed: .*$", section, re.MULTILINE)[0] + "\n")
                ended = subprocess.run(["spaceform", "apply", "--auto-approve"], cwd=place, env=environment, capture_output=True, text=True, check=False)
                checks.that(ended.returncode == 0 and hub.spaces() == [], "get-started: and the Space is gone", ended.stdout + ended.stderr)
    checks.that(done >= 12, "the page has commands", done)


def main() -> None:
    checks = Checks()
    links(checks)
    options(checks)
    with workplace() as folder:
        get_started(checks, folder)
    checks.finish()


if __name__ == "__main__":
    main()
