"""What a page consists of for a check: blocks of commands, files that are to be written, things that happen meanwhile.

Each block of commands has a comment before it that says how it is checked:

    <!-- run: SCENE -->       run here, command by command, in a scene of scenes.py; the blocks of a page share their scene;
                              of several scenes, in each of them
    <!-- run: SCENE, each anew -->    the same, each command in a scene of its own: the commands are alternatives
    <!-- run by: CHECK -->    run by another check of script/test, a file of script/e2e or a script
    <!-- not run: REASON -->  cannot be run by a check

Other comments are instructions for the scene that runs:

    <!-- file: PATH -->       what the next block holds is written to that file
    <!-- append: PATH -->     … is put at its end
    <!-- do: WORDS -->        somebody does something, see ACTIONS in scenes.py
"""

import re
import subprocess
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

from harness import ROOT

SHELL = {"console", "sh", "shell", "bash"}
FENCE = re.compile(r"^( *)(```+|~~~+) *([\w-]*)[ \t]*$")
COMMENT = re.compile(r"^ *<!-- (run|run by|not run|file|append|do): (.*?) -->$")


@dataclass
class Step:
    """A command of a block and what the page shows behind it."""

    command: str
    shown: list[str] = field(default_factory=list)


@dataclass
class Part:
    """A block, or an instruction for the scene."""

    page: Path
    line: int
    kind: str  # run, run by, not run, file, append, do; empty for a block of commands without a comment
    argument: str
    text: str = ""
    language: str = ""

    @property
    def place(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    @property
    def is_block(self) -> bool:
        """Whether it has commands to type; a block with prompts has, whatever it is called."""
        return (self.language in SHELL or re.search(r"^\$ ", self.text, re.MULTILINE) is not None) and self.kind not in ("file", "append", "do")

    def steps(self) -> list[Step]:
        """The commands of a block: lines that begin with `$ `, or a whole script."""
        if self.language != "console":
            return [Step(self.text.rstrip("\n"))]
        steps: list[Step] = []
        goes_on = False
        for line in self.text.rstrip("\n").split("\n"):
            if goes_on:
                steps[-1].command += "\n" + line
            elif line.startswith("$ "):
                steps.append(Step(line[2:]))
            elif steps:
                steps[-1].shown.append(line)
            else:
                raise ValueError(f"{self.place}: a line stands before the first command")
            goes_on = line.endswith("\\") and not steps[-1].shown
        return steps


def pages() -> list[Path]:
    """Every Markdown file of the repository."""
    done = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z", "*.md"], cwd=ROOT, capture_output=True, check=True)
    return sorted(ROOT / name for name in done.stdout.decode().split("\0") if name and (ROOT / name).exists())


def parts(page: Path) -> list[Part]:
    """The blocks and instructions of a page, in their order."""
    found: list[Part] = []
    waiting: Part | None = None
    lines = page.read_text(encoding="utf-8").split("\n")
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if comment := COMMENT.match(line):
            waiting = Part(page, number, comment[1], comment[2])
            if waiting.kind == "do":
                found.append(waiting)
                waiting = None
        elif fence := FENCE.match(line):
            end = next((at for at in range(number, len(lines)) if lines[at].strip() == fence[2]), None)
            if end is None:
                raise ValueError(f"{page.relative_to(ROOT)}:{number}: the block does not end")
            part = waiting or Part(page, number, "", "")
            part.line, part.language = number, fence[3]
            part.text = textwrap.dedent("\n".join(lines[number:end]) + "\n")
            if part.is_block or part.kind in ("file", "append"):
                found.append(part)
            waiting, number = None, end + 1
        elif line.strip() and not line.lstrip().startswith("<!--"):
            if waiting is not None:
                raise ValueError(f"{waiting.place}: no block follows `{waiting.kind}: {waiting.argument}`")
    return found
