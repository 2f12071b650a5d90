"""Do the bounds hold? Published cells are hidden at random, and the bounds must find them again."""

import pandas as pd

from where_is_ai.layers.employment.left_over import hidden_at_most, is_detailed
from where_is_ai.layers.employment.unrounded import between

SEED = 1


def hide(cells: pd.DataFrame, number: int, seed: int = SEED) -> pd.DataFrame:
    """``cells`` (OewsCells) with ``number`` published occupations marked suppressed, drawn at random.

    As BLS does it: with employment go its error and both ratios made from it, while pay stays.
    """
    shown = cells[(cells["status"] == "published") & is_detailed(cells["occ_code"])]
    drawn = shown.sample(number, random_state=seed).index
    hidden = cells.copy()
    hidden.loc[drawn, ["employment", "emp_prse_pct", "jobs_1000", "loc_quotient"]] = pd.NA
    hidden.loc[drawn, "status"] = "suppressed"
    return hidden


def found_again(cells: pd.DataFrame, hidden: pd.DataFrame) -> pd.DataFrame:
    """A row per cell that ``hidden`` hides of ``cells``: occ_code, the truth and ``at_most``, in jobs.

    ``truth`` is as BLS rounds it, ``truth_at_least`` what rounding leaves of it; ``area_at_least`` is what the area's
    hidden cells have together at least, which ``at_most`` bounds too. Areas without the group 15-0000 have no bound
    and are left out.
    """
    covered = cells[(cells["status"] == "published") & (hidden["status"] == "suppressed")]
    rows = covered[["area_code", "occ_code"]].assign(truth=covered["employment"])
    rows["truth_at_least"] = between(cells)["low"]
    rows["area_at_least"] = rows.groupby("area_code")["truth_at_least"].transform("sum")
    rows["at_most"] = rows["area_code"].map(hidden_at_most(hidden)).astype("Float64")
    return rows.dropna(subset="at_most").reset_index(drop=True)


def summary(found: pd.DataFrame) -> dict[str, float]:
    """How often the truth lies within the bounds and how wide they are, from the rows of ``found_again``."""
    width = found["at_most"] / found["truth"]
    return {
        "cells": len(found),
        "cell_within_pct": float((found["truth_at_least"] <= found["at_most"]).mean() * 100),
        "area_within_pct": float((found["area_at_least"] <= found["at_most"]).mean() * 100),
        "median_width_jobs": float(found["at_most"].median()),
        "median_width_by_truth": float(width.median()),
        "upper_decile_width_by_truth": float(width.quantile(0.9)),
    }
