"""What stands at a quarter's end: by the timelines of one copy, the pipeline apart, what nobody knows left unknown."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from where_is_ai.layers.compute.metro import ALL, coverage, unlike_sites, usa_by_metro, world_by_metro
from where_is_ai.layers.compute.parties import in_words, merged, parties
from where_is_ai.layers.compute.schema import ComputeCoverage, MetroCompute, SiteCompute, WorldCompute
from where_is_ai.quarters import Quarter
from where_is_ai_tests.layers.compute.copies import at_end, cbsa_places, listed, milestone

OMAHA, PRYOR = "1 St, Omaha, NE 68142", "4581 Webb St, Pryor, OK 74361"
DAYS = st.dates(date(2024, 1, 1), date(2029, 1, 1))
TIMELINE = [
    milestone("A", "2025-01-01", 0, 0),
    milestone("A", "2026-04-01", 1000, 10),
    milestone("A", "2026-06-15", 1500, 14),
    milestone("A", "2027-01-01", 4000, 50),
]


def test_the_quarter_ends_between_milestones(tmp_path):
    row = SiteCompute.validate(at_end(tmp_path, [listed("A", OMAHA)], TIMELINE)).iloc[0]
    assert (row["h100e"], row["mw"], row["milestone"]) == (1500, 14, "2026-06-15")
    assert (row["pipeline_h100e"], row["pipeline_mw"]) == (2500, 36)
    # The milestone of June was to come when the copy was made in May.
    assert (row["h100e_projected"], row["mw_projected"]) == (500, 4)
    assert row["as_known"]


def test_the_last_day_of_the_quarter_is_in_it(tmp_path):
    rows = [milestone("A", "2026-06-30", 7, 1), milestone("A", "2026-07-01", 9, 2)]
    row = at_end(tmp_path, [listed("A", OMAHA)], rows).iloc[0]
    assert (row["h100e"], row["pipeline_mw"]) == (7, 1)


def test_a_copy_made_after_the_quarter_shows_it_as_known_since(tmp_path):
    late = datetime(2026, 9, 1, tzinfo=UTC)
    row = at_end(tmp_path, [listed("A", OMAHA)], TIMELINE, copied=late).iloc[0]
    assert not row["as_known"]
    assert row["h100e_projected"] == 0


def test_a_site_that_shrinks_has_no_pipeline(tmp_path):
    rows = [milestone("A", "2026-01-01", 9, 3), milestone("A", "2027-01-01", 4, 2)]
    assert at_end(tmp_path, [listed("A", OMAHA)], rows).iloc[0][["pipeline_h100e", "pipeline_mw"]].eq(0).all()


def test_unknown_is_neither_zero_nor_what_was_before(tmp_path):
    rows = [
        milestone("A", "2026-01-01", 9, 3),
        milestone("A", "2026-05-01", "", ""),
        milestone("B", "2026-09-01", 0, 0),
        milestone("D", "2026-09-01", 5, 5),
    ]
    sites = at_end(tmp_path, [listed(name, OMAHA) for name in "ABCD"], rows).set_index("site")
    assert sites.loc[["A", "C", "D"], ["h100e", "mw", "operational"]].isna().all(axis=None)
    assert sites.loc["B", "h100e"] == 0
    assert not sites.loc["B", "operational"]
    metro = usa_by_metro(sites.reset_index(), cbsa_places()).iloc[0]
    assert metro[["sites", "sites_planned", "sites_unknown"]].to_list() == [0, 1, 3]


@pytest.fixture
def sites(tmp_path) -> pd.DataFrame:
    places = {"A": OMAHA, "B": OMAHA, "C": PRYOR, "D": "", "E": "5 Rd", "F": "1 Rd, The Dalles, OR"}
    owners = {"A": "Google #likely", "B": "google #confident, Meta"}
    rows = [listed(site, address, Owner=owners.get(site, "")) for site, address in places.items()]
    rows.append(listed("Z", "Zhangjiakou, Hebei, China", "China"))
    dated = [
        milestone(site, "2026-01-01", 10 + number, 1) for number, site in enumerate([*places, "Z", "alone"])
    ]
    return at_end(tmp_path, rows, [*TIMELINE, *dated])


def test_nothing_is_dropped_on_the_way_to_metros(sites):
    parts = ComputeCoverage.validate(coverage(sites)).set_index("part")
    assert parts.loc[ALL, "listed"] == 8
    assert parts["listed"].drop(ALL).sum() == 8
    assert parts.loc["USA: outside metro and micro areas", "listed"] == 1
    assert parts.loc["USA: in a micro area", "listed"] == 1
    assert parts.loc["USA: no address", "listed"] == 1
    assert parts.loc["country not given: no address", "listed"] == 1
    assert unlike_sites(parts.drop(ALL), sites).empty


def test_metros_of_the_usa_and_of_the_world(sites):
    usa = MetroCompute.validate(usa_by_metro(sites, cbsa_places()))
    assert usa["area_code"].to_list() == ["36540"]
    assert usa["owners"].to_list() == ["Google (confident); Meta (no mark)"]
    world = WorldCompute.validate(world_by_metro(sites))
    assert dict(zip(world["metro_id"], world["geography"], strict=True)) == {
        "US/36540": "cbsa",
        "CN/Zhangjiakou": "city_tag",
    }


def test_marks_of_confidence():
    cell = "SpaceXAI #confident, Cursor #speculative, CoreWeave"
    assert parties(cell) == [("SpaceXAI", "confident"), ("Cursor", "speculative"), ("CoreWeave", "no mark")]
    assert in_words(cell) == "SpaceXAI (confident); Cursor (speculative); CoreWeave (no mark)"
    assert in_words(None) is None
    assert merged(["A (likely)", None, "a (confident); B (no mark)"]) == "A (confident); B (no mark)"


@pytest.mark.slow
@settings(max_examples=25)
@given(st.lists(st.integers(0, 99), min_size=1, max_size=8), st.data())
def test_what_stands_and_what_is_planned_is_the_end_of_a_timeline_that_only_grows(
    tmp_path_factory, heights, data
):
    days = data.draw(st.lists(DAYS, min_size=len(heights), max_size=len(heights), unique=True).map(sorted))
    heights = sorted(heights)
    rows = [milestone("A", "2023-01-01", 0, 0)] + [
        milestone("A", day.isoformat(), height, height) for day, height in zip(days, heights, strict=True)
    ]
    quarters = [Quarter(2026, 1), Quarter(2026, 2), Quarter(2027, 4)]
    folder = tmp_path_factory.mktemp("grows")
    found = [at_end(folder, [listed("A", OMAHA)], rows, quarter).iloc[0] for quarter in quarters]
    assert all(row["h100e"] + row["pipeline_h100e"] == heights[-1] for row in found)
    assert all(earlier["h100e"] <= later["h100e"] for earlier, later in pairwise(found))
