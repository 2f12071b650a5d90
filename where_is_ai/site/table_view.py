"""A table as a page shows it: headings with units, cells as people read them, and what they sort by."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from where_is_ai.columns import Column as ModelColumn
from where_is_ai.layers.layer import PublishedTable
from where_is_ai.site.addresses import metro_slug, slug
from where_is_ai.site.differences import Differences

#: More rows than these a page loads when they are asked for, so many together: it stays light, and the reader is told.
ROWS_ON_PAGE = 50
ROWS_TOGETHER = 1000
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
    """``text`` as shown, ``value`` as sorted by (None for unknown, which sorts last), ``slug`` of a metro's page."""

    text: str
    value: object
    numeric: bool
    slug: str = ""

    @property
    def sorted_by(self) -> object:
        """What a page must say of the value: "" for unknown, None where it is the text, as rows.js takes it."""
        if self.value is None:
            return ""
        text = self.text.replace(",", "") if self.numeric else self.text
        return None if self.value == text else self.value


@dataclass(frozen=True)
class Row:
    """``key`` is the id of what the row is about, ``anchor`` the end of its address within the page.

    ``walk`` is what the walk back knows it by, where that is not ``key``.
    """

    key: str
    anchor: str
    walk: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class View:
    """``rows`` are on the page, ``rest`` the others; ``named`` is the position of the column that names a row."""

    table: PublishedTable
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    rest: tuple[Row, ...]
    named: int
    differences: Differences | None

    @property
    def total(self) -> int:
        return len(self.rows) + len(self.rest)

    @property
    def parts(self) -> list[tuple[Row, ...]]:
        """The rows that are not on the page, as they are loaded together."""
        return [self.rest[start : start + ROWS_TOGETHER] for start in range(0, len(self.rest), ROWS_TOGETHER)]

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
    rows = [
        _row(table, columns, named, key, record, differences, pages)
        for key, record in zip(table.row_keys(frame), frame.to_dict("records"), strict=True)
    ]
    first, rest = rows[:ROWS_ON_PAGE], rows[ROWS_ON_PAGE:]
    return View(table, tuple(columns), tuple(first), tuple(rest), named, differences)


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
            cells.append(_before(table, key, columns[place], differences))
            continue
        text, value = table.text(column.name, record), table.value(column.name, record)
        page = metro_slug(record[table.place]) if table.place and place == named else ""
        cells.append(Cell(text, _sortable(value), columns[place].numeric, pages.get(page, "")))
    about = str(record[table.place]) if table.place else key
    return Row(about, slug(key), "" if about == key else key, tuple(cells))


def _before(table: PublishedTable, key: str, column: Column, differences: Differences) -> Cell:
    if key not in differences.before:
        return Cell("new", None, column.numeric)
    row = differences.before[key]
    return Cell(table.text(table.measure, row), _sortable(table.value(table.measure, row)), column.numeric)


def _sortable(value: object) -> object:
    if value is None or value is pd.NA or value != value:
        return None
    if isinstance(value, str):
        return value
    return f"{float(value):.10g}"
