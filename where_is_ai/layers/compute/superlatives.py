"""The superlatives that are said of data centres, as statements: which metros have the most computing power for AI.

The source lists the largest sites alone and gives no intervals. What a metro has besides is unknown, so none has an
upper bound, and each statement speaks of published figures.
"""

import pandas as pd

from where_is_ai.columns import columns_of
from where_is_ai.layers.compute.schema import Capacity
from where_is_ai.layers.compute.scopes import THE_USA, THE_WORLD, Scope
from where_is_ai.layers.layer import Material
from where_is_ai.layers.leaders import Leaders
from where_is_ai.statements import Statement

FIGURES = "Epoch AI's published figures"


def statements(material: Material) -> list[Statement]:
    """What titles and findings of an edition say, where it has metros with any capacity."""
    made = [
        said(material.tables[scope.table], scope)
        for scope in (THE_USA, THE_WORLD)
        if scope.table in material.tables
        for said in (power_title, power_lead)
    ]
    return [each for each in made if each is not None]


def power_title(metros: pd.DataFrame, scope: Scope = THE_USA) -> Statement | None:
    """Which three metros of the scope's table have the most; None where none is ranked."""
    return _leaders(metros, scope).title(f"{{}} {{}} {_whose(scope)} most AI computing power".format)


def power_lead(metros: pd.DataFrame, scope: Scope = THE_USA) -> Statement | None:
    """Which metro has the most, as findings lead with it."""
    most = columns_of(Capacity)["h100e"].text(metros["h100e"].max())
    return _leaders(metros, scope).lead(
        lambda metro: f"{metro} has {_whose(scope)} most computing power for AI, {most} H100 equivalents"
    )


def _whose(scope: Scope) -> str:
    return "the world's" if scope is THE_WORLD else "the"


def _leaders(metros: pd.DataFrame, scope: Scope) -> Leaders:
    """What was expected, not seen, when the list was copied is no part of the lower bound."""
    low = metros["h100e"] - metros["h100e_projected"]
    short, _ = scope.names(metros)
    return Leaders(metros, scope.table, "h100e", FIGURES, short, low, scope.key)
