"""LinkUp's raw feed, dropped into a folder: whole files are kept and joined, others are named."""

import gzip
from datetime import date

import pandas as pd
import pytest

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.errors import WhereIsAIError
from where_is_ai.layers.postings import engine, linkup
from where_is_ai.layers.postings.sightings import Tally
from where_is_ai.quarters import Quarter
from where_is_ai_tests.layers.postings.feed import drop, record

QUARTER = Quarter(2026, 2)
RECORDS = "raw_daily_records_2026-05-20.csv.gz"
DESCRIPTIONS = "raw_daily_descriptions_2026-05-20.csv.gz"


def adopted(folder):
    archive, tally = Archive(folder / "archive"), Tally()
    return archive, linkup.adopt_dropped(folder / "by_hand", archive, QUARTER, tally), tally


def sightings(folder):
    """The sightings of all files in the folder, and the troubles by name."""
    archive, entries, tally = adopted(folder)
    out = folder / "linkup.parquet"
    linkup.write_sightings_of(Replay(archive), entries, QUARTER, out, tally)
    troubles = tally.table().set_index("trouble")["count"].to_dict()
    return (pd.read_parquet(out).sort_values("posting_id") if out.exists() else None), troubles


def test_descriptions_are_joined_on_the_hash_and_line_breaks_restored(tmp_path):
    rows = [record(1), record(2, city="", state="", country="")]
    drop(tmp_path / "by_hand", RECORDS, rows)
    drop(
        tmp_path / "by_hand",
        DESCRIPTIONS,
        [{"job_hash": rows[0]["hash"], "description": r"Fit\n\nmodels, \"well\""}],
    )
    found, troubles = sightings(tmp_path)
    assert list(found["text"]) == ['Fit\n\nmodels, \\"well\\"', ""]
    assert list(found["location"]) == ["boston, MA, USA", ""]
    assert list(found["board"]) == ["linkup/7", "linkup/7"]
    assert list(found["first_seen"]) == [date(2026, 5, 4)] * 2
    assert list(found["last_seen"]) == [date(2026, 5, 20)] * 2
    assert troubles == {"no location": 1}


def test_of_several_records_of_one_hash_the_one_checked_last_counts(tmp_path):
    drop(tmp_path / "by_hand", RECORDS, [record(1, title="Old", last_checked="2026-05-05T00:00:00+00:00")])
    later = record(
        1, title="New", delete_date="2026-06-02T00:00:00+00:00", last_checked="2026-06-01T00:00:00+00:00"
    )
    drop(tmp_path / "by_hand", "raw_daily_records_2026-06-01.csv.gz", [later])
    found, _ = sightings(tmp_path)
    assert list(found["title"]) == ["New"]
    assert list(found["last_seen"]) == [date(2026, 6, 2)]


def test_only_postings_created_in_the_quarter_are_taken_and_absurd_dates_counted(tmp_path):
    rows = [
        record(1), record(2, created="2026-03-31T23:00:00+00:00"), record(3, created="1970-01-01T00:00:00+00:00"),
        record(4, created=""), record(5, created="soon"), record(6, title=""),
    ]  # fmt: skip
    drop(tmp_path / "by_hand", RECORDS, rows)
    found, troubles = sightings(tmp_path)
    assert list(found["posting_id"]) == [f"linkup/{rows[0]['hash']}"]
    assert troubles == {"absurd date": 2, "no date": 1, "no id or no title": 1}


def test_a_file_cut_short_and_one_with_other_columns_are_named_and_the_others_read(tmp_path):
    folder = tmp_path / "by_hand"
    drop(folder, RECORDS, [record(number) for number in range(200)])
    drop(folder, "raw_daily_records_2026-05-21.csv.gz", [record(number) for number in range(300)], cut=500)
    drop(folder, "raw_daily_records_2026-05-22.csv.gz", [{"hash": "a", "title": "b"}])
    drop(folder, "raw_daily_records_2026-07-01.csv.gz", [record(900)])
    archive, entries, tally = adopted(tmp_path)
    assert [entry.url for entry in entries] == [f"dropped:linkup/{RECORDS}"]
    assert list(tally.table()["board"]) == [
        "raw_daily_records_2026-05-21.csv.gz",
        "raw_daily_records_2026-05-22.csv.gz",
    ]
    assert "company_id" in tally.table()["example"].iloc[1]
    assert [entry.url for entry in linkup.kept_files(Replay(archive), QUARTER)] == [entries[0].url]


def test_a_line_that_is_no_csv_is_counted_and_the_rest_read(tmp_path):
    path = drop(tmp_path / "by_hand", RECORDS, [record(1), record(2)])
    lines = gzip.decompress(path.read_bytes()).decode().splitlines(keepends=True)
    path.write_bytes(gzip.compress("".join([*lines[:2], "torn,line\n", *lines[2:]]).encode()))
    found, troubles = sightings(tmp_path)
    assert len(found) == 2
    assert troubles == {"malformed line in raw_daily_records": 1}


def test_without_descriptions_records_are_read_without_text(tmp_path):
    drop(tmp_path / "by_hand", RECORDS, [record(1)])
    found, _ = sightings(tmp_path)
    assert list(found["text"]) == [""]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    assert sightings(tmp_path) == (None, {})


def test_where_memory_does_not_do_the_run_ends_and_no_file_is_taken_for_a_bad_one(tmp_path, monkeypatch):
    drop(tmp_path / "by_hand", RECORDS, [record(1)])
    monkeypatch.setattr(engine, "MEMORY", "60MB")
    with pytest.raises(WhereIsAIError, match="more than the 60MB of memory"):
        sightings(tmp_path)
