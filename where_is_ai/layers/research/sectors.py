"""Who publishes in a metro: companies, universities, government and others, with the leading institution of each."""

import pandas as pd

from where_is_ai.layers.research.metro import publishing
from where_is_ai.layers.research.view_schema import BySector
from where_is_ai.tables import as_table

# Of OpenAlex's types of institutions, as ROR gives them.
SECTORS = {
    "education": "university",
    "company": "company",
    "government": "government",
    "facility": "research facility",
    "healthcare": "healthcare",
    "nonprofit": "nonprofit",
}
OTHER = "other"


def by_sector(
    institutions: pd.DataFrame, metros: pd.DataFrame, distinct: pd.DataFrame | None = None
) -> pd.DataFrame:
    """BySector: a row per metro and sector, metros by rank and in each the sector with most works first.

    Works are summed over institutions: one of two universities counts twice. ``distinct`` has metro_id, sector and
    ai_works where each was counted once.
    """
    counted = publishing(institutions[institutions["included"]])
    counted = counted.assign(sector=counted["type"].map(SECTORS).fillna(OTHER))
    rows = counted.groupby(["metro_id", "sector"], as_index=False).agg(
        institutions=("institution_id", "size"),
        ai_works_summed=("ai_works", "sum"),
        top_institution=("institution", "first"),
        top_institution_works=("ai_works", "first"),
    )
    rows = rows.merge(metros[["metro_id", "metro", "country_code", "rank"]], on="metro_id")
    known = pd.DataFrame(columns=["metro_id", "sector", "ai_works"]) if distinct is None else distinct
    rows = rows.merge(known[["metro_id", "sector", "ai_works"]], on=["metro_id", "sector"], how="left")
    rows["share_pct"] = (
        rows["ai_works_summed"] / rows.groupby("metro_id")["ai_works_summed"].transform("sum") * 100
    )
    rows = rows.sort_values(
        ["rank", "metro_id", "ai_works_summed", "sector"], ascending=[True, True, False, True]
    )
    return as_table(rows, BySector).reset_index(drop=True)
