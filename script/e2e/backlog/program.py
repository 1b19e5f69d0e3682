"""How the program is run, and the backlog of this repository."""

import subprocess
from pathlib import Path

from harness import ROOT, Ended, clean_environment, program

TRACKER = ROOT / "tracker"


def run(*arguments: str, folder: Path | None = None) -> Ended:
    command = [program("spaceform-tracker"), arguments[0], *(["-C", str(folder)] if folder else []), *arguments[1:]]
    ended = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=clean_environment(), timeout=300)
    return Ended(command, ended.returncode, ended.stdout, ended.stderr)


def differences(found: list, wanted: list) -> str:
    return "\n".join(f"wanted {w!r}\nfound  {f!r}" for f, w in zip(found, wanted) if f != w)[:3000]
