"""From OEWS cells to AI workers by metro. Neither a suppressed nor an unlisted cell counts as zero."""

import pandas as pd

from where_is_ai.employment.occupations import TOTAL
from where_is_ai.employment.schema import COVERAGES, MetroEmployment
from where_is_ai.geography.places import first_state, locate
from where_is_ai.tables import as_table


def roll_up(cells: pd.DataFrame, places: pd.DataFrame, occupations: tuple[str, ...]) -> pd.DataFrame:
    """MetroEmployment, a row per area of ``cells`` (OewsCells of one release), most workers first.

    ``ai_workers`` sums the published cells of ``occupations``: a lower bound unless coverage is all_published,
    unknown where none is. ``ai_per_1000`` is per 1,000 jobs of all occupations.
    """
    metros = cells.drop_duplicates("area_code")[["release", "area_code", "area_title"]].reset_index(drop=True)
    metros = metros.rename(columns={"release": "oews_release", "area_title": "metro"})
    metros["state"] = first_state(metros["metro"])
    metros = metros.join(_count(cells, occupations), on="area_code").join(_total(cells), on="area_code")
    for column in ("ai_workers", "ai_workers_low", "ai_workers_high"):
        metros[column.replace("ai_workers", "ai_per_1000")] = (
            metros[column] / metros["total_employment"] * 1000
        )
    metros["rank_workers"] = rank_highest_first(metros["ai_workers"])
    metros["rank_concentration"] = rank_highest_first(metros["ai_per_1000"])
    metros = metros.join(locate(metros, places))
    return as_table(metros.sort_values(["rank_workers", "area_code"]), MetroEmployment).reset_index(drop=True)


def rank_highest_first(values: pd.Series) -> pd.Series:
    """1 for the highest; equal values share the smaller number; an unknown value has none."""
    return values.rank(method="min", ascending=False).astype("Int64")


def coverage(statuses: pd.DataFrame) -> pd.Series:
    """The weakest coverage per row of ``statuses``: a column per occupation, NA where it is not listed."""
    published = (statuses == "published").fillna(False)
    found = pd.Series("all_published", index=statuses.index)
    found[statuses.isna().any(axis=1)] = "not_listed"
    found[(statuses == "suppressed").fillna(False).any(axis=1)] = "suppressed"
    found[~published.any(axis=1)] = "none_published"
    return found


def _count(cells: pd.DataFrame, occupations: tuple[str, ...]) -> pd.DataFrame:
    """Workers, their bounds and coverage by area_code."""
    of_ai = cells[cells["occ_code"].isin(occupations)]
    areas = pd.Index(cells["area_code"].unique(), name="area_code")
    statuses = of_ai.pivot(index="area_code", columns="occ_code", values="status")
    statuses = statuses.reindex(index=areas, columns=list(occupations))
    workers = of_ai.groupby("area_code")["employment"].sum(min_count=1).reindex(areas).astype("Int64")
    covered = coverage(statuses)
    return pd.DataFrame(
        {
            "ai_workers": workers,
            "ai_workers_low": workers,
            "ai_workers_high": workers.where(covered == COVERAGES[0]),
            "coverage": covered,
        }
    )


def _total(cells: pd.DataFrame) -> pd.Series:
    total = cells[cells["occ_code"] == TOTAL].set_index("area_code")["employment"]
    return total.rename("total_employment")
