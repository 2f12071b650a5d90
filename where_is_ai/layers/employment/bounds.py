"""How many AI workers a metro has at least and at most: what BLS does not show, and how sure it is of what it shows."""

import numpy as np
import pandas as pd

from where_is_ai.layers.employment.coverage import WHOLE
from where_is_ai.occupations import COMPUTER_AND_MATHEMATICAL, TOTAL

# BLS rounds each cell to the nearest 10 jobs.
ROUNDING_JOBS = 5
# Of a normal distribution: 90 % lie within so many standard errors, as BLS itself publishes its intervals.
Z_90 = 1.645


def bounds(cells: pd.DataFrame, occupations: tuple[str, ...]) -> pd.DataFrame:
    """Per area_code of ``cells`` (OewsCells of one release): the AI workers, in jobs, and what bounds them.

    ``ai_workers`` sums the published cells of ``occupations``; ``coverage`` is the weakest of them;
    ``hidden_at_most`` is what the others can have together; ``sampling_error`` is half the 90 % interval of the
    published cells, their errors added linearly since nothing says that they are independent.
    ``ai_workers_low`` and ``ai_workers_high`` join both, and ``interval_holds`` says which they hold.
    """
    areas = pd.Index(cells["area_code"].unique(), name="area_code")
    of_ai = cells[cells["occ_code"].isin(occupations)]
    published = of_ai[of_ai["status"] == "published"]
    found = pd.DataFrame(
        {
            "ai_workers": published.groupby("area_code")["employment"].sum(),
            "coverage": coverage(statuses(of_ai, areas, occupations)),
            "hidden_at_most": hidden_at_most(cells),
            "sampling_error": summed_if_all_known(sampling_error(published), published["area_code"]),
        },
        index=areas,
    )
    found["hidden_at_most"] = found["hidden_at_most"].mask(found["coverage"] == WHOLE, 0)
    return found.join(_interval(found))


def statuses(cells: pd.DataFrame, areas: pd.Index, occupations: tuple[str, ...]) -> pd.DataFrame:
    """The status of each occupation (columns) in each area; NA where it is not listed."""
    found = cells.pivot(index="area_code", columns="occ_code", values="status")
    return found.reindex(index=areas, columns=list(occupations))


def coverage(statuses: pd.DataFrame) -> pd.Series:
    """The weakest coverage per row of ``statuses``: a column per occupation, NA where it is not listed."""
    published = (statuses == "published").fillna(False)
    found = pd.Series("all_published", index=statuses.index)
    found[statuses.isna().any(axis=1)] = "not_listed"
    found[(statuses == "suppressed").fillna(False).any(axis=1)] = "suppressed"
    found[~published.any(axis=1)] = "none_published"
    return found


def hidden_at_most(cells: pd.DataFrame) -> pd.Series:
    """Jobs per area_code that its unpublished computer and mathematical occupations can have together.

    What the published group 15-0000 leaves over the published occupations in it, every figure taken at the end of
    its rounding that leaves most. NA where the workbook does not have the group.
    """
    published = cells[cells["status"] == "published"]
    group = published[published["occ_code"] == COMPUTER_AND_MATHEMATICAL].set_index("area_code")["employment"]
    parts = published[is_detailed(published["occ_code"])].groupby("area_code")["employment"]
    shown = parts.agg(["sum", "size"]).reindex(group.index, fill_value=0)
    left = group - shown["sum"] + ROUNDING_JOBS * (shown["size"] + 1)
    return left.clip(lower=0).astype("Float64")


def is_detailed(occ_codes: pd.Series) -> pd.Series:
    """Whether a SOC code is an occupation and not a group of them, whose codes end in 0."""
    return (occ_codes != TOTAL) & ~occ_codes.str.endswith("0")


def sampling_error(cells: pd.DataFrame, prse_pct: pd.Series | None = None) -> pd.Series:
    """Half the 90 % interval of each cell in jobs; NA where its standard error is not given."""
    prse = cells["emp_prse_pct"] if prse_pct is None else prse_pct
    return Z_90 * prse / 100 * cells["employment"].astype("Float64")


def summed_if_all_known(values: pd.Series, by: pd.Series) -> pd.Series:
    """Sums of ``values``; NA where any part is, since the rest would pass for the whole."""
    groups = values.groupby(by)
    return groups.sum().mask(groups.count() < groups.size()).astype("Float64")


def _interval(found: pd.DataFrame) -> pd.DataFrame:
    known_error = found["sampling_error"].fillna(0)
    low = np.floor((found["ai_workers"] - known_error).clip(lower=0))
    high = np.ceil(found["ai_workers"].fillna(0) + found["hidden_at_most"] + known_error)
    holds = pd.Series("coverage", index=found.index, dtype="str")
    holds[found["sampling_error"].notna()] = "coverage, sampling of published"
    holds[found["sampling_error"].notna() & (found["coverage"] == WHOLE)] = "coverage, sampling"
    holds[low.isna() & high.isna()] = pd.NA
    return pd.DataFrame(
        {
            "ai_workers_low": low.astype("Int64"),
            "ai_workers_high": high.astype("Int64"),
            "interval_holds": holds,
        }
    )
