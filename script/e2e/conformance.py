"""Every Space-related method and command of the official Python client, at two versions, against spaceform-hub.

Each group of `conformance/groups` runs with a Hub of its own, once for each client, in that client's virtual environment. A method
or command that the installed client has and no check called fails the run, unless `conformance/scope.py` says why it is left out.

    conformance.py                 runs everything; fails when docs/conformance.md is not what the run shows
    conformance.py --write         writes docs/conformance.md
    conformance.py --group NAME    runs one group only, and says nothing about the page
"""

import argparse
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from harness import ROOT, Checks, Hub, clean_environment, workplace

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from conformance import page, scope  # noqa: E402

GROUPS = sorted(path.stem for path in (HERE / "conformance" / "groups").glob("*.py") if not path.stem.startswith("_"))

# Each client's interpreter.
CLIENTS = {"2.x": ROOT / ".venv" / "bin" / "python", "1.x": ROOT / ".venv-1.x" / "bin" / "python"}

SPEED = 50


def run_group(client: str, group: str, folder: Path) -> dict:
    place = folder / client / group
    with Hub(place / "hub", speed=SPEED) as hub:
        home = place / "home"
        home.mkdir(parents=True)
        environment = clean_environment(
            HF_ENDPOINT=hub.endpoint,
            HF_HOME=str(home / "huggingface"),
            HOME=str(home),
            HF_HUB_DISABLE_XET="1",
            HF_HUB_DISABLE_PROGRESS_BARS="1",
            HF_HUB_DISABLE_TELEMETRY="1",
            HF_HUB_DISABLE_UPDATE_CHECK="1",
            PYTHONPATH=str(HERE),
            PYTHONWARNINGS="ignore",
        )
        ended = subprocess.run(
            [str(CLIENTS[client]), "-m", "conformance.run", group, str(place / "work")],
            env=environment,
            capture_output=True,
            text=True,
            timeout=600,
        )
    if ended.returncode != 0:
        raise RuntimeError(f"group {group} with client {client} ended with {ended.returncode}:\n{ended.stderr}")
    return json.loads(ended.stdout)


def run_client(client: str, groups: list[str], folder: Path) -> page.ClientResult:
    """All groups, one after the other."""
    result = page.ClientResult(client)
    for group in groups:
        result.add(group, run_group(client, group, folder))
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write docs/conformance.md")
    parser.add_argument("--group", action="append", choices=GROUPS, help="run this group only")
    parser.add_argument("--client", action="append", choices=list(CLIENTS), help="run this client only")
    options = parser.parse_args()
    if not GROUPS:
        sys.exit(f"error: {HERE / 'conformance' / 'groups'} holds no group of checks, so there is nothing to run")
    for client, interpreter in CLIENTS.items():
        if not interpreter.exists():
            sys.exit(f"error: {interpreter} does not exist; it must be a Python with huggingface_hub {client}")
    groups = options.group or GROUPS
    clients = options.client or list(CLIENTS)
    checks = Checks()
    with workplace() as folder, ThreadPoolExecutor(len(clients)) as pool:
        results = list(pool.map(lambda client: run_client(client, groups, folder), clients))
    for result in results:
        for entry in result.results:
            sentence = f"{result.version}, {entry['group']}/{entry['check']}: {entry['sentence']}"
            checks.that(entry["problem"] is None, sentence, entry["problem"])
    if options.group is None and options.client is None:
        for result in results:
            checks.equal(result.unchecked(), [], f"{result.version}: every method and command in scope is checked")
            checks.equal(result.unused_options(), [], f"{result.version}: every option of every method is used")
        names = {name for result in results for name in [*result.methods, *result.commands]}
        stale = sorted(({*scope.OUT_OF_SCOPE_METHODS} | {*scope.OUT_OF_SCOPE_COMMANDS}) - names - {"upload_attachment"})
        checks.equal(stale, [], "what is out of scope exists in one of the clients")
        if options.write:
            page.write(ROOT / "docs" / "conformance.md", results)
        else:
            problem = page.stale(ROOT / "docs" / "conformance.md", results)
            checks.that(problem is None, "docs/conformance.md is what this run shows; else run conformance.py --write", problem)
    checks.finish()


if __name__ == "__main__":
    main()
