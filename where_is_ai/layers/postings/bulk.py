"""Collections of postings in bulk: Parquet or CSV files of any layout, read by one reader with a mapping file.

A collection is a folder ``by_hand/bulk/NAME`` with a ``mapping.toml`` and its files, or the addresses of them:

    name = "Open postings"                      # as the output names it, with its terms
    licence = "CC0-1.0"
    homepage = "https://example.org/postings"
    addresses = ["https://example.org/postings/part-0.parquet"]   # beside files in the folder, or instead

    [columns]                                   # what the collection calls them
    id = "job_id"                               # may be missing
    title = "title"
    text = "description"                        # may be missing
    employer = "company"
    sector = "naics_sector"                     # of the employer; may be missing
    place = ["city", "state", "country"]        # one or several
    first_seen = "first_seen"
    last_seen = "removed_at"                    # may be missing; an empty one is still open
"""

import hashlib
import shutil
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.archive.store import Archive, retrieved_in_time
from where_is_ai.borders import reading
from where_is_ai.characters import CONTROL
from where_is_ai.errors import BadUpstream, NotArchived
from where_is_ai.layers.postings.days import EARLIEST_DAY
from where_is_ai.layers.postings.engine import bounded, quoted
from where_is_ai.layers.postings.prospects import PATTERN, TROUBLE
from where_is_ai.layers.postings.sightings import LONGEST_NAME, LONGEST_PLACE, Tally
from where_is_ai.layers.postings.text import LONGEST_CHARS
from where_is_ai.quarters import Quarter

NAME = "bulk"
MAPPING = "mapping.toml"
NEEDED = ("title", "employer", "place", "first_seen")
KNOWN = ("id", "title", "text", "employer", "sector", "place", "first_seen", "last_seen")
_ADDRESS = "dropped:bulk/"
_KINDS = {".parquet": "application/vnd.apache.parquet", ".csv": "text/csv", ".gz": "application/gzip"}
_REMEDY = "Its head in where_is_ai/layers/postings/bulk.py shows what a mapping says."


@dataclass(frozen=True)
class Collection:
    """A collection: its folder's name, who gives it under which terms, where it lies, and its names of columns."""

    folder: str
    source: Source
    addresses: tuple[str, ...]
    columns: dict[str, tuple[str, ...]]

    @property
    def board(self) -> str:
        return f"{NAME}/{self.folder}"

    def request(self, file: str) -> Request:
        """The request of a file by its name in the folder, or by its address."""
        url = file if "://" in file else f"{_ADDRESS}{self.folder}/{file}"
        return Request(url, self.source, _kind(file))


def read_mapping(content: str, folder: str, whence: str) -> Collection:
    """The collection that a mapping speaks of; raises BadUpstream, which names ``whence``, for one that is off."""
    try:
        said = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise BadUpstream(f"{whence} is no TOML: {error}.", _REMEDY) from None
    columns = said.get("columns", {})
    missing = [key for key in ("name", "licence", "homepage") if not isinstance(said.get(key), str)]
    missing += [f"columns.{key}" for key in NEEDED if not isinstance(columns, dict) or not columns.get(key)]
    if missing:
        raise BadUpstream(f"{whence} does not say {', '.join(missing)}.", _REMEDY)
    if unknown := sorted(set(columns) - set(KNOWN)):
        raise BadUpstream(f"{whence} maps {', '.join(unknown)}; known are {', '.join(KNOWN)}.", _REMEDY)
    named = {key: tuple([given] if isinstance(given, str) else given) for key, given in columns.items()}
    # Who reads a number of it shall see its terms: they are part of the name that goes with every output.
    source = Source(f"{said['name']} ({said['licence']})", said["licence"], said["homepage"])
    return Collection(folder, source, tuple(said.get("addresses", ())), named)


def adopt_dropped(folder: Path, archive: Archive, tally: Tally) -> None:
    """Keep each collection's mapping and files that lie under ``folder``; what is unchanged is not kept again.

    A mapping that is off is named in ``tally`` with its collection, which is left where it is.
    """
    for mapping in sorted(folder.glob(f"*/{MAPPING}")):
        name = mapping.parent.name
        try:
            collection = read_mapping(
                mapping.read_text(encoding="utf-8", errors="replace"), name, str(mapping)
            )
            files = [file for file in sorted(mapping.parent.iterdir()) if file.suffix in _KINDS]
            for file in (*files, mapping):
                _adopt(file, collection, archive)
        except BadUpstream as refusal:
            tally.add(NAME, f"{NAME}/{name}", "mapping can't be read", "left out", str(refusal))


def kept_files(library: Library, quarter: Quarter, tally: Tally) -> list[Entry]:
    """The archived mappings and files of all collections that a run of ``quarter`` uses; addresses are asked."""
    found = []
    for newest in library.newest(_ADDRESS):
        if not newest.url.endswith(f"/{MAPPING}"):
            continue
        try:
            found += _kept(library, newest.url.split("/")[-2], newest, quarter)
        except (BadUpstream, NotArchived) as refusal:
            tally.add(NAME, newest.url, "collection can't be read", "left out", str(refusal))
    return found


def _kept(library: Library, folder: str, newest: Entry, quarter: Quarter) -> list[Entry]:
    """The mapping of one collection, and then its files."""
    anyhow = _mapping(library, newest)
    mapping = _of_quarter(library.versions(anyhow.request(MAPPING)), quarter)
    collection = _mapping(library, mapping)
    names = [entry.url.rpartition("/")[2] for entry in library.newest(f"{_ADDRESS}{folder}/")]
    files = [
        _of_quarter(library.versions(collection.request(name)), quarter) for name in names if name != MAPPING
    ]
    return [mapping, *files, *(library.get(collection.request(url), quarter) for url in collection.addresses)]


def write_sightings_of(
    library: Library, entries: Sequence[Entry], quarter: Quarter, out: Path, tally: Tally
) -> None:
    """Write the sightings of ``quarter`` in all collections to parquet files beside ``out``, one per file read.

    Of the quarter are postings that were open on any day of it. A file that can't be read is a trouble and leaves the
    others as they are.
    """
    for number, (collection, entry) in enumerate(files_of(library, entries)):
        path = out.with_name(f"{out.stem}-{number:04d}.parquet")
        try:
            with reading(entry.url, "Drop the file again, or mend its mapping."):
                _write(library, collection, entry, quarter, path, tally)
        except BadUpstream as refusal:
            path.unlink(missing_ok=True)
            tally.add(NAME, collection.board, "file can't be read", "left out", str(refusal))


def files_of(library: Library, entries: Sequence[Entry]) -> Iterator[tuple[Collection, Entry]]:
    """Each file with its collection: a mapping comes before its files."""
    collection = None
    for entry in entries:
        if entry.url.endswith(f"/{MAPPING}"):
            collection = _mapping(library, entry)
        elif collection:
            yield collection, entry


def _mapping(library: Library, entry: Entry) -> Collection:
    """What an archived mapping says."""
    content = library.read(entry).decode(errors="replace")
    return read_mapping(content, entry.url.split("/")[-2], entry.url)


def _of_quarter(versions: Sequence[Entry], quarter: Quarter) -> Entry:
    """The version that a run of ``quarter`` uses: the last one in its time, else the newest."""
    return ([entry for entry in versions if retrieved_in_time(entry, quarter)] or versions)[-1]


def _adopt(file: Path, collection: Collection, archive: Archive) -> None:
    request = collection.request(file.name)
    with file.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    kept = archive.versions(request.key)
    if kept and kept[-1].sha256 == sha256:
        return
    with archive.aside() as aside:
        shutil.copyfile(file, aside)
        archive.adopt(aside, request, datetime.now(UTC))


def _kind(file: str) -> str:
    return "application/toml" if file == MAPPING else _KINDS.get(Path(file).suffix, _KINDS[".parquet"])


def _write(
    library: Library, collection: Collection, entry: Entry, quarter: Quarter, out: Path, tally: Tally
) -> None:
    with bounded(out.parent / "scratch") as duck:
        said = said_sql(duck, collection, entry, library.path(entry))
        duck.execute(f"CREATE TABLE said AS {said}", {"seen": entry.retrieved.date()})
        for trouble, consequence, condition in _TROUBLES:
            count, example = duck.execute(
                f"SELECT count(*), min(title) FROM said WHERE {condition}"
            ).fetchone()
            if count:
                tally.add(NAME, collection.board, trouble, consequence, example or entry.url, count)
        duck.execute(
            _SIGHTINGS_SQL.format(out=quoted(out)),
            {"board": collection.board, "first": quarter.first_day, "last": quarter.last_day, "source": NAME},
        )


def said_sql(
    duck: duckdb.DuckDBPyConnection, collection: Collection, entry: Entry, path: Path, numbered: bool = False
) -> str:
    """A query of what the rows of a file say: id, title, text, company, sector, place, first_day, last_day, row.

    It takes the day ``seen``. ``row`` counts from 1, in CSV the rows that can be read; NULL unless ``numbered``,
    which needs a connection that keeps the order of rows.
    """
    duck.execute(f"CREATE OR REPLACE VIEW given AS {_table(path, entry.media_type)}")
    columns = _columns_there(duck, collection, entry)
    return _SAID_SQL.format(**columns, control=CONTROL, numbered=_NUMBERED[numbered])


def _table(path: Path, media_type: str) -> str:
    if media_type == _KINDS[".parquet"]:
        return f"SELECT * FROM read_parquet({quoted(path)})"
    packed = "gzip" if media_type == _KINDS[".gz"] else "none"
    options = f"header = true, all_varchar = true, ignore_errors = true, compression = '{packed}'"
    return f"SELECT * FROM read_csv({quoted(path)}, {options})"


def _columns_there(duck: duckdb.DuckDBPyConnection, collection: Collection, entry: Entry) -> dict[str, str]:
    """Each known name as SQL over the file's own columns; raises BadUpstream where a mapped one is not there."""
    there = [row[0] for row in duck.execute("DESCRIBE given").fetchall()]
    wanted = {name for given in collection.columns.values() for name in given}
    if missing := sorted(wanted - set(there)):
        raise BadUpstream(
            f"{entry.url} lacks the columns {', '.join(missing)}; it has {', '.join(there)[:400]}.",
            f"Mend the columns in {collection.folder}/{MAPPING}.",
        )
    found = dict.fromkeys(KNOWN, "NULL")
    for name, given in collection.columns.items():
        parts = [f"nullif(trim({_identifier(column)}::VARCHAR), '')" for column in given]
        found[name] = parts[0] if len(parts) == 1 else f"nullif(concat_ws(', ', {', '.join(parts)}), '')"
    return found


def _identifier(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


_NUMBERED = {False: "NULL::BIGINT", True: "row_number() OVER ()"}
_SAID_SQL = f"""
WITH named AS (
    SELECT {{numbered}} AS row, {{id}} AS id, regexp_replace({{title}}, '{{control}}', ' ', 'g') AS title,
        left(regexp_replace(coalesce({{text}}, ''), '{{control}}', ' ', 'g'), {LONGEST_CHARS}) AS markup,
        regexp_replace(coalesce({{employer}}, ''), '{{control}}', ' ', 'g') AS company,
        regexp_replace(coalesce({{sector}}, ''), '{{control}}', ' ', 'g') AS sector,
        regexp_replace(coalesce({{place}}, ''), '{{control}}', ' ', 'g') AS place,
        try_cast(left({{first_seen}}, 10) AS DATE) AS first_day, try_cast(left({{last_seen}}, 10) AS DATE) AS last_day
    FROM given
), plain AS (
    SELECT * EXCLUDE markup, trim(replace(replace(replace(replace(replace(
        regexp_replace(markup, '<[^<>]*>', chr(10), 'g'), '&nbsp;', ' '), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'),
        '&amp;', '&'), ' ' || chr(10) || chr(13) || chr(9)) AS text
    FROM named
)
SELECT coalesce(id, md5(concat_ws(chr(31), company, title, place, first_day, text))) AS id,
    left(title, {LONGEST_NAME}) AS title, text, left(company, {LONGEST_NAME}) AS company,
    left(sector, {LONGEST_NAME}) AS sector,
    if(len(place) > {LONGEST_PLACE}, '', place) AS place,
    if(first_day BETWEEN DATE '{EARLIEST_DAY}' AND $seen::DATE + 1, first_day, NULL) AS first_day,
    greatest(least(coalesce(last_day, $seen::DATE), $seen::DATE), first_day) AS last_day, row
FROM plain
"""
_TROUBLES = (
    ("no id or no title", "left out", "title IS NULL"),
    ("no date", "left out", "first_day IS NULL AND title IS NOT NULL"),
    ("no location", "kept without", "place = '' AND title IS NOT NULL"),
    (TROUBLE, "no opening: left out", f"regexp_matches(title, {quoted(PATTERN)})"),
)
_SIGHTINGS_SQL = f"""
COPY (
    SELECT $board || '/' || id AS posting_id, $source AS source, $board AS board, any_value(company) AS company,
        any_value(title) AS title, any_value(text) AS text, min(first_day) AS posted_on, min(first_day) AS first_seen,
        max(last_day) AS last_seen, any_value(place) AS location, any_value(place) AS address, '' AS url,
        '' AS requisition, any_value(sector) AS sector
    FROM said
    WHERE title IS NOT NULL AND first_day <= $last AND last_day >= $first
        AND NOT regexp_matches(title, {quoted(PATTERN)})
    GROUP BY id
) TO {{out}} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10000)
"""
