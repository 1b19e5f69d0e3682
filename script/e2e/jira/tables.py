"""The CSV files, read by the classes that Jira's importer uses and by others."""

import json
from pathlib import Path

from backlog.program import differences
from harness import Checks

from .model import Model, issue_id
from .readers import Java, python_table, records

PREVIEW = "preview-for-spreadsheets-not-for-import.csv"


def wanted_records(model: Model, mirror: dict, site: str) -> list[dict[str, list[str]]]:
    names = {"epic": "Epic", "story": "Story", "task": "Task", "bug": "Bug"}
    names["subtask"] = "Subtask" if site == "cloud" else "Sub-task"
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
            record["Issue Id"] = [issue_id(id)]
            record["Parent"] = [issue_id(parent)] if parent else []
        else:
            is_part = item["type"] == "subtask"
            record["Issue Id"] = [issue_id(id)] if not is_part or id in linked else []
            record["Parent Id"] = [issue_id(parent)] if is_part else []
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
        record["Link blocks"] = sorted(map(issue_id, blocks.get(id, [])), key=int)
        record["Link relates"] = sorted(map(issue_id, relates.get(id, [])), key=int)
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
        period = issues[issue_id(id)].get("originalEstimate")
        if (estimate is None) != (period is None) or (period and java.ask("period", period) != [str(estimate * 60)]):
            wrong.append((id, period, estimate))
    checks.equal(wrong, [], f"{name}: Joda-Time turns every duration into the item's seconds")
    moments = [version["releaseDate"] for version in document["projects"][0]["versions"] if "releaseDate" in version]
    read = [java.ask("date", "en", "yyyy-MM-dd'T'HH:mm:ss.SSSZ", moment) for moment in moments]
    checks.equal(read, [[f"{moment[:10]} 00:00"] for moment in moments], f"{name}: and reads the dates of versions")


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
