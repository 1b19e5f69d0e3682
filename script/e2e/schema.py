"""The JSON Schemas, judged by check-jsonschema: every example is accepted that keeps a rule, every one refused that breaks a rule of the schema."""

import json
import subprocess
import sys
from pathlib import Path

from harness import FLEET, ROOT, Checks, clean_environment, program, workplace

CHECK = str(Path(sys.executable).with_name("check-jsonschema"))


def refused(schema: Path, files: list[Path]) -> tuple[set[str], str]:
    """The files the schema does not accept, and what was said."""
    command = [CHECK, "--schemafile", str(schema), "--output-format", "json", *map(str, files)]
    ended = subprocess.run(command, capture_output=True, text=True, env=clean_environment())
    report = json.loads(ended.stdout)
    broken = report.get("errors", []) + report.get("parse_errors", [])
    return {entry["filename"] for entry in broken}, ended.stdout


def main() -> None:
    checks = Checks()
    spaceform = program("spaceform")
    with workplace() as folder:
        schemas = {}
        for subject in ("space", "project"):
            text = subprocess.run([spaceform, "schema", subject], capture_output=True, text=True, check=True).stdout
            schemas[subject] = folder / f"{subject}.schema.json"
            schemas[subject].write_text(text, encoding="utf-8")
            ended = subprocess.run([CHECK, "--check-metaschema", str(schemas[subject])], capture_output=True, text=True)
            checks.that(ended.returncode == 0, f"the {subject} schema is a JSON Schema", ended.stdout + ended.stderr)
            checks.that('"$schema": "http://json-schema.org/draft-07/schema#"' in text, f"the {subject} schema is of draft 7")
            checked_in = ROOT / "docs" / "schema" / f"{subject}.schema.json"
            checks.equal(checked_in.read_text(encoding="utf-8"), text, f"{checked_in.name} is what the program prints")

        ended = subprocess.run([spaceform, "explain", "--format", "json"], capture_output=True, text=True, check=True)
        rules = json.loads(ended.stdout)["rules"]
        checks.that(len(rules) >= 45, "there are at least 45 rules", len(rules))
        accepted: dict[str, list[Path]] = {"space": [], "project": []}
        broken: dict[str, list[tuple[str, Path]]] = {"space": [], "project": []}

        def put(rule: str, kind: str, path: str, text: str) -> tuple[str, Path] | None:
            subject = "space" if path.endswith(".space.yaml") else "project" if path == "spaceform.yaml" else None
            if subject is None:
                return None
            file = folder / kind / rule / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            return subject, file

        for rule in rules:
            for path, text in rule["passing"]["files"].items():
                if found := put(rule["id"], "passing", path, text):
                    accepted[found[0]].append(found[1])
            if rule["in_schema"]:
                shown = rule["failing"]["file"]
                if found := put(rule["id"], "failing", shown, rule["failing"]["files"][shown]):
                    broken[found[0]].append((rule["id"], found[1]))
        accepted["space"] += sorted(FLEET.glob("spaces/*.space.yaml"))
        accepted["project"].append(FLEET / "spaceform.yaml")
        for subject, files in accepted.items():
            found, said = refused(schemas[subject], files)
            for file in files:
                checks.that(str(file) not in found, f"the {subject} schema accepts {file.relative_to(folder) if folder in file.parents else file}", said)
        checks.that(sum(map(len, broken.values())) >= 7, "there are rules of the schema", broken)
        for subject, files in broken.items():
            if not files:
                continue
            found, said = refused(schemas[subject], [file for _, file in files])
            for rule, file in files:
                checks.that(str(file) in found, f"the {subject} schema refuses what breaks {rule}", said)
    checks.finish()


if __name__ == "__main__":
    main()
