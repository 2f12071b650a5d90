"""Residents are of the newest vintage that can be had, and an archive without it goes on working."""

from datetime import UTC, datetime

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.defs.outputs import kept_first_there
from where_is_ai.geography.source import population, populations_known_in
from where_is_ai.quarters import Quarter
from where_is_ai_tests.geography.census_files import made_areas, population_text

AREAS = made_areas()
NOW = datetime(2026, 7, 20, tzinfo=UTC)


def test_an_archive_without_the_newest_vintage_gives_the_newest_that_it_has(tmp_path):
    archive, quarter = Archive(tmp_path), Quarter(2026, 2)
    assert kept_first_there(Replay(archive), populations_known_in(quarter), quarter).value == []
    for vintage in (2023, 2024):
        archive.keep(population_text(AREAS, vintage).encode("latin-1"), population(vintage), NOW)
    (kept,) = kept_first_there(Replay(archive), populations_known_in(quarter), quarter).value
    assert kept.url == population(2024).url
