"""A table as a page shows it: headings with units, cells as people read them, and what they sort by."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd
from markupsafe import Markup

from where_is_ai.columns import UNKNOWN
from where_is_ai.columns import Column as ModelColumn
from where_is_ai.layers.layer import PublishedTable
from where_is_ai.site.addresses import metro_slug, slug
from where_is_ai.site.differences import Differences

#: More rows than these are in the files only: a page stays light, and the reader is told.
MOST_ROWS = 1000
#: A page has so many as HTML; a script unpacks those that follow, which take a third of the bytes so.
READABLE_ROWS = 100
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
NO_PAGES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Column:
    """A column of the page; ``about`` says what it means, ``first`` which way it sorts first: ranks up."""

    name: str
    heading: str
    about: str
    numeric: bool
    first: str = "down"


@dataclass(frozen=True)
class Cell:
    """``text`` as shown, ``value`` as sorted by (None for unknown, which is last), ``slug`` of a metro's page."""

    text: str
    value: object
    numeric: bool
    slug: str = ""

    @property
    def is_read(self) -> bool:
        """Whether a script reads what it sorts by off what it shows."""
        if self.value is None:
            return self.text in ("", UNKNOWN)
        if not self.numeric:
            return self.value == self.text
        shown = self.text.removeprefix("≥ ").replace(",", "")
        return self.value == shown or _rounds_to(str(self.value), shown)

    @property
    def attributes(self) -> Markup:
        """What it sorts by, where that is not what it shows."""
        if self.is_read:
            return Markup()
        return Markup(" data-na") if self.value is None else Markup(' data-v="{}"').format(self.value)


@dataclass(frozen=True)
class Row:
    """``key`` is the id of what the row is about, ``anchor`` the end of its address within the page."""

    key: str
    anchor: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class View:
    """``rows`` are the first of ``total``; ``named`` is the position of the column that names a row."""

    table: PublishedTable
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: int
    named: int
    differences: Differences | None

    @property
    def readable(self) -> tuple[Row, ...]:
        """The rows that the page has as HTML."""
        return self.rows[:READABLE_ROWS]

    @property
    def packed(self) -> Markup:
        """The rows after them, as JSON that does not end the script that it stands in; "" where there are none.

        Each is the key, the anchor and the page of its metro (0 where they follow from the key), then its cells.
        """
        rows = [_packed(row, self.named) for row in self.rows[READABLE_ROWS:]]
        if not rows:
            return Markup()
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return Markup(text.replace("<", "\\u003c"))

    @property
    def measured(self) -> str:
        """What the differences are counted by."""
        return f"“{self.table.columns()[self.table.measure].heading}”"


def view(
    table: PublishedTable,
    frame: pd.DataFrame,
    differences: Differences | None = None,
    pages: Mapping[str, str] = NO_PAGES,
) -> View:
    """The shown columns of ``frame`` that hold anything, and the measure of the last edition beside them.

    ``pages`` gives the page of a metro's area by the area's slug: only these are linked, since a table may also name
    metros of releases that no edition at hand rests on.
    """
    known = table.columns()
    shown = [name for name in table.shown if name in frame.columns and frame[name].notna().any()]
    columns = [
        Column(
            name, known[name].heading, known[name].description, known[name].numeric, _sorts_first(known[name])
        )
        for name in shown
    ]
    if differences:
        columns.append(_before_column(known[table.measure], differences.since))
    named = next(place for place, column in enumerate(columns) if not column.numeric)
    first = frame.head(MOST_ROWS)
    rows = [
        _row(table, columns, named, key, record, differences, pages)
        for key, record in zip(table.row_keys(first), first.to_dict("records"), strict=True)
    ]
    return View(table, tuple(columns), tuple(rows), len(frame), named, differences)


def _packed(row: Row, named: int) -> list[object]:
    simple, page = _simple(row.key), row.cells[named].slug
    known = {"": 0, f"us-{row.key}": 1, simple: 2}
    cells = [cell.text if cell.is_read else [cell.text, cell.value] for cell in row.cells]
    return [row.key, 0 if row.anchor == simple else row.anchor, known.get(page, page), *cells]


def _simple(key: str) -> str:
    """As the script makes an anchor of a key."""
    return re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")


def _rounds_to(value: str, shown: str) -> bool:
    """Whether a number is what is shown of it, but for decimals that are not."""
    if not _NUMBER.fullmatch(value) or not _NUMBER.fullmatch(shown):
        return False
    decimals = len(shown.partition(".")[2])
    return abs(float(value) - float(shown)) <= 0.51 * 10**-decimals


def _before_column(measure: ModelColumn, since: str) -> Column:
    return Column(
        f"{measure.name}@{since}",
        f"{measure.heading} in {since}",
        f"What the edition {since} says here",
        measure.numeric,
        _sorts_first(measure),
    )


def _sorts_first(column: ModelColumn) -> str:
    return "up" if column.unit.startswith("rank") else "down"


def _row(
    table: PublishedTable,
    columns: list[Column],
    named: int,
    key: str,
    record: dict,
    differences: Differences | None,
    pages: Mapping[str, str],
) -> Row:
    cells = []
    for place, column in enumerate(columns):
        if differences and place == len(columns) - 1:
            cells.append(_before(table, key, differences, column.numeric))
            continue
        text, value = table.text(column.name, record), table.value(column.name, record)
        page = metro_slug(record[table.place]) if table.place and place == named else ""
        cells.append(Cell(text, _sortable(value), column.numeric, pages.get(page, "")))
    return Row(str(record[table.place]) if table.place else key, slug(key), tuple(cells))


def _before(table: PublishedTable, key: str, differences: Differences, numeric: bool) -> Cell:
    if key not in differences.before:
        return Cell("new", None, numeric)
    row = differences.before[key]
    return Cell(table.text(table.measure, row), _sortable(table.value(table.measure, row)), numeric)


def _sortable(value: object) -> object:
    if value is None or value is pd.NA or value != value:
        return None
    if isinstance(value, str):
        return value
    return f"{float(value):.10g}"
