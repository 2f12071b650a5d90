"""Offered wages as US dollars a year of full-time work, by the unit that the employer gave."""

import pandas as pd

HOURS_A_YEAR = 2080
PER_YEAR = {"year": 1, "month": 12, "bi-weekly": 26, "week": 52, "hour": HOURS_A_YEAR}
# Below is less than the federal minimum wage, above a slip of the unit: an annual wage said to be by the hour.
PLAUSIBLE_USD_PER_YEAR = (15_000, 3_000_000)


def usd_per_year(amounts: pd.Series, units: pd.Series) -> pd.Series:
    """Float64 of written amounts and units; NA where either is unknown or the result is no plausible wage."""
    numbers = pd.to_numeric(amounts.str.replace(r"[$,\s]", "", regex=True), errors="coerce").astype("Float64")
    yearly = numbers * units.str.strip().str.lower().map(PER_YEAR).astype("Float64")
    return yearly.where(yearly.between(*PLAUSIBLE_USD_PER_YEAR).fillna(False))
