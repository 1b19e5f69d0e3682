"""What the backlog of this repository says is true of the repository."""

import re

from harness import ROOT, Checks
from jira.model import Model

from .program import TRACKER, run


def sound(checks: Checks) -> None:
    ended = run("check", "--strict", folder=TRACKER)
    checks.equal(ended.status, 0, "the backlog of this repository has no finding", ended)
    model = Model(TRACKER)
    kinds = [item["type"] for item in model.items.values()]
    checks.that(8 <= kinds.count("epic") <= 12, "it has eight to twelve epics", kinds.count("epic"))
    checks.that(60 <= len(kinds) - kinds.count("epic") <= 120, "and sixty to a hundred and twenty items in them", len(kinds))
    proofs = [item["proof"] for item in model.items.values() if "proof" in item]
    missing = [proof for proof in proofs if proof["test"] not in (ROOT / proof["file"]).read_text(encoding="utf-8")]
    rules = re.findall(r"case \w+ = \"(ST\d+)\"", (TRACKER / "Sources/Backlog/Checking/BacklogRule.swift").read_text(encoding="utf-8"))
    listed = re.findall(r"^\| (ST\d+) \|", (ROOT / "docs/tracker.md").read_text(encoding="utf-8"), re.MULTILINE)
    checks.equal(listed, rules, "the documentation lists every rule")
    checks.that(proofs and not missing, "what is delivered names a test that is there", missing)
