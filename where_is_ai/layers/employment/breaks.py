"""Where the series of releases breaks: areas redrawn, occupations redefined."""

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

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
    past = [each for each in _breaks() if each.reference_month <= release]
    months = {each.reference_month for each in past if each.what == "occupations"}
    months |= {
        each.reference_month
        for each in past
        if each.what == "areas" and area_break("", each.reference_month, area_code)
    }
    return 1 + len(months)


def _break(what: str, before: str, after: str) -> str | None:
    between = (each.why for each in _breaks() if each.what == what and before < each.reference_month <= after)
    return "; ".join(between) or None


class _Break(NamedTuple):
    """A line of ``breaks.csv``: from the release of that month on, why, and ``what``: areas, occupations, phase-in."""

    reference_month: str
    what: str
    why: str


@cache
def _breaks() -> tuple[_Break, ...]:
    """Plain tuples: each area of each release looks through these few."""
    with files("where_is_ai.layers.employment").joinpath("breaks.csv").open() as file:
        return tuple(_Break(**row) for row in csv.DictReader(file))


@cache
def _area_changes() -> dict[str, str | None]:
    """Per area of May 2023 why it is not the same in May 2024; None where it is."""
    with files("where_is_ai.layers.employment").joinpath("area_changes.csv").open() as file:
        rows = pd.read_csv(file, dtype="str")
    return {row.area_code: row.why_not if pd.notna(row.why_not) else None for row in rows.itertuples()}
