"""All editions in one DuckDB file: a table per published table, with the edition of each row in front."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import duckdb

from where_is_ai.errors import WhereIsAIError
from where_is_ai.files import written_aside
from where_is_ai.layers.layer import PublishedTable
from where_is_ai.publication.catalog import published_tables

NAME = "where-is-ai.duckdb"
# The table that says which files the others came from.
FILES = "files"


def write_duckdb(published: Path, editions: Sequence[str]) -> Path:
    """Assemble ``where-is-ai.duckdb`` from the Parquet files of ``editions`` and give its path.

    A column that an older edition's file lacks is empty there. A file that was made from the very same files is left
    alone, since DuckDB writes an id of its own into each new one. Raises WhereIsAIError where a file can't be read.
    """
    path = published / NAME
    inputs = _inputs(published, editions)
    if _inputs_within(path) == inputs:
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
            raise WhereIsAIError(
                f"{path} can't be assembled: {error}.",
                "Publish the edition named there again, then run again.",
            ) from error
    return path


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


def _inputs_within(path: Path) -> list[tuple[str, str, str]] | None:
    """What the database says it was made from; None where it can't say."""
    if not path.is_file():
        return None
    try:
        with duckdb.connect(str(path), read_only=True) as database:
            return database.execute(f"FROM {FILES}").fetchall()
    except duckdb.Error:
        return None


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
    held = {name for name, *_ in database.execute(f"DESCRIBE {table.name}").fetchall()}
    comments = {f"TABLE {table.name}": table.title}
    for name, column in table.columns().items():
        if name in held:
            unit = f" [{column.unit}]" if column.unit else ""
            comments[f'COLUMN {table.name}."{name}"'] = f"{column.description}{unit}"
    for what, comment in comments.items():
        quoted = comment.replace("'", "''")
        database.execute(f"COMMENT ON {what} IS '{quoted}'")
