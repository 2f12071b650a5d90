"""From an address as Epoch AI writes it to a metro: its county, else its city with the state, else its ZIP code.

Street names are never read as towns: of the words before the state only the last that name a place there are taken. A
ZIP code counts only beside the state that it is of, since house numbers look like one; a town that is known says more,
since ZIP codes in the list are mistyped.
"""

import re
from dataclasses import dataclass

import pandas as pd

from where_is_ai.geography.gazetteer.names import key_of
from where_is_ai.geography.gazetteer.read import read_gazetteer
from where_is_ai.geography.locations import Locator
from where_is_ai.geography.zips import Area, areas_by_zip

USA = "US"
_LONGEST_NAME = 4  # words
_ZIP = re.compile(r"\b\d{5}(?:-\d{4})?\b")
_NATION = re.compile(r"[, ]+(?:USA|U\.S\.A\.|US|United States(?: of America)?)\.?\s*$", re.IGNORECASE)
_COUNTY = re.compile(r"([^,\d]+?\s(?:County|Parish|Borough))\s*$", re.IGNORECASE)
_OF_STATUS = {"metro": "metro", "micro": "micro", "rural": "outside"}
_NATIONS = {"united states", "united states of america", "usa", "us"}


@dataclass(frozen=True)
class Placed:
    """What an address came to: ``placed`` as ``schema.PLACED`` names it, the town or county read, the CBSA."""

    placed: str
    country_code: str | None = None
    place: str | None = None
    area_code: str | None = None


class AddressReader:
    """Reads addresses with the project's gazetteer, a delineation (CbsaCounties) and ZipCounties."""

    def __init__(self, counties: pd.DataFrame, zips: pd.DataFrame):
        self._gazetteer = read_gazetteer()
        self._locator = Locator(counties)
        self._zips = areas_by_zip(zips, counties)
        self._of_county = {
            row.county_fips: (row.kind, row.area_code)
            for row in counties[["county_fips", "kind", "area_code"]].itertuples(index=False)
        }
        self._counties = {
            (key_of(row.county), self._gazetteer.states[key_of(row.state_name)]): (row.kind, row.area_code)
            for row in counties[["county", "state_name", "kind", "area_code"]].itertuples(index=False)
            if key_of(row.state_name) in self._gazetteer.states
        }

    def read(self, address: str | None, country: str | None) -> Placed:
        """Where ``address`` is; without a country as when a vintage lacks it, a state of the USA says enough."""
        address = None if pd.isna(address) else address
        code = self._country_code(address, None if pd.isna(country) else country)
        if not address:
            return Placed("no_address", code)
        if code in (USA, None):
            found = self._in_usa(address)
            if found.placed == "unplaced":
                found = self._by_zip(address) or found
            if found.placed != "unplaced" or code:
                return found
            return Placed("unplaced")
        return self._abroad(address, code)

    def _country_code(self, address: str | None, country: str | None) -> str | None:
        names = [country] if country else (address or "").split(",")[::-1]
        for name in names:
            key = key_of(name)
            if key in _NATIONS:
                return USA
            if key in self._gazetteer.countries and (country or key not in self._gazetteer.states):
                return self._gazetteer.countries[key] or None
        return None

    def _in_usa(self, address: str) -> Placed:
        """By the county where it is named, else by the city."""
        words = _ZIP.sub(" , ", _NATION.sub("", address))
        segments = [segment.split() for segment in words.split(",") if segment.strip()]
        county = _COUNTY.search(words.strip(" ,"))
        for number in range(len(segments) - 1, -1, -1):
            segment = segments[number]
            for start in range(len(segment) - 1, -1, -1):
                if not (state := self._state(segment[start:])):
                    continue
                before = segment[:start] or (segments[number - 1] if number else [])
                found = county and self._county(county[1], state)
                if found := found or self._city(before, state):
                    return found
        return Placed("unplaced", USA)

    def _state(self, words: list[str]) -> str | None:
        """The postal code of the state that ``words`` begin with, as its name or its code in capitals."""
        if words[0] in self._gazetteer.state_codes:
            return words[0]
        names = (self._gazetteer.states.get(key_of(" ".join(words[:size]))) for size in (3, 2, 1))
        return next(filter(None, names), None)

    def _county(self, named: str, state: str) -> Placed | None:
        """The longest end of the words that is a county of the delineation; one that is not is in no CBSA."""
        words = [word for word in named.split() if self._gazetteer.states.get(key_of(word)) != state]
        for start in range(max(0, len(words) - 1 - _LONGEST_NAME), len(words) - 1):
            name = " ".join(words[start:])
            if found := self._counties.get((key_of(name), state)):
                return Placed(found[0], USA, f"{name}, {state}", found[1])
        return Placed("outside", USA, f"{' '.join(words[-2:])}, {state}") if len(words) > 1 else None

    def _city(self, words: list[str], state: str) -> Placed | None:
        """The longest end of the words that is a town of the state; of namesakes there, as the locator reads them."""
        for start in range(max(0, len(words) - _LONGEST_NAME), len(words)):
            name = " ".join(words[start:]).strip(" .")
            named = [place for place in self._gazetteer.places.get(key_of(name), ()) if place.state == state]
            if not named:
                continue
            city = f"{name.title() if name.isupper() else name}, {state}"
            areas = {self._of_county.get(place.county_fips, ("outside", None)) for place in named}
            if len(areas) == 1:
                placed, code = areas.pop()
                return Placed(placed, USA, city, code)
            location = self._locator.read(city)
            code = location.area_codes[0] if len(location.area_codes) == 1 else None
            return Placed(_OF_STATUS.get(location.status, "unplaced"), USA, city, code)
        return None

    def _by_zip(self, address: str) -> Placed | None:
        """By the last number that is a ZIP code of a state that the address names."""
        words = re.split(r"[ ,]+", address.strip(" ,"))
        named = (self._state(words[start:]) for start in range(len(words)))
        states = sorted(set(filter(None, named)))
        for number in reversed(_ZIP.findall(address)):
            for state in states:
                if area := self._zips.get((state, number[:5])):
                    return _in_area(area, f"ZIP {number[:5]}, {state}")
        return None

    def _abroad(self, address: str, code: str) -> Placed:
        """The last part of the address that is a city of the country in the gazetteer."""
        for segment in reversed(address.split(",")):
            if code in self._gazetteer.abroad.get(key_of(segment), {}):
                return Placed("city", code, segment.strip())
        return Placed("unplaced", code)


def _in_area(area: Area, place: str) -> Placed:
    return Placed(area.kind, USA, place, area.code or None)
