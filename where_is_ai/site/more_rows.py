"""The rows of a table that its page does not hold, in scripts that the page loads when somebody asks for them."""

from collections.abc import Sequence
from pathlib import Path

from where_is_ai.columns import UNKNOWN
from where_is_ai.site.data_scripts import data_script
from where_is_ai.site.table_view import Cell, Row, View
from where_is_ai.site.writing import write

FOLDER = "rows"


def write_more_rows(edition: Path, views: Sequence[View]) -> list[Path]:
    """Write ``rows/TABLE-N.js`` for the rows past those on the page of each view; gives their paths.

    Those of rows that are no more are removed.
    """
    folder = edition / FOLDER
    scripts = {
        f"{view.table.name}-{number}": rows for view in views for number, rows in enumerate(view.parts, 1)
    }
    kept = [
        write(folder / f"{name}.js", data_script([_said(row) for row in rows]))
        for name, rows in scripts.items()
    ]
    for path in folder.glob("*.js"):
        if path not in kept:
            path.unlink()
    return kept


def _said(row: Row) -> list:
    """Anchor, key, the key of the walk back, the metro's page and the cells, as table.js reads them."""
    page = next((cell.slug for cell in row.cells if cell.slug), "")
    return [row.anchor, row.key, row.walk, page, [_cell(cell) for cell in row.cells]]


def _cell(cell: Cell) -> object:
    """A text that is sorted by as it is; text and what it is sorted by; or 0 for an unknown one that says no more."""
    if cell.value is None:
        return 0 if cell.text == UNKNOWN else [cell.text]
    return cell.text if cell.text == cell.value else [cell.text, cell.value]
