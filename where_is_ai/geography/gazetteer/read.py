"""The gazetteer's tables as lookups by a name's key."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pandas as pd

from where_is_ai.geography.gazetteer.names import key_of


@dataclass(frozen=True)
class UsPlace:
    """A place of the USA: its state's postal code, its county, its residents (0 where only the post uses the name)."""

    state: str
    county_fips: str
    population: int


@dataclass(frozen=True)
class Gazetteer:
    """Lookups by ``key_of`` a name.

    ``states`` gives postal codes, by name and by code; ``abroad`` gives ISO codes of countries that have a larger city
    of that name, with its residents; ``countries`` gives the ISO code (empty for a wider region, such as EMEA).
    """

    places: dict[str, list[UsPlace]]
    states: dict[str, str]
    state_codes: frozenset[str]
    areas: dict[str, tuple[str, str]]
    abroad: dict[str, dict[str, int]]
    countries: dict[str, str]
    country_codes: dict[str, str]


@cache
def read_gazetteer() -> Gazetteer:
    """The project's own gazetteer."""
    states = read_table("states.csv")
    regions = read_table("regions_abroad.csv")
    countries = read_table("countries.csv").query("iso2 != 'US'")
    codes = dict(zip(countries["iso3"], countries["iso2"], strict=True))
    codes |= {code: code for code in countries["iso2"]}
    codes |= {row.code: row.country for row in regions.itertuples() if row.code}
    named = pd.concat([countries[["geonames", "iso2"]].set_axis(["name", "country"], axis=1), regions])
    areas = read_table("areas_by_name.csv")
    return Gazetteer(
        places=_places(),
        states={key_of(row.name): row.state for row in states.itertuples(index=False)},
        state_codes=frozenset(states["state"]),
        areas={key_of(row.name): (key_of(row.city), row.state) for row in areas.itertuples(index=False)},
        abroad=_abroad(),
        countries={key_of(row.name): row.country for row in named.itertuples(index=False)},
        country_codes={code: country for code, country in codes.items() if code not in set(states["state"])},
    )


def _places() -> dict[str, list[UsPlace]]:
    found = defaultdict(list)
    rows = pd.concat([read_table("us_places.csv"), read_table("places_added.csv")]).fillna({"population": ""})
    for name, state, county, population in rows[["name", "state", "county_fips", "population"]].to_numpy():
        found[key_of(name)].append(UsPlace(state, county, int(population or 0)))
    return dict(found)


def _abroad() -> dict[str, dict[str, int]]:
    found = defaultdict(dict)
    for name, country, population in read_table("cities_abroad.csv").to_numpy():
        of_name = found[key_of(name)]
        of_name[country] = max(int(population), of_name.get(country, 0))
    return dict(found)


def read_table(name: str) -> pd.DataFrame:
    """One of the gazetteer's tables as it stands, all columns as text."""
    with files("where_is_ai.geography.gazetteer").joinpath(name).open(encoding="utf-8") as file:
        return pd.read_csv(file, dtype=str, keep_default_na=False)
