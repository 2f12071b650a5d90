"""Superlatives as objects: what is said of places, what it rests on, and whether it may be said without more ado."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

# Below so many jobs a metro's share of them turns on a few answers of the survey.
LEAST_JOBS = 100_000


@dataclass(frozen=True)
class Statement:
    """That ``places``, each by its id, have the most by ``column`` of ``table``.

    ``low`` is the least lower bound of their values and ``rivals`` are the upper bounds of all others, in the column's
    unit; NA is no bound. ``size`` is what ``least_size`` is asked of, the smallest place's; ``counted`` says of what.
    A change must besides be of places ``in_both_releases`` and ``beyond_noise``; of anything else both are true.
    ``fallback`` is what may be said where the wording may not: the same of published figures only, or nothing.
    """

    places: tuple[str, ...]
    table: str
    column: str
    low: float
    rivals: Sequence[float]
    wording: str
    fallback: str
    size: float = float("nan")
    least_size: float = 0
    counted: str = ""
    in_both_releases: bool = True
    beyond_noise: bool = True


@dataclass(frozen=True)
class Measure:
    """A published column that places are ranked by: its ``table``, and ``key``, the column of the places' ids.

    ``low`` and ``high`` are the bounds of its values, by the index of the table's rows; NA is no bound.
    """

    table: str
    key: str
    column: str
    low: pd.Series
    high: pd.Series


def superlative(
    rows: pd.DataFrame, leaders: pd.DataFrame, by: Measure, wording: str, fallback: str, **asked: Any
) -> Statement:
    """That the rows ``leaders`` lead all others of ``rows`` by a measure; ``asked`` is what else Statement needs."""
    others = rows.index.difference(leaders.index)
    return Statement(
        places=tuple(leaders[by.key].astype("str")),
        table=by.table,
        column=by.column,
        low=by.low[leaders.index].min(skipna=False),
        rivals=by.high[others].to_list(),
        wording=wording,
        fallback=fallback,
        **asked,
    )


def is_large(size: float, least: float = LEAST_JOBS) -> bool:
    """Whether a place is known to reach the size that a statement on it asks for."""
    return bool(pd.notna(size) and size >= least)


@dataclass(frozen=True)
class Verdict:
    """Whether a statement stands as worded, and why not; ``reason`` is empty where it does."""

    stands: bool
    reason: str = ""


def judge(statement: Statement) -> Verdict:
    """A superlative stands where the place is large enough and its lower bound exceeds every rival's upper bound.

    One on a change stands only of places that both releases have, and only beyond noise.
    """
    if statement.least_size and not is_large(statement.size, statement.least_size):
        size = f"{statement.least_size:,.0f} {statement.counted}".rstrip()
        return Verdict(False, f"the place is not known to reach {size}")
    if not statement.in_both_releases:
        return Verdict(False, "its row is not in both releases")
    if not statement.beyond_noise:
        return Verdict(False, "the change is within noise")
    if pd.isna(statement.low):
        return Verdict(False, "its own value has no lower bound")
    if not statement.rivals:
        return Verdict(False, "there are no others to hold it against")
    unbounded = sum(bool(pd.isna(rival)) for rival in statement.rivals)
    if unbounded:
        return Verdict(False, f"{unbounded} of {len(statement.rivals)} others have no upper bound")
    if any(rival >= statement.low for rival in statement.rivals):
        return Verdict(False, "another's upper bound reaches its lower bound")
    return Verdict(True)


def worded(statement: Statement) -> str:
    """The statement's wording where it stands, else its fallback."""
    return statement.wording if judge(statement).stands else statement.fallback
