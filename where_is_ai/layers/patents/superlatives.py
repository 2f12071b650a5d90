"""The superlatives that are said of AI patents, as statements: which metros have the most.

Inventors whose place is unknown may be anywhere: none has an upper bound.
"""

import pandas as pd

from where_is_ai.geography.names import short_us_names
from where_is_ai.layers.layer import Material
from where_is_ai.layers.leaders import Leaders, whose_figures
from where_is_ai.layers.patents.notes import MADE_UP, METROS
from where_is_ai.statements import Statement

FIGURES = "the patent office's published figures"
MEASURE = "ai_patents"


def statements(material: Material) -> list[Statement]:
    """What title and findings of an edition say, where it has metros with a rank."""
    metros = material.tables.get(METROS)
    made = [patents_title(metros), patents_lead(metros)] if metros is not None else []
    return [each for each in made if each is not None]


def patents_title(metros: pd.DataFrame) -> Statement | None:
    """Which three metros (MetroPatents) have the most; None where none is ranked."""
    return _leaders(metros).title("Inventors in {} have the most AI patents".format)


def patents_lead(metros: pd.DataFrame) -> Statement | None:
    """Which metro has the most, as findings lead with it."""
    return _leaders(metros).lead("inventors in {} have the most AI patents".format)


def _leaders(metros: pd.DataFrame) -> Leaders:
    figures = whose_figures(metros["source"], MADE_UP, FIGURES)
    return Leaders(metros, METROS, MEASURE, figures, short_us_names(metros["metro"]))
