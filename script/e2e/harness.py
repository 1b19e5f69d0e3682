"""What the end-to-end checks share: a Hub on a free port, a copy of the example fleet, running a program, counting checks.

Programs come from the folder SPACEFORM_PROGRAMS, by default .build/programs (what script/build makes).
"""

import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(os.environ.get("SPACEFORM_PROGRAMS", ROOT / ".build" / "programs")).resolve()
FLEET = ROOT / "examples" / "fleet"

# The environment variables the fleet's secrets name.
SECRET_VARIABLES = ("FEEDBACK_ADMIN_KEY", "FLEET_REPORT_TOKEN")

# Nothing of the caller's own set-up may reach the programs under test.
AMBIENT = re.compile(r"^(HF_|HUGGING|SPACEFORM_|GIT_|XDG_|.*_proxy$|.*_PROXY$)")


def program(name: str) -> str:
    path = PROGRAMS / name
    if not path.exists():
        sys.exit(f"error: {path} does not exist; run script/build, or name a folder of programs in SPACEFORM_PROGRAMS")
    return str(path)


class Checks:
    """Counts what was checked; a check that does not hold is told at once and fails the script at the end."""

    def __init__(self) -> None:
        self.count = 0
        self.failed = 0

    def that(self, holds: object, sentence: str, detail: object = "") -> bool:
        self.count += 1
        if not holds:
            self.failed += 1
            print(f"FAILED: {sentence}", flush=True)
            for line in str(detail).splitlines()[:40]:
                print(f"    {line}", flush=True)
        return bool(holds)

    def equal(self, found: object, wanted: object, sentence: str, detail: object = "") -> bool:
        return self.that(found == wanted, sentence, f"wanted {wanted!r}\nfound  {found!r}\n{detail}")

    def finish(self) -> None:
        if self.failed:
            print(f"{self.failed} of {self.count} checks failed", flush=True)
            sys.exit(1)
        print(f"{self.count} checks", flush=True)


@dataclass
class Ended:
    """How a program ended."""

    command: list[str]
    status: int
    stdout: str
    stderr: str

    @property
    def text(self) -> str:
        return self.stdout + self.stderr

    def __str__(self) -> str:
        return f"$ {' '.join(self.command)}\n(exit status {self.status})\n{self.stdout}{self.stderr}"

    def json(self):
        return json.loads(self.stdout)


def stop(process: subprocess.Popen) -> None:
    """Ends a process that this script started: asked first, killed when it does not go within ten seconds."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def fetch(endpoint: str, token: str, method: str, path: str, body: object = None) -> tuple[int, bytes]:
    """One call of a Hub, without any client: the status and the body as it came."""
    request = urllib.request.Request(
        endpoint + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def fetch_header(hub: "Hub", path: str, name: str) -> str:
    """A header of the answer to a GET."""
    request = urllib.request.Request(hub.endpoint + path, headers={"Authorization": f"Bearer {hub.token}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.headers[name]


class Hub:
    """`spaceform-hub serve` on a free port; a context manager."""

    def __init__(self, folder: Path, *, speed: float = 50, keep_state: bool = False, options: tuple[str, ...] = ()) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.request_log = folder / "requests.ndjson"
        self.output = folder / "hub.out"
        self.log = folder / "hub.log"
        self.command = [program("spaceform-hub"), "serve", "--port", "0", "--speed", f"{speed:g}"]
        self.command += ["--request-log", str(self.request_log)]
        if keep_state:
            self.command += ["--state", str(folder / "state")]
        self.command += options

    def __enter__(self) -> "Hub":
        with open(self.output, "wb") as output, open(self.log, "wb") as log:
            self.process = subprocess.Popen(self.command, stdout=output, stderr=log, env=clean_environment())
        try:
            first = self.first_line()
            self.endpoint: str = first["endpoint"]
            self.token: str = first["token"]
        except BaseException:
            self.__exit__()
            raise
        return self

    def first_line(self) -> dict:
        deadline = time.monotonic() + 30
        while b"\n" not in self.output.read_bytes():
            if self.process.poll() is not None:
                raise RuntimeError(f"spaceform-hub ended: {self.log.read_text()}")
            if time.monotonic() > deadline:
                raise RuntimeError("spaceform-hub did not say where it serves within 30 s")
            time.sleep(0.01)
        return json.loads(self.output.read_bytes().split(b"\n", 1)[0])

    def __exit__(self, *_) -> None:
        stop(self.process)

    @property
    def port(self) -> int:
        return int(self.endpoint.rsplit(":", 1)[1])

    def call(self, method: str, path: str, body: object = None) -> tuple[int, object]:
        """One call as the default user: the status and the body, decoded when it is JSON."""
        status, data = fetch(self.endpoint, self.token, method, path, body)
        with contextlib.suppress(ValueError):
            return status, json.loads(data)
        return status, data.decode(errors="replace")

    def requests(self) -> list[dict]:
        """What was asked of the Hub so far."""
        if not self.request_log.exists():
            return []
        return [json.loads(line) for line in self.request_log.read_text().splitlines() if line]

    def spaces(self, owner: str = "acme") -> list[str]:
        """The addresses of an owner's Spaces, each as often as the Hub lists it."""
        status, body = self.call("GET", f"/api/spaces?author={owner}&limit=500")
        if status != 200:
            raise RuntimeError(f"the Hub does not list: {status} {body}")
        return sorted(space["id"] for space in body)


def clean_environment(**more: str) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if not AMBIENT.match(name)}
    environment["NO_COLOR"] = "1"
    environment.update(more)
    return environment


def official_client(endpoint: str, home: Path, **more: str) -> dict[str, str]:
    """What tells the official client where its Hub is and which home it has. It is read when that client is imported."""
    return {
        "HF_ENDPOINT": endpoint,
        "HF_HOME": str(home / "huggingface"),
        "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    } | more


@dataclass
class Project:
    """A copy of the example fleet in a git repository of its own, and the environment its commands run in."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @classmethod
    def copy(cls, folder: Path, hub: Hub | None = None, **environment: str) -> "Project":
        shutil.copytree(FLEET, folder, ignore=shutil.ignore_patterns("__pycache__"))
        values = {name: secrets.token_hex(24) for name in SECRET_VARIABLES}
        if hub is not None:
            values |= {"HF_ENDPOINT": hub.endpoint, "HF_TOKEN": hub.token}
        values |= environment
        # A home of its own: no token file of the caller, and a git that asks for nothing.
        home = folder.parent / f"{folder.name}-home"
        home.mkdir(exist_ok=True)
        values.setdefault("HOME", str(home))
        values.setdefault("HF_HOME", str(home / "huggingface"))
        project = cls(folder, clean_environment(**values))
        subprocess.run(["git", "init", "--quiet"], cwd=folder, env=project.environment, check=True)
        return project

    @property
    def lock(self) -> Path:
        return self.folder / "spaceform.lock"

    @property
    def journal(self) -> Path:
        return self.folder / ".spaceform" / "journal.ndjson"

    @property
    def definitions(self) -> list[Path]:
        return sorted((self.folder / "spaces").glob("*.space.yaml"))

    @property
    def addresses(self) -> list[str]:
        return sorted(f"acme/{path.name.removesuffix('.space.yaml')}" for path in self.definitions)

    def open_intents(self) -> int:
        """Intents in the journal: more than none means that an apply did not close."""
        if not self.journal.exists():
            return 0
        return sum(line.startswith(b'{"intent":') for line in self.journal.read_bytes().split(b"\n"))

    def unsettled_intents(self) -> int:
        """Intents without an outcome: what the next apply has to find out by reading the Hub."""
        if not self.journal.exists():
            return 0
        open_ids = set()
        for line in self.journal.read_bytes().split(b"\n")[:-1]:  # behind the last line's end is nothing, or a torn line
            entry = json.loads(line)
            if "intent" in entry:
                open_ids.add(entry["intent"]["id"])
            elif "outcome" in entry:
                open_ids.discard(entry["outcome"]["intent"])
        return len(open_ids)

    def start(self, *arguments: str, environment: dict[str, str | None] | None = None, limits=None) -> subprocess.Popen:
        merged = dict(self.environment)
        for name, value in (environment or {}).items():
            if value is None:
                merged.pop(name, None)
            else:
                merged[name] = value
        return subprocess.Popen(
            [program("spaceform"), "-C", str(self.folder), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=merged,
            preexec_fn=limits,
        )

    def run(self, *arguments: str, timeout: float = 300, **options) -> Ended:
        return wait(self.start(*arguments, **options), timeout)

    def write(self, path: str, text: str) -> None:
        (self.folder / path).write_text(text, encoding="utf-8")

    def read(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")


def wait(process: subprocess.Popen, timeout: float = 300) -> Ended:
    try:
        stdout, stderr = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        stdout, stderr = process.communicate()
        stderr += f"\n[killed: still running after {timeout} s]".encode()
    return Ended(
        ["spaceform", *process.args[1:]],
        process.returncode,
        stdout.decode(errors="replace"),
        stderr.decode(errors="replace"),
    )


@contextlib.contextmanager
def workplace():
    """A temporary folder, kept when SPACEFORM_KEEP is set."""
    folder = Path(tempfile.mkdtemp(prefix="spaceform-e2e-"))
    try:
        yield folder
    finally:
        if os.environ.get("SPACEFORM_KEEP"):
            print(f"kept: {folder}", flush=True)
        else:
            shutil.rmtree(folder, ignore_errors=True)


def interrupt(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGINT)
