"""Jobs as a runner runs them: each on a checkout of its own, with what the code host puts into its environment."""

import subprocess
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path

from action_runner import Ran, Runner
from code_host import CodeHost
from git_state.team import Team
from harness import Ended, Project, program


@dataclass
class Job:
    """A checkout, and the environment its script begins with."""

    folder: Path
    environment: dict[str, str]


class Jobs(ABC):
    """The jobs of one repository, numbered as they come; `name` is the code host's."""

    name: str

    def __init__(self, team: Team, host: CodeHost) -> None:
        self.team, self.host, self.run = team, host, 0

    @abstractmethod
    def job(self, revision: str, change: int | None = None, fork: bool = False, depth: int | None = None) -> Job | Runner:
        """A job for this revision: of main, or of a change request, whose branch may be in a fork."""

    @abstractmethod
    def do(self, job: Job | Runner, verb: str, **inputs: str) -> Ended | Ran:
        """What the action or component for this verb does, with these inputs."""

    @abstractmethod
    def fix(self, job: Job | Runner) -> Ended:
        """`ci drift --fix`, which no action or component does by itself."""

    def checkout(self, revision: str, depth: int | None) -> Project:
        """A clone for the next job, on a detached HEAD."""
        self.run += 1
        project = self.team.member(f"{self.name}{self.run}", depth=depth)
        shallow = ["--depth", str(depth)] if depth else []
        self.team.git("fetch", "--quiet", *shallow, "origin", revision, cwd=project.folder)
        self.team.git("checkout", "--quiet", "--detach", revision, cwd=project.folder)
        return project


def run(command: list[str], folder: Path, environment: dict[str, str]) -> Ended:
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    return Ended(command, done.returncode, done.stdout, done.stderr)


def spaceform(place, *words: str, **environment: str) -> Ended:
    """The program in the folder of a job or of a project, which is how a script calls it."""
    return run([program("spaceform"), *words], place.folder, place.environment | environment)
