"""Bad input, folders, site ids, what changed between two exports, and large backlogs."""

import json
import os
import shutil
import subprocess
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import yaml
from harness import Checks, program
from jira import corpus
from jira.model import Model
from jira.readers import python_table, records

from .program import TRACKER, run


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
