"""Runs the benches of script/bench and prints their table; see its --help."""

import contextlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

import checking  # noqa: E402
import hook  # noqa: E402
import others  # noqa: E402
import planning  # noqa: E402
import provider  # noqa: E402
import refreshing  # noqa: E402
from bench import REFERENCE, Bench  # noqa: E402
from harness import workplace  # noqa: E402
from measure import Row, fastest, say, seconds, table  # noqa: E402

# In the order in which they run.
ALL: dict[str, Callable[[Bench], list[Row]]] = {
    "startup": checking.startup,
    "plan": planning.plan,
    "apply": planning.apply,
    "engine": planning.engine,
    "terraform": provider.terraform,
    "growth": planning.growth,
    "lock": planning.lock,
    "validate": checking.validate,
    "staged": checking.staged,
    "refresh": refreshing.refresh,
    "upload": others.upload,
    "tracker": others.tracker,
    "hook": hook.hook,
}
# Take long, nearly all of it Terraform's or the compiler's: measured when they are asked for.
ASKED = {"engine", "terraform", "growth", "hook"}


def main() -> None:
    names = [argument for argument in sys.argv[1:] if not argument.startswith("--")] or [name for name in ALL if name not in ASKED]
    rows: list[Row] = []
    started = time.monotonic()
    load = os.getloadavg()[0]
    with workplace() as folder, contextlib.ExitStack() as stack:
        bench = Bench(folder, stack, "--instructions" in sys.argv)
        for name, measure in ALL.items():
            if name in names:
                say(f"== {name}")
                rows += measure(bench)
    print(table(rows))
    over = sum(row.within is False for row in rows)
    print(f"\n{over} of {sum(row.within is not None for row in rows)} over budget; {os.cpu_count()} cores, load {load:.1f} at the start.")
    python = fastest(bench.python).wall
    print(
        f"Budgets of time stand for a machine that starts Python in {seconds(REFERENCE)}; this one takes {seconds(python)}, "
        f"so `scaled` means: over the budget, and within {bench.slowness:.2f} times it."
    )
    say(f"took {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
