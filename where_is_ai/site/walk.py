"""The walk back of every row, for “Can I trust it?”: a file per metro over all editions, one for a table's other rows.

Places name their source by its number in the edition's list of them, so that nothing is said twice.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from where_is_ai.maps.packing import as_json
from where_is_ai.publication.catalog import layer_of, published_table
from where_is_ai.publication.walk_back import UNITS
from where_is_ai.site.addresses import metro_slug
from where_is_ai.site.data_scripts import data_script, script_of
from where_is_ai.site.figures import FOLDER as MAPS
from where_is_ai.site.metros import Metro
from where_is_ai.site.read import Published
from where_is_ai.site.writing import write

FOLDER = "walk"
ANSWERS = "answers"
# Of one number within a path, its place and the number.
_NUMBER = re.compile(r"(?<=\[)\d+(?=\])")


class Source(NamedTuple):
    """Where in an answer numbers count: ``unit`` (rows, lines, parts) of a member or sheet, or in a JSON path at #."""

    sha256: str
    unit: str
    member: str
    sheet: str
    path: str


# By the row's key what it is called and its places: a source's number, then rows, lines or indices there.
Row = list[object]
Rows = dict[str, Row]


def walks_of(edition: Published) -> dict[str, str]:
    """By place the way back of its rows in all tables, as JSON.

    That is its name, and by table and key the rows: 0 for the same name again, then the places.
    """
    by_place, _ = _walked(edition)
    return {place: as_json(_shortened(by_table)) for place, by_table in by_place.items()}


def write_walk(edition: Published, pages: Mapping[str, str]) -> dict[str, bool]:
    """Write the sources and the rows of what has none of ``pages``; whether each table has such rows.

    The files of earlier versions are removed.
    """
    by_place, apart = _walked(edition)
    for place, by_table in by_place.items():
        if metro_slug(place) not in pages:
            for table, rows in by_table.items():
                apart.setdefault(table, {}).update(rows)
    tables = edition.provenance.get("walk_back", {})
    scripts = {f"{table}.js": data_script(rows) for table, rows in apart.items() if rows}
    if tables:
        answers = [
            [each.sha256, edition.inputs.get(each.sha256, {}).get("url", ""), *each[1:]]
            for each in _sources(tables)
        ]
        scripts[f"{ANSWERS}.js"] = data_script(answers)
    folder = edition.folder / FOLDER
    for name, script in scripts.items():
        write(folder / name, script)
    for path in [*folder.glob("*.js"), edition.folder / MAPS / "walk.js"]:
        if path.parent != folder or path.name not in scripts:
            path.unlink(missing_ok=True)
    return {table: f"{table}.js" in scripts for table in tables}


def metro_walk(metro: Metro, editions: Sequence[Published]) -> str:
    """The script with a metro's rows in each edition, newest first; the same again is named by the newer edition."""
    areas = list(dict.fromkeys(each.place for rows in metro.rows.values() for each in rows))
    told: dict[str, str] = {}
    parts = []
    for edition in editions:
        walks = edition.outline.walks if edition.outline else walks_of(edition)
        found = f"[{','.join(walks[area] for area in areas if area in walks)}]"
        parts.append(f'"{edition.quarter}":{told.get(found, found)}')
        told.setdefault(found, f'"{edition.quarter}"')
    return script_of(f"{{{','.join(parts)}}}")


def _walked(edition: Published) -> tuple[dict[str, dict[str, Rows]], dict[str, Rows]]:
    """By place and table the ways back of rows, and by table those of rows that are of no place."""
    tables = edition.provenance.get("walk_back", {})
    number = {source: place for place, source in enumerate(_sources(tables))}
    by_place: dict[str, dict[str, Rows]] = {}
    apart: dict[str, Rows] = {}
    for table, walked in tables.items():
        names, places = _names_and_places(edition, table)
        for key, cells in walked["rows"].items():
            rows = by_place.setdefault(places[key], {}) if places.get(key) else apart
            found = [[number[source], *at] for cell in cells for source, at in _at(cell).items()]
            rows.setdefault(table, {})[key] = [names.get(key, key), *found]
    return by_place, apart


def _shortened(by_table: Mapping[str, Rows]) -> list[object]:
    """The name of the first row, and all rows without it where theirs is the same."""
    name = next(row[0] for rows in by_table.values() for row in rows.values())
    tables = {
        table: {key: [0 if row[0] == name else row[0], *row[1:]] for key, row in rows.items()}
        for table, rows in by_table.items()
    }
    return [name, tables]


def _sources(tables: Mapping[str, Mapping]) -> Iterable[Source]:
    """Each source that a row leads to, once."""
    ways = (cells for walked in tables.values() for cells in walked["rows"].values())
    return dict.fromkeys(source for cells in ways for cell in cells for source in _at(cell))


def _at(cell: Mapping) -> dict[Source, list[int]]:
    """The sources of the cells of one answer, with the numbers there."""
    unit = next(name for name in UNITS.values() if name in cell)
    known = cell["sha256"], unit, cell.get("member", ""), cell.get("sheet", "")
    if unit != UNITS["json_path"]:
        return {Source(*known, ""): cell[unit]}
    found: dict[Source, list[int]] = {}
    for path in cell[unit]:
        numbers = _NUMBER.findall(path)
        is_one = len(numbers) == 1 and "#" not in path
        at = found.setdefault(Source(*known, _NUMBER.sub("#", path) if is_one else path), [])
        at.extend(map(int, numbers if is_one else ()))
    return found


def _names_and_places(edition: Published, table: str) -> tuple[dict[str, str], dict[str, str]]:
    """What each row of a table is called and the id of its metro's area, by its key; "" for rows of no metro."""
    known, rows, layer = published_table(table), edition.tables.get(table), layer_of(table)
    if rows is None:
        return {}, {}
    keys = list(known.row_keys(rows))
    names = dict(zip(keys, rows[known.names].astype("str"), strict=True))
    column = known.place or (layer.by_metro.place if layer else "")
    if column not in rows:
        return names, {}
    return names, dict(zip(keys, rows[column].astype("str").where(rows[column].notna(), ""), strict=True))
