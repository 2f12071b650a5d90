"""What readers see places called: short names by rule, states and countries written out."""

from collections.abc import Iterable
from functools import cache

import pandas as pd

from where_is_ai.geography.gazetteer.read import read_table
from where_is_ai.geography.places import first_city, first_state

#: Where two codes share a map, the larger one has to say what it leaves out.
APART = {"CN": ("mainland China", {"HK", "MO"})}

#: What has a postal code of its own and is no state.
NO_STATES = ("DC", "PR")


def short_us_names(titles: pd.Series) -> pd.Series:
    """The first city of each CBSA title, with its state where two share the city or it is called like another state."""
    cities, states = first_city(titles), first_state(titles)
    like_a_state = cities.isin(state_names_by_code().values()) & (cities != state_names(titles))
    with_state = (cities + ", " + states).fillna(titles)
    return cities.where(~(cities.duplicated(keep=False) | like_a_state), with_state)


def state_names(titles: pd.Series) -> pd.Series:
    """The first state of each CBSA title in words: ``Georgia``; empty where it names none."""
    codes = first_state(titles)
    return codes.map(state_names_by_code()).fillna(codes).fillna("")


def state_names_by_code() -> dict[str, str]:
    """Names of states, the District of Columbia and Puerto Rico by their postal code."""
    return _names("states.csv", "state")


def counted_states(codes: Iterable[str]) -> str:
    """How many states those with these postal codes are: "48 states, the District of Columbia and Puerto Rico"."""
    present = set(codes) & state_names_by_code().keys()
    others = [state_names_by_code()[code] for code in NO_STATES if code in present]
    number = len(present - set(NO_STATES))
    parts = [f"{number} state{'s' * (number != 1)}"] * bool(number or not others)
    parts += [f"the {name}" if name.startswith("District") else name for name in others]
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def short_world_names(metros: pd.Series, country_codes: pd.Series) -> pd.Series:
    """Each metro's name, with its country code where two share it."""
    return metros.where(~metros.duplicated(keep=False), metros + ", " + country_codes)


def country_name(code: str) -> str:
    """The name of one country."""
    return country_names([code])[code]


def country_names(codes: Iterable[str]) -> dict[str, str]:
    """For each two-letter code the name that English-language newspapers write.

    China is "mainland China" where Hong Kong or Macao is listed apart; an unknown code stays a code.
    """
    present = {code for code in codes if isinstance(code, str)}
    known = _names("countries.csv", "iso2")
    return {
        code: APART[code][0] if code in APART and present & APART[code][1] else known.get(code, code)
        for code in present
    }


@cache
def _names(table: str, key: str) -> dict[str, str]:
    rows = read_table(table)
    return dict(zip(rows[key], rows["name"], strict=True))
