"""Finding the place that a person means among the names of a table."""

import difflib
import re
from collections.abc import Callable

import pandas as pd

from where_is_ai.errors import UsageError
from where_is_ai.geography.gazetteer.names import key_of
from where_is_ai.geography.gazetteer.read import read_gazetteer
from where_is_ai.geography.places import first_city, plain

SHOWN = 10


class NoSuchPlace(UsageError):
    """No name fits."""


def find(place: str, names: pd.Series) -> str:
    """The one of ``names`` that ``place`` means: a whole name, a first city, any city of it, or part of it.

    What people call a metro of the USA (NYC, Twin Cities, DFW) is its city. ``names`` is indexed by ids, which count as
    names too; gives the id. Raises UsageError where several names fit as well, listing them, or none does, listing the
    nearest.
    """
    sought = plain(place)
    known = names[~names.index.duplicated()].map(plain)
    *strict, loosest = _tests(sought)
    for fits in (*strict, _usual_name(sought), loosest):
        found = names[~names.index.duplicated()][fits(known)]
        if len(found) == 1:
            return found.index[0]
        if len(found):
            raise UsageError(
                f"{place!r} may be any of {_listed(found)}.", "Write more of the name, or the id in brackets."
            )
    raise NoSuchPlace(f"{place!r} is none of the places in the table.", _nearest(place, names, known))


def abbreviated(place: str, names: pd.Series) -> pd.Series:
    """Those of ``names`` that ``place`` abbreviates (MIT), or that hold its abbreviation (SF for San Francisco)."""
    sought, short = plain(place), _initials(place)
    # What follows a comma are states: any misspelt "Nwe York" would stand for all of NY.
    words = names.map(plain).str.split(",").str[0].str.split(r"\W+", regex=True)
    held = words.map(lambda parts: len(short) > 1 and short in parts)
    return names[(names.map(_initials) == sought) | held]


def _initials(name: str) -> str:
    return plain("".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper()))


def _tests(sought: str) -> tuple[Callable[[pd.Series], pd.Series], ...]:
    """From the strictest sense in which a name can be meant to the loosest."""
    return (
        lambda known: (known == sought) | (known.index.astype("str").str.casefold() == sought),
        lambda known: first_city(known) == sought,
        lambda known: known.str.split(r"--|-|/|, ", regex=True).map(lambda parts: sought in parts),
        lambda known: known.str.contains(sought, regex=False),
    )


def _usual_name(sought: str) -> Callable[[pd.Series], pd.Series]:
    """Names whose first city is the one that ``sought`` is the usual name of, in its state where names have one."""
    city, state = read_gazetteer().areas.get(key_of(sought), ("", ""))

    def fits(known: pd.Series) -> pd.Series:
        of_city = known[first_city(known).map(key_of) == city] if city else known.head(0)
        of_state = of_city[of_city.str.contains(rf", (?:\w\w-)*{state.casefold()}(?:-|$)")]
        return known.index.isin((of_city if of_state.empty else of_state).index)

    return fits


def _listed(found: pd.Series) -> str:
    shown = [f"{name} [{key}]" for key, name in found.head(SHOWN).items()]
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return "; ".join(shown) + more


def _nearest(place: str, names: pd.Series, known: pd.Series) -> str:
    unique, sought = names[~names.index.duplicated()], plain(place)
    if len(meant := abbreviated(place, unique)):
        return f"It may stand for {_listed(meant)}."
    forms = pd.concat([known, first_city(known)])
    near = difflib.get_close_matches(sought, forms.unique(), n=3, cutoff=0.5)
    keys = forms[forms.isin(near)].index.unique()
    return f"The nearest are {_listed(unique.loc[keys])}." if len(keys) else "Look into the published table."
