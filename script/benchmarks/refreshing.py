"""Plans against a Hub that is far away."""

import fleets
from bench import HERE, PYTHON, QUOTA, Bench, ratio, spaceform
from harness import Hub
from measure import Row, fastest, megabytes, repeat, run, say, seconds


def refresh(bench: Bench) -> list[Row]:
    say("refreshing 1,000 Spaces, the Hub answering after 50 ms")
    rows: list[Row] = []
    for kind, definition, options in (
        ("settings only", fleets.settings_only, ()),
        ("`--refresh full`", fleets.settings_only, ("--refresh", "full")),
        ("two variables and a secret in each", fleets.with_keys, ()),
    ):
        rows += refreshed(bench, kind, definition, options)
    return rows


def refreshed(bench: Bench, kind: str, definition, options: tuple[str, ...]) -> list[Row]:
    """A plan with nothing to do against a slow Hub, beside the official client asking the same sixteen calls at a time."""
    name = f"refresh-{definition.__name__}"
    folder, made = bench.folder / f"hub-{name}", bench.slow.get(name)
    output = bench.folder / f"{name}.txt"
    if made is None:
        say(f"making 1,000 Spaces: {kind}")
        with Hub(folder, speed=1, keep_state=True, options=QUOTA) as hub:
            made = bench.slow[name] = fleets.project(bench.folder / name, 1000, definition, hub)
            run(spaceform(made, "apply", "--auto-approve", "-q"), made.environment, output)
    with Hub(folder, speed=1, keep_state=True, options=(*QUOTA, "--latency", "50ms")) as hub:
        fleets.point(made, hub)
        before = len(hub.requests())
        ours = repeat(5, spaceform(made, "plan", "--detailed-exitcode", *options), made.environment, output=output)
        asked = hub.requests()[before:]
        calls = len(asked) / 5
        expand = [part.split("=")[1] for call in asked for part in call["query"].split("&") if part.startswith("expand=")]
        official = [PYTHON, str(HERE / "official_refresh.py"), "1000", ",".join(dict.fromkeys(expand))]
        if definition is fleets.with_keys or options:
            official.append("keys")
        theirs = repeat(3, official, made.environment, output=output)
    best, peer = fastest(ours), fastest(theirs)
    limit = calls / 16 * 0.05
    lists = [call for call in asked if call["path"] == "/api/spaces"]
    row = Row(
        f"plan of 1,000 Spaces, {kind}, 50 ms a call, fastest of 5",
        f"{seconds(best.wall)}, {calls:g} calls",
        f"official client, 16 threads, fastest of 3: {seconds(peer.wall)}",
        ratio(best.wall, peer.wall),
    )
    if len(official) == 4:
        row.budget, row.within = "3 calls", calls <= 3 and len(lists) <= 3 * 5
    else:
        row.measured += f"; {best.wall / limit:.2f} × the limit of {seconds(limit)}"
        row.budget, row.within = "1.2 × the limit", best.wall <= 1.2 * limit
    return [
        row,
        Row(
            "processor time of that plan",
            f"{seconds(best.user + best.system)}",
            f"{seconds(peer.user + peer.system)}",
            ratio(best.user + best.system, peer.user + peer.system),
        ),
        Row(
            "peak memory of that plan",
            megabytes(max(each.peak for each in ours)),
            megabytes(max(each.peak for each in theirs)),
        ),
    ]
