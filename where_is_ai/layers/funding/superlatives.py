"""The superlatives that are said of AI companies' private offerings, as statements: which metros have the most.

What is filed is a floor: many large rounds file no Form D or file late, so none has an upper bound.
"""

import pandas as pd

from where_is_ai.geography.names import short_us_names
from where_is_ai.layers.funding.notes import MADE_UP, METROS
from where_is_ai.layers.layer import Material
from where_is_ai.layers.leaders import Leaders, whose_figures
from where_is_ai.statements import Statement

FIGURES = "the SEC's published figures"
MEASURE = "ai_amount_sold_usd"
SAID = "AI companies in {} reported the most money raised privately"


def statements(material: Material) -> list[Statement]:
    """What title and findings of an edition say, where it has metros with a rank."""
    metros = material.tables.get(METROS)
    made = [sold_title(metros), sold_lead(metros)] if metros is not None else []
    return [each for each in made if each is not None]


def sold_title(metros: pd.DataFrame) -> Statement | None:
    """Which three metros (MetroFunding) have the most; None where none is ranked."""
    return _leaders(metros).title(SAID.format)


def sold_lead(metros: pd.DataFrame) -> Statement | None:
    """Which metro has the most, as findings lead with it."""
    return _leaders(metros).lead(SAID.format)


def _leaders(metros: pd.DataFrame) -> Leaders:
    figures = whose_figures(metros["source"], MADE_UP, FIGURES)
    return Leaders(metros, METROS, MEASURE, figures, short_us_names(metros["metro"]))
