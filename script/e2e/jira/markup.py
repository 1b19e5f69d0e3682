"""Wiki markup, read back by pandoc."""

from harness import Checks

from .model import Model
from .prose import markdown_of, plain
from .readers import read_many, simple


def wiki_markup(checks: Checks, name: str, model: Model, mirror: dict) -> None:
    ids = list(model.items)
    markdown = read_many("gfm", [markdown_of(model.items[id]) for id in ids])
    wiki = read_many("jira", [mirror[id]["description"] for id in ids])
    for id, left, right in zip(ids, markdown, wiki):
        wanted, found = simple(left), simple(right)
        if "{quote}" in markdown_of(model.items[id]):
            # Code that would end the quotation around it is exported as preformatted lines.
            wanted, found = plain(left), plain(right)
        checks.that(
            found == wanted, f"{name}: pandoc reads the wiki markup of {id} as its Markdown",
            f"{model.items[id]['summary']}\nmarkup {mirror[id]['description']!r}\nwanted {wanted}\nfound  {found}",
        )
