"""What a run will cost, whether the day's budget has room for it, and over how many days it is spread if not."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.fetch import Library
from where_is_ai.archive.pace import Allowance
from where_is_ai.errors import BadUpstream, BudgetExceeded
from where_is_ai.layers.research.openalex import CALL_USD, institution
from where_is_ai.settings import is_set

# Any single entity costs nothing, and its headers tell the budget.
FREE = institution("I136199984")
# A day's budget without a key and with a free one.
KEYLESS_USD, KEYED_USD = 0.1, 1.0
# What OpenAlex says when the day's budget has no room for a call.
SPENT = "Insufficient budget"
# What is paid for is kept for a week: a plan of more days would pay for its first answers again and never end.
MOST_DAYS = 6

Say = Callable[[str], None]


class GoesOn(BudgetExceeded):
    """A day's part of a plan is done, and the rest is to be asked after ``wait``, when the budget is whole."""

    def __init__(self, problem: str, remedy: str = "", wait: timedelta = timedelta(0)):
        super().__init__(problem, remedy)
        self.wait = wait


@dataclass(frozen=True)
class Estimate:
    """Calls still to be paid for, by what they are for; ``basis`` says how they are known."""

    calls: dict[str, int]
    basis: str

    @property
    def number(self) -> int:
        return sum(self.calls.values())

    @property
    def usd(self) -> float:
        return self.number * CALL_USD

    def days(self, left: Allowance) -> int:
        """Over how many days it is spread, today included, with what is ``left`` of today's budget."""
        a_day = max(KEYED_USD if is_set("OPENALEX_API_KEY") else KEYLESS_USD, left.remaining_usd)
        return 1 + max(0, ceil((self.usd - left.remaining_usd) / a_day - 1e-9))

    def __str__(self) -> str:
        parts = ", ".join(f"{number:,} for {what}" for what, number in self.calls.items() if number)
        return f"{self.number:,} calls, ${self.usd:.4f} ({parts or 'all is paid for'}; {self.basis})"


def unpaid(library: Library, requests: Sequence[Request]) -> int:
    """How many of ``requests`` the archive can't answer for nothing."""
    return sum(
        not library.is_paid(request) for request in {request.url: request for request in requests}.values()
    )


def require_days(estimate: Estimate, library: Library, say: Say) -> None:
    """Say what will be asked, and over how many days where today's budget has no room for it.

    Raises BudgetExceeded where that would be more than MOST_DAYS, before anything of it is paid for.
    """
    left = library.allowance(FREE) if estimate.number else None
    if left is None:
        return say(f"OpenAlex will be asked {estimate}.")
    days = estimate.days(left)
    today = f"${left.remaining_usd:.4f} of today's budget are left"
    if days > MOST_DAYS:
        key = "Set OPENALEX_API_KEY (a free key has $1 a day, no key $0.10), or choose"
        raise BudgetExceeded(
            f"OpenAlex would be asked {estimate}; {today}, so it would take {days} days.",
            f"{'Choose' if is_set('OPENALEX_API_KEY') else key} the method article: what is archived is paid for again "
            "after a week.",
        )
    spread = f" It is more than that, so it is spread over {days} days." if days > 1 else ""
    return say(f"OpenAlex will be asked {estimate}; {today}.{spread}")


@contextmanager
def todays_part(estimate: Estimate, library: Library) -> Iterator[None]:
    """Turn the refusal that comes when the day's budget is spent into GoesOn."""
    try:
        yield
    except BadUpstream as refusal:
        if SPENT not in refusal.problem:
            raise
        left = library.allowance(FREE)
        wait = timedelta(seconds=left.resets_in_s) if left and left.resets_in_s else timedelta(days=1)
        hours = f"in {wait / timedelta(hours=1):.1f} hours"
        raise GoesOn(
            f"Today's budget of OpenAlex is spent before all was asked: {estimate}.",
            f"It is whole again {hours}: run again then, what is archived is not paid for twice within a week. Under "
            "Dagster the run goes on by itself.",
            wait,
        ) from None


def spent_usd(entries: Sequence[Entry]) -> float:
    """What the kept answers cost, by their own headers."""
    return round(
        sum(
            entry.cost_usd or 0.0 for entry in {entry.sha256 + entry.url: entry for entry in entries}.values()
        ),
        6,
    )
