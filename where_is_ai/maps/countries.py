"""Country names for ISO 3166 codes, as English-language newspapers write them."""

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

#: Where two codes share a map, the larger one has to say what it leaves out.
APART = {"CN": ("mainland China", {"HK", "MO"})}


def country_names(codes: Iterable[str]) -> dict[str, str]:
    """A name for each two-letter code; China is "mainland China" where Hong Kong or Macao is listed apart."""
    present = {code for code in codes if isinstance(code, str)}
    return {
        code: APART[code][0] if code in APART and present & APART[code][1] else _names().get(code, code)
        for code in present
    }


@cache
def _names() -> dict[str, str]:
    with Path(__file__).with_name("countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["alpha_2"]: row["name"] for row in csv.DictReader(file)}
