"""What a group's employment leaves over its published occupations: as much as those that are not shown have at most."""

import numpy as np
import pandas as pd

from where_is_ai.layers.employment.unrounded import ROUNDING_JOBS, at_totals, total_employment
from where_is_ai.occupations import COMPUTER_AND_MATHEMATICAL, TOTAL


def hidden_at_most(cells: pd.DataFrame) -> pd.Series:
    """Jobs per area_code that its unpublished computer and mathematical occupations can have together.

    What the published group 15-0000 leaves over the published occupations in it, at that total of the area, within
    its rounding, which leaves most: each figure at the end of what its own rounding leaves of it, but all at the same
    total. NA where the workbook does not have the group.
    """
    published = cells["status"] == "published"
    bounds = at_totals(cells[published]).astype(float)
    area, occupation = cells.loc[published, "area_code"], cells.loc[published, "occ_code"]
    totals = total_employment(cells).astype(float)
    group = bounds[occupation == COMPUTER_AND_MATHEMATICAL].set_axis(
        area[occupation == COMPUTER_AND_MATHEMATICAL], axis="index"
    )
    parts = bounds[is_detailed(occupation)]
    places = parts.groupby(area[parts.index]).indices
    found = {
        code: _most(row, parts.iloc[places.get(code, [])].to_numpy(), totals.get(code, np.nan))
        for code, row in zip(group.index, group.to_numpy(), strict=True)
    }
    return pd.Series(found, dtype="Float64").rename_axis("area_code").clip(lower=0)


def is_detailed(occ_codes: pd.Series) -> pd.Series:
    """Whether a SOC code is an occupation and not a group of them, whose codes end in 0."""
    return (occ_codes != TOTAL) & ~occ_codes.str.endswith("0")


def _most(group: np.ndarray, parts: np.ndarray, total: float) -> float:
    """The most that a group leaves over its parts, each a row of low, low_per_job, high, high_per_job.

    The difference is concave in the total, so it is greatest at one of its kinks or at an end.
    """
    low, low_per_job = parts[:, 0], parts[:, 1]
    _, _, high, high_per_job = group
    least, most = (total - ROUNDING_JOBS, total + ROUNDING_JOBS) if np.isfinite(total) else (0.0, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        kinks = np.append(low / low_per_job, high / high_per_job)
        at = np.array([least, most, *kinks[(kinks > least) & (kinks < most)]])
        whole = np.fmin(high, high_per_job * at)
    shown = np.maximum(low, low_per_job * at[:, None]).sum(axis=1)
    return float((whole - shown).max())
