"""The superlatives that are said of AI jobs offered to foreign workers, as statements: which metros have the most.

Each certified case is counted, but those whose worksite could not be placed may be anywhere: none has an upper bound.
"""

import pandas as pd

from where_is_ai.geography.names import short_us_names
from where_is_ai.layers.layer import Material
from where_is_ai.layers.leaders import Leaders, whose_figures
from where_is_ai.layers.visas.metro import MADE_UP
from where_is_ai.layers.visas.notes import METROS
from where_is_ai.statements import Statement

FIGURES = "the Department of Labor's published figures"
MEASURE = "ai_lca_cases"


def statements(material: Material) -> list[Statement]:
    """What title and findings of an edition say, where it has metros with a rank."""
    metros = material.tables.get(METROS)
    made = [cases_title(metros), cases_lead(metros)] if metros is not None else []
    return [each for each in made if each is not None]


def cases_title(metros: pd.DataFrame) -> Statement | None:
    """Which three metros (MetroVisas) have the most; None where none is ranked."""
    return _leaders(metros).title("Employers in {} offer foreign workers the most AI jobs".format)


def cases_lead(metros: pd.DataFrame) -> Statement | None:
    """Which metro has the most, as findings lead with it."""
    return _leaders(metros).lead("{} has the most certified AI cases".format)


def _leaders(metros: pd.DataFrame) -> Leaders:
    figures = whose_figures(metros["sources"], MADE_UP, FIGURES)
    return Leaders(metros, METROS, MEASURE, figures, short_us_names(metros["metro"]))
