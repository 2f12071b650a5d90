"""Between which numbers a cell's employment lay before BLS rounded it."""

import numpy as np
import pandas as pd

from where_is_ai.occupations import TOTAL

# BLS rounds each cell to the nearest 10 jobs, and its jobs per 1,000 to three decimals.
ROUNDING_JOBS = 5
ROUNDING_JOBS_1000 = 0.0005
# Where a total was derived and not received, both figures of a cell may miss each other by so much.
SLACK_JOBS = 1


def between(cells: pd.DataFrame) -> pd.DataFrame:
    """``low`` and ``high`` of the unrounded employment of ``cells`` (OewsCells), in jobs; NA where not published.

    BLS computes JOBS_1000 from unrounded employment: with the area's total it leaves less than the rounding of
    TOT_EMP does, in all but the largest metros. Both hold at once; where they miss each other by SLACK_JOBS at most,
    the number is between them, and where by more, one is wrong and the interval spans both.
    """
    low, high = _by_rounding(cells)
    by_ratio_low, by_ratio_high = _by_ratio(cells)
    by_ratio_low, by_ratio_high = by_ratio_low.fillna(low), by_ratio_high.fillna(high)
    inner_low, inner_high = np.maximum(low, by_ratio_low), np.minimum(high, by_ratio_high)
    apart = inner_low - inner_high > SLACK_JOBS
    return pd.DataFrame(
        {
            "low": np.minimum(inner_low, inner_high).mask(apart, np.minimum(low, by_ratio_low)).clip(lower=0),
            "high": np.maximum(inner_low, inner_high).mask(apart, np.maximum(high, by_ratio_high)),
        }
    )


def at_totals(cells: pd.DataFrame) -> pd.DataFrame:
    """What bounds the unrounded employment of ``cells`` at each total of jobs that its area may have.

    At a total of T jobs a cell has at least the greater of ``low`` and ``low_per_job`` × T, and at most the lesser of
    ``high`` and ``high_per_job`` × T. Where its two figures miss each other, or one is not given, only what ``between``
    says holds.
    """
    low, high = _by_rounding(cells)
    by_ratio_low, by_ratio_high = _by_ratio(cells)
    agree = ((by_ratio_low <= high) & (low <= by_ratio_high)).fillna(False).astype(bool)
    alone = between(cells)
    return pd.DataFrame(
        {
            "low": low.where(agree, alone["low"]),
            "low_per_job": ((cells["jobs_1000"] - ROUNDING_JOBS_1000) / 1000).where(agree, 0.0),
            "high": high.where(agree, alone["high"]),
            "high_per_job": ((cells["jobs_1000"] + ROUNDING_JOBS_1000) / 1000).where(agree, np.inf),
        }
    )


def _by_rounding(cells: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """What TOT_EMP leaves of employment, in jobs."""
    rounded = cells["employment"].astype("Float64")
    return rounded - ROUNDING_JOBS, rounded + ROUNDING_JOBS


def _by_ratio(cells: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """What JOBS_1000 and the area's total leave of it, in jobs; NA where one is not given."""
    total = cells["area_code"].map(total_employment(cells)).astype("Float64")
    return (
        (cells["jobs_1000"] - ROUNDING_JOBS_1000) * (total - ROUNDING_JOBS) / 1000,
        (cells["jobs_1000"] + ROUNDING_JOBS_1000) * (total + ROUNDING_JOBS) / 1000,
    )


def contradicting(cells: pd.DataFrame) -> pd.DataFrame:
    """The published ``cells`` whose TOT_EMP and JOBS_1000 can't both hold, with both figures."""
    found = between(cells)
    apart = (found["high"] - found["low"]) > 2 * ROUNDING_JOBS
    columns = ["release", "area_code", "area_title", "occ_code", "employment", "jobs_1000"]
    return cells.loc[apart.fillna(False), columns]


def total_employment(cells: pd.DataFrame) -> pd.Series:
    """Jobs of all occupations per area_code of ``cells`` (OewsCells of one release), as BLS rounds them."""
    return cells[cells["occ_code"] == TOTAL].set_index("area_code")["employment"]
