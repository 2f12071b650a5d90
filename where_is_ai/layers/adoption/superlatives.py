"""The superlatives that are said of AI use, as statements: where the highest share of businesses uses AI.

Metros are the 25 that the survey reports. How large a state is the interval says: fewer firms, a wider one.
"""

import pandas as pd

from where_is_ai.geography.names import short_us_names
from where_is_ai.layers.adoption.origin import MADE_UP
from where_is_ai.layers.adoption.trace import METROS, STATES
from where_is_ai.layers.layer import Material
from where_is_ai.layers.leaders import whose_figures
from where_is_ai.layers.phrases import listed
from where_is_ai.statements import Measure, Statement, superlative

FIGURES = "the survey's published figures"


def statements(material: Material) -> list[Statement]:
    """What titles and findings of an edition say, of the tables that it has."""
    made = []
    for table, short, full in (
        (METROS, lambda rows: short_us_names(rows["metro"]), "metro"),
        (STATES, lambda rows: rows["name"], "name"),
    ):
        if material.has_rows(table):
            rows = material.tables[table]
            made += [use_title(rows, short(rows)), use_lead(rows, rows[full])]
    return [each for each in made if each is not None]


def use_title(rows: pd.DataFrame, names: pd.Series) -> Statement | None:
    """Where businesses use AI most; ``names`` go with ``rows`` (Use). None where no row has a rank."""
    first = _first(rows)
    if first is None:
        return None
    said, share = f"Businesses in {listed(names[first.index].to_list())} use AI most", _share(first.iloc[0])
    return _leads(rows, first, f"{said}: {share}", f"{said} in {_figures(rows)}: {share}")


def use_lead(rows: pd.DataFrame, names: pd.Series) -> Statement | None:
    """The same as findings lead with it."""
    first = _first(rows)
    if first is None:
        return None
    have = "has" if len(first) == 1 else "have"
    said = (
        f"{listed(names[first.index].to_list())} {have} the highest share of businesses that use AI, "
        f"{first.iloc[0]['ai_use_pct']:.1f} %"
    )
    return _leads(rows, first, said, f"In {_figures(rows)} {said}")


def _first(rows: pd.DataFrame) -> pd.DataFrame | None:
    """All rows of the first rank; None where there is no rank."""
    first = rows[rows["rank"].eq(rows["rank"].min()).fillna(False).astype(bool)]
    return first if len(first) else None


def _share(row: pd.Series) -> str:
    """The share with half of its 90 % interval, since places near the top differ by less."""
    share = f"{row['ai_use_pct']:.1f} %"
    return (
        share
        if pd.isna(row["ai_use_high_pct"])
        else f"{share} ± {row['ai_use_high_pct'] - row['ai_use_pct']:.1f}"
    )


def _leads(rows: pd.DataFrame, first: pd.DataFrame, wording: str, fallback: str) -> Statement:
    table, key = (METROS, "area_code") if "area_code" in rows else (STATES, "state")
    measure = Measure(table, key, "ai_use_pct", rows["ai_use_low_pct"], rows["ai_use_high_pct"])
    return superlative(rows, first, measure, wording, fallback)


def _figures(rows: pd.DataFrame) -> str:
    return whose_figures(rows["source"], MADE_UP, FIGURES)
