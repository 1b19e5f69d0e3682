"""What a check works with: the client as several people, the Hub's own door for tests, the command line, a folder."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from huggingface_hub.errors import HfHubHTTPError

from .recording import Record
from .registry import Disagreement

# The accounts of the Hub's default world.
TOKEN, READ_ONLY, FREE, OTHER = "hf_local", "hf_readonly", "hf_free", "hf_other"

DOCKERFILE = b"FROM python:3.12-slim\nCMD python -m http.server 7860\n"
README = "---\ntitle: {title}\nemoji: \U0001f4e6\nsdk: docker\n---\n\n# {title}\n"


class Case:
    def __init__(self, name: str, api_class: type, record: Record, commands: list[str], folder: Path) -> None:
        self.name = name
        self.api_class = api_class
        self.record = record
        self.commands = commands
        self.folder = folder
        self.endpoint = os.environ["HF_ENDPOINT"]
        self.api = api_class(token=TOKEN)
        self.count = 0

    def as_(self, token: str | bool):
        """The client as somebody else; False is nobody."""
        return self.api_class(token=token)

    # Judging

    def that(self, holds: object, sentence: str, detail: object = "") -> None:
        self.count += 1
        if not holds:
            raise Disagreement(f"{sentence}: {detail}")

    def equal(self, found: object, wanted: object, sentence: str) -> None:
        self.that(found == wanted, sentence, f"wanted {wanted!r}, found {found!r}")

    def refused(self, status: int, call, sentence: str, *, kind: type = HfHubHTTPError, says: str = "") -> Exception:
        """The call fails with this status, as this error of the client, and says this."""
        try:
            found = call()
        except HfHubHTTPError as error:
            self.that(isinstance(error, kind), f"{sentence} is a {kind.__name__}", repr(error))
            if error.response is not None:
                self.equal(error.response.status_code, status, sentence)
            self.that(says.lower() in str(error).lower(), f"{sentence}, and says {says!r}", error)
            return error
        raise Disagreement(f"{sentence}: wanted {status}, but it answered {found!r}")

    # Spaces

    def space(self, suffix: str = "", owner: str = "acme") -> str:
        """An address of this check's own."""
        return f"{owner}/{self.name.replace('_', '-')}{'-' + suffix if suffix else ''}"

    def made(self, suffix: str = "", *, owner: str = "acme", sdk: str = "static", visibility: str = "private", **more) -> str:
        """A Space that exists."""
        address = self.space(suffix, owner)
        self.api_class(token=TOKEN)  # the record counts what a check calls, so the Space is made past it
        self.quietly(self.api.create_repo, address, repo_type="space", space_sdk=sdk, visibility=visibility, **more)
        return address

    def running(self, suffix: str = "", *, owner: str = "acme", **more) -> str:
        """A Docker Space with an app, running."""
        address = self.made(suffix, owner=owner, sdk="docker", **more)
        self.elsewhere(address, {"Dockerfile": DOCKERFILE.decode()})
        self.wait(address, "RUNNING")
        return address

    def quietly(self, call, *arguments, **options):
        """Calls a method without taking note of it: what prepares a check is not what it shows."""
        self.record.enter(1)
        try:
            return call(*arguments, **options)
        finally:
            self.record.enter(-1)

    def wait(self, address: str, stage: str):
        """Until the Space is in this stage."""
        deadline = time.monotonic() + 20
        while True:
            runtime = self.hub("GET", f"/api/spaces/{address}/runtime")
            if runtime["stage"] == stage:
                return runtime
            if time.monotonic() > deadline:
                raise Disagreement(f"{address} is to reach {stage}: it is {runtime}")
            time.sleep(0.02)

    # The Hub without the client

    def hub(self, method: str, path: str, body: object = None, token: str = TOKEN):
        """One call past the client: to prepare, and to read back what the client did."""
        status, answer = self.raw(method, path, body, token)
        if status != 200:
            raise Disagreement(f"{method} {path} answered {status}: {answer}")
        return answer

    def raw(self, method: str, path: str, body: object = None, token: str = TOKEN) -> tuple[int, object]:
        request = urllib.request.Request(
            self.endpoint + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                status, data = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, data = error.code, error.read()
        try:
            return status, json.loads(data)
        except ValueError:
            return status, data

    def elsewhere(self, address: str, files: dict[str, str | None], summary: str = "From elsewhere") -> str:
        """A commit by somebody else; its id."""
        return self.hub("POST", "/_hub/commit", {"space": address, "files": files, "summary": summary})["commitOid"]

    def stage(self, address: str, stage: str, message: str | None = None) -> None:
        self.hub("POST", "/_hub/stage", {"space": address, "stage": stage, "errorMessage": message})

    def assume(self, **switches: str) -> None:
        self.hub("POST", "/_hub/assume", {name.replace("_", "-"): value for name, value in switches.items()})

    def file(self, address: str, path: str, revision: str = "main") -> bytes | None:
        """A file's bytes as the Hub has them; None when there is none."""
        status, answer = self.raw("GET", f"/spaces/{address}/resolve/{revision}/{path}")
        if status == 404:
            return None
        return answer if isinstance(answer, bytes) else json.dumps(answer).encode()

    # The command line

    def hf(self, *arguments: str, status: int = 0, stdin: str | None = None, **environment: str) -> str:
        """Runs `hf`; what it wrote to standard output."""
        typed = " ".join(item for item in arguments if not item.startswith("-"))
        known = [name for name in self.commands if typed == name or typed.startswith(name + " ")]
        if known:
            self.record.commands.add("hf " + max(known, key=len))
        program = Path(sys.executable).parent / "hf"
        ended = subprocess.run(
            [str(program), *arguments],
            input=stdin if stdin is not None else "",
            capture_output=True,
            text=True,
            timeout=120,
            cwd=self.folder,
            env=os.environ | {"HF_TOKEN": TOKEN} | environment,
        )
        self.that(ended.returncode == status, f"`hf {' '.join(arguments)}` ends with {status}", f"{ended.stdout}{ended.stderr}")
        return ended.stdout if status == 0 else ended.stdout + ended.stderr

    def hf_json(self, *arguments: str, **environment: str):
        text = self.hf(*arguments, "--format", "json", **environment)
        try:
            return json.loads(text)
        except ValueError:
            raise Disagreement(f"`hf {' '.join(arguments)}` does not write JSON: {text!r}") from None
