"""PatentsView's bulk tables in DuckDB: zips of one tab-separated file each, every field quoted, newlines within quotes.

A zip is unpacked aside in pieces, since DuckDB reads none without an extension; only the needed columns are read, and
what does not fit into the memory that DuckDB may take is kept on disk.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from where_is_ai.archive.unpack import CHUNK_BYTES, open_zip
from where_is_ai.borders import reading
from where_is_ai.errors import BadUpstream

MEMORY_LIMIT = "600MB"
# Of 470 MB of zipped classes come some 4,000 MB; the tables grow by a tenth in two years.
UNPACKED_MB = 10_000
_ADAPT = "The patent office has changed the layout: adapt where_is_ai/layers/patents/bulk_tables.py."
_DIALECT = "delim = '\t', quote = '\"', escape = '\"', header = true, auto_detect = false"


@dataclass(frozen=True)
class BulkTable:
    """A table by the name of its file, and the columns that are read of it. Nothing else is: some name people."""

    name: str
    columns: tuple[str, ...]


PATENTS = BulkTable("g_patent", ("patent_id", "patent_type", "patent_date", "withdrawn"))
CPC = BulkTable("g_cpc_current", ("patent_id", "cpc_subclass", "cpc_group", "cpc_type"))
INVENTORS = BulkTable("g_inventor_disambiguated", ("patent_id", "location_id"))
LOCATIONS = BulkTable(
    "g_location_disambiguated",
    (
        "location_id",
        "disambig_city",
        "disambig_state",
        "disambig_country",
        "latitude",
        "longitude",
        "state_fips",
        "county_fips",
    ),
)
TABLES = (PATENTS, CPC, INVENTORS, LOCATIONS)


@contextmanager
def open_tables(
    zips: Mapping[BulkTable, Path], scratch: Path, say: Callable[[str], None] = lambda progress: None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with a view of each table's needed columns, all text; unpacked files are gone afterwards.

    ``scratch`` is the folder to unpack in; ``say`` hears of each table that is unpacked. Raises BadUpstream where a zip
    is damaged or lacks a column.
    """
    with tempfile.TemporaryDirectory(dir=scratch, prefix="patents-") as folder, duckdb.connect() as database:
        database.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
        database.execute("SET preserve_insertion_order = false")
        database.execute(f"SET temp_directory = '{folder}'")
        for table, path in zips.items():
            with reading(f"{table.name} in {path}"):
                unpacked = _unpacked(table, path, Path(folder))
                _view(database, table, unpacked)
            say(f"Unpacked {table.name}, {unpacked.stat().st_size / 1e6:,.0f} MB.")
        yield database


def _unpacked(table: BulkTable, zipped: Path, folder: Path) -> Path:
    """The one file in the zip, unpacked in pieces."""
    with open_zip(zipped, str(zipped), source_mb=UNPACKED_MB) as archive:
        named = [name for name in archive.names if name.rpartition("/")[2].lower() == f"{table.name}.tsv"]
        if len(named) != 1:
            raise BadUpstream(f"{zipped} holds no {table.name}.tsv, only {', '.join(archive.names)}.", _ADAPT)
        target = folder / f"{table.name}.tsv"
        with archive.open(named[0]) as member, target.open("wb") as out:
            shutil.copyfileobj(member, out, CHUNK_BYTES)
    return target


def _view(database: duckdb.DuckDBPyConnection, table: BulkTable, path: Path) -> None:
    """Make the view ``table.name``, with the columns found by their headings."""
    with path.open(encoding="utf-8-sig") as file:
        header = [name.strip().strip('"') for name in file.readline().rstrip("\r\n").split("\t")]
    if missing := [name for name in table.columns if name not in header]:
        raise BadUpstream(
            f"{table.name} lacks the columns {', '.join(missing)}; it has {', '.join(header)}.", _ADAPT
        )
    types = ", ".join(f"'{name}': 'VARCHAR'" for name in header)
    columns = ", ".join(f"nullif(\"{name}\", '') AS {name}" for name in table.columns)
    database.execute(
        f"CREATE VIEW {table.name} AS SELECT {columns} FROM "
        f"read_csv('{path}', {_DIALECT}, columns = {{{types}}}, max_line_size = 16777216)"
    )
