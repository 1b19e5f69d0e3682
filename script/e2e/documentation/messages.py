"""docs/troubleshooting.md quotes messages as headings; each must still be in the sources."""

import re

from harness import ROOT, Checks

PAGE = ROOT / "docs" / "troubleshooting.md"
# Interpolations that always print the same.
CONSTANTS = re.compile(r"\\\((?:Self|ProjectFolder|Project)\.fileName\)")


def messages(checks: Checks) -> None:
    """What a heading quotes is printed by some source file, or by the local Hub in the Hub's name: every part between two `…`, in one file."""
    texts = [CONSTANTS.sub("spaceform.yaml", path.read_text(encoding="utf-8")) for folder in ("Sources", "hub/Sources") for path in (ROOT / folder).rglob("*.swift")]
    quoted = re.findall(r"^### `(.+)`$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    for heading in quoted:
        literal = [part for part in heading.split("…") if len(part.strip()) > 3]
        found = any(all(part in text for part in literal) for text in texts)
        checks.that(literal and found, f"docs/troubleshooting.md: `{heading}` is a message of the sources")
    checks.that(len(quoted) > 25, "messages are explained", len(quoted))
