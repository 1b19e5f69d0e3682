"""Applies that begin at the same time: one does its work, the others are turned away and told why."""

from pathlib import Path

from harness import Checks, Hub, wait

from .history import check_history
from .team import NAMES, Team


def check_races(checks: Checks, folder: Path, contenders: int, races: int) -> None:
    """As many applies at once, each of its own definitions; all of a race's values on the Hub are of one of them."""
    with Hub(folder / f"hub-{contenders}", options=("--latency", "50ms")) as hub:
        team = Team(folder / f"races-{contenders}", hub)
        members = [team.member(f"member{number}") for number in range(contenders)]
        first = members[0].run("apply", "--auto-approve")
        checks.that(first.status == 0, f"races of {contenders}: the fleet is made", first)
        began, winners, losers, reruns = len(team.writes()), 0, 0, 0
        applies = len(team.applies())
        wrong = []
        for race in range(races):
            for number, member in enumerate(members):
                team.define(member, f"race {race} of {number}")
            running = [member.start("apply", "--auto-approve") for member in members]
            ended = [wait(process) for process in running]
            statuses = [end.status for end in ended]
            winners += statuses.count(0)
            losers += statuses.count(6)
            if 0 not in statuses or set(statuses) - {0, 6}:
                wrong.append(f"race {race} ended with {statuses}\n" + "\n".join(map(str, ended)))
            for end in ended:
                if end.status == 6 and "holds it" not in end.stderr:
                    wrong.append(f"race {race}: a loser is not told why\n{end}")
            values = team.values()
            locked = {space["variables"]["WHO"] for space in team.lock()["spaces"].values()}
            if len(values) != 1 or values != locked:
                wrong.append(f"race {race}: the Hub has {values}, the lock {locked}")
            for number, member in enumerate(members):
                if statuses[number] == 6:
                    again = member.run("apply", "--auto-approve")
                    reruns += again.status == 0
                    if again.status != 0 or team.values() != {f"race {race} of {number}"}:
                        wrong.append(f"race {race}: member {number} run again\n{again}")
        what = f"{races} races of {contenders}"
        checks.that(not wrong, f"{what}: one applies, the others end with status 6 and succeed when run again", "\n".join(wrong))
        checks.equal(reruns, losers, f"{what}: every loser succeeds when run again")
        writes = team.writes()[began:]
        runs = [sorted(writes[place : place + 3]) for place in range(0, len(writes), 3)]
        mixed = [run for run in runs if run != list(NAMES)]
        checks.that(not mixed, f"{what}: no two wrote at the same time, as the Hub's log tells it", mixed)
        checks.equal(len(runs), winners + reruns, f"{what}: each that ended well wrote all of its values, once")
        changed = [title for title in team.applies()[applies:] if title.startswith("demos: 3 changed")]
        checks.equal(len(changed), winners + reruns, f"{what}: each of them has its line in the history")
        check_history(checks, team, what)
        print(f"{what}: {winners} won, {losers} lost and were run again", flush=True)
