"""Looking after a fleet: its status once and watched, logs read and followed, and what ends them."""

import json
import os
import subprocess
import time

from harness import Checks, Hub, Project, clean_environment, interrupt, program, wait, workplace

# Seconds of building and starting, so that there is something to follow.
SLOW = ("--assume", "build-seconds=120", "--assume", "start-seconds=20")


def lines_until(process: subprocess.Popen, what: str, seconds: float = 60) -> list[str]:
    """Lines of standard output up to the first that holds `what`."""
    os.set_blocking(process.stdout.fileno(), False)
    deadline, data = time.monotonic() + seconds, b""
    while what.encode() not in data and time.monotonic() < deadline and process.poll() is None:
        data += process.stdout.read() or b""
        time.sleep(0.02)
    os.set_blocking(process.stdout.fileno(), True)
    return data.decode(errors="replace").splitlines()


def check_status(checks: Checks, hub: Hub, project: Project) -> None:
    ended = project.run("status")
    checks.that(ended.status == 0, "the status of a healthy fleet is success", ended)
    header = ended.stdout.splitlines()[0].split("  ")
    for name in ("SPACE", "STAGE", "HARDWARE", "$/HOUR NOW", "$/MONTH", "COMMIT"):
        checks.that(name in [cell.strip() for cell in header], f"the table has a column {name}", ended)
    checks.that(f"{len(project.addresses)} Spaces: " in ended.stdout and "an hour now" in ended.stdout, "and a last line", ended)

    before = len(hub.requests())
    found = json.loads(project.run("status", "--format", "json").stdout)
    checks.equal([request["path"] for request in hub.requests()[before:]], ["/api/spaces"], "it takes one call")
    checks.equal([space["address"] for space in found["spaces"]], project.addresses, "JSON has every Space")
    checks.equal(
        round(sum(space["usd_hour_now"] for space in found["spaces"]), 6),
        round(found["totals"]["usd_hour_now"], 6),
        "the total is the sum",
    )
    few = json.loads(project.run("status", "text-api", "acme/feedback", "--format", "json").stdout)
    checks.equal([space["address"] for space in few["spaces"]], ["acme/feedback", "acme/text-api"], "Spaces can be chosen")
    ended = project.run("status", "acme/nowhere")
    checks.that(ended.status == 1 and "does not record it" in ended.stderr, "one that is not recorded is an error", ended)

    ended = project.run("pause", "text-api", "--yes")
    checks.that(ended.status == 0, "a Space is paused", ended)
    space = json.loads(project.run("status", "text-api", "--format", "json").stdout)["spaces"][0]
    checks.equal((space["stage"], space["usd_hour_now"], space["usd_month"]), ("PAUSED", 0, 0), "and costs nothing then")


def check_watch(checks: Checks, project: Project) -> None:
    watching = project.start("status", "--watch", "--every", "1")
    first = lines_until(watching, "an hour now")
    checks.that(any("PAUSED" in line for line in first), "a watch without a terminal begins with the table", first)
    ended = project.run("restart", "text-api", "--yes")
    checks.that(ended.status == 0, "the paused Space is restarted", ended)
    changes = lines_until(watching, "→ RUNNING")
    checks.that(
        changes and all(line.startswith("acme/text-api: ") for line in changes),
        "then it writes a line for the Space that changed, and none for others",
        changes,
    )
    began = time.monotonic()
    interrupt(watching)
    ended = wait(watching)
    checks.equal(ended.status, 130, "Ctrl-C ends it with 130")
    checks.that(time.monotonic() - began < 3, "at once", ended)


def check_logs(checks: Checks, hub: Hub, project: Project) -> None:
    ended = project.run("restart", "text-api", "--factory", "--yes")
    checks.that(ended.status == 0, "a Space is built again", ended)
    following = project.start("logs", "text-api", "--follow", "--format", "json")
    seen = [json.loads(line) for line in lines_until(following, '"kind":"run"')]
    kinds = [line["kind"] for line in seen]
    checks.that(
        "build" in kinds and kinds == sorted(kinds) and kinds[-1] == "run", "a followed log is the build's, then the app's", kinds
    )
    checks.equal(len({(line["kind"], line["timestamp"], line["text"]) for line in seen}), len(seen), "no line comes twice")
    whole = json.loads(project.run("logs", "text-api", "--build", "--tail", "1000", "--format", "json").stdout)
    checks.equal(
        [line["text"] for line in seen if line["kind"] == "build"], [line["text"] for line in whole["lines"]], "and none is missing"
    )
    interrupt(following)
    checks.equal(wait(following).status, 130, "Ctrl-C ends it with 130")

    project.run("restart", "text-api", "--factory", "--yes")
    ended = project.run("logs", "text-api", "--build")
    checks.that(ended.status == 0 and "Build Queued" in ended.stdout, "the log of a Space that builds is read", ended)
    piped = project.start("logs", "text-api", "--build", "--follow")
    piped.stdout.close()
    ended = piped.wait(60)
    piped.stderr.close()
    checks.equal(ended, 0, "when nobody reads any more it ends quietly")


def check_unresting_log(checks: Checks, folder) -> None:
    """Of a log that is being written without a pause, what is there when it is asked for is shown; the rest is not waited for."""
    with Hub(folder / "hub-talks", speed=1, options=("--assume", "build-seconds=9")) as hub:
        project = Project(folder / "talks", clean_environment(HF_ENDPOINT=hub.endpoint, HF_TOKEN=hub.token, HOME=str(folder)))
        (project.folder / "spaces").mkdir(parents=True)
        (project.folder / "app").mkdir()
        (project.folder / "spaceform.yaml").write_text("version: 1\nowner: acme\n")
        (project.folder / "spaces" / "talks.space.yaml").write_text(
            "name: talks\nsdk: docker\nvisibility: private\nsource: { path: app }\nwait: { for: none }\n"
        )
        steps = "".join(f"RUN echo {number}\n" for number in range(38))
        (project.folder / "app" / "Dockerfile").write_text(f"FROM alpine:3.20\n{steps}CMD [\"true\"]\n")
        ended = project.run("apply", "--auto-approve")
        checks.that(ended.status == 0, "a Space whose build writes without a pause is made", ended)
        ended = project.run("logs", "talks", "--build", "--format", "json")
        checks.that(ended.status == 0, "its log is read", ended)
        shown = [line["text"] for line in ended.json()["lines"]]
        stage = project.run("status", "talks", "--format", "json").json()["spaces"][0]["stage"]
        checks.equal(stage, "BUILDING", "the end of the build is not waited for")
        following = project.run("logs", "talks", "--build", "--follow", "--tail", "1000", "--format", "json")
        whole = [json.loads(line)["text"] for line in following.stdout.splitlines()]
        checks.that(shown and len(shown) < len(whole) and whole[: len(shown)] == shown, "what was there then is shown", (shown, whole))


def check_completion(checks: Checks, project: Project) -> None:
    """What a shell asks the program for when TAB is pressed behind a command that takes a Space."""
    for verb, prefix, wanted in (("logs", "text", ["text-api", "text-studio"]), ("status", "acme/text-a", ["acme/text-api"])):
        words = ["spaceform", verb, "-C", str(project.folder), prefix]
        asked = ["---completion", verb, "--", "positional@0", str(len(words) - 1), str(len(prefix)), *words]
        ended = subprocess.run([program("spaceform"), *asked], env=project.environment, capture_output=True, text=True, timeout=60)
        checks.equal(ended.stdout.split(), wanted, f"{verb}: a shell is offered the Spaces", ended.stderr)


def check_missing(checks: Checks, project: Project) -> None:
    ended = project.run("logs", "acme/nowhere", "--follow")
    checks.that(ended.status in (1, 4) and "acme/nowhere" in ended.stderr, "a Space that is not there is an error", ended)


def main() -> None:
    checks = Checks()
    with workplace() as folder, Hub(folder / "hub", speed=20, options=SLOW) as hub:
        project = Project.copy(folder / "fleet", hub)
        ended = project.run("apply", "--auto-approve")
        checks.that(ended.status == 0, "the example fleet is applied", ended)
        check_status(checks, hub, project)
        check_watch(checks, project)
        check_logs(checks, hub, project)
        check_missing(checks, project)
        check_completion(checks, project)
        check_unresting_log(checks, folder)
    checks.finish()


if __name__ == "__main__":
    main()
