"""All editions in one DuckDB file: a table per published table, with the edition of each row in front."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import duckdb

from where_is_ai.errors import WhereIsAIError
from where_is_ai.files import written_aside
from where_is_ai.publication.catalog import CATALOG

NAME = "where-is-ai.duckdb"
# The table that says which files the others came from.
FILES = "files"
QUERIES = {
    "The ten metros with most AI workers per 1,000 jobs in the newest edition, lower bounds marked": """\
SELECT metro, ai_workers, round(ai_per_1000, 2) AS per_1000, coverage <> 'all_published' AS lower_bound
FROM usa_ai_employment_by_msa
WHERE edition = (SELECT max(edition) FROM usa_ai_employment_by_msa)
ORDER BY rank_concentration LIMIT 10;""",
    "One metro through all releases; a change is only read within a segment": """\
SELECT DISTINCT oews_release, ai_workers, coverage, segment, linked, why_not_linked
FROM usa_ai_employment_series
WHERE metro LIKE 'Austin%'
ORDER BY oews_release;""",
    "Growth that the survey can tell from none, largest first": """\
SELECT edition, metro, like_for_like_change, round(like_for_like_pct, 1) AS pct, round(noise) AS noise
FROM usa_ai_employment_yoy
WHERE comparable AND exceeds_noise AND like_for_like_change > 0
ORDER BY edition DESC, like_for_like_change DESC LIMIT 10;""",
}


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
                for name, table in CATALOG.items():
                    _assemble(database, published, editions, name, table.key)
                database.execute("CHECKPOINT")
        except duckdb.Error as error:
            raise WhereIsAIError(
                f"{path} can't be assembled: {error}.",
                "Publish the edition named there again, then run again.",
            ) from error
    return path


def _inputs(published: Path, editions: Sequence[str]) -> list[tuple[str, str, str]]:
    """Edition, file name and sha256 of every Parquet file of a published table."""
    files = [published / edition / f"{name}.parquet" for edition in sorted(editions) for name in CATALOG]
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
    database: duckdb.DuckDBPyConnection,
    published: Path,
    editions: Sequence[str],
    name: str,
    key: Sequence[str],
) -> None:
    files = [published / edition / f"{name}.parquet" for edition in editions]
    files = [str(file) for file in files if file.is_file()]
    if not files:
        return
    database.execute(
        f"""CREATE TABLE {name} AS
        SELECT parse_path(filename)[-2] AS edition, * EXCLUDE (filename)
        FROM read_parquet(?, union_by_name = true, filename = true)
        ORDER BY edition, {", ".join(key)}""",
        [files],
    )
