"""Who leads by a number that nothing bounds from above: it is said of the source's published figures alone."""

from collections.abc import Callable

import pandas as pd

from where_is_ai.geography.names import short_us_names
from where_is_ai.layers.phrases import listed
from where_is_ai.statements import Measure, Statement, superlative

NAMED_IN_TITLES = 3


def title_of_leaders(
    metros: pd.DataFrame, table: str, column: str, figures: str, said: Callable[[str], str]
) -> Statement | None:
    """That the first three metros by ``rank`` lead, in short names; None where none is ranked."""
    first = _first(metros, NAMED_IN_TITLES)
    if first.empty:
        return None
    wording = said(listed(short_us_names(metros["metro"])[first.index].to_list()))
    return _leads(metros, first, table, column, wording, f"{wording} in {figures}")


def lead_of_leader(
    metros: pd.DataFrame, table: str, column: str, figures: str, said: Callable[[str], str]
) -> Statement | None:
    """That the first metro leads, by its whole name, as findings begin; None where none is ranked."""
    first = _first(metros, 1)
    if first.empty:
        return None
    wording = said(first["metro"].iloc[0])
    return _leads(metros, first, table, column, wording, f"In {figures} {wording}")


def whose_figures(sources: pd.Series, made_up: str, published: str) -> str:
    """Of which figures a leader leads: those that a source ``published``, or, where any is ``made_up``, nobody's."""
    return made_up if sources.eq(made_up).any() else published


def _first(metros: pd.DataFrame, number: int) -> pd.DataFrame:
    return metros.dropna(subset="rank").sort_values(["rank", "area_code"]).head(number)


def _leads(
    metros: pd.DataFrame, first: pd.DataFrame, table: str, column: str, wording: str, fallback: str
) -> Statement:
    unbounded = pd.Series(pd.NA, index=metros.index, dtype="Float64")
    return superlative(
        metros, first, Measure(table, "area_code", column, metros[column], unbounded), wording, fallback
    )
