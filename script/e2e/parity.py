"""Wire parity: for each operation that both know, spaceform and the official Python client ask the same of the Hub.

Each client works on a local Hub of its own, with the same values, through a proxy that keeps what is asked. Every difference must have
its reason in `parity/reasons.py`, and every reason its difference.

    parity.py            fails when docs/parity.md is not what the run shows
    parity.py --write    writes docs/parity.md
    parity.py --show     prints the requests that were compared
"""

import argparse
import difflib
import os
import re
import sys
from pathlib import Path

from harness import AMBIENT, ROOT, Checks, Hub, workplace

sys.path.insert(0, str(Path(__file__).resolve().parent))
from parity import page  # noqa: E402
from parity.operations import OPERATIONS, Difference, Operation, differences, distinct, listing  # noqa: E402
from parity.ours import Ours  # noqa: E402
from parity.proxy import Proxy  # noqa: E402
from parity.reasons import ONLY_OURS, ONLY_THEIRS, REASONS  # noqa: E402
from parity.request import Mask, Request  # noqa: E402
from parity.values import IDENTITY, PART_SIZE, SECRETS  # noqa: E402

# Lists in several pages, and large files in several parts.
ASSUMED = ("--assume", "list-limit=1", "--assume", f"lfs-part-size={PART_SIZE}")
PAGE = ROOT / "docs" / "parity.md"


def route(request: Request) -> str:
    """Method and path, without what is of one Space, commit or file."""
    path = re.sub(r"acme/(lone|other|moved|page)", "{id}", request.path).replace("<commit>", "{commit}")
    path = re.sub(r"(/resolve/\{commit\})/.*", r"\1/{file}", path)
    path = re.sub(r"[0-9a-f]{64}", "{oid}", path)
    return f"{request.method} {re.sub(r'/parts/[0-9]+', '/parts/{number}', path)}"


def altered(requests: list[Request]) -> list[list[Request]]:
    """These requests with one part of one of them left out or changed, in every way."""
    found = []
    for number, request in enumerate(requests):
        for name, value in request.parts:
            for parts in ([], [(name, value + "?")]):
                rest = [part for part in request.parts if part[0] != name] + parts
                changed = Request(request.step, request.method, request.path, tuple(sorted(rest)))
                found.append([*requests[:number], changed, *requests[number + 1 :]])
    return found


def compare(checks: Checks, operation: Operation, ours: list[Request], theirs: list[Request]) -> list[Difference]:
    name = operation.name
    checks.that(ours, f"{name}: spaceform was seen to do it")
    checks.that(theirs, f"{name}: the official client was seen to do it")
    for client, requests in (("spaceform", ours), ("the official client", theirs)):
        sent = {part for request in requests for part, _ in request.parts}
        checks.that({*operation.has} <= sent, f"{name}: {client} sent {', '.join(operation.has)}", listing(requests))
    found = differences(operation, ours, theirs)
    for difference in dict.fromkeys(found):
        reasons = [reason for reason in REASONS if reason.names(difference)]
        checks.equal(len(reasons), 1, f"{name}: the difference in {difference.part} has a reason in parity/reasons.py", difference)
    # A comparison that could not see a difference would agree with anything.
    unseen = [changed for changed in altered(ours) if differences(operation, distinct(changed), theirs) == found]
    checks.equal(unseen, [], f"{name}: any part left out or changed would be seen")
    return found


def check_reasons(checks: Checks, found: list[Difference]) -> None:
    names = {operation.name for operation in OPERATIONS}
    for reason in REASONS:
        for name in reason.operations:
            needed = [item for item in found if item.operation == name and reason.names(item)]
            checks.that(name in names and needed, f"the reason for {reason.part} of {name} is needed; else take it out of parity/reasons.py")


def check_routes(checks: Checks, ours: list[Request], theirs: list[Request]) -> None:
    """Nothing else was asked than what is compared or named as one client's own."""
    compared = {
        route(request) for operation in OPERATIONS for request in ours if request.step == operation.ours and operation.covers(request)
    }
    for client, requests, own in (("spaceform", ours, ONLY_OURS), ("the official client", theirs, ONLY_THEIRS)):
        beyond = {route(request) for request in requests} - compared
        checks.equal(beyond, set(own), f"what {client} asks beyond that is named in parity/reasons.py, and nothing else is")


def check_masking(checks: Checks, mask: Mask, token: str, kept: list[Request]) -> None:
    values = [token, IDENTITY, *SECRETS.values()]
    text = repr(kept)
    checks.equal([name for name in ("<token>", "<identity>", "<secret KEY_A>") if name not in text], [], "secret values stand under names")
    checks.that(not any(value in text for value in values), "and none of them is kept itself")
    checks.that("Bearer hf_" not in text, "nor is a token that the Hub gave out")
    for value in values:
        request = Request.read(
            "", "POST", f"/api/{value}?{value}={value}",
            {"Authorization": f"Bearer {value}", "Accept": value, "Content-Type": "application/json"},
            b'{"a": {"b": ["%b", [{"%b": 1}]]}}' % (value.encode(), value.encode()), mask,
        )
        checks.that(value not in repr(request), "wherever a request carries one")
    stranger = Request.read("", "GET", "/", {"Authorization": "Bearer another-token"}, b"", mask)
    checks.that("another-token" not in repr(stranger), "a token that nobody told of is not kept either")


def check_page(checks: Checks, text: str, write: bool) -> None:
    if write:
        PAGE.write_text(text, encoding="utf-8")
    found = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    lines = difflib.unified_diff(found.splitlines(), text.splitlines(), "the page", "the run", lineterm="", n=1)
    checks.that(found == text, "docs/parity.md is what this run shows; else run parity.py --write", "\n".join(lines))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write docs/parity.md")
    parser.add_argument("--show", action="store_true", help="print the requests that were compared")
    options = parser.parse_args()
    checks = Checks()
    with (
        workplace() as folder,
        Hub(folder / "hub-ours", options=ASSUMED) as hub,
        Hub(folder / "hub-theirs", options=ASSUMED) as other,
    ):
        mask = Mask({hub.token: "<token>", IDENTITY: "<identity>"} | {value: f"<secret {name}>" for name, value in SECRETS.items()})
        with Proxy(hub.port, mask) as ours, Proxy(other.port, mask) as theirs:
            spaceform = Ours(checks, folder / "ours", hub, ours)
            spaceform.all_steps()
            if checks.failed:
                checks.finish()
            # Read when the client is imported. Nothing of the caller's own set-up may reach it, a proxy least of all.
            for name in [name for name in os.environ if AMBIENT.match(name) and not name.startswith("SPACEFORM_")]:
                del os.environ[name]
            os.environ.update(
                HF_ENDPOINT=theirs.endpoint,
                HF_TOKEN=other.token,
                HF_HOME=str(folder / "client"),
                HF_HUB_DISABLE_XET="1",
                HF_HUB_DISABLE_TELEMETRY="1",
                HF_HUB_DISABLE_PROGRESS_BARS="1",
            )
            from parity.theirs import VERSION, Theirs

            Theirs(folder / "theirs", other, theirs, spaceform.composed).all_steps()
        checks.equal(ours.failures + theirs.failures, [], "the Hub refused nothing")
        found: list[Difference] = []
        compared: dict[str, int] = {}
        for operation in OPERATIONS:
            mine = distinct([request for request in ours.requests(operation.ours) if operation.covers(request)])
            official = distinct([request for request in theirs.requests(operation.theirs) if operation.covers(request)])
            found += compare(checks, operation, mine, official)
            compared[operation.name] = sum(len(request.parts) for request in mine)
            if options.show:
                print(f"{operation.name}\n  spaceform        {listing(mine)}\n  huggingface_hub  {listing(official)}")
        check_reasons(checks, found)
        check_routes(checks, ours.requests(), theirs.requests())
        check_masking(checks, mask, hub.token, ours.requests() + theirs.requests())
        check_page(checks, page.page(VERSION, compared, found), options.write)
    checks.finish()


if __name__ == "__main__":
    main()
