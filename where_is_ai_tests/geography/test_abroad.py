"""A city abroad becomes the urban centre around it, else a metro by its own name; its point is known by its name."""

import geopandas as gpd
import pandas as pd
import shapely

from where_is_ai.geography.abroad import metros_abroad
from where_is_ai.geography.areas import WGS84, Areas

ESPOO_AND_HELSINKI = shapely.box(24.5, 60.1, 25.2, 60.3)
CENTRES = Areas(
    "ghsl_2024a",
    "GHSL urban centres",
    gpd.GeoDataFrame(
        {"area_id": ["ghsl_2024a/7"], "area": ["Helsinki"], "population": pd.array([1_000_000], "Int64")},
        geometry=[ESPOO_AND_HELSINKI],
        crs=WGS84,
    ),
)


def cities(**columns: list) -> pd.DataFrame:
    return pd.DataFrame(columns)


def test_cities_of_one_urban_centre_are_one_metro_and_others_stay_by_themselves():
    found = metros_abroad(
        cities(city=["Helsinki", "Espoo", "Zhangjiakou", None], country_code=["FI", "FI", "CN", "FI"]),
        CENTRES,
    )
    assert found["metro_id"].to_list()[:3] == ["ghsl_2024a/7", "ghsl_2024a/7", "CN/Zhangjiakou"]
    assert found["metro"].to_list()[:3] == ["Helsinki", "Helsinki", "Zhangjiakou"]
    assert found["geography"].to_list()[:3] == ["urban_centre", "urban_centre", "city_tag"]
    assert found.loc[3, ["metro_id", "metro", "geography", "lat", "lon"]].isna().all()
    assert abs(found.loc[2, "lat"] - 40.8) < 0.2


def test_without_urban_centres_each_city_is_a_metro_that_has_a_point():
    found = metros_abroad(cities(city=["Espoo"], country_code=["FI"]), None)
    assert found.loc[0, ["metro_id", "geography"]].to_list() == ["FI/Espoo", "city_tag"]
    assert found[["lat", "lon"]].notna().all(axis=None)


def test_the_source_s_own_point_is_taken_before_that_of_the_name():
    rows = cities(
        city=["Espoo", "Espoo"],
        country_code=["FI", "FI"],
        lat=pd.array([0.5, None]),
        lon=pd.array([1.5, 9.0]),
    )
    found = metros_abroad(rows, CENTRES)
    assert found["metro_id"].to_list() == ["FI/Espoo", "ghsl_2024a/7"]
    assert found.loc[0, ["lat", "lon"]].to_list() == [0.5, 1.5]


def test_a_name_that_several_cities_share_has_no_point_and_is_still_counted():
    found = metros_abroad(cities(city=["San José"], country_code=["XX"]), CENTRES)
    assert found["metro_id"].to_list() == ["XX/San José"]
    assert found["lat"].isna().all()
