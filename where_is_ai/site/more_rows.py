"""The rows of a table that its page does not hold, in scripts that the page loads when somebody asks for them."""

import re
from collections.abc import Sequence
from pathlib import Path

from where_is_ai.columns import UNKNOWN
from where_is_ai.site.data_scripts import data_script
from where_is_ai.site.table_view import Cell, Row, View
from where_is_ai.site.writing import write

FOLDER = "rows"
# Instead of an anchor: the row's key in small letters, with dashes.
LIKE_KEY = 0
# Instead of a metro's page: the anchor, alone or after "us-".
LIKE_ANCHOR, US_ANCHOR = 0, 1


def write_more_rows(edition: Path, views: Sequence[View]) -> list[Path]:
    """Write ``rows/TABLE-N.js`` for the rows past those on the page of each view; gives their paths.

    Those of rows that are no more are removed.
    """
    folder = edition / FOLDER
    kept = [
        write(folder / f"{view.table.name}-{number}.js", data_script(_columns(rows)))
        for view in views
        for number, rows in enumerate(view.parts, 1)
    ]
    for path in folder.glob("*.js"):
        if path not in kept:
            path.unlink()
    return kept


def _columns(rows: Sequence[Row]) -> list[list]:
    """Anchors, keys, keys of the walk back, metros' pages, and each column's cells: like beside like packs best."""
    return [list(column) for column in zip(*map(_said, rows), strict=True)]


def _said(row: Row) -> list:
    anchor = LIKE_KEY if row.anchor == re.sub("[^a-z0-9]+", "-", row.key.lower()) else row.anchor
    page = next((cell.slug for cell in row.cells if cell.slug), "")
    short = {row.anchor: LIKE_ANCHOR, f"us-{row.anchor}": US_ANCHOR}.get(page, page)
    return [anchor, row.key, row.walk, short, *map(_cell, row.cells)]


def _cell(cell: Cell) -> object:
    """A text that is its own value; text and what it is sorted by; or 0 for an unknown one that says no more."""
    if cell.value is None and cell.text == UNKNOWN:
        return 0
    return cell.text if cell.sorted_by is None else [cell.text, cell.sorted_by]
