"""The tracker from outside: the backlog is sound, its schedule is what an independent computation says, and every exported file is read
back by readers that know nothing of the writer: the Java classes Jira uses, Python's, pandoc's, XML validators.

--items N measures the export of N items and holds it against --seconds and --megabytes, for a program built in release.
"""

import argparse

from backlog.commands import bad_input, difference, folders, learning, measure
from backlog.content import sound
from backlog.program import TRACKER
from backlog.schedules import schedule, schedule_forms
from harness import Checks, workplace
from jira import corpus
from jira.exports import every_file, random_texts
from jira.readers import Java
from jira.xml_files import project_import


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--megabytes", type=float, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    checks = Checks()
    with workplace() as work:
        if given.items:
            measure(checks, work, given.items, given.seconds, given.megabytes)
            return checks.finish()
        sound(checks)
        schedule(checks, TRACKER)
        schedule_forms(checks, work)
        nasty = work / "nasty"
        corpus.write(nasty, corpus.nasty_items())
        schedule(checks, nasty)
        with Java() as java:
            every_file(checks, java, "the backlog", TRACKER, work / "backlog-out")
            every_file(checks, java, "the corpus", nasty, work / "nasty-out")
            for name, tracker in (("the backlog", TRACKER), ("the corpus", nasty)):
                place = work / f"import of {name}"
                place.mkdir()
                project_import(checks, name, tracker, place)
            for seed in range(given.seed, given.seed + 3):
                random_texts(checks, java, work / f"seed-{seed}", seed)
        bad_input(checks, work)
        folders(checks, work)
        learning(checks, work)
        difference(checks, work)
        # The programs of the suite are not built for speed; what grows faster than the number of items shows all the same.
        measure(checks, work, 2000, 60, 400)
    checks.finish()


if __name__ == "__main__":
    main()
