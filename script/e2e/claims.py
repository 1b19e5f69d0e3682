"""Every claim of SECURITY.md names tests: the files are there, and hold these names."""

import re

from harness import ROOT, Checks


def claims(text: str) -> list[tuple[str, str]]:
    """The files and names that the last cells of the tables name; a name alone belongs to the file before it."""
    found = []
    for row in re.findall(r"^\|(.+)\|$", text, re.M):
        cells = row.split(" | ")
        file = ""
        for path, name in re.findall(r"`([\w/.+-]+)`: |\"([^\"]+)\"", cells[-1]):
            file = path or file
            if name:
                found.append((file, name))
    return found


def main() -> None:
    checks = Checks()
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    rows = [row for row in re.findall(r"^\|(.+)\|$", text, re.M) if not row.startswith("---") and "shown by" not in row]
    named = claims(text)
    checks.that(len(named) >= len(rows) > 20, "every claim names a test", (len(rows), len(named)))
    for row in rows:
        checks.that(re.search(r"`[\w/.+-]+`: \"", row.split(" | ")[-1]), f"a test is named for: {row.split(' | ')[0].strip()}")
    for file, name in named:
        path = ROOT / file
        checks.that(path.is_file() and name in path.read_text(encoding="utf-8"), f"{file} has {name!r}")
    checks.finish()


if __name__ == "__main__":
    main()
