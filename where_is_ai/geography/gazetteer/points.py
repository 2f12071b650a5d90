"""Where a city is, by its GeoNames id or by its name, its country and its region."""

from functools import cache

import pandas as pd

from where_is_ai.geography.gazetteer.names import key_of
from where_is_ai.geography.gazetteer.read import read_gazetteer, read_table


def city_points(cities: pd.DataFrame) -> pd.DataFrame:
    """``lat`` and ``lon`` (degrees, to 0.01) of each of ``cities``, indexed as they are; NA where unknown.

    ``cities`` has city, country_code, region (a state's name, for the USA) and geonames_city_id, each NA where it is
    not known. The id decides; a name does where its country, or its state, has one city of it alone.
    """
    by_id, by_name = _points()
    states = read_gazetteer().states
    in_usa = cities["region"].where(cities["country_code"] == "US")
    state = [states.get(key_of(region), "") if pd.notna(region) else "" for region in in_usa]
    key = cities["city"].map(key_of, na_action="ignore")
    keys = list(zip(cities["country_code"], state, key, strict=True))
    named = by_name.reindex(pd.Index(keys, tupleize_cols=False)).set_axis(cities.index)
    known = by_id.reindex(cities["geonames_city_id"].astype("str")).set_axis(cities.index)
    return known.fillna(named).astype("Float64")


@cache
def _points() -> tuple[pd.DataFrame, pd.DataFrame]:
    """lat and lon by GeoNames id; and by (country, state or "", key of the name) where only one city has it."""
    table = read_table("city_points.csv")
    points = table[["lat", "lon"]].astype("float64")
    table["key"] = table["name"].map(key_of)
    anywhere = table.assign(state="")
    named = pd.concat([anywhere, table[table["state"] != ""]])
    named = named.drop_duplicates(["country", "state", "key"], keep=False)
    keys = pd.Index(
        list(zip(named["country"], named["state"], named["key"], strict=True)), tupleize_cols=False
    )
    return points.set_axis(table["geonames_id"]), points.loc[named.index].set_axis(keys)
