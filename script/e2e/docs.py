"""The documentation holds together: every link inside it leads somewhere, to a heading too, every picture is there, every page is found from
the README, every option that a command block names exists, every message that is explained is one, figures are right, and every command block is run
(documentation/pages.py says how)."""

import argparse
import re
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from documentation.blocks import Runner
from documentation.messages import figures, messages
from documentation.pages import pages, parts
from harness import PROGRAMS, ROOT, Checks, clean_environment, workplace

LINK = re.compile(r"(!?)\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^()\s]+(?:\([^()]*\)[^()\s]*)?)\)")
FENCE = re.compile(r"^(```+|~~~+).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)


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


def suite() -> set[str]:
    """What script/test runs: itself, other scripts, and the checks of script/e2e."""
    text = (ROOT / "script" / "test").read_text(encoding="utf-8")
    checks = re.search(r"^checks=\((.*?)^\)", text, re.MULTILINE | re.DOTALL)
    scripts = re.findall(r"\$root/((?:terraform/)?script/[\w-]+)", text)
    return {"script/test", *scripts, *(f"{name}.py" for name in (checks[1] if checks else "").split())}


@dataclass
class Ran:
    """What became of the blocks of a page, or of all."""

    checks: Checks = field(default_factory=Checks)
    counts: Counter = field(default_factory=Counter)
    reasons: list[str] = field(default_factory=list)


def blocks_of(page: Path, folder: Path, known: set[str]) -> Ran:
    """Every block of commands is run here or by another check, or says why it cannot be."""
    ran, found = Ran(), parts(page)
    for part in found:
        if not part.is_block:
            continue
        if ran.checks.that(part.kind, f"{part.place}: the block says how it is checked"):
            ran.counts[part.kind] += 1
        if part.kind == "run by":
            for other in part.argument.split(", "):
                place = ROOT / other if "/" in other else ROOT / "script" / "e2e" / other
                ran.checks.that(place.exists() and other in known, f"{part.place}: {other} is run by script/test")
        if part.kind == "not run":
            ran.reasons.append(f"{part.place}: {part.argument}")
    runner = Runner(ran.checks, folder / str(page.relative_to(ROOT)).replace("/", "-"))
    try:
        runner.page(found)
    finally:
        runner.close()
    return ran


def blocks(checks: Checks, folder: Path, chosen: list[str]) -> None:
    """The blocks of all pages, side by side: most of the time is waiting for Spaces."""
    wanted = [page for page in pages() if not chosen or str(page.relative_to(ROOT)) in chosen]
    checks.that(wanted, "there are such pages", chosen)
    known, total = suite(), Ran(checks)
    with ThreadPoolExecutor(6) as pool:
        for ran in pool.map(lambda page: blocks_of(page, folder, known), wanted):
            checks.count += ran.checks.count
            checks.failed += ran.checks.failed
            total.counts += ran.counts
            total.reasons += ran.reasons
    counts = total.counts
    checks.that(chosen or counts["run"] > 40, "blocks are run", counts)
    checks.that(chosen or counts["not run"] * 5 <= counts["run"], "few blocks are not run", counts)
    print(f"{counts['run']} blocks were run here, {counts['run by']} are run by other checks, {counts['not run']} are not run", flush=True)
    for reason in total.reasons:
        print(f"  not run: {reason}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", help="run the blocks of these pages only, and check nothing else: docs/plan.md")
    chosen = parser.parse_args().pages
    checks = Checks()
    if not chosen:
        links(checks)
        options(checks)
        messages(checks)
        figures(checks)
    with workplace() as folder:
        blocks(checks, folder, chosen)
    checks.finish()


if __name__ == "__main__":
    main()
