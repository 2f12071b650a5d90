"""The Top-10 card of a layer that ranks metros, of the USA or of the world, from its table by metro."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from where_is_ai.geography.names import country_names, short_us_names, short_world_names, state_names
from where_is_ai.layers.layer import Drawing
from where_is_ai.maps.cards import ROWS, Card, Row

# What a card calls each metro of a table, and the larger place that it is in.
Names = Callable[[pd.DataFrame], tuple[pd.Series, pd.Series]]


def usa(metros: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """First cities, and states in words."""
    return short_us_names(metros["metro"]), state_names(metros["metro"])


def world(metros: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Metros' names, of those in the USA first cities, and countries in words."""
    titles = metros.loc[metros["country_code"] == "US", "metro"]
    names = metros["metro"].mask(metros.index.isin(titles.index), short_us_names(titles))
    countries = country_names(metros["country_code"])
    return short_world_names(names, metros["country_code"]), metros["country_code"].map(countries)


def drawn(file: str, metros: pd.DataFrame, card: Callable[[], Card]) -> Drawing | None:
    """The card as the picture ``file``; None where no metro has a ``rank``."""
    if metros["rank"].isna().all():
        return None
    made = card()
    return Drawing({file: made.draw()}, made.alt)


def top_ten(
    metros: pd.DataFrame,
    value: str,
    text: Callable[[Any], str],
    beside: Callable[[Any], str],
    colour: str,
    change: Callable[[Any], str] = lambda row: "",
    names: Names = usa,
) -> list[Row]:
    """The first ten by ``rank``: the columns ``value`` and ``colour``, and what is said ``beside`` the larger place."""
    short, within = names(metros)
    named = metros.assign(short=short, within=within)
    first = named.dropna(subset="rank").sort_values("rank", kind="stable").head(ROWS)
    return [
        Row(
            rank=int(row.rank),
            name=row.short,
            place=f"{row.within} · {beside(row)}",
            value=float(getattr(row, value)),
            text=text(row),
            colour=getattr(row, colour),
            change=change(row),
        )
        for row in first.itertuples(index=False)
    ]
