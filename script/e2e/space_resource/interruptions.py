"""What ends half-way: lost answers, a Ctrl-C, a time limit, a killed provider."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from harness import Checks, Hub

from .app import APP, SOURCE, app
from .space import Space


def lost(checks: Checks, folder: Path) -> None:
    """Calls whose answers are lost, and calls that are refused for a while."""
    faults = "create:reset-after*1,hardware:reset-after*1,commit:reset-after*1,variables:503*1,move:reset-before*1,list:503*1"
    with Hub(folder / "faulty-hub", speed=200, options=("--faults", faults)) as hub:
        space = Space(checks, folder / "lost", hub)
        app(space)
        space.declare(SOURCE)
        space.settled("a create and a commit whose answers are lost are found out about")
        space.declare(SOURCE + 'hardware = "t4-small"\nvariables = { A = "1" }')
        space.settled("hardware and variables, too")
        space.declare(SOURCE + 'name = "moved"\nhardware = "t4-small"\nvariables = { A = "1" }')
        space.settled("and a move that did not arrive")
        made = [request for request in hub.requests() if request["path"] == "/api/repos/create"]
        checks.equal((hub.spaces(), len(made)), (["acme/moved"], 1), "there is one Space, made once")
    with Hub(folder / "limited-hub", speed=200, options=("--faults", "create:429-action*9")) as hub:
        space = Space(checks, folder / "limited", hub)
        space.declare("")
        ended = space.failed("Creating acme/chat failed", "a limit of the Hub's is an error", place="name")
        checks.that("429" in ended.text, "in its own words", ended)
        checks.equal((space.run("state", "list").stdout, hub.spaces()), ("", []), "nothing was made, and nothing is in the state")


def halfway(checks: Checks, folder: Path) -> None:
    """A change that stops in the middle: what was done is in the state."""
    with Hub(folder / "half-hub", speed=200, options=("--faults", "hardware:403*1")) as hub:
        space = Space(checks, folder / "halfway", hub)
        space.declare('variables = { A = "1", B = "1" }')
        space.settled("a Space is made")
        space.declare('variables = { A = "2" }\nhardware = "t4-small"\nsleep_time = "1h"')
        space.failed("Requesting t4-small for acme/chat failed", "hardware is refused", place="hardware")
        values = space.values()
        checks.equal((values["variables"], values["hardware"]), ({"A": "2"}, "cpu-basic"), "the variables are done, the hardware is not")
        actions, names = space.changes()
        checks.equal((actions, names), (["update"], ["hardware", "sleep_time"]), "the next plan has what is left")
        space.settled("and does it", calls=["POST /api/spaces/acme/chat/hardware"])


def stopped(checks: Checks, folder: Path) -> None:
    """Ctrl-C in the middle of a create that waits, and of a create call itself."""
    for name, faults, wanted in (
        ("waiting", "commit:slow-build=10m*9", ["acme/chat"]), ("creating", "create:slow=4s*1", ["acme/chat"]),
    ):
        with Hub(folder / f"stop-{name}-hub", speed=1, options=("--faults", faults)) as hub:
            space = Space(checks, folder / f"stop-{name}", hub)
            app(space)
            space.declare(SOURCE if name == "waiting" else "")
            process = subprocess.Popen(
                space.command("apply", "-auto-approve", "-input=false"), env=space.environment, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True, stdin=subprocess.DEVNULL, start_new_session=True)
            mark = "/commit/main" if name == "waiting" else "/api/repos/create"
            # A call is in the log when it is answered.
            deadline = time.monotonic() + 60
            while name == "waiting" and time.monotonic() < deadline and not any(request["path"].endswith(mark) for request in hub.requests()):
                time.sleep(0.1)
            time.sleep(3 if name == "creating" else 1)
            began = time.monotonic()
            os.killpg(process.pid, signal.SIGINT)
            output, _ = process.communicate(timeout=90)
            checks.that(time.monotonic() - began < 15, f"Ctrl-C while {name} ends the apply soon", output)
            checks.that("panic" not in output and "plugin crashed" not in output and "inconsistent" not in output, "in good order", output)
            checks.equal(hub.spaces(), wanted, f"{name}: the Space is there", output)
            checks.that("huggingface_space.s" in space.run("state", "list").stdout, f"{name}: and in the state", output)
            checks.equal(space.run("destroy", "-auto-approve").status, 0, "destroy")
            checks.equal(hub.spaces(), [], "leaves nothing")


def stopped_among_many(checks: Checks, folder: Path) -> None:
    """Ctrl-C while many Spaces wait for their turn to be made."""
    with Hub(folder / "queue-hub", speed=1000, options=("--latency", "400ms")) as hub:
        space = Space(checks, folder / "queue", hub)
        space.write('resource "huggingface_space" "s" {\n  count = 60\n  name = "s-${count.index}"\n  sdk = "static"\n}\n')
        process = subprocess.Popen(
            space.command("apply", "-auto-approve", "-input=false", "-parallelism=50"), env=space.environment, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, stdin=subprocess.DEVNULL, start_new_session=True)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and sum(request["path"] == "/api/repos/create" for request in hub.requests()) < 3:
            time.sleep(0.1)
        began = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        output, _ = process.communicate(timeout=90)
        checks.that(time.monotonic() - began < 8, "Ctrl-C ends an apply in which many wait", output[-3000:])
        made = hub.spaces()
        known = [line for line in space.run("state", "list").stdout.splitlines() if line]
        checks.that(3 <= len(made) < 30, "some are made", made)
        checks.equal(len(known), len(made), "and Terraform knows of all of them", output[-3000:])
        ended = space.apply("-parallelism=50")
        checks.equal((ended.status, len(hub.spaces())), (0, 60), "the next apply makes the rest", ended)
        print(f"    stopped after {len(made)} of 60", flush=True)


def stopped_reading(checks: Checks, folder: Path) -> None:
    """Ctrl-C in a refresh that waits for a list."""
    with Hub(folder / "stuck-list-hub") as hub:
        space = Space(checks, folder / "stuck-list", hub)
        space.declare("")
        space.settled("a Space is made")
        hub.call("POST", "/_hub/faults", {"faults": "list:slow=60s*9", "seed": 1})
        process = subprocess.Popen(
            space.command("plan", "-input=false"), env=space.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            stdin=subprocess.DEVNULL, start_new_session=True)
        time.sleep(3)
        began = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        output, _ = process.communicate(timeout=90)
        checks.that(time.monotonic() - began < 10 and "plugin crashed" not in output, "Ctrl-C ends a refresh that waits", output)


def timeouts(checks: Checks, folder: Path) -> None:
    """A change that takes longer than it may."""
    with Hub(folder / "timeouts-hub", speed=1, options=("--faults", "commit:slow-build=10m*1")) as hub:
        space = Space(checks, folder / "timeouts", hub)
        app(space)
        space.declare(SOURCE + 'timeouts = { create = "soon" }')
        space.failed("length of time", "no length of time", place="timeouts")
        space.declare(SOURCE + 'timeouts = { create = "5s", update = "2m", delete = "1m" }')
        began = time.monotonic()
        space.failed("The time is over.*not done within 5s", "a create that is to take five seconds", place="timeouts")
        checks.that(time.monotonic() - began < 30, "takes no more")
        checks.that("huggingface_space.s" in space.run("state", "list").stdout, "the Space is in the state")
        checks.equal(space.run("untaint", "huggingface_space.s").status, 0, "kept")
        app(space, Dockerfile=APP["Dockerfile"] + "# again\n")
        space.settled("and the update has the time that it needs")
        checks.equal(space.run("destroy", "-auto-approve").status, 0, "destroy")


def killed(checks: Checks, folder: Path) -> None:
    """The provider is killed while a new Space is built: the one case in which Terraform does not know of it."""
    with Hub(folder / "killed-hub", speed=1, options=("--faults", "commit:slow-build=20s*1")) as hub:
        space = Space(checks, folder / "killed", hub)
        app(space)
        space.declare(SOURCE)
        process = subprocess.Popen(
            space.command("apply", "-auto-approve", "-input=false"), env=space.environment, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not any(request["path"].endswith("/commit/main") for request in hub.requests()):
            time.sleep(0.1)
        plugins = [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/stat") if parent(path) == process.pid]
        checks.equal(len(plugins), 1, "the provider is Terraform's child")
        for plugin in plugins:
            os.kill(plugin, signal.SIGKILL)
        output, _ = process.communicate(timeout=60)
        checks.that(process.returncode == 1, "Terraform says so", output)
        space.failed("acme/chat exists already.*terraform import", "the Space is not made twice", place="name")
        ended = space.run("import", "huggingface_space.s", space.address)
        checks.equal(ended.status, 0, "imported", ended)
        space.settled("it is applied as if nothing had happened", calls=[])
        checks.equal(space.run("destroy", "-auto-approve").status, 0, "destroy")


def parent(stat: Path) -> int | None:
    with contextlib.suppress(OSError):
        return int(stat.read_text().rsplit(")", 1)[1].split()[1])
    return None
