"""The Top-10 card of a layer that ranks metros of the USA, from its table by metro."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from where_is_ai.geography.names import short_us_names, state_names
from where_is_ai.layers.layer import Drawing
from where_is_ai.maps.cards import ROWS, Card, Row


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
) -> list[Row]:
    """The first ten by ``rank``: the columns ``value`` and ``colour``, and what is said ``beside`` the state."""
    named = metros.assign(short=short_us_names(metros["metro"]), state_name=state_names(metros["metro"]))
    first = named.dropna(subset="rank").sort_values("rank", kind="stable").head(ROWS)
    return [
        Row(
            rank=int(row.rank),
            name=row.short,
            place=f"{row.state_name} · {beside(row)}",
            value=float(getattr(row, value)),
            text=text(row),
            colour=getattr(row, colour),
            change=change(row),
        )
        for row in first.itertuples(index=False)
    ]
