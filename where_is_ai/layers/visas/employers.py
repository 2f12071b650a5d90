"""Employers told apart by their names, which are written with and without commas and legal forms."""

import re

import pandas as pd

FEWEST_NAMED = 3
_FORMS = "incorporated|inc|corporation|corp|company|co|limited|ltd|llc|l l c|llp|lp|plc|pc|pllc"
_ENDS = re.compile(rf"(?: (?:{_FORMS}))+$")


def employer_keys(names: pd.Series) -> pd.Series:
    """A key for each name, the same for ``GOOGLE, LLC`` and ``Google LLC``; NA where there is no name."""
    plain = names.str.lower().str.replace(r"[.']", "", regex=True).str.replace(r"[^a-z0-9]+", " ", regex=True)
    keys = plain.str.strip().str.replace(_ENDS, "", regex=True)
    return keys.where(keys.str.len() > 0, plain.str.strip()).where(names.notna())
