"""Runs the steps of a composite action as GitHub's runner does: expressions evaluated, `run` in bash, results through files.

Of GitHub's expression language it knows what the actions here use: references to contexts, `==`, `!=`, `&&`, `||`, text, `always()`. Anything
else is an error, so that an action cannot come to rest on what nobody evaluates.
"""

import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import yaml

TOKEN = re.compile(r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<op>==|!=|&&|\|\||\(|\))|(?P<name>[A-Za-z_][\w.-]*(?:\(\))?))")


@dataclass
class Ran:
    status: int
    stdout: str
    stderr: str
    outputs: dict[str, str]
    used: list[dict]

    def __str__(self) -> str:
        return f"status {self.status}\n{self.stdout}\n{self.stderr}"


@dataclass
class Runner:
    """A machine with a checkout; `environment` is what its jobs begin with."""

    folder: Path
    environment: dict[str, str]
    context: dict[str, str]
    summary: str = ""
    path: list[str] = field(default_factory=list)

    def run(self, action: Path, inputs: dict[str, str] | None = None) -> Ran:
        """Every step of the action in `action/action.yml`."""
        document = yaml.safe_load((action / "action.yml").read_text())
        values = {f"inputs.{name}": str(self.evaluate(str(entry.get("default", "")), {})) for name, entry in document.get("inputs", {}).items()}
        for name, value in (inputs or {}).items():
            if f"inputs.{name}" not in values:
                raise RuntimeError(f"{action.name} has no input {name}")
            values[f"inputs.{name}"] = value
        values["github.action_path"] = str(action)
        ran = Ran(0, "", "", {}, [])
        for number, step in enumerate(document["runs"]["steps"]):
            condition = str(step.get("if", "success()"))
            if ran.status != 0 and "always()" not in condition:
                continue
            if not self.truth(self.expression(condition, values)):
                continue
            if "uses" in step:
                ran.used.append({"uses": step["uses"]} | {name: self.evaluate(str(value), values) for name, value in step.get("with", {}).items()})
                continue
            self.step(number, step, values, ran)
        ran.outputs = {name: self.evaluate(entry["value"], values) for name, entry in document.get("outputs", {}).items()}
        return ran

    def step(self, number: int, step: dict, values: dict[str, str], ran: Ran) -> None:
        if step["shell"] != "bash" or "${{" in step["run"]:
            raise RuntimeError("a step runs in bash, and takes what it is given from its environment")
        place = self.folder.parent / f"{self.folder.name}-runner"
        place.mkdir(exist_ok=True)
        files = {name: place / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_PATH", "GITHUB_ENV")}
        for file in files.values():
            file.write_text("")
        script = place / "step.sh"
        script.write_text(step["run"])
        environment = self.environment | {name: str(file) for name, file in files.items()} | {"RUNNER_TEMP": self.context["runner.temp"]}
        environment |= {name: self.evaluate(str(value), values) for name, value in step.get("env", {}).items()}
        environment["PATH"] = os.pathsep.join([*self.path, environment["PATH"]])
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)], cwd=self.folder, env=environment, capture_output=True,
            text=True, stdin=subprocess.DEVNULL, check=False)
        ran.stdout += done.stdout
        ran.stderr += done.stderr
        ran.status = ran.status or done.returncode
        self.summary += files["GITHUB_STEP_SUMMARY"].read_text()
        self.path = [*reversed(files["GITHUB_PATH"].read_text().split()), *self.path]
        for name, value in outputs(files["GITHUB_OUTPUT"].read_text()).items():
            values[f"steps.{step.get('id', number)}.outputs.{name}"] = value

    # Expressions

    def evaluate(self, text: str, values: dict[str, str]) -> str:
        return re.sub(r"\$\{\{(.*?)\}\}", lambda found: str(self.expression(found[1], values)), text)

    def truth(self, value: object) -> bool:
        return value not in ("", False, None)

    def expression(self, text: str, values: dict[str, str]) -> object:
        tokens, place = [], 0
        while text[place:].strip():
            found = TOKEN.match(text, place)
            if not found:
                raise RuntimeError(f"not evaluated here: {text[place:]}")
            tokens.append(found)
            place = found.end()

        def either():
            value = both()
            while tokens and tokens[0]["op"] == "||":
                tokens.pop(0)
                other = both()
                value = value if self.truth(value) else other
            return value

        def both():
            value = equal()
            while tokens and tokens[0]["op"] == "&&":
                tokens.pop(0)
                other = equal()
                value = other if self.truth(value) else value
            return value

        def equal():
            value = one()
            while tokens and tokens[0]["op"] in ("==", "!="):
                sign = tokens.pop(0)["op"]
                value = (value == one()) == (sign == "==")
            return value

        def one():
            token = tokens.pop(0)
            if token["op"] == "(":
                value = either()
                tokens.pop(0)
                return value
            if token["text"]:
                return token["text"][1:-1].replace("''", "'")
            name = token["name"]
            if name in ("always()", "success()"):
                return True
            if name in values:
                return values[name]
            if name in self.context:
                return self.context[name]
            if name.startswith("steps."):
                return ""
            raise RuntimeError(f"no context has {name}")

        return either()


def outputs(text: str) -> dict[str, str]:
    """What a step wrote to GITHUB_OUTPUT, in both forms that GitHub reads."""
    found: dict[str, str] = {}
    lines = iter(text.splitlines())
    for line in lines:
        name, fence, end = line.partition("<<")
        if fence and "=" not in name:
            value = []
            for inner in lines:
                if inner == end:
                    break
                value.append(inner)
            found[name] = "\n".join(value)
        else:
            name, _, value = line.partition("=")
            found[name] = value
    return found
