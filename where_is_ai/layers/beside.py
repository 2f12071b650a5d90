"""What stands beside a metro's number: its country's, and its own of an earlier edition."""

from dataclasses import dataclass

from where_is_ai.layers.published_table import Row


@dataclass(frozen=True)
class National:
    """What a whole country has by a measure, counted and measured as the metro's own is.

    ``value`` None is unknown, and ``note`` then says why; else it says of what the value is, where that is not plain.
    ``low`` and ``high`` are its bounds, as far as there are any; ``at_least``: the value is a lower bound.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    at_least: bool = False
    note: str = ""


@dataclass(frozen=True)
class Earlier:
    """What an earlier edition, of ``quarter``, has of the same place: ``row`` of the same table."""

    quarter: str
    row: Row
