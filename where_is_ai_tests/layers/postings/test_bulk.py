"""Postings in bulk: files of any layout, read by one reader with a mapping, their terms named with the output."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from where_is_ai.archive.fetch import Replay, open_library
from where_is_ai.archive.store import Archive
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.postings import bulk
from where_is_ai.layers.postings.quarter import Answers, misfits, write_postings
from where_is_ai.layers.postings.schema import Postings
from where_is_ai.layers.postings.sightings import Tally
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai_tests.layers.postings.answers import serving
from where_is_ai_tests.loopback import Answer

QUARTER = Quarter(2026, 2)
MAPPING = """
name = "Open postings"
licence = "CC0-1.0"
homepage = "https://postings.example.org"

[columns]
id = "job"
title = "Job Title"
text = "body"
employer = "org"
place = ["town", "state"]
first_seen = "seen"
last_seen = "gone"
"""


def row(number: int, **more: object) -> dict:
    return {
        "job": number,
        "Job Title": f"Engineer {number}",
        "body": f"<p>Train models {number} &amp; serve.</p>",
        "org": "Acme",
        "town": "Boston",
        "state": "MA",
        "seen": "2026-04-20T10:00:00Z",
        "gone": None,
        "unmapped": 1.5,
    } | more


ROWS = [
    row(1),
    row(2, seen="2026-01-05", gone="2026-04-10"),
    row(3, seen="2026-01-05", gone="2026-03-10"),
    row(4, seen="2026-07-02"),
    row(5, **{"Job Title": None}),
    row(6, seen="soon"),
    row(7, town=None, state=None),
    row(8, **{"Job Title": "Talent Pool"}),
    row(1, gone="2026-05-01"),
]


def drop(folder: Path, rows: list[dict], file: str, mapping: str = MAPPING) -> None:
    place = folder / "open"
    place.mkdir(parents=True, exist_ok=True)
    (place / "mapping.toml").write_text(mapping)
    table = pd.DataFrame(rows)
    if file.endswith(".parquet"):
        table.to_parquet(place / file)
    else:
        table.to_csv(place / file, index=False)


def read(folder: Path, quarter: Quarter = QUARTER) -> tuple[pd.DataFrame, dict[str, int], list]:
    """The postings of what lies in ``folder``, its troubles and its archived files."""
    archive, tally = Archive(folder / "archive"), Tally()
    bulk.adopt_dropped(folder / "bulk", archive, tally)
    return replayed(folder, quarter, tally)


def replayed(
    folder: Path, quarter: Quarter, tally: Tally | None = None
) -> tuple[pd.DataFrame, dict[str, int], list]:
    tally, library = tally or Tally(), Replay(Archive(folder / "archive"))
    entries = bulk.kept_files(library, quarter, tally)
    out = folder / "postings.parquet"
    troubles = write_postings(library, Answers({}, bulk=entries), quarter, out, folder / "posts.parquet")
    assert misfits(out, Postings).empty
    every = pd.concat([tally.table(), troubles]).set_index("trouble")["count"].to_dict()
    return pd.read_parquet(out).set_index("posting_id").sort_index(), every, entries


@pytest.mark.parametrize("file", ["part-0.parquet", "part-0.csv", "part-0.csv.gz"])
def test_files_of_any_kind_are_read_by_their_mapping(tmp_path, file):
    drop(tmp_path / "bulk", ROWS, file)
    found, troubles, entries = read(tmp_path)
    assert list(found.index) == ["bulk/open/1", "bulk/open/2", "bulk/open/7"]
    first = found.loc["bulk/open/1"]
    assert (first["title"], first["company"], first["address"]) == ("Engineer 1", "Acme", "Boston, MA")
    assert first["text"] == "Train models 1 & serve."
    assert (first["posted_on"], first["is_new"], first["board"]) == ("2026-04-20", True, "bulk/open")
    assert not found.loc["bulk/open/2", "is_new"]
    assert troubles == {
        "no id or no title": 1,
        "no date": 1,
        "no location": 1,
        "talent pool or general application": 1,
    }
    assert {entry.source for entry in entries} == {"Open postings (CC0-1.0)"}
    assert {entry.licence for entry in entries} == {"CC0-1.0"}


def test_what_is_unchanged_is_not_kept_again_and_a_quarter_replays_what_it_had(tmp_path):
    drop(tmp_path / "bulk", ROWS[:1], "part.csv")
    before = read(tmp_path)[2]
    assert [entry.retrieved_at for entry in read(tmp_path)[2]] == [entry.retrieved_at for entry in before]
    archive = Archive(tmp_path / "archive")
    collection = bulk.read_mapping(MAPPING, "open", "mapping")
    later = datetime.now(UTC) + timedelta(days=200)
    archive.keep(b"job,Job Title,body,org,town,state,seen,gone\n", collection.request("part.csv"), later)
    now = Quarter.of(datetime.now(UTC).date())
    assert [entry.sha256 for entry in replayed(tmp_path, now)[2]] == [entry.sha256 for entry in before]


def test_an_address_is_fetched_and_archived(tmp_path):
    pd.DataFrame(ROWS).to_parquet(tmp_path / "remote.parquet")
    content = (tmp_path / "remote.parquet").read_bytes()
    mapping = MAPPING.replace("[columns]", 'addresses = ["https://data.example.org/part.parquet"]\n[columns]')
    (tmp_path / "bulk" / "open").mkdir(parents=True)
    (tmp_path / "bulk" / "open" / "mapping.toml").write_text(mapping)
    with serving({"data.example.org/part.parquet": Answer(content)}) as server:
        settings = Settings(tmp_path, "live", "who@example.org", server.url)
        library = open_library(settings)
        bulk.adopt_dropped(tmp_path / "bulk", library.archive, Tally())
        live = bulk.kept_files(library, QUARTER, Tally())
    found, _, entries = replayed(tmp_path, QUARTER)
    assert [entry.sha256 for entry in entries] == [entry.sha256 for entry in live]
    assert len(found) == 3


def test_without_an_id_or_a_last_day_a_posting_is_known_by_what_it_says_and_is_still_open(tmp_path):
    mapping = (
        MAPPING.replace('id = "job"\n', "").replace('last_seen = "gone"\n', "").replace('text = "body"\n', "")
    )
    drop(tmp_path / "bulk", [row(1), row(1), row(2)], "part.csv", mapping)
    found, _, _ = read(tmp_path)
    assert list(found["title"].sort_values()) == ["Engineer 1", "Engineer 2"]
    assert set(found["last_seen"]) == {str(datetime.now(UTC).date())}
    assert found["text"].isna().all()


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("name = ", "no TOML"),
        (MAPPING.replace('licence = "CC0-1.0"', ""), "licence"),
        (MAPPING.replace('title = "Job Title"', ""), "columns.title"),
        (MAPPING + 'salary = "pay"', "salary"),
    ],
)
def test_a_mapping_that_is_off_is_refused_with_what_is_missing(mapping, said):
    with pytest.raises(BadUpstream, match=said):
        bulk.read_mapping(mapping, "open", "mapping.toml")


def test_one_bad_collection_or_file_leaves_the_others_as_they_are(tmp_path):
    drop(tmp_path / "bulk", ROWS[:1], "part.csv")
    drop(tmp_path / "bulk", [{"other": 1}], "other.csv")
    (tmp_path / "bulk" / "open" / "torn.parquet").write_bytes(b"PAR1 and no more")
    (tmp_path / "bulk" / "off").mkdir()
    (tmp_path / "bulk" / "off" / "mapping.toml").write_text("name = ")
    found, troubles, _ = read(tmp_path)
    assert list(found.index) == ["bulk/open/1"]
    assert troubles == {"mapping can't be read": 1, "file can't be read": 2}
