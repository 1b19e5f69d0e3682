"""docs/parity.md, from what a run saw."""

from .operations import DOWNLOADED, OPERATIONS, Difference, Operation
from .reasons import ANY, ONLY_OURS, ONLY_THEIRS, REASONS, Reason

INTRODUCTION = """# Wire parity

The requests of `spaceform` beside those of `huggingface_hub` {version}, for each operation that both know. A proxy between client and
Hub keeps what is asked; compared are method, path, query, body (JSON and NDJSON member by member) and the headers `authorization`,
`content-type` and `accept`. Both clients are given the same values. Ids of commits and the words of commit messages count as equal;
tokens and secret values are compared by name and kept nowhere.

This page is written by `script/e2e/parity.py --write`. `script/test` fails when a difference has no reason here, when a reason is no
longer needed, and when the page is not what a run shows.
"""


def shown(value: str | None) -> str:
    if value is None:
        return "–"
    return "sent" if value == ANY else f"`{value}`"


def request_of(operation: Operation) -> str:
    path = operation.path
    for pattern, name in (
        ("[0-9a-f]{64}", "{oid}"),
        ("[0-9]+", "{number}"),
        (DOWNLOADED, "{file}"),
        ("<commit>", "{commit}"),
        ("acme/lone", "{id}"),
        ("acme/other", "{id}"),
        ("acme/moved", "{id}"),
    ):
        path = path.replace(pattern, name)
    return f"{operation.method} {path}"


def rows(reasons: list[Reason]) -> list[str]:
    lines = ["| operation | part | spaceform | huggingface_hub | reason |", "|---|---|---|---|---|"]
    for reason in reasons:
        cells = (", ".join(reason.operations), f"`{reason.part}`", shown(reason.ours), shown(reason.theirs), reason.why)
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def page(version: str, compared: dict[str, int], found: list[Difference]) -> str:
    lines = [INTRODUCTION.format(version=version), "## Operations", ""]
    lines += ["| operation | request | parts compared | differ |", "|---|---|---|---|"]
    for operation in OPERATIONS:
        count = len({difference.part for difference in found if difference.operation == operation.name})
        lines.append(f"| {operation.name} | `{request_of(operation)}` | {compared[operation.name]} | {count or 'none'} |")
    lines += ["", "## Differences", "", "– is a part that is not sent.", ""]
    lines += rows(REASONS)
    lines += ["", "## Asked by one of them only", "", "| request | by | reason |", "|---|---|---|"]
    for client, routes in (("spaceform", ONLY_OURS), ("huggingface_hub", ONLY_THEIRS)):
        lines += [f"| `{route}` | {client} | {why} |" for route, why in sorted(routes.items())]
    return "\n".join(lines) + "\n"
