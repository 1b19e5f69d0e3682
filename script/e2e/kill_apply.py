"""SIGKILL of `spaceform apply` at a random moment, again and again; the next apply makes the fleet whole.

A number as first argument is the seed of another run's moments.
"""

import random
import signal
import subprocess
import sys
import time

from harness import Checks, Hub, Project, workplace

ROUNDS = 10


def main() -> None:
    checks = Checks()
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else random.randrange(1 << 32)
    moments = random.Random(seed)
    print(f"seed {seed}", flush=True)
    with workplace() as folder:
        with Hub(folder / "hub-whole", speed=20) as hub:
            project = Project.copy(folder / "whole", hub)
            started = time.monotonic()
            whole = project.run("apply", "--auto-approve")
            duration = time.monotonic() - started
            checks.that(whole.status == 0, "an apply left alone succeeds", whole)
            checks.equal(project.open_intents(), 0, "an apply left alone closes its journal")
        print(f"an apply left alone takes {duration:.2f} s", flush=True)

        killed = open_journals = 0
        for number in range(1, ROUNDS + 1):
            moment = moments.uniform(0.02, 0.95) * duration
            with Hub(folder / f"hub-{number}", speed=20) as hub:
                project = Project.copy(folder / f"fleet-{number}", hub)
                process = project.start("apply", "--auto-approve")
                try:
                    process.communicate(timeout=moment)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.communicate()
                was_killed = process.returncode == -signal.SIGKILL
                intents = project.open_intents()
                killed += was_killed
                open_journals += intents > 0
                made = len(hub.spaces())
                print(f"round {number}: killed after {moment:.2f} s, {made} Spaces made, {intents} intents open", flush=True)

                again = project.run("apply", "--auto-approve")
                checks.that(again.status == 0, f"round {number}: the next apply succeeds", again)
                checks.equal(hub.spaces(), project.addresses, f"round {number}: each Space is there once")
                settled = project.run("plan", "--detailed-exitcode")
                checks.that(settled.status == 0, f"round {number}: the fleet equals the definitions", settled)
                checks.equal(project.open_intents(), 0, f"round {number}: no journal is left open")
                creates = [r for r in hub.requests() if r["path"] == "/api/repos/create" and r["status"] == 200]
                checks.equal(len(creates), len(project.addresses), f"round {number}: no Space was made twice")
        print(f"{killed} of {ROUNDS} were killed, {open_journals} left an open journal", flush=True)
        checks.that(killed >= ROUNDS // 2, "most of the applies were killed before they ended", killed)
        checks.that(open_journals >= 1, "at least one left a journal to settle", open_journals)
    checks.finish()


if __name__ == "__main__":
    main()
