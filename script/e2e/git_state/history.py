"""Who held the lease, as the branch's history tells it."""

from harness import Checks

from .team import Team


def check_history(checks: Checks, team: Team, what: str) -> None:
    """Exactly one holder at a time."""
    last: tuple[int, int, str | None] = (0, 0, None)
    wrong = []
    for entry in team.holders():
        term, sign, session = entry
        takes = term == last[0] + 1 and last[2] is None and session is not None
        goes_on = term == last[0] and sign > last[1] and session in (last[2], None) and last[2] is not None
        if not takes and not goes_on:
            wrong.append(f"{last} then {entry}")
        last = entry
    checks.that(not wrong and last[2] is None, f"{what}: one holder after another, and nobody at the end", "\n".join(wrong))
