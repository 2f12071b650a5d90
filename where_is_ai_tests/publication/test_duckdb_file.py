"""One DuckDB file of all editions: complete, queryable, and the same as long as the editions are."""

import duckdb
import pytest

from where_is_ai.errors import WhereIsAIError
from where_is_ai.publication import duckdb_file
from where_is_ai.publication.catalog import queries
from where_is_ai.publication.duckdb_file import write_duckdb
from where_is_ai.publication.edition import Edition
from where_is_ai.settings import Settings
from where_is_ai_tests.site.published import BEFORE, LAST, edition_tables

EDITIONS = [str(LAST), str(BEFORE)]


@pytest.fixture
def published(tmp_path):
    for quarter in (BEFORE, LAST):
        edition = Edition.of(Settings(tmp_path, "sample"), quarter)
        for name, table in edition_tables(quarter).items():
            edition.write_parquet(f"{name}.parquet", table)
    return tmp_path / "published"


def ask(path, query: str) -> list[tuple]:
    with duckdb.connect(str(path), read_only=True) as database:
        return database.execute(query).fetchall()


def test_it_holds_every_row_of_every_edition(published):
    path = write_duckdb(published, EDITIONS)
    rows = dict(ask(path, "SELECT edition, count(*) FROM usa_ai_employment_by_msa GROUP BY 1"))
    assert rows == {
        str(quarter): len(edition_tables(quarter)["usa_ai_employment_by_msa"]) for quarter in (BEFORE, LAST)
    }
    assert ask(path, "SELECT DISTINCT edition FROM world_ai_research_by_metro") == [(str(LAST),)]


@pytest.mark.parametrize("query", queries().values(), ids=queries().keys())
def test_the_worked_queries_answer(published, query):
    assert ask(write_duckdb(published, EDITIONS), query)


def test_the_first_worked_query_tells_who_leads(published):
    first = ask(write_duckdb(published, EDITIONS), next(iter(queries().values())))[0]
    assert first == ("Warner Robins, GA", 760, 9.99, False)


def test_it_is_left_alone_until_an_edition_changes(published):
    before = write_duckdb(published, EDITIONS).read_bytes()
    assert write_duckdb(published, EDITIONS).read_bytes() == before
    edition_tables(LAST)["usa_ai_employment_by_msa"].head(3).to_parquet(
        published / str(LAST) / "usa_ai_employment_by_msa.parquet"
    )
    path = write_duckdb(published, EDITIONS)
    assert ask(path, f"SELECT count(*) FROM usa_ai_employment_by_msa WHERE edition = '{LAST}'") == [(3,)]


def test_a_disk_that_fills_is_one_line_and_leaves_nothing(published, monkeypatch):
    before = write_duckdb(published, EDITIONS).read_bytes()
    monkeypatch.setattr(duckdb_file, "_is_current", lambda *_: False)

    def fill(*_):
        (path,) = published.glob(".part-*.duckdb")
        path.with_name(f"{path.name}.wal").write_bytes(b"half")
        raise duckdb.IOException('Could not write file "a": No space left on device\nand more')

    monkeypatch.setattr(duckdb_file, "_assemble", fill)
    with pytest.raises(
        WhereIsAIError, match=r"duckdb can't be written: No space left on device\. Free some"
    ) as said:
        write_duckdb(published, EDITIONS)
    assert "\n" not in str(said.value)
    assert (published / "where-is-ai.duckdb").read_bytes() == before
    assert list(published.glob(".part-*")) == []


def test_a_broken_file_is_named_and_the_old_database_stays(published):
    path = write_duckdb(published, EDITIONS)
    before = path.read_bytes()
    (published / str(BEFORE) / "usa_ai_employment_by_msa.parquet").write_bytes(b"half")
    with pytest.raises(WhereIsAIError, match=r"2026-Q1/usa_ai_employment_by_msa\.parquet"):
        write_duckdb(published, EDITIONS)
    assert path.read_bytes() == before
