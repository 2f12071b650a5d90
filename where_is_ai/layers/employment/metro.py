"""From OEWS cells to AI workers by metro. Neither a suppressed nor an unlisted cell counts as zero."""

import pandas as pd

from where_is_ai.geography.places import first_state, locate
from where_is_ai.layers.employment import wide
from where_is_ai.layers.employment.bounds import bounds
from where_is_ai.layers.employment.concentration import add_concentration
from where_is_ai.layers.employment.pay import median_range
from where_is_ai.layers.employment.ranks import rank_highest_first, simulated_ranks
from where_is_ai.layers.employment.schema import MetroEmployment
from where_is_ai.layers.employment.unrounded import total_employment
from where_is_ai.tables import RATE_DECIMALS, as_table


def roll_up(
    cells: pd.DataFrame,
    places: pd.DataFrame,
    occupations: tuple[str, ...],
    wide_definition: str = wide.DEFAULT,
) -> pd.DataFrame:
    """MetroEmployment, a row per area of ``cells`` (OewsCells of one release), most workers first.

    ``ai_workers`` sums the published cells of ``occupations``: a lower bound unless coverage is all_published,
    unknown where none is. ``ai_per_1000`` is per 1,000 jobs of all occupations. Workers by the wider definition stand
    in columns of their own.
    """
    metros = cells.drop_duplicates("area_code")[["release", "area_code", "area_title"]].reset_index(drop=True)
    metros = metros.rename(columns={"release": "oews_release", "area_title": "metro"})
    metros["state"] = first_state(metros["metro"])
    metros = metros.join(bounds(cells, occupations), on="area_code").join(
        total_employment(cells).rename("total_employment"), on="area_code"
    )
    of_ai = cells[cells["occ_code"].isin(occupations)]
    metros = add_concentration(metros, of_ai)
    metros["rank_workers"] = rank_highest_first(metros["ai_workers"])
    metros["rank_concentration"] = rank_highest_first(metros["ai_per_1000"].round(RATE_DECIMALS))
    metros = metros.join(simulated_ranks(metros["ai_workers"], metros["moe90"]))
    per_job = metros["total_employment"].astype("Float64") / 1000
    concentration = simulated_ranks(metros["ai_per_1000"], metros["moe90"] / per_job)
    metros = metros.join(
        concentration.rename(columns=lambda name: name.replace("rank", "rank_concentration"))
    )
    metros = metros.join(median_range(of_ai), on="area_code")
    ranks = metros.set_index("area_code")["rank_workers"]
    metros = metros.join(wide.widely(cells, wide_definition, ranks), on="area_code")
    metros = metros.join(locate(metros, places))
    return as_table(metros.sort_values(["rank_workers", "area_code"]), MetroEmployment).reset_index(drop=True)
