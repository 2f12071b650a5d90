"""Metros outside the USA: the urban centre that a city's point lies in, else the city by its name."""

import pandas as pd

from where_is_ai.geography.areas import Areas, areas_of
from where_is_ai.geography.gazetteer.points import city_points

# A city's point may stand beside its own polygon, as at a port.
WITHIN_KM = 10.0
CBSA, URBAN_CENTRE, CITY_TAG = "cbsa", "urban_centre", "city_tag"


def metros_abroad(cities: pd.DataFrame, centres: Areas | None) -> pd.DataFrame:
    """metro_id, metro, geography (URBAN_CENTRE or CITY_TAG), lat and lon of each of ``cities``, indexed as they are.

    ``cities`` has city and country_code, and lat and lon (degrees) where the source gives them; where it gives none
    the point is that of the only city of its name in the country, NA where there are several. A city in no urban
    centre, and every one without ``centres``, is a metro by itself. NA where no city is named.
    """
    points = _points(cities)
    named = cities["city"].notna()
    metros = pd.DataFrame(
        {
            "metro_id": (cities["country_code"] + "/" + cities["city"]).astype("str"),
            "metro": cities["city"].astype("str"),
            "geography": pd.Series(CITY_TAG, index=cities.index, dtype="str").where(named),
        }
    )
    if centres is not None:
        found = areas_of(points.where(named), centres, WITHIN_KM)
        inside = found["area_id"].notna()
        metros["metro_id"] = metros["metro_id"].mask(inside, found["area_id"])
        metros["metro"] = metros["metro"].mask(inside, found["area"])
        metros["geography"] = metros["geography"].mask(inside, URBAN_CENTRE)
    return metros.join(points)


def _points(cities: pd.DataFrame) -> pd.DataFrame:
    """``lat`` and ``lon``: the source's own, else the gazetteer's."""
    asked = cities[["city", "country_code"]].assign(region=pd.NA, geonames_city_id=pd.NA)
    known = city_points(asked)
    own = cities.reindex(columns=["lat", "lon"]).astype("Float64")
    whole = own.notna().all(axis=1)
    return own.where(whole, known)
