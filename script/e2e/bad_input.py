"""Every failure a user can cause ends in one clear message with a way out, the documented exit status, and nothing lost."""

import contextlib
import http.server
import json
import resource
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from harness import Checks, Ended, Hub, Project, clean_environment, interrupt, program, wait, workplace

# Marks of a program that fell over instead of answering.
CRASH = ("Fatal error", "Illegal instruction", "stack dump", "Backtrace", "Swift/", "Optional(", "Error Domain=")


def ends_well(checks: Checks, title: str, ended: Ended, statuses: tuple[int, ...], *words: str) -> None:
    """The exit status, a message that contains each of the words in any case, and no sign of a crash."""
    checks.that(ended.status in statuses, f"{title}: exit status {' or '.join(map(str, statuses))}", ended)
    text = ended.text.lower()
    for word in words:
        choices = word.lower().split("|")
        checks.that(any(choice in text for choice in choices), f"{title}: the message says `{word}`", ended)
    checks.that(not any(mark in ended.text for mark in CRASH), f"{title}: one clear message, no crash", ended)


@contextlib.contextmanager
def server(status: int, content_type: str, body: bytes) -> Iterator[str]:
    """An HTTP server that answers everything alike."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = answer

        def log_message(self, *_) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listener:
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{listener.server_port}"
        finally:
            listener.shutdown()


def closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def definitions(checks: Checks, folder: Path) -> None:
    project = Project.copy(folder / "definitions")
    path = "spaces/text-api.space.yaml"
    good = project.read(path)

    def with_text(title: str, text: str, *words: str) -> None:
        project.write(path, text)
        for command in (("validate",), ("plan",)):
            environment = {"HF_ENDPOINT": f"http://127.0.0.1:{closed_port()}", "HF_TOKEN": "hf_local"}
            ended = project.run(*command, environment=environment)
            ends_well(checks, f"{title}, {command[0]}", ended, (3,), "text-api.space.yaml", *words)
        project.write(path, good)

    with_text("unreadable YAML", good + "variables: [unclosed\n  more: {\n")
    with_text("a tab for indentation", good + "secrets:\n\tKEY: { env: X }\n")
    with_text("a sequence where a mapping belongs", "- name: text-api\n- sdk: docker\n")
    with_text("a wrong type", good + "replicas: many\n", "replicas")
    with_text("another wrong type", good.replace("  LOG_LEVEL: info\n", "  LOG_LEVEL: [info]\n"), "LOG_LEVEL")
    with_text("a misspelt key", good + "hardwear: cpu-basic\n", "hardwear", "hardware")
    with_text("unknown hardware", good + "hardware: t4-smal\n", "t4-small")
    with_text("a name the Hub refuses", good.replace("name: text-api", "name: text--api"), "name")
    with_text("a duplicate key", good + "sdk: docker\n", "sdk")
    with_text("a secret as a literal", good + "secrets: { KEY: just-a-word }\n", "env")
    with_text("a missing source folder", good.replace("path: apps/text-api", "path: apps/nowhere"), "apps/nowhere")
    with_text("a source outside the project", good.replace("path: apps/text-api", "path: ../elsewhere"), "../elsewhere")

    (project.folder / path).write_bytes(b"name: text-api\ncard: { title: \xff\xfe }\n")
    ends_well(checks, "bytes that are no text", project.run("validate"), (3,), "text-api.space.yaml")
    project.write(path, good)

    empty = folder / "empty"
    empty.mkdir()
    ended = wait(
        subprocess.Popen(
            [program("spaceform"), "-C", str(empty), "plan"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=clean_environment(HOME=str(empty), HF_TOKEN="hf_local"),
        )
    )
    ends_well(checks, "a folder without a project", ended, (1, 3), "spaceform.yaml", "init")


def credentials(checks: Checks, folder: Path, hub: Hub) -> None:
    project = Project.copy(folder / "credentials", hub)
    ended = project.run("plan", environment={"HF_TOKEN": None})
    ends_well(checks, "no token", ended, (4,), "HF_TOKEN")
    ended = project.run("plan", environment={"HF_TOKEN": "hf_nobody"})
    ends_well(checks, "a wrong token", ended, (4,), "token")
    ended = project.run("apply", "--auto-approve", environment={"HF_TOKEN": "hf_readonly"})
    ends_well(checks, "a token that may only read", ended, (4,), "write|read-only|read only")
    checks.equal(hub.spaces(), [], "a token that may only read made nothing")
    project.write("spaceform.yaml", project.read("spaceform.yaml").replace("owner: acme", "owner: nobody-at-all"))
    ended = project.run("apply", "--auto-approve")
    ends_well(checks, "an unknown owner", ended, (1, 4), "nobody-at-all")


def hubs(checks: Checks, folder: Path) -> None:
    project = Project.copy(folder / "hubs", HF_TOKEN="hf_local")
    port = closed_port()
    ended = project.run("plan", environment={"HF_ENDPOINT": f"http://127.0.0.1:{port}"})
    ends_well(checks, "a Hub that is down", ended, (1,), f"127.0.0.1:{port}", "HF_ENDPOINT|connect|reach")
    answers = {
        "a page instead of JSON": (200, "text/html", b"<html><body>Welcome</body></html>"),
        "JSON of another shape": (200, "application/json", b'{"surprise": [1, 2, 3]}'),
        "JSON cut short": (200, "application/json", b'[{"_id": "66670e5163145c'),
        "nothing": (200, "application/json", b""),
        "an error page": (500, "text/html", b"<html>oops</html>"),
        "a teapot": (418, "text/plain", b"\x00\x01\x02"),
    }
    for title, answer in answers.items():
        with server(*answer) as endpoint:
            ended = project.run("plan", environment={"HF_ENDPOINT": endpoint}, timeout=120)
            ends_well(checks, f"a Hub that answers with {title}", ended, (1,), "Hub|answer")
    ended = project.run("plan", environment={"HF_ENDPOINT": "not an address"})
    ends_well(checks, "an endpoint that is no address", ended, (1, 64), "HF_ENDPOINT")


def locks(checks: Checks, project: Project) -> None:
    good = project.lock.read_bytes()

    def with_lock(title: str, data: bytes, statuses: tuple[int, ...], *words: str) -> None:
        project.lock.write_bytes(data)
        for command in (("plan",), ("apply", "--auto-approve")):
            ends_well(checks, f"{title}, {command[0]}", project.run(*command), statuses, "spaceform.lock", *words)
            checks.that(project.lock.read_bytes() == data, f"{title}, {command[0]}: the lock is left as it was")
        project.lock.write_bytes(good)

    lines = good.decode().splitlines(keepends=True)
    half = len(lines) // 2
    conflict = "<<<<<<< HEAD\n" + lines[half] + "=======\n" + lines[half] + ">>>>>>> other\n"
    with_lock("a lock with conflict markers", "".join([*lines[:half], conflict, *lines[half + 1 :]]).encode(), (1,), "conflict", "repair")
    lock = json.loads(good)
    checks.equal((lock["version"], lock["hub"]), (1, "local"), "the lock says its version and its hub")
    with_lock("a lock of a newer version", json.dumps(lock | {"version": 99}).encode(), (1,), "99|newer")
    with_lock("a lock of another hub", json.dumps(lock | {"hub": "https://huggingface.co"}).encode(), (5,), "huggingface.co")
    with_lock("a lock cut short", good[: len(good) // 2], (1,))
    with_lock("a lock of another shape", b'{"version": 1, "spaces": []}', (1,))
    with_lock("an empty lock", b"", (1,))
    ended = project.run("plan", "--detailed-exitcode")
    checks.that(ended.status == 0, "with its own lock back, the plan has nothing to do", ended)


def saved_plans(checks: Checks, folder: Path, hub: Hub, project: Project) -> None:
    saved = folder / "saved.plan"
    definition = project.read("spaces/text-api.space.yaml")
    project.write("spaces/text-api.space.yaml", definition.replace("LOG_LEVEL: info", "LOG_LEVEL: warning"))
    made = project.run("plan", "--out", str(saved))
    checks.that(made.status == 0 and saved.exists(), "a plan can be saved", made)

    edited = folder / "edited.plan"
    edited.write_text(saved.read_text().replace("warning", "debug"))
    checks.that(edited.read_text() != saved.read_text(), "the saved plan shows the change")
    ends_well(checks, "an edited plan", project.run("apply", str(edited), "--auto-approve"), (5,), "plan")

    (folder / "not.plan").write_text("this is no plan\n")
    ends_well(checks, "a file that is no plan", project.run("apply", str(folder / "not.plan"), "--auto-approve"), (1, 5), "not.plan")
    missing = str(folder / "missing.plan")
    ends_well(checks, "a plan that is not there", project.run("apply", missing, "--auto-approve"), (1,), "missing.plan")

    hub.call("POST", "/api/spaces/acme/text-api/variables", {"key": "LOG_LEVEL", "value": "error"})
    ends_well(checks, "a stale plan", project.run("apply", str(saved), "--auto-approve"), (5,), "acme/text-api", "plan")
    status, variables = hub.call("GET", "/api/spaces/acme/text-api/variables")
    checks.equal(variables["LOG_LEVEL"]["value"], "error", "a stale plan wrote nothing")

    fresh = project.run("plan", "--out", str(saved))
    checks.equal(fresh.status, 0, "the plan can be made again")
    applied = project.run("apply", str(saved), "--auto-approve")
    checks.that(applied.status == 0, "and applied as it was saved", applied)
    status, variables = hub.call("GET", "/api/spaces/acme/text-api/variables")
    checks.equal(variables["LOG_LEVEL"]["value"], "warning", "what the saved plan said is live")
    project.write("spaces/text-api.space.yaml", definition)
    checks.equal(project.run("apply", "--auto-approve").status, 0, "the fleet is as before")


def commands(checks: Checks, folder: Path, hub: Hub) -> None:
    """A definition may name a command that prints a secret: nothing but an apply that writes it runs it."""
    project = Project.copy(folder / "commands", hub)
    for old in (project.folder / "spaces").iterdir():
        old.unlink()
    ran = folder / "ran"
    project.write("spaceform.yaml", "version: 1\nproject: commands\nowner: acme\n")
    program = json.dumps(["sh", "-c", f"echo x >>'{ran}'; echo value"])
    project.write("spaces/tool.space.yaml", f"name: tool\nsdk: docker\nvisibility: private\nsecrets:\n  KEY: {{ command: {program} }}\n")
    for words in (["validate"], ["plan"], ["plan", "--refresh", "none"], ["plan", "--diff", "--out", str(folder / "commands.plan")], ["status"], ["drift"]):
        ended = project.run(*words)
        checks.that(ended.status in (0, 2) and not ran.exists(), f"`{' '.join(words[:3])}` runs no command of a definition", ended)
    ended = project.run("apply", "--auto-approve")
    checks.that(ended.status == 0 and ran.read_text() == "x\n", "an apply that writes the secret runs it, once", ended)
    project.write("spaces/tool.space.yaml", project.read("spaces/tool.space.yaml") + "variables: { A: b }\n")
    ended = project.run("apply", "--auto-approve")
    checks.that(ended.status == 0 and ran.read_text() == "x\n", "an apply that does not write it runs it not", ended)
    (project.folder / "spaces/tool.space.yaml").unlink()
    checks.equal(project.run("apply", "--auto-approve", "--allow-destroy").status, 0, "and it is gone again")


def full_disk(checks: Checks, project: Project) -> None:
    """No file may grow beyond three quarters of the lock: writing it fails half-way, as on a full disk (EFBIG for ENOSPC)."""
    before = project.lock.read_bytes()
    limit = len(before) * 3 // 4
    definition = project.read("spaces/text-api.space.yaml")
    project.write("spaces/text-api.space.yaml", definition.replace("LOG_LEVEL: info", "LOG_LEVEL: warning"))

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    ended = project.run("apply", "--auto-approve", limits=limited)
    ends_well(checks, "no room for the lock", ended, (1,), "spaceform.lock", "recover|again|space")
    checks.that(project.lock.read_bytes() == before, "no room for the lock: the old lock is whole")
    again = project.run("apply", "--auto-approve")
    checks.that(again.status == 0, "with room again, the next apply finishes", again)
    settled = project.run("plan", "--detailed-exitcode")
    checks.that(settled.status == 0, "and nothing is left to do", settled)
    project.write("spaces/text-api.space.yaml", definition)
    checks.equal(project.run("apply", "--auto-approve").status, 0, "the fleet is as before")


def usage(checks: Checks, project: Project) -> None:
    definition = project.read("spaces/text-api.space.yaml")
    project.write("spaces/text-api.space.yaml", definition.replace("LOG_LEVEL: info", "LOG_LEVEL: warning"))
    ends_well(checks, "apply without a terminal", project.run("apply"), (64,), "--auto-approve")
    project.write("spaces/text-api.space.yaml", definition)
    ends_well(checks, "an unknown option", project.run("plan", "--frobnicate"), (64,), "--frobnicate")
    ends_well(checks, "an unknown command", project.run("paln"), (64,), "paln")
    ends_well(checks, "a Space that is not in the state", project.run("state", "show", "acme/nowhere"), (1,), "acme/nowhere")


def taken_port(checks: Checks, hub: Hub) -> None:
    process = subprocess.Popen(
        [program("spaceform-hub"), "serve", "--port", str(hub.port)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=clean_environment(),
    )
    ended = wait(process, 20)
    ends_well(checks, "a port that is taken", ended, (1,), str(hub.port), "--port")


def interrupted(checks: Checks, folder: Path) -> None:
    # Slow enough that the apply still waits for its Spaces when Ctrl-C comes.
    with Hub(folder / "hub-slow", speed=10) as hub:
        project = Project.copy(folder / "interrupted", hub)
        process = project.start("apply", "--auto-approve")
        deadline = time.monotonic() + 60
        while process.poll() is None and not hub.spaces() and time.monotonic() < deadline:
            time.sleep(0.01)
        interrupt(process)
        ended = wait(process, 120)
        ends_well(checks, "Ctrl-C during apply", ended, (130,), "apply")
        checks.that(project.lock.exists(), "Ctrl-C during apply: the state is saved")
        recorded = sorted(json.loads(project.lock.read_text())["spaces"]) if project.lock.exists() else []
        checks.equal(recorded, hub.spaces(), "Ctrl-C during apply: the lock knows each Space that was made")
        again = project.run("apply", "--auto-approve")
        checks.that(again.status == 0, "after Ctrl-C, the next apply finishes", again)
        checks.equal(hub.spaces(), project.addresses, "after Ctrl-C, each Space is there once")
        settled = project.run("plan", "--detailed-exitcode")
        checks.that(settled.status == 0, "after Ctrl-C, nothing is left to do", settled)


def main() -> None:
    checks = Checks()
    with workplace() as folder:
        definitions(checks, folder)
        hubs(checks, folder)
        with Hub(folder / "hub") as hub:
            credentials(checks, folder, hub)
            taken_port(checks, hub)
            project = Project.copy(folder / "fleet", hub)
            applied = project.run("apply", "--auto-approve")
            if checks.that(applied.status == 0, "the fleet is applied", applied):
                locks(checks, project)
                saved_plans(checks, folder, hub, project)
                commands(checks, folder, hub)
                full_disk(checks, project)
                usage(checks, project)
        interrupted(checks, folder)
    checks.finish()


if __name__ == "__main__":
    main()
