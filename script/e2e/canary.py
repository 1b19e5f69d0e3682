"""No secret is ever written down: a canary value goes through every command, and nothing that is left holds it."""

import base64
import json
import os
import secrets
import signal
import time
from pathlib import Path

from harness import Checks, Hub, Project, workplace


def disguises(value: str) -> dict[str, bytes]:
    """The forms in which the value would count as written down."""
    raw = value.encode()
    forms = {"plain": raw, "hex": raw.hex().encode()}
    for offset in range(3):
        # Base64 of the value inside a longer text: the characters that do not depend on what stands around it.
        text = base64.b64encode(b"\0" * offset + raw)
        forms[f"base64 at offset {offset}"] = text[-(-offset * 4 // 3) : len(text) // 4 * 4 - 4]
    return forms


class Search:
    def __init__(self, checks: Checks, values: list[str]) -> None:
        self.checks = checks
        self.forms = [(name, form) for value in values for name, form in disguises(value).items()]
        self.files = 0

    def found_in(self, data: bytes) -> str | None:
        return next((name for name, form in self.forms if form in data), None)

    def output(self, title: str, data: bytes) -> None:
        self.checks.that(self.found_in(data) is None, f"{title} does not show the canary", self.found_in(data))

    def tree(self, title: str, folder: Path) -> None:
        """Every file below the folder, and every file name."""
        held = []
        for path in sorted(folder.rglob("*")):
            if self.found_in(os.fsencode(str(path))):
                held.append(f"{path} (its name)")
            if path.is_file() and not path.is_symlink():
                self.files += 1
                form = self.found_in(path.read_bytes())
                if form:
                    held.append(f"{path} ({form})")
        self.checks.that(not held, f"{title}: no file holds the canary", "\n".join(held))


def main() -> None:
    checks = Checks()
    feedback, report, lock_key = (f"canary-{secrets.token_hex(20)}" for _ in range(3))
    search = Search(checks, [feedback, report, lock_key])

    # The search itself: each disguise of a planted value is found, and an innocent text is not.
    for name, form in disguises(feedback).items():
        checks.equal(search.found_in(b"before " + form + b" after") is not None, True, f"the search finds a {name} canary")
    planted = base64.b64encode(f'{{"value":"{feedback}"}}'.encode())
    checks.that(search.found_in(planted), "the search finds a canary inside encoded JSON")
    checks.that(search.found_in(b"canary") is None, "the search finds no canary where there is none")

    with workplace() as folder, Hub(folder / "hub", keep_state=True) as hub:
        environment = {"FEEDBACK_ADMIN_KEY": feedback, "FLEET_REPORT_TOKEN": report, "SPACEFORM_LOCK_KEY": lock_key}
        project = Project.copy(folder / "fleet", hub, **environment)

        def run(*arguments: str, statuses: tuple[int, ...] = (0,), **options) -> None:
            ended = project.run(*arguments, **options)
            title = f"`spaceform {' '.join(arguments)}`"
            checks.that(ended.status in statuses, f"{title} ends with {' or '.join(map(str, statuses))}", ended)
            search.output(title, ended.text.encode())

        for form in ("human", "json"):
            run("validate", "--format", form)
            run("plan", "--format", form)
        run("plan", "--out", str(folder / "saved.plan"))

        # Failing: a value is missing, then the token is refused.
        run("apply", "--auto-approve", "-v", statuses=(1, 3), environment={"FLEET_REPORT_TOKEN": None})
        run("apply", "--auto-approve", "-v", statuses=(4,), environment={"HF_TOKEN": "hf_readonly"})

        # Killed while it writes.
        process = project.start("apply", "--auto-approve", "-v")
        deadline = time.monotonic() + 60
        while process.poll() is None and not any(r["path"] == "/api/repos/create" for r in hub.requests()):
            if time.monotonic() > deadline:
                break
            time.sleep(0.005)
        process.kill()
        stdout, stderr = process.communicate()
        checks.equal(process.returncode, -signal.SIGKILL, "the first apply was killed while it made Spaces")
        search.output("the killed apply", stdout + stderr)
        search.tree("after the kill", folder)

        run("apply", "--auto-approve", "-v")
        for form in ("human", "json"):
            run("plan", "--detailed-exitcode", "--format", form)
            run("drift", "--format", form)
            run("status", "--format", form)
            run("state", "show", "acme/feedback", "--format", form)
            run("state", "list", "--format", form)
        # Another value is another write: the old one and the new one must both stay unseen.
        changed = f"canary-{secrets.token_hex(20)}"
        search.forms += [(name, form) for name, form in disguises(changed).items()]
        run("plan", "--format", "json", environment={"FEEDBACK_ADMIN_KEY": changed})
        run("apply", "--auto-approve", "-v", environment={"FEEDBACK_ADMIN_KEY": changed})

        # A value that stands in the definition by mistake is not repeated in the finding.
        definition = project.read("spaces/feedback.space.yaml")
        project.write("spaces/feedback.space.yaml", definition.replace("{ env: FEEDBACK_ADMIN_KEY, version: 1 }", feedback))
        for form in ("human", "json", "sarif", "github", "gitlab", "junit"):
            run("validate", "--format", form, statuses=(3,))
        project.write("spaces/feedback.space.yaml", definition)

        status, keys = hub.call("GET", "/api/spaces/acme/feedback/secrets")
        checks.that(status == 200 and "ADMIN_KEY" in keys, "the secret did reach the Hub", keys)
        search.tree("in the end", folder)
        checks.that(search.files > 100, "a whole tree was searched", search.files)
        checks.that(any(b'"path"' in line for line in hub.request_log.read_bytes().splitlines()), "the request log was searched")
        checks.that(json.dumps(hub.requests()).count("/secrets") > 0, "and it has calls about secrets")
    checks.finish()


if __name__ == "__main__":
    main()
