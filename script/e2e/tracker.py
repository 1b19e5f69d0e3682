"""The tracker from outside: the backlog is sound, its schedule is what an independent computation says, and every exported file is read
back by readers that know nothing of the writer: the Java classes Jira uses, Python's, pandoc's, XML validators.

--items N measures the export of N items and holds it against --seconds and --megabytes, for a program built in release.
"""

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import time
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import networkx
import yaml
from harness import Checks, Ended, ROOT, clean_environment, program, workplace
from jira import corpus
from jira.model import Model
from jira.readers import Java, pandoc, python_table, read_many, records, simple, words, inline_text

TRACKER = ROOT / "tracker"
PREVIEW = "preview-for-spreadsheets-not-for-import.csv"


def run(*arguments: str, folder: Path | None = None) -> Ended:
    command = [program("spaceform-tracker"), arguments[0], *(["-C", str(folder)] if folder else []), *arguments[1:]]
    ended = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=clean_environment(), timeout=300)
    return Ended(command, ended.returncode, ended.stdout, ended.stderr)


def differences(found: list, wanted: list) -> str:
    return "\n".join(f"wanted {w!r}\nfound  {f!r}" for f, w in zip(found, wanted) if f != w)[:3000]


# The backlog itself.


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


# The schedule.


def schedule(checks: Checks, folder: Path) -> None:
    model = Model(folder)
    plan = run("schedule", "--format", "json", folder=folder).json()
    items = {item["id"]: item for item in plan["items"]}
    leaves = [id for id, item in model.items.items() if not item["parts"] and not model.done(id)]
    graph = networkx.DiGraph()
    graph.add_node("end")
    for leaf in leaves:
        graph.add_edge(leaf, "end", weight=model.length(leaf))
        for blocker in model.blockers(leaf):
            if not model.done(blocker):
                graph.add_edge(blocker, leaf, weight=model.length(blocker))
    longest = networkx.dag_longest_path_length(graph, weight="weight") if leaves else 0
    checks.equal(plan["critical_minutes"], longest, "the critical path is as long as networkx says")
    path = plan["critical_path"]
    checks.equal(sum(model.length(id) for id in path), longest, "the items on it add up to its length", path)
    broken = [pair for pair in zip(path, path[1:]) if pair[0] not in model.blockers(pair[1])]
    checks.equal(broken, [], "and each waits for the one before it")

    # Slack: the latest end less the earliest end, each along longest paths.
    early = {"end": 0}
    for node in networkx.topological_sort(graph):
        early[node] = max((early[before] + graph[before][node]["weight"] for before in graph.predecessors(node)), default=0)
    late = {"end": longest}
    for node in reversed(list(networkx.topological_sort(graph))):
        if node != "end":
            late[node] = min(late[after] - graph[node][after]["weight"] for after in graph.successors(node))
    wrong = [(id, items[id]["slack_minutes"], late[id] - early[id]) for id in leaves if items[id]["slack_minutes"] != late[id] - early[id]]
    checks.equal(wrong, [], "every item has the slack that longest paths give it")

    late_starts = [
        (id, blocker) for id in leaves for blocker in model.blockers(id)
        if not model.done(blocker) and items[id]["start_minute"] < items[blocker]["end_minute"]
    ]
    checks.equal(late_starts, [], "nothing begins before what it waits for has ended")
    lengths = [id for id in leaves if items[id]["end_minute"] - items[id]["start_minute"] != model.length(id)]
    checks.equal(lengths, [], "everything takes its estimate at the pace of its role")
    people: dict[tuple, list] = {}
    for id in leaves:
        people.setdefault((model.inherited(id, "role"), items[id]["person"]), []).append(items[id])
    overlaps = []
    for work in people.values():
        work.sort(key=lambda item: item["start_minute"])
        overlaps += [(a["id"], b["id"]) for a, b in zip(work, work[1:]) if b["start_minute"] < a["end_minute"]]
    checks.equal(overlaps, [], "nobody works on two things at once")
    counts = {entry["role"]: int(entry.get("people", 1)) for entry in model.project["team"]}
    checks.that(all(1 <= person <= counts[role] for role, person in people), "and no more people work than there are", counts)

    dates = model.dates()
    day = model.hours * 60
    wrong = [
        id for id in leaves
        if (items[id]["start"], items[id]["end"])
        != (dates[items[id]["start_minute"] // day], dates[max(items[id]["start_minute"], items[id]["end_minute"] - 1) // day])
    ]
    checks.equal(wrong, [], "dates count days that are worked, holidays left out")
    checks.equal(plan["end"], max((items[id]["end"] for id in leaves), default=plan["start"]), "the plan ends with its last item")
    for id, item in model.items.items():
        open_parts = [items[leaf] for leaf in model.leaves(id) if not model.done(leaf)]
        if item["parts"] and open_parts:
            ok = items[id]["start"] == min(part["start"] for part in open_parts) and items[id]["end"] == max(
                part["end"] for part in open_parts
            )
            if not checks.that(ok, f"{id} runs from the first of its parts to the last", items[id]):
                break

    # The slack this team leaves: move an item's end by it, and nothing that follows has to move the end of all.
    team = graph.copy()
    for work in people.values():
        for a, b in zip(work, work[1:]):
            team.add_edge(a["id"], b["id"], weight=model.length(a["id"]))
    total = plan["total_minutes"]
    late = {"end": total}
    for node in reversed(list(networkx.topological_sort(team))):
        if node != "end":
            late[node] = min(late[after] - model.length(node) for after in team.successors(node))
    wrong = [
        id for id in leaves if items[id]["team_slack_minutes"] != late[id] + model.length(id) - items[id]["end_minute"]
    ]
    checks.equal(wrong, [], "and the slack that the team leaves it")


def schedule_forms(checks: Checks, work: Path) -> None:
    text = run("schedule", "--format", "csv", folder=TRACKER).stdout
    (work / "schedule.csv").write_bytes(text.encode())
    table = python_table(work / "schedule.csv")
    plan = run("schedule", "--format", "json", folder=TRACKER).json()
    checks.equal([row[0] for row in table[1:]], [item["id"] for item in plan["items"]], "the CSV has every item")
    checks.equal([row[7] for row in table[1:]], [item["start"] or "" for item in plan["items"]], "with its first day")
    svg = ElementTree.fromstring(run("schedule", "--format", "svg", folder=TRACKER).stdout)
    space = "{http://www.w3.org/2000/svg}"
    bars = [bar for bar in svg.iter(f"{space}rect") if bar.find(f"{space}title") is not None]
    planned = [item for item in plan["items"] if item["start"]]
    checks.equal(len(bars), len(planned), "the chart has a bar for every planned item")
    checks.equal(
        sum(bar.get("class") == "critical" for bar in bars),
        sum(1 for item in planned if item["critical"] and item["person"]), "and marks the critical ones",
    )
    page = run("schedule", "--format", "html", folder=TRACKER).stdout
    checks.that(page.startswith("<!DOCTYPE html>") and not re.search(r"(src|href)=", page), "the page fetches nothing")
    human = run("schedule", folder=TRACKER)
    checks.that(all(id in human.stdout for id in plan["critical_path"]), "people see the critical path", human)
    moved = run("schedule", "--start", "2028-01-03", "--format", "json", folder=TRACKER).json()
    checks.equal(moved["start"], "2028-01-03", "another start is taken")
    checks.equal(run("schedule", "--start", "2028-02-31", folder=TRACKER).status, 64, "one that does not exist is not")


# Exported files.


def wanted_records(model: Model, mirror: dict, site: str) -> list[dict[str, list[str]]]:
    names = {"epic": "Epic", "story": "Story", "task": "Task", "bug": "Bug"}
    names["subtask"] = "Subtask" if site == "cloud" else "Sub-task"
    number = lambda id: str(int(id.split("-")[1]))  # noqa: E731
    blocks: dict[str, list[str]] = {}
    related: set[frozenset] = set()
    relates: dict[str, list[str]] = {}
    for id in model.items:
        for blocker in dict.fromkeys(model.items[id].get("blocked_by", [])):
            blocks.setdefault(blocker, []).append(id)
        for other in dict.fromkeys(model.items[id].get("relates", [])):
            if frozenset((id, other)) not in related:
                related.add(frozenset((id, other)))
                relates.setdefault(id, []).append(other)
    linked = {id for ids in [*blocks.values(), *relates.values()] for id in ids}
    found = []
    for id in model.order:
        item = model.items[id]
        record: dict[str, list[str]] = {"Summary": [item["summary"]], "Issue Type": [names[item["type"]]]}
        parent = item["parent"]
        if site == "cloud":
            record["Issue Id"] = [number(id)]
            record["Parent"] = [number(parent)] if parent else []
        else:
            is_part = item["type"] == "subtask"
            record["Issue Id"] = [number(id)] if not is_part or id in linked else []
            record["Parent Id"] = [number(parent)] if is_part else []
            record["Epic Name"] = [f"{id} {item['summary']}"] if item["type"] == "epic" else []
            in_epic = parent and model.items[parent]["type"] == "epic"
            record["Epic Link"] = [f"{parent} {model.items[parent]['summary']}"] if in_epic else []
        wiki = mirror[id]["description"]
        record["Description"] = [wiki] if wiki else []
        middle = model.project["priorities"][len(model.project["priorities"]) // 2]
        record["Priority"] = [model.inherited(id, "priority") or middle]
        record["Labels"] = mirror[id]["labels"]
        record["Components"] = model.inherited(id, "components") or []
        record["Fix Versions"] = model.inherited(id, "versions") or []
        record["Due Date"] = [f"{mirror[id]['due']} 00:00"] if mirror[id]["due"] else []
        estimate = model.estimate(id)
        record["Original Estimate"] = [str(estimate * 60)] if estimate is not None else []
        record["Link blocks"] = sorted(map(number, blocks.get(id, [])), key=int)
        record["Link relates"] = sorted(map(number, relates.get(id, [])), key=int)
        found.append(record)
    used = {name for record in found for name, values in record.items() if values}
    return [{name: values for name, values in record.items() if name in used} for record in found]


def sorted_links(found: list[dict[str, list[str]]]) -> list[dict[str, list[str]]]:
    return [
        {name: sorted(values, key=int) if name.startswith("Link ") else values for name, values in record.items()}
        for record in found
    ]


def csv_files(checks: Checks, java: Java, name: str, model: Model, folder: Path, mirror: dict) -> None:
    header = None
    for file, reader, site in [
        ("jira-datacenter.csv", "opencsv", "datacenter"), ("jira-cloud.csv", "commons", "cloud"),
        ("jira-cloud.csv", "python", "cloud"), ("jira-cloud-classic.csv", "opencsv", "cloud"),
    ]:
        if not (folder / file).exists():
            continue
        data = (folder / file).read_bytes()
        checks.that(not data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n"), f"{name}: {file} has no byte order mark")
        table = python_table(folder / file) if reader == "python" else java.table(reader, folder / file)
        wanted = wanted_records(model, mirror, site)
        # A strict cell that ends in a backslash has a space behind it, which Jira strips.
        strip = lambda cell: cell.removesuffix(" ") if cell.endswith("\\ ") else cell  # noqa: E731
        table = [[strip(cell) for cell in row] for row in table] if file == "jira-cloud.csv" else table
        try:
            found = sorted_links(records(table))
        except ValueError as error:
            checks.that(False, f"{name}: {reader} reads {file}", error)
            continue
        wanted = [{key: [strip(value) for value in values] for key, values in record.items()} for record in wanted]
        checks.equal(len(found), len(wanted), f"{name}: {reader} finds every row of {file}")
        checks.that(found == wanted, f"{name}: and every cell is the item's", differences(found, wanted))
        header = header or table[0]
    for site in ("cloud", "datacenter"):
        configuration = json.loads((folder / f"jira-{site}.config.txt").read_text())
        headers = set(python_table(folder / f"jira-{site}.csv")[0])
        mapped = set(configuration["config.field.mappings"])
        checks.that(mapped <= headers, f"{name}: the configuration of {site} maps columns that are there", mapped - headers)
        checks.that({"Summary", "Issue Type", "Issue Id"} <= mapped, f"{name}: and those that matter", mapped)
        scalars = [value for value in configuration.values() if not isinstance(value, dict)]
        checks.that(all(isinstance(value, str) for value in scalars), f"{name}: every scalar is a string", scalars)


def dates_and_durations(checks: Checks, java: Java, name: str, model: Model, folder: Path, mirror: dict) -> None:
    cells = sorted({f"{item['due']} 00:00" for item in mirror.values() if item["due"]})
    for locale in ("en", "de", "ja"):
        read = [java.ask("date", locale, "yyyy-MM-dd HH:mm", cell) for cell in cells]
        checks.equal(read, [[cell] for cell in cells], f"{name}: SimpleDateFormat reads every date in {locale}")
    document = json.loads((folder / "jira-import.json").read_text())
    issues = {issue["externalId"]: issue for issue in document["projects"][0]["issues"]}
    wrong = []
    for id in model.items:
        estimate = model.estimate(id)
        period = issues[str(int(id.split("-")[1]))].get("originalEstimate")
        if (estimate is None) != (period is None) or (period and java.ask("period", period) != [str(estimate * 60)]):
            wrong.append((id, period, estimate))
    checks.equal(wrong, [], f"{name}: Joda-Time turns every duration into the item's seconds")
    moments = [version["releaseDate"] for version in document["projects"][0]["versions"] if "releaseDate" in version]
    read = [java.ask("date", "en", "yyyy-MM-dd'T'HH:mm:ss.SSSZ", moment) for moment in moments]
    checks.equal(read, [[f"{moment[:10]} 00:00"] for moment in moments], f"{name}: and reads the dates of versions")


def markdown_of(item: dict) -> str:
    text = item.get("description", "")
    if item.get("acceptance", "").strip():
        text += f"\n\n### Acceptance criteria\n\n{item['acceptance']}"
    if "proof" in item:
        text += f"\n\nDelivered; proved by the test `{item['proof']['test']}` in `{item['proof']['file']}`."
    return text


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


def document_format(checks: Checks, name: str, model: Model, folder: Path) -> None:
    """The documents of the REST plan, read by a converter of its own, against the Markdown."""
    import marklas

    fields = planned_fields(folder, "cloud")
    checks.equal(sorted(fields), sorted(model.items), f"{name}: the REST plan makes every item")
    flat = lambda blocks: " ".join(words(" ".join(plain(blocks))).replace("□", " ").split())  # noqa: E731
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


def plain(blocks: list) -> list[str]:
    """Every text of a document, in order."""
    found: list[str] = []
    for piece in simple(blocks):
        found += texts(piece)
    return found


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
        flat = lambda blocks: " ".join(words(" ".join(plain(blocks))).replace("□", " ").split())  # noqa: E731
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


def import_json(checks: Checks, name: str, model: Model, folder: Path) -> None:
    number = lambda id: str(int(id.split("-")[1]))  # noqa: E731
    for file in ("jira-import.json", "jira-import-cloud.json"):
        document = json.loads((folder / file).read_text(encoding="utf-8"))
        project = document["projects"][0]
        checks.equal(
            [issue["externalId"] for issue in project["issues"]], [number(id) for id in model.order], f"{name}: {file} has every item"
        )
        summaries = [issue["summary"] for issue in project["issues"]]
        checks.equal(summaries, [model.items[id]["summary"] for id in model.order], f"{name}: with its summary")
        links = {(link["name"], link["sourceId"], link["destinationId"]) for link in document["links"]}
        wanted = {
            ("sub-task-link", number(id), number(item["parent"])) for id, item in model.items.items() if item["type"] == "subtask"
        } | {("Blocks", number(blocker), number(id)) for id, item in model.items.items() for blocker in item.get("blocked_by", [])}
        checks.equal({link for link in links if link[0] != "Relates"}, wanted, f"{name}: and every link, from the child and the blocker")
        names = [entry["name"] for entry in project["components"]]
        checks.equal(names, [entry["name"] for entry in model.project["components"]], f"{name}: and every component")


def rest_plan(checks: Checks, name: str, model: Model, folder: Path) -> None:
    for site in ("cloud", "datacenter"):
        calls = [json.loads(line) for line in (folder / f"rest-plan-{site}.jsonl").read_text(encoding="utf-8").splitlines()]
        known = {"board", "field:Epic Name", "field:Epic Link"}
        early = []
        for call in calls:
            text = json.dumps({"path": call["path"], "body": strip_text(call["body"])})
            early += [name for name in re.findall(r"\$\{([^}]+)\}", text) if name not in known]
            known.update(call["saves"])
        checks.equal(early, [], f"{name}: the REST plan of {site} uses nothing before it is made")
        sizes = [len(call["body"]["issueUpdates"]) for call in calls if call["step"] == "issues"]
        checks.that(sizes and max(sizes) <= 50, f"{name}: no call makes more than fifty items", sizes)
        links = {
            (call["body"]["inwardIssue"]["key"][8:-1], call["body"]["outwardIssue"]["key"][8:-1])
            for call in calls if call["step"] == "link" and call["body"]["type"]["name"] == "Blocks"
        }
        pairs = {(blocker, id) for id in model.items for blocker in model.items[id].get("blocked_by", [])}
        checks.equal(links, pairs, f"{name}: it links every pair")


def strip_text(value):
    """A body without what people wrote, which may hold anything."""
    if isinstance(value, dict):
        return {key: strip_text(inner) for key, inner in value.items() if key not in ("summary", "description", "text")}
    if isinstance(value, list):
        return [strip_text(inner) for inner in value]
    return value


def basic_and_preview(checks: Checks, java: Java, name: str, model: Model, folder: Path) -> None:
    rows = []
    for file in sorted(folder.glob("jira-basic-*.csv")):
        table = java.table("opencsv", file)
        checks.that(len(table) <= 251, f"{name}: {file.name} has at most 250 rows", len(table))
        rows += records(table)
    checks.equal([row["Summary"][0] for row in rows], [model.items[id]["summary"] for id in model.order], f"{name}: they hold every item")
    checks.that(all(row["Issue Type"] != ["Sub-task"] and row["Issue Type"] != ["Subtask"] for row in rows), f"{name}: no sub-tasks")
    by_summary = {row["Summary"][0]: row for row in rows}
    lost = [
        id for id, item in model.items.items()
        if item["parent"] and f"in-{item['parent'].lower()}" not in by_summary[item["summary"]]["Labels"]
    ]
    checks.equal(lost, [], f"{name}: a label says what each lies in")
    table = python_table(folder / PREVIEW)
    formulas = [cell for row in table for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    checks.equal(formulas, [], f"{name}: no cell of the preview is a formula")


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
    number = lambda id: str(int(id.split("-")[1]))  # noqa: E731
    by_id = {row.get("id"): id for row, id in zip(issues, model.order)}
    wrong = []
    for row, id in zip(issues, model.order):
        minutes = model.estimate(id)
        wanted = {
            "key": f"{key}-{number(id)}", "summary": model.items[id]["summary"], "description": mirror[id]["description"] or None,
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


def planned_fields(folder: Path, site: str) -> dict[str, dict]:
    """The fields that the REST plan gives each item."""
    found = {}
    for line in (folder / f"rest-plan-{site}.jsonl").read_text(encoding="utf-8").splitlines():
        call = json.loads(line)
        if call["step"] == "issues":
            for saved, update in zip(call["saves"], call["body"]["issueUpdates"]):
                found[saved.removeprefix("issue:")] = update["fields"]
    return found


def document_text(node: dict) -> str:
    """All text below a node of an Atlassian document, as a reader shows it."""
    if node["type"] == "hardBreak":
        return "\n"
    return node.get("text", "") + "".join(document_text(child) for child in node.get("content", []))


# What goes wrong.


def bad_input(checks: Checks, work: Path) -> None:
    story, epic = corpus.story, corpus.epic
    cases = [
        ("a summary that is too long", [epic(1, [story(2, "x" * 256)])], "ST012"),
        ("a summary of 255 characters beyond the basic plane", [epic(1, [story(2, "💬" * 128)])], "ST012"),
        ("a summary on two lines", [epic(1, [story(2, "one\ntwo")])], "ST012"),
        ("a description that is too long", [epic(1, [story(2, "s", "word " * 7000)])], "ST012"),
        ("one that only escaping makes too long", [epic(1, [story(2, "s", "\\{" * 6000)])], "ST012"),
        ("a control character", [epic(1, [story(2, "a\u0001b".replace("\u0001", "\ufffe"))])], "ST014"),
        ("a turned text", [epic(1, [story(2, "a \u202e b")])], "ST014"),
        ("code with both of Jira's tags", [epic(1, [story(2, "s", "```\n{code}\n{noformat}\n```")])], "ST014"),
        ("a link that leads nowhere", [epic(1, [story(2, "s", "[x](docs/plan.md)")])], "ST014"),
        ("a label with a space", [epic(1, [story(2, "s", labels=["two words"])])], "ST013"),
        ("a label the export makes", [epic(1, [story(2, "s", labels=["sprint-01"])])], "ST013"),
        ("an unknown person", [epic(1, [story(2, "s", assignee="sam")])], "ST009"),
        ("an unknown component", [epic(1, [story(2, "s", components=["Cor"])])], "ST009"),
        ("an unknown role", [epic(1, [story(2, "s", role="enginer")])], "ST009"),
        ("a date on a weekend", [epic(1, [story(2, "s", not_before="2027-01-16")])], "ST015"),
        ("a date before the start", [epic(1, [story(2, "s", not_before="2026-12-01")])], "ST015"),
        ("a due date that cannot be kept", [epic(1, [story(2, "s", estimate="9d", due="2027-01-12")])], "ST017"),
        ("a cycle", [epic(1, [story(2, "a", blocked_by=["AC-3"]), story(3, "b", blocked_by=["AC-2"])])], "ST007"),
        ("a cycle through what it lies in", [epic(1, [story(2, "a", blocked_by=["AC-1"])])], "ST007"),
        ("an item that waits for itself", [epic(1, [story(2, "a", blocked_by=["AC-2"])])], "ST006"),
        ("an unknown item", [epic(1, [story(2, "a", blocked_by=["AC-99"])])], "ST006"),
        ("one id twice", [epic(1, [story(2, "a"), story(2, "b")])], "ST005"),
        ("one number twice", [epic(1, [story(2, "a"), story(3, "b") | {"id": "BC-2"}])], "ST005"),
        ("a story outside an epic", [story(2, "a")], "ST008"),
        ("an epic in an epic", [epic(1, [epic(2, [story(3, "a")])])], "ST008"),
        ("no estimate", [epic(1, [{k: v for k, v in story(2, "a").items() if k != "estimate"}])], "ST010"),
        ("no role", [epic(1, [{k: v for k, v in story(2, "a").items() if k != "role"}])], "ST010"),
        ("parts that do not add up", [epic(1, [story(2, "a", children=[{"id": "AC-3", "type": "subtask", "summary": "p", "estimate": "1h"}])])], "ST010"),
        ("no acceptance criteria", [epic(1, [{k: v for k, v in story(2, "a").items() if k != "acceptance"}])], "ST011"),
        ("done without a proof", [epic(1, [story(2, "a", status="done")])], "ST016"),
        ("a proof of what is open", [epic(1, [story(2, "a", proof={"file": "x", "test": "y"})])], "ST016"),
        ("an unknown key", [epic(1, [story(2, "a", sumary="x")])], "ST002"),
        ("a missing key", [epic(1, [{k: v for k, v in story(2, "a").items() if k != "summary"}])], "ST003"),
        ("an estimate that is none", [epic(1, [story(2, "a", estimate="3 days")])], "ST004"),
        ("a 31st of February", [epic(1, [story(2, "a", due="2027-02-31")])], "ST004"),
        ("an empty backlog", [], "ST018"),
    ]
    for number, (sentence, items, rule) in enumerate(cases):
        folder = work / f"bad-{number}"
        corpus.write(folder, items)
        ended = run("check", "--format", "json", folder=folder)
        findings = ended.json()["findings"]
        rules = [finding["rule"] for finding in findings]
        checks.that(rule in rules, f"{sentence} is {rule}", ended)
        is_error = any(finding["severity"] == "error" for finding in findings)
        checks.equal(ended.status, 3 if is_error else 0, f"{sentence}: errors alone end with status 3", ended)
        place = next((finding["start"] for finding in findings if finding["rule"] == rule), None)
        text = run("check", folder=folder).stdout
        checks.that(place and (rule == "ST018" or "^" in text), f"{sentence} is shown with a caret", text)
        exported = run("export", "--out", str(work / f"bad-{number}-out"), folder=folder)
        checks.equal(exported.status, 3 if is_error else 0, f"{sentence}: no file is made of what is wrong", exported)
        checks.equal((work / f"bad-{number}-out").exists(), not is_error, f"{sentence}: not even a folder")
    folder = work / "broken"
    corpus.write(folder, [epic(1, [story(2, "a")])])
    (folder / "backlog" / "items.yaml").write_text("version: 1\nitems: [\n")
    checks.that("ST001" in run("check", folder=folder).stdout, "a file that is no YAML is ST001")
    flow = corpus.project()["workflow"]
    flow["statuses"].append({"name": "Lost", "category": "new"})
    corpus.write(folder, [epic(1, [story(2, "a")])], workflow=flow)
    checks.that("ST019" in run("check", folder=folder).stdout, "a status that nothing leads to is ST019")
    checks.equal(run("check", folder=work / "nowhere").status, 1, "a folder without a project is a failure")


def folders(checks: Checks, work: Path) -> None:
    out = work / "replace" / "jira"
    out.parent.mkdir()
    run("export", "--out", str(out), "--site", "cloud", folder=TRACKER)
    names = {file.name for file in out.iterdir()}
    checks.that("jira-datacenter.csv" not in names and "jira-cloud.csv" in names, "--site cloud writes for Cloud alone", names)
    run("export", "--out", str(out), "--site", "datacenter", "--status", "open", folder=TRACKER)
    names = {file.name for file in out.iterdir()}
    checks.that("jira-cloud.csv" not in names and "jira-datacenter.csv" in names, "another export takes its place", names)
    checks.equal([file.name for file in out.parent.iterdir()], ["jira"], "and leaves nothing beside it")
    run("export", "--out", str(work / "whole"), folder=TRACKER)
    made = (work / "whole" / "JIRA_SETUP_SPECS.md").read_text(encoding="utf-8")
    checks.equal((TRACKER / "JIRA_SETUP_SPECS.md").read_text(encoding="utf-8"), made, "the set-up in the repository is current")
    mirror = json.loads((out / "items.json").read_text())["items"]
    model = Model(TRACKER)
    checks.equal(sorted(mirror), sorted(id for id in model.items if not model.done(id)), "--status open leaves out what is delivered")
    before = {file.name: file.read_bytes() for file in out.iterdir()}
    (out / "mine.txt").write_text("mine")
    ended = run("export", "--out", str(out), folder=TRACKER)
    checks.that(ended.status == 1 and "mine.txt" in ended.stderr, "a folder with other files is refused", ended)
    (out / "mine.txt").unlink()
    checks.equal({file.name: file.read_bytes() for file in out.iterdir()}, before, "and left as it was")
    ended = run("export", "--out", str(work / "no" / "such" / "place"), folder=TRACKER)
    checks.that(ended.status == 1 and "help:" in ended.stderr, "a place that is not there is one sentence", ended)


def learning(checks: Checks, work: Path) -> None:
    saved = {
        "config.version": "2.0", "config.date.format": "yyyy-MM-dd HH:mm", "config.delimiter": ",",
        "config.project": {"project.key": "HFTP", "project.name": "x", "project.lead": "lead"},
        "config.field.mappings": {
            "Summary": {"jira.field": "summary"}, "Parent": {"jira.field": "parent-id", "userChanged": "true"},
            "Epic Name": {"existing.custom.field": "10011"}, "Epic Link": {"existing.custom.field": "10014"},
            "Link blocks": {"link.type": "10000"},
        },
        "config.value.mappings": {"Status": {"To Do": "10100", "In Review": "10102", "Done": "10103"}},
    }
    file = work / "saved.txt"
    file.write_text(json.dumps(saved))
    ended = run("learn", str(file), folder=TRACKER)
    checks.equal(ended.status, 0, "a saved configuration is read", ended)
    ids = ended.json()
    checks.equal(ids["custom_fields"], {"Epic Name": "10011", "Epic Link": "10014"}, "it has the custom fields")
    checks.equal(ids["link_types"], {"Blocks": "10000"}, "and the link types, by their names")
    checks.equal(ids["fields"], {"Parent": "parent-id"}, "and what the site calls a field otherwise")
    (work / "ids.json").write_text(ended.stdout)
    out = work / "with-ids"
    ended = run("export", "--out", str(out), "--site-ids", str(work / "ids.json"), folder=TRACKER)
    checks.equal(ended.status, 0, "an export takes them", ended)
    for site, wanted in [
        ("cloud", {"Parent": {"jira.field": "parent-id"}, "Link blocks": {"link.type": "10000"}}),
        ("datacenter", {"Epic Link": {"existing.custom.field": "10014"}, "Link blocks": {"link.type": "10000"}}),
    ]:
        configuration = json.loads((out / f"jira-{site}.config.txt").read_text())
        mappings = configuration["config.field.mappings"]
        checks.equal({name: mappings.get(name) for name in wanted}, wanted, f"the configuration of {site} maps what was learned")
        headers = set(python_table(out / f"jira-{site}.csv")[0])
        checks.equal(headers, set(mappings), f"nothing is left to map by hand on {site}")
        checks.equal(configuration["config.project"]["project.lead"], "lead", "the lead is known")
    metas = [meta.text for meta in ElementTree.parse(out / "workflow.xml").getroot().iter("meta") if meta.get("name") == "jira.status.id"]
    checks.equal(metas, ["10100", "3", "10102", "10103"], "the workflow has the site's statuses")
    status = {record["Status"][0] for record in records(python_table(out / "jira-cloud.csv"))}
    checks.equal(status, {"To Do", "Done"}, "with ids the file says what is done")
    for text in ("{", "[]", '{"config.version": "1.0"}', '{"config.version": "2.0"}'):
        file.write_text(text)
        ended = run("learn", str(file), folder=TRACKER)
        checks.that(ended.status == 1 and "help:" in ended.stderr, f"`{text}` is refused with a way out", ended)
    (work / "ids.json").write_text('{"custom_fields": {"Epic Name": "abc"}}')
    ended = run("export", "--out", str(work / "x"), "--site-ids", str(work / "ids.json"), folder=TRACKER)
    checks.that(ended.status == 1 and "Epic Name" in ended.stderr, "an id that is no number is refused", ended)


def difference(checks: Checks, work: Path) -> None:
    folder = work / "diff"
    story, epic = corpus.story, corpus.epic
    corpus.write(folder, [epic(1, [story(2, "a"), story(3, "b"), story(4, "c")])])
    run("export", "--out", str(work / "old"), folder=folder)
    same = run("diff", "--format", "json", str(work / "old"), str(work / "old")).json()
    checks.equal((same["added"], same["changed"], same["removed"], same["unchanged"]), ([], [], [], 4), "an export is equal to itself")
    corpus.write(folder, [epic(1, [story(2, "a"), story(3, "B"), story(5, "d")])])
    run("export", "--out", str(work / "new"), folder=folder)
    ended = run("diff", "--format", "json", str(work / "old"), str(work / "new"))
    found = ended.json()
    checks.equal(found["added"], ["AC-5"], "what is new is told", ended)
    checks.equal(found["removed"], ["AC-4"], "and what is gone")
    checks.equal([entry for entry in found["changed"] if entry["id"] == "AC-3"], [{"id": "AC-3", "fields": ["summary"]}], "and what differs")
    checks.that("is passed over" in run("diff", str(work / "old"), str(work / "new")).stdout, "in words that say what Jira does")
    checks.equal(run("diff", str(work / "old"), str(folder)).status, 1, "a folder that is no export is refused")


def measure(checks: Checks, work: Path, items: int, seconds: float, megabytes: float) -> None:
    folder = work / "many"
    (folder / "backlog").mkdir(parents=True)
    (folder / "project.yaml").write_text(yaml.safe_dump(corpus.project()))
    for number, part in enumerate(corpus.many_items(items)):
        text = json.dumps({"version": 1, "items": part})  # JSON is YAML, and written sooner
        (folder / "backlog" / f"{number:03}.yaml").write_text(text)
    best, peak, out = float("inf"), 0, work / "many-out"
    for _ in range(3):
        shutil.rmtree(out, ignore_errors=True)
        before = time.monotonic()
        process = subprocess.Popen(
            [program("spaceform-tracker"), "export", "-C", str(folder), "--out", str(out), "-q"], stdout=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        best, peak = min(best, time.monotonic() - before), usage.ru_maxrss / 1024
        if not checks.equal(status, 0, f"{items} items are exported"):
            return
    print(f"{items} items: {best:.2f} s, {peak:.0f} MB", flush=True)
    checks.that(best <= seconds, f"{items} items take at most {seconds} s", best)
    checks.that(peak <= megabytes, f"and {megabytes} MB", peak)
    rows = python_table(out / "jira-cloud.csv")
    checks.equal(len(rows), items + 1, "and every one is a row")
    checks.that("advises at most 1,500 rows" in (out / "IMPORT.md").read_text(), "the guide says that they are many for Jira")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--megabytes", type=float, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    checks = Checks()
    with workplace() as work:
        if given.items:
            measure(checks, work, given.items, given.seconds, given.megabytes)
            return checks.finish()
        sound(checks)
        schedule(checks, TRACKER)
        schedule_forms(checks, work)
        nasty = work / "nasty"
        corpus.write(nasty, corpus.nasty_items())
        schedule(checks, nasty)
        with Java() as java:
            every_file(checks, java, "the backlog", TRACKER, work / "backlog-out")
            every_file(checks, java, "the corpus", nasty, work / "nasty-out")
            for name, tracker in (("the backlog", TRACKER), ("the corpus", nasty)):
                place = work / f"import of {name}"
                place.mkdir()
                project_import(checks, name, tracker, place)
            for seed in range(given.seed, given.seed + 3):
                random_texts(checks, java, work / f"seed-{seed}", seed)
        bad_input(checks, work)
        folders(checks, work)
        learning(checks, work)
        difference(checks, work)
        # The programs of the suite are not built for speed; what grows faster than the number of items shows all the same.
        measure(checks, work, 2000, 60, 400)
    checks.finish()


if __name__ == "__main__":
    main()
