"""The postings of a quarter: the union of all sightings, each opening once, whichever sources showed it."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pandas as pd
import pandera.errors
import pyarrow as pa
import pyarrow.parquet as pq

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library
from where_is_ai.errors import BadUpstream
from where_is_ai.files import written_aside
from where_is_ai.layers.postings import bulk, linkup, usajobs
from where_is_ai.layers.postings.boards import Board, read_board
from where_is_ai.layers.postings.engine import bounded, quoted
from where_is_ai.layers.postings.openings import unite
from where_is_ai.layers.postings.sightings import ROWS_AT_A_TIME, SCHEMA, Tally, write_sightings
from where_is_ai.quarters import Quarter
from where_is_ai.tables import Table


@dataclass(frozen=True)
class Answers:
    """The archived answers that a quarter's postings are read from; any may be empty."""

    boards: Mapping[Board, Sequence[Entry]]
    announcements: Sequence[Entry] = ()
    texts: Sequence[Entry] = ()
    feed: Sequence[Entry] = ()
    bulk: Sequence[Entry] = ()

    @property
    def every(self) -> list[Entry]:
        of_boards = [entry for entries in self.boards.values() for entry in entries]
        return [*of_boards, *self.announcements, *self.texts, *self.feed, *self.bulk]


def write_postings(
    library: Library, answers: Answers, quarter: Quarter, out: Path, posts: Path
) -> pd.DataFrame:
    """Write the quarter's Postings to the parquet file ``out`` and their Posts to ``posts``; gives the Troubles met.

    Texts stream through files, so memory does not grow with them. An answer that can't be read is a trouble and
    leaves the others as they are.
    """
    tally = Tally()
    for path in (out, posts):
        path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".sightings-") as aside:
        folder = Path(aside)
        _board_sightings(library, answers, folder, tally)
        usajobs.write_sightings_of(
            library, answers.announcements, answers.texts, folder / "usajobs.parquet", tally
        )
        linkup.write_sightings_of(library, answers.feed, quarter, folder / "linkup.parquet", tally)
        bulk.write_sightings_of(library, answers.bulk, quarter, folder / "bulk.parquet", tally)
        pq.write_table(SCHEMA.empty_table(), folder / "none.parquet")
        with written_aside(out) as side, written_aside(posts) as side_of_posts:
            unite(folder, quarter, side, side_of_posts)
    return tally.table()


def _board_sightings(library: Library, answers: Answers, folder: Path, tally: Tally) -> None:
    numbers = count()
    for board, entries in answers.boards.items():
        beside = {entry.key: entry for entry in sorted(entries, key=lambda entry: entry.retrieved_at)}
        for entry in entries:
            if not board.of_system.is_page(entry.url, board.token):
                continue
            path = folder / f"board-{next(numbers):06d}.parquet"
            try:
                write_sightings(read_board(library, entry, board, tally, beside), path)
            except BadUpstream as refusal:
                path.unlink(missing_ok=True)
                tally.add(board.system, board.name, "answer can't be read", "left out", str(refusal))


def misfits(postings: Path, model: type[Table]) -> pd.DataFrame:
    """The failures of a file of postings, posts or verdicts against its model, checked some rows at a time."""
    found = []
    for batch in pq.ParquetFile(postings).iter_batches(ROWS_AT_A_TIME):
        try:
            model.validate(batch.to_pandas(types_mapper=_string_type), lazy=True)
        except pandera.errors.SchemaErrors as errors:
            found.append(errors.failure_cases[["column", "check", "failure_case", "index"]])
    key = next(name for name, column in model.to_schema().columns.items() if column.unique)
    with tempfile.TemporaryDirectory() as scratch, bounded(Path(scratch) / "duck") as duck:
        twice = duck.execute(_TWICE_SQL.format(file=quoted(postings), key=key)).df()
    found.append(twice.assign(column=key, check="unique across the file", index=None))
    return pd.concat(found, ignore_index=True)


def _string_type(dtype: pa.DataType) -> pd.StringDtype | None:
    """Text as pandas reads it elsewhere, so that an empty column of a batch is text too."""
    return pd.StringDtype(na_value=float("nan")) if pa.types.is_string(dtype) else None


_TWICE_SQL = """
SELECT {key} AS failure_case FROM read_parquet({file}) GROUP BY {key} HAVING count(*) > 1 LIMIT 20
"""
