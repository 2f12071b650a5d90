"""The atlas of all data centres: each counted once, campuses apart, what lies outside metros said."""

from datetime import UTC, datetime

import pytest

from where_is_ai.archive.fetch import Live, Replay
from where_is_ai.archive.store import Archive
from where_is_ai.errors import BadUpstream
from where_is_ai.geography.delineation import DELINEATION, read_counties
from where_is_ai.layers.compute.atlas import (
    VINTAGES,
    data_centers_by_metro,
    outside_metros,
    read_atlas,
    vintages_known_in,
)
from where_is_ai.layers.compute.atlas_schema import AtlasFacilities, MetroDataCenters
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai_tests.layers.compute.copies import QUARTER, SAMPLE, as_csv, cbsa_places
from where_is_ai_tests.shared_folder import SHARED, needs_shared


@pytest.fixture(scope="module")
def counties():
    return read_counties(SAMPLE, SAMPLE.get(DELINEATION, QUARTER))


def facility(number: str, county: str, kind: str = "building", sqft: str = "2000000") -> dict[str, str]:
    return {"id": number, "state_id": county[:2], "county_id": county[2:], "sqft": sqft, "type": kind}


def read(folder, content: bytes):
    archive = Archive(folder)
    entry = archive.keep(content, VINTAGES[-1].request, datetime(2026, 1, 1, tzinfo=UTC))
    return read_atlas(Replay(archive), entry)


def test_a_quarter_takes_the_atlas_that_was_out_by_its_end_from_the_folder_by_hand(tmp_path, counties):
    assert [each.day for each in vintages_known_in(QUARTER)] == ["2026-02-09", "2025-06-06"]
    assert [each.day for each in vintages_known_in(Quarter(2025, 4))] == ["2025-06-06"]
    assert [each.day for each in vintages_known_in(Quarter(2024, 4))] == ["2025-06-06"]
    by_hand = tmp_path / "by_hand"
    by_hand.mkdir()
    newest = vintages_known_in(QUARTER)[0].request
    (by_hand / "im3_open_source_data_center_atlas_v2026.02.09.csv").write_bytes(
        as_csv([facility("7", "39049")])
    )
    settings = Settings(data=tmp_path, source="live", contact="reader@example.org")
    library = Live(Archive(settings.archive), settings)
    facilities = read_atlas(library, library.get(newest, QUARTER))
    assert data_centers_by_metro(facilities, counties, cbsa_places())["atlas"].to_list() == ["2026-02-09"]


def test_a_building_across_a_county_line_counts_once_and_a_campus_not_with_its_buildings(tmp_path, counties):
    rows = [
        facility("0975064000", "13097"),
        facility("00975064000", "13067"),
        facility("0000000007", "13121", "campus", "9000000"),
        facility("0000000008", "13121", "point", ""),
        facility("0000000009", "48125"),
    ]
    facilities = AtlasFacilities.validate(read(tmp_path, as_csv(rows)))
    metros = MetroDataCenters.validate(data_centers_by_metro(facilities, counties, cbsa_places()))
    atlanta = metros.set_index("area_code").loc["12060"]
    shown = ["dc_facilities", "dc_points", "dc_msqft", "dc_campuses"]
    assert atlanta[shown].to_list() == [2, 1, 2.0, 1]
    assert outside_metros(facilities, counties)["facility_id"].to_list() == ["9"]


def test_only_points_have_no_known_area(tmp_path, counties):
    facilities = read(tmp_path, as_csv([facility("1", "39049", "point", "")]))
    assert data_centers_by_metro(facilities, counties, cbsa_places())["dc_msqft"].isna().all()


def test_a_missing_column_is_named(tmp_path):
    with pytest.raises(BadUpstream, match="lacks the columns county_id"):
        read(tmp_path, b"id,state_id,sqft,type\n1,39,5,building\n")


@needs_shared
def test_the_real_atlas(tmp_path, counties):
    file = SHARED / "layers" / "compute" / "im3_open_source_data_center_atlas_v2025.06.06.csv"
    facilities = AtlasFacilities.validate(read(tmp_path, file.read_bytes()))
    metros = MetroDataCenters.validate(data_centers_by_metro(facilities, counties, cbsa_places()))
    columbus = metros.set_index("area_code").loc["18140"]
    assert columbus["dc_facilities"] == 39
    assert columbus["dc_msqft"] == pytest.approx(7.9, abs=0.05)
    assert 1 - len(outside_metros(facilities, counties)) / len(facilities) == pytest.approx(0.91, abs=0.005)
