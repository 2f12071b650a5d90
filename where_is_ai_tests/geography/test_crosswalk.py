"""The crosswalk puts areas of other geographies where people look for them, and into nothing where nobody knows."""

import pytest

from where_is_ai.geography.crosswalk import cbsa_of_county, cbsas, cbsas_of, successor_of
from where_is_ai.geography.gazetteer.read import read_table

BOSTON, SAN_FRANCISCO, SAN_JOSE, DURHAM = "14460", "41860", "41940", "20500"


@pytest.mark.parametrize(
    ("name", "lat", "lon", "codes"),
    [
        ("Boston Metro", 42.355, -71.140, (BOSTON,)),
        ("Cambridge", 42.375, -71.106, (BOSTON,)),
        ("Pittsburgh", 40.441, -79.996, ("38300",)),
        ("New York", 40.714, -74.006, ("35620",)),
        ("West Lafayette", 40.426, -86.908, ("29200",)),
        ("Columbia, Missouri", 38.952, -92.334, ("17860",)),
        ("Columbia, South Carolina", 34.0, -81.035, ("17900",)),
        ("St Louis", 38.627, -90.198, ("41180",)),
        ("Carolina", 18.381, -65.957, ("41980",)),
        ("SF-San Jose Bay Area", 37.507, -122.158, (SAN_FRANCISCO, SAN_JOSE)),
        ("SF-San Jose Bay Area", None, None, (SAN_FRANCISCO, SAN_JOSE)),
        ("An unknown campus", 35.913, -79.056, (DURHAM,)),
        ("A research vessel", 30.0, -60.0, ()),
        ("Boston", None, None, ()),
    ],
)
def test_an_area_lies_in_the_metro_of_the_city_that_it_is_named_after_or_else_is_nearest(
    name, lat, lon, codes
):
    assert cbsas_of(name, lat, lon) == codes


@pytest.mark.parametrize(
    ("code", "title", "now"),
    [
        ("71650", "Boston-Cambridge-Nashua, MA-NH", BOSTON),
        ("17460", "Cleveland-Elyria, OH", "17410"),
        (BOSTON, "Boston-Cambridge-Newton, MA-NH", BOSTON),
        ("99999", "Nowhere, XX", "99999"),
    ],
)
def test_a_code_of_an_earlier_delineation_leads_to_that_of_today(code, title, now):
    assert successor_of(code, title) == now


def test_every_county_and_zip_code_leads_to_a_metro_or_to_none_and_sizes_are_known_but_in_puerto_rico():
    areas = cbsas()
    assert len([each for each in areas.values() if each.kind == "metro"]) == 393
    assert set(cbsa_of_county().values()) == set(areas)
    unsized = {each.title[-2:] for each in areas.values() if each.residents is None}
    assert unsized == {"PR"}
    zips = read_table("zip_counties.csv").set_index("zip_code")["county_fips"]
    assert zips.index.is_unique
    found = {code: cbsa_of_county().get(zips[code]) for code in ("02139", "94301", "10001", "06510", "59001")}
    assert found == {
        "02139": BOSTON, "94301": SAN_JOSE, "10001": "35620", "06510": "35300", "59001": "13740"
    }  # fmt: skip
