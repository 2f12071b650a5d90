"""A named alternative to residents: AI postings weighted to the metro's jobs in the occupations that most are in.

Boards list technology employers first, and metros differ in how many such jobs they have: per resident a metro of
offices leads for having them, per computer job for what part of them is AI.
"""

import pandas as pd

from where_is_ai.layers.postings.weighting_schema import WeightedPostings
from where_is_ai.tables import RATE_DECIMALS, as_table

# Computer and mathematical occupations, SOC 2018; the group's own row where a workbook lists it.
GROUP = "15-0000"
NAME = "computer and mathematical jobs"
PER_JOBS = 1_000


def computer_jobs(cells: pd.DataFrame) -> pd.DataFrame:
    """Jobs in computer and mathematical occupations by area_code: computer_jobs, is_at_least, oews_release.

    ``cells`` has area_code, occ_code, employment, status and release. The group's own figure where it is published,
    else the sum of its occupations that are, which is at least so much.
    """
    published = cells[cells["status"].eq("published") & cells["occ_code"].str.startswith("15-")]
    whole = published[published["occ_code"] == GROUP].set_index("area_code")["employment"]
    parts = published[published["occ_code"] != GROUP].groupby("area_code")["employment"].sum()
    found = pd.DataFrame({"whole": whole, "parts": parts})
    found["computer_jobs"] = found["whole"].fillna(found["parts"]).astype("Int64")
    found["is_at_least"] = found["whole"].isna()
    found["oews_release"] = cells["release"].max() if len(cells) else pd.NA
    return found[["computer_jobs", "is_at_least", "oews_release"]].reset_index(names="area_code")


def weighted(metros: pd.DataFrame, jobs: pd.DataFrame) -> pd.DataFrame:
    """WeightedPostings: ``metros`` (MetroPostings) per 1,000 of ``jobs`` (see ``computer_jobs``), first rank first.

    The same metros are ranked as per resident, where their jobs are known.
    """
    found = metros.rename(columns={"rank": "rank_per_resident"}).merge(jobs, on="area_code", how="inner")
    for end in ("", "_low", "_high"):
        rate = (
            found[f"ai_postings{end}"] / found["computer_jobs"].where(found["computer_jobs"] > 0) * PER_JOBS
        )
        found[f"ai_postings_per_1000_computer_jobs{end}"] = rate
    ranked = found["ai_postings_per_1000_computer_jobs"].where(found["rank_per_resident"].notna())
    found["rank"] = ranked.round(RATE_DECIMALS).rank(method="min", ascending=False).astype("Int64")
    found["rank_gain"] = found["rank_per_resident"] - found["rank"]
    found["weighting"] = NAME
    found = found.sort_values(["rank", "area_code"])
    return as_table(found, WeightedPostings).reset_index(drop=True)
