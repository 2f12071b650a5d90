"""What a metro's number stands for: which employers and sectors are behind it, and how much it hangs on one of them."""

import pandas as pd

from where_is_ai.layers.phrases import listed
from where_is_ai.tables import RATE_DECIMALS

COLUMNS = [
    "employers_read",
    "largest_employer_pct",
    "sectors",
    "largest_sector",
    "largest_sector_pct",
    "rank_low",
    "rank_high",
]
# Employers left out one at a time are ranked so many at once, which bounds the memory.
AT_A_TIME = 2_000
# With fewer metros there is no ranking to speak of; what is said of one is who is at its top.
ENOUGH_RANKED = 5
AT_THE_TOP = 3


def coverage(employers: pd.DataFrame) -> pd.DataFrame:
    """Who is behind each metro's postings: area_code and the first five of COLUMNS.

    ``employers`` (of Counts) has area_code, company, sector, postings and ai_expected. The largest employer's share is
    of the AI postings that are expected; sectors are those of the employers whose sector is known, and the largest
    one's share is of all employers.
    """
    found = employers.groupby("area_code", as_index=False).agg(
        employers_read=("company", "nunique"),
        largest=("ai_expected", "max"),
        all_of_it=("ai_expected", "sum"),
    )
    found["largest_employer_pct"] = found["largest"] / found["all_of_it"].where(found["all_of_it"] > 0) * 100
    known = employers.dropna(subset="sector")
    counted = known.groupby(["area_code", "sector"], as_index=False)["company"].nunique()
    by_size = counted.sort_values(["area_code", "company", "sector"], ascending=[True, False, True])
    sectors = by_size.groupby("area_code").agg(
        sectors=("sector", "size"),
        largest_sector=("sector", "first"),
        of_largest_sector=("company", "first"),
    )
    found = found.merge(sectors.reset_index(), on="area_code", how="left")
    found["largest_sector_pct"] = found["of_largest_sector"] / found["employers_read"] * 100
    return found[["area_code", *COLUMNS[:5]]].astype({"sectors": "Int64", "largest_sector": "string"})


def ranks_without_one_employer(ranked: pd.DataFrame, employers: pd.DataFrame, per: int) -> pd.DataFrame:
    """The best and the worst rank of each metro when any one employer is left out: area_code, rank_low, rank_high.

    ``ranked`` has area_code, ai_postings_expected and population of the metros that qualify; the same are ranked
    each time. An employer takes along its share of what is expected. ``employers`` is as in ``coverage``.
    """
    metros = ranked.set_index("area_code")
    here = employers[employers["area_code"].isin(metros.index)].copy()
    here["share"] = here["ai_expected"] / here.groupby("area_code")["ai_expected"].transform("sum")
    shares = here.pivot_table(
        index="company", columns="area_code", values="share", aggfunc="sum", fill_value=0
    )
    shares = shares.reindex(columns=metros.index, fill_value=0)
    shares = shares[(shares > 0).any(axis=1)]
    # Nobody left out, first.
    shares = pd.concat([pd.DataFrame(0.0, index=[""], columns=metros.index), shares])
    expected, residents = metros["ai_postings_expected"].astype(float), metros["population"].astype(float)
    low = pd.Series(len(metros), index=metros.index)
    high = pd.Series(1, index=metros.index)
    for start in range(0, len(shares), AT_A_TIME):
        left = ((1 - shares.iloc[start : start + AT_A_TIME]) * expected).round()
        ranks = (left / residents * per).round(RATE_DECIMALS).rank(axis=1, method="min", ascending=False)
        low, high = low.clip(upper=ranks.min()), high.clip(lower=ranks.max())
    return pd.DataFrame({"rank_low": low, "rank_high": high}).astype("Int64").reset_index(names="area_code")


def why_no_ranking(metros: pd.DataFrame) -> str:
    """Why a sample can't carry a ranking of ``metros`` (MetroPostings), in a sentence; empty where it can."""
    ranked = metros.dropna(subset="rank")
    if len(ranked) < ENOUGH_RANKED:
        return f"This sample can't carry a ranking: {len(ranked)} metros qualify for it."
    top = ranked[ranked["rank"] <= AT_THE_TOP]
    falls = top[top["rank_high"].gt(AT_THE_TOP).fillna(False).astype(bool)].sort_values(["rank", "area_code"])
    if falls.empty:
        return ""
    names = [
        f"{name} would fall from rank {rank} to {worst}"
        for name, rank, worst in zip(falls["metro"], falls["rank"], falls["rank_high"], strict=True)
    ]
    return f"This sample can't carry a ranking: without some one employer {listed(names)}."
