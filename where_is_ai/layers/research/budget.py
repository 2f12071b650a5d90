"""What a run will cost before it starts, and whether the day's budget has room for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.fetch import Library
from where_is_ai.archive.pace import Allowance
from where_is_ai.errors import BudgetExceeded
from where_is_ai.layers.research.openalex import CALL_USD, institution
from where_is_ai.settings import is_set

# Any single entity costs nothing, and its headers tell the budget.
FREE = institution("I136199984")


@dataclass(frozen=True)
class Estimate:
    """Calls still to be paid for, by what they are for; ``basis`` says how they are known."""

    calls: dict[str, int]
    basis: str

    @property
    def usd(self) -> float:
        return sum(self.calls.values()) * CALL_USD

    def __str__(self) -> str:
        parts = ", ".join(f"{number:,} for {what}" for what, number in self.calls.items() if number)
        return f"{sum(self.calls.values()):,} calls, ${self.usd:.4f} ({parts or 'all is paid for'}; {self.basis})"


def unpaid(library: Library, requests: Sequence[Request]) -> int:
    """How many of ``requests`` the archive can't answer for nothing."""
    return sum(
        not library.is_paid(request) for request in {request.url: request for request in requests}.values()
    )


def require_budget(estimate: Estimate, library: Library) -> Allowance | None:
    """Raise BudgetExceeded where the estimate is more than what is left today; else what is left, None if unknown."""
    if not estimate.usd:
        return None
    left = library.allowance(FREE)
    if left is not None and estimate.usd > left.remaining_usd + 1e-9:
        key = "Set OPENALEX_API_KEY (a free key has $1 a day, no key $0.10), choose"
        again = f" It is whole again in {left.resets_in_s / 3600:.1f} hours." if left.resets_in_s else ""
        raise BudgetExceeded(
            f"OpenAlex would be asked {estimate}; ${left.remaining_usd:.4f} of today's budget are left.{again}",
            f"{'Choose' if is_set('OPENALEX_API_KEY') else key} the method article, or run again when "
            "the budget is whole: what is archived is not paid for twice within a week.",
        )
    return left


def spent_usd(entries: Sequence[Entry]) -> float:
    """What the kept answers cost, by their own headers."""
    return round(
        sum(
            entry.cost_usd or 0.0 for entry in {entry.sha256 + entry.url: entry for entry in entries}.values()
        ),
        6,
    )
