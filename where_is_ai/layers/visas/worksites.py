"""From a worksite as employers type it to a metro: its county, else its ZIP code, else its city.

A county cell that holds the name of its own state says nothing by itself, though some states have a county of their
name: there the ZIP code decides. Connecticut's old counties lie across its planning regions, so there the town does.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from where_is_ai.geography.gazetteer.names import key_of
from where_is_ai.geography.gazetteer.read import read_gazetteer, read_table
from where_is_ai.geography.locations import Locator
from where_is_ai.geography.zips import CONNECTICUT, OUTSIDE, Area, areas_by_county, areas_by_zip
from where_is_ai.layers.visas.schema import LcaWorksites
from where_is_ai.tables import as_table

SEPARATOR = "|"
_DESIGNATIONS = (
    "city and borough", "census area", "planning region", "county", "parish", "borough", "municipality", "municipio",
    "city",
)  # fmt: skip
_TERRITORIES = {"PR", "GU", "VI", "AS", "MP"}


@dataclass(frozen=True)
class Placed:
    """Where a worksite is and by what; ``zip_agrees`` is None where its ZIP code leads nowhere."""

    area: Area | None
    by: str | None = None
    zip_agrees: bool | None = None


def key_of_worksite(city: str | None, county: str | None, state: str | None, zip_code: str | None) -> str:
    """The cells of a worksite as one text, without what distinguishes no place."""
    cells = (each.upper() if isinstance(each, str) else "" for each in (city, county, state))
    digits = str(zip_code).split("-")[0].split(".")[0].strip() if isinstance(zip_code, str) else ""
    # Numbers lose the zeros that they begin with.
    digits = digits.zfill(5) if digits.isdecimal() and 3 <= len(digits) <= 5 else digits[:5]
    return SEPARATOR.join([*(" ".join(each.replace(SEPARATOR, " ").split()) for each in cells), digits])


def place_worksites(worksites: Iterable[str], counties: pd.DataFrame, zips: pd.DataFrame) -> pd.DataFrame:
    """LcaWorksites of keys of worksites, by CbsaCounties and ZipCounties (which may have no rows)."""
    places = Worksites(counties, zips)
    rows = []
    for worksite in sorted(set(worksites)):
        found = places.place(*worksite.split(SEPARATOR))
        area = found.area or Area("unplaced")
        rows.append((worksite, area.kind, found.by, area.code or None, found.zip_agrees))
    table = pd.DataFrame(rows, columns=list(LcaWorksites.to_schema().columns))
    return as_table(table, LcaWorksites)


class Worksites:
    """Places worksites with a delineation (CbsaCounties), ZIP code areas (ZipCounties) and the project's gazetteer."""

    def __init__(self, counties: pd.DataFrame, zips: pd.DataFrame):
        self._states = read_gazetteer().states
        self._locator = Locator(counties)
        self._state_names = {
            row.state: compact(row.name) for row in read_table("states.csv").itertuples(index=False)
        }
        codes = {row.fips: row.state for row in read_table("states.csv").itertuples(index=False)}
        self._areas = areas_by_county(counties)
        named = pd.concat(
            [counties[["county_fips", "county"]], zips[["county_fips", "county"]]]
        ).drop_duplicates()
        self._counties: dict[tuple[str, str], set[str]] = defaultdict(set)
        for fips, county in named.itertuples(index=False, name=None):
            state = codes.get(fips[:2], "")
            # Of Connecticut only what the delineation has, which are its planning regions.
            if state != CONNECTICUT or fips in self._areas:
                for name in {compact(county), compact(_bare(key_of(county)))}:
                    self._counties[state, name].add(fips)
        self._zips = areas_by_zip(zips, counties)
        self._towns = {
            compact(row.town): row.county_fips for row in read_table("connecticut_towns.csv").itertuples()
        }

    def place(self, city: str, county: str, state: str, zip_code: str) -> Placed:
        """Where the worksite is."""
        code = state if state in self._state_names else self._states.get(key_of(state), "")
        if not code:
            return Placed(OUTSIDE, "city") if state in _TERRITORIES else Placed(None)
        by_county, sure = self._by_county(county, code), compact(county) != self._state_names[code]
        if code == CONNECTICUT:
            by_town = self._by_town(city) or self._by_city(city, code)
            return Placed(by_county, "county") if by_county else Placed(by_town, "town" if by_town else None)
        by_zip = self._zips.get((code, zip_code))
        agrees = by_zip == by_county if by_zip and by_county else None
        if by_county and (sure or not by_zip):
            return Placed(by_county, "county", agrees)
        if by_zip:
            return Placed(by_zip, "zip", agrees)
        by_city = self._by_city(city, code)
        return Placed(by_city, "city" if by_city else None)

    def _by_county(self, written: str, state: str) -> Area | None:
        """The area that all counties of that name in the state are in: a city and a county may share it."""
        key = key_of(written)
        for name in dict.fromkeys((compact(key), compact(_bare(key)))):
            if found := self._counties.get((state, name)):
                areas = {self._areas.get(fips, OUTSIDE) for fips in found}
                return areas.pop() if len(areas) == 1 else None
        return None

    def _by_town(self, city: str) -> Area | None:
        fips = self._towns.get(compact(city))
        return self._areas.get(fips, OUTSIDE) if fips else None

    def _by_city(self, city: str, state: str) -> Area | None:
        """The area of the city as the project reads any location: of namesakes the one that is clearly larger."""
        found = self._locator.read(f"{city.title()}, {state}") if city else None
        if found and found.status in ("metro", "micro") and len(found.area_codes) == 1:
            return Area(found.status, found.area_codes[0])
        return OUTSIDE if found and found.status == "rural" else None


def compact(name: str) -> str:
    """``Du Page`` and ``DuPage``, ``Prince George's`` and ``Prince Georges`` are one name."""
    return key_of(name).replace(" ", "")


def _bare(key: str) -> str:
    """The key of a county's name without what kind of county it is."""
    ending = next((each for each in _DESIGNATIONS if key.endswith(f" {each}")), "")
    return key.removesuffix(f" {ending}") if ending else key
