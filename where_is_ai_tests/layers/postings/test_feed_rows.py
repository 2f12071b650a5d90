"""A posting of a feed or a collection leads back to its row in the file that was dropped."""

import pytest

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.layers.postings import bulk, linkup
from where_is_ai.layers.postings.feed_rows import feed_rows
from where_is_ai.layers.postings.sightings import Tally
from where_is_ai.quarters import Quarter
from where_is_ai_tests.layers.postings import feed
from where_is_ai_tests.layers.postings.test_bulk import MAPPING, drop, replayed, row

QUARTER = Quarter(2026, 2)


def kept(folder, quarter=QUARTER):
    """The library and files of what lies in ``folder``."""
    archive, tally = Archive(folder / "archive"), Tally()
    bulk.adopt_dropped(folder / "bulk", archive, tally)
    linkup.adopt_dropped(folder / "by_hand", archive, quarter, tally)
    library = Replay(archive)
    return library, [*linkup.kept_files(library, quarter), *bulk.kept_files(library, quarter, tally)]


@pytest.mark.parametrize("file", ["part.parquet", "part.csv", "part.csv.gz"])
def test_a_posting_of_a_collection_leads_to_its_row_and_title(tmp_path, file):
    rows = [
        row(1, body="first line\nsecond, \"quoted\""),
        row(2, gone="2026-04-25"),
        row(2, gone="2026-05-01"),
        row(3),
    ]  # fmt: skip
    drop(tmp_path / "bulk", rows, file)
    library, entries = kept(tmp_path)
    found = {
        one.posting_id: one
        for one in feed_rows(library, entries, ["bulk/open/2", "bulk/open/3", "bulk/other/1"])
    }
    assert {name: (one.row, one.column, one.title) for name, one in found.items()} == {
        "bulk/open/2": (3, "Job Title", "Engineer 2"),
        "bulk/open/3": (4, "Job Title", "Engineer 3"),
    }
    assert {one.entry.url for one in found.values()} == {f"dropped:bulk/open/{file}"}


def test_of_several_files_the_newest_that_has_it_is_named_and_a_torn_one_is_passed_over(tmp_path):
    drop(tmp_path / "bulk", [row(1), row(2)], "week-1.csv")
    drop(tmp_path / "bulk", [row(2)], "week-2.csv")
    (tmp_path / "bulk" / "open" / "week-3.parquet").write_bytes(b"PAR1 and no more")
    library, entries = kept(tmp_path)
    found = feed_rows(library, entries, ["bulk/open/1", "bulk/open/2"])
    assert {one.posting_id: (one.entry.url.rpartition("/")[2], one.row) for one in found} == {
        "bulk/open/1": ("week-1.csv", 1),
        "bulk/open/2": ("week-2.csv", 1),
    }


def test_a_posting_without_an_id_of_its_source_is_known_by_what_its_row_says(tmp_path):
    drop(tmp_path / "bulk", [row(1), row(2)], "part.parquet", MAPPING.replace('id = "job"\n', ""))
    library, entries = kept(tmp_path)
    postings = replayed(tmp_path, QUARTER)[0]
    found = {one.posting_id: one.title for one in feed_rows(library, entries, postings.index)}
    assert found == postings["title"].to_dict()


def test_a_posting_of_the_feed_leads_to_its_record(tmp_path):
    records = [
        feed.record(1),
        feed.record(2, title="Nurse"),
        feed.record(2, title="Head Nurse", last_checked="2026-06-01"),
    ]
    feed.drop(tmp_path / "by_hand", "raw_daily_records_2026-05-04.csv.gz", records)
    described = [{"job_hash": record["hash"], "description": "You train models."} for record in records]
    feed.drop(tmp_path / "by_hand", "raw_daily_descriptions_2026-05-04.csv.gz", described)
    library, entries = kept(tmp_path)
    (found,) = feed_rows(library, entries, [f"linkup/{2:032x}"])
    assert (found.row, found.column, found.title) == (3, "title", "Head Nurse")
    assert "raw_daily_records" in found.entry.url
