"""How many AI workers a metro has at least and at most: what BLS does not show, and how sure it is of what it shows."""

import numpy as np
import pandas as pd

from where_is_ai.layers.employment.coverage import INTERVALS, WHOLE
from where_is_ai.layers.employment.left_over import hidden_at_most
from where_is_ai.layers.employment.sampling import error_rule, moe90


def bounds(cells: pd.DataFrame, occupations: tuple[str, ...]) -> pd.DataFrame:
    """Per area_code of ``cells`` (OewsCells of one release): the AI workers, in jobs, and what bounds them.

    ``ai_workers`` sums the published cells of ``occupations``; ``coverage`` is the weakest of them;
    ``hidden_at_most`` is what the others can have together. ``hidden_low`` and ``hidden_high`` hold what is not shown
    alone, and for certain but for rounding; ``moe90`` is the 90 % margin of what is shown, the errors of its cells
    added linearly since nothing says that they are independent, by the rule ``moe90_rule``.
    ``ai_workers_low`` and ``ai_workers_high`` join both, and ``interval_holds`` says which they hold.
    """
    areas = pd.Index(cells["area_code"].unique(), name="area_code")
    of_ai = cells[cells["occ_code"].isin(occupations)]
    published = of_ai[of_ai["status"] == "published"]
    by_area = published["area_code"]
    found = pd.DataFrame(
        {
            "ai_workers": published.groupby("area_code")["employment"].sum(),
            "coverage": coverage(statuses(of_ai, areas, occupations)),
            "hidden_at_most": hidden_at_most(cells),
            "moe90": moe90(published).groupby(by_area).sum(),
            "moe90_upper_decile": moe90(published, "upper_decile").groupby(by_area).sum(),
            "moe90_rule": error_rule(published["emp_prse_pct"].notna().groupby(by_area).all()),
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


def _interval(found: pd.DataFrame) -> pd.DataFrame:
    margin = found["moe90"].fillna(0)
    hidden_high = np.ceil(found["ai_workers"].fillna(0) + found["hidden_at_most"])
    low = np.floor((found["ai_workers"] - margin).clip(lower=0))
    high = np.ceil(found["ai_workers"].fillna(0) + found["hidden_at_most"] + margin)
    holds = pd.Series(INTERVALS[0], index=found.index, dtype="str")
    holds[found["moe90"].notna()] = INTERVALS[1]
    holds[found["moe90"].notna() & (found["coverage"] == WHOLE)] = INTERVALS[2]
    holds[low.isna() & high.isna()] = pd.NA
    return pd.DataFrame(
        {
            "ai_workers_low": low.astype("Int64"),
            "ai_workers_high": high.astype("Int64"),
            "hidden_low": found["ai_workers"].astype("Int64"),
            "hidden_high": hidden_high.astype("Int64"),
            "interval_holds": holds,
        }
    )
