"""Where the series of releases breaks: areas redrawn, occupations redefined."""

from functools import cache
from importlib.resources import files

import pandas as pd

# BLS's own advice, to stand wherever a change is shown.
WARNING = (
    "BLS advises against reading OEWS as a time series: an estimate pools six half-yearly panels over three years, so "
    "two releases a year apart share four of the six, and since May 2021 it comes from a model (MB3)."
)

CAUTION = "BLS advises against reading releases as a time series: six pooled panels, model-based (MB3) since May 2021"


def area_break(before: str, after: str) -> str | None:
    """Why no area of release ``before`` (``2023-05``) may be compared with ``after``; None where they may."""
    return _break("areas", before, after)


def occupation_break(before: str, after: str) -> str | None:
    """Why the AI occupations of the two releases are not the same ones; None where they are."""
    return _break("occupations", before, after)


def segment(release: str) -> int:
    """1 for the releases before the first break, 2 from it on, and so forth."""
    breaks = _breaks()
    return 1 + breaks.loc[breaks["reference_month"] <= release, "reference_month"].nunique()


def _break(what: str, before: str, after: str) -> str | None:
    breaks = _breaks()
    between = breaks[
        (breaks["what"] == what) & (breaks["reference_month"] > before) & (breaks["reference_month"] <= after)
    ]
    return "; ".join(between["why"]) or None


@cache
def _breaks() -> pd.DataFrame:
    with files("where_is_ai.layers.employment").joinpath("breaks.csv").open() as file:
        return pd.read_csv(file)
