"""A configuration with one Space, and what the Hub saw of it."""

import json
import re
from pathlib import Path

from harness import Checks, Ended, Hub
from terraform_cli import Configuration

READS = {"GET", "HEAD"}


class Space(Configuration):
    """A configuration with one Space, `huggingface_space.s`, and what the Hub saw of it."""

    def __init__(self, checks: Checks, folder: Path, hub: Hub, address: str = "acme/chat", **options) -> None:
        super().__init__(folder, hub, **options)
        self.checks = checks
        self.hub = hub
        self.address = address
        self.seen = 0

    def run(self, *arguments: str) -> Ended:
        """Without what Terraform says of every development override."""
        ended = super().run(*arguments)
        ended.stdout = re.sub(r"\n*[│╷]?\s*Warning: Provider development overrides[\s\S]*?published\n[│ ]*releases\.\n╵?", "", ended.stdout)
        return ended

    def declare(self, body: str, more: str = "") -> None:
        name = self.address.split("/")[1]
        head = "" if re.search(r"^\s*name\s*=", body, re.M) else f'  name = "{name}"\n'
        self.write(f'resource "huggingface_space" "s" {{\n{head}{body}\n}}\n{more}')

    def wrote(self) -> list[str]:
        """The calls since the last time that change something, without the Hub's address."""
        requests = self.hub.requests()
        new, self.seen = requests[self.seen:], len(requests)
        return [f"{request['method']} {request['path']}" for request in new
                if request["method"] not in READS and "/preupload/" not in request["path"] and request["path"] != "/oauth/token"]

    def info(self, address: str | None = None) -> dict:
        return self.hub.call("GET", f"/api/spaces/{address or self.address}")[1]

    def values(self) -> dict:
        """The resource as the state has it."""
        state = json.loads(self.run_plain("show", "-json").stdout)
        return state["values"]["root_module"]["resources"][0]["values"]

    def changes(self) -> tuple[list[str], list[str]]:
        """What a plan would do, and which attributes that are not computed alone it shows as changed."""
        plan = self.folder / "plan.bin"
        ended = self.run("plan", "-input=false", f"-out={plan}")
        self.checks.equal(ended.status, 0, "a plan is made", ended)
        change = json.loads(self.run_plain("show", "-json", str(plan)).stdout)["resource_changes"][0]["change"]
        before, after = change["before"] or {}, change["after"] or {}
        unknown = change["after_unknown"] or {}
        names = sorted(name for name in {**before, **after} if before.get(name) != after.get(name) and unknown.get(name) is not True)
        return change["actions"], names

    def settled(self, sentence: str, *, calls: list[str] | None = None, warning: str = "") -> Ended:
        """Applies; nothing is to be done after that."""
        self.wrote()
        ended = self.apply()
        self.checks.equal(ended.status, 0, sentence, ended)
        wrote = self.wrote()
        if calls is not None:
            self.checks.equal(wrote, calls, f"{sentence}: by these calls", ended)
        after = self.plan()
        self.checks.equal(after.status, 0, f"{sentence}: no changes after", after)
        self.checks.equal(self.wrote(), [], f"{sentence}: and none of the plan's")
        return ended

    def changed(self, body: str, names: list[str], calls: list[str], sentence: str, more: str = "") -> None:
        """Another configuration: which attributes the plan shows, which calls are made, and that nothing is left to do."""
        self.declare(body, more)
        actions, found = self.changes()
        self.checks.equal((actions, found), (["update"], names), f"{sentence}: planned")
        self.settled(sentence, calls=calls)

    def failed(self, wanted: str, sentence: str, *, place: str | None = None) -> Ended:
        """An apply that is to fail with these words, at a line that holds `place`."""
        ended = self.apply()
        text = " ".join(re.sub(r"[│╷╵]", " ", ended.text).split())
        self.checks.that(ended.status == 1 and re.search(wanted, text), f"{sentence}: {wanted}", ended)
        if place is not None:
            self.checks.that(re.search(r"on main\.tf line \d+.*?: \d+: [^│]*" + place, text), f"{sentence}: at {place}", ended)
        self.checks.that("inconsistent" not in text and "bug in the provider" not in text, f"{sentence}: nothing inconsistent", ended)
        return ended


def api(address: str, rest: str = "") -> str:
    return f"/api/spaces/{address}{rest}"
