"""The walk back of every published row, kept in ``provenance.json`` beside the inputs."""

import json

from where_is_ai.archive.evidence import RawCell
from where_is_ai.files import write_json
from where_is_ai.layers.layer import PublishedTable
from where_is_ai.publication.catalog import published_tables
from where_is_ai.publication.edition import PROVENANCE, Edition
from where_is_ai.publication.evidence import EditionEvidence
from where_is_ai.settings import Settings

# What tells cells of an answer apart, and what a list of them is called.
UNITS = {"json_path": "json_paths", "row": "rows", "line": "lines", "part": "parts"}


def add_walk_back(settings: Settings, edition: Edition) -> None:
    """Add to the edition's ``provenance.json``, per published table and row, the raw cells it was made from.

    ``walk_back`` has for each table its key columns and for each key a list of places: an archived answer's sha256
    and, in it, the rows of a workbook's sheet, the lines of a text or the paths of a JSON. What bounds or points add to
    a row is left to ``where-is-ai explain``, which tells every column apart.
    """
    evidence = EditionEvidence(settings, edition.quarter, edition.folder)
    tables = [table for table in published_tables().values() if table.walked]
    walked = {table.name: rows for table in tables if (rows := _rows(table, evidence))}
    path = evidence.folder / PROVENANCE
    provenance = json.loads(path.read_text()) | {"walk_back": walked}
    write_json(path, provenance)


def _rows(table: PublishedTable, evidence: EditionEvidence) -> dict[str, object]:
    rows = evidence.published(table.name)
    if rows is None:
        return {}
    return {
        "key": list(table.key),
        "rows": {
            key: _places(table.trace(table.name, row, table.walked, evidence).cells)
            for key, (_, row) in zip(table.row_keys(rows), rows.iterrows(), strict=True)
        },
    }


def _places(cells: tuple[RawCell, ...]) -> list[dict[str, object]]:
    """The cells by archived answer, member and sheet, as short as can be: their rows, lines, or JSON paths."""
    places: dict[tuple, dict[str, object]] = {}
    for cell in cells:
        within = {part: cell.at[part] for part in ("member", "sheet") if part in cell.at}
        unit = next(part for part in UNITS if part in cell.at)
        at = (cell.entry.sha256, *within.values(), unit)
        place = places.setdefault(at, {"sha256": cell.entry.sha256, **within, UNITS[unit]: []})
        place[UNITS[unit]].append(cell.at[unit])
    return list(places.values())
