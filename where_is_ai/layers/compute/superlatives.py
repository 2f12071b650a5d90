"""The superlatives that are said of data centres, as statements: which metros have the most computing power for AI.

The source lists the largest sites alone and gives no intervals. What a metro has besides is unknown, so none has an
upper bound, and each statement speaks of published figures.
"""

import pandas as pd

from where_is_ai.columns import columns_of
from where_is_ai.geography.names import short_us_names
from where_is_ai.layers.compute.notes import METROS
from where_is_ai.layers.compute.schema import MetroCompute
from where_is_ai.layers.layer import Material
from where_is_ai.layers.phrases import listed
from where_is_ai.statements import Measure, Statement, superlative

NAMED = 3
FIGURES = "Epoch AI's published figures"


def statements(material: Material) -> list[Statement]:
    """What title and findings of an edition say, where it has metros with any capacity."""
    metros = material.tables.get(METROS)
    made = [power_title(metros), power_lead(metros)] if metros is not None else []
    return [each for each in made if each is not None]


def power_title(metros: pd.DataFrame) -> Statement | None:
    """Which three metros (MetroCompute) have the most; None where none is ranked."""
    first = metros.dropna(subset="rank").sort_values(["rank", "area_code"]).head(NAMED)
    if first.empty:
        return None
    names = short_us_names(metros["metro"])[first.index].to_list()
    said = f"{listed(names)} {'has' if len(names) == 1 else 'have'} the most AI computing power"
    return _leads(metros, first, said, f"{said} in {FIGURES}")


def power_lead(metros: pd.DataFrame) -> Statement | None:
    """Which metro has the most, as findings lead with it."""
    first = metros.dropna(subset="rank").sort_values(["rank", "area_code"]).head(1)
    if first.empty:
        return None
    row = first.iloc[0]
    text = columns_of(MetroCompute)["h100e"].text(row["h100e"])
    said = f"{row['metro']} has the most computing power for AI, {text} H100 equivalents"
    return _leads(metros, first, said, f"In {FIGURES} {said}")


def _leads(metros: pd.DataFrame, first: pd.DataFrame, wording: str, fallback: str) -> Statement:
    """What was expected, not seen, when the list was copied is no part of the lower bound."""
    low = metros["h100e"] - metros["h100e_projected"]
    unbounded = pd.Series(pd.NA, index=metros.index, dtype="Float64")
    return superlative(
        metros, first, Measure(METROS, "area_code", "h100e", low, unbounded), wording, fallback
    )
