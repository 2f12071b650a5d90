"""Errors that a person can act on: each says what was wrong, where, and what to do."""

from collections.abc import Callable
from typing import Self


class WhereIsAIError(Exception):
    """Base of every error the project raises on purpose.

    ``problem`` says what was wrong and in which file or answer; ``remedy`` says what to do about it.
    Neither may ever hold a secret.
    """

    def __init__(self, problem: str, remedy: str = ""):
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem} {remedy}".strip())

    def reworded(self, change: Callable[[str], str]) -> Self:
        """The same error in other words, as when secrets are taken out."""
        return type(self)(change(self.problem), change(self.remedy))


class UsageError(WhereIsAIError):
    """The words of a command or a setting are off (exit status 2)."""


class BadUpstream(WhereIsAIError):
    """A source answered with something that is not what was asked for."""


class Absent(BadUpstream):
    """A source says that what was asked for does not exist."""


class BudgetExceeded(WhereIsAIError):
    """A run would cost more than what is left of the day's budget."""


class NotArchived(WhereIsAIError):
    """The archive holds no answer for this request and the run may not ask the source."""


class NoBrowser(WhereIsAIError):
    """No Chromium is there to draw the pictures with."""
