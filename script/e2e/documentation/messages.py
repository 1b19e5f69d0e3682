"""What pages quote from the sources must still be there: messages, exit statuses, the number of rules."""

import re

from harness import ROOT, Checks

from .pages import pages

PAGE = ROOT / "docs" / "troubleshooting.md"
# Interpolations that always print the same.
CONSTANTS = re.compile(r"\\\((?:Self|ProjectFolder|Project)\.fileName\)")


def messages(checks: Checks) -> None:
    """What a heading quotes is printed by some source file, or by the local Hub in the Hub's name: every part between two `…` or colons, in one file."""
    files = [path for folder in ("Sources", "hub/Sources") for path in (ROOT / folder).rglob("*.swift")]
    texts = [CONSTANTS.sub("spaceform.yaml", path.read_text(encoding="utf-8")) for path in files]
    quoted = re.findall(r"^### `(.+)`$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    for heading in quoted:
        literal = [part for part in re.split(r"…|: ", heading) if len(part.strip()) > 3]
        found = any(all(part in text for part in literal) for text in texts)
        checks.that(literal and found, f"docs/troubleshooting.md: `{heading}` is a message of the sources")
    checks.that(len(quoted) > 25, "messages are explained", len(quoted))


def figures(checks: Checks) -> None:
    """The table of exit statuses has those of the program, and each page that counts the rules counts all of them."""
    source = (ROOT / "Sources" / "Diagnostics" / "Failure.swift").read_text(encoding="utf-8")
    written = re.search(r"enum ExitStatus.*?\n\n", source, re.DOTALL)
    real = sorted(int(number) for number in re.findall(r"case \w+ = (\d+)", written[0] if written else ""))
    table = (ROOT / "docs" / "stability.md").read_text(encoding="utf-8").split("\n## Exit statuses\n", 1)[1]
    shown = sorted(int(number) for row in re.findall(r"^\| ([\d, ]+) \|", table, re.MULTILINE) for number in row.split(", "))
    checks.equal(shown, real, "docs/stability.md: the exit statuses are the program's")
    rules = len(re.findall(r"^### SF\d{3}$", (ROOT / "docs" / "rules.md").read_text(encoding="utf-8"), re.MULTILINE))
    for page in pages():
        for count in re.findall(r"\b(\d{2,}) (?:\[?rules\b)", page.read_text(encoding="utf-8")):
            checks.equal(int(count), rules, f"{page.relative_to(ROOT)}: as many rules as there are")
