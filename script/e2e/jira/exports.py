"""Every file of one export, and exports of made-up texts."""

import json
import random
from pathlib import Path

from backlog.program import run
from harness import Checks

from . import corpus
from .documents import broken_node, document_format, document_text
from .json_files import import_json, planned_fields, rest_plan
from .markup import wiki_markup
from .model import Model
from .prose import plain
from .readers import Java, python_table, read_many, words
from .tables import PREVIEW, basic_and_preview, csv_files, dates_and_durations
from .xml_files import xml_files


def every_file(checks: Checks, java: Java, name: str, tracker: Path, out: Path) -> None:
    model = Model(tracker)
    ended = run("export", "--out", str(out), folder=tracker)
    if not checks.equal(ended.status, 0, f"{name} is exported", ended):
        return
    mirror = json.loads((out / "items.json").read_text(encoding="utf-8"))["items"]
    checks.equal(list(mirror), model.order, f"{name}: every item is in the mirror")
    csv_files(checks, java, name, model, out, mirror)
    # A row that a backslash would swallow stays a row even for the reader that is not meant to read the file.
    lenient = java.table("opencsv", out / "jira-cloud.csv")
    checks.equal(len(lenient), len(model.items) + 1, f"{name}: no reader loses a row of jira-cloud.csv")
    dates_and_durations(checks, java, name, model, out, mirror)
    wiki_markup(checks, name, model, mirror)
    document_format(checks, name, model, out)
    xml_files(checks, name, model, out, mirror)
    import_json(checks, name, model, out)
    rest_plan(checks, name, model, out)
    basic_and_preview(checks, java, name, model, out)
    again = out.parent / f"{out.name}-again"
    run("export", "--out", str(again), folder=tracker)
    same = {file.name: file.read_bytes() for file in out.iterdir()} == {file.name: file.read_bytes() for file in again.iterdir()}
    checks.that(same, f"{name}: a second export has the same bytes")


def random_texts(checks: Checks, java: Java, work: Path, seed: int) -> None:
    """Plain text of any characters stays plain text."""
    source = random.Random(seed)
    texts = [corpus.random_text(source) for _ in range(200)]
    stories = []
    for number, text in enumerate(texts):
        style = [corpus.as_markdown, lambda t: f"**{corpus.as_markdown('b ' + t + ' b')}**", lambda t: f"- {corpus.as_markdown('x ' + t)}"]
        # A summary says which it is, so that no two are the same.
        stories.append(corpus.story(10 + number, f"{text[:200]} {number}", style[number % 3](text)))
    folder = work / "random"
    corpus.write(folder, [corpus.epic(1, stories)])
    out = work / "random-out"
    ended = run("export", "--out", str(out), folder=folder)
    if not checks.equal(ended.status, 0, f"random texts of seed {seed} are exported", ended):
        return
    model = Model(folder)
    mirror = json.loads((out / "items.json").read_text(encoding="utf-8"))["items"]
    csv_files(checks, java, f"seed {seed}", model, out, mirror)
    wiki = read_many("jira", [mirror[f"AC-{10 + number}"]["description"] for number in range(len(texts))])
    for number, (text, blocks) in enumerate(zip(texts, wiki)):
        found = words(" ".join(plain(blocks[:1])))
        wanted = words([text, f"b {text} b", f"x {text}"][number % 3])
        checks.equal(found, wanted, f"seed {seed}: text {number} is read as it was written", mirror[f"AC-{10 + number}"]["description"])
    name = f"seed {seed}"
    xml_files(checks, name, model, out, mirror)
    import_json(checks, name, model, out)
    rest_plan(checks, name, model, out)
    basic_and_preview(checks, java, name, model, out)
    wanted = {f"AC-{10 + number}": [text, f"b {text} b", f"x {text}"][number % 3] for number, text in enumerate(texts)}
    for site in ("cloud", "datacenter"):
        found = planned_fields(out, site)
        checks.equal(
            {id: found[id]["summary"] for id in wanted}, {id: model.items[id]["summary"] for id in wanted},
            f"{name}: the REST plan of {site} has every summary as it was written")
        if site == "datacenter":
            checks.equal(
                {id: found[id]["description"] for id in wanted}, {id: mirror[id]["description"] for id in wanted},
                f"{name}: and every description as wiki markup")
            continue
        for id, text in wanted.items():
            document = found[id]["description"]
            checks.equal(broken_node(document), None, f"{name}: every node of {id}'s document may stand where it does")
            checks.equal(words(document_text(document["content"][0])), words(text), f"{name}: the document of {id} has the text as it was written")
    for file in ("jira-import.json", "jira-import-cloud.json"):
        issues = json.loads((out / file).read_text(encoding="utf-8"))["projects"][0]["issues"]
        checks.equal(
            {f"AC-{issue['externalId']}": issue.get("description", "") for issue in issues if f"AC-{issue['externalId']}" in wanted},
            {id: mirror[id]["description"] for id in wanted}, f"{name}: {file} has every description")
    rows = {tuple(row[:2]): row for row in python_table(out / PREVIEW)}
    shown = [model.items[id]["summary"] for id in wanted]
    cells = {cell.removeprefix("'") for row in rows.values() for cell in row} | {cell for row in rows.values() for cell in row}
    checks.equal([summary for summary in shown if summary not in cells], [], f"{name}: the preview shows every summary")
