"""What words and pictures are made from: the tables that are on the shelf, whether or not this run made them."""

from collections.abc import Iterable

from where_is_ai.layers.layer import Layer, Material
from where_is_ai.quarters import FIRST_QUARTER, Quarter
from where_is_ai.shelf import Shelf


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


def earlier_quarters(shelf: Shelf, quarter: Quarter, name: str) -> list:
    """The table ``name`` of each quarter before that has rows, oldest first."""
    kept, each = [], Quarter.parse(FIRST_QUARTER)
    while each < quarter:
        rows = shelf.table(name, each)
        if rows is not None and len(rows):
            kept.append((each, rows))
        each = each.next
    return kept
