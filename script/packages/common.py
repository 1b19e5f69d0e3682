"""What every format needs: where the sources are, their version, the date of the files, running a program, ending with a message."""

import os
import platform
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROVIDER = "terraform-provider-huggingface"
COMMANDS = ["spaceform", "spaceform-hub", "spaceform-tracker"]
PROGRAMS = [*COMMANDS, PROVIDER]
SUMMARY = "Hugging Face Spaces as code"


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def fail(problem: str, *ways_out: str) -> None:
    sys.exit("\n  ".join([f"error: {problem}", *ways_out]))


def run(*command: str | Path, **options) -> str:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        fail(f"`{' '.join(str(word) for word in command)}` ended with status {done.returncode}", done.stderr.strip())
    return done.stdout


def version() -> str:
    """The one place that has it."""
    text = (ROOT / "Sources" / "SpaceModel" / "SpaceformVersion.swift").read_text(encoding="utf-8")
    return re.search(r'current = "([^"]+)"', text)[1]


def machine() -> str:
    """The processor, as the names of files and of platforms have it."""
    return platform.machine()


def moment() -> int:
    """What files are dated, so that the same sources make the same bytes."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return int(os.environ["SOURCE_DATE_EPOCH"])
    done = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return int(done.stdout) if done.returncode == 0 else int(time.time())


def dated() -> dict[str, str]:
    """An environment that says so to programs that write archives."""
    return os.environ | {"SOURCE_DATE_EPOCH": str(moment())}
