"""docs/conformance.md: made from runs, each part between markers of its own."""

import difflib
from pathlib import Path

from . import scope

INTRODUCTION = """# Conformance

What the official Python client, `huggingface_hub` from PyPI, can do with `spaceform-hub` unchanged. The part between the markers is
written by the script that checks it, `script/e2e/conformance.py`, from what it saw; `script/test` fails when it says anything else.
[parity.md](parity.md) has the requests of that client beside those of `spaceform`.
"""


class ClientResult:
    """What one client's run showed."""

    def __init__(self, client: str) -> None:
        self.client = client
        self.version = ""
        self.methods: dict[str, list[str]] = {}
        self.commands: list[str] = []
        self.results: list[dict] = []

    def add(self, group: str, told: dict) -> None:
        self.version, self.methods, self.commands = told["version"], told["methods"], told["commands"]
        self.results += [entry | {"group": group} for entry in told["results"]]

    def judged(self, name: str) -> list[dict]:
        return [entry for entry in self.results if name in entry["covers"]]

    def unchecked(self) -> list[str]:
        """In scope, and no check is about it."""
        names = [name for name in self.methods if name not in scope.OUT_OF_SCOPE_METHODS]
        names += [f"hf {name}" for name in self.commands if name not in scope.OUT_OF_SCOPE_COMMANDS]
        return [name for name in names if not self.judged(name)]

    def unused_options(self) -> list[str]:
        """Options that no check gave, whatever the check was about."""
        used: dict[str, set[str]] = {}
        for entry in self.results:
            for name, options in entry["options"].items():
                used.setdefault(name, set()).update(options)
        return [
            f"{name}({option})"
            for name, options in sorted(self.methods.items())
            if name not in scope.OUT_OF_SCOPE_METHODS
            for option in options
            if option not in used.get(name, set())
        ]

    def verdict(self, name: str, exists: bool) -> str:
        if not exists:
            return "–"
        entries = self.judged(name)
        failed = sum(entry["problem"] is not None for entry in entries)
        return f"fail ({failed} of {len(entries)})" if failed or not entries else f"pass ({len(entries)})"


def conformance(results: list[ClientResult]) -> str:
    versions = [result.version for result in results]
    lines = [
        "## The official client against spaceform-hub",
        "",
        f"Clients: {' and '.join(f'`huggingface_hub` {version}' for version in versions)}, with `HF_HUB_DISABLE_XET=1`. A cell names how "
        "many checks are about the method; – is a method that this version does not have.",
        "",
        "### Methods of `HfApi`",
        "",
        f"| method | {' | '.join(versions)} |",
        f"|---|{'---|' * len(versions)}",
    ]
    methods = sorted({name for result in results for name in result.methods} - set(scope.OUT_OF_SCOPE_METHODS))
    for name in methods:
        lines.append(f"| `{name}` | {' | '.join(result.verdict(name, name in result.methods) for result in results)} |")
    lines += ["", "### Commands", "", f"| command | {' | '.join(versions)} |", f"|---|{'---|' * len(versions)}"]
    commands = sorted({name for result in results for name in result.commands} - set(scope.OUT_OF_SCOPE_COMMANDS))
    for name in commands:
        cells = [result.verdict(f"hf {name}", name in result.commands) for result in results]
        lines.append(f"| `hf {name}` | {' | '.join(cells)} |")
    lines += ["", "### Out of scope", "", "| what | why |", "|---|---|"]
    existing = {name for result in results for name in [*result.methods, *result.commands]}
    for name, reason in sorted(scope.OUT_OF_SCOPE_METHODS.items()):
        if name in existing:
            lines.append(f"| `{name}` | {reason} |")
    for name, reason in sorted(scope.OUT_OF_SCOPE_COMMANDS.items()):
        if name in existing:
            lines.append(f"| `hf {name}` | {reason} |")
    for name, reason in sorted(scope.OUT_OF_SCOPE_OPTIONS.items()):
        if not reason.startswith("on the client's side"):
            lines.append(f"| the option `{name}` | {reason} |")
    lines += ["", "### Known gaps", "", "| method | what spaceform-hub does not do |", "|---|---|"]
    lines += [f"| `{name}` | {gap} |" for name, gap in sorted(scope.KNOWN_GAPS.items())]
    lines += ["", "### What was checked", "", "| check | what holds |", "|---|---|"]
    sentences = {(entry["group"], entry["check"]): entry["sentence"] for result in results for entry in result.results}
    lines += [f"| `{group}/{name}` | {sentence} |" for (group, name), sentence in sorted(sentences.items())]
    return "\n".join(lines) + "\n"


def section(text: str, name: str) -> str | None:
    """What stands between a section's markers; None when they are not there."""
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    if begin not in text or end not in text:
        return None
    return text.split(begin, 1)[1].split(end, 1)[0]


def with_section(path: Path, name: str, body: str) -> str:
    """The page with this section replaced, or put at its end."""
    text = path.read_text(encoding="utf-8") if path.exists() else INTRODUCTION
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    if section(text, name) is None:
        return f"{text}\n{begin}{body}{end}"
    return text.split(begin, 1)[0] + begin + body + end + text.split(end, 1)[1]


def compare(path: Path, name: str, body: str) -> str | None:
    """How the committed section differs from what a run shows; None when it does not."""
    found = section(path.read_text(encoding="utf-8"), name) if path.exists() else None
    if found == body:
        return None
    lines = difflib.unified_diff((found or "").splitlines(), body.splitlines(), "the page", "the run", lineterm="", n=1)
    return "\n".join(lines)


def write(path: Path, results: list[ClientResult]) -> None:
    path.write_text(with_section(path, "conformance", conformance(results)), encoding="utf-8")


def stale(path: Path, results: list[ClientResult]) -> str | None:
    return compare(path, "conformance", conformance(results))
