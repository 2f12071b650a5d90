"""The checks of raw answers: what is old, of another size or under another licence is warned of."""

from dataclasses import replace

import dagster as dg
import pytest

from where_is_ai.archive.entry import Entry
from where_is_ai.defs.groups import received_from
from where_is_ai.defs.raw_checks import FRESH, LICENCE, LOOKS, SIZE, Answers
from where_is_ai.geography.source import CENSUS
from where_is_ai.quarters import Quarter
from where_is_ai.shelf import Shelf

QUARTER = Quarter(2026, 2)
ENTRY = Entry(
    url="https://www2.census.gov/a.csv",
    retrieved_at="2026-07-05T00:00:00Z",
    sha256="0" * 64,
    bytes=1000,
    media_type="text/csv",
    source=CENSUS.name,
    licence=CENSUS.licence,
)
SPEC = dg.AssetSpec("raw_census_gazetteer", **received_from(CENSUS))
STANDING = dg.AssetSpec("raw_census_delineation", **received_from(CENSUS, stands=True))


def looked(
    check: str, entry: Entry, before: Entry | None = None, spec: dg.AssetSpec = SPEC
) -> dg.AssetCheckResult:
    return LOOKS[check](Answers(spec, QUARTER, [entry], [before] if before else []))


@pytest.mark.parametrize(
    ("retrieved", "spec", "passed"),
    [
        ("2025-06-01T00:00:00Z", SPEC, True),
        ("2025-05-29T00:00:00Z", SPEC, False),
        ("2024-01-01T00:00:00Z", STANDING, True),
    ],
)
def test_an_answer_that_is_older_than_its_source_s_rhythm_is_stale(retrieved, spec, passed):
    assert looked(FRESH, replace(ENTRY, retrieved_at=retrieved), spec=spec).passed == passed


@pytest.mark.parametrize(("before", "passed"), [(900, True), (2001, False), (499, False)])
def test_a_source_that_lost_half_or_doubled_is_warned_of(before, passed):
    found = looked(SIZE, ENTRY, replace(ENTRY, bytes=before))
    assert (found.passed, found.severity) == (passed, dg.AssetCheckSeverity.WARN)
    assert looked(SIZE, ENTRY).passed


def test_another_licence_than_the_source_is_known_for_is_warned_of():
    assert looked(LICENCE, ENTRY).passed
    found = looked(LICENCE, replace(ENTRY, licence="all rights reserved"))
    assert not found.passed
    assert "all rights reserved" in found.metadata["rows"].value


def test_the_vintage_before_is_the_last_that_differs(tmp_path):
    shelf, name = Shelf(tmp_path), SPEC.key.path[-1]
    older = replace(ENTRY, sha256="1" * 64, bytes=700)
    shelf.put(name, Quarter(2025, 3), [older])
    shelf.put(name, QUARTER.previous, [ENTRY])
    shelf.put(name, QUARTER, [ENTRY])
    assert Answers.of(SPEC, QUARTER, shelf).before == [older]
