"""What a metro's number stands for: which employers and sectors are behind it, and how much it hangs on one of them."""

from collections.abc import Iterator

import duckdb
import numpy as np
import pandas as pd

from where_is_ai.layers.phrases import listed
from where_is_ai.tables import RATE_DECIMALS

# Employers left out one at a time are ranked so many at once, which bounds the memory.
AT_A_TIME = 2_000
# With fewer metros there is no ranking to speak of; what is said of one is who is at its top.
ENOUGH_RANKED = 5
AT_THE_TOP = 3


def coverage(duck: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Who is behind each metro's postings, by the table ``employers`` of ``duck``.

    That table has area_code, company, sector and ai_expected, a row per metro and employer. Out come area_code,
    employers_read, largest_employer_pct, sectors, largest_sector and largest_sector_pct: the largest employer's share
    is of the AI postings that are expected; sectors are those of the employers whose sector is known, and the largest
    one's share is of all employers.
    """
    return duck.execute(_COVERAGE_SQL).df().astype({"sectors": "Int64", "largest_sector": "string"})


def ranks_without_one_employer(ranked: pd.DataFrame, employers: pd.DataFrame, per: int) -> pd.DataFrame:
    """The best and the worst rank of each metro when any one employer is left out: area_code, rank_low, rank_high.

    ``ranked`` has area_code, ai_postings_expected and population of the metros that qualify; the same are ranked
    each time. ``employers`` has area_code, company and ai_expected, a row per metro and employer in the order of
    company; an employer takes along its share of what is expected.
    """
    metros = ranked.set_index("area_code")
    expected, residents = metros["ai_postings_expected"].astype(float), metros["population"].astype(float)
    low = pd.Series(len(metros), index=metros.index)
    high = pd.Series(1, index=metros.index)
    for shares in _shares(employers, metros.index):
        left = ((1 - shares) * expected).round()
        ranks = (left / residents * per).round(RATE_DECIMALS).rank(axis=1, method="min", ascending=False)
        low, high = low.clip(upper=ranks.min()), high.clip(lower=ranks.max())
    return pd.DataFrame({"rank_low": low, "rank_high": high}).astype("Int64").reset_index(names="area_code")


def _shares(employers: pd.DataFrame, metros: pd.Index) -> Iterator[pd.DataFrame]:
    """Each employer's share of what is expected in each of ``metros``, a row per employer; first of nobody."""
    yield pd.DataFrame(0.0, index=[0], columns=metros)
    in_all = employers.groupby("area_code", observed=True)["ai_expected"].sum().reindex(metros)
    in_all = in_all.where(in_all > 0).to_numpy()
    rows = employers.astype({"area_code": "category", "company": "category"})
    # Who an employer is may be unknown (a code of -1): such postings are of no one employer.
    company = rows["company"].cat.codes.to_numpy()
    for start in range(0, company[-1] + 1 if len(company) else 0, AT_A_TIME):
        first, end = np.searchsorted(company, [start, start + AT_A_TIME])
        some = rows.iloc[first:end]
        at = metros.get_indexer(some["area_code"])
        ranked = at >= 0
        expected = np.zeros((AT_A_TIME, len(metros)))
        expected[company[first:end][ranked] - start, at[ranked]] = some["ai_expected"].to_numpy()[ranked]
        yield pd.DataFrame(expected / in_all, columns=metros).fillna(0)


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


_COVERAGE_SQL = """
WITH shares AS (
    SELECT area_code, count(company) AS employers_read,
        max(ai_expected) / nullif(sum(ai_expected), 0) * 100 AS largest_employer_pct
    FROM employers GROUP BY area_code
), counted AS (
    SELECT area_code, sector, count(company) AS in_sector
    FROM employers WHERE sector IS NOT NULL GROUP BY area_code, sector
), largest AS (
    SELECT area_code, count(*) AS sectors, first(sector ORDER BY in_sector DESC, sector) AS largest_sector,
        max(in_sector) AS in_largest
    FROM counted GROUP BY area_code
)
SELECT area_code, employers_read, largest_employer_pct, sectors, largest_sector,
    in_largest / employers_read * 100 AS largest_sector_pct
FROM shares LEFT JOIN largest USING (area_code) ORDER BY area_code
"""
