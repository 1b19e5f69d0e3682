"""Independent readers of what an export writes: the Java classes Jira uses, pandoc, an ADF reader, XML validators."""

import base64
import csv
import io
import json
import re
import subprocess
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
JARS = ["opencsv", "commons-csv", "commons-lang3", "commons-text", "commons-beanutils", "commons-collections4", "commons-logging"]


class Java:
    """One Java process that answers tasks."""

    def __enter__(self) -> "Java":
        jars = ":".join(f"/usr/share/java/{name}.jar" for name in [*JARS, "joda-time"])
        self.process = subprocess.Popen(
            ["java", "-Xmx512m", "-cp", jars, str(HERE / "JiraReaders.java")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )
        return self

    def __exit__(self, *_) -> None:
        self.process.stdin.close()
        self.process.wait(30)

    def ask(self, *parts: str) -> list[str]:
        self.process.stdin.write("\t".join(parts) + "\n")
        self.process.stdin.flush()
        lines = []
        while True:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError("the Java readers ended")
            if line == "end\n":
                return lines
            lines.append(line.rstrip("\n"))

    def table(self, reader: str, file: Path) -> list[list[str]]:
        lines = self.ask(reader, str(file))
        if any(line.startswith("error:") for line in lines):
            raise ValueError(f"{file.name}: {lines[-1]}")
        return [[base64.b64decode(cell).decode() for cell in line.split(",")] for line in lines]


def python_table(file: Path) -> list[list[str]]:
    """Python's reader in its strict form."""
    csv.field_size_limit(1 << 24)
    return list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8"), newline=""), strict=True))


def records(table: list[list[str]]) -> list[dict[str, list[str]]]:
    """Rows by header; a header that stands more than once has more than one value. Empty cells are none."""
    header = table[0]
    found = []
    for row in table[1:]:
        if len(row) != len(header):
            raise ValueError(f"a row has {len(row)} cells of {len(header)}: {row[:3]}")
        record: dict[str, list[str]] = {name: [] for name in header}
        for name, cell in zip(header, row):
            if cell != "":
                record[name].append(cell)
        found.append(record)
    return found


def pandoc(form: str, text: str) -> list:
    ended = subprocess.run(
        ["pandoc", "-f", form, "-t", "json"], input=text, capture_output=True, text=True, encoding="utf-8", timeout=120
    )
    if ended.returncode != 0:
        raise ValueError(ended.stderr)
    return json.loads(ended.stdout)["blocks"]


def split(blocks: list, count: int) -> list[list]:
    """The blocks between headings `@@0@@`, `@@1@@`, …: many texts are read in one go, and one that spills over shows."""
    parts: list[list] = []
    for block in blocks:
        if block["t"] == "Header" and inline_text(block["c"][2]) == f"@@{len(parts)}@@":
            parts.append([])
        elif parts:
            parts[-1].append(block)
    if len(parts) != count:
        raise ValueError(f"{len(parts)} of {count} texts were found again")
    return parts


def read_many(form: str, texts: list[str]) -> list[list]:
    mark = "h1. @@{}@@" if form == "jira" else "# @@{}@@"
    if form == "jira":
        # pandoc knows no numeric entities. To what reads markup they are one opaque character, and only a page shows what they stand for.
        texts = [re.sub("&#([0-9]{2,3});", lambda found: chr(0xE000 + int(found[1])), text) for text in texts]
    document = "\n\n".join(f"{mark.format(number)}\n\n{text}" for number, text in enumerate(texts))
    blocks = pandoc(form, document)
    return split(shown(blocks) if form == "jira" else blocks, len(texts))


def shown(value):
    """A document with the characters that opaque ones stand for."""
    if isinstance(value, str):
        return "".join(chr(ord(c) - 0xE000) if 0xE000 <= ord(c) < 0xE100 else c for c in value)
    if isinstance(value, list):
        return [shown(inner) for inner in value]
    if isinstance(value, dict):
        return {key: shown(inner) for key, inner in value.items()}
    return value


def inline_text(inlines: list) -> str:
    text = ""
    for inline in inlines:
        kind, content = inline["t"], inline.get("c")
        if kind == "Str":
            text += content
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            text += " "
        elif kind in ("Code", "RawInline"):
            text += content[1]
        elif kind in ("Emph", "Strong", "Strikeout", "Superscript", "Subscript", "Underline", "SmallCaps"):
            text += inline_text(content)
        elif kind in ("Link", "Image", "Span"):
            text += inline_text(content[1])
        elif kind == "Quoted":
            text += inline_text(content[1])
        else:
            text += f"<{kind}>"
    return text


def words(text: str) -> str:
    for box in ("☐", "☒", "☑", "[ ]", "[x]"):
        text = text.replace(box, "□")
    # Some readers compose what others leave apart.
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00a0", " ").split())


def pieces(inlines: list, kind: str) -> list:
    """What is marked so, in order: code, links, strong and emphasised text."""
    found = []
    for inline in inlines:
        content = inline.get("c")
        # A picture is exported as a link.
        if inline["t"] == kind or (kind, inline["t"]) == ("Link", "Image"):
            if kind == "Code":
                found.append(words(content[1]))
            elif kind == "Link":
                found.append(content[2][0])
            else:
                found.append(words(inline_text(content)))
        if inline["t"] in ("Emph", "Strong", "Strikeout"):
            found += pieces(content, kind)
        elif inline["t"] in ("Link", "Span"):
            found += pieces(content[1], kind)
    return found


def simple(blocks: list, *, in_list: bool = False) -> list:
    """A document without what the two readers may tell differently: white space, classes, the kind of a break."""
    found: list = []
    for block in blocks:
        kind, content = block["t"], block.get("c")
        if kind in ("Para", "Plain"):
            text = words(inline_text(content))
            if text:
                marked = {name: pieces(content, name) for name in ("Code", "Link", "Strong", "Emph", "Strikeout")}
                found.append(("text", text, {name: value for name, value in marked.items() if value}))
        elif kind == "Header":
            found.append(("heading", content[0], words(inline_text(content[2]))))
        elif kind == "CodeBlock":
            found.append(("code", content[1].rstrip("\n")))
        elif kind == "BulletList":
            found.append(("bullets", [simple(item, in_list=True) for item in content]))
        elif kind == "OrderedList":
            found.append(("numbers", [simple(item, in_list=True) for item in content[1]]))
        elif kind == "BlockQuote":
            found.append(("quote", simple(content)))
        elif kind == "HorizontalRule":
            found.append(("rule",))
        elif kind == "RawBlock":
            found.append(("text", words(content[1]), {}))
        elif kind == "Table":
            rows = content[3][1] + [row for body in content[4] for row in body[3]]
            found.append(("table", [[simple(cell[4]) for cell in row[1]] for row in rows]))
        elif kind == "Div":
            found += simple(content[1])
        else:
            found.append((kind,))
    return found
