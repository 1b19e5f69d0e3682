"""A team: one bare remote, clones of a project that its members work in, and what the branch and the Hub say of their work."""

import json
import shutil
import subprocess
from pathlib import Path

from harness import Hub, Project

BRANCH = "spaceform-state"
NAMES = ("a", "b", "c")
# Leases of five minutes pass in this many times less; every process of a check is told the same.
SPEED = 30
FAST = {"SPACEFORM_TEST_LEASE_SPEED": str(SPEED)}


class Team:
    """One bare remote, and clones of a project that its members work in."""

    def __init__(self, folder: Path, hub: Hub) -> None:
        self.folder = folder
        self.hub = hub
        self.remote = folder / "remote.git"
        folder.mkdir(parents=True)
        self.environment: dict[str, str] = {}
        seed = self.member("seed", remote=None)
        self.environment = seed.environment
        self.git("init", "--quiet", "--bare", "--initial-branch=main", str(self.remote), cwd=folder)
        self.define(seed, "0")
        self.commit(seed, "The project")
        self.git("remote", "add", "origin", str(self.remote), cwd=seed.folder)
        self.push(seed)

    def git(self, *words: str, cwd: Path | None = None, check: bool = True) -> str:
        done = subprocess.run(
            ["git", *words], cwd=cwd or self.remote, env=self.environment, capture_output=True, text=True, check=False
        )
        if check and done.returncode != 0:
            raise RuntimeError(f"git {' '.join(words)}: {done.stderr}")
        return done.stdout.strip()

    def member(self, name: str, remote: str | None = "", depth: int | None = None) -> Project:
        """A clone of the project; its name is the user's."""
        project = Project.copy(self.folder / name, self.hub)
        project.environment |= {"USER": name, "GIT_CONFIG_NOSYSTEM": "1", "LOGNAME": name}
        project.environment["TMPDIR"] = str(self.folder)
        shutil.rmtree(project.folder)
        if remote is None:
            project.folder.mkdir()
            subprocess.run(["git", "init", "-q", "-b", "main"], cwd=project.folder, env=project.environment, check=True)
        else:
            shallow = ["--depth", str(depth)] if depth else []
            self.git("clone", "--quiet", *shallow, remote or f"file://{self.remote}", str(project.folder), cwd=self.folder)
        return project

    def define(self, project: Project, value: str, names: tuple[str, ...] = NAMES, **more: str) -> None:
        """Spaces that each have one variable, with this value."""
        settings = "".join(f", {key}: {word}" for key, word in more.items())
        project.write(
            "spaceform.yaml",
            f"version: 1\nproject: demos\nowner: acme\ndefaults: {{ wait: {{ for: none }} }}\nstate: {{ store: git{settings} }}\n",
        )
        (project.folder / "spaces").mkdir(exist_ok=True)
        for name in names:
            project.write(f"spaces/{name}.space.yaml", f"name: {name}\nvariables: {{ WHO: '{value}' }}\n")

    def commit(self, project: Project, message: str) -> str:
        self.git("add", "--all", cwd=project.folder)
        identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
        self.git(*identity, "commit", "--quiet", "--allow-empty", "-m", message, cwd=project.folder)
        return self.git("rev-parse", "HEAD", cwd=project.folder)

    def push(self, project: Project, branch: str = "main", *options: str) -> None:
        self.git("push", "--quiet", *options, "origin", f"HEAD:{branch}", cwd=project.folder)

    def file(self, name: str) -> str:
        return self.git("show", f"{BRANCH}:demos/{name}")

    def lock(self) -> dict:
        return json.loads(self.file("spaceform.lock"))

    def lease(self) -> dict:
        return json.loads(self.file("lease.json"))

    def has_journal(self) -> bool:
        return "journal.ndjson" in self.git("ls-tree", "--name-only", f"{BRANCH}:demos").split()

    def applies(self) -> list[str]:
        """Titles of the commits that ended an apply, oldest first."""
        return self.git("log", "--first-parent", "--reverse", "--format=%s", BRANCH).splitlines()[1:]

    def holders(self) -> list[tuple[int, int, str | None]]:
        """Term, sign and session of every commit of the branch in the order they were pushed."""
        history = []
        for commit in self.git("log", "--topo-order", "--reverse", "--format=%H", BRANCH).splitlines():
            text = self.git("show", f"{commit}:demos/lease.json", check=False)
            if text:
                lease = json.loads(text)
                history.append((lease["term"], lease["seq"], lease.get("session")))
        return history

    def values(self) -> set[str]:
        """What the Hub has as the value of each Space's variable."""
        found = set()
        for name in NAMES:
            status, variables = self.hub.call("GET", f"/api/spaces/acme/{name}/variables")
            found.add(variables["WHO"]["value"] if status == 200 else f"status {status}")
        return found

    def writes(self) -> list[str]:
        """Names of the Spaces whose variable was written, in the Hub's order."""
        return [
            request["path"].split("/")[4]
            for request in self.hub.requests()
            if request["method"] == "POST" and request["path"].endswith("/variables") and request["status"] == 200
        ]
