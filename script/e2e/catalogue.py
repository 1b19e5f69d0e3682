"""`script/refresh-catalogue` brings the built-in table of hardware up to date with a Hub, and leaves the rest of the file alone."""

import subprocess
import sys
from pathlib import Path

from harness import PROGRAMS, ROOT, Checks, Hub, clean_environment, workplace

SCRIPT = ROOT / "script" / "refresh-catalogue"
TABLE = ROOT / "Sources" / "SpaceModel" / "Catalogue" / "catalogue.tsv"


def refresh(hub: Hub, table: Path, *options: str) -> subprocess.CompletedProcess:
    environment = clean_environment(HF_ENDPOINT=hub.endpoint, SPACEFORM_PROGRAMS=str(PROGRAMS), HOME=str(table.parent))
    return subprocess.run(
        [sys.executable, str(SCRIPT), "--table", str(table), *options], capture_output=True, text=True, env=environment
    )


def main() -> None:
    checks = Checks()
    with workplace() as folder, Hub(folder / "hub") as hub:
        table = folder / "catalogue.tsv"
        original = TABLE.read_text(encoding="utf-8")
        table.write_text(original, encoding="utf-8")
        ended = refresh(hub, table)
        checks.equal(ended.returncode, 0, "an up-to-date table is refreshed without a fault")
        checks.that("as the Hub says" in ended.stdout, "and that is said", ended.stdout + ended.stderr)
        checks.equal(table.read_text(encoding="utf-8"), original, "and the file is as it was")

        old = original.replace("CPU upgrade\t8 vCPU\t32 GB\t\t0.03", "CPU upgrade\t4 vCPU\t32 GB\t\t0.02")
        old = "\n".join(line for line in old.splitlines() if not line.startswith("flavour\tl4x1\t")) + "\n"
        old = old.replace("sdk\tdocker", "flavour\told-gpu\tOld\t1 vCPU\t1 GB\t\t9\nsdk\tdocker")
        table.write_text(old, encoding="utf-8")
        ended = refresh(hub, table, "--check")
        checks.equal(ended.returncode, 2, "--check ends with status 2 when something would change")
        checks.equal(table.read_text(encoding="utf-8"), old, "and changes nothing")
        ended = refresh(hub, table)
        checks.equal(ended.returncode, 0, "an old table is refreshed")
        for words in ("changed  cpu-upgrade", "added    l4x1", "kept     old-gpu"):
            checks.that(words in ended.stdout, f"it says `{words}`", ended.stdout + ended.stderr)
        new = table.read_text(encoding="utf-8")
        checks.that("CPU upgrade\t8 vCPU\t32 GB\t\t0.03" in new, "the price is the Hub's", new)
        checks.that("flavour\tl4x1\t1x Nvidia L4" in new, "the new flavour is there", new)
        checks.that("flavour\told-gpu" in new, "the old flavour is kept", new)
        checks.equal(
            [line for line in new.splitlines() if line.startswith("#")],
            [line for line in original.splitlines() if line.startswith("#")],
            "comments stay",
        )
        checks.that("version\t2026-07-21" not in new, "the version is the day of the refresh", new)
        checks.equal(refresh(hub, table, "--check").returncode, 0, "a refreshed table needs no other refresh")
    checks.finish()


if __name__ == "__main__":
    main()
