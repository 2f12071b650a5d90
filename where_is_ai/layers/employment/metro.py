"""From OEWS cells to AI workers by metro. Neither a suppressed nor an unlisted cell counts as zero."""

import pandas as pd

from where_is_ai.geography.places import first_state, locate
from where_is_ai.layers.employment.bounds import bounds
from where_is_ai.layers.employment.ranks import rank_highest_first, simulated_ranks
from where_is_ai.layers.employment.schema import MetroEmployment
from where_is_ai.occupations import TOTAL
from where_is_ai.tables import RATE_DECIMALS, as_table


def roll_up(cells: pd.DataFrame, places: pd.DataFrame, occupations: tuple[str, ...]) -> pd.DataFrame:
    """MetroEmployment, a row per area of ``cells`` (OewsCells of one release), most workers first.

    ``ai_workers`` sums the published cells of ``occupations``: a lower bound unless coverage is all_published,
    unknown where none is. ``ai_per_1000`` is per 1,000 jobs of all occupations; its bounds are those of the
    workers, since the total's own error is small beside theirs.
    """
    metros = cells.drop_duplicates("area_code")[["release", "area_code", "area_title"]].reset_index(drop=True)
    metros = metros.rename(columns={"release": "oews_release", "area_title": "metro"})
    metros["state"] = first_state(metros["metro"])
    metros = metros.join(bounds(cells, occupations), on="area_code").join(_total(cells), on="area_code")
    for column in ("ai_workers", "ai_workers_low", "ai_workers_high"):
        metros[column.replace("ai_workers", "ai_per_1000")] = (
            metros[column] / metros["total_employment"] * 1000
        )
    metros["rank_workers"] = rank_highest_first(metros["ai_workers"])
    metros["rank_concentration"] = rank_highest_first(metros["ai_per_1000"].round(RATE_DECIMALS))
    metros = metros.join(simulated_ranks(metros["ai_workers"], metros["sampling_error"]))
    metros = metros.join(locate(metros, places))
    return as_table(metros.sort_values(["rank_workers", "area_code"]), MetroEmployment).reset_index(drop=True)


def _total(cells: pd.DataFrame) -> pd.Series:
    total = cells[cells["occ_code"] == TOTAL].set_index("area_code")["employment"]
    return total.rename("total_employment")
