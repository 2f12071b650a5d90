"""The releases as one series with its breaks: a row per metro and release, linked only where a link holds."""

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from where_is_ai.layers.employment.bounds import bounds
from where_is_ai.layers.employment.breaks import segment
from where_is_ai.layers.employment.change import comparability
from where_is_ai.layers.employment.concentration import add_concentration
from where_is_ai.layers.employment.schema_series import MetroSeries
from where_is_ai.layers.employment.unrounded import total_employment
from where_is_ai.occupations import ai_occupations_in
from where_is_ai.tables import as_table


def series(releases: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """MetroSeries of several releases' cells (OewsCells, oldest first), a metro's rows together, oldest first.

    ``segment`` numbers the stretches between breaks: a line may be drawn only within one.
    """
    if not releases:
        return as_table(MetroSeries.empty(), MetroSeries)
    rows = [_first(releases[0]), *(_next(before, after) for before, after in pairwise(releases))]
    whole = pd.concat(rows, ignore_index=True).sort_values(["area_code", "oews_release"])
    return as_table(whole, MetroSeries).reset_index(drop=True)


def series_lead(rows: pd.DataFrame) -> str:
    """Which releases the series (MetroSeries) has, and what may be read from it."""
    first, last = (
        f"{pd.Timestamp(month):%B %Y}" for month in (rows["oews_release"].min(), rows["oews_release"].max())
    )
    number = rows["oews_release"].nunique()
    between = (
        f"{number} releases are at hand, {first} to {last}"
        if number > 1
        else f"One release is at hand, {first}"
    )
    return f"{between}; a metro's numbers are joined only where neither its area nor the occupations broke."


def _first(cells: pd.DataFrame) -> pd.DataFrame:
    return _release(cells).assign(linked=False, why_not_linked="first release at hand")


def _next(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    compared = comparability(before, after).rename(
        columns={"comparable": "linked", "why_not": "why_not_linked"}
    )
    return _release(after).join(compared, on="area_code")


def _release(cells: pd.DataFrame) -> pd.DataFrame:
    occupations, release = ai_occupations_in(cells), cells["release"].iloc[0]
    rows = cells.drop_duplicates("area_code").set_index("area_code")[["area_title"]]
    rows = rows.rename(columns={"area_title": "metro"}).join(bounds(cells, occupations))
    rows["total_employment"] = total_employment(cells)
    rows["segment"] = [segment(release, area) for area in rows.index]
    rows = rows.assign(oews_release=release, occupations=" + ".join(occupations)).reset_index()
    return add_concentration(rows, cells[cells["occ_code"].isin(occupations)])
