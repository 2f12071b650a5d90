"""Published pairs of a count and a rate per 100,000: how many residents they imply, and which estimate that fits."""

from importlib.resources import files

import pandas as pd

from where_is_ai.layers.postings.implied_schema import ImpliedResidents
from where_is_ai.layers.postings.metro import PER
from where_is_ai.tables import as_table

RATE_ROUNDED_TO = 0.1


def published_pairs() -> pd.DataFrame:
    """Published of single metros: area_code, metro, quarter, ai_postings, ai_postings_per_100k, source."""
    with files("where_is_ai.layers.postings").joinpath("published_pairs.csv").open(encoding="utf-8") as file:
        return pd.read_csv(file, dtype={"area_code": str})


def implied_residents(pairs: pd.DataFrame, residents: pd.DataFrame) -> pd.DataFrame:
    """Each of ``pairs`` with the residents that it implies and the estimates that lie within its rounding.

    ``residents`` has area_code, year, population. Gives ImpliedResidents.
    """
    pairs = pairs.copy()
    half = RATE_ROUNDED_TO / 2
    pairs["implied_low"] = pairs["ai_postings"] / (pairs["ai_postings_per_100k"] + half) * PER
    pairs["implied_high"] = pairs["ai_postings"] / (pairs["ai_postings_per_100k"] - half) * PER
    fitted = pairs.join(pairs.apply(_fit, axis=1, residents=residents))
    return as_table(fitted, ImpliedResidents)


def _fit(pair: pd.Series, residents: pd.DataFrame) -> pd.Series:
    estimates = residents[residents["area_code"] == pair["area_code"]].set_index("year")["population"]
    below = (pair["implied_low"] - estimates).clip(lower=0)
    above = (estimates - pair["implied_high"]).clip(lower=0)
    off = (below + above) / estimates * 100
    fitting = ", ".join(str(year) for year in off.index[off == 0])
    nearest = off.idxmin() if len(off) else pd.NA
    return pd.Series(
        {
            "fitting_years": fitting,
            "nearest_year": nearest,
            "nearest_off_pct": off.min() if len(off) else pd.NA,
        }
    )
