"""What the code host was asked for, as recorded in files."""

import os
import re

from harness import ROOT, Checks

from .jobs import Jobs

GOLDEN = ROOT / "script" / "e2e" / "ci_golden"


def golden(checks: Checks, jobs: Jobs, name: str) -> None:
    """Compares the calls since the last look with a file; SPACEFORM_UPDATE_GOLDEN=1 writes it."""
    text = "\n".join(re.sub(r"\b[0-9a-f]{40}\b", "COMMIT", call) for call in jobs.host.told()) + "\n"
    file = GOLDEN / f"{jobs.name}-{name}.txt"
    if os.environ.get("SPACEFORM_UPDATE_GOLDEN") == "1":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    checks.equal(text, file.read_text() if file.exists() else "", f"{jobs.name}: the code host was asked for {name} as recorded")
