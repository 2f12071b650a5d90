"""Counting a quarter's postings by metro and for the nation: DuckDB over files in, small frames out."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from where_is_ai.layers.postings.engine import bounded, quoted


@dataclass(frozen=True)
class Counts:
    """What the measure rests on.

    ``metros``: area_code, ai_postings, all_postings, employers, unknown. ``probabilities``: area_code, probability,
    postings. ``nation``: ai_postings, all_postings, employers (one row). ``places``: postings by status of their
    location (Series). ``undated``: postings that a flow leaves out because nothing tells their age.
    """

    metros: pd.DataFrame
    probabilities: pd.DataFrame
    nation: pd.DataFrame
    places: pd.Series
    undated: int


def addresses(postings: Path) -> list[str]:
    """The distinct addresses of a Postings file."""
    with tempfile.TemporaryDirectory() as scratch, bounded(Path(scratch) / "duck") as duck:
        rows = duck.execute(
            f"SELECT DISTINCT address FROM read_parquet({quoted(postings)}) WHERE address IS NOT NULL"
        )
        return [address for (address,) in rows.fetchall()]


def boards(postings: Path) -> set[str]:
    """The boards and feeds that a Postings file holds postings of."""
    with tempfile.TemporaryDirectory() as scratch, bounded(Path(scratch) / "duck") as duck:
        rows = duck.execute(f"SELECT DISTINCT board FROM read_parquet({quoted(postings)})")
        return {board for (board,) in rows.fetchall()}


def count(
    postings: Path,
    verdicts: Path,
    locations: pd.DataFrame,
    basis: str,
    of_boards: Sequence[str] | None = None,
) -> Counts:
    """Count Postings with their PostingVerdicts and ReadLocations.

    A posting with several places counts once in each metro and once in the nation. With ``basis`` flow only new
    postings count, with stock all. ``of_boards`` restricts the count to some boards.
    """
    with _judged(postings, verdicts, locations, basis, of_boards) as duck:
        return Counts(
            metros=duck.execute(_METROS_SQL).df(),
            probabilities=duck.execute(_PROBABILITIES_SQL).df(),
            nation=duck.execute(_NATION_SQL).df(),
            places=duck.execute("SELECT status, count(*) AS postings FROM judged GROUP BY status").df()
            .set_index("status")["postings"],
            undated=duck.execute(_UNDATED_SQL.format(postings=quoted(postings)), [basis == "flow"]).fetchone()[0],
        )  # fmt: skip


def counted_in(
    postings: Path, verdicts: Path, locations: pd.DataFrame, basis: str, area_code: str
) -> pd.DataFrame:
    """The postings that ``count`` counts in one metro: posting_id, ai_job and probability."""
    with _judged(postings, verdicts, locations, basis, None) as duck:
        return duck.execute(_OF_METRO_SQL, [area_code]).df()


@contextmanager
def _judged(
    postings: Path, verdicts: Path, locations: pd.DataFrame, basis: str, of_boards: Sequence[str] | None
) -> Iterator[duckdb.DuckDBPyConnection]:
    with tempfile.TemporaryDirectory() as scratch, bounded(Path(scratch) / "duck") as duck:
        duck.register("locations", locations[["location", "status", "area_codes", "in_usa"]])
        duck.register("wanted", pd.DataFrame({"board": pd.Series(list(of_boards or ()), dtype=str)}))
        sql = _JUDGED_SQL.format(postings=quoted(postings), verdicts=quoted(verdicts))
        duck.execute(sql, [basis == "stock", of_boards is None])
        yield duck


_JUDGED_SQL = """
CREATE TABLE judged AS
SELECT p.posting_id, lower(trim(p.company)) AS company, v.ai_job, v.probability,
    coalesce(l.status, 'unnamed') AS status, coalesce(l.area_codes, '') AS area_codes, l.in_usa
FROM read_parquet({postings}) p
JOIN read_parquet({verdicts}) v USING (posting_id)
LEFT JOIN locations l ON l.location = p.address
WHERE (? OR p.is_new) AND (? OR p.board IN (SELECT board FROM wanted))
"""
_IN_METROS = (
    "(SELECT *, unnest(string_split(area_codes, ' ')) AS area_code FROM judged WHERE area_codes <> '')"
)
_OF_METRO_SQL = (
    f"SELECT posting_id, ai_job, probability FROM {_IN_METROS} WHERE area_code = ? ORDER BY posting_id"
)
_METROS_SQL = f"""
SELECT area_code, count(*) FILTER (ai_job) AS ai_postings, count(*) AS all_postings,
    count(DISTINCT company) FILTER (ai_job) AS employers, count(*) FILTER (probability IS NULL) AS unknown
FROM {_IN_METROS} GROUP BY area_code ORDER BY area_code
"""
_PROBABILITIES_SQL = f"""
SELECT area_code, probability, count(*) AS postings
FROM {_IN_METROS} WHERE probability IS NOT NULL GROUP BY ALL ORDER BY ALL
"""
_NATION_SQL = """
SELECT count(*) FILTER (ai_job) AS ai_postings, count(*) AS all_postings,
    count(DISTINCT company) FILTER (ai_job) AS employers
FROM judged WHERE in_usa
"""
_UNDATED_SQL = "SELECT count(*) FILTER (? AND is_new IS NULL) FROM read_parquet({postings})"
