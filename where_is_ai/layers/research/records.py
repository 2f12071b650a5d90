"""Records of OpenAlex's answers: what is read of each, and what was off with it.

The border is the record. One that can't be told from others or counted is set aside, a field that is off is taken as
not given, and both are said in ResearchTroubles; the other records are read.
"""

import json
import re
from dataclasses import dataclass, field

import pandas as pd

from where_is_ai.characters import is_writable, writable
from where_is_ai.json_records import Record, is_count, is_number
from where_is_ai.layers.research.schema import ResearchTroubles
from where_is_ai.tables import as_table

# More than OpenAlex has works of all kinds.
MOST_WORKS = 1_000_000_000
LONGEST_NAME = 500
# The longest name of a town has fewer; one that is longer is none.
LONGEST_CITY = 200
# Answers of one run are minutes or days apart and counts move daily: only what is further out is impossible.
DRIFT_SHARE, DRIFT_WORKS = 0.1, 10
_LONGEST_SHOWN = 80
_ID = re.compile(r"(?:https://openalex\.org/)?(I[0-9]{1,15})")
_GEONAMES_ID = re.compile(r"[0-9]{1,12}")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
SET_ASIDE, NOT_GIVEN = "set aside", "taken as not given"


@dataclass
class Troubles:
    """Gathers what was off with records, a row each."""

    rows: list[tuple] = field(default_factory=list)

    def add(
        self,
        record: str,
        name: str | None,
        concerns: str,
        trouble: str,
        consequence: str,
        value: object,
        url: str,
    ) -> None:
        self.rows.append((record, name, concerns, trouble, consequence, shown(value), url))

    def table(self) -> pd.DataFrame:
        """ResearchTroubles, in the order of the answers, each trouble once."""
        rows = pd.DataFrame(self.rows, columns=list(ResearchTroubles.to_schema().columns))
        return as_table(rows.drop_duplicates(ignore_index=True), ResearchTroubles)


@dataclass(frozen=True)
class Group:
    """An institution's works by a grouped answer; ``works`` None where its count is none."""

    institution_id: str
    name: str | None
    works: int | None


def institution_id(value: object) -> str:
    """``I136199984`` of an institution's id or address; empty where it is neither."""
    understood = _ID.fullmatch(value) if isinstance(value, str) else None
    return understood[1] if understood else ""


def shown(value: object) -> str:
    """A value as its answer writes it, shortened."""
    try:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        text = type(value).__name__
    text = writable(text)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def is_beyond(part: object, whole: object) -> object:
    """Whether ``part`` is more than ``whole``, of which it is a part, by more than counts move between two answers."""
    return part > whole * (1 + DRIFT_SHARE) + DRIFT_WORKS


def read_group(group: object, concerns: str, most: int, url: str, troubles: Troubles) -> Group | None:
    """A group of a grouped answer that counts ``most`` works in all; None where its institution can't be told."""
    fields = Record(group)
    key, count = fields.given("key"), fields.given("count")
    own, named = institution_id(key), fields.given("key_display_name")
    name = _name(named, LONGEST_NAME)
    if not own:
        trouble = "no institution" if key in ("unknown", None) else "id is not of the form I123"
        troubles.add(shown(key), name, concerns, trouble, SET_ASIDE, group, url)
        return None
    if isinstance(named, str) and not is_writable(named):
        troubles.add(own, name, "institution", _UNWRITABLE, "replaced", named, url)
    if not is_count(count, MOST_WORKS):
        trouble = "count is no whole number of works"
    elif count > most:
        trouble = f"counts more works than the whole answer ({most:,})"
    else:
        return Group(own, name, count)
    troubles.add(own, name, concerns, trouble, SET_ASIDE, count, url)
    return Group(own, name, None)


def read_place(institution: object, url: str, troubles: Troubles) -> dict | None:
    """Where an institution is and what it is, from OpenAlex's object of it; None where it has no id.

    A dict of institution_id, display_name, type, city, country_code, lat, lon, works_count, parents (ids joined by
    ``|``), region and geonames_city_id, each None where it is not given or off.
    """
    fields = Record(institution)
    own = institution_id(fields.given("id"))
    name = _name(fields.text("display_name"), LONGEST_NAME)
    if not own:
        id_ = shown(fields.given("id"))
        troubles.add(id_, name, "place", "id is not of the form I123", SET_ASIDE, institution, url)
        return None
    off: dict[str, tuple[str, object]] = {}
    geo = fields.part("geo")
    lat, lon = _point(geo, off)
    place = {
        "institution_id": own,
        "display_name": name,
        "type": _name(fields.text("type"), LONGEST_CITY),
        "city": _city(geo.given("city"), off),
        "country_code": _country(geo.given("country_code"), off)
        or _country(fields.given("country_code"), off),
        "lat": lat,
        "lon": lon,
        "works_count": _works_count(fields.given("works_count"), off),
        "parents": _parents(fields.given("lineage"), own, off),
        "region": _name(geo.given("region"), LONGEST_CITY),
        "geonames_city_id": _geonames_id(geo.given("geonames_city_id"), off),
    }
    for wrong in fields.wrong:
        concerns = wrong.split(" ")[0]
        off[concerns] = (wrong, fields.given(concerns))
    for concerns, (trouble, value) in off.items():
        consequence = _CONSEQUENCES.get(trouble, NOT_GIVEN)
        troubles.add(own, name, concerns, trouble, consequence, value, url)
    return place


_LOWER_CASE = "country code in lower case"
_UNWRITABLE = "characters that can't be written"
_CONSEQUENCES = {_LOWER_CASE: "read in capitals", _UNWRITABLE: "replaced"}
Off = dict[str, tuple[str, object]]


def _name(value: object, longest: int) -> str | None:
    """One line of text; None where there is none."""
    if not isinstance(value, str):
        return None
    return " ".join(writable(value).split())[:longest] or None


def _city(value: object, off: Off) -> str | None:
    city = _name(value, LONGEST_CITY + 1)
    if value is not None and city is None:
        off["city"] = ("city is no text", value)
    if city and not is_writable(value):
        off["city"] = (_UNWRITABLE, value)
    if city and len(city) > LONGEST_CITY:
        off["city"] = (f"city is longer than {LONGEST_CITY} letters", value)
        return None
    return city


def _country(value: object, off: Off) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _COUNTRY.fullmatch(value.strip()):
        off["country_code"] = ("country code is not two letters", value)
        return None
    code = value.strip().upper()
    if code != value:
        off["country_code"] = (_LOWER_CASE, value)
    return code


def _point(geo: Record, off: Off) -> tuple[float | None, float | None]:
    """Latitude and longitude, both or neither; 0, 0 is in the Gulf of Guinea, where no institution is."""
    lat, lon = geo.given("latitude"), geo.given("longitude")
    if lat is None and lon is None:
        return None, None
    if is_number(lat) and is_number(lon) and abs(lat) <= 90 and abs(lon) <= 180 and (lat or lon):
        return lat, lon
    off["lat, lon"] = ("coordinates are no place on Earth", [lat, lon])
    return None, None


def _geonames_id(value: object, off: Off) -> str | None:
    written = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if written is None or (isinstance(written, str) and _GEONAMES_ID.fullmatch(written)):
        return written
    off["geonames_city_id"] = ("GeoNames id is no number", value)
    return None


def _works_count(value: object, off: Off) -> int | None:
    if value is None or is_count(value, MOST_WORKS):
        return value
    off["works_count"] = ("count is no whole number of works", value)
    return None


def _parents(value: object, own: str, off: Off) -> str | None:
    names = [institution_id(each) for each in value] if isinstance(value, list) else []
    if (value is not None and not isinstance(value, list)) or "" in names:
        off["lineage"] = ("lineage is no list of ids", value)
    return "|".join(dict.fromkeys(name for name in names if name not in ("", own))) or None
