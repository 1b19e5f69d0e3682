"""The plan that pre-push makes: `plan --refresh none` compares with the lock alone, without a token or the network."""

import json
from pathlib import Path

from harness import Checks

from .project import LOCK
from .repository import Repository


def offline_plan(checks: Checks, folder: Path) -> None:
    repository = Repository(folder / "offline" / "repository")
    repository.project()
    plan = ("plan", "--refresh", "none")

    ended = repository.spaceform(*plan, "--format", "json")
    checks.that(ended.status == 0 and "no spaceform.lock" in ended.stderr, "without a lock, token or network there is a plan", ended)
    found = ended.json()
    checks.equal((found["refresh"], [space["action"] for space in found["spaces"]]), ("none", ["create"]), "in which all is new")

    repository.write("spaceform.lock", json.dumps(LOCK))
    ended = repository.spaceform(*plan)
    checks.that("content changed (offline: files not compared)" in ended.stdout, "other files are told by their digest", ended)
    checks.that("Offline: compared with the lock alone" in ended.stdout, "the plan says what it was compared with", ended)
    change = repository.spaceform(*plan, "--format", "json").json()["spaces"][0]["changes"][0]
    recorded = json.loads(json.dumps(LOCK))
    recorded["spaces"]["acme/chat"]["content"]["digest"] = change["new"]
    repository.write("spaceform.lock", json.dumps(recorded))
    ended = repository.spaceform(*plan, "--detailed-exitcode")
    checks.that(ended.status == 0 and "No changes" in ended.stdout, "with the same digest there is nothing to do", ended)

    out = str(folder / "offline" / "saved.plan")
    for arguments in (("--out", out), ("--live-prices",), ("--adopt", "acme/chat"), ("--overwrite-foreign",)):
        ended = repository.spaceform(*plan, *arguments)
        checks.that(ended.status == 64 and "--refresh none" in ended.stderr, f"{arguments[0]} is refused with --refresh none", ended)
    checks.that(not Path(out).exists(), "and nothing is saved")
    Path(out).write_text(repository.spaceform(*plan, "--format", "json").stdout)
    ended = repository.spaceform("apply", out, "--auto-approve", HF_TOKEN="hf_local")
    checks.that(ended.status == 64 and "--refresh none" in ended.stderr, "such a plan is never applied", ended)
    ended = repository.spaceform("apply", "--refresh", "none", "--auto-approve")
    checks.equal(ended.status, 64, "apply takes no --refresh")

    repository.git("add", "--all")
    repository.commit()
    repository.write("spaceform.lock", json.dumps(recorded | {"project": "another"}))
    ended = repository.spaceform(*plan)
    checks.that(ended.status == 5 and "another" in ended.stderr, "a lock of another project is refused", ended)
    ended = repository.spaceform(*plan, "--revision", "HEAD")
    checks.that(ended.status == 0, "with a revision the lock is that revision's", ended)
    repository.stage("apps/chat/model.bin", f"version https://git-lfs.github.com/spec/v1\noid sha256:{'a' * 64}\nsize 5\n")
    repository.git("checkout", "--quiet", "HEAD", "--", "spaceform.lock")
    ended = repository.spaceform(*plan)
    text = ended.stdout + ended.stderr
    checks.that(ended.status == 3 and "git lfs pull" in text, "a large file that is not here is a finding, with the way out", ended)
