"""docs/definition.md: every key of *.space.yaml and spaceform.yaml, from the JSON Schemas and the table of settings."""

import re

from .commands import cell

HEAD = """<!-- Made by `script/generate` from docs/schema and Sources/SpaceModel/SettingTable.swift; do not edit. -->
# Definition keys

Every key that `spaceform.yaml` and a `*.space.yaml` may have. The schemas behind this page are in [schema](schema); an editor that is given
them completes keys and shows these texts. What is checked beyond form and type is in [rules.md](rules.md).

- An undeclared key is not managed: it is neither compared nor changed. Exceptions are `sdk` and `hardware`, which have a default, and
  `visibility`, without which a Space is created private and left alone afterwards.
- The `sdk` is what a Space's README says. A declared one is written there with the `source` or the `card`; where neither is declared, a Space of
  another sdk blocks the plan of its files.
- A key in **bold** is required. A time is a whole number with `s`, `m`, `h` or `d` behind it.
- Paths are relative to the folder of `spaceform.yaml`, and may not leave it.
"""

EFFECTS = {
    "none": "nothing",
    "inPlace": "takes hold at once",
    "restart": "restarts the app",
    "rebuild": "builds the image again",
    "replace": "deletes the Space and makes it again",
}
# In prose here, since the schemas have no word for them.
DEFAULTS = {
    "owner": "`owner` of spaceform.yaml",
    "sdk": "what the README in `source` says, else `docker`",
    "hardware": "`cpu-basic`",
    "wait.for": "`running` with a `source` or `template`, else `none`",
    "state.store": "`file`",
    "preview.ttl": "`3d`",
    "cost.active_hours_per_day": "`24`",
}
SAME = "the settings of a Space; all of [its keys](#a-space) but `name`, `moved_from`"


ROW = re.compile(r"row\(\s*\"(\w+)\",.*?(nil|\"[^\"]*\"),\s*\.(?:list|runtime|own|content|never),\s*\.(\w+)\)", re.DOTALL)


def settings(source: str) -> dict[str, tuple[str, str]]:
    """Of each setting in the Swift table: what the Hub takes when nothing is said at creation, and what a change does to a running Space."""
    found = {key: ("" if value == "nil" else f"`{value.strip(chr(34))}` at creation", EFFECTS[effect]) for key, value, effect in ROW.findall(source)}
    if len(found) < 14:
        raise SystemExit(f"error: SettingTable.swift: only {len(found)} settings are understood by script/reference/definition.py")
    return found


def page(space: dict, project: dict, table: str) -> str:
    known = settings(table)
    lines = [HEAD, "## A Space", ""]
    lines += ["| key | type | default | a change | |", "|---|---|---|---|---|"]
    for key in order(space):
        schema = space["properties"][key]
        link = f" [Its keys](#{key})." if composed(schema) else ""
        initial, effect = known.get(key, ("", ""))
        lines.append(f"| {name(key, space)} | {kind(schema)} | {default(key, schema) or initial} | {effect} | {said(schema)}{link} |")
    for key in order(space):
        if composed(space["properties"][key]):
            lines += ["", f"### {key}", "", *table_of(key, space["properties"][key])]
    lines += ["", "## The project", "", "| key | type | default | |", "|---|---|---|---|"]
    for key in order(project):
        schema = project["properties"][key]
        link = f" [Its keys](#{key})." if composed(schema) and key != "defaults" else ""
        lines.append(f"| {name(key, project)} | {'map' if key == 'defaults' else kind(schema)} | {default(f'project.{key}', schema)} | {said(schema)}{link} |")
    for key in order(project):
        schema = project["properties"][key]
        if composed(schema) and key != "defaults":
            lines += ["", f"### {key}", "", *table_of(key, schema)]
    return "\n".join([*lines, ""])


def order(schema: dict) -> list[str]:
    """Required keys first, then by name."""
    return sorted(schema["properties"], key=lambda key: (key not in schema.get("required", []), key))


def name(key: str, schema: dict) -> str:
    return f"**`{key}`**" if key in schema.get("required", []) else f"`{key}`"


ABSENT = re.compile(r"[;,] ([^;,]+) when absent\.$")


def said(schema: dict) -> str:
    """The description without the default, which has a column of its own."""
    return cell(ABSENT.sub(".", schema.get("description", "")))


def default(path: str, schema: dict) -> str:
    if path in DEFAULTS:
        return DEFAULTS[path]
    found = ABSENT.search(schema.get("description", ""))
    if not found:
        return ""
    value = found[1].strip("`")
    return value if " " in value else f"`{value}`"


def composed(schema: dict) -> bool:
    """Whether it has keys of its own."""
    return bool(inner(schema))


def inner(schema: dict) -> dict | None:
    """The schema whose keys a table lists: of a map, of the values of a map, or of the items of a list."""
    for candidate in (schema, schema.get("additionalProperties"), schema.get("items")):
        if isinstance(candidate, dict):
            if candidate.get("properties"):
                return candidate
            for other in candidate.get("anyOf", []):
                if other.get("properties"):
                    return other
    return None


def table_of(path: str, schema: dict) -> list[str]:
    own = inner(schema)
    lines = [INTRODUCTIONS[path], ""] if path in INTRODUCTIONS else []
    lines += ["| key | type | default | |", "|---|---|---|---|"]
    for key in order(own):
        below = own["properties"][key]
        text = SAME if path == "environments" and key == "defaults" else said(below)
        what = "map" if path == "environments" and key == "defaults" else kind(below)
        lines.append(f"| {name(key, own)} | {what} | {default(f'{path}.{key}', below)} | {text} |")
    return lines


INTRODUCTIONS = {
    "variables": "A map from a variable's name to its value, or to a map with these keys:",
    "secrets": "A map from a secret's name to where its value comes from: exactly one of `env`, `file` and `command`.",
    "volumes": "A list; each entry has these keys:",
    "removed": "A list; each entry has these keys:",
    "environments": "A map from an environment's name (`--env NAME`) to a map with these keys. Maps merge with the project's, lists and single values replace them:",
    "card": "Other front matter goes into `extra`. Names are in snake_case here; the README gets the Hub's own (`colorFrom`).",
}
WORDS = {"string": "text", "integer": "whole number", "number": "number", "boolean": "`true`, `false`", "array": "list", "object": "map"}


def kind(schema: dict) -> str:
    """The type in words, with the values where they are few and known."""
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    pattern = schema.get("pattern", "")
    if pattern.endswith("[smhd])$"):
        return "time, `never`"
    if pattern.endswith("[smhd]$"):
        return "time"
    if pattern.startswith("^[^/"):
        return "`owner/name`"
    options = schema.get("anyOf", [])
    known = next((option["enum"] for option in options if "enum" in option), None)
    if known is not None:
        if "cpu-basic" in known and schema.get("examples") is None:
            return "as `hardware`"
        return ", ".join(f"`{value}`" for value in known) + ", or another"
    if options and "type" not in schema:
        return " or ".join(kind(option) for option in options)
    what = schema.get("type")
    if isinstance(what, list):
        return ", ".join(WORDS[each] if each != "boolean" else "boolean" for each in what)
    if what == "array":
        items = schema.get("items", {})
        return "list of maps" if items.get("properties") else f"list of {kind(items)}" if kind(items) != "text" else "list of texts"
    if what in ("integer", "number") and "maximum" in schema:
        return f"{WORDS[what]} from {schema['minimum']} to {schema['maximum']}"
    if what in ("integer", "number") and schema.get("minimum"):
        return f"{WORDS[what]} from {schema['minimum']}"
    return WORDS.get(what, "any")
