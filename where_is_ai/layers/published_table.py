"""A table that a layer publishes: its files, its rows, and what is said of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from where_is_ai.archive.evidence import Evidence, Trace
from where_is_ai.columns import Column, columns_of, require_described
from where_is_ai.fields import RANK
from where_is_ai.tables import Table

Row = Mapping[str, object]
NOT_RANKED = "not ranked"


@dataclass(frozen=True)
class Origin:
    """Who published the figures that a table rests on, where, and under which licence."""

    name: str
    address: str
    licence: str


@dataclass(frozen=True, eq=False)
class PublishedTable:
    """A published table: the files ``name``.csv and ``name``.parquet, columns as ``model`` describes them.

    ``page`` is the slug of the page that shows it, ``key`` the columns that tell its rows apart, ``shown`` those that
    the page shows (all are in the files), ``measure`` the one that is set beside the last edition's. ``trace`` walks
    a value back to raw cells; explain finds a row by ``ids`` and ``names`` (the first of ``key``, where not given);
    of several rows of a place it takes the last by ``period``, and by the other columns of ``key`` that which is
    named. ``place`` holds the id of a metro with a page of its own; ``lower_bounds`` are the columns whose value may
    be a lower bound, each with what says of a row whether it is: it is then shown with "≥", wherever it is shown. A
    column for which ``only_repeats`` is true says nothing in that row and is shown as unknown. ``note`` stands above
    the table. ``walked`` is the column whose raw
    cells stand for its row in the edition's provenance. ``residents`` has how many live in
    a metro's area, where its geography tells. ``ranks`` names the column of each measure's rank, where that
    is not ``rank`` of ``measure``.
    """

    name: str
    title: str
    model: type[Table]
    page: str
    key: tuple[str, ...]
    shown: tuple[str, ...]
    measure: str
    origin: Origin
    trace: Callable[[str, pd.Series, str, Evidence], Trace] = field(repr=False)
    ids: str = ""
    names: str = ""
    period: str = ""
    place: str = ""
    lower_bounds: Mapping[str, Callable[[Row], bool]] = field(default_factory=dict, repr=False, hash=False)
    only_repeats: Callable[[str, Row], bool] | None = field(default=None, repr=False)
    note: str = ""
    walked: str = ""
    residents: str = ""
    ranks: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", self.ids or self.key[0])
        object.__setattr__(self, "names", self.names or self.ids)
        require_described(self.model)

    @property
    def further_ids(self) -> tuple[str, ...]:
        """The columns of the key that tell the rows of one place and period apart: which occupation, which method."""
        return tuple(name for name in self.key if name not in (self.ids, self.period))

    def columns(self) -> dict[str, Column]:
        """The columns by name, in order."""
        return columns_of(self.model)

    def row_keys(self, rows: pd.DataFrame) -> pd.Series:
        """What tells each row from the others, as one text: the key's columns, separated by blanks."""
        columns = [rows[name].astype("str").fillna("") for name in self.key]
        texts = [" ".join(cells) for cells in zip(*columns, strict=True)]
        return pd.Series(texts, index=rows.index, dtype="str")

    def is_lower_bound(self, column: str, row: Row) -> bool:
        """Whether what the row has in ``column`` is a lower bound."""
        return column in self.lower_bounds and self.lower_bounds[column](row)

    def value(self, column: str, row: Row) -> object:
        """What the row has in ``column``; None where that only repeats another."""
        return None if self.only_repeats and self.only_repeats(column, row) else row.get(column)

    def text(self, column: str, row: Row) -> str:
        """The same as people read it, a lower bound with "≥"."""
        value = self.value(column, row)
        known = value is not None and not pd.isna(value)
        # Nothing is unknown where a row takes no part in a ranking.
        if not known and self.columns()[column].unit == RANK:
            return NOT_RANKED
        at_least = "≥ " if known and self.is_lower_bound(column, row) else ""
        return at_least + self.columns()[column].text(value)
