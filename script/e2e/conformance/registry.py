"""Checks and what each is about."""

from dataclasses import dataclass
from typing import Callable


class Disagreement(Exception):
    """The client or the Hub did something else than was expected."""


@dataclass(frozen=True)
class Check:
    name: str
    sentence: str
    # Methods of HfApi, and commands written `hf spaces list`, that must have been called for the check to count.
    covers: tuple[str, ...]
    run: Callable


CHECKS: list[Check] = []


def check(sentence: str, *covers: str):
    """Declares a check: a sentence that holds, and what it shows to work.

    A method that the installed client does not have is left out; a check that covers nothing of it is not run.
    """

    def declare(function: Callable) -> Callable:
        CHECKS.append(Check(function.__name__, sentence, covers, function))
        return function

    return declare
