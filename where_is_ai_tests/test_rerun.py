"""A quarter run again from a terminal: what nothing has changed for is taken over, byte by byte."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from where_is_ai import cli
from where_is_ai.archive.store import Archive
from where_is_ai_tests.toy_layer.run import CSV, QUARTER, listed_too, run_quarter
from where_is_ai_tests.toy_layer.source import FIGURES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    with listed_too():
        yield run_quarter(tmp_path_factory.mktemp("toy"))


@pytest.fixture
def run(data, monkeypatch, capsys):
    """Run the toy's quarter again; what is said of it."""
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(data))

    def again(*words: str) -> str:
        assert cli.main(["run", "--archive", "--only", "toy", "--quarter", QUARTER, *words]) == 0
        return capsys.readouterr().out

    again()
    return again


def published(data: Path) -> dict[str, tuple[bytes, int]]:
    files = (path for path in sorted((data / "published").rglob("*")) if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files if path.name != ".lock"}


def made_at(data: Path) -> dict[str, int]:
    """When the record of each result was written, by its asset: those of the quarter, and of all quarters."""
    folder = data / "tables" / "received"
    records = (path for when in (QUARTER, "all") for path in folder.glob(f"*/{when}.made.json"))
    return {path.parent.name: path.stat().st_mtime_ns for path in records}


def test_a_second_run_takes_everything_over_and_says_so(run, data):
    before, records = published(data), made_at(data)
    said = run()
    number = len(records)
    assert f"Taken over: {number} of {number} results" in said
    assert published(data) == before
    assert made_at(data) == records


def test_a_new_answer_makes_again_what_rests_on_it(run, data):
    before = made_at(data)
    Archive(data / "archive").keep(CSV.replace(b"120", b"240"), FIGURES, datetime(2026, 7, 11, tzinfo=UTC))
    said = run()
    again = {asset for asset, at in made_at(data).items() if at != before[asset]}
    assert {"raw_power", "power_lines", "usa_power_by_metro", "heatmap_usa_power", "edition", "site"} <= again
    # What asks the archive looks whether it has something new; what rests on the old answers stays.
    assert not {"cbsa_places", "cbsa_counties"} & again
    assert f"Taken over: {len(before) - len(again)} of {len(before)} results" in said
    assert "240" in (data / "published" / QUARTER / "usa_power_by_metro.csv").read_text()


@pytest.mark.parametrize("lost", ["usa_power_by_metro.csv", "index.html"])
def test_what_was_lost_or_edited_in_an_edition_is_made_again(run, data, lost):
    file = data / "published" / QUARTER / lost
    whole = file.read_bytes()
    file.unlink()
    run()
    assert file.read_bytes() == whole
    file.write_bytes(b"by somebody else")
    run()
    assert file.read_bytes() == whole


def test_a_table_edited_on_the_shelf_is_made_again(run, data):
    table = data / "tables" / "received" / "usa_power_by_metro" / f"{QUARTER}.parquet"
    whole = table.read_bytes()
    table.write_bytes(b"by somebody else")
    run()
    assert table.read_bytes() == whole


def test_afresh_makes_everything_again(run, data):
    before = made_at(data)
    assert "Taken over" not in run("--afresh")
    assert all(at > before[asset] for asset, at in made_at(data).items())


def test_an_older_quarter_is_taken_over_too_whatever_was_published_after_it(run, data):
    older = ("--quarter", "2026-Q1")
    run(*older)
    run("--afresh")
    before, number = published(data), len(made_at(data))
    assert f"Taken over: {number} of {number} results" in run(*older)
    assert published(data) == before
