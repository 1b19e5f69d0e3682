"""The XML files: held against their schemas by xmllint, and read by a parser that is not ours."""

import json
import subprocess
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

from backlog.program import TRACKER, run
from harness import Checks

from .model import Model, issue_id
from .prose import flat, markdown_of
from .readers import pandoc, read_many


def xml_files(checks: Checks, name: str, model: Model, folder: Path, mirror: dict) -> None:
    file = folder / "jira-issues.rss.xml"
    jing = subprocess.run(["jing", str(TRACKER / "schema" / "issues.rng"), str(file)], capture_output=True, text=True)
    checks.equal(jing.returncode, 0, f"{name}: jing finds the issues' form as the schema has it", jing.stdout)
    for path, schema in [(file, "issues.rng"), (folder / "workflow.xml", "workflow.rng")]:
        lint = subprocess.run(
            ["xmllint", "--noout", "--nonet", "--huge", "--relaxng", str(TRACKER / "schema" / schema), str(path)], capture_output=True, text=True
        )
        checks.equal(lint.returncode, 0, f"{name}: xmllint finds {path.name} as its schema has it", lint.stderr)
    items = ElementTree.parse(file).getroot().findall("channel/item")
    checks.equal([item.findtext("key") for item in items], model.order, f"{name}: the view has every item, in order")
    wrong, edges, related = [], set(), set()
    texts_wanted = read_many("gfm", [markdown_of(model.items[id]) for id in model.order])
    for item, wanted_blocks in zip(items, texts_wanted):
        id = item.findtext("key")
        wanted = model.items[id]
        if item.findtext("summary") != wanted["summary"] or item.findtext("title") != f"[{id}] {wanted['summary']}":
            wrong.append((id, "summary"))
        if [label.text for label in item.findall("labels/label")] != mirror[id]["labels"]:
            wrong.append((id, "labels"))
        if [component.text for component in item.findall("component")] != (model.inherited(id, "components") or []):
            wrong.append((id, "components"))
        estimate = item.find("timeoriginalestimate")
        seconds = None if estimate is None else int(estimate.get("seconds"))
        if seconds != (None if model.estimate(id) is None else model.estimate(id) * 60):
            wrong.append((id, "estimate"))
        html = pandoc("html", item.findtext("description") or "")
        if flat(html) != flat(wanted_blocks):
            wrong.append((id, "description", flat(html), flat(wanted_blocks)))
        for kind in item.findall("issuelinks/issuelinktype"):
            for other in kind.findall("outwardlinks/issuelink/issuekey"):
                (edges if kind.findtext("name") == "Blocks" else related).add((id, other.text, "out"))
            for other in kind.findall("inwardlinks/issuelink/issuekey"):
                (edges if kind.findtext("name") == "Blocks" else related).add((other.text, id, "in"))
    checks.equal(wrong[:5], [], f"{name}: and what each says is the item's")
    pairs = {(blocker, id) for id in model.items for blocker in model.items[id].get("blocked_by", [])}
    checks.equal(edges, {(*pair, side) for pair in pairs for side in ("in", "out")}, f"{name}: links show at both their ends")
    checks.equal(
        len(related), 2 * len({frozenset((id, other)) for id in model.items for other in model.items[id].get("relates", [])}),
        f"{name}: loose ones too",
    )
    workflow = ElementTree.parse(folder / "workflow.xml").getroot()
    ids = [action.get("id") for action in workflow.iter("action")]
    checks.equal(len(ids), len(set(ids)), f"{name}: no two transitions have one id", ids)
    steps = {step.get("id"): step.get("name") for step in workflow.findall("steps/step")}
    found = set()
    for step in workflow.findall("steps/step"):
        for action in step.findall("actions/action"):
            found.add((step.get("name"), action.get("name"), steps[action.find(".//unconditional-result").get("step")]))
    for action in workflow.findall("global-actions/action"):
        found.add((None, action.get("name"), steps[action.find(".//unconditional-result").get("step")]))
    wanted = {
        (status, transition["name"], transition["to"])
        for transition in model.project["workflow"]["transitions"] for status in transition.get("from") or [None]
    }
    checks.equal(found, wanted, f"{name}: the workflow has every transition")


def project_import(checks: Checks, name: str, tracker: Path, work: Path) -> None:
    """The backup for Data Center's project import: refused without the site's ids, else read back row by row."""
    model = Model(tracker)
    ids = work / "site-ids.json"
    ids.write_text('{"link_types": {"Blocks": "10000"}}')
    ended = run("export", "--out", str(work / "out"), "--project-import", folder=tracker)
    checks.that(ended.status == 64 and "--site-ids" in ended.stderr, f"{name}: a project import needs the site's ids", ended)
    ended = run("export", "--out", str(work / "out"), "--project-import", "--site-ids", str(ids), folder=tracker)
    checks.that(ended.status == 1 and "build" in ended.stderr and 'issue_types."Story"' in ended.stderr, f"{name}: and says which are missing", ended)
    checks.that(not (work / "out").exists(), f"{name}: and writes nothing then")
    kinds = {"Epic": "1", "Story": "2", "Task": "3", "Bug": "4", "Sub-task": "5"}
    statuses = {status["name"]: str(20 + place) for place, status in enumerate(model.project["workflow"]["statuses"])}
    priorities = {priority: str(30 + place) for place, priority in enumerate(model.project["priorities"])}
    links = {"Blocks": "40", "Relates": "41", "jira_subtask_link": "42"}
    ids.write_text(json.dumps({
        "build": "9120007", "issue_types": kinds, "statuses": statuses, "priorities": priorities, "link_types": links, "project_lead": "ada"}))
    archives = []
    for out in (work / "out", work / "again"):
        ended = run("export", "--out", str(out), "--project-import", "--site-ids", str(ids), folder=tracker)
        if not checks.equal(ended.status, 0, f"{name}: it is written", ended):
            return
        archives.append((out / "jira-project-import.zip").read_bytes())
    checks.equal(archives[0], archives[1], f"{name}: the same again")
    with zipfile.ZipFile(work / "out" / "jira-project-import.zip") as archive:
        checks.that(archive.testzip() is None and archive.namelist() == ["entities.xml"], f"{name}: the zip file is whole")
        file = work / "entities.xml"
        file.write_bytes(archive.read("entities.xml"))
    lint = subprocess.run(
        ["xmllint", "--noout", "--nonet", "--huge", "--relaxng", str(TRACKER / "schema" / "entities.rng"), str(file)],
        capture_output=True, text=True)
    checks.equal(lint.returncode, 0, f"{name}: xmllint finds entities.xml as its schema has it", lint.stderr[:2000])
    root = ElementTree.parse(file).getroot()
    mirror = json.loads((work / "out" / "items.json").read_text(encoding="utf-8"))["items"]
    value = lambda row, key: row.get(key) if row.get(key) is not None else row.findtext(key)  # noqa: E731
    issues = root.findall("Issue")
    key = model.project["jira"]["key"]
    by_id = {row.get("id"): id for row, id in zip(issues, model.order)}
    wrong = []
    for row, id in zip(issues, model.order):
        minutes = model.estimate(id)
        wanted = {
            "key": f"{key}-{issue_id(id)}", "summary": model.items[id]["summary"], "description": mirror[id]["description"] or None,
            "timeoriginalestimate": None if minutes is None else str(minutes * 60),
            "status": statuses[[status["name"] for status in model.project["workflow"]["statuses"]][-1 if model.done(id) else 0]],
        }
        found = {name: value(row, name) for name in wanted}
        if found != wanted:
            wrong.append((id, found, wanted))
    checks.equal(len(issues), len(model.items), f"{name}: every item is an issue")
    checks.equal(wrong[:3], [], f"{name}: and says what the item says")
    rows = [row.get("id") for row in root if row.get("id") and row.tag in ("Project", "Component", "Version", "Issue", "Label", "IssueLink")]
    checks.equal(len(rows), len(set(rows)), f"{name}: no two rows have one id")
    found = {(links_of, by_id[row.get("source")], by_id[row.get("destination")]) for row in root.findall("IssueLink") for links_of in [row.get("linktype")]}
    wanted = {("40", blocker, id) for id, item in model.items.items() for blocker in item.get("blocked_by", [])}
    wanted |= {("42", item["parent"], id) for id, item in model.items.items() if item["type"] == "subtask"}
    checks.equal({link for link in found if link[0] != "41"}, wanted, f"{name}: and every link, from the blocker and the parent")
    names = {row.get("id"): row.get("name") for row in root.findall("Component")}
    found = sorted((by_id[row.get("sourceNodeId")], names[row.get("sinkNodeId")]) for row in root.findall("NodeAssociation") if row.get("sinkNodeEntity") == "Component")
    checks.equal(found, sorted((id, name) for id in model.items for name in model.inherited(id, "components") or []), f"{name}: and its components")
    labels = sorted((by_id[row.get("issue")], row.get("label")) for row in root.findall("Label"))
    checks.equal(labels, sorted((id, label) for id in model.items for label in mirror[id]["labels"]), f"{name}: and its labels")
    guide = (work / "out" / "IMPORT.md").read_text()
    checks.that("no Jira has been seen to take it" in guide, f"{name}: the guide says how far it was tried")
