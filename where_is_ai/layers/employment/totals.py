"""Do the metro figures hold against their source cells and against the nation?"""

from functools import cache
from importlib.resources import files

import pandas as pd

from where_is_ai.layers.employment.unrounded import ROUNDING_JOBS
from where_is_ai.occupations import ai_occupations_in

# The metros have most of an occupation's jobs, and their published cells can't have more than the nation.
TOLERATED_SHARE_PCT = (75.0, 100.0)
# How far a share may move before its exception has to be looked at again: a re-posted file, say.
EXCEPTION_HOLDS_WITHIN_PCT = 0.5


def metros_unlike_their_cells(metros: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """The areas of ``cells`` (OewsCells) whose sum of published AI cells is not what ``metros`` says, or not once."""
    of_ai = cells[cells["occ_code"].isin(ai_occupations_in(cells)) & (cells["status"] == "published")]
    expected = of_ai.groupby("area_code")["employment"].sum().reindex(cells["area_code"].unique())
    found = metros.groupby("area_code")["ai_workers"].agg(["size", "sum", "count"])
    both = (
        expected.to_frame("cells").join(found, how="outer").rename(columns={"size": "rows", "sum": "metro"})
    )
    known = both["cells"].notna()
    wrong = (
        (both["rows"].fillna(0) != 1)
        | ((both["count"] == 1) != known)
        | (known & (both["cells"] != both["metro"]))
    )
    return both[wrong.fillna(True)].reset_index()


def metro_share_of_nation(cells: pd.DataFrame, nation: pd.DataFrame) -> pd.DataFrame:
    """Per release and AI occupation: jobs in published metro cells and in the nation, ``share_pct``, ``exceeds``.

    Without figures of the nation there is nothing to compare, and no row.
    """
    rows = []
    for occupation in ai_occupations_in(cells) if len(nation) else ():
        metros = cells.loc[cells["occ_code"] == occupation, "employment"]
        whole = nation.loc[nation["occ_code"] == occupation, "employment"].sum(min_count=1)
        rows.append((cells["release"].iloc[0], occupation, int(metros.count()), metros.sum(), whole))
    columns = ["release", "occ_code", "published_cells", "metro_jobs", "national_jobs"]
    shares = pd.DataFrame(rows, columns=columns).astype({"metro_jobs": "Int64", "national_jobs": "Int64"})
    shares["share_pct"] = shares["metro_jobs"] / shares["national_jobs"] * 100
    allowed = shares["national_jobs"] + ROUNDING_JOBS * (shares["published_cells"] + 1)
    shares["exceeds"] = (shares["metro_jobs"] > allowed).fillna(False).astype(bool)
    return shares


def shares_unexplained(shares: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``metro_share_of_nation`` that are outside the tolerated range without a dated exception.

    ``why`` says what is wrong with each: also an exception that the figures no longer bear out.
    """
    rows = shares.merge(exceptions(), on=["release", "occ_code"], how="left")
    least, most = TOLERATED_SHARE_PCT
    outside = ~rows["share_pct"].between(least, most).fillna(False) & ~_by_rounding(rows)
    excepted = rows["expected_share_pct"].notna()
    moved = (rows["share_pct"] - rows["expected_share_pct"]).abs() > EXCEPTION_HOLDS_WITHIN_PCT
    rows["why"] = pd.Series(pd.NA, index=rows.index, dtype="str")
    rows.loc[outside & ~excepted, "why"] = f"outside {least:g} to {most:g} % without an exception"
    rows.loc[excepted & moved.fillna(True), "why"] = (
        "no longer what its exception of " + rows["noted_on"] + " expects"
    )
    return rows.loc[rows["why"].notna(), [*shares.columns, "expected_share_pct", "why"]]


@cache
def exceptions() -> pd.DataFrame:
    """``totals_exceptions.csv``: release, occ_code, expected_share_pct, noted_on and the reason."""
    with files("where_is_ai.layers.employment").joinpath("totals_exceptions.csv").open() as file:
        return pd.read_csv(file, dtype={"noted_on": "str"})


def _by_rounding(rows: pd.DataFrame) -> pd.Series:
    return (rows["share_pct"] > TOLERATED_SHARE_PCT[1]) & ~rows["exceeds"]
