"""Ranks, and how far they would move if the survey were drawn again."""

import numpy as np
import pandas as pd

from where_is_ai.intervals import Z_90

DRAWS = 1000
SEED = 20260515
PERCENTILES = (5, 95)


def rank_highest_first(values: pd.Series) -> pd.Series:
    """1 for the highest; equal values share the smaller number; an unknown value has none."""
    return values.rank(method="min", ascending=False).astype("Int64")


def simulated_ranks(
    values: pd.Series, moe90: pd.Series, draws: int = DRAWS, seed: int = SEED
) -> pd.DataFrame:
    """``rank_low`` and ``rank_high``: the 5th and 95th percentile of each row's rank in ``draws`` simulated surveys.

    A simulation range, not a confidence interval of the rank. In a draw every one of ``values`` moves by a normal
    error of which ``moe90`` is the 90 % margin, in its unit, on its own, not below zero. What is not published
    is not drawn; a row without a margin keeps its number in every draw and has no range itself.
    """
    ranks = pd.DataFrame({"rank_low": pd.NA, "rank_high": pd.NA}, index=values.index, dtype="Int64")
    drawn = values.notna() & moe90.notna()
    if not drawn.any():
        return ranks
    known = values.notna()
    found = _percentiles(
        values[known].to_numpy(dtype=float),
        moe90[known].fillna(0).to_numpy(dtype=float),
        draws,
        seed,
    )
    simulated = pd.DataFrame(found.T, index=values.index[known], columns=ranks.columns)
    ranks.update(simulated[drawn[known]].astype("Int64"))
    return ranks


def _percentiles(values: np.ndarray, moe90: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """Two rows, low and high, of ranks that occurred: no rank between two is made up."""
    errors = np.random.default_rng(seed).standard_normal((draws, len(values)))
    surveys = np.clip(values + errors * moe90 / Z_90, 0, None)
    ranks = pd.DataFrame(surveys).rank(axis="columns", method="min", ascending=False).to_numpy()
    low, high = PERCENTILES
    return np.vstack(
        [
            np.percentile(ranks, low, axis=0, method="lower"),
            np.percentile(ranks, high, axis=0, method="higher"),
        ]
    ).astype(int)
