"""The median over metros, and whether it is a lower bound since some of them are known to have at least that only."""

from collections.abc import Iterable, Mapping
from statistics import median, median_high
from typing import NamedTuple

import pandas as pd


class Middle(NamedTuple):
    """``at_least``: the median may be more than ``value``, since a metro up to it is known by a lower bound alone."""

    value: float
    at_least: bool


def middle(records: Iterable[Mapping], may_be_bounds: bool) -> Middle | None:
    """The median of the known values of rows of MetroProfiles, all of one measure; None where none is known.

    ``may_be_bounds`` says that the measure's table has lower bounds: they are the rows with no upper bound beside
    their lower. A bound above the middle leaves it where it is, whatever the metro has in truth.
    """
    known = [(float(each["value"]), _is_bound(each)) for each in records if pd.notna(each["value"])]
    if not known:
        return None
    values = [value for value, _ in known]
    reach = median_high(values)
    return Middle(median(values), may_be_bounds and any(bound and value <= reach for value, bound in known))


def _is_bound(record: Mapping) -> bool:
    return bool(pd.notna(record["low"]) and pd.isna(record["high"]))
