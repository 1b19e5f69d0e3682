"""Jira's document format: its schema's rules, and the texts in it."""

import json
from pathlib import Path

from harness import Checks

from .json_files import planned_fields
from .model import Model
from .prose import flat, markdown_of
from .readers import pandoc


def document_format(checks: Checks, name: str, model: Model, folder: Path) -> None:
    """The documents of the REST plan, read by a converter of its own, against the Markdown."""
    import marklas

    fields = planned_fields(folder, "cloud")
    checks.equal(sorted(fields), sorted(model.items), f"{name}: the REST plan makes every item")
    for id, item in model.items.items():
        document = fields[id].get("description")
        if document is None:
            checks.that(not markdown_of(item).strip(), f"{name}: {id} has a document")
            continue
        problem = broken_node(document)
        checks.equal(problem, None, f"{name}: every node of {id}'s document may stand where it does")
        read = pandoc("gfm", marklas.to_md(document))
        wanted = pandoc("gfm", markdown_of(item))
        # marklas leaves a # at the start of a paragraph bare, which makes it a heading, and writes breaks as HTML.
        found, wanted = (text.replace("<br>", " ").replace("# ", "") for text in (flat(read), flat(wanted)))
        checks.equal(" ".join(found.split()), wanted, f"{name}: an ADF reader finds the text of {id}", json.dumps(document)[:800])


# What may lie in what, from the published description of the format.
LISTS = {"bulletList", "orderedList"}
INSIDE = {
    "doc": {"paragraph", "heading", "blockquote", "codeBlock", "rule", "table", "taskList"} | LISTS,
    "blockquote": {"paragraph", "codeBlock"} | LISTS,
    "bulletList": {"listItem"}, "orderedList": {"listItem"}, "taskList": {"taskItem"},
    "listItem": {"paragraph", "codeBlock"} | LISTS,
    "table": {"tableRow"}, "tableRow": {"tableHeader", "tableCell"},
    "tableHeader": {"paragraph", "heading", "codeBlock"} | LISTS, "tableCell": {"paragraph", "heading", "codeBlock"} | LISTS,
    "paragraph": {"text", "hardBreak"}, "heading": {"text", "hardBreak"}, "taskItem": {"text", "hardBreak"}, "codeBlock": {"text"},
}
NOT_EMPTY = {"blockquote", "bulletList", "orderedList", "listItem", "table", "tableRow", "taskList"}


def broken_node(node: dict) -> str | None:
    kind, content = node["type"], node.get("content", [])
    if kind in NOT_EMPTY and not content:
        return f"{kind} is empty"
    if kind == "listItem" and content[0]["type"] not in ("paragraph", "codeBlock"):
        return "a list's item does not begin with a paragraph"
    if kind == "text":
        marks = {mark["type"] for mark in node.get("marks", [])}
        if not node["text"]:
            return "a text without characters"
        if "code" in marks and marks - {"code", "link"}:
            return f"code with {marks}"
    for child in content:
        if child["type"] not in INSIDE.get(kind, set()):
            return f"{child['type']} in {kind}"
        if kind == "codeBlock" and child.get("marks"):
            return "marks in a block of code"
        problem = broken_node(child)
        if problem:
            return problem
    return None


def document_text(node: dict) -> str:
    """All text below a node of an Atlassian document, as a reader shows it."""
    if node["type"] == "hardBreak":
        return "\n"
    return node.get("text", "") + "".join(document_text(child) for child in node.get("content", []))
