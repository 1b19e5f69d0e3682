"""A plan in all its forms, with what changes inside files: from the Hub, and again from a saved plan without it."""

import base64
import json
import urllib.request
from html.parser import HTMLParser

from harness import Checks, Ended, Hub, Project, workplace

DEFINITION = "name: {name}\nsdk: static\nvisibility: private\nsource: {{ path: apps/{name} }}\n"
# Looks like a token of the Hub, and is none.
TOKEN = "hf_" + "AbCdEfGhIj" * 3 + "KlMn"
FORMS = ("human", "json", "markdown", "html")


class Page(HTMLParser):
    """The text of a page, what its elements are, and whether all of them are closed in order."""

    VOID = {"meta"}

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict]] = []
        self.texts: list[str] = []
        self.misplaced: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes) -> None:
        self.elements.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes) -> None:
        self.elements.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.misplaced.append(tag)

    def handle_endtag(self, tag) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.misplaced.append(tag)

    def handle_data(self, data) -> None:
        self.texts.append(data)


def commit(hub: Hub, address: str, path: str, text: str) -> None:
    """A commit of somebody else."""
    lines = [
        {"key": "header", "value": {"summary": "Edit", "description": ""}},
        {"key": "file", "value": {"path": path, "encoding": "base64", "content": base64.b64encode(text.encode()).decode()}},
    ]
    request = urllib.request.Request(
        f"{hub.endpoint}/api/spaces/{address}/commit/main", data="\n".join(map(json.dumps, lines)).encode(), method="POST",
        headers={"Authorization": f"Bearer {hub.token}", "Content-Type": "application/x-ndjson"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        answer.read()


def lay(project: Project) -> None:
    for path in project.definitions:
        path.unlink()
    project.write("spaceform.yaml", "version: 1\nproject: forms\nowner: acme\ndefaults: { wait: { for: none } }\n")
    for name in ("site", "leaky"):
        project.write(f"spaces/{name}.space.yaml", DEFINITION.format(name=name))
        (project.folder / "apps" / name).mkdir()
        project.write(f"apps/{name}/index.html", "<h1>One</h1>\n<p>same</p>\n")
    project.write("apps/site/notes.txt", "kept\n" * 30)
    project.write("apps/site/old.txt", "goes away\n")
    (project.folder / "apps" / "site" / "picture.png").write_bytes(bytes(range(256)))


def change(project: Project) -> None:
    project.write("apps/site/index.html", "<h1>Two</h1>\n<p>same</p>\n")
    project.write("apps/site/notes.txt", "kept\n" * 14 + "changed\n" + "kept\n" * 15)
    project.write("apps/site/new.txt", "is new\n")
    (project.folder / "apps" / "site" / "old.txt").unlink()
    (project.folder / "apps" / "site" / "picture.png").write_bytes(bytes(reversed(range(256))))
    project.write(
        "spaces/site.space.yaml",
        DEFINITION.format(name="site").replace("}", ", prune: true }") + "variables: { GREETING: '<b>hi</b> & bye' }\n")


def human(checks: Checks, ended: Ended) -> None:
    text = ended.stdout
    for line in ("-<h1>One</h1>", "+<h1>Two</h1>", " <p>same</p>", "+is new", "-goes away", "-kept", "+changed"):
        checks.that(f"          {line}\n" in text, f"--diff shows {line!r}", ended)
    checks.equal(text.count("@@ -"), 4, "a hunk for each file of text of that Space", ended)
    checks.that("picture.png" in text and "(binary)" in text or "kept as a large file" in text, "a picture is not shown as text", ended)
    checks.equal(text.count("           kept\n"), 6, "three lines stand around a change", ended)


def secret(checks: Checks, hub: Hub, project: Project) -> None:
    """What others left in a file, as a token, is not shown when it is taken away."""
    commit(hub, "acme/leaky", "index.html", f"<h1>One</h1>\n<p>token: {TOKEN}</p>\n")
    before = len(hub.requests())
    texts = []
    for form in FORMS:
        ended = project.run("plan", "--diff", "--overwrite-foreign", "--target", "leaky", "--format", form)
        checks.equal(ended.status, 0, f"{form}: a plan that takes a token out of a file", ended)
        texts.append(ended.text)
    checks.that(all(TOKEN not in text and TOKEN[3:] not in text for text in texts), "none of its forms shows the token")
    checks.that(all("token: " in text for text in texts), "though the line is there")
    checks.that(any("/resolve/" in call["path"] for call in hub.requests()[before:]), "the file was read from the Hub")


def main() -> None:
    checks = Checks()
    with workplace() as folder:
        with Hub(folder / "hub") as hub:
            project = Project.copy(folder / "forms", hub)
            lay(project)
            ended = project.run("apply", "--auto-approve")
            checks.equal(ended.status, 0, "two Spaces are made", ended)
            change(project)
            before = len(hub.requests())
            plain = project.run("plan", "--format", "json")
            checks.that(not any("/resolve/" in c["path"] and not c["path"].endswith(("README.md", ".gitattributes"))
                                for c in hub.requests()[before:]), "without --diff no file is read")
            made = {form: project.run("plan", "--diff", "--format", form) for form in FORMS}
            for form, ended in made.items():
                checks.equal(ended.status, 0, f"plan --diff --format {form}", ended)
            human(checks, made["human"])
            digests = {json.loads(each.stdout)["operations_digest"] for each in (plain, made["json"])}
            checks.equal(len(digests), 1, "what would be done is the same with and without --diff")
            saved = folder / "fleet.plan"
            ended = project.run("plan", "--diff", "--out", str(saved))
            checks.equal(ended.status, 0, "a plan with differences is saved", ended)
            ended = project.run("plan", "--diff", "--refresh", "none")
            checks.equal(ended.status, 64, "an offline plan has no files to compare with", ended)
            ended = project.run("apply", str(saved), "--diff")
            checks.equal(ended.status, 64, "nor is a saved plan compared anew", ended)
            secret(checks, hub, project)

        # The Hub is gone.
        page = Page(made["html"].stdout)
        checks.equal((page.open, page.misplaced), ([], []), "the page's elements are closed in order")
        tags = {tag for tag, _ in page.elements}
        checks.that(not tags & {"script", "link", "img", "iframe", "a"}, "it fetches nothing and runs nothing", tags)
        checks.that("<b>hi</b> & bye" in page.texts, "a value is text, whatever it looks like")
        checks.that("+<h1>Two</h1>" in page.texts, "and so is a line of a file")
        for form in FORMS:
            ended = project.run("show", str(saved), "--format", form)
            checks.equal(ended.status, 0, f"show --format {form}, offline", ended)
            if form == "json":
                checks.equal({k: v for k, v in ended.json().items() if k != "totals"},
                             {k: v for k, v in json.loads(made[form].stdout).items() if k != "totals"}, "shows what was planned")
            else:
                wanted, found = (text.splitlines() for text in (made[form].stdout, ended.stdout))
                # The calls left in the Hub's window went down in between.
                differing = [pair for pair in zip(wanted, found) if pair[0] != pair[1] and "calls left" not in pair[0]]
                checks.that(len(wanted) == len(found) and not differing, "shows what was planned", differing)
        ended = project.run("show", str(folder / "missing.plan"))
        checks.that(ended.status == 1 and "plan --out" in ended.stderr, "a plan that is not there", ended)
    checks.finish()


if __name__ == "__main__":
    main()
