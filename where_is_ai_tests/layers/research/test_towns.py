"""Towns of one name, cities without a point, and cities outside every urban centre."""

from datetime import date

import pytest

from where_is_ai_tests.layers.research.made_world import (
    Institution,
    Work,
    World,
)
from where_is_ai_tests.layers.research.test_standard import HERE, at, run

pytestmark = pytest.mark.usefixtures("no_patience")


def town(name: str, region: str | None, geonames_id: str | None, lat: float | None, lon: float | None):
    return Institution(
        name,
        name,
        city="Columbia",
        country_code="US",
        region=region,
        geonames_city_id=geonames_id,
        lat=lat,
        lon=lon,
    )


def test_towns_of_one_name_are_metros_of_their_own(tmp_path):
    missouri, south_carolina = ("Missouri", "4381982"), ("South Carolina", "4575352")
    world = World(
        [
            town("I1", *missouri, 38.95, -92.33),
            town("I2", missouri[0], None, 38.94, -92.32),
            town("I3", *south_carolina, 34.0, -81.03),
        ],
        [Work((name,), date(2026, 3, 1)) for name in ("I1", "I1", "I2", "I3")],
    )
    metros = run(world, tmp_path)[0].metros.set_index("metro_id")
    assert metros["metro"].to_dict() == {
        "US/Columbia/4381982": "Columbia, Missouri",
        "US/Columbia/4575352": "Columbia, South Carolina",
    }
    assert metros["ai_works"].to_list() == [3, 1]
    assert metros["lat"].to_list() == pytest.approx([38.947, 34.0], abs=0.001)
    assert set(metros["geography"]) == {"city_tag"}


@pytest.mark.parametrize(
    ("region", "geonames_id", "lat"),
    [(None, "4381982", 38.95), ("Missouri", None, 38.95), (None, None, None)],
    ids=["by its id", "by its state", "which of them is not known"],
)
def test_a_city_without_a_point_is_placed_by_the_gazetteer(tmp_path, region, geonames_id, lat):
    world = World([town("I1", region, geonames_id, None, None)], [Work(("I1",), date(2026, 3, 1))])
    row = run(world, tmp_path)[0].institutions.iloc[0]
    if lat is None:
        assert row["evidence"] == "its city Columbia has no point there or in the gazetteer"
    else:
        assert row[["included", "lat", "point_from"]].to_list() == [True, lat, "gazetteer"]


def test_a_city_outside_every_centre_is_not_called_one(tmp_path):
    world = World(
        [at(HERE, "I1"), town("I2", "Missouri", "4381982", 38.95, -92.33)],
        [Work(("I1",), date(2026, 3, 1)), Work(("I2",), date(2026, 3, 1))],
    )
    metros = run(world, tmp_path)[0].metros.set_index("metro")
    assert metros["geography"].to_dict() == {HERE.name: "squares", "Columbia": "city_tag"}
