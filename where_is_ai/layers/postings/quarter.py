"""The postings of a quarter: the union of all sightings, each posting once, whichever sources showed it."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pandera.errors
import pyarrow as pa
import pyarrow.parquet as pq

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library
from where_is_ai.errors import BadUpstream
from where_is_ai.files import written_aside
from where_is_ai.layers.postings import linkup, usajobs
from where_is_ai.layers.postings.boards import Board, read_board
from where_is_ai.layers.postings.engine import bounded, quoted
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

    @property
    def every(self) -> list[Entry]:
        of_boards = [entry for entries in self.boards.values() for entry in entries]
        return [*of_boards, *self.announcements, *self.texts, *self.feed]


def write_postings(library: Library, answers: Answers, quarter: Quarter, out: Path) -> pd.DataFrame:
    """Write the quarter's postings (the model Postings) to the parquet file ``out``; gives the Troubles met.

    Texts stream through files, so memory does not grow with them. An answer that can't be read is a trouble and
    leaves the others as they are.
    """
    tally = Tally()
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".sightings-") as aside:
        folder = Path(aside)
        _board_sightings(library, answers, folder, tally)
        usajobs.write_sightings_of(
            library, answers.announcements, answers.texts, folder / "usajobs.parquet", tally
        )
        linkup.write_sightings_of(library, answers.feed, quarter, folder / "linkup.parquet", tally)
        pq.write_table(SCHEMA.empty_table(), folder / "none.parquet")
        with written_aside(out) as side:
            unite(folder, quarter, side)
    return tally.table()


def _board_sightings(library: Library, answers: Answers, folder: Path, tally: Tally) -> None:
    every = [(board, entry) for board, entries in answers.boards.items() for entry in entries]
    for number, (board, entry) in enumerate(every):
        path = folder / f"board-{number:06d}.parquet"
        try:
            write_sightings(read_board(library, entry, board, tally), path)
        except BadUpstream as refusal:
            path.unlink(missing_ok=True)
            tally.add(board.system, board.name, "answer can't be read", "left out", str(refusal))


def misfits(postings: Path, model: type[Table]) -> pd.DataFrame:
    """The failures of a file of postings or verdicts against its model, checked some rows at a time."""
    found = []
    for batch in pq.ParquetFile(postings).iter_batches(ROWS_AT_A_TIME):
        try:
            model.validate(batch.to_pandas(types_mapper=_string_type), lazy=True)
        except pandera.errors.SchemaErrors as errors:
            found.append(errors.failure_cases[["column", "check", "failure_case", "index"]])
    with tempfile.TemporaryDirectory() as scratch, bounded(Path(scratch) / "duck") as duck:
        twice = duck.execute(_TWICE_SQL.format(file=quoted(postings))).df()
    found.append(twice.assign(column="posting_id", check="unique across the file", index=None))
    return pd.concat(found, ignore_index=True)


def _string_type(dtype: pa.DataType) -> pd.StringDtype | None:
    """Text as pandas reads it elsewhere, so that an empty column of a batch is text too."""
    return pd.StringDtype(na_value=float("nan")) if pa.types.is_string(dtype) else None


_TWICE_SQL = """
SELECT posting_id AS failure_case FROM read_parquet({file}) GROUP BY posting_id HAVING count(*) > 1 LIMIT 20
"""


def unite(folder: Path, quarter: Quarter, out: Path) -> None:
    """Unite the sightings of all parquet files in ``folder`` into Postings at ``out``.

    Of several sightings of one posting the last says what it was; postings with the same company, title and text
    are one, at all their places. Without a text nobody can tell, so those stay apart.
    """
    with bounded(folder / "scratch") as duck:
        duck.execute(_SIGHTINGS_SQL.format(files=quoted(folder / "*.parquet")))
        duck.execute(_POSTINGS_SQL)
        duck.execute(_UNION_SQL.format(out=quoted(out)), [quarter.first_day, quarter.last_day] * 2)


_SIGHTINGS_SQL = """
CREATE VIEW sightings AS SELECT *, filename AS file, file_row_number AS line
FROM read_parquet({files}, filename = true, file_row_number = true)
"""
# Slim on purpose: texts are represented by a digest, so that memory holds keys only.
_POSTINGS_SQL = """
CREATE TABLE postings AS
WITH slim AS (
    SELECT posting_id, file, line, source, first_seen, last_seen, posted_on,
        nullif(location, '') AS location, nullif(address, '') AS address,
        CASE WHEN text = '' THEN posting_id
            ELSE md5(concat_ws(chr(31), lower(trim(company)), lower(trim(title)), text)) END AS same
    FROM sightings
), each_posting AS (
    SELECT posting_id, min(first_seen) AS first_seen, max(last_seen) AS last_seen, min(posted_on) AS posted_on,
        arg_max(struct_pack(file, line, source, same, location, address), (last_seen, file, line)) AS last
    FROM slim GROUP BY posting_id
)
SELECT min(posting_id) AS posting_id, arg_min(last.file, posting_id) AS file, arg_min(last.line, posting_id) AS line,
    min(first_seen) AS first_seen, max(last_seen) AS last_seen, min(posted_on) AS posted_on,
    string_agg(DISTINCT last.location, '; ' ORDER BY last.location) AS location,
    string_agg(DISTINCT last.address, '; ' ORDER BY last.address) AS address, count(*) AS copies
FROM each_posting GROUP BY last.same
"""
# Whether a posting is new is told by its date; without one, by its absence from the quarter's first snapshot.
_UNION_SQL = """
COPY (
    WITH opening AS (
        SELECT min(first_seen) AS day FROM postings WHERE split_part(posting_id, '/', 1) NOT IN ('usajobs', 'linkup')
    )
    SELECT p.posting_id, s.source, s.board, s.company, s.title, nullif(s.text, '') AS text,
        strftime(p.posted_on, '%Y-%m-%d') AS posted_on, strftime(p.first_seen, '%Y-%m-%d') AS first_seen,
        strftime(p.last_seen, '%Y-%m-%d') AS last_seen, p.location, p.address, nullif(s.url, '') AS url, p.copies,
        CASE WHEN p.posted_on IS NOT NULL THEN p.posted_on BETWEEN ? AND ?
            WHEN p.first_seen > (SELECT day FROM opening) THEN p.first_seen BETWEEN ? AND ? END AS is_new
    FROM postings p JOIN sightings s ON s.file = p.file AND s.line = p.line
) TO {out} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10000)
"""
