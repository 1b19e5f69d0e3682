"""The texts of an item as Markdown, and every text of a document in order."""

from .readers import simple, words


def markdown_of(item: dict) -> str:
    text = item.get("description", "")
    if item.get("acceptance", "").strip():
        text += f"\n\n### Acceptance criteria\n\n{item['acceptance']}"
    if "proof" in item:
        text += f"\n\nDelivered; proved by the test `{item['proof']['test']}` in `{item['proof']['file']}`."
    return text


def plain(blocks: list) -> list[str]:
    """Every text of a document, in order."""
    found: list[str] = []
    for piece in simple(blocks):
        found += texts(piece)
    return found


def flat(blocks: list) -> str:
    """Every text of a document on one line, without the boxes of tasks."""
    return " ".join(words(" ".join(plain(blocks))).replace("□", " ").split())


def texts(piece) -> list[str]:
    if piece[0] in ("text", "code"):
        return [piece[1]]
    if piece[0] == "heading":
        return [piece[2]]
    if piece[0] == "rule":
        return []
    found: list[str] = []

    def walk(value) -> None:
        if isinstance(value, tuple):
            found.extend(texts(value))
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(list(piece[1:]))
    return found
