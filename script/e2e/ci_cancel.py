"""A job that applies is cancelled at ten points, first kindly and then not, and run again: it converges, and nobody unlocks anything."""

import random
import signal
import subprocess
import time

from code_host import CodeHost
from git_state.team import FAST, Team
from harness import Checks, Hub, stop, workplace
from pipelines.gitlab import GitLabJobs, script_of
from pipelines.jobs import Job

POINTS = 10
NAMES = tuple("abcdefgh")


def cancelled(hub: Hub, job: Job, calls: int, patience: float) -> int:
    """Runs the component's script and ends it as a runner does when it has asked the Hub so often: SIGTERM to all of its processes, then
    SIGKILL."""
    script, variables = script_of("apply")
    process = subprocess.Popen(
        ["sh", "-e", "-c", script], cwd=job.folder, env=job.environment | variables | FAST, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    before = len(hub.requests())
    while process.poll() is None and len(hub.requests()) - before < calls:
        time.sleep(0.002)
    for number, wait in ((signal.SIGTERM, patience), (signal.SIGKILL, 30)):
        if process.poll() is None:
            try:
                subprocess.os.killpg(process.pid, number)
            except ProcessLookupError:
                break
            try:
                process.wait(wait)
            except subprocess.TimeoutExpired:
                continue
    if process.poll() is None:
        stop(process)
    return process.returncode


def main() -> None:
    checks = Checks()
    chance = random.Random(7)
    with workplace() as folder, Hub(folder / "hub", speed=200, options=("--latency", "50ms")) as hub, CodeHost() as host:
        team = Team(folder / "team", hub)
        jobs = GitLabJobs(team, host)
        writer = team.member("writer")
        ended = jobs.do(jobs.job(team.git("rev-parse", "main")), "apply")
        checks.equal(ended.status, 0, "the project is applied", ended)
        killed = 0
        for point in range(POINTS):
            team.git("pull", "--quiet", "origin", "main", cwd=writer.folder)
            team.define(writer, f"{point + 1}", names=NAMES[: point % 6 + 3])
            revision = team.commit(writer, f"Round {point}")
            team.push(writer)
            job = jobs.job(revision)
            # The first before it has asked for anything, others later and later; some die at once, some have time to give the lease back.
            status = cancelled(hub, job, point, chance.choice((0.0, 0.05, 5.0)))
            killed += status != 0
            again = jobs.job(revision)
            again.environment |= {"CI_PIPELINE_ID": job.environment["CI_PIPELINE_ID"]} | FAST
            ended = jobs.do(again, "apply")
            checks.equal(ended.status, 0, f"point {point}: run again it ends well", ended)
            checks.equal(team.values(), {f"{point + 1}"}, f"point {point}: and the Spaces are as defined")
            checks.that(not team.has_journal(), f"point {point}: and nothing is left open")
        checks.that(killed >= POINTS / 2, "most of the jobs were cancelled while they worked", killed)
        checks.that(len(set(hub.spaces())) == len(hub.spaces()), "no Space is there twice", hub.spaces())
    checks.finish()


if __name__ == "__main__":
    main()
