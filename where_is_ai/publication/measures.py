"""Which columns of a layer's table by metro are its measures, with their bounds and ranks, by what it declares."""

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import cache

from where_is_ai.fields import DEGREES, RANK
from where_is_ai.layers.layer import Layer, PublishedTable

# Standard errors and margins speak of another column.
_ERROR = re.compile(r"(?:^|_)(?:se|moe\d*)(?:_|$)")
_BOUND = re.compile(r"_(?:low|high)(?:_|$)")


@dataclass(frozen=True)
class Measure:
    """A measure by its column; ``low``, ``high`` and ``rank`` are columns too, "" where there is none."""

    name: str
    low: str
    high: str
    rank: str


@cache
def measures_of(layer: Layer, table: PublishedTable | None = None) -> tuple[Measure, ...]:
    """The number that the layer sets beside the last edition's, then the others that it follows over editions.

    ``table`` is one of the layer's ``metro_tables``, by default that by metro.
    """
    table = table or layer.by_metro
    columns = table.columns()
    named = dict.fromkeys((table.measure, *layer.on_metro.history))
    ranks = {table.measure: "rank"} | dict(table.ranks)
    return tuple(
        Measure(
            name,
            low=bound_of(name, "low", columns),
            high=bound_of(name, "high", columns),
            rank=rank if (rank := ranks.get(name, "")) in columns else "",
        )
        for name in named
        if name in columns
        and columns[name].numeric
        and columns[name].unit not in (RANK, DEGREES)
        and not _BOUND.search(name)
        and not _ERROR.search(name)
    )


def bound_of(measure: str, end: str, columns: Container[str]) -> str:
    """The column of a measure's bound: ``ai_workers_low``, or ``ai_use_low_pct`` of ``ai_use_pct``; "" for none."""
    words = measure.split("_")
    placed = ("_".join([*words[:at], end, *words[at:]]) for at in range(len(words), 0, -1))
    return next((name for name in placed if name in columns), "")
