"""Growth like for like: only boards and feeds that were read in both quarters are compared."""

import pandas as pd

from where_is_ai.layers.postings.corrected import by_metro
from where_is_ai.layers.postings.counts import Counts

COLUMNS = ["area_code", "growth_before", "growth_after", "growth_pct", "why_no_growth"]


def compare(before: Counts, after: Counts, classifier_name: str) -> pd.DataFrame:
    """AI postings by metro in the quarter before and in this one, and the change in per cent of the former.

    Both counts are restricted to the boards read in both quarters, and corrected as published ones are. A metro
    without AI postings before has no growth.
    """
    counted = [
        by_metro(counts, classifier_name).set_index("area_code")["ai_postings"].rename(name)
        for counts, name in ((before, "growth_before"), (after, "growth_after"))
    ]
    joined = pd.concat(counted, axis=1).fillna(0).astype("Int64").reset_index(names="area_code")
    some = joined["growth_before"] > 0
    joined["growth_pct"] = (
        (joined["growth_after"] - joined["growth_before"]) / joined["growth_before"].where(some) * 100
    )
    why = pd.Series(pd.NA, index=joined.index, dtype="string")
    joined["why_no_growth"] = why.where(some, "no AI postings before on the boards read in both quarters")
    return joined[COLUMNS]


def none(areas: pd.Series, why: str) -> pd.DataFrame:
    """No growth for any of ``areas`` (CBSA codes), and why."""
    return pd.DataFrame({"area_code": areas.unique(), "why_no_growth": why}).reindex(columns=COLUMNS)
