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


def area_break(before: str, after: str, area_code: str = "") -> str | None:
    """Why the area may not be compared between releases ``before`` (``2023-05``) and ``after``; None where it may.

    An area with the same counties and code on both sides may, by ``area_changes.csv``; without ``area_code`` the
    answer is for areas in general.
    """
    why = _break("areas", before, after)
    if why is None or area_code not in _area_changes():
        return why
    return _area_changes()[area_code]


def occupation_break(before: str, after: str) -> str | None:
    """Why the AI occupations of the two releases are not the same ones; None where they are."""
    return _break("occupations", before, after)


def phase_in(before: str, after: str) -> str | None:
    """What to know of growth between the two releases while a code was being phased in; None where none was."""
    return _break("phase-in", before, after)


def segment(release: str, area_code: str = "") -> int:
    """1 for the releases before the first break, 2 from it on, and so forth: for an area as ``area_break`` takes it."""
    breaks = _breaks()
    past = breaks[breaks["reference_month"] <= release]
    months = set(past.loc[past["what"] == "occupations", "reference_month"])
    for month in past.loc[past["what"] == "areas", "reference_month"]:
        if area_break("", month, area_code):
            months.add(month)
    return 1 + len(months)


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


@cache
def _area_changes() -> dict[str, str | None]:
    """Per area of May 2023 why it is not the same in May 2024; None where it is."""
    with files("where_is_ai.layers.employment").joinpath("area_changes.csv").open() as file:
        rows = pd.read_csv(file, dtype="str")
    return {row.area_code: row.why_not if pd.notna(row.why_not) else None for row in rows.itertuples()}
