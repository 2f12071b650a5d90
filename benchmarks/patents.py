"""A tenth of PatentsView's tables, made up: a quarter read out of them against reading the needed columns; memory."""

import resource
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import duckdb

from benchmarks.child import child_output
from benchmarks.rows import Row, ratio
from where_is_ai.layers.patents.bulk_tables import CPC, INVENTORS, LOCATIONS, PATENTS, BulkTable, open_tables
from where_is_ai.layers.patents.source import read_ai_patents, read_shares
from where_is_ai.quarters import Quarter

# A tenth of 9.5 million patents; five classes and two and a half inventors each.
COUNT = 950_000
QUARTER = Quarter(2026, 2)
MOST_TIMES, MOST_MB = 3.0, 1_000
_MADE = {
    PATENTS: f"""SELECT (i + 3e6::INT) AS patent_id, 'utility' AS patent_type,
        DATE '1977-01-04' + (i % 2600 * 7)::INT AS patent_date,
        'A "method"' || chr(10) || 'in two lines' AS patent_title,
        '0' AS withdrawn FROM range({COUNT}) t(i)""",
    CPC: f"""SELECT (i // 5 + 3e6::INT) AS patent_id, i % 5 AS cpc_sequence,
        CASE WHEN hash(i) % 60 = 0 THEN 'G06N' ELSE 'H04L' END AS cpc_subclass, cpc_subclass || '3/08' AS cpc_group,
        'inventional' AS cpc_type FROM range({COUNT} * 5) t(i)""",
    INVENTORS: f"""SELECT (i * 2 // 5 + 3e6::INT) AS patent_id, 'Made-up' AS disambig_inventor_name_first,
        'place-' || hash(i) % 90000 AS location_id FROM range({COUNT} * 5 // 2) t(i)""",
    LOCATIONS: """SELECT 'place-' || i AS location_id, 'San Jose' AS disambig_city, 'CA' AS disambig_state,
        'US' AS disambig_country, '' AS latitude, '' AS longitude, '6' AS state_fips, '85' AS county_fips
        FROM range(90000) t(i)""",
}


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        zips = {table: _zipped(folder, table, query) for table, query in _MADE.items()}
        times = ratio(lambda: _quarter(zips, folder), lambda: _columns(zips, folder), repeats=1)
        memory_mb = int(child_output("-m", "benchmarks.patents", name))
    what = f"a quarter of {COUNT:,} patents"
    yield Row(
        f"{what} read vs unpacking and reading the needed columns",
        f"{times:.1f}× the time",
        f"≤ {MOST_TIMES:g}×",
        times <= MOST_TIMES,
    )
    yield Row(f"{what}: memory", f"{memory_mb} MB", f"≤ {MOST_MB:,} MB", memory_mb <= MOST_MB)


def _zipped(folder: Path, table: BulkTable, query: str) -> Path:
    """A zip of the table in the patent office's dialect."""
    text, zipped = folder / f"{table.name}.tsv", folder / f"{table.name}.tsv.zip"
    duckdb.execute(f"COPY ({query}) TO '{text}' (FORMAT csv, DELIMITER '\t', FORCE_QUOTE *, HEADER)")
    with ZipFile(zipped, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(text, text.name)
    text.unlink()
    return zipped


def _quarter(zips: dict[BulkTable, Path], folder: Path) -> None:
    with open_tables(zips, folder) as database:
        read_ai_patents(database, QUARTER), read_shares(database, QUARTER)


def _columns(zips: dict[BulkTable, Path], folder: Path) -> None:
    with open_tables(zips, folder) as database:
        for table in zips:
            sums = ", ".join(f"sum(length({column}))" for column in table.columns)
            database.execute(f"SELECT {sums} FROM {table.name}").fetchall()


if __name__ == "__main__":
    kept = Path(sys.argv[1])
    _quarter({table: kept / f"{table.name}.tsv.zip" for table in _MADE}, kept)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
