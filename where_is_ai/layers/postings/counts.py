"""Counting a quarter's postings by metro and for the nation: DuckDB over files in, small frames out."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from where_is_ai.layers.postings.coverage import coverage
from where_is_ai.layers.postings.engine import MEMORY_FOR_COUNTING, bounded, quoted


@dataclass(frozen=True, eq=False)
class Judged:
    """A quarter's files of Postings, Posts and PostingVerdicts, and its ReadLocations."""

    postings: Path
    posts: Path
    verdicts: Path
    locations: pd.DataFrame


@dataclass(frozen=True)
class Counts:
    """What the measure rests on.

    ``metros``: area_code, ai_postings, all_postings, employers, unknown. ``probabilities``: area_code, probability,
    postings. ``nation``: ai_postings, all_postings, employers, unknown (one row), with ``nation_probabilities``:
    probability, postings. ``places``: postings by status of their location (Series). ``undated``: postings that a flow
    leaves out because nothing tells their age. AI postings are those that the classifier calls so. ``coverage``: who is
    behind them (see ``coverage``). ``employers``: area_code, company (both categories, since there can be millions of
    rows) and ai_expected, the sum of its postings' probabilities.
    """

    metros: pd.DataFrame
    probabilities: pd.DataFrame
    nation: pd.DataFrame
    nation_probabilities: pd.DataFrame
    places: pd.Series
    undated: int
    coverage: pd.DataFrame
    employers: pd.DataFrame


def addresses(postings: Path, posts: Path) -> list[str]:
    """The distinct addresses of a file of Postings and of one of Posts."""
    with tempfile.TemporaryDirectory() as scratch, bounded(Path(scratch) / "duck") as duck:
        rows = duck.execute(_ADDRESSES_SQL.format(postings=quoted(postings), posts=quoted(posts)))
        return [address for (address,) in rows.fetchall()]


def boards(postings: Path) -> set[str]:
    """The boards and feeds that a Postings file holds postings of."""
    with tempfile.TemporaryDirectory() as scratch, bounded(Path(scratch) / "duck") as duck:
        rows = duck.execute(f"SELECT DISTINCT board FROM read_parquet({quoted(postings)})")
        return {board for (board,) in rows.fetchall()}


def count(judged: Judged, basis: str, of_boards: Sequence[str] | None = None) -> Counts:
    """Count a quarter's postings by metro and for the nation.

    A posting with several places counts once in each metro and once in the nation. With ``basis`` flow only new
    postings count, with stock all; what is old in the nation may be new in a metro that it was not posted for before.
    ``of_boards`` restricts the count to some boards.
    """
    with _judged(judged, basis, of_boards) as duck:
        duck.execute(_EMPLOYERS_SQL)
        return Counts(
            metros=duck.execute(_METROS_SQL).df(),
            probabilities=duck.execute(_PROBABILITIES_SQL).df(),
            nation=duck.execute(_NATION_SQL).df(),
            nation_probabilities=duck.execute(_NATION_PROBABILITIES_SQL).df(),
            places=duck.execute("SELECT status, count(*) AS postings FROM judged GROUP BY status").df()
            .set_index("status")["postings"],
            coverage=coverage(duck),
            employers=duck.execute(_BY_EMPLOYER_SQL).df(),
            undated=_undated(duck, judged.postings) if basis == "flow" else 0,
        )  # fmt: skip


def counted_in(judged: Judged, basis: str, area_code: str) -> pd.DataFrame:
    """The postings that ``count`` counts in one metro: post_id (of their first post there), ai_job and probability."""
    with _judged(judged, basis, None) as duck:
        return duck.execute(_OF_METRO_SQL, [area_code]).df()


@contextmanager
def _judged(
    judged: Judged, basis: str, of_boards: Sequence[str] | None
) -> Iterator[duckdb.DuckDBPyConnection]:
    with (
        tempfile.TemporaryDirectory() as scratch,
        bounded(Path(scratch) / "duck", MEMORY_FOR_COUNTING) as duck,
    ):
        duck.register("locations", judged.locations[["location", "status", "area_codes", "in_usa"]])
        duck.register("wanted", pd.DataFrame({"board": pd.Series(list(of_boards or ()), dtype=str)}))
        sql = _EVERY_ONE_SQL.format(postings=quoted(judged.postings), verdicts=quoted(judged.verdicts))
        duck.execute(sql, {"every_board": of_boards is None})
        duck.execute(_COUNTED_SQL, {"stock": basis == "stock"})
        duck.execute(_IN_METROS_SQL.format(posts=quoted(judged.posts)), {"stock": basis == "stock"})
        yield duck


def _undated(duck: duckdb.DuckDBPyConnection, postings: Path) -> int:
    (undated,) = duck.execute(_UNDATED_SQL.format(postings=quoted(postings))).fetchone()
    return undated


_EVERY_ONE_SQL = """
CREATE TABLE every_one AS
SELECT p.posting_id, lower(trim(p.company)) AS company, p.sector, p.is_new, v.ai_job, v.probability,
    coalesce(l.status, 'unnamed') AS status, l.in_usa
FROM read_parquet({postings}) p
JOIN read_parquet({verdicts}) v USING (posting_id)
LEFT JOIN locations l ON l.location = p.address
WHERE $every_board OR p.board IN (SELECT board FROM wanted)
"""
_COUNTED_SQL = "CREATE TABLE judged AS SELECT * FROM every_one WHERE $stock OR is_new"
# An opening is as old in a metro as the oldest of its posts for it, and of unknown age where one of them may be old.
_IN_METROS_SQL = """
CREATE TABLE in_metros AS
WITH placed AS (
    SELECT p.post_id, p.posting_id, p.is_new, unnest(string_split(l.area_codes, ' ')) AS area_code
    FROM read_parquet({posts}) p JOIN locations l ON l.location = p.address WHERE l.area_codes <> ''
), first_posts AS (
    SELECT posting_id, area_code, min(post_id) AS post_id FROM placed GROUP BY ALL
    HAVING $stock OR (count(is_new) = count(*) AND bool_and(is_new))
)
SELECT f.*, e.company, e.sector, e.ai_job, e.probability FROM first_posts f JOIN every_one e USING (posting_id)
"""
_OF_METRO_SQL = "SELECT post_id, ai_job, probability FROM in_metros WHERE area_code = ? ORDER BY post_id"
_METROS_SQL = """
SELECT area_code, count(*) FILTER (ai_job) AS ai_postings, count(*) AS all_postings,
    count(DISTINCT company) FILTER (ai_job) AS employers, count(*) FILTER (probability IS NULL) AS unknown
FROM in_metros GROUP BY area_code ORDER BY area_code
"""
# Probabilities have four decimals: sums of decimals are the same in whatever order they are added.
_EMPLOYERS_SQL = """
CREATE TYPE area AS ENUM (SELECT DISTINCT area_code FROM in_metros ORDER BY area_code);
CREATE TYPE employer AS ENUM (SELECT DISTINCT company FROM in_metros WHERE company IS NOT NULL ORDER BY company);
CREATE TABLE employers AS
SELECT area_code, company, max(sector) AS sector,
    coalesce(sum(probability::DECIMAL(9, 4)), 0)::DOUBLE AS ai_expected
FROM in_metros GROUP BY area_code, company
"""
_BY_EMPLOYER_SQL = """
SELECT area_code::area AS area_code, company::employer AS company, ai_expected
FROM employers ORDER BY company NULLS FIRST, area_code
"""
_PROBABILITIES_SQL = """
SELECT area_code, probability, count(*) AS postings
FROM in_metros WHERE probability IS NOT NULL GROUP BY ALL ORDER BY ALL
"""
_NATION_SQL = """
SELECT count(*) FILTER (ai_job) AS ai_postings, count(*) AS all_postings,
    count(DISTINCT company) FILTER (ai_job) AS employers, count(*) FILTER (probability IS NULL) AS unknown
FROM judged WHERE in_usa
"""
_NATION_PROBABILITIES_SQL = """
SELECT probability, count(*) AS postings FROM judged
WHERE in_usa AND probability IS NOT NULL GROUP BY ALL ORDER BY ALL
"""
_UNDATED_SQL = "SELECT count(*) FILTER (is_new IS NULL) FROM read_parquet({postings})"
_ADDRESSES_SQL = """
SELECT address FROM read_parquet({postings}) WHERE address IS NOT NULL
UNION SELECT address FROM read_parquet({posts}) WHERE address IS NOT NULL
"""
