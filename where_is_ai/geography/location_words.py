"""A location as employers write it, cut into words that name places; what says remote or "2 locations" is set apart."""

import re
from dataclasses import dataclass

from where_is_ai.geography.gazetteer.names import key_of
from where_is_ai.geography.gazetteer.read import Gazetteer, UsPlace

NATION = set(
    map(
        key_of,
        (
            *(
                "US",
                "U.S.",
                "USA",
                "U.S.A.",
                "United States",
                "United States of America",
                "America",
                "Nationwide",
            ),
            *(
                "Continental US",
                "CONUS",
                "US Only",
                "USA Only",
                "Anywhere US",
                "Various US",
                "US Territories",
            ),
            *(
                "US West",
                "US East",
                "US Central",
                "US West Coast",
                "US East Coast",
                "West Coast",
                "East Coast",
            ),
            *(
                "Midwest",
                "Pacific Northwest",
                "Eastern US",
                "Western US",
                "Central US",
                "Eastern United States",
            ),
            *("Western United States", "Eastern Time", "Pacific Time", "Central Time", "Mountain Time"),
        ),
    )
)
UNNAMED = re.compile(
    r"^(\d+|multiple|various|several|many|all|other|different)\s+(\w+\s+)?(locations?|offices|sites|cities|vacanc\w+|places)\b"
    r"|^location negotiable|^(multiple|various|negotiable|tbd|n/?a|flexible|to be determined)$|^locations?$",
    re.IGNORECASE,
)
REMOTE = re.compile(
    r"\b(fully[ -])?(remote(ly)?|telework|tele-?commut\w+|work(ing)? from home|wfh|home[- ]?(based|office)|"
    r"virtual(ly)?|anywhere|distributed)\b"
    r"([ -](first|friendly|eligible|ok|okay|possible|optional|work|position|role|job|office|only|employee))*",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"\b(hybrid|on-?\s?site|in[- ]office|in[- ]person|flexible|preferred|hq|headquarters?|select locations|"
    r"flex|full[- ]time|primary location|location)\b",
    re.IGNORECASE,
)
_LITTLE_WORDS = re.compile(
    r"^(in|within|from|the|based|only|or|and|near|around|across|at|to|our)\s+|\s+(only|based|or|and|the)$",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"^(greater|metro|metropolitan|downtown|central)\s+|\s+(metro|metropolitan|area|region|offices?|campus|vicinity)$",
    re.IGNORECASE,
)
_BETWEEN_PLACES = re.compile(r"\s*(?:[;|•·\n\r]|\s+or\s+|\s+and\s+|\s+&\s+)\s*", re.IGNORECASE)
_BETWEEN_PARTS = re.compile(r"[,()\[\]:/]|\s[-–—]+\s|\s[-–—]|[–—]|[-]\s")
# Of whom a source says that they work from anywhere: the places beside it say which country, and no metro.
FULLY_REMOTE = "Fully remote"
_FULLY_REMOTE = re.compile(r"\b(fully|100 ?%|only)[ -]remote\b|\bremote[ -]only\b", re.IGNORECASE)
# A state's code that is a city's usual name where it stands alone, beside such names, or before that city's state.
_CITY_OR_STATE = {"LA": ("los angeles", "CA")}
_ZIP = re.compile(r"\b\d{5}(?:-\d{4})?(?:\.0)?\b")
_FEWEST_LETTERS_OF_A_NAME = 3


@dataclass(frozen=True)
class Word:
    """One name within a location and everything that it may mean.

    ``places`` are those of the USA by that name: more than one list where a name joins several (Dallas-Fort Worth).
    A state's code in small letters (or, in, me) is a state only after a city of that state.
    """

    text: str
    nation: bool = False
    state: str = ""
    state_is_code: bool = False
    code_in_small_letters: str = ""
    areas: tuple[str, ...] = ()
    places: tuple[tuple[UsPlace, ...], ...] = ()
    county: str = ""
    abroad: frozenset[str] = frozenset()
    largest_abroad: int = 0
    country: str | None = None

    @property
    def names_city(self) -> bool:
        return bool(self.places or self.county or self.abroad)

    @property
    def means_something(self) -> bool:
        says_state = bool(self.state or self.code_in_small_letters or self.areas)
        return self.names_city or self.nation or says_state or self.country is not None


def segments(text: str) -> list[str]:
    """The places that a location lists: ``Austin, TX; Remote`` → two."""
    return [part for part in _BETWEEN_PLACES.split(text) if part and part.strip()]


def is_fully_remote(segment: str) -> bool:
    """Whether a segment says that its job is remote wherever its place is."""
    return _FULLY_REMOTE.search(segment) is not None


def names_no_place(text: str) -> bool:
    """Whether a location says nothing of where: empty, "Hybrid", "Multiple Locations"; "Remote" says something."""
    return all(
        UNNAMED.search(part.strip()) or not re.search(r"\w", _NOISE.sub("", part)) for part in segments(text)
    )


class WordReader:
    """Cuts a segment into words and looks each up. ``county_names`` gives county FIPS codes by name and state code."""

    def __init__(self, gazetteer: Gazetteer, county_names: dict[tuple[str, str], str]):
        self._gazetteer = gazetteer
        self._county_names = county_names
        self._counties = {name for name, _ in county_names}

    def words(self, segment: str) -> list[Word]:
        """The words of a segment without what says remote or hybrid."""
        plain = _ZIP.sub(" ", _NOISE.sub(" ", REMOTE.sub(" , ", segment)))
        parts = [self._trimmed(part) for part in _BETWEEN_PARTS.split(plain)]
        words = [word for part in parts if part for word in self._split(part)]
        alone = len(words) == 1 and not REMOTE.search(segment)
        return [
            self._as_city(word, words[at + 1] if at + 1 < len(words) else None, alone)
            for at, word in enumerate(words)
        ]

    def _as_city(self, word: Word, after: Word | None, alone: bool) -> Word:
        """``word``, or the city that its code means here: LA alone, in ``LA, NYC`` and in ``LA, CA``."""
        city, state = _CITY_OR_STATE.get(word.text.strip().replace(".", ""), ("", ""))
        if city and (alone or (after and (after.state == state or after.areas))):
            places = tuple(place for place in self._gazetteer.places[city] if place.state == state)
            return Word(word.text, areas=(state,), places=(places,))
        return word

    def _trimmed(self, part: str) -> str:
        part = part.strip(" -–—.\t*#'\"")
        # "The" of The Villages is part of the name.
        while (shorter := _LITTLE_WORDS.sub("", part).strip()) != part and not self._look_up(part).places:
            part = shorter
        return part

    def _split(self, part: str) -> list[Word]:
        """``Austin TX`` and ``US-CA-San Francisco`` hold several words; a name that is known as it stands is one."""
        whole = self._look_up(part)
        if whole.means_something:
            return [whole]
        pieces = [piece for piece in part.split("-") if piece.strip()]
        if len(pieces) > 1:
            words = [self._look_up(piece.strip()) for piece in pieces]
            if any(word.nation or word.state or word.country is not None for word in (words[0], words[-1])):
                return words
            if all(word.places for word in words):
                return [Word(part, places=tuple(place for word in words for place in word.places))]
        return self._peeled(part) or [self._without_surroundings(part, whole)]

    def _peeled(self, part: str) -> list[Word]:
        """City and state without a comma between them, as many times as it takes (Mountain View CA USA)."""
        tokens = part.split()
        for length in (3, 2, 1):
            if len(tokens) <= length:
                continue
            last = self._look_up(" ".join(tokens[-length:]))
            rest = " ".join(tokens[:-length])
            if last.nation or last.state:
                return [*self._split(rest), last]
            first = self._look_up(" ".join(tokens[:length]))
            if first.nation:
                return [first, *self._split(" ".join(tokens[length:]))]
        return []

    def _without_surroundings(self, part: str, whole: Word) -> Word:
        """``Greater Boston`` and ``Chicago Area`` mean the metro of that city."""
        while (shorter := _AROUND.sub("", part)) != part:
            part = shorter
            if (found := self._look_up(part)).means_something:
                return found
        return whole

    def _look_up(self, part: str) -> Word:
        known, key = self._gazetteer, key_of(part)
        code = part.strip().replace(".", "")
        state_is_code = code in known.state_codes
        state = (
            code
            if state_is_code
            else known.states.get(key.removeprefix("state of ").removesuffix(" state"), "")
        )
        abroad = known.abroad.get(key, {})
        country = known.country_codes.get(code) if code.isupper() else None
        long_enough = len(key) >= _FEWEST_LETTERS_OF_A_NAME
        city, of_state = known.areas.get(key, ("", ""))
        if key in known.areas:
            places = tuple(place for place in known.places.get(city, []) if place.state == of_state)
            return Word(part, areas=(of_state,), places=(places,) if places else ())
        return Word(
            part,
            nation=key in NATION,
            state=state,
            state_is_code=state_is_code,
            code_in_small_letters=code.upper()
            if code.islower() and code.upper() in known.state_codes
            else "",
            places=(tuple(known.places[key]),) if long_enough and key in known.places else (),
            county=key if key in self._counties else "",
            abroad=frozenset(abroad) if long_enough else frozenset(),
            largest_abroad=max(abroad.values(), default=0),
            country=known.countries.get(key, country),
        )
