"""The schedule, computed again by a library for graphs, and each of its forms."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import networkx
from harness import Checks
from jira.model import Model
from jira.readers import python_table

from .program import TRACKER, run


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
