"""Where postings of feeds and collections stand in their files: the row of each, and what its title says there."""

from collections.abc import Collection as Ids
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import duckdb
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library
from where_is_ai.borders import reading
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.postings import bulk, linkup
from where_is_ai.layers.postings.engine import MEMORY


class FeedRow(NamedTuple):
    """A posting's row in an archived file, from 1, headers not counted; ``column`` is the one of its title."""

    posting_id: str
    entry: Entry
    row: int
    column: str
    title: str


def feed_rows(library: Library, entries: Sequence[Entry], posting_ids: Ids[str]) -> Iterator[FeedRow]:
    """The row of each of ``posting_ids`` in the newest of the files ``entries`` that has it, where any has."""
    sought = set(posting_ids)
    files = list(bulk.files_of(library, [entry for entry in entries if not _is_of_linkup(entry)]))
    records = [entry for entry in entries if _is_of_linkup(entry) and linkup.RECORDS in entry.url]
    for collection, entry in reversed(files):
        yield from _taken(sought, _of_collection(library, collection, entry, sought))
    for entry in sorted(records, key=lambda entry: entry.url, reverse=True):
        yield from _taken(sought, _of_linkup(library, entry, sought))


def _taken(sought: set[str], rows: Iterator[FeedRow]) -> Iterator[FeedRow]:
    """``rows``, whose postings are then no longer sought; none of a file that can't be read."""
    try:
        for row in rows:
            sought.discard(row.posting_id)
            yield row
    except BadUpstream:
        return


def _of_collection(
    library: Library, collection: bulk.Collection, entry: Entry, sought: Ids[str]
) -> Iterator[FeedRow]:
    prefix = f"{collection.board}/"
    if not (ids := _own_ids(sought, prefix)):
        return
    with _in_order() as duck, reading(entry.url, "Drop the file again, or mend its mapping."):
        duck.register("sought", pd.DataFrame({"id": ids}))
        said = bulk.said_sql(duck, collection, entry, library.path(entry), numbered=True)
        rows = duck.execute(_LAST_SQL.format(said=said), {"seen": entry.retrieved.date()}).fetchall()
    column = ", ".join(collection.columns["title"])
    yield from (FeedRow(prefix + own, entry, row, column, title) for own, row, title in rows)


def _of_linkup(library: Library, entry: Entry, sought: Ids[str]) -> Iterator[FeedRow]:
    prefix = f"{linkup.NAME}/"
    if not (ids := _own_ids(sought, prefix)):
        return
    with _in_order() as duck, reading(entry.url, linkup.LINKUP.refusal_hint):
        duck.register("sought", pd.DataFrame({"id": ids}))
        table = linkup.table_sql(library.path(entry), linkup.RECORDS)
        said = f"SELECT hash AS id, title, last_checked AS last_day, row_number() OVER () AS row FROM {table}"
        rows = duck.execute(_LAST_SQL.format(said=said)).fetchall()
    yield from (FeedRow(prefix + own, entry, row, "title", title) for own, row, title in rows)


def _own_ids(sought: Ids[str], prefix: str) -> list[str]:
    """What a source itself calls those of ``sought`` that are its own."""
    return sorted(posting_id.removeprefix(prefix) for posting_id in sought if posting_id.startswith(prefix))


def _in_order() -> duckdb.DuckDBPyConnection:
    """A connection that reads rows in the order of their file."""
    return duckdb.connect(config={"memory_limit": MEMORY, "threads": 1, "preserve_insertion_order": True})


def _is_of_linkup(entry: Entry) -> bool:
    return entry.source == linkup.LINKUP.name


_LAST_SQL = """
SELECT id, row, title FROM ({said}) JOIN sought USING (id) WHERE title IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY id ORDER BY last_day DESC NULLS LAST, row DESC) = 1
ORDER BY row
"""
