"""Areas that were made of New England's towns are on the map, each at a point that GeoNames has."""

import pandas as pd
import pytest

from where_is_ai.geography.gazetteer.make import new_england_cities
from where_is_ai.geography.gazetteer.read import read_table
from where_is_ai.geography.places import locate

PLACES = pd.DataFrame(
    {
        "area_code": ["14460", "20100"],
        "name": ["Boston-Cambridge-Newton, MA-NH", "Dover, DE"],
        "kind": ["metro", "metro"],
        "lat": [42.5, 39.1],
        "lon": [-71.0, -75.6],
    }
)


def located(area_code: str, metro: str) -> tuple:
    return tuple(locate(pd.DataFrame({"area_code": [area_code], "metro": [metro]}), PLACES).iloc[0])


@pytest.mark.parametrize(
    ("area_code", "metro", "geonameid"),
    [
        ("76900", "Portsmouth, NH-ME", "5091383"),
        ("73050", "Dover-Durham, NH-ME", "5085520"),
        ("75550", "New Bedford, MA", "4945121"),
        ("74500", "Leominster-Gardner, MA", "4941873"),
    ],
)
def test_a_necta_that_names_no_metro_has_its_first_city_s_point(area_code, metro, geonameid):
    city = read_table("new_england_cities.csv").set_index("geonameid").loc[geonameid]
    assert metro.startswith(city["name"])
    assert located(area_code, metro) == (float(city["lat"]), float(city["lon"]))


def test_a_necta_that_shares_a_city_with_a_metro_keeps_that_metro_s_point():
    assert located("71650", "Boston-Cambridge-Nashua, MA-NH") == (42.5, -71.0)


@pytest.mark.parametrize(
    ("area_code", "metro"),
    [("12345", "Portsmouth, NH"), ("76900", "Portsmouth, VA"), ("79999", "Nowhere, MA")],
)
def test_no_other_area_is_put_where_a_city_of_new_england_is(area_code, metro):
    assert all(pd.isna(value) for value in located(area_code, metro))


def test_cities_are_taken_with_their_own_points_and_ids():
    city = {"countrycode": "US", "admin1code": "NH", "population": 30_880}
    dover = city | {"name": "Dover", "latitude": 43.19786, "longitude": -70.87367, "geonameid": 5085520}
    village, elsewhere = dover | {"population": 9_999}, dover | {"admin1code": "DE"}
    rows = new_england_cities([dover, village, elsewhere, dover | {"countrycode": "CA"}])
    assert rows.to_numpy().tolist() == [["Dover", "NH", 43.19786, -70.87367, 5085520]]
