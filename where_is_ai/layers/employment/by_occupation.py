"""Each AI occupation of each metro: what BLS shows of it, between which numbers it lies, and what it pays."""

import numpy as np
import pandas as pd

from where_is_ai.layers.employment.left_over import hidden_at_most
from where_is_ai.layers.employment.pay import PAY, TOP_CODED
from where_is_ai.layers.employment.ranks import rank_highest_first
from where_is_ai.layers.employment.sampling import error_rule, moe90
from where_is_ai.layers.employment.schema_level import OccupationEmployment
from where_is_ai.layers.employment.unrounded import between
from where_is_ai.occupations import TITLES
from where_is_ai.tables import as_table


def by_occupation(cells: pd.DataFrame, occupations: tuple[str, ...]) -> pd.DataFrame:
    """OccupationEmployment: a row per area of ``cells`` (OewsCells of one release) and AI occupation, listed or not.

    A cell that is not published has no least number, and at most what the group 15-0000 leaves over: with another
    such cell of the area it shares that.
    """
    shown = cells.assign(**between(cells).add_prefix("unrounded_"), moe90=moe90(cells))
    shown = shown[shown["occ_code"].isin(occupations)].drop(columns=["area_title", "release"])
    rows = _every_pair(cells, occupations).merge(shown, on=["area_code", "occ_code"], how="left")
    published = rows["status"] == "published"
    margin = rows["moe90"]
    most = (rows["employment"] + margin).where(published, rows["area_code"].map(hidden_at_most(cells)))
    rows = rows.assign(
        occupation=rows["occ_code"].map(TITLES),
        status=rows["status"].fillna("not_listed"),
        employment_low=np.floor((rows["employment"] - margin).clip(lower=0)).astype("Int64"),
        employment_high=np.ceil(most.astype("Float64")).astype("Int64"),
        moe90_rule=error_rule(rows["emp_prse_pct"].notna()).where(published),
        rank=rows.groupby("occ_code")["employment"].transform(rank_highest_first),
    )
    rows = rows.assign(**{column: rows[column].round() for column in PAY})
    rows = rows.sort_values(["occ_code", "rank", "area_code"])
    return as_table(rows, OccupationEmployment).reset_index(drop=True)


def occupations_lead(rows: pd.DataFrame) -> str:
    """How many of the cells (OccupationEmployment) BLS shows, by jobs and by pay."""
    shown = int((rows["status"] == "published").sum())
    paid = int((rows["pay_median_usd"].notna() | (rows["pay_median_mark"] == TOP_CODED)).sum())
    return (
        f"Of {len(rows):,} cells, an AI occupation in a metro each, BLS publishes the jobs of {shown:,} and the median "
        f"pay of {paid:,}."
    )


def _every_pair(cells: pd.DataFrame, occupations: tuple[str, ...]) -> pd.DataFrame:
    areas = cells.drop_duplicates("area_code")[["area_code", "area_title", "release"]]
    areas = areas.rename(columns={"area_title": "metro", "release": "oews_release"})
    return areas.merge(pd.DataFrame({"occ_code": list(occupations)}), how="cross")
