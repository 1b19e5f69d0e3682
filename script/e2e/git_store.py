"""The lock on a branch of a remote, with real git remotes and real applies: races, kills, takeovers, and remotes that misbehave.

--races PAIRS EIGHTS sets how many races of two and of eight are run; the promise is 100 and 20, the suite runs fewer.
"""

import argparse
import random
import time

from git_state.basics import check_basics
from git_state.damage import check_damage
from git_state.interference import check_interference
from git_state.races import check_races
from git_state.refusals import check_refusals
from git_state.rollback import check_rollback
from git_state.takeover import check_takeover
from git_state.transports import check_transports
from harness import Checks, workplace


def main() -> None:
    parts = {
        "basics": check_basics,
        "transports": check_transports,
        "refusals": check_refusals,
        "damage": check_damage,
        "rollback": check_rollback,
        "interference": check_interference,
        "takeover": lambda checks, folder: check_takeover(checks, folder, arguments.kills),
        "races": lambda checks, folder: (
            check_races(checks, folder, 2, arguments.races[0]),
            check_races(checks, folder, 8, arguments.races[1]),
        ),
    }
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--races", nargs=2, type=int, default=(6, 2), metavar=("PAIRS", "EIGHTS"))
    parser.add_argument("--kills", type=int, default=6, help="rounds of killed applies")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--only", choices=parts)
    arguments = parser.parse_args()
    seed = arguments.seed if arguments.seed is not None else random.randrange(1 << 32)
    random.seed(seed)
    print(f"seed {seed}", flush=True)
    checks = Checks()
    with workplace() as folder:
        for name, part in parts.items():
            if arguments.only in (None, name):
                started = time.monotonic()
                part(checks, folder)
                print(f"{name}: {time.monotonic() - started:.0f} s", flush=True)
    checks.finish()


if __name__ == "__main__":
    main()
