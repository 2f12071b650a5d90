"""How much of a metro's AI occupations BLS publishes: the marks, what they mean, and when a number is a lower bound."""

from collections.abc import Mapping

import pandas as pd

# From the strongest to the weakest: a metro has the weakest coverage of its occupations. What each means to a reader.
WORDS = {
    "all_published": "BLS published both occupations",
    "not_listed": "Lower bound: BLS doesn't list one of the two occupations here",
    "suppressed": "Lower bound: BLS withheld one of the two occupations here",
    "none_published": "Unknown: BLS published neither occupation here",
}
COVERAGES = tuple(WORDS)
WHOLE = COVERAGES[0]
# What an interval allows for: occupations that are not shown, and the survey's error in all or some of those that are.
INTERVALS = ("coverage", "coverage, sampling of published", "coverage, sampling")
INTERVAL = (
    "“At least” and “at most” allow for what is hidden and for the 90 % sampling error of what is shown: BLS's own, or "
    "where it gives none, the median of like-sized cells of May 2022."
)


def is_lower_bound(coverage: str) -> bool:
    """Whether a number of such coverage is a lower bound."""
    return coverage in ("not_listed", "suppressed")


def lower_bounds(metros: pd.DataFrame) -> pd.Series:
    """Which rows' numbers are lower bounds."""
    return metros["coverage"].map(is_lower_bound).astype(bool)


def row_is_lower_bound(row: Mapping[str, object]) -> bool:
    """Whether a row's numbers are lower bounds; the sampling error that may reach below them stands beside them."""
    return is_lower_bound(str(row["coverage"]))


def only_repeats(column: str, row: Mapping[str, object]) -> bool:
    """Whether a low or high only repeats its number: nothing is hidden, and the sampling error isn't given."""
    stem, _, end = column.rpartition("_")
    if end not in ("low", "high") or row.get("interval_holds") != "coverage":
        return False
    low, high = row.get(f"{stem}_low"), row.get(f"{stem}_high")
    return bool(pd.notna(low) and pd.notna(high) and low == high)
