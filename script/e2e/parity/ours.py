"""What spaceform does, step by step; each step's requests bear its name."""

import subprocess
from pathlib import Path

from harness import Checks, Ended, Hub, clean_environment, program

from .proxy import Proxy
from .values import (
    APP, EMPTY_NAME, FOLDER_OF_LARGE, GROUP, IDENTITY, LARGE, ODD_NAME, SECRETS, SMALL, TEMPLATE, VOLUME, VOLUME_OF_REPO,
)

PROJECT = "version: 1\nproject: parity\nowner: acme\n"

CREATED = f"""\
name: lone
sdk: docker
hardware: t4-small
sleep_time: 1h
visibility: private
region: eu
resource_group: {GROUP}
dev_mode: true
source: {{ path: app }}
variables: {{ ONE: "1", TWO: {{ value: "2", description: The second }} }}
secrets: {{ KEY_A: {{ env: KEY_A, version: 1 }}, KEY_B: {{ env: KEY_B, version: 1 }} }}
volumes:
  - {{ type: bucket, source: {VOLUME}, mount: /data }}
  - {{ type: dataset, source: {VOLUME_OF_REPO}, mount: /corpus, revision: main, read_only: true }}
"""
# Against it: another flavour with its sleep time, other keys, another list of volumes, public, without dev mode.
CHANGED = f"""\
name: lone
sdk: docker
hardware: cpu-upgrade
sleep_time: 30m
visibility: public
dev_mode: false
source: {{ path: app }}
variables: {{ ONE: one, THREE: {{ value: "3", description: The third }} }}
secrets: {{ KEY_A: {{ env: KEY_A, version: 2 }}, KEY_C: {{ env: KEY_C, version: 1 }} }}
volumes: [{{ type: bucket, source: {VOLUME}, mount: /store, read_only: true }}]
"""
# Only the sleep time; no volume; dev mode again; more replicas.
CHANGED_AGAIN = CHANGED.replace("sleep_time: 30m", "sleep_time: 2h").replace("dev_mode: false", "dev_mode: true")
CHANGED_AGAIN = CHANGED_AGAIN[: CHANGED_AGAIN.index("volumes:")] + "volumes: []\nreplicas: 2\n"

FROM_TEMPLATE = f"name: other\nsdk: docker\nhardware: cpu-basic\nvisibility: private\ntemplate: {TEMPLATE}\n"
STATIC = "name: page\nsdk: static\nvisibility: public\n"


class Ours:
    def __init__(self, checks: Checks, folder: Path, hub: Hub, proxy: Proxy) -> None:
        self.checks, self.hub, self.proxy, self.folder = checks, hub, proxy, folder / "project"
        self.home = folder / "home"
        (self.folder / "spaces").mkdir(parents=True)
        self.home.mkdir()
        self.write("spaceform.yaml", PROJECT)
        for path, content in APP.items():
            self.write(f"app/{path}", content)

    def write(self, path: str, content: str | bytes) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)

    def run(self, step: str, *arguments: str, folder: Path | None = None, wanted: int = 0, **more: str) -> Ended:
        self.proxy.step = step
        values = {"HF_ENDPOINT": self.proxy.endpoint, "HF_TOKEN": self.hub.token, "HOME": str(self.home), "HF_HOME": str(self.home / "none")}
        environment = clean_environment(**{**values, **SECRETS, **more})
        command = [program("spaceform"), "-C", str(folder or self.folder), *arguments]
        try:
            done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)
            ended = Ended(["spaceform", *arguments], done.returncode, done.stdout, done.stderr)
        except subprocess.TimeoutExpired:
            ended = Ended(["spaceform", *arguments], -1, "", "still running after 300 s")
        self.checks.equal(ended.status, wanted, f"spaceform {' '.join(arguments)} does its work ({step})", ended)
        return ended

    def all_steps(self) -> None:
        self.run("hardware", "hardware", "--live")
        self.write("spaces/lone.space.yaml", CREATED)
        self.run("plan", "plan")
        self.run("create", "apply", "--auto-approve")
        self.write("spaces/other.space.yaml", FROM_TEMPLATE)
        self.run("create from a template", "apply", "--auto-approve")
        self.write("spaces/page.space.yaml", STATIC)
        self.run("create a static Space", "apply", "--auto-approve")
        self.write("app/server.py", APP["server.py"] + b"# changed\n")
        self.write("app/new.txt", b"new\n")
        (self.folder / "app" / "gone.txt").unlink()
        self.write(f"app/{FOLDER_OF_LARGE}/small.bin", SMALL)
        self.write(f"app/{FOLDER_OF_LARGE}/large.bin", LARGE)
        self.write(f"app/{ODD_NAME}", b"odd\n")
        self.write(f"app/{EMPTY_NAME}", b"")
        self.write("spaces/lone.space.yaml", CHANGED)
        self.run("change", "apply", "--auto-approve")
        self.composed = self.readme()
        self.write("spaces/lone.space.yaml", CHANGED_AGAIN)
        self.write("spaces/other.space.yaml", FROM_TEMPLATE.replace("cpu-basic", "t4-small") + f"resource_group: {GROUP}\n")
        self.run("change again", "apply", "--auto-approve")
        self.write("spaces/lone.space.yaml", CHANGED_AGAIN.replace("sleep_time: 2h", "sleep_time: never"))
        self.run("sleep never", "apply", "--auto-approve")
        self.run("pages", "plan", "--refresh", "full")
        self.run("logs of the app", "logs", "acme/lone")
        self.run("logs of the build", "logs", "acme/lone", "--build")
        self.run("pause", "pause", "acme/lone", "--yes")
        self.run("restart", "restart", "acme/lone", "--yes")
        self.run("factory restart", "restart", "acme/lone", "--factory", "--yes")
        self.import_elsewhere()
        self.keyless()
        self.move_and_delete()

    def import_elsewhere(self) -> None:
        elsewhere = self.folder.parent / "elsewhere"
        elsewhere.mkdir()
        (elsewhere / "spaceform.yaml").write_text(PROJECT)
        self.run("import", "import", "--content", "acme/lone", folder=elsewhere)

    def keyless(self) -> None:
        """A change made with a token that a job's identity is traded for."""
        self.write("spaces/lone.space.yaml", CHANGED_AGAIN.replace("ONE: one", "ONE: uno"))
        self.run("exchange", "apply", "--auto-approve", SPACEFORM_OIDC="1", HF_OIDC_ID_TOKEN=IDENTITY)

    def move_and_delete(self) -> None:
        text = (self.folder / "spaces" / "lone.space.yaml").read_text()
        self.write("spaces/lone.space.yaml", text.replace("name: lone", "name: moved\nmoved_from: acme/lone"))
        self.run("move", "apply", "--auto-approve")
        (self.folder / "spaces" / "other.space.yaml").unlink()
        self.write("spaceform.yaml", PROJECT + "removed: [{ space: acme/other, destroy: true }]\n")
        self.run("delete", "apply", "--auto-approve")
        # Somebody else commits, so that whose commit it is has to be found in the history.
        files = [{"path": "theirs.txt", "content": "by hand"}]
        status, answer = self.hub.call("POST", "/api/spaces/acme/moved/commit/main", {"summary": "By hand", "files": files})
        self.checks.equal(status, 200, "somebody else commits", answer)
        self.run("history", "plan")

    def readme(self) -> bytes:
        """The README as spaceform composed it."""
        return self.hub.call("GET", "/spaces/acme/lone/resolve/main/README.md")[1].encode()
