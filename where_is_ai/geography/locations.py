"""From a location as written to metros: through Census places, their counties and the delineation of metros.

A name is resolved where one reading is clear and never guessed: what could be several places is ambiguous, and what is
abroad, remote, or names no place is told apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from where_is_ai.geography.gazetteer.names import key_of
from where_is_ai.geography.gazetteer.read import UsPlace, read_gazetteer
from where_is_ai.geography.location_words import (
    REMOTE,
    Word,
    WordReader,
    is_fully_remote,
    names_no_place,
    segments,
)
from where_is_ai.geography.schema import ReadLocations
from where_is_ai.tables import as_table

# A name without its state means its largest bearer only where that one is so many times the next, and a city.
CLEARLY_LARGER = 10
SMALLEST_CITY_BY_NAME_ALONE = 25_000
LARGE_CITY = 100_000
# What a text names, and which of it decides the text's status, first to last.
KINDS = ("metro", "micro", "rural", "ambiguous", "remote", "usa", "abroad", "unnamed", "unknown")


@dataclass(frozen=True)
class Place:
    """What one name came to: its kind, and the CBSA's code where there is one. ``in_usa`` is None where not known."""

    kind: str
    area_code: str = ""
    in_usa: bool | None = True


@dataclass(frozen=True)
class Location:
    """What one text came to. ``status`` is the first of KINDS that decides; ``area_codes`` are CBSA codes, sorted."""

    status: str
    kinds: tuple[str, ...]
    area_codes: tuple[str, ...]
    in_usa: bool | None


class Locator:
    """Reads locations with the project's gazetteer and a delineation (CbsaCounties)."""

    def __init__(self, counties: pd.DataFrame):
        gazetteer = read_gazetteer()
        codes = gazetteer.states
        self._of_county = {
            row.county_fips: Place(row.kind, row.area_code)
            for row in counties[["county_fips", "kind", "area_code"]].itertuples(index=False)
        }
        named = {
            (key_of(row.county), codes[key_of(row.state_name)]): row.county_fips
            for row in counties[["county", "state_name", "county_fips"]].itertuples(index=False)
            if key_of(row.state_name) in codes
        }
        self._county_names = named
        self._reader = WordReader(gazetteer, named)
        self._whole_states = self._states_within_one_area(gazetteer.places)

    def read(self, text: str | None) -> Location:
        """What ``text`` names; an empty one names nothing."""
        found = [place for segment in segments(text or "") for place in self._read_segment(segment)]
        return _summary(found or [Place("unnamed", in_usa=None)])

    def _read_segment(self, segment: str) -> list[Place]:
        if names_no_place(segment):
            return [Place("unnamed", in_usa=None)]
        words = self._reader.words(segment)
        remote = bool(REMOTE.search(segment))
        found = self._read_words(words)
        if is_fully_remote(segment):
            found = _countries_of(found)
        if remote:
            # A bare two-letter code after "Remote" may be a state or a country: CA, DE, IN.
            alone = len(words) == 1 and words[0].state_is_code
            found = [Place("remote", in_usa=None)] if alone else [Place("remote", in_usa=None), *found]
        return found or [Place("unknown", in_usa=None)]

    def _read_words(self, words: list[Word]) -> list[Place]:
        """Bind each city to the state or country beside it; cities that stay alone must be clear by themselves."""
        in_usa = any(word.nation for word in words)
        found, at = [], 0
        while at < len(words):
            word, after = words[at], words[at + 1] if at + 1 < len(words) else None
            if abroad := _in_region_abroad(words, at):
                found.append(Place("abroad", in_usa=False))
                at += abroad
            elif word.areas:
                found.append(self._one_of([list(options) for options in word.places]))
                at += 2 if after and after.state and after.state in word.areas else 1
            elif after and self._bind(word, after):
                found.append(self._bind(word, after))
                at += 2
                while at < len(words) and words[at].state and words[at].state == after.state:
                    at += 1
            elif (
                word.state
                and after
                and self._in_state(after, word.state)
                and not self._state_follows(words, at + 1)
            ):
                found.append(self._bind_to_state(after, word.state))
                at += 2
            elif word.names_city and not self._only_region(word, words, at):
                found.append(self._alone(word, in_usa, _countries(words)))
                at += 1
            else:
                found.extend(self._region(word))
                at += 1
        return _without_less_exact(found)

    def _bind(self, city: Word, after: Word) -> Place | None:
        """The place of ``city`` given the state or country after it; None where the two don't belong together."""
        if not city.names_city or city.nation:
            return None
        if after.code_in_small_letters and self._in_state(city, after.code_in_small_letters):
            return self._bind_to_state(city, after.code_in_small_letters)
        if after.state:
            if self._in_state(city, after.state):
                smaller_than_namesakes = after.places and self._much_smaller_in(city, after.state)
                return None if smaller_than_namesakes else self._bind_to_state(city, after.state)
            if (after.state_is_code and after.state in city.abroad) or after.country in city.abroad:
                return Place("abroad", in_usa=False)
            return None if after.places and not city.state else Place("ambiguous")
        if after.country is not None and not (city.state and not city.abroad):
            return Place("abroad", in_usa=False)
        return None

    def _in_state(self, city: Word, state: str) -> bool:
        of_state = [any(place.state == state for place in options) for options in city.places]
        return (bool(of_state) and all(of_state)) or (city.county, state) in self._county_names

    def _much_smaller_in(self, city: Word, state: str) -> bool:
        """``Boston, New York`` lists two cities: the Boston of that state is nothing beside its namesake."""
        options = sorted(city.places[0], key=_size) if city.places else []
        sizes = {place.state == state: place.population for place in options}
        return sizes.get(False, 0) >= max(LARGE_CITY, CLEARLY_LARGER * sizes.get(True, 0))

    def _bind_to_state(self, city: Word, state: str) -> Place:
        if (fips := self._county_names.get((city.county, state))) and not self._named_in(city, state):
            return self._of_county.get(fips, Place("rural"))
        return self._one_of([[place for place in options if place.state == state] for options in city.places])

    def _named_in(self, city: Word, state: str) -> bool:
        return any(place.state == state for options in city.places for place in options)

    def _state_follows(self, words: list[Word], at: int) -> bool:
        following = words[at + 1] if at + 1 < len(words) else None
        return bool(following and following.state and self._in_state(words[at], following.state))

    def _only_region(self, word: Word, words: list[Word], at: int) -> bool:
        """Names of regions that are also cities: Washington alone is not told which; New York alone is the city."""
        if word.country and not word.places:
            return True
        if word.state and word.text.strip().lower() != "new york":
            return True
        return word.country is not None and not (at + 1 < len(words) and words[at + 1].state)

    def _alone(self, word: Word, in_usa: bool, countries: set[str]) -> Place:
        if word.abroad & countries:
            return Place("abroad", in_usa=False)
        if not word.places:
            return Place("abroad", in_usa=False) if word.abroad else Place("ambiguous")
        largest = [max(options, key=_size).population for options in word.places]
        if in_usa:
            return self._one_of([list(options) for options in word.places])
        if word.largest_abroad >= CLEARLY_LARGER * largest[0]:
            return Place("abroad", in_usa=False)
        if word.largest_abroad * CLEARLY_LARGER > largest[0]:
            return Place("ambiguous", in_usa=None)
        if largest[0] < SMALLEST_CITY_BY_NAME_ALONE:
            return Place("ambiguous", in_usa=None)
        return self._one_of([list(options) for options in word.places])

    def _one_of(self, named: list[list[UsPlace]]) -> Place:
        """The CBSA that every named place lies in; of namesakes the one that is clearly larger."""
        found = {self._clearly_largest(options) for options in named}
        return found.pop() if len(found) == 1 else Place("ambiguous")

    def _clearly_largest(self, options: list[UsPlace]) -> Place:
        sizes: dict[Place, int] = {}
        for place in options:
            area = self._of_county.get(place.county_fips, Place("rural"))
            sizes[area] = max(sizes.get(area, 0), place.population)
        ranked = sorted(sizes, key=sizes.__getitem__, reverse=True)
        if not ranked or (len(ranked) > 1 and sizes[ranked[0]] < CLEARLY_LARGER * max(sizes[ranked[1]], 1)):
            return Place("ambiguous")
        return ranked[0]

    def _region(self, word: Word) -> list[Place]:
        if word.state:
            return [self._whole_states.get(word.state, Place("usa"))]
        if word.nation:
            return [Place("usa")]
        return [Place("abroad", in_usa=False)] if word.country is not None else []

    def _states_within_one_area(self, places: dict[str, list[UsPlace]]) -> dict[str, Place]:
        """States all of whose counties are in one CBSA (the District of Columbia), where the state says enough."""
        areas: dict[str, set[Place]] = {}
        for options in places.values():
            for place in options:
                areas.setdefault(place.state, set()).add(
                    self._of_county.get(place.county_fips, Place("rural"))
                )
        return {state: next(iter(found)) for state, found in areas.items() if len(found) == 1}


def read_locations(texts: Iterable[str | None], locator: Locator) -> pd.DataFrame:
    """ReadLocations, a row per distinct text, sorted; ``area_codes`` joined by spaces."""
    distinct = sorted({text for text in texts if text})
    found = [(text, locator.read(text)) for text in distinct]
    rows = [
        (text, place.status, " ".join(place.kinds), " ".join(place.area_codes), place.in_usa)
        for text, place in found
    ]
    return as_table(
        pd.DataFrame(rows, columns=["location", "status", "kinds", "area_codes", "in_usa"]), ReadLocations
    )


def _summary(found: list[Place]) -> Location:
    kinds = {place.kind for place in found}
    codes = {place.area_code for place in found if place.area_code}
    known = {place.in_usa for place in found}
    in_usa = True if True in known else None if None in known and "abroad" not in kinds else False
    order = [kind for kind in KINDS if kind in kinds]
    if order[0] == "remote" and "abroad" in kinds and "usa" not in kinds:
        order = ["abroad", *(kind for kind in order if kind != "abroad")]
    return Location(order[0], tuple(order), tuple(sorted(codes)), in_usa)


def _without_less_exact(found: list[Place]) -> list[Place]:
    """A state or nation beside a city of the same segment only says where the city is."""
    exact = [place for place in found if place.kind not in ("usa", "unknown")]
    return exact or found


def _in_region_abroad(words: list[Word], at: int) -> int:
    """How many words from ``at`` on name a place abroad with a region's code like a state's: Joinville, SC, Brazil."""
    if len(words) < at + 3:
        return 0
    city, region, country = words[at : at + 3]
    if not (region.state_is_code and country.country):
        return 0
    if any(place.state == region.state for options in country.places for place in options):
        return 0
    return 3 if country.country in city.abroad or not city.means_something else 0


def _countries_of(found: list[Place]) -> list[Place]:
    """What places say of the country alone."""
    said = {place.in_usa for place in found}
    in_usa = [Place("usa")] * (True in said)
    return in_usa or [Place("abroad", in_usa=False)] * (False in said)


def _countries(words: list[Word]) -> set[str]:
    return {word.country for word in words if word.country}


def _size(place: UsPlace) -> int:
    return place.population
