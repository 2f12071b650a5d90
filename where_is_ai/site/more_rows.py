"""The rows of a table that its page does not hold, in scripts that the page loads when somebody asks for them."""

from collections.abc import Sequence
from pathlib import Path

from where_is_ai.columns import UNKNOWN
from where_is_ai.site.figures import data_script
from where_is_ai.site.table_view import Cell, Row, View
from where_is_ai.site.writing import write

FOLDER = "rows"


def write_more_rows(edition: Path, views: Sequence[View]) -> None:
    """Write ``rows/TABLE-N.js`` for the rows past the first of each view, and remove those of rows that are no more."""
    folder, kept = edition / FOLDER, set()
    for view in views:
        for number, rows in enumerate(view.parts, 1):
            name = f"{view.table.name}-{number}.js"
            kept.add(name)
            write(folder / name, data_script("rows", name.removesuffix(".js"), [_said(row) for row in rows]))
    for path in folder.glob("*.js"):
        if path.name not in kept:
            path.unlink()


def _said(row: Row) -> list:
    """Anchor, key, the key of the walk back, the metro's page and the cells, as table.js reads them."""
    page = next((cell.slug for cell in row.cells if cell.slug), "")
    return [row.anchor, row.key, row.walk, page, [_cell(cell) for cell in row.cells]]


def _cell(cell: Cell) -> object:
    """A text that is sorted by as it is; text and what it is sorted by; or 0 for an unknown one that says no more."""
    if cell.value is None:
        return 0 if cell.text == UNKNOWN else [cell.text]
    return cell.text if cell.text == cell.value else [cell.text, cell.value]
