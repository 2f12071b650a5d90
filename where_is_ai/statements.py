"""Superlatives as objects: what is said of a place, what it rests on, and whether it may be said without more ado."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

# Below so many jobs a metro's share of them turns on a few answers of the survey.
LEAST_JOBS = 100_000


@dataclass(frozen=True)
class Statement:
    """That the place ``place_id`` has the most by ``column`` of ``table``.

    ``low`` is the lower bound of its value and ``rivals`` are the upper bounds of all others, in the column's unit; NA
    is no bound. ``size`` is what ``least_size`` is asked of. ``fallback`` says the same of published figures only.
    """

    place_id: str
    table: str
    column: str
    low: float
    rivals: Sequence[float]
    wording: str
    fallback: str
    size: float = float("nan")
    least_size: float = 0


def is_large(size: float, least: float = LEAST_JOBS) -> bool:
    """Whether a place is known to reach the size that a statement on it asks for."""
    return bool(pd.notna(size) and size >= least)


@dataclass(frozen=True)
class Verdict:
    """Whether a statement stands as worded, and why not; ``reason`` is empty where it does."""

    stands: bool
    reason: str = ""


def judge(statement: Statement) -> Verdict:
    """A superlative stands where the place is large enough and its lower bound exceeds every rival's upper bound."""
    if statement.least_size and not is_large(statement.size, statement.least_size):
        return Verdict(False, f"the place is not known to reach {statement.least_size:,.0f}")
    if pd.isna(statement.low):
        return Verdict(False, "its own value has no lower bound")
    unbounded = sum(bool(pd.isna(rival)) for rival in statement.rivals)
    if unbounded:
        return Verdict(False, f"{unbounded} of {len(statement.rivals)} others have no upper bound")
    if any(rival >= statement.low for rival in statement.rivals):
        return Verdict(False, "another's upper bound reaches its lower bound")
    return Verdict(True)


def worded(statement: Statement) -> str:
    """The statement's wording where it stands, else its fallback."""
    return statement.wording if judge(statement).stands else statement.fallback
