"""The superlatives that are said of AI jobs offered to foreign workers, as statements: which metros have the most.

Each certified case is counted, but those whose worksite could not be placed may be anywhere: none has an upper bound.
"""

import pandas as pd

from where_is_ai.geography.names import short_us_names
from where_is_ai.layers.layer import Material
from where_is_ai.layers.phrases import listed
from where_is_ai.layers.visas.notes import METROS
from where_is_ai.statements import Measure, Statement, superlative

NAMED = 3
FIGURES = "the Department of Labor's published figures"


def statements(material: Material) -> list[Statement]:
    """What title and findings of an edition say, where it has metros with a rank."""
    metros = material.tables.get(METROS)
    made = [cases_title(metros), cases_lead(metros)] if metros is not None else []
    return [each for each in made if each is not None]


def cases_title(metros: pd.DataFrame) -> Statement | None:
    """Which three metros (MetroVisas) have the most; None where none is ranked."""
    first = _first(metros, NAMED)
    if first.empty:
        return None
    names = listed(short_us_names(metros["metro"])[first.index].to_list())
    said = f"Employers in {names} offer foreign workers the most AI jobs"
    return _leads(metros, first, said, f"{said} in {FIGURES}")


def cases_lead(metros: pd.DataFrame) -> Statement | None:
    """Which metro has the most, as findings lead with it."""
    first = _first(metros, 1)
    if first.empty:
        return None
    said = f"{first['metro'].iloc[0]} has the most certified AI cases"
    return _leads(metros, first, said, f"In {FIGURES} {said}")


def _first(metros: pd.DataFrame, number: int) -> pd.DataFrame:
    return metros.dropna(subset="rank").sort_values(["rank", "area_code"]).head(number)


def _leads(metros: pd.DataFrame, first: pd.DataFrame, wording: str, fallback: str) -> Statement:
    unbounded = pd.Series(pd.NA, index=metros.index, dtype="Float64")
    measure = Measure(METROS, "area_code", "ai_lca_cases", metros["ai_lca_cases"], unbounded)
    return superlative(metros, first, measure, wording, fallback)
