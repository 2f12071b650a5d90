"""What must hold of the visas tables against what they were made from; a row for each breach."""

import pandas as pd

from where_is_ai.layers.visas.metro import ALL

SUMMED = (
    "ai_lca_cases", "all_lca_cases", "ai_lca_cases_by_title", "ai_lca_positions", "ai_lca_positions_new",
    "ai_lca_positions_renewed", "ai_staffing_cases",
)  # fmt: skip


def unlike_cases(metros: pd.DataFrame, nation: pd.DataFrame) -> pd.DataFrame:
    """Columns whose sum over the metros is not what the nation's table says of metros: column, metros, nation."""
    of_metros = nation[nation["part"] == "in a metro area"]
    return _unlike(metros, of_metros)


def unlike_all(nation: pd.DataFrame) -> pd.DataFrame:
    """Columns whose sum over the parts is not that of all cases."""
    return _unlike(nation[nation["part"] != ALL], nation[nation["part"] == ALL])


def more_than_all(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with more new hires and renewals than positions, or more of anything than there are cases."""
    parts = rows["ai_lca_positions_new"] + rows["ai_lca_positions_renewed"] > rows["ai_lca_positions"]
    for name in ("ai_lca_cases", "ai_lca_cases_by_title"):
        parts |= rows[name] > rows["all_lca_cases"]
    parts |= (rows["ai_staffing_cases"] > rows["ai_lca_cases"]) | (
        rows["ai_employers"] > rows["ai_lca_cases"]
    ).fillna(False)
    return rows[parts]


def _unlike(some: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    rows = [(name, int(some[name].sum()), int(whole[name].sum())) for name in SUMMED]
    found = pd.DataFrame(rows, columns=["column", "summed", "said"])
    return found[found["summed"] != found["said"]]
