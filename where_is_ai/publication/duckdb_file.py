"""All editions in one DuckDB file: a table per published table, with the edition of each row in front."""

import errno
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import duckdb

from where_is_ai.errors import WhereIsAIError
from where_is_ai.files import unwritable_explained, written_aside
from where_is_ai.layers.layer import PublishedTable
from where_is_ai.publication.catalog import published_tables

NAME = "where-is-ai.duckdb"
# The table that says which files the others came from.
FILES = "files"


def write_duckdb(published: Path, editions: Sequence[str]) -> Path:
    """Assemble ``where-is-ai.duckdb`` from the Parquet files of ``editions`` and give its path.

    A column that an older edition's file lacks is empty there. A file that was made from the very same files, and says
    of its columns what their models say now, is left alone, since DuckDB writes an id of its own into each new one.
    Raises WhereIsAIError where a file can't be read.
    """
    path = published / NAME
    inputs = _inputs(published, editions)
    if _is_current(path, inputs):
        return path
    with written_aside(path) as aside:
        aside.unlink()
        try:
            with duckdb.connect(str(aside)) as database:
                database.execute(f"CREATE TABLE {FILES} (edition VARCHAR, file VARCHAR, sha256 VARCHAR)")
                if inputs:
                    database.executemany(f"INSERT INTO {FILES} VALUES (?, ?, ?)", inputs)
                for table in published_tables().values():
                    _assemble(database, published, editions, table)
                database.execute("CHECKPOINT")
        except duckdb.Error as error:
            with unwritable_explained(path):
                _raise_as_the_system(error)
            raise WhereIsAIError(
                f"{path} can't be assembled: {str(error).splitlines()[0]}.",
                "Publish the edition named there again, then run again.",
            ) from error
        finally:
            # What DuckDB keeps beside a file until that is whole.
            aside.with_name(f"{aside.name}.wal").unlink(missing_ok=True)
    return path


def _raise_as_the_system(error: duckdb.Error) -> None:
    """Raise OSError where DuckDB only tells what the system said against writing."""
    for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO):
        if os.strerror(number) in str(error):
            raise OSError(number, os.strerror(number)) from error


def _inputs(published: Path, editions: Sequence[str]) -> list[tuple[str, str, str]]:
    """Edition, file name and sha256 of every Parquet file of a published table."""
    files = [
        published / edition / f"{name}.parquet" for edition in sorted(editions) for name in published_tables()
    ]
    return [
        (file.parent.name, file.name, hashlib.sha256(file.read_bytes()).hexdigest())
        for file in files
        if file.is_file()
    ]


def _is_current(path: Path, inputs: list[tuple[str, str, str]]) -> bool:
    """Whether the database was made from ``inputs`` and says what the models say; not where it can't be read."""
    if not path.is_file():
        return False
    try:
        with duckdb.connect(str(path), read_only=True) as database:
            return database.execute(f"FROM {FILES}").fetchall() == inputs and all(
                said == _meanings(table).get(name)
                for table in published_tables().values()
                for name, said in _comments_within(database, table.name).items()
            )
    except duckdb.Error:
        return False


def _assemble(
    database: duckdb.DuckDBPyConnection, published: Path, editions: Sequence[str], table: PublishedTable
) -> None:
    files = [published / edition / f"{table.name}.parquet" for edition in editions]
    files = [str(file) for file in files if file.is_file()]
    if not files:
        return
    database.execute(
        f"""CREATE TABLE {table.name} AS
        SELECT parse_path(filename)[-2] AS edition, * EXCLUDE (filename)
        FROM read_parquet(?, union_by_name = true, filename = true)
        ORDER BY edition, {", ".join(table.key)}""",
        [files],
    )
    _comment(database, table)


def _comment(database: duckdb.DuckDBPyConnection, table: PublishedTable) -> None:
    """Say in the database what the table and each of its columns are, with units."""
    meanings = _meanings(table)
    for name in sorted(_comments_within(database, table.name).keys() & meanings.keys()):
        what = f'COLUMN {table.name}."{name}"' if name else f"TABLE {table.name}"
        quoted = meanings[name].replace("'", "''")
        database.execute(f"COMMENT ON {what} IS '{quoted}'")


def _meanings(table: PublishedTable) -> dict[str, str]:
    """What the database says of each column, and of the table itself under the empty name."""
    units = {name: f" [{column.unit}]" if column.unit else "" for name, column in table.columns().items()}
    columns = {name: f"{column.description}{units[name]}" for name, column in table.columns().items()}
    return {"": table.title, "edition": "Quarter of the edition that holds the row", **columns}


def _comments_within(database: duckdb.DuckDBPyConnection, name: str) -> dict[str, str | None]:
    """The comment of the table (under the empty name) and of each column that it holds; empty for no such table."""
    return dict(
        database.execute(
            """SELECT '', comment FROM duckdb_tables() WHERE table_name = $name
            UNION ALL SELECT column_name, comment FROM duckdb_columns() WHERE table_name = $name""",
            {"name": name},
        ).fetchall()
    )
