"""LinkUp's raw feed, for who holds a licence: daily gzipped CSV files dropped into a folder, descriptions apart."""

import csv
import re
import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.archive.store import Archive
from where_is_ai.archive.unpack import open_gzip
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.postings.engine import bounded, quoted
from where_is_ai.layers.postings.sightings import EARLIEST_DAY, Tally
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
        except BadUpstream as refusal:
            tally.add(NAME, file.name, "file can't be read", "left out", str(refusal))
            continue
        entries.append(_adopt(file, archive))
    return entries


def kept_files(library: Library, quarter: Quarter) -> list[Entry]:
    """The archived files of ``quarter``."""
    return [entry for entry in library.newest(_ADDRESS) if _is_of(entry.url.removeprefix(_ADDRESS), quarter)]


def check_whole(file: Path) -> None:
    """Raise BadUpstream unless ``file`` is a whole gzip with the columns of its kind."""
    wanted = _COLUMNS[_FILE.fullmatch(file.name)[1]]
    with open_gzip(file, str(file)) as content:
        header = content.readline()
        while content.read(_CHUNK_BYTES):
            pass
    columns = next(csv.reader([header.decode("utf-8", errors="replace").strip()]), [])
    if missing := set(wanted) - set(columns):
        raise BadUpstream(
            f"{file} lacks the columns {', '.join(sorted(missing))}; it has {', '.join(columns)}.",
            "If LinkUp has changed its files, adapt where_is_ai/layers/postings/linkup.py.",
        )


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
            _load(duck, kind, paths[kind])
        duck.execute(_RECORDS_SQL.format(earliest=EARLIEST_DAY))
        _count_troubles(duck, tally)
        duck.execute(_JOIN_SQL.format(out=quoted(out), longest=LONGEST_CHARS), _window(quarter))


def _count_troubles(duck, tally: Tally) -> None:
    for trouble, consequence, condition in (
        ("no id or no title", "left out", "hash IS NULL OR title IS NULL"),
        ("no date", "left out", "created IS NULL"),
        ("absurd date", "left out", "created IS NOT NULL AND posted_on IS NULL"),
        ("no location", "kept without", "location = ''"),
    ):
        found = duck.execute(f"SELECT count(*), min(hash) FROM records WHERE {condition}").fetchone()
        if found[0]:
            tally.add(NAME, NAME, trouble, consequence, found[1] or "", found[0])
    for kind in _COLUMNS:
        if not duck.execute(
            "SELECT 1 FROM duckdb_tables() WHERE table_name = ?", [f"rejected_{kind}"]
        ).fetchone():
            continue
        found = duck.execute(
            f"SELECT count(DISTINCT (scan_id, file_id, line)), min(line) FROM rejected_{kind}"
        ).fetchone()
        if found[0]:
            tally.add(NAME, NAME, f"malformed line in {kind}", "left out", f"line {found[1]}", found[0])


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


def _load(duck, kind: str, paths: list[Path]) -> None:
    """A table of all lines of the feed's files of ``kind``; lines that are no CSV go to ``rejected_KIND``."""
    names = ", ".join(_COLUMNS[kind])
    duck.execute(f"CREATE TABLE {kind} ({names.replace(',', ' VARCHAR,')} VARCHAR)")
    for path in paths:
        duck.execute(
            f"INSERT INTO {kind} SELECT {names} FROM read_csv({quoted(path)}, all_varchar = true, header = true, "
            "delim = ',', quote = '\"', escape = '\"', compression = 'gzip', max_line_size = 16777216, "
            f"store_rejects = true, rejects_table = 'rejected_{kind}', rejects_scan = 'scanned_{kind}')"
        )


_RECORDS_SQL = """
CREATE TABLE records AS
WITH said AS (
    SELECT *, try_cast(left(created, 10) AS DATE) AS day,
        try_cast(left(last_checked, 10) AS DATE) AS checked_on,
        try_cast(left(delete_date, 10) AS DATE) AS deleted_on
    FROM raw_daily_records
)
SELECT hash, nullif(trim(title), '') AS title, company_id, coalesce(trim(company_name), '') AS company_name, created,
    CASE WHEN day BETWEEN DATE '{earliest}' AND current_date THEN day END AS posted_on,
    greatest(coalesce(deleted_on, checked_on, day), day) AS last_seen,
    concat_ws(', ', nullif(trim(city), ''), nullif(trim(state), ''), nullif(trim(country), '')) AS location, url
FROM said
QUALIFY row_number() OVER (PARTITION BY hash ORDER BY last_checked DESC NULLS LAST) = 1
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
        replace(left(coalesce(d.description, ''), {longest}), '\\n', chr(10)) AS text,
        r.posted_on, r.posted_on AS first_seen, r.last_seen, r.location, r.location AS address,
        coalesce(r.url, '') AS url
    FROM records r LEFT JOIN described d ON d.job_hash = r.hash
    WHERE r.posted_on BETWEEN ? AND ? AND r.title IS NOT NULL AND r.hash IS NOT NULL
) TO {out} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10000)
"""
