"""The superlatives that are said of AI companies' private offerings, as statements: which metros have the most.

What is filed is a floor: many large rounds file no Form D or file late, so none has an upper bound.
"""

import pandas as pd

from where_is_ai.geography.names import short_us_names
from where_is_ai.layers.funding.notes import METROS
from where_is_ai.layers.layer import Material
from where_is_ai.layers.phrases import listed
from where_is_ai.statements import Measure, Statement, superlative

NAMED = 3
FIGURES = "the SEC's published figures"


def statements(material: Material) -> list[Statement]:
    """What title and findings of an edition say, where it has metros with a rank."""
    metros = material.tables.get(METROS)
    made = [sold_title(metros), sold_lead(metros)] if metros is not None else []
    return [each for each in made if each is not None]


def sold_title(metros: pd.DataFrame) -> Statement | None:
    """Which three metros (MetroFunding) have the most; None where none is ranked."""
    first = _first(metros, NAMED)
    if first.empty:
        return None
    names = listed(short_us_names(metros["metro"])[first.index].to_list())
    said = f"AI companies in {names} reported the most money raised privately"
    return _leads(metros, first, said, f"{said} in {FIGURES}")


def sold_lead(metros: pd.DataFrame) -> Statement | None:
    """Which metro has the most, as findings lead with it."""
    first = _first(metros, 1)
    if first.empty:
        return None
    said = f"AI companies in {first['metro'].iloc[0]} reported the most money raised privately"
    return _leads(metros, first, said, f"In {FIGURES} {said}")


def _first(metros: pd.DataFrame, number: int) -> pd.DataFrame:
    return metros.dropna(subset="rank").sort_values(["rank", "area_code"]).head(number)


def _leads(metros: pd.DataFrame, first: pd.DataFrame, wording: str, fallback: str) -> Statement:
    unbounded = pd.Series(pd.NA, index=metros.index, dtype="Float64")
    measure = Measure(METROS, "area_code", "ai_amount_sold_usd", metros["ai_amount_sold_usd"], unbounded)
    return superlative(metros, first, measure, wording, fallback)
