"""The walk back of every row, for “Can I trust it?”: names first, the cells of a hundred rows when one is asked for."""

from itertools import islice

from where_is_ai.publication.catalog import published_table
from where_is_ai.site.figures import FOLDER as MAPS
from where_is_ai.site.figures import data_script
from where_is_ai.site.read import Published
from where_is_ai.site.writing import write

FOLDER = "walk"
#: Rows whose cells lie in one file.
ROWS = 100


def write_walk(edition: Published) -> None:
    """Write ``walk/TABLE.js`` and its parts, and remove what is no part of them, such as the one file of before.

    Repeated is nothing: places name their answer by its number in the table's list of them.
    """
    folder = edition.folder / FOLDER
    scripts = {
        name: script
        for table, walked in edition.provenance.get("walk_back", {}).items()
        for name, script in _scripts(edition, table, walked["rows"]).items()
    }
    for name, script in scripts.items():
        write(folder / name, script)
    for path in [*folder.glob("*.js"), edition.folder / MAPS / "walk.js"]:
        if path.parent != folder or path.name not in scripts:
            path.unlink(missing_ok=True)


def _scripts(edition: Published, table: str, rows: dict[str, list[dict]]) -> dict[str, str]:
    """``TABLE.js`` with keys and names of the rows in their order, and the answers; ``TABLE-N.js``: places by key."""
    names, urls = (
        _names(edition, table),
        {given["sha256"]: given["url"] for given in edition.provenance["inputs"]},
    )
    answers = list(dict.fromkeys(place["sha256"] for places in rows.values() for place in places))
    number = {sha256: place for place, sha256 in enumerate(answers)}
    head = {
        "rows": [[key, names.get(key, key)] for key in rows],
        "answers": [[sha256, urls.get(sha256, "")] for sha256 in answers],
        "together": ROWS,
    }
    parts = {
        f"{table}-{part}": {
            key: [_by_number(place, number) for place in places]
            for key, places in islice(rows.items(), part * ROWS, (part + 1) * ROWS)
        }
        for part in range(-(-len(rows) // ROWS))
    }
    return {f"{name}.js": data_script("walk", name, said) for name, said in {table: head, **parts}.items()}


def _by_number(place: dict, number: dict[str, int]) -> dict:
    return {
        "answer": number[place["sha256"]],
        **{name: said for name, said in place.items() if name != "sha256"},
    }


def _names(edition: Published, table: str) -> dict[str, str]:
    """What each row of a table is called, by its key."""
    known, rows = published_table(table), edition.tables.get(table)
    if rows is None:
        return {}
    return dict(zip(known.row_keys(rows), rows[known.names].astype("str"), strict=True))
