"""DuckDB over files, in bounded memory: what does not fit goes to a folder beside them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from where_is_ai.errors import WhereIsAIError

MEMORY = "1GB"
# Counting follows reading and judging in one process, which keeps some of the memory that these took.
MEMORY_FOR_COUNTING = "512MB"
THREADS = 2


@contextmanager
def bounded(scratch: Path, memory: str | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection whose tables lie in ``scratch``, which is gone afterwards; rows come in no particular order.

    Raises WhereIsAIError where ``memory`` (by default MEMORY) does not do: what was read so far must not pass for all
    there is.
    """
    memory = memory or MEMORY
    scratch.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(
        scratch / "work.duckdb",
        config={
            "memory_limit": memory,
            "threads": THREADS,
            "temp_directory": str(scratch),
            "preserve_insertion_order": False,
        },
    )
    try:
        yield connection
    except duckdb.OutOfMemoryException as error:
        raise WhereIsAIError(
            f"DuckDB needs more than the {memory} of memory that postings may take: {str(error).splitlines()[0]}",
            "Raise it in where_is_ai/layers/postings/engine.py, or drop fewer files at a time.",
        ) from error
    finally:
        connection.close()
        shutil.rmtree(scratch, ignore_errors=True)


def quoted(path: Path | str) -> str:
    """``path`` as a SQL string, for the statements that take no parameters."""
    return "'" + str(path).replace("'", "''") + "'"
