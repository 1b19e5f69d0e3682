"""What is asked of the Hub, and how often: making one Space, and planning a fleet that has nothing to do."""

import json
from collections import Counter
from urllib.parse import parse_qs

from harness import Checks, Hub, Project, workplace

ONE_SPACE = """\
name: lone
sdk: docker
hardware: t4-small
sleep_time: 1h
visibility: private
source: { path: app }
variables: { ONE: "1", TWO: { value: "2", description: The second } }
secrets:
  KEY_A: { env: FEEDBACK_ADMIN_KEY }
  KEY_B: { env: FLEET_REPORT_TOKEN }
"""
ONE_APP = {
    "Dockerfile": "FROM python:3.12-slim\nRUN useradd --uid 1000 user\nUSER user\nCOPY server.py .\nCMD [\"python\", \"server.py\"]\n",
    "server.py": "import http.server\nhttp.server.test(HandlerClass=http.server.SimpleHTTPRequestHandler, port=7860)\n",
    "README.md": "---\ntitle: Lone\nemoji: 🌱\ncolorFrom: green\ncolorTo: blue\nsdk: docker\n---\n\nA Space by itself.\n",
}


def writes(requests: list[dict]) -> Counter:
    """Writing calls by method and path; a read that the Hub takes as POST is not told apart."""
    return Counter((request["method"], request["path"]) for request in requests if request["method"] not in ("GET", "HEAD"))


def query(request: dict) -> dict[str, list[str]]:
    """A call's query, whether it was logged as text or as an object."""
    value = request.get("query") or ""
    if isinstance(value, str):
        return parse_qs(value.lstrip("?"))
    return {key: item if isinstance(item, list) else [item] for key, item in value.items()}


def check_one_create(checks: Checks, folder) -> None:
    with Hub(folder / "hub-one") as hub:
        project = Project.copy(folder / "one", hub)
        for path in project.definitions:
            path.unlink()
        project.write("spaces/lone.space.yaml", ONE_SPACE)
        (project.folder / "app").mkdir()
        for name, text in ONE_APP.items():
            project.write(f"app/{name}", text)
        applied = project.run("apply", "--auto-approve")
        checks.that(applied.status == 0, "one Space with everything is applied", applied)
        wanted = Counter(
            {
                ("POST", "/api/repos/create"): 1,
                ("POST", "/api/spaces/acme/lone/preupload/main"): 1,
                ("POST", "/api/spaces/acme/lone/commit/main"): 1,
            }
        )
        checks.equal(writes(hub.requests()), wanted, "making it is one create, one preupload and one commit")
        status, variables = hub.call("GET", "/api/spaces/acme/lone/variables")
        checks.equal({key: item["value"] for key, item in variables.items()}, {"ONE": "1", "TWO": "2"}, "its variables arrived")
        status, keys = hub.call("GET", "/api/spaces/acme/lone/secrets")
        checks.equal(sorted(keys), ["KEY_A", "KEY_B"], "its secrets arrived")
        status, runtime = hub.call("GET", "/api/spaces/acme/lone/runtime")
        checks.equal(runtime["hardware"], runtime["hardware"] | {"current": "t4-small", "requested": "t4-small"}, "its hardware is on")
        checks.equal(runtime.get("gcTimeout"), 3600, "its sleep time is set")


# What the definitions of examples/fleet declare.
WITH_VARIABLES = ("csv-profiler", "feedback", "fleet-report", "semantic-search", "text-api", "text-studio", "transcriber")
WITH_SECRETS = ("feedback", "fleet-report")
WITH_VOLUMES = ("feedback",)


def check_no_op_plan(checks: Checks, folder) -> None:
    with Hub(folder / "hub-fleet") as hub:
        project = Project.copy(folder / "fleet", hub)
        applied = project.run("apply", "--auto-approve")
        checks.that(applied.status == 0, "the fleet is applied", applied)
        before = len(hub.requests())
        planned = project.run("plan", "--detailed-exitcode")
        checks.that(planned.status == 0, "the plan has nothing to do", planned)
        asked = hub.requests()[before:]
        wanted = Counter({("GET", "/api/whoami-v2"): 1, ("GET", "/api/spaces"): 1})
        for kind, names in (("variables", WITH_VARIABLES), ("secrets", WITH_SECRETS), ("runtime", WITH_VOLUMES)):
            wanted.update({("GET", f"/api/spaces/acme/{name}/{kind}"): 1 for name in names})
        found = Counter((request["method"], request["path"]) for request in asked)
        checks.equal(found, wanted, "a plan with nothing to do asks for each thing once and for nothing else")
        lists = [request for request in asked if request["path"] == "/api/spaces"]
        checks.that(
            lists and all(query(request).get("author") == ["acme"] for request in lists), "the list is of the namespace", lists
        )
        checks.that(all(request["status"] == 200 for request in asked), "every answer was 200", asked)
        checks.that(all(request["account"] == "local" for request in asked), "every call was made as the token's account", asked)


FLEET = 1000


def check_thousand(checks: Checks, folder) -> None:
    with Hub(folder / "hub-thousand", options=("--assume", "api-quota=1000000")) as hub:
        project = Project.copy(folder / "thousand", hub)
        for path in project.definitions:
            path.unlink()
        for number in range(FLEET):
            text = f"name: s{number:04d}\nsdk: docker\nhardware: cpu-basic\nvisibility: private\n"
            project.write(f"spaces/s{number:04d}.space.yaml", text)
        applied = project.run("apply", "--auto-approve", "-q")
        checks.that(applied.status == 0, f"{FLEET} Spaces are applied", applied)
        status, _ = hub.call("POST", "/api/spaces/acme/s0007/variables", {"key": "THEIRS", "value": "1"})
        checks.equal(status, 200, "somebody else adds a variable")

        before = len(hub.requests())
        planned = project.run("plan", "--detailed-exitcode")
        checks.that(planned.status == 0, "the settings are as defined", planned)
        asked = Counter(request["path"] for request in hub.requests()[before:])
        checks.that(
            asked["/api/spaces"] <= 3 and asked == {"/api/whoami-v2": 1, "/api/spaces": asked["/api/spaces"]},
            f"a settings refresh of {FLEET} Spaces is a whoami and at most three lists",
            asked,
        )
        lists = asked["/api/spaces"]

        before = len(hub.requests())
        planned = project.run("plan", "--refresh", "full", "--detailed-exitcode", "--format", "json")
        checks.that(planned.status == 0, "so it is after a full refresh", planned)
        asked = Counter(request["path"] for request in hub.requests()[before:])
        wanted = Counter({"/api/whoami-v2": 1, "/api/spaces": lists})
        wanted.update(f"/api/spaces/acme/s{number:04d}/{kind}" for number in range(FLEET) for kind in ("variables", "secrets"))
        checks.equal(asked, wanted, "a full refresh also asks for the keys of each Space, once, and for nothing else")
        plan = json.loads(planned.stdout)
        found = {space["address"]: space["unmanaged"] for space in plan["spaces"] if "unmanaged" in space}
        checks.equal(found, {"acme/s0007": {"variables": ["THEIRS"], "secrets": []}}, "and lists the key that is not ours")
        checks.equal(plan["refresh"], "full", "the plan says how it came about")


def main() -> None:
    checks = Checks()
    with workplace() as folder:
        check_thousand(checks, folder)
        check_one_create(checks, folder)
        check_no_op_plan(checks, folder)
    checks.finish()


if __name__ == "__main__":
    main()
