"""What words and pictures are made from: the tables that are on the shelf, whether or not this run made them."""

from collections.abc import Iterable

import pandas as pd

from where_is_ai.layers.layer import Layer, Material
from where_is_ai.quarters import FIRST_QUARTER, Quarter
from where_is_ai.shelf import Shelf

# With the quarter itself, three years.
MOST_EARLIER = 11


def material(
    shelf: Shelf, quarter: Quarter, layer: Layer, tables: Iterable[str], earlier: Iterable[str] = ()
) -> Material:
    """The tables of ``quarter`` that are there, the layer's raw answers, and ``earlier`` quarters' tables."""
    kept = {name: shelf.table(name, quarter) for name in tables}
    return Material(
        quarter=quarter,
        tables={name: table for name, table in kept.items() if table is not None},
        entries={layer.raw: shelf.entries(layer.raw, quarter)},
        earlier={name: earlier_quarters(shelf, quarter, name) for name in earlier},
    )


def earlier_quarters(
    shelf: Shelf, quarter: Quarter, name: str, most: int = MOST_EARLIER
) -> list[tuple[Quarter, pd.DataFrame]]:
    """The table ``name`` of the quarters before that have rows, at most the ``most`` nearest; oldest first.

    Without a limit each edition would repeat all before it, and a series of editions grow with its square.
    """
    kept, each = [], quarter.previous
    while each >= Quarter.parse(FIRST_QUARTER) and len(kept) < most:
        rows = shelf.table(name, each)
        if rows is not None and len(rows):
            kept.append((each, rows))
        each = each.previous
    return kept[::-1]
