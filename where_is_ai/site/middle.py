"""The median over metros, and whether it is a lower bound since some of them are known to have at least that only."""

from collections.abc import Iterable, Mapping, Sequence
from math import inf, isinf
from statistics import median, median_high
from typing import NamedTuple

import pandas as pd


class Middle(NamedTuple):
    """``at_least``: the median may be more than ``value``, since a metro up to it is known by a lower bound alone.

    It lies between ``low`` and ``high``, whatever each metro has within its range; None where that bounds nothing.
    """

    value: float
    at_least: bool
    low: float | None = None
    high: float | None = None


def middle(records: Iterable[Mapping], may_be_bounds: bool) -> Middle | None:
    """The median of the known values of rows of MetroProfiles, all of one measure; None where none is known.

    ``may_be_bounds`` says that the measure's table has lower bounds: they are the rows with no upper bound beside
    their lower. A bound above the middle leaves it where it is, whatever the metro has in truth.
    """
    found = [each for each in records if pd.notna(each["value"])]
    known = [(float(each["value"]), _is_bound(each)) for each in found]
    if not known:
        return None
    values = [value for value, _ in known]
    reach = median_high(values)
    at_least = may_be_bounds and any(bound and value <= reach for value, bound in known)
    return Middle(median(values), at_least, *_range(found, may_be_bounds))


def _range(records: Sequence[Mapping], may_be_bounds: bool) -> tuple[float | None, float | None]:
    """The medians of the lower and of the upper ends; no median of numbers within their ranges lies beyond them."""
    if not any(pd.notna(each[end]) for each in records for end in ("low", "high")):
        return None, None
    low = median(float(each["low"] if pd.notna(each["low"]) else each["value"]) for each in records)
    high = median(_upper(each, may_be_bounds) for each in records)
    return low, None if isinf(high) else high


def _upper(record: Mapping, may_be_bounds: bool) -> float:
    if pd.notna(record["high"]):
        return float(record["high"])
    return inf if may_be_bounds and _is_bound(record) else float(record["value"])


def _is_bound(record: Mapping) -> bool:
    return bool(pd.notna(record["low"]) and pd.isna(record["high"]))
