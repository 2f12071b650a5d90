"""A table as a page shows it: headings with units, cells as people read them, and what they sort by."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from where_is_ai.geography.names import country_names
from where_is_ai.publication.catalog import LOWER_BOUNDS, PublishedTable
from where_is_ai.publication.datapackage import field_type
from where_is_ai.publication.edition import DECIMALS
from where_is_ai.publication.wording import WORDS, heading
from where_is_ai.site.addresses import metro_slug, slug
from where_is_ai.site.differences import Differences, row_keys

#: More rows than these are in the files only: a page stays light, and the reader is told.
MOST_ROWS = 1000
UNKNOWN = "—"
REASONS = ("why", "break_reason")


@dataclass(frozen=True)
class Column:
    """A column of the page; ``about`` says what it means."""

    name: str
    heading: str
    about: str
    numeric: bool


@dataclass(frozen=True)
class Cell:
    """``text`` as shown, ``value`` as sorted by (None for unknown, which sorts last), ``slug`` of a metro's page."""

    text: str
    value: object
    slug: str = ""


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
    def measured(self) -> str:
        """What the differences are counted by."""
        return f"“{heading(self.table.measure)}”"


def view(
    table: PublishedTable,
    frame: pd.DataFrame,
    differences: Differences | None = None,
    pages: Collection[str] = (),
) -> View:
    """The shown columns of ``frame`` that hold anything, and the measure of the last edition beside them.

    ``pages`` are the slugs of the metros that have a page: only these are linked, since a table may also name metros
    of releases that no edition at hand rests on.
    """
    known = table.columns()
    shown = [name for name in table.shown if name in frame.columns and frame[name].notna().any()]
    columns = [
        Column(name, heading(name), known[name].description or "", _numeric(known[name])) for name in shown
    ]
    if differences:
        columns.append(_before_column(known[table.measure], table.measure, differences.since))
    named = next(place for place, column in enumerate(columns) if not column.numeric)
    first = frame.head(MOST_ROWS)
    rows = [
        _row(table, columns, named, key, record, differences, pages)
        for key, record in zip(row_keys(table, first), first.to_dict("records"), strict=True)
    ]
    return View(table, tuple(columns), tuple(rows), len(frame), named, differences)


def shown(column: str, value: object) -> str:
    """A value as people read it; unknown is a dash, and no reason is none."""
    if value is None or value is pd.NA or value != value:
        return "" if column.startswith(REASONS) else UNKNOWN
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return "yes" if value else "no"
    if column == "country_code":
        return country_names([value])[value]
    if isinstance(value, str):
        return WORDS.get(value, value)
    if float(value).is_integer() and column not in DECIMALS and not column.endswith("_pct"):
        return f"{value:,.0f}".replace("-", "−")
    return f"{value:,.{DECIMALS.get(column, 1)}f}".replace("-", "−")


def only_repeats(column: str, row: Mapping[str, object]) -> bool:
    """Whether a low or high only repeats its number: nothing is hidden, and the sampling error isn't given."""
    stem, _, end = column.rpartition("_")
    if end not in ("low", "high") or row.get("interval_holds") != "coverage":
        return False
    low, high = row.get(f"{stem}_low"), row.get(f"{stem}_high")
    return bool(pd.notna(low) and pd.notna(high) and low == high)


def _before_column(measure, name: str, since: str) -> Column:
    return Column(
        f"{name}@{since}",
        f"{heading(name)} in {since}",
        f"What the edition {since} says here",
        _numeric(measure),
    )


def _row(
    table: PublishedTable,
    columns: list[Column],
    named: int,
    key: str,
    record: dict,
    differences: Differences | None,
    pages: Collection[str],
) -> Row:
    at_least = record.get("coverage") in LOWER_BOUNDS and not _may_be_less(record)
    cells = []
    for place, column in enumerate(columns):
        if differences and place == len(columns) - 1:
            cells.append(_before(table, key, differences))
            continue
        value = None if only_repeats(column.name, record) else record[column.name]
        text = shown(column.name, value)
        if at_least and column.name in table.bounded and text != UNKNOWN:
            text = f"≥ {text}"
        page = metro_slug(table, record[table.place]) if table.place and place == named else ""
        cells.append(Cell(text, _sortable(value), page if page in pages else ""))
    return Row(str(record[table.place]) if table.place else key, slug(key), tuple(cells))


def _may_be_less(row: Mapping[str, object]) -> bool:
    """Whether the sampling error reaches below the number, so that it is no lower bound any more."""
    workers, low = row.get("ai_workers"), row.get("ai_workers_low")
    return bool(pd.notna(workers) and pd.notna(low) and low < workers)


def _before(table: PublishedTable, key: str, differences: Differences) -> Cell:
    if key not in differences.before:
        return Cell("new", None)
    value = differences.before[key]
    return Cell(shown(table.measure, value), _sortable(value))


def _sortable(value: object) -> object:
    if value is None or value is pd.NA or value != value:
        return None
    if isinstance(value, str):
        return value
    return f"{float(value):.10g}"


def _numeric(column) -> bool:
    return field_type(column) in ("integer", "number")
