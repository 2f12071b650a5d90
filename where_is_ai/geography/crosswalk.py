"""Which metro of the USA (CBSA) an area of another geography lies in, so that a place has one page.

A layer may count by city tags, towns or urban centres. Such an area has a name and a point; the city that it is named
after lies in a county, and the county in a CBSA of July 2023.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from where_is_ai.geography.gazetteer.names import key_of
from where_is_ai.geography.gazetteer.read import read_table
from where_is_ai.geography.places import successor

# An area may be named after a city so far from its point, such as the mean of its institutions' points.
NAMED_WITHIN_KM = 60
# One that is named after no city that is known is where the nearest city is.
NEAREST_WITHIN_KM = 30
COUNTRIES = ("US", "PR")
_KM_PER_DEGREE = 111.2


@dataclass(frozen=True)
class Cbsa:
    """A metropolitan or micropolitan area; ``residents`` are the Census Bureau's estimate of 1 July 2023, if any."""

    area_code: str
    title: str
    kind: str
    residents: int | None


@cache
def cbsas() -> dict[str, Cbsa]:
    """The CBSAs of July 2023 by their codes."""
    return {
        row.area_code: Cbsa(
            row.area_code, row.title, row.kind, int(row.residents_2023) if row.residents_2023 else None
        )
        for row in read_table("cbsas.csv").itertuples(index=False)
    }


@cache
def cbsa_of_county() -> dict[str, str]:
    """The CBSA's code by the county's FIPS code; counties outside of any are not in it."""
    rows = read_table("cbsa_counties.csv")
    return dict(zip(rows["county_fips"], rows["area_code"], strict=True))


@cache
def cbsas_of(name: str, lat: float | None, lon: float | None) -> tuple[str, ...]:
    """The codes of the CBSAs that an area of the USA of that name around that point (degrees) is in.

    There are several where it is known to take several together, the largest first, and none where nothing is known.
    """
    shared = _shared_areas().get(key_of(name))
    if shared or lat is None or lon is None:
        return shared or ()
    cities = _cities()
    km = _kilometres(cities, lat, lon)
    sought = f" {key_of(name)} "
    around = cities[km <= NAMED_WITHIN_KM]
    named = around[around["key"].map(lambda key: f" {key} " in sought).astype("bool")]
    if len(named):
        longest = named["key"].str.len()
        found = km[named.index[longest == longest.max()]].idxmin()
    elif km.min() <= NEAREST_WITHIN_KM:
        found = km.idxmin()
    else:
        return ()
    area = cities.at[found, "area_code"]
    return (area,) if area else ()


@cache
def successor_of(area_code: str, title: str) -> str:
    """The code of July 2023 of a CBSA or NECTA of any delineation; itself where it has that or none is known."""
    if area_code in cbsas():
        return area_code
    metros = pd.DataFrame(
        [(each.area_code, each.title, each.kind) for each in cbsas().values()],
        columns=["area_code", "name", "kind"],
    )
    found = successor(pd.Series([title], dtype="str"), metros).iloc[0]
    return area_code if pd.isna(found) else str(found)


def kilometres_apart(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Between two points (degrees), over so few kilometres that the earth is flat; far apart it is only far."""
    east = ((other_lon - lon + 180) % 360 - 180) * np.cos(np.radians(lat))
    return float(np.hypot(other_lat - lat, east) * _KM_PER_DEGREE)


def _kilometres(cities: pd.DataFrame, lat: float, lon: float) -> pd.Series:
    """Distances over so few kilometres that the earth is flat."""
    east = (cities["lon"] - lon) * np.cos(np.radians(lat))
    return np.hypot(cities["lat"] - lat, east) * _KM_PER_DEGREE


@cache
def _shared_areas() -> dict[str, tuple[str, ...]]:
    rows = read_table("shared_areas.csv")
    return {
        key_of(name): tuple(codes.split())
        for name, codes in zip(rows["name"], rows["area_codes"], strict=True)
    }


@cache
def _cities() -> pd.DataFrame:
    """key, lat, lon and area_code ("" outside of any CBSA) of the cities that have a point."""
    cities = read_table("city_points.csv").query("country in @COUNTRIES")
    cities = cities.assign(
        state=cities["state"].where(cities["country"] == "US", "PR"),
        key=cities["name"].map(key_of),
        lat=cities["lat"].astype("float64"),
        lon=cities["lon"].astype("float64"),
    )
    places = read_table("us_places.csv")
    largest = places.assign(population=pd.to_numeric(places["population"]).fillna(0)).sort_values(
        "population"
    )
    county = largest.drop_duplicates(["name", "state"], keep="last").set_index(["name", "state"])[
        "county_fips"
    ]
    at = pd.MultiIndex.from_frame(cities[["name", "state"]])
    cities["area_code"] = county.reindex(at).map(cbsa_of_county()).fillna("").to_numpy()
    return cities[["key", "lat", "lon", "area_code"]].reset_index(drop=True)
