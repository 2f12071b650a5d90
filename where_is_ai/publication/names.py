"""Finding the place that a person means among the names of a table."""

import difflib
import unicodedata
from collections.abc import Callable

import pandas as pd

from where_is_ai.errors import UsageError
from where_is_ai.geography.places import first_city

SHOWN = 10


def find(place: str, names: pd.Series) -> str:
    """The one of ``names`` that ``place`` means: a whole name, a first city, any city of it, or part of it.

    ``names`` is indexed by ids, which count as names too; gives the id. Raises UsageError where several names fit as
    well, listing them, or none does, listing the nearest.
    """
    sought = plain(place)
    known = names[~names.index.duplicated()].map(plain)
    for fits in _tests(sought):
        found = names[~names.index.duplicated()][fits(known)]
        if len(found) == 1:
            return found.index[0]
        if len(found):
            raise UsageError(
                f"{place!r} may be any of {_listed(found)}.", "Write more of the name, or the id in brackets."
            )
    raise UsageError(f"{place!r} is none of the places in the table.", _nearest(sought, names, known))


def plain(name: str) -> str:
    """A name without case and accents, to compare."""
    folded = unicodedata.normalize("NFKD", name.casefold().strip())
    return "".join(character for character in folded if not unicodedata.combining(character))


def _tests(sought: str) -> tuple[Callable[[pd.Series], pd.Series], ...]:
    """From the strictest sense in which a name can be meant to the loosest."""
    return (
        lambda known: (known == sought) | (known.index.astype("str").str.casefold() == sought),
        lambda known: first_city(known) == sought,
        lambda known: known.str.split(r"--|-|/|, ", regex=True).map(lambda parts: sought in parts),
        lambda known: known.str.contains(sought, regex=False),
    )


def _listed(found: pd.Series) -> str:
    shown = [f"{name} [{key}]" for key, name in found.head(SHOWN).items()]
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return "; ".join(shown) + more


def _nearest(sought: str, names: pd.Series, known: pd.Series) -> str:
    unique = names[~names.index.duplicated()]
    forms = pd.concat([known, first_city(known)])
    near = difflib.get_close_matches(sought, forms.unique(), n=3, cutoff=0.5)
    keys = forms[forms.isin(near)].index.unique()
    return f"The nearest are {_listed(unique.loc[keys])}." if len(keys) else "Look into the published table."
