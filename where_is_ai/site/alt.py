"""Titles and alt texts of the maps that only the site has; every number comes out of the table."""

import pandas as pd

from where_is_ai.maps import EditionNotes
from where_is_ai.maps.names import short_us_names
from where_is_ai.publication.catalog import LOWER_BOUNDS


def signed(change: float) -> str:
    """ "+4,020", "−250", or nothing where it is unknown."""
    return "" if pd.isna(change) else f"{change:+,.0f}".replace("-", "−")


def change_title(changes: pd.DataFrame) -> str:
    """Of how many metros a change can be told, and in which direction."""
    told = told_apart(changes)
    gains, losses = (
        int((told["like_for_like_change"] > 0).sum()),
        int((told["like_for_like_change"] < 0).sum()),
    )
    compared = int(changes["comparable"].sum())
    return (
        f"Of {compared} comparable metros, {gains or 'none'} gained and {losses or 'none'} lost more AI workers than "
        "the survey's noise"
    )


def change_alt(changes: pd.DataFrame, notes: EditionNotes) -> str:
    """For the map of changes."""
    told = told_apart(changes)
    told = told.reindex(told["like_for_like_change"].abs().sort_values(ascending=False).index).head(5)
    named = short_us_names(told["metro"]) if len(told) else []
    largest = ", ".join(
        f"{name} {signed(change)}" for name, change in zip(named, told["like_for_like_change"], strict=True)
    )
    return (
        f"Map of the United States with a circle for the like-for-like change of AI workers in each comparable metro "
        f"area. {change_title(changes)}. Largest: {largest or 'none'}. Source: {notes.source}."
    )


def told_apart(changes: pd.DataFrame) -> pd.DataFrame:
    """The comparable rows whose change exceeds its noise."""
    return changes[changes["comparable"].astype(bool) & changes["exceeds_noise"].fillna(False).astype(bool)]


def coverage_title(metros: pd.DataFrame) -> str:
    """How many metros are whole, lower bounds and unknown."""
    whole = int((metros["coverage"] == "all_published").sum())
    lower = int(metros["coverage"].isin(LOWER_BOUNDS).sum())
    unknown = len(metros) - whole - lower
    return f"Of {len(metros)} metros, {whole} are whole, {lower} are lower bounds and {unknown} unknown"


def coverage_alt(metros: pd.DataFrame, notes: EditionNotes) -> str:
    """For the map of coverage."""
    return (
        f"Map of the United States with a circle for each metro area, coloured by whether all its AI occupations are "
        f"published. {coverage_title(metros)}. Source: {notes.source}."
    )
