"""What must hold of the adoption tables against what they were made from; a row for each breach."""

from collections.abc import Iterable

import pandas as pd


def outside_their_cycles(rows: pd.DataFrame, answers: pd.DataFrame, key: str) -> pd.DataFrame:
    """Rows (Use) whose share is not between the least and the most of the cycles that it names."""
    now = answers[answers["question"] == "current"]
    shares = now.set_index(["stratum", "cycle"])["use_pct"].dropna()
    wrong = []
    for row in rows.dropna(subset=["ai_use_pct"]).to_dict("records"):
        own = [shares.get((row[key], cycle)) for cycle in row["cycles_averaged"].split()]
        known = [float(share) for share in own if share is not None]
        if len(known) != row["cycles"] or not min(known) - 1e-9 <= row["ai_use_pct"] <= max(known) + 1e-9:
            wrong.append({key: row[key], "ai_use_pct": row["ai_use_pct"], "cycles": known})
    return pd.DataFrame(wrong, columns=[key, "ai_use_pct", "cycles"])


def strata_lost(had: pd.Series, wanted: Iterable[str]) -> pd.DataFrame:
    """What of ``wanted`` has no row."""
    return pd.DataFrame({"lost": sorted(set(wanted) - set(had))})
