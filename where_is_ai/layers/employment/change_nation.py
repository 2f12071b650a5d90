"""All comparable metros together: what one metro's sample can't tell, their sum can."""

import pandas as pd

from where_is_ai.layers.employment.noise import ASSUMPTION
from where_is_ai.layers.employment.schema_nation import NationChange
from where_is_ai.tables import as_table

AREA = "all comparable metros"
BETWEEN_METROS = f"{ASSUMPTION}, those of metros are independent"


def nation_change(changes: pd.DataFrame) -> pd.DataFrame:
    """NationChange of MetroChange: one row, none where no metro is comparable."""
    rows = changes[changes["comparable"]]
    if rows.empty:
        return as_table(NationChange.empty(), NationChange)
    before, after = int(rows["like_for_like_before"].sum()), int(rows["like_for_like_after"].sum())
    change = rows["like_for_like_change"]
    rounding = (rows["noise"] - rows["moe90"]).sum()
    margin = _independent(rows["moe90"])
    overlapping = rows["noise_if_panels_overlap"] - (rows["noise"] - rows["moe90"])
    row = {
        "area": AREA,
        "release_before": rows["release_before"].iloc[0],
        "release_after": rows["release_after"].iloc[0],
        "metros_compared": len(rows),
        "like_for_like_before": before,
        "like_for_like_after": after,
        "like_for_like_change": after - before,
        "like_for_like_pct": (after - before) / before * 100 if before else pd.NA,
        "moe90": margin,
        "rounding": rounding,
        "moe90_if_panels_overlap": _independent(overlapping),
        "moe90_if_metros_move_together": rows["moe90"].sum(),
        "exceeds_noise": abs(after - before) > margin + rounding,
        "rose": int((change > 0).sum()),
        "fell": int((change < 0).sum()),
        "unchanged": int((change == 0).sum()),
        "exceeding_noise": int(rows["exceeds_noise"].sum()),
        "exceeding_noise_fdr10": int(rows["exceeds_noise_fdr10"].sum()),
        "error_assumption": BETWEEN_METROS,
        "caution": rows["caution"].iloc[0],
    }
    return as_table(pd.DataFrame([row]), NationChange)


def _independent(margins: pd.Series) -> float:
    return float((margins.astype(float) ** 2).sum() ** 0.5)
