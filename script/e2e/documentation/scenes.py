"""Where the commands of the documentation are run: each scene is a folder as a reader of that page has it, with a Hub of its own."""

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from harness import FLEET, PROGRAMS, ROOT, SECRET_VARIABLES, Hub, clean_environment, fetch

SPEED = 200

# A small project: what an app does is of no concern here.
CHAT = {
    "spaceform.yaml": "version: 1\nproject: demos\nowner: acme\n",
    "spaces/chat.space.yaml": "name: chat\nsdk: docker\nsource: { path: apps/chat }\nvariables: { LOG_LEVEL: info }\n",
    "spaces/api.space.yaml": "name: api\nsdk: static\nsource: { path: apps/api }\n",
    "apps/chat/README.md": "---\ntitle: Chat\nemoji: 💬\ncolorFrom: blue\ncolorTo: indigo\nsdk: docker\n---\n",
    "apps/chat/Dockerfile": 'FROM python:3.12-slim\nCOPY . .\nEXPOSE 7860\nCMD ["python", "-m", "http.server", "7860", "--bind", "0.0.0.0"]\n',
    "apps/chat/index.html": "<h1>Chat</h1>\n",
    "apps/api/README.md": "---\ntitle: API\nemoji: 📄\ncolorFrom: blue\ncolorTo: indigo\nsdk: static\n---\n",
    "apps/api/index.html": "<h1>API</h1>\n",
}


class Scene:
    """A folder, an environment and, where there is one, a Hub; commands change all of them, as in a terminal."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        self.folder = folder / "work"
        self.home = folder / "home"
        self.folder.mkdir(parents=True)
        self.home.mkdir()
        self.stack = ExitStack()
        self.hub: Hub | None = None
        # What a page shows, and what stands for it here: addresses of Hubs.
        self.instead: dict[str, str] = {}
        (self.home / ".gitconfig").write_text("[user]\n  name = Sam\n  email = sam@acme.example\n[init]\n  defaultBranch = main\n")
        self.environment = clean_environment(
            HOME=str(self.home), HF_HOME=str(self.home / "huggingface"), PATH=f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
            LC_ALL="C.UTF-8", TMPDIR=str(folder), NO_PROXY="127.0.0.1", no_proxy="127.0.0.1")
        self.environment.pop("CI", None)
        self.environment.pop("GITHUB_ACTIONS", None)

    def close(self) -> None:
        self.stack.close()

    def with_hub(self) -> Hub:
        self.hub = self.stack.enter_context(Hub(self.root / "hub", speed=SPEED))
        self.environment |= {"HF_ENDPOINT": self.hub.endpoint, "HF_TOKEN": self.hub.token}
        return self.hub

    def endpoint(self) -> tuple[str, str]:
        """The Hub that commands talk to, and a token."""
        if self.hub:
            return self.hub.endpoint, self.hub.token
        return next(actual for actual in self.instead.values() if actual.startswith("http://")), "hf_local"

    def write(self, files: dict[str, str]) -> None:
        for path, text in files.items():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_text(text, encoding="utf-8")

    def run(self, *command: str) -> str:
        """A step of the set-up, which has to work."""
        done = subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stdout}{done.stderr}")
        return done.stdout

    def commit(self, message: str = "Spaces as code") -> None:
        if not (self.folder / ".git").exists():
            self.run("git", "init", "--quiet")
        self.run("git", "add", "--all")
        self.run("git", "commit", "--quiet", "--allow-empty", "--message", message)

    def remote(self) -> None:
        """An empty repository as `origin`, to which main has been pushed."""
        self.run("git", "init", "--quiet", "--bare", str(self.root / "remote.git"))
        self.run("git", "remote", "add", "origin", str(self.root / "remote.git"))
        self.run("git", "push", "--quiet", "origin", "HEAD:main")

    def apply(self) -> None:
        self.run("spaceform", "apply", "--auto-approve")


def empty(scene: Scene) -> None:
    """Nothing but the programs."""


def project(scene: Scene) -> None:
    """The example fleet in a repository, before its first apply."""
    scene.with_hub()
    shutil.copytree(FLEET, scene.folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    scene.environment |= {name: f"a value for {name}" for name in SECRET_VARIABLES}
    scene.commit()


def fleet(scene: Scene) -> None:
    """The example fleet, applied."""
    project(scene)
    scene.apply()
    scene.commit("The first apply")


def chat(scene: Scene) -> None:
    """A small project of the Spaces chat, search and api, applied, with a tag v1.2."""
    scene.with_hub()
    scene.write(CHAT | {
        "spaces/search.space.yaml": "name: search\nsdk: static\nsource: { path: apps/api }\n",
        ".gitignore": "/.spaceform/\n*.lock.bak\n",
    })
    scene.commit()
    scene.apply()
    scene.run("git", "tag", "v1.2")
    (scene.folder / "backup.lock").write_bytes((scene.folder / "spaceform.lock").read_bytes())


def renamed(scene: Scene) -> None:
    """`chat` was called old-chat when it was applied, and was renamed by hand."""
    scene.with_hub()
    scene.write(CHAT | {"spaces/chat.space.yaml": CHAT["spaces/chat.space.yaml"].replace("name: chat", "name: old-chat")})
    scene.commit()
    scene.apply()
    scene.hub.call("POST", "/api/repos/move", {"fromRepo": "acme/old-chat", "toRepo": "acme/chat", "type": "space"})


def shared(scene: Scene) -> None:
    """The example fleet with its state on a branch, after two applies."""
    project(scene)
    with (scene.folder / "spaceform.yaml").open("a") as file:
        file.write("state: { store: git }\n")
    scene.commit()
    scene.remote()
    scene.apply()
    app = scene.folder / "apps" / "text-api" / "requirements.txt"
    app.write_text(app.read_text() + "# A change.\n")
    definition = scene.folder / "spaces" / "text-api.space.yaml"
    definition.write_text(definition.read_text().replace("LOG_LEVEL: info", "LOG_LEVEL: debug"))
    scene.commit("A change")
    scene.run("git", "push", "--quiet", "origin", "HEAD:main")
    scene.apply()


def main_job(scene: Scene) -> None:
    """A job of some CI system for a commit of main."""
    shared(scene)
    scene.environment |= {"BRANCH": "main", "BUILD_ID": "7"}


def branch_job(scene: Scene) -> None:
    """The same for a commit of another branch."""
    shared(scene)
    scene.environment |= {"BRANCH": "louder", "BUILD_ID": "8"}


def apps(scene: Scene) -> None:
    """A repository with two apps and nothing of Spaceform yet."""
    scene.with_hub()
    scene.write({path: text for path, text in CHAT.items() if path.startswith("apps/")})
    scene.commit("Apps")
    scene.remote()
    scene.environment["COMMIT"] = "0123456789abcdef0123456789abcdef01234567"
    scene.instead["@COMMIT"] = f"@{scene.environment['COMMIT']}"


def organisation(scene: Scene) -> None:
    """An organisation whose Spaces were made by hand, and an empty folder."""
    hub = scene.with_hub()
    for name, sdk, body in (
        ("chat", "docker", {"hardware": "cpu-upgrade", "sleepTimeSeconds": 3600}),
        ("search", "static", {}),
        ("report", "docker", {"private": True}),
    ):
        scene_body = {"name": name, "organization": "acme", "type": "space", "sdk": sdk, "private": False} | body
        status, answer = hub.call("POST", "/api/repos/create", scene_body)
        if status != 200:
            raise RuntimeError(f"acme/{name}: {status} {answer}")
        files = {"README.md": f"---\ntitle: {name.capitalize()}\nemoji: 📄\ncolorFrom: blue\ncolorTo: indigo\nsdk: {sdk}\n---\n"}
        files |= {"Dockerfile": CHAT["apps/chat/Dockerfile"]} if sdk == "docker" else {}
        hub.call("POST", "/_hub/commit", {"space": f"acme/{name}", "files": files | {"index.html": f"<h1>{name}</h1>\n"}})
    hub.call("POST", "/api/spaces/acme/chat/variables", {"key": "LOG_LEVEL", "value": "info"})
    hub.call("POST", "/api/spaces/acme/chat/secrets", {"key": "API_KEY", "value": "made by hand"})
    deadline = time.monotonic() + 30
    while any(state["stage"] != "RUNNING" for state in hub.call("GET", "/_hub/state")[1]["spaces"].values()) and time.monotonic() < deadline:
        time.sleep(0.05)
    scene.write({"spaceform.yaml": "version: 1\nproject: demos\nowner: acme\n"})
    scene.run("git", "init", "--quiet")


def repository(scene: Scene) -> None:
    """This repository, as links, and another one that is to have its hooks."""
    for path in ROOT.iterdir():
        if path.name not in (".git", "spaceform.yaml") and not path.name.startswith((".build", ".venv")):
            (scene.folder / path.name).symlink_to(path)
    scene.run("git", "init", "--quiet", "YOUR-REPOSITORY")


def tracker(scene: Scene) -> None:
    """A copy of the tracker, an export of last month, and what a wizard saved."""
    for name in ("project.yaml", "backlog"):
        source = ROOT / "tracker" / name
        target = scene.folder / "tracker" / name
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    scene.run("spaceform-tracker", "export", "--out", "jira-old")
    saved = {
        "config.version": "2.0", "config.project": {"project.key": "HFTP", "project.lead": "lead"},
        "config.field.mappings": {"Epic Name": {"existing.custom.field": "10011"}, "Link blocks": {"link.type": "10000"}},
        "config.value.mappings": {"Status": {"Done": "10103"}},
    }
    for name in ("saved.txt", "configuration.txt"):
        scene.write({name: json.dumps(saved)})
    scene.write({"site-ids.json": scene.run("spaceform-tracker", "learn", "saved.txt")})


SCENES: dict[str, Callable[[Scene], None]] = {
    function.__name__: function for function in (empty, project, fleet, chat, renamed, shared, main_job, branch_job, apps, organisation, repository, tracker)
}


def variable_by_hand(scene: Scene, key: str, value: str, space: str) -> None:
    outside(scene, "POST", f"/api/spaces/{space}/variables", {"key": key, "value": value})


def outside(scene: Scene, method: str, path: str, body: object) -> None:
    """A call that Spaceform does not make, to the Hub of the scene or the one that the page started."""
    endpoint, token = scene.endpoint()
    status, answer = fetch(endpoint, token, method, path, body)
    if status != 200:
        raise RuntimeError(f"{method} {path}: {status} {answer.decode(errors='replace')}")


def commit_by_hand(scene: Scene, file: str, space: str) -> None:
    outside(scene, "POST", "/_hub/commit", {"space": space, "files": {file: "by hand\n"}})


# What happens beside the commands, in the words of `do:`; groups are what it is about.
ACTIONS: dict[str, Callable[..., None]] = {
    r"somebody writes (\w+)=(.*) at (\S+)": variable_by_hand,
    r"somebody commits (\S+) to (\S+)": commit_by_hand,
}


def act(words: str, scene: Scene) -> None:
    for pattern, action in ACTIONS.items():
        if found := re.fullmatch(pattern, words):
            action(scene, *found.groups())
            return
    raise KeyError(f"no action is called `{words}`; see ACTIONS in documentation/scenes.py")
