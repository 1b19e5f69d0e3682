"""Runs one group of checks with the client of this interpreter: `python -m conformance.run GROUP FOLDER`.

Writes one JSON object to standard output: what the client has, what was called, and how each check ended.
"""

import importlib
import json
import sys
import traceback
from pathlib import Path

import huggingface_hub
from huggingface_hub import HfApi

from . import scope
from .case import Case
from .recording import Record, api_class
from .registry import CHECKS, Disagreement


def main() -> None:
    group, folder = sys.argv[1], Path(sys.argv[2])
    # What the client prints goes to standard error, so that standard output is the result alone.
    output, sys.stdout = sys.stdout, sys.stderr
    methods = scope.methods(HfApi)
    commands = scope.commands()
    importlib.import_module(f"conformance.groups.{group}")
    known = set(methods) | {f"hf {name}" for name in commands}
    results = []
    for check in CHECKS:
        covers = [name for name in check.covers if name in known]
        if check.covers and not covers:
            continue
        record = Record()
        place = folder / check.name
        place.mkdir(parents=True)
        case = Case(check.name, api_class(record, list(methods)), record, commands, place)
        problem = None
        try:
            check.run(case)
            called = set(record.methods) | record.commands
            missing = [name for name in covers if name not in called]
            if missing:
                problem = f"the check covers {', '.join(missing)} and does not call it"
            elif case.count == 0:
                problem = "the check judged nothing"
        except Disagreement as disagreement:
            problem = str(disagreement)
        except Exception:
            problem = traceback.format_exc()
        results.append(
            {
                "check": check.name,
                "sentence": check.sentence,
                "covers": covers,
                "judged": case.count,
                "problem": problem,
                "options": {name: sorted(options) for name, options in record.methods.items()},
            }
        )
    json.dump(
        {"version": huggingface_hub.__version__, "methods": methods, "commands": commands, "results": results}, output
    )


if __name__ == "__main__":
    main()
