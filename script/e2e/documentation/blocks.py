"""Runs the blocks of a page, command by command, and compares what is printed with what the page shows.

A command has to end with status 0, or with the one that its comment names (`# ends with status 2`). What a page shows behind a command is the
whole of what is printed, to standard output, to standard error or to both; `…` stands for anything, and alone on a line for any lines. Commands
that ask are answered, commands that go on get Ctrl-C, and a Hub that a page starts runs faster than a real one.
"""

import os
import re
import signal
import subprocess
import time
from pathlib import Path

from harness import Checks

from .pages import Part, Step
from .scenes import SCENES, SPEED, Scene, act

# What is typed where a terminal would ask.
ANSWERS = [
    (r"^spaceform apply\b(?!.*--auto-approve)", "--auto-approve"),
    (r"^spaceform (pause|restart|state unlock)\b(?!.*--yes)", "--yes"),
]
ANEW = "each anew"
ENDLESS = re.compile(r" (--follow|--watch)\b")
STATUS = re.compile(r"#.*ends with status (\d+)")
GIVEN = re.compile(r"^export (\w+)=(?:…|hf_…)(?: |$)")


class Runner:
    def __init__(self, checks: Checks, folder: Path) -> None:
        self.checks, self.folder = checks, folder
        self.scenes: dict[str, Scene] = {}
        self.current: Scene | None = None

    def close(self) -> None:
        for scene in self.scenes.values():
            scene.close()

    def page(self, parts: list[Part]) -> None:
        """The parts of a page, one after the other. What stands before the first command belongs to its scene."""
        first = next((part for part in parts if part.kind == "run"), None)
        self.current = first and self.scene(first.argument.split(", ")[0])
        for part in parts:
            self.take(part)

    def take(self, part: Part) -> None:
        if part.kind == "run":
            words = part.argument.split(", ")
            for name in (word for word in words if word != ANEW):
                for number, step in enumerate(part.steps()):
                    self.current = self.scene(name, f"{name}-{part.line}-{number}" if ANEW in words else name)
                    self.step(part, step, self.current)
            return
        if part.kind not in ("do", "file", "append"):
            return
        if self.current is None:
            raise ValueError(f"{part.place}: `{part.kind}` is on a page where no block is run")
        if part.kind == "do":
            act(part.argument, self.current)
            return
        place = self.here(self.current) / part.argument
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("a" if part.kind == "append" else "w", encoding="utf-8") as file:
            file.write(part.text)

    def scene(self, name: str, known_as: str = "") -> Scene:
        known_as = known_as or name
        if known_as not in self.scenes:
            scene = self.scenes[known_as] = Scene(self.folder / known_as)
            SCENES[name](scene)
            (scene.root / "here").write_text(str(scene.folder))
        return self.scenes[known_as]

    def here(self, scene: Scene) -> Path:
        return Path((scene.root / "here").read_text().strip())

    def step(self, part: Part, step: Step, scene: Scene) -> None:
        name = f"{part.place}: `{step.command.splitlines()[0][:70].rstrip()}`"
        if given := GIVEN.match(step.command):
            self.checks.that(given[1] in scene.environment, f"{name} has a value")
            return
        wanted = int(found[1]) if (found := STATUS.search(step.command)) else 0
        command = step.command
        for shown, actual in scene.instead.items():
            command = command.replace(shown, actual)
        for pattern, answer in ANSWERS:
            if re.search(pattern, command):
                command = re.sub(r"^(spaceform(?: state)? \w+)", rf"\1 {answer}", command)
        if command.startswith("spaceform-hub serve"):
            self.serve(name, command, step, scene)
            return
        status, output, errors = self.shell(command, scene)
        wanted = 130 if ENDLESS.search(command) and "# ends" not in step.command else wanted
        self.checks.equal(status, wanted, f"{name} ends with status {wanted}", output + errors)
        if any(line.strip() for line in step.shown):
            printed = (output, errors, output + errors)
            self.checks.that(any(alike(step.shown, text.split("\n"), scene.instead) for text in printed), f"{name} shows what is shown", output + errors)

    def shell(self, command: str, scene: Scene) -> tuple[int, str, str]:
        """A command in the terminal of the scene, which keeps its folder and its variables."""
        keep = f"\nstatus=$?; export -p > '{scene.root}/environment'; pwd > '{scene.root}/here'; exit $status"
        before = f". '{scene.root}/environment' 2>/dev/null\n"
        (scene.root / "environment").touch()
        process = subprocess.Popen(["bash", "-c", before + command + keep], cwd=self.here(scene), env=scene.environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
        if ENDLESS.search(command):
            time.sleep(2)
            os.killpg(process.pid, signal.SIGINT)
        try:
            output, errors = process.communicate(timeout=120)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, errors = process.communicate()
            errors += "\n[killed: still running after 120 s]"
        return process.returncode, output, errors

    def serve(self, name: str, command: str, step: Step, scene: Scene) -> None:
        """A Hub that a page starts, which runs until the page is done."""
        log = scene.root / "serve.out"
        with log.open("wb") as output:
            process = subprocess.Popen(f"exec {command} --port 0 --speed {SPEED}", shell=True, cwd=self.here(scene), env=scene.environment,
                                       stdout=output, stderr=subprocess.DEVNULL)
        scene.stack.callback(lambda: (process.terminate(), process.wait(10)))
        deadline = time.monotonic() + 30
        while b"\n" not in log.read_bytes() and time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.02)
        line = log.read_text().split("\n")[0]
        for shown in step.shown[:1]:
            scene.instead |= dict(zip(re.findall(r"http://[\d.:]+", shown), re.findall(r"http://[\d.:]+", line), strict=False))
        self.checks.that(alike(step.shown[:1] or [line], [line], scene.instead), f"{name} serves", line)


def alike(shown: list[str], printed: list[str], instead: dict[str, str]) -> bool:
    """Whether the page shows what was printed."""
    while shown and not shown[-1].strip():
        shown = shown[:-1]
    pattern = ""
    for line in shown:
        if line.strip() == "…":
            pattern += r"(?:.*\n)*?"
        else:
            for known, actual in instead.items():
                line = line.replace(known, actual)
            pattern += r"[^\n]*".join(map(re.escape, steady(line).split("…"))) + r"[ \t]*\n"
    text = "".join(steady(line) + "\n" for line in "\n".join(printed).rstrip().split("\n"))
    return re.fullmatch(pattern, text) is not None


def steady(line: str) -> str:
    """A line without what is never the same twice: ids of commits."""
    return re.sub(r"\b[0-9a-f]{7}\b", "0000000", line).rstrip()
