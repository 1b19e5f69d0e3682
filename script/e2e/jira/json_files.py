"""The JSON import and the plan of calls."""

import json
import re
from pathlib import Path

from harness import Checks

from .model import Model, issue_id


def import_json(checks: Checks, name: str, model: Model, folder: Path) -> None:
    for file in ("jira-import.json", "jira-import-cloud.json"):
        document = json.loads((folder / file).read_text(encoding="utf-8"))
        project = document["projects"][0]
        checks.equal(
            [issue["externalId"] for issue in project["issues"]], [issue_id(id) for id in model.order], f"{name}: {file} has every item"
        )
        summaries = [issue["summary"] for issue in project["issues"]]
        checks.equal(summaries, [model.items[id]["summary"] for id in model.order], f"{name}: with its summary")
        links = {(link["name"], link["sourceId"], link["destinationId"]) for link in document["links"]}
        wanted = {
            ("sub-task-link", issue_id(id), issue_id(item["parent"])) for id, item in model.items.items() if item["type"] == "subtask"
        } | {("Blocks", issue_id(blocker), issue_id(id)) for id, item in model.items.items() for blocker in item.get("blocked_by", [])}
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


def planned_fields(folder: Path, site: str) -> dict[str, dict]:
    """The fields that the REST plan gives each item."""
    found = {}
    for line in (folder / f"rest-plan-{site}.jsonl").read_text(encoding="utf-8").splitlines():
        call = json.loads(line)
        if call["step"] == "issues":
            for saved, update in zip(call["saves"], call["body"]["issueUpdates"]):
                found[saved.removeprefix("issue:")] = update["fields"]
    return found
