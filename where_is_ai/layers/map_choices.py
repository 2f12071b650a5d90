"""What a reader may choose of a page's map, as its layer declares it: the measure, and the release."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class MapMeasure:
    """A measure that a page's map can show: the column ``area`` as the area of circles, ``colour`` as their colour.

    A map of areas, such as states, colours each by the classes of ``area``; there is no ``colour`` besides.

    ``title`` is what it is called. Without ``colour`` circles are coloured by the classes of ``area``; a signed
    column's, by gain and loss. ``table`` is the published table that has the columns, by default the page's own.
    ``area_title`` and ``colour_title`` head the legend, where ``divisor`` divides the numbers of area and ``limits``
    lie between the classes of colour (by default the values suggest them). A row that ``qualifies`` denies is grey,
    which ``muted`` explains; by default the ranked qualify where the table has ranks, or else all. One that ``sized``
    denies has a diamond instead of a circle, as those without a value have; ``unknown`` says why. The list of the
    highest is by ``listed``, by default the area. ``caveat`` is what a reader must know of the numbers.
    """

    title: str
    area: str
    colour: str = ""
    table: str = ""
    area_title: str = ""
    colour_title: str = ""
    divisor: float = 1
    limits: tuple[float, ...] = ()
    qualifies: Callable[[pd.DataFrame], pd.Series] | None = field(default=None, repr=False)
    muted: str = "not ranked"
    sized: Callable[[pd.DataFrame], pd.Series] | None = field(default=None, repr=False)
    unknown: str = "unknown"
    listed: str = ""
    caveat: str = ""

    @property
    def name(self) -> str:
        """What addresses call it: its columns."""
        return f"{self.area}.{self.colour}" if self.colour else self.area


def anything(rows: pd.DataFrame) -> pd.Series:
    """All rows qualify: for a measure to which the rank by another column is nothing."""
    return pd.Series(True, rows.index)


@dataclass(frozen=True)
class Moment:
    """A release that a map can show: ``period`` as its table writes it, ``at`` in years.

    ``broken`` says why it can't be compared with the moment before; "" where it can.
    """

    period: str
    label: str
    at: float
    broken: str = ""


@dataclass(frozen=True)
class Releases:
    """The releases that a map can show: those in the column ``period`` of ``table``.

    Of the table's rows ``moments`` gives all that there were from the first to the last, oldest first; a page shows
    those that the table hasn't as missing.
    """

    table: str
    period: str
    moments: Callable[[pd.DataFrame], Sequence[Moment]] = field(repr=False)
