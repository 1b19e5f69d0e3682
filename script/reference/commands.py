"""docs/commands.md: every command, option and argument, from what `--experimental-dump-help` says of each program."""

import re

PROGRAMS = ("spaceform", "spaceform-hub", "spaceform-tracker")

# The scene of script/e2e/documentation/scenes.py in which a command's examples are run; `chat` where nothing is said.
SCENES = {
    "spaceform init": "apps",
    "spaceform import": "organisation",
    "spaceform state mv": "renamed",
    "spaceform-tracker": "tracker",
}
# Sections of a help text that are a page of their own.
ELSEWHERE = {
    "FAULTS": "Every kind of fault: [local-hub.md](local-hub.md#faults).",
    "ASSUMPTIONS": "Every switch: [local-hub.md](local-hub.md#switches).",
}

HEAD = """<!-- Made by `script/generate` from the programs' own help and docs/stability.md; do not edit. -->
# Commands

Every command of the three programs, with its options and arguments. The text is that of `--help`, which each command has; man pages and
completions say the same. The provider for Terraform has a reference of its own: [terraform.md](terraform.md).
"""


def page(dumps: dict[str, dict], statuses: str) -> str:
    """`dumps` holds the decoded help of each program, `statuses` the table of exit statuses."""
    lines = [HEAD, "| program | |", "|---|---|"]
    for name in PROGRAMS:
        lines.append(f"| [`{name}`](#{name}) | {cell(dumps[name]['command']['abstract'])} |")
    lines += ["| [exit statuses](#exit-statuses) | of all commands |", ""]
    for name in PROGRAMS:
        lines += program(dumps[name]["command"])
    lines += ["## Exit statuses", "", statuses.strip(), ""]
    return "\n".join(lines)


def program(command: dict) -> list[str]:
    name = command["commandName"]
    every = list(leaves(command, ()))
    shared = common(every)
    lines = [f"## {name}", "", *description(command, name)]
    lines += ["| command | |", "|---|---|"]
    lines += [f"| [`{' '.join(path)}`](#{anchor(path)}) | {cell(leaf['abstract'])} |" for path, leaf in every]
    lines += ["", "Options of " + ("every command:" if len(every) > 1 else "the program:"), "", *options(shared), ""]
    for path, leaf in every:
        lines += section(path, leaf, [entry for entry in leaf.get("arguments", []) if entry not in shared])
    return lines


def leaves(command: dict, above: tuple[str, ...]):
    """The commands that do something, in the order of the help, with their words."""
    path = (*above, command["commandName"])
    below = [each for each in command.get("subcommands", []) if each["commandName"] != "help" and each["shouldDisplay"]]
    if not below:
        yield path, command
    for each in below:
        yield from leaves(each, path)


def common(every: list[tuple[tuple[str, ...], dict]]) -> list[dict]:
    """What nearly every command takes, so that it is said once: in all but at most two."""
    first = every[0][1] if len(every) == 1 else max((leaf for _, leaf in every), key=lambda leaf: len(leaf.get("arguments", [])))
    if len(every) == 1:
        return [entry for entry in first["arguments"] if names(entry) in ("`--version`", "`-h`, `--help`")]
    return [entry for entry in first["arguments"] if sum(entry in leaf.get("arguments", []) for _, leaf in every) >= len(every) - 2]


def section(path: tuple[str, ...], command: dict, own: list[dict]) -> list[str]:
    arguments = [entry for entry in own if entry["kind"] == "positional" and entry["shouldDisplay"]]
    rest = [entry for entry in own if entry["kind"] != "positional" and entry["shouldDisplay"]]
    usage = " ".join([*path, *(f"{written(entry)}" for entry in rest if not entry["isOptional"]), *("[OPTIONS]" for _ in rest[:1]), *map(written, arguments)])
    lines = [f"### {' '.join(path)}", "", command["abstract"], "", "```text", usage, "```", ""]
    lines += description(command, " ".join(path))
    if arguments:
        lines += ["| argument | |", "|---|---|"]
        lines += [f"| `{written(entry)}` | {cell(entry['abstract'])} |" for entry in arguments] + [""]
    if rest:
        lines += [*options(rest), ""]
    return lines


def written(entry: dict) -> str:
    """An argument or a required option as a usage line has it."""
    value = (entry.get("valueName") or "value").upper()
    if entry["kind"] == "positional":
        text = value + ("…" if entry["isRepeating"] else "")
        return f"[{text}]" if entry["isOptional"] else text
    return f"--{entry['preferredName']['name']} {value}"


def options(entries: list[dict]) -> list[str]:
    lines = ["| option | value | default | |", "|---|---|---|---|"]
    seen: set[str] = set()
    for entry in entries:
        if entry["kind"] == "positional" or not entry["shouldDisplay"]:
            continue
        name = names(inverse(entry, entries))
        if name in seen:
            continue
        seen.add(name)
        lines.append(f"| {name} | {values(entry)} | {default(entry)} | {cell(entry.get('abstract') or '')} |")
    return lines


def inverse(entry: dict, entries: list[dict]) -> dict:
    """A flag and its `--no-` form are one row."""
    same = [other for other in entries if other["kind"] == "flag" and other.get("abstract") == entry.get("abstract")]
    if entry["kind"] != "flag" or len(same) < 2:
        return entry
    return entry | {"names": [name for other in same for name in other["names"]]}


def names(entry: dict) -> str:
    ordered = sorted(entry["names"], key=lambda name: len(name["name"]))
    return ", ".join(f"`{'-' if name['kind'] == 'short' else '--'}{name['name']}`" for name in ordered)


def values(entry: dict) -> str:
    if entry["kind"] == "flag":
        return ""
    if "allValues" in entry:
        return ", ".join(f"`{value}`" for value in entry["allValues"])
    return f"`{entry['valueName'].upper()}`"


def default(entry: dict) -> str:
    if entry["kind"] == "flag" or not entry.get("defaultValue"):
        return ""
    return f"`{entry['defaultValue']}`"


def description(command: dict, path: str) -> list[str]:
    """The longer text of a command: paragraphs as they are, what is indented as it stands, examples as blocks to be run."""
    lines: list[str] = []
    for part in re.split(r"\n\n+", (command.get("discussion") or "").strip()):
        if not part or lines and lines[-1] == "(left out)":
            continue
        head, _, body = part.partition("\n")
        if head in ("EXAMPLE", "EXAMPLES"):
            lines += examples(body, path)
        elif head in ELSEWHERE:
            # The rest of the text belongs to sections that are on that page too.
            lines += [ELSEWHERE[head], ""]
        elif re.fullmatch(r"[A-Z]+", head):
            lines += [f"{head.capitalize()}:", "", "```text", *undented(body), "```", ""]
        elif part.startswith("  "):
            if not any(line in ELSEWHERE.values() for line in lines):
                lines += ["```text", *undented(part), "```", ""]
        else:
            lines += [cell(part.replace("\n", " "), table=False), ""]
    return lines


def undented(text: str) -> list[str]:
    return [line.removeprefix("  ").rstrip() for line in text.split("\n")]


def examples(body: str, path: str) -> list[str]:
    """One command a line; what is said of it stands behind it, or on the next line, further in."""
    found: list[list[str]] = []
    for line in body.split("\n"):
        command, _, said = line.strip().partition("   ")
        if line.startswith("      "):
            found[-1][1] = line.strip()
        else:
            found.append([command, said.strip()])
    wide = max((len(command) for command, said in found if said), default=0)
    shown = [f"$ {command}" if not said else f"$ {command.ljust(wide)}  # {said}" for command, said in found]
    scene = next((SCENES[known] for known in SCENES if path.startswith(known)), "chat")
    return [f"<!-- run: {scene}, each anew -->", "```console", *shown, "```", ""]


def anchor(path: tuple[str, ...]) -> str:
    return "-".join(path)


def cell(text: str, table: bool = True) -> str:
    """Plain text as Markdown: option and file names are code, so that no sign in them is markup."""
    parts = re.split(r"(`[^`]*`)", text)
    for number in range(0, len(parts), 2):
        part = re.sub(r"(?<![\w`/-])(--[a-z][a-z-]*\b|HF_[A-Z_]+|SPACEFORM_[A-Z_]+|NO_COLOR)", r"`\1`", parts[number])
        inner = re.split(r"(`[^`]*`)", part)
        inner[::2] = [re.sub(r"([*<>_])", r"\\\1", piece) for piece in inner[::2]]
        parts[number] = "".join(inner)
    whole = "".join(parts)
    return whole.replace("|", "\\|") if table else whole
