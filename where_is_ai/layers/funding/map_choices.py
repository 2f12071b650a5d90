"""What a reader may choose of the map of funding: the measure."""

import pandas as pd

from where_is_ai.layers.funding.words import MILLION
from where_is_ai.layers.map_choices import MapMeasure, anything

# Shares of few companies are coarse, so classes that stay the same from quarter to quarter.
SHARE_LIMITS_PCT = (2.0, 5.0, 10.0, 20.0, 40.0)
NOTHING = "nothing sold yet, or unknown"


def sold(rows: pd.DataFrame) -> pd.Series:
    """Where anything was sold."""
    return rows["ai_amount_sold_usd"].fillna(0) > 0


MEASURES = (
    MapMeasure(
        "Amount sold, US$",
        "ai_amount_sold_usd",
        colour="ai_issuers_pct",
        area_title="sold, million US dollars",
        colour_title="AI share of companies that filed, %",
        divisor=MILLION,
        limits=SHARE_LIMITS_PCT,
        sized=sold,
        unknown=NOTHING,
    ),
    MapMeasure("AI companies that filed", "ai_issuers", qualifies=anything),
    MapMeasure(
        "AI share of companies that filed, %", "ai_issuers_pct", limits=SHARE_LIMITS_PCT, qualifies=anything
    ),
    MapMeasure(
        "Median amount of an offering, US$",
        "ai_amount_median_usd",
        area_title="median, million US dollars",
        divisor=MILLION,
        sized=sold,
        unknown=NOTHING,
    ),
)
