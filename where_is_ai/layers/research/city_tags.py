"""Metros by OpenAlex's city tags, as they are or merged by hand as the article merged them."""

from collections.abc import Sequence

import pandas as pd

from where_is_ai.layers.research.methods import Merge

UNKNOWN_COUNTRY = "?"
# The geography of a metro that is a city by its tag.
CITY_TAG = "city_tag"


def city_areas(places: pd.DataFrame, merges: Sequence[Merge] = ()) -> pd.DataFrame:
    """area_id (``US/Boston Metro``) and area for each of ``places`` (city, country_code); NA without a city tag."""
    merged = {(city, merge.country_code): merge.metro for merge in merges for city in merge.cities}
    tags = pd.Series(list(zip(places["city"], places["country_code"], strict=True)), index=places.index)
    area = tags.map(merged).astype("object").fillna(places["city"]).astype("str")
    return pd.DataFrame(
        {"area_id": places["country_code"].fillna(UNKNOWN_COUNTRY) + "/" + area, "area": area}
    )


def town_areas(places: pd.DataFrame) -> pd.DataFrame:
    """area_id (``US/Columbia/4381982``) and area for each of ``places``; NA without a city tag.

    ``places`` has city, country_code, region and geonames_city_id. Towns of one name are told apart by their GeoNames
    id, or else by their region, which is then part of the name; one that has neither takes that of the only town of
    its name.
    """
    tags = places[["country_code", "region", "city", "geonames_city_id"]]
    town = _of_the_only(tags, ["country_code", "region", "city"], "geonames_city_id")
    town = town.fillna(tags["region"])
    town = _of_the_only(tags.assign(town=town), ["country_code", "city"], "town")
    plain = city_areas(places)
    area_id = (plain["area_id"] + "/" + town).fillna(plain["area_id"])
    several = area_id.groupby([tags["country_code"], tags["city"]], dropna=False).transform("nunique") > 1
    named = (plain["area"] + ", " + tags["region"]).where(several).fillna(plain["area"])
    return pd.DataFrame({"area_id": area_id, "area": named}).astype("str")


def _of_the_only(tags: pd.DataFrame, keys: list[str], column: str) -> pd.Series:
    """``column``, where it is NA that of the rows with the same ``keys`` if they all have the same."""
    groups = tags.groupby(keys, dropna=False)[column]
    return tags[column].fillna(groups.transform("first").where(groups.transform("nunique") == 1))
