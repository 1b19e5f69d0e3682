"""`validate` on whatever a folder or a repository may hold: one clear message or finding each, no crash and no wait; and the verdict is on
what is staged, with nothing touched, in every kind of repository."""

import shutil

from harness import Checks, workplace
from validation.contents import contents, endless, thousands
from validation.folders import links_inside, names, strange, unreadable
from validation.repositories import repositories
from validation.staging import staged


def main() -> None:
    checks = Checks()
    with workplace() as folder:
        for check in (contents, strange, links_inside, unreadable, names, thousands, endless, repositories, staged):
            below = folder / check.__name__
            below.mkdir()
            check(checks, below)
            shutil.rmtree(below, ignore_errors=True)
    checks.finish()


if __name__ == "__main__":
    main()
