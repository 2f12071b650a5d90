"""AI workers by state and for the nation: sums of metros by the name of sums, and BLS's own figure of the nation."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from where_is_ai.geography.names import state_names
from where_is_ai.layers.employment.bounds import bounds
from where_is_ai.layers.employment.ranks import rank_highest_first
from where_is_ai.layers.employment.sampling import BY_PRSE
from where_is_ai.layers.employment.schema_level import NATIONAL, SUMMED, StateEmployment
from where_is_ai.occupations import ai_occupations_in
from where_is_ai.tables import as_table

NATION = "US"
STATE_NOTE = (
    "A state's number is the sum of what BLS publishes of its metros; a metro of several states counts where its "
    "first-named city is. What lies outside metros is in the national file alone."
)


def by_state(metros: pd.DataFrame, nation: pd.DataFrame) -> pd.DataFrame:
    """StateEmployment of ``metros`` (MetroEmployment) and the nation's cells (OewsCells, empty where not at hand).

    A state's row sums what BLS publishes of its metros: neither what it withholds nor what lies outside metros is in
    it, and a metro of several states counts where its first-named city is. The nation has both: the same sum, and
    the figure of BLS's national file.
    """
    states = pd.concat(
        [_summed(metros, metros["state"]), _summed(metros, pd.Series(NATION, index=metros.index))]
    )
    ranked = states["area"] != NATION
    states["rank"] = rank_highest_first(states["ai_workers"].where(ranked))
    rows = [states, _national(nation)] if len(nation) else [states]
    rows = pd.concat(rows).assign(metros_of=_in_words, oews_release=metros["oews_release"].iloc[0])
    rows = rows.sort_values(["rank", "area", "basis"], na_position="last")
    return as_table(rows, StateEmployment).reset_index(drop=True)


def sum_is_lower_bound(row: Mapping[str, object]) -> bool:
    """Whether a row (StateEmployment) sums metros of which something is not shown, or nothing says how much."""
    at_most = row["hidden_high"]
    return row["basis"] == SUMMED and bool(pd.isna(at_most) or at_most != row["ai_workers"])


def _in_words(rows: pd.DataFrame) -> pd.Series:
    """ "Metros of Texas", "Metros of the USA", "The whole USA"."""
    names = state_names(", " + rows["area"]).mask(rows["area"] == NATION, "the USA")
    return ("Metros of " + names).mask(rows["basis"] == NATIONAL, "The whole USA")


def _summed(metros: pd.DataFrame, areas: pd.Series) -> pd.DataFrame:
    known = metros["ai_workers"].notna()
    groups = metros.assign(
        square=metros["moe90"] ** 2,
        jobs=metros["total_employment"].where(known),
        ratio_workers=metros["ai_workers"].where(metros["total_employment"].notna()),
    ).groupby(areas)
    found = pd.DataFrame(
        {
            "metros": groups.size().astype("Int64"),
            "metros_published": groups["ai_workers"].count().astype("Int64"),
            "ai_workers": groups["ai_workers"].sum(min_count=1),
            "hidden_high": groups["hidden_high"].sum().mask(groups["hidden_high"].count() < groups.size()),
            "moe90": np.sqrt(groups["square"].sum(min_count=1)),
            "total_employment": groups["jobs"].sum(min_count=1),
        }
    )
    found["ai_per_1000"] = groups["ratio_workers"].sum(min_count=1) / found["total_employment"] * 1000
    return found.rename_axis("area").reset_index().assign(basis=SUMMED)


def _national(nation: pd.DataFrame) -> pd.DataFrame:
    """The national file's row. The proxy of sampling errors is of metros' cells and says nothing of the nation's."""
    found = bounds(nation, ai_occupations_in(nation))
    found["moe90"] = found["moe90"].where((found["moe90_rule"] == BY_PRSE).fillna(False))
    whole = found["coverage"] == "all_published"
    row = found[["ai_workers", "hidden_high", "moe90"]].where(whole)
    return row.assign(area=NATION, basis=NATIONAL).reindex(columns=list(StateEmployment.to_schema().columns))
