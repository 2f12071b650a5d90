"""Do the metro figures hold against their source cells and against the nation?"""

import pandas as pd

from where_is_ai.employment.bounds import ROUNDING_JOBS
from where_is_ai.employment.occupations import ai_occupations_in


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
    """Per AI occupation: jobs in published metro cells, in the nation, the share in percent, and ``exceeds``."""
    rows = []
    for occupation in ai_occupations_in(cells):
        metros = cells.loc[cells["occ_code"] == occupation, "employment"]
        whole = nation.loc[nation["occ_code"] == occupation, "employment"].sum(min_count=1)
        rows.append((occupation, int(metros.count()), metros.sum(), whole))
    shares = pd.DataFrame(rows, columns=["occ_code", "published_cells", "metro_jobs", "national_jobs"])
    shares["share_pct"] = shares["metro_jobs"] / shares["national_jobs"] * 100
    allowed = shares["national_jobs"] + ROUNDING_JOBS * (shares["published_cells"] + 1)
    shares["exceeds"] = (shares["metro_jobs"] > allowed).fillna(False).astype(bool)
    return shares
