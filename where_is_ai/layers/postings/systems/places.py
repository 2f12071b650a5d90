"""Places as systems give them, put into words that a Locator reads."""

import re
from collections.abc import Iterable

from where_is_ai.geography.location_words import FULLY_REMOTE, segments
from where_is_ai.json_records import Record

_REMOTE_TITLE = re.compile(
    r"(?:^|[(\[–—,|]|\s-)\s*(?:(?:fully|100 ?%) )?remote(?:[ -](?:us|usa|u\.s\.|only|based|work|role|position))?"
    r"\s*(?:[)\],|–—]|\s-|$)",
    re.IGNORECASE,
)


def listed(places: Iterable[str]) -> str:
    """Each place once, joined as lists of places are."""
    return "; ".join(dict.fromkeys(place for place in places if place))


def joined(part: Record, *names: str) -> str:
    """The texts of some fields as one place: City, Region, Country."""
    return ", ".join(dict.fromkeys(text for name in names if (text := part.text(name).strip())))


def fully_remote(address: str) -> str:
    """``address`` as that of a job to be done from anywhere: its places say which country, and no metro."""
    return listed(f"{FULLY_REMOTE}, {place}" for place in segments(address)) or FULLY_REMOTE


def says_remote(title: str) -> bool:
    """Whether a title ends or begins with "Remote" by itself: "Engineer (Remote)", and no "Remote Sensing"."""
    return _REMOTE_TITLE.search(title) is not None and "hybrid" not in title.lower()
