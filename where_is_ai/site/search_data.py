"""What the search reads, in small scripts that are loaded when they are needed.

``assets/metros.js`` has every metro with its other names; ``assets/places/X.js`` the towns and counties that begin with
X, and ``assets/zips/D.js`` the ZIP codes that begin with D, as far as their metro has a page.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

import pandas as pd

from where_is_ai.geography.crosswalk import cbsa_of_county, cbsas
from where_is_ai.geography.gazetteer.names import key_of
from where_is_ai.geography.gazetteer.read import read_gazetteer, read_table
from where_is_ai.geography.names import state_names_by_code
from where_is_ai.site.data_scripts import data_script
from where_is_ai.site.metros import Metro
from where_is_ai.site.writing import write

FOLDER = "assets"


def write_search_data(published: Path, metros: Sequence[Metro]) -> None:
    """Write the scripts, the largest metros first, and remove those of places that are no more."""
    sized = sorted(metros, key=lambda metro: (-(metro.residents or 0), metro.name.casefold(), metro.slug))
    others = _other_names(sized)
    rows = [[each.slug, each.name, each.where, sorted(others[each.slug])] for each in sized]
    write(published / FOLDER / "metros.js", data_script(rows))
    pages = {each.place: each.slug for each in sized}
    for kind, found in (("places", _places(pages)), ("zips", _zips(pages))):
        folder = published / FOLDER / kind
        for first, listed in found.items():
            write(folder / f"{first}.js", data_script(listed))
        for path in folder.glob("*.js"):
            if path.stem not in found:
                path.unlink()


def _other_names(metros: Iterable[Metro]) -> dict[str, set[str]]:
    """By slug what else a metro is called: its code, its states, areas that were counted in it, nicknames."""
    found: dict[str, set[str]] = defaultdict(set)
    by_place = {metro.place: metro for metro in metros}
    abroad = {(key_of(metro.name), metro.country): metro for metro in by_place.values() if not metro.in_usa}
    for metro in by_place.values():
        found[metro.slug] |= {each.area for rows in metro.rows.values() for each in rows} - {metro.name}
        if metro.place in cbsas():
            codes = metro.name.rpartition(", ")[2].split("-")
            found[metro.slug] |= {metro.place, *(state_names_by_code()[code] for code in codes)}
    for name, places in _nicknames().items():
        for city, state, country in places:
            metro = (
                by_place.get(_cbsa_of_city(city, state))
                if country == "US"
                else abroad.get((key_of(city), country))
            )
            if metro:
                found[metro.slug].add(name)
    return found


@cache
def _nicknames() -> dict[str, list[tuple[str, str, str]]]:
    """City, state and country of each nickname."""
    areas = read_table("areas_by_name.csv").assign(country="US")
    rows = pd.concat([areas[areas["city"] != ""], read_table("nicknames.csv")])
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in rows.itertuples(index=False):
        found[row.name].append((row.city, row.state, row.country))
    return found


def _cbsa_of_city(city: str, state: str) -> str:
    """The CBSA's code of the largest place of that name in the state; "" where there is none."""
    places = [each for each in read_gazetteer().places.get(key_of(city), ()) if each.state == state]
    largest = max(places, key=lambda each: each.population, default=None)
    return cbsa_of_county().get(largest.county_fips, "") if largest else ""


def _places(pages: dict[str, str]) -> dict[str, list[list[str]]]:
    """Name, state and slug of each place and county with a page, by the first letter of the name, the largest first."""
    fips = {row.fips: row.state for row in read_table("states.csv").itertuples(index=False)}
    counties = read_table("cbsa_counties.csv").rename(columns={"county": "name"})
    counties = counties.assign(state=counties["county_fips"].str[:2].map(fips), population="")
    columns = ["name", "state", "county_fips", "population"]
    rows = pd.concat([read_table(name) for name in ("us_places.csv", "places_added.csv")] + [counties])[
        columns
    ]
    rows["page"] = rows["county_fips"].map(cbsa_of_county()).map(pages)
    rows["population"] = pd.to_numeric(rows["population"]).fillna(0)
    rows = rows.dropna(subset="page").sort_values(
        ["population", "name", "state"], ascending=[False, True, True]
    )
    rows = rows.drop_duplicates(["name", "state", "page"])
    found: dict[str, list[list[str]]] = defaultdict(list)
    for row in rows.itertuples(index=False):
        if key := key_of(row.name):
            found[key[0]].append([row.name, row.state, row.page])
    return dict(sorted(found.items()))


def _zips(pages: dict[str, str]) -> dict[str, list[list[str]]]:
    """First and last ZIP code and slug of each run of codes with one page, by the first digit."""
    rows = read_table("zip_counties.csv")
    slugs = [pages.get(cbsa_of_county().get(county, ""), "") for county in rows["county_fips"]]
    found: dict[str, list[list[str]]] = defaultdict(list)
    pairs = zip(rows["zip_code"], slugs, strict=True)
    for (first, slug), run in groupby(pairs, key=lambda pair: (pair[0][0], pair[1])):
        if slug:
            codes = [code for code, _ in run]
            found[first].append([codes[0], codes[-1], slug])
    return dict(found)
