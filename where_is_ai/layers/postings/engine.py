"""DuckDB over files, in bounded memory: what does not fit goes to a folder beside them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

MEMORY = "1GB"
THREADS = 2


@contextmanager
def bounded(scratch: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection whose tables lie in ``scratch``, which is gone afterwards; rows come in no particular order."""
    scratch.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(
        scratch / "work.duckdb",
        config={
            "memory_limit": MEMORY,
            "threads": THREADS,
            "temp_directory": str(scratch),
            "preserve_insertion_order": False,
        },
    )
    try:
        yield connection
    finally:
        connection.close()
        shutil.rmtree(scratch, ignore_errors=True)


def quoted(path: Path | str) -> str:
    """``path`` as a SQL string, for the statements that take no parameters."""
    return "'" + str(path).replace("'", "''") + "'"
