"""Keyless access from CI jobs: a job's identity is traded for a token per Space, by the programs, against the local Hub.

What must hold: one trade a Space; reads in bulk where a token reads, and Space by Space where none does; creates only with the bootstrap
token; pull requests never trade; no identity token, request token or traded token in anything that is said or written.
"""

import configparser
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from harness import Checks, Ended, Hub, clean_environment, program, wait, workplace
from issuer import Issuer

IDENTITY = "canaryheader.canarypayload.canarysignature"
REQUEST_TOKEN = "canary-request-token"
SPACES = ("one", "two", "three")
TEXT = "name: {name}\nsdk: docker\nvisibility: private\nvariables: {{ LEVEL: {level} }}\nsecrets: {{ KEY: {{ env: CANARY, version: 1 }} }}\n"
SECRET = "canary-secret-value"


class Job:
    """A project and the environment of a CI job in it."""

    def __init__(self, folder: Path, hub: Hub, issuer: Issuer) -> None:
        self.folder, self.hub, self.issuer = folder, hub, issuer
        (folder / "spaces").mkdir(parents=True)
        (folder / "spaceform.yaml").write_text("version: 1\nowner: acme\n")
        self.texts: list[str] = []
        self.level("info")

    def level(self, level: str) -> None:
        for name in SPACES:
            (self.folder / "spaces" / f"{name}.space.yaml").write_text(TEXT.format(name=name, level=level))

    def run(self, *arguments: str, github: bool = True, **more: str) -> tuple[Ended, list[dict], int]:
        """How it ended, what the Hub was asked meanwhile, and how many identity tokens were given out."""
        values = {"HF_ENDPOINT": self.hub.endpoint, "CANARY": SECRET, "SPACEFORM_OIDC": "1", "HOME": str(self.folder), "HF_HOME": str(self.folder / "none")}
        if github:
            values |= {
                "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "push",
                "ACTIONS_ID_TOKEN_REQUEST_URL": self.issuer.url, "ACTIONS_ID_TOKEN_REQUEST_TOKEN": REQUEST_TOKEN,
            }
        values |= more
        environment = {name: value for name, value in clean_environment().items() if not name.startswith(("GITHUB_", "ACTIONS_", "CI_"))}
        before, asked = len(self.hub.requests()), len(self.issuer.asked)
        process = subprocess.Popen(
            [program("spaceform"), "-C", str(self.folder), *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment | values,
        )
        ended = wait(process, 120)
        self.texts.append(ended.text)
        return ended, self.hub.requests()[before:], len(self.issuer.asked) - asked


def calls(requests: list[dict], method: str, ending: str) -> list[dict]:
    return [r for r in requests if r["method"] == method and r["path"].endswith(ending)]


def trades(requests: list[dict]) -> int:
    return len([r for r in calls(requests, "POST", "/oauth/token") if r["status"] == 200])


def lists(requests: list[dict]) -> int:
    return len([r for r in requests if r["path"] == "/api/spaces"])


def creating(checks: Checks, job: Job) -> None:
    ended, requests, _ = job.run("apply", "--auto-approve")
    checks.equal(ended.status, 4, "without a bootstrap token nothing is created", ended)
    checks.that("SPACEFORM_BOOTSTRAP_TOKEN" in ended.text, "and the way out is named", ended)
    checks.equal(calls(requests, "POST", "/api/repos/create"), [], "without trying")
    ended, requests, _ = job.run("apply", "--auto-approve", SPACEFORM_BOOTSTRAP_TOKEN=job.hub.token)
    checks.equal(ended.status, 0, "with one, Spaces are created", ended)
    checks.equal({r["account"] for r in calls(requests, "POST", "/api/repos/create")}, {"local"}, "by that token")
    for name in SPACES:
        checks.that(f"{job.hub.endpoint}/spaces/acme/{name}/settings" in ended.stderr, f"the page for the publisher of {name} is named", ended)
    checks.equal(job.hub.spaces(), [f"acme/{name}" for name in sorted(SPACES)], "all of them")


def keyless(checks: Checks, job: Job) -> None:
    job.level("debug")
    ended, requests, minted = job.run("apply", "--auto-approve", "-v", HF_DEBUG="1")
    checks.equal(ended.status, 0, "a change to Spaces that are there needs no key", ended)
    checks.equal(trades(requests), len(SPACES), "one trade a Space, for reads and writes together")
    checks.that(0 < minted <= len(SPACES), "an identity token for each trade at most", minted)
    checks.equal(lists(requests), 0, "no list: such a token sees one Space")
    checks.that("Space by Space: 3 calls" in ended.stderr, "and what that costs is said", ended)
    writes = calls(requests, "POST", "/variables")
    checks.equal(len(writes), len(SPACES), "every variable was written")
    checks.that("curl -X POST" in ended.stderr and "authorization: <token>" in ended.stderr, "HF_DEBUG shows the calls with the token masked", ended)
    checks.that("Root=1-" in ended.stderr, "and the Hub's ids of them")
    checks.that(all("audience=http" in path and "api-version=2&" in path for path in job.issuer.asked), "for the Hub as audience", job.issuer.asked)


def reading_with_a_token(checks: Checks, job: Job) -> None:
    job.level("warning")
    ended, requests, _ = job.run("apply", "--auto-approve", HF_TOKEN="hf_readonly")
    checks.equal(ended.status, 0, "a read-only token reads, the traded ones write", ended)
    checks.equal(trades(requests), len(SPACES), "one trade a Space")
    checks.that(lists(requests) >= 1 and "Space by Space" not in ended.stderr, "reads are in bulk", ended)
    ended, requests, minted = job.run("plan", "--detailed-exitcode", HF_TOKEN="hf_readonly")
    checks.equal((ended.status, trades(requests), minted), (0, 0, 0), "a plan with it trades nothing")


def pull_requests(checks: Checks, job: Job) -> None:
    job.level("error")
    for event in ({"GITHUB_EVENT_NAME": "pull_request"}, {"GITHUB_EVENT_NAME": "pull_request_target"}):
        ended, requests, minted = job.run("plan", "--detailed-exitcode", HF_TOKEN="hf_readonly", **event)
        checks.equal((ended.status, trades(requests), minted), (2, 0, 0), f"{event}: plans and trades nothing", ended)
        ended, requests, minted = job.run("apply", "--auto-approve", HF_TOKEN="hf_readonly", **event)
        checks.equal((ended.status, trades(requests), minted), (4, 0, 0), f"{event}: writes nothing", ended)
        ended, requests, minted = job.run("plan", **event)
        checks.equal((ended.status, requests, minted), (4, [], 0), f"{event}: has no token of its own", ended)
        checks.that("pull request" in ended.stderr, "and says why", ended)
    ended, requests, _ = job.run("plan", github=False, CI_PIPELINE_SOURCE="merge_request_event", HF_OIDC_ID_TOKEN=IDENTITY)
    checks.equal((ended.status, requests), (4, []), "a merge request of GitLab as well", ended)


def other_ways(checks: Checks, job: Job) -> None:
    ended, requests, minted = job.run("plan", "--detailed-exitcode", github=False, HF_OIDC_ID_TOKEN=IDENTITY)
    checks.equal((ended.status, trades(requests), minted), (2, 3, 0), "an identity token that is supplied is used as it is", ended)
    ended, requests, _ = job.run("plan", github=False)
    checks.equal((ended.status, requests), (4, []), "none at all is an error before the first call", ended)
    checks.that("HF_OIDC_ID_TOKEN" in ended.stderr, "that names what to set", ended)
    ended, requests, _ = job.run("plan", ACTIONS_ID_TOKEN_REQUEST_URL="", ACTIONS_ID_TOKEN_REQUEST_TOKEN="")
    checks.equal((ended.status, requests), (4, []), "a job without the permission", ended)
    checks.that("id-token: write" in ended.stderr, "is told of it", ended)
    ended, requests, _ = job.run("pause", "--yes", "acme/one", github=False, HF_OIDC_ID_TOKEN="canaryheader-and-no-more")
    checks.equal(ended.status, 4, "an identity the Hub does not take is a matter of access", ended)
    checks.that("trusted publisher" in ended.stderr and "/spaces/acme/one/settings" in ended.stderr, "with the page to mend it", ended)
    ended, _, _ = job.run("pause", "--yes", "acme/one", ACTIONS_ID_TOKEN_REQUEST_TOKEN="canary-request-token-wrong")
    checks.that(ended.status != 0, "an issuer that refuses is an error", ended)


def refused_writes(checks: Checks, folder: Path, issuer: Issuer) -> None:
    """A Hub on which traded tokens write content only."""
    with Hub(folder / "hub-content", options=("--assume", "oidc-writes=content")) as hub:
        job = Job(folder / "content", hub, issuer)
        ended, _, _ = job.run("apply", "--auto-approve", SPACEFORM_BOOTSTRAP_TOKEN=hub.token)
        checks.equal(ended.status, 0, "the Spaces are there", ended)
        job.level("debug")
        ended, _, _ = job.run("apply", "--auto-approve")
        checks.equal(ended.status, 4, "what the traded token is refused fails without a bootstrap token", ended)
        ended, requests, _ = job.run("apply", "--auto-approve", SPACEFORM_BOOTSTRAP_TOKEN=hub.token)
        checks.equal(ended.status, 0, "and is done with it where there is one", ended)
        statuses = Counter(r["status"] for r in calls(requests, "POST", "/variables"))
        checks.equal(statuses, Counter({403: 3, 200: 3}), "once each: refused, then done")
        searched(checks, job)


def logins(checks: Checks, folder: Path, hub: Hub) -> None:
    """The token of `hf auth login` is renewed before it runs out, and written where it was."""
    home = folder / "login"
    home.mkdir()
    (home / "spaces").mkdir()
    (home / "spaceform.yaml").write_text("version: 1\nowner: acme\n")

    def login(refresh: str, left: int) -> None:
        (home / "token").write_text("hf_oauth_old")
        (home / "stored_tokens").write_text(
            f"[work]\nhf_token = hf_other\n\n[me]\nhf_token = hf_oauth_old\nrefresh_token = {refresh}\nexpires_at = {int(time.time()) + left}\n"
        )
        (home / "stored_tokens").chmod(0o644)

    def run() -> Ended:
        environment = clean_environment(HF_ENDPOINT=hub.endpoint, HOME=str(home), HF_HOME=str(home))
        process = subprocess.Popen(
            [program("spaceform"), "-C", str(home), "pause", "--yes", "acme/one"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment,
        )
        return wait(process, 60)

    login("hf_refresh_local", 3600)
    ended = run()
    checks.equal(ended.status, 0, "a login with an hour left is renewed and used", ended)
    token = (home / "token").read_text().strip()
    checks.that(token.startswith("hf_oauth_") and token != "hf_oauth_old", "the new token is in the token file")
    stored = configparser.ConfigParser(interpolation=None)
    stored.read(home / "stored_tokens")
    checks.equal((stored["me"]["hf_token"], stored["work"]["hf_token"]), (token, "hf_other"), "and among the stored ones, the others as they were")
    checks.that(stored["me"]["refresh_token"].startswith("hf_refresh_local_"), "with its next refresh token")
    checks.that(int(stored["me"]["expires_at"]) > time.time() + 86400, "and its end")
    checks.equal([oct((home / name).stat().st_mode & 0o777) for name in ("token", "stored_tokens")], ["0o600", "0o600"], "for its owner alone")
    renewals = len(calls(hub.requests(), "POST", "/oauth/token"))
    checks.equal((run().status, len(calls(hub.requests(), "POST", "/oauth/token"))), (0, renewals), "once: the next run uses it as it is")
    login("hf_refresh_nobody", 3600)
    ended = run()
    checks.equal(ended.status, 4, "a login that is over is a matter of access", ended)
    checks.that("could not be renewed" in ended.stderr and "hf auth login" in ended.stderr, "and said as that", ended)
    checks.that("hf_refresh_nobody" not in ended.text and "hf_oauth_old" not in ended.text, "without the tokens")
    checks.equal((home / "token").read_text(), "hf_oauth_old", "which stay where they were")


def searched(checks: Checks, job: Job) -> None:
    written = [path.read_text(errors="replace") for path in job.folder.rglob("*") if path.is_file()]
    said = job.texts
    for credential in (IDENTITY, "canaryheader", REQUEST_TOKEN, "hf_jwt_", job.hub.token, SECRET):
        checks.that(not any(credential in text for text in said), f"{credential[:14]}… is never said")
        checks.that(not any(credential in text for text in written), f"{credential[:14]}… is never written")


def main() -> None:
    checks = Checks()
    issuer = Issuer(IDENTITY, REQUEST_TOKEN)
    with workplace() as folder:
        with Hub(folder / "hub") as hub:
            job = Job(folder / "job", hub, issuer)
            creating(checks, job)
            keyless(checks, job)
            reading_with_a_token(checks, job)
            pull_requests(checks, job)
            other_ways(checks, job)
            searched(checks, job)
            logins(checks, folder, hub)
        refused_writes(checks, folder, issuer)
    issuer.close()
    checks.finish()


if __name__ == "__main__":
    sys.exit(main())
