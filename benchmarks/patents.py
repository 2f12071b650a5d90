"""PatentsView's tables at full size, made up: a quarter read out of them against reading the needed columns; memory."""

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import duckdb

from benchmarks.child import child_output
from benchmarks.rows import Row
from where_is_ai.layers.patents.bulk_tables import CPC, INVENTORS, LOCATIONS, PATENTS, BulkTable, open_tables
from where_is_ai.layers.patents.source import read_ai_patents, read_shares
from where_is_ai.quarters import Quarter

# As many as PatentsView has; five classes and two and a half inventors each, 2,600 weeks of grants.
COUNT = 9_500_000
QUARTER = Quarter(2026, 2)
MOST_TIMES, MOST_MB = 3.0, 1_000
_MADE = {
    PATENTS: f"""SELECT i + 3000000 AS patent_id, 'utility' AS patent_type,
        DATE '1977-01-04' + (i % 2600 * 7)::INT AS patent_date,
        'A "method"' || chr(10) || 'in two lines' AS patent_title, 'B2' AS wipo_kind, i % 20 AS num_claims,
        '0' AS withdrawn, 'ipg260505.xml' AS filename FROM range({COUNT}) t(i)""",
    CPC: f"""SELECT i // 5 + 3000000 AS patent_id, i % 5 AS cpc_sequence, 'G' AS cpc_section, 'G06' AS cpc_class,
        CASE WHEN hash(i) % 60 = 0 THEN 'G06N' ELSE 'H04L' END AS cpc_subclass, cpc_subclass || '3/08' AS cpc_group,
        'inventional' AS cpc_type FROM range({COUNT} * 5) t(i)""",
    INVENTORS: f"""SELECT i * 2 // 5 + 3000000 AS patent_id, i % 3 AS inventor_sequence,
        'fl:ma_ln:up-' || i AS inventor_id, 'Made-up' AS disambig_inventor_name_first,
        'Person' AS disambig_inventor_name_last, 'U' AS gender_code,
        md5((hash(i) % 90000)::VARCHAR) AS location_id FROM range({COUNT} * 5 // 2) t(i)""",
    LOCATIONS: """SELECT md5(i::VARCHAR) AS location_id, 'San Jose' AS disambig_city, 'CA' AS disambig_state,
        'US' AS disambig_country, '' AS latitude, '' AS longitude, '6' AS state_fips, '85' AS county_fips
        FROM range(90000) t(i)""",
}
Zips = Mapping[BulkTable, Path]


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        for table, query in _MADE.items():
            _zip(Path(folder), table, query)
        (seconds, memory_mb), (columns_s, _) = (_in_child(work, folder) for work in WORK)
    what = f"a quarter of {COUNT:,} patents, {seconds:.0f} s"
    times = seconds / columns_s
    yield Row(
        f"{what}: read vs unpacking and reading the needed columns",
        f"{times:.1f}× the time",
        f"≤ {MOST_TIMES:g}×",
        times <= MOST_TIMES,
    )
    yield Row(f"{what}: memory", f"{memory_mb:.0f} MB", f"≤ {MOST_MB:,} MB", memory_mb <= MOST_MB)


def _zip(folder: Path, table: BulkTable, query: str) -> None:
    """A zip of the table in the patent office's dialect."""
    text = folder / f"{table.name}.tsv"
    duckdb.execute(f"COPY ({query}) TO '{text}' (FORMAT csv, DELIMITER '\t', FORCE_QUOTE *, HEADER)")
    with ZipFile(_zip_of(folder, table), "w", ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(text, text.name)
    text.unlink()


def _zip_of(folder: Path, table: BulkTable) -> Path:
    return folder / f"{table.name}.tsv.zip"


def _quarter(zips: Zips, folder: Path) -> None:
    with open_tables(zips, folder) as database:
        read_ai_patents(database, QUARTER), read_shares(database, QUARTER)


def _columns(zips: Zips, folder: Path) -> None:
    with open_tables(zips, folder) as database:
        for table in zips:
            sums = ", ".join(f"sum(length({column}))" for column in table.columns)
            database.execute(f"SELECT {sums} FROM {table.name}").fetchall()


WORK: dict[str, Callable[[Zips, Path], None]] = {"quarter": _quarter, "columns": _columns}


def _in_child(work: str, folder: str) -> tuple[float, float]:
    """Seconds and megabytes of memory of one piece of work, in a process of its own."""
    seconds, memory_mb = child_output("-m", "benchmarks.patents", work, folder).split()
    return float(seconds), float(memory_mb)


if __name__ == "__main__":
    kept, begun = Path(sys.argv[2]), time.perf_counter()
    WORK[sys.argv[1]]({table: _zip_of(kept, table) for table in _MADE}, kept)
    print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
