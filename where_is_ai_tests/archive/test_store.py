"""The archive: nothing edited, nothing lost, the right version for a quarter."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import open_library
from where_is_ai.archive.store import Archive
from where_is_ai.errors import BadUpstream, NotArchived, WhereIsAIError
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings

SOURCE = Source("Census", "public domain", "https://www.census.gov")
FILE = Request("https://www2.census.gov/a/b.csv", SOURCE, "text/csv")
QUARTER = Quarter(2026, 2)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_quarter_uses_what_was_archived_in_its_time(tmp_path):
    archive = Archive(tmp_path)
    first = archive.keep(b"spring", FILE, at("2026-05-20"))
    second = archive.keep(b"summer", FILE, at("2026-07-20"))
    archive.keep(b"winter", FILE, at("2026-12-20"))
    assert archive.version(FILE.url, QUARTER) == second
    assert archive.version(FILE.url, QUARTER.previous) not in (first, second)


def test_what_was_only_archived_later_is_better_than_nothing(tmp_path):
    archive = Archive(tmp_path)
    late = archive.keep(b"late", FILE, at("2026-11-22"))
    assert archive.version(FILE.url, QUARTER) == late


def test_a_replay_answers_only_from_the_archive(tmp_path):
    with pytest.raises(NotArchived, match="live run"):
        open_library(Settings(tmp_path, "archive")).get(FILE, QUARTER)


def test_one_file_is_kept_once_for_all_who_use_it(tmp_path):
    archive = Archive(tmp_path)
    entries = [archive.keep(b"same", FILE, at(day)) for day in ("2026-05-20", "2026-08-20")]
    assert len(archive.versions(FILE.url)) == 2
    assert archive.path(entries[0]) == archive.path(entries[1])


@pytest.mark.parametrize("use", [Archive.read, Archive.verified])
def test_a_changed_or_missing_file_is_noticed(tmp_path, use):
    archive = Archive(tmp_path)
    entry = archive.keep(b"as received", FILE, at("2026-05-20"))
    use(archive, entry)
    archive.path(entry).write_bytes(b"edited")
    with pytest.raises(BadUpstream, match="was changed after it was kept"):
        use(archive, entry)
    archive.path(entry).unlink()
    with pytest.raises(BadUpstream, match="is missing"):
        use(archive, entry)


def test_answers_that_name_people_are_readable_by_their_owner_alone(tmp_path):
    archive = Archive(tmp_path)
    of_people = replace(FILE, url=f"{FILE.url}?people", source=replace(SOURCE, private=True))
    modes = {
        archive.path(archive.keep(content, request, at("2026-05-20"))).stat().st_mode & 0o777
        for request, content in ((FILE, b"places"), (of_people, b"people"))
    }
    assert modes == {0o644, 0o600}


@given(cut=st.integers(min_value=1, max_value=200))
def test_an_index_torn_by_a_crash_loses_only_the_torn_line(tmp_path_factory, cut):
    folder = tmp_path_factory.mktemp("archive")
    archive = Archive(folder)
    whole = archive.keep(b"1", FILE, at("2026-05-20"))
    archive.keep(b"2", FILE, at("2026-05-21"))
    index = folder / "index.jsonl"
    index.write_bytes(index.read_bytes()[:-cut])
    again = Archive(folder)
    assert again.versions(FILE.url)[:1] == [whole]
    third = again.keep(b"3", FILE, at("2026-05-22"))
    assert Archive(folder).versions(FILE.url) == [whole, third]


def test_two_writers_lose_nothing(tmp_path):
    archives = [Archive(tmp_path), Archive(tmp_path)]
    for number in range(20):
        archives[number % 2].keep(str(number).encode(), FILE, at("2026-05-20"))
    assert [len(archive.versions(FILE.url)) for archive in archives] == [20, 20]


def test_what_is_set_aside_is_used_no_more_and_stays(tmp_path):
    archive, other = Archive(tmp_path), Archive(tmp_path)
    good = archive.keep(b"good", FILE, at("2026-05-20"))
    bad = archive.keep(b"bad", FILE, at("2026-05-21"))
    assert other.version(FILE.url, QUARTER) == bad
    index = (tmp_path / "index.jsonl").read_bytes()
    assert archive.set_aside(bad.sha256, "an error body", at("2026-05-22")) == [bad]
    for each in (archive, other, Archive(tmp_path)):
        assert each.version(FILE.url, QUARTER) == good
        assert each.newest(FILE.url) == [good]
        assert each.read(bad) == b"bad"
    assert (tmp_path / "index.jsonl").read_bytes() == index
    with pytest.raises(BadUpstream, match="set aside: an error body"):
        archive.keep(b"bad", FILE, at("2026-05-23"))


def test_an_index_line_that_is_no_entry_is_an_error_of_ours(tmp_path):
    Archive(tmp_path).keep(b"1", FILE, at("2026-05-20"))
    for line in ('{"url": 5}', "no json", '{"url": "u", "sha256": "../../etc/passwd"}', "[]", "[" * 100_000):
        index = tmp_path / "index.jsonl"
        index.write_text(f"{line}\n" + index.read_text().partition("\n")[2])
        with pytest.raises(BadUpstream, match="doctor --archive"):
            Archive(tmp_path).versions(FILE.url)


def test_an_unwritable_folder_is_named_with_the_remedy(tmp_path, monkeypatch):
    monkeypatch.delenv("WHERE_IS_AI_DATA", raising=False)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WhereIsAIError, match="WHERE_IS_AI_DATA"):
        Archive(tmp_path / "file" / "archive").keep(b"1", FILE, at("2026-05-20"))


def test_an_entry_survives_its_line():
    entry = Entry.of(FILE, "ab" * 32, 3, at("2026-05-20"), reconstructed=True, note="Zürich")
    assert Entry.from_json(entry.to_json()) == entry
