"""LinkUp's raw feed, for who holds a licence: daily gzipped CSV files dropped into a folder, descriptions apart."""

import csv
import re
import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO

import duckdb

from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.archive.store import Archive
from where_is_ai.archive.unpack import FETCH_ANEW, open_gzip
from where_is_ai.borders import reading
from where_is_ai.characters import CONTROL
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.postings.days import EARLIEST_DAY
from where_is_ai.layers.postings.engine import bounded, quoted
from where_is_ai.layers.postings.sightings import (
    LONGEST_EXAMPLE,
    LONGEST_NAME,
    LONGEST_PLACE,
    Tally,
)
from where_is_ai.layers.postings.text import LONGEST_CHARS
from where_is_ai.quarters import Quarter

LINKUP = Source(
    name="LinkUp raw feed",
    licence="licensed to whoever dropped the files; kept locally, never published",
    homepage="https://www.linkup.com/data/raw",
    refusal_hint="Copy the file into the folder again.",
)
NAME = "linkup"
RECORDS, DESCRIPTIONS = "raw_daily_records", "raw_daily_descriptions"
_FILE = re.compile(rf"({RECORDS}|{DESCRIPTIONS})_(\d{{4}}-\d{{2}}-\d{{2}})\.csv\.gz")
_ADDRESS = "dropped:linkup/"
_COLUMNS = {
    RECORDS: (
        *(
            "hash",
            "title",
            "company_id",
            "company_name",
            "city",
            "state",
            "country",
            "created",
            "last_checked",
        ),
        *("delete_date", "url"),
    ),
    DESCRIPTIONS: ("job_hash", "description"),
}
_CHUNK_BYTES = 1 << 20


def adopt_dropped(folder: Path, archive: Archive, quarter: Quarter, tally: Tally) -> list[Entry]:
    """Keep the feed's files of ``quarter`` that lie in ``folder``, each under the day in its name.

    A file that is cut short or has other columns is named in ``tally`` and left where it is; the others go on.
    """
    entries = []
    for file in sorted(folder.glob("*.csv.gz")) if folder.is_dir() else ():
        if not _is_of(file.name, quarter):
            continue
        try:
            check_whole(file)
            entries.append(_adopt(file, archive))
        except BadUpstream as refusal:
            tally.add(NAME, file.name, "file can't be read", "left out", str(refusal))
    return entries


def kept_files(library: Library, quarter: Quarter) -> list[Entry]:
    """The archived files of ``quarter``."""
    return [entry for entry in library.newest(_ADDRESS) if _is_of(entry.url.removeprefix(_ADDRESS), quarter)]


def check_whole(file: Path) -> None:
    """Raise BadUpstream unless ``file`` is a whole gzip, within the limits, with the columns of its kind."""
    try:
        with open_gzip(file, str(file)) as content:
            _columns(content, _COLUMNS[_FILE.fullmatch(file.name)[1]], str(file))
            while content.read(_CHUNK_BYTES):
                pass
    except BadUpstream as refusal:
        remedy = LINKUP.refusal_hint if refusal.remedy == FETCH_ANEW else refusal.remedy
        raise BadUpstream(refusal.problem, remedy) from None


def _columns(content: BinaryIO, wanted: Sequence[str], whence: str) -> list[str]:
    """The names in a feed file's first line; raises BadUpstream where a wanted one is missing or there twice."""
    line = content.readline(_CHUNK_BYTES).decode("utf-8-sig", errors="replace")
    try:
        columns = next(csv.reader(line.splitlines()[:1]), [])
    except csv.Error:
        columns = []
    said = ", ".join(columns)[:LONGEST_EXAMPLE]
    remedy = "If LinkUp has changed its files, adapt where_is_ai/layers/postings/linkup.py."
    if missing := set(wanted) - set(columns):
        raise BadUpstream(f"{whence} lacks the columns {', '.join(sorted(missing))}; it has {said}.", remedy)
    if twice := [name for name in wanted if columns.count(name) > 1]:
        raise BadUpstream(f"{whence} has the columns {', '.join(twice)} more than once.", remedy)
    return columns


def write_sightings_of(
    library: Library, entries: Sequence[Entry], quarter: Quarter, out: Path, tally: Tally
) -> None:
    """Join records with descriptions and write the sightings of ``quarter`` to the parquet file ``out``.

    Of several records of one hash the one checked last counts.
    """
    paths = {kind: [library.path(entry) for entry in entries if kind in entry.url] for kind in _COLUMNS}
    if not paths[RECORDS]:
        return
    with bounded(out.parent / "scratch") as duck:
        for kind in _COLUMNS:
            _load(duck, kind, paths[kind], tally)
        duck.execute(_WRITABLE_SQL.format(control=CONTROL))
        duck.execute(
            _RECORDS_SQL.format(
                control=CONTROL,
                earliest=EARLIEST_DAY,
                longest_name=LONGEST_NAME,
                longest_place=LONGEST_PLACE,
            )
        )
        _count_troubles(duck, tally)
        duck.execute(_JOIN_SQL.format(out=quoted(out), longest=LONGEST_CHARS), _window(quarter))


def _count_troubles(duck, tally: Tally) -> None:
    for trouble, consequence, condition in (
        ("no id or no title", "left out", "hash IS NULL OR title IS NULL"),
        ("no date", "left out", "created IS NULL"),
        ("absurd date", "left out", "created IS NOT NULL AND posted_on IS NULL"),
        ("no location", "kept without", "location = '' AND NOT has_overlong_place"),
        ("absurd day last seen", "taken as near as can be", "posted_on IS NOT NULL AND has_absurd_end"),
        ("overlong location", "left out", "has_overlong_place"),
        ("overlong title", "cut", "has_overlong_title"),
        ("characters that can't be written", "replaced", "has_controls"),
    ):
        found = duck.execute(f"SELECT count(*), min(hash) FROM records WHERE {condition}").fetchone()
        if found[0]:
            tally.add(NAME, NAME, trouble, consequence, found[1] or "", found[0])
    for kind in _COLUMNS:
        if not duck.execute(
            "SELECT 1 FROM duckdb_tables() WHERE table_name = ?", [f"rejected_{kind}"]
        ).fetchone():
            continue
        for error, lines, first in duck.execute(_REJECTED_SQL.format(kind=kind)).fetchall():
            trouble, consequence = f"malformed line in {kind}", "left out"
            if error == "UNQUOTED VALUE":
                trouble, consequence = (
                    f"unclosed quote in {kind}",
                    "left out, and the lines to the next quote",
                )
            tally.add(NAME, NAME, trouble, consequence, f"line {first}", lines)


def _window(quarter: Quarter) -> list[date]:
    return [quarter.first_day, quarter.last_day]


def _adopt(file: Path, archive: Archive) -> Entry:
    request = Request(_ADDRESS + file.name, LINKUP, "application/gzip")
    with archive.aside() as aside:
        shutil.copyfile(file, aside)
        return archive.adopt(aside, request, datetime.now(UTC))


def _is_of(name: str, quarter: Quarter) -> bool:
    found = _FILE.fullmatch(name)
    return bool(found) and quarter.first_day <= date.fromisoformat(found[2]) <= quarter.last_day


def _load(duck: duckdb.DuckDBPyConnection, kind: str, paths: list[Path], tally: Tally) -> None:
    """A table of all lines of the feed's files of ``kind``; lines that are no CSV go to ``rejected_KIND``.

    A file that can't be read is a trouble, and the others are read. The columns are named, not sniffed: a sniffer
    gives up a whole file for one line.
    """
    names = ", ".join(_COLUMNS[kind])
    duck.execute(f"CREATE TABLE {kind} ({names.replace(',', ' VARCHAR,')} VARCHAR)")
    for path in paths:
        try:
            with reading(str(path), LINKUP.refusal_hint):
                _load_file(duck, kind, path)
        except BadUpstream as refusal:
            tally.add(NAME, f"{NAME} {kind}", "file can't be read", "left out", str(refusal))


def _load_file(duck: duckdb.DuckDBPyConnection, kind: str, path: Path) -> None:
    rejects = f"store_rejects = true, rejects_table = 'rejected_{kind}', rejects_scan = 'scanned_{kind}'"
    table = table_sql(path, kind, rejects)
    duck.execute(f"INSERT INTO {kind} SELECT {', '.join(_COLUMNS[kind])} FROM {table}")


def table_sql(path: Path, kind: str, rejects: str = "ignore_errors = true") -> str:
    """A feed file of ``kind`` as SQL reads it, every column as text; ``rejects`` says what becomes of other lines."""
    with open_gzip(path, str(path)) as content:
        columns = _columns(content, _COLUMNS[kind], str(path))
    types = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in _distinct(columns))
    return (
        f"read_csv({quoted(path)}, auto_detect = false, header = true, columns = {{{types}}}, delim = ',', "
        f"quote = '\"', escape = '\"', compression = 'gzip', max_line_size = 16777216, {rejects})"
    )


def _distinct(columns: Sequence[str]) -> list[str]:
    """The columns, those that are not wanted and have no name of their own numbered."""
    names: list[str] = []
    for number, name in enumerate(columns):
        names.append(name if name and name not in names else f"column {number}")
    return names


_WRITABLE_SQL = """
CREATE MACRO writable(words) AS regexp_replace(words, '{control}', ' ', 'g')
"""
_RECORDS_SQL = """
CREATE TABLE records AS
WITH said AS (
    SELECT *, rowid AS line, try_cast(left(created, 10) AS DATE) AS day,
        try_cast(left(last_checked, 10) AS DATE) AS checked_on,
        try_cast(left(delete_date, 10) AS DATE) AS deleted_on,
        concat_ws(', ', nullif(trim(city), ''), nullif(trim(state), ''), nullif(trim(country), '')) AS place
    FROM raw_daily_records
)
SELECT writable(hash) AS hash, nullif(left(trim(writable(title)), {longest_name}), '') AS title,
    writable(company_id) AS company_id,
    left(coalesce(trim(writable(company_name)), ''), {longest_name}) AS company_name,
    created, CASE WHEN day BETWEEN DATE '{earliest}' AND current_date THEN day END AS posted_on,
    greatest(least(coalesce(deleted_on, checked_on, day), current_date + 1), day) AS last_seen,
    CASE WHEN len(place) > {longest_place} THEN '' ELSE writable(place) END AS location, writable(url) AS url,
    len(place) > {longest_place} AS has_overlong_place, len(title) > {longest_name} AS has_overlong_title,
    NOT coalesce(checked_on BETWEEN day AND current_date + 1, last_checked IS NULL)
        OR NOT coalesce(deleted_on BETWEEN day AND current_date + 1, delete_date IS NULL) AS has_absurd_end,
    regexp_matches(concat(hash, title, company_id, company_name, place, url), '{control}') AS has_controls
FROM said
QUALIFY row_number() OVER (
    PARTITION BY coalesce(hash, line::VARCHAR)
    ORDER BY checked_on > current_date + 1, last_checked DESC NULLS LAST
) = 1
"""
_REJECTED_SQL = """
SELECT error, count(*), min(line) FROM (
    SELECT min(error_type::VARCHAR) AS error, line FROM rejected_{kind} GROUP BY scan_id, file_id, line
) GROUP BY error
"""
# The feed writes a line break within a description as a backslash and an n.
_JOIN_SQL = """
COPY (
    WITH described AS (
        SELECT d.job_hash, d.description
        FROM raw_daily_descriptions d
        JOIN (SELECT max(rowid) AS last_row FROM raw_daily_descriptions GROUP BY job_hash) ON d.rowid = last_row
    )
    SELECT 'linkup/' || r.hash AS posting_id, 'linkup' AS source, 'linkup/' || coalesce(r.company_id, '') AS board,
        r.company_name AS company, r.title,
        replace(writable(left(coalesce(d.description, ''), {longest})), '\\n', chr(10)) AS text,
        r.posted_on, r.posted_on AS first_seen, r.last_seen, r.location, r.location AS address,
        coalesce(r.url, '') AS url, '' AS requisition,
        '' AS sector
    FROM records r LEFT JOIN described d ON d.job_hash = r.hash
    WHERE r.posted_on BETWEEN ? AND ? AND r.title IS NOT NULL AND r.hash IS NOT NULL
) TO {out} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10000)
"""
