"""How often one running Space is started again by a change of three secrets, one variable, its hardware and its files.

No source says whether the Hub joins restarts that follow each other closely, so both are tried. If it does, the app is started once,
which is what the plan announces as `restarts`. If it does not, it is started once for each call that changes it, which is what the plan
announces as `restarts_at_most`; there is no call for several keys at once (facts of the wire: docs/local-hub.md), so that no client
can do with fewer calls while the app runs.
"""

import secrets
from pathlib import Path

from harness import Checks, Hub, Project, fetch_header, workplace
from request_budget import ONE_APP, writes

SPACE = """\
name: busy
sdk: docker
hardware: cpu-upgrade
sleep_time: 1h
visibility: private
source: {{ path: app }}
variables: {{ LEVEL: "{level}" }}
secrets:
  KEY_A: {{ env: KEY_A, version: {version} }}
  KEY_B: {{ env: KEY_B, version: {version} }}
  KEY_C: {{ env: KEY_C, version: {version} }}
"""

KEYS = ("KEY_A", "KEY_B", "KEY_C")
PATH = "/api/spaces/acme/busy"

# What the Hub's wire needs for it: a call for each key, one for the hardware, one commit.
WANTED = {
    ("POST", f"{PATH}/secrets"): 3,
    ("POST", f"{PATH}/variables"): 1,
    ("POST", f"{PATH}/hardware"): 1,
    ("POST", f"{PATH}/commit/main"): 1,
}


def starts(hub: Hub) -> int:
    """How often the platform has begun to start the app."""
    return int(fetch_header(hub, f"{PATH}/runtime", "X-Spaceform-Hub-Starts"))


def check(checks: Checks, folder: Path, joins: bool) -> None:
    title = "restarts that follow each other are joined" if joins else "every change restarts by itself"
    options = ("--assume", f"restart-coalescing={'yes' if joins else 'no'}")
    with Hub(folder / f"hub-{joins}", options=options) as hub:
        project = Project.copy(folder / f"busy-{joins}", hub, **{key: secrets.token_hex(24) for key in KEYS})
        for path in project.definitions:
            path.unlink()
        (project.folder / "app").mkdir()
        for name, text in ONE_APP.items():
            project.write(f"app/{name}", text)
        project.write("spaces/busy.space.yaml", SPACE.format(level="info", version=1))
        applied = project.run("apply", "--auto-approve")
        checks.that(applied.status == 0, f"{title}: the Space is made and runs", applied)
        before, asked = starts(hub), len(hub.requests())

        text = SPACE.format(level="debug", version=2).replace("cpu-upgrade", "t4-small")
        project.write("spaces/busy.space.yaml", text)
        project.write("app/server.py", ONE_APP["server.py"] + "# changed\n")
        planned = project.run("plan", "--format", "json").json()["totals"]
        applied = project.run("apply", "--auto-approve")
        checks.that(applied.status == 0, f"{title}: everything is changed at once", applied)

        changing = {call: count for call, count in writes(hub.requests()[asked:]).items() if "preupload" not in call[1]}
        checks.equal(changing, WANTED, f"{title}: each thing is written once")
        checks.equal((planned["restarts"], planned["rebuilds"]), (1, 1), f"{title}: the plan announces one restart, with a rebuild")
        checks.equal(planned["restarts_at_most"], sum(WANTED.values()), f"{title}: and how many there are at most")
        seen = starts(hub) - before
        announced = planned["restarts"] if joins else planned["restarts_at_most"]
        checks.equal(seen, announced, f"{title}: the app was started as often as announced")
        print(f"{title}: announced {planned['restarts']}, at most {planned['restarts_at_most']}; seen {seen}", flush=True)

        asked = len(hub.requests())
        again = project.run("apply", "--auto-approve")
        checks.that(again.status == 0 and not writes(hub.requests()[asked:]), f"{title}: applied again, nothing is written", again)
        checks.equal(starts(hub) - before, seen, f"{title}: and nothing restarts")


def main() -> None:
    checks = Checks()
    with workplace() as folder:
        check(checks, folder, joins=True)
        check(checks, folder, joins=False)
    checks.finish()


if __name__ == "__main__":
    main()
