"""Owners and users as Epoch AI writes them: names with marks of confidence, ``Anthropic #confident, OpenAI #likely``.

A mark says how sure the name is. It says nothing of the capacity, which comes without an interval.
"""

import re
from collections.abc import Iterable

import pandas as pd

MARKS = ("confident", "likely", "speculative")
NO_MARK = "no mark"
_WRITTEN = re.compile(r"^(?P<name>.*) \((?P<mark>[^()]*)\)$")
_PARTY = re.compile(r"^(?P<name>.*?)\s*(?:#(?P<mark>\w+))?\s*$")


def parties(cell: str | None) -> list[tuple[str, str]]:
    """Names and marks of a cell, in its order; none where it is empty, which is unknown and not nobody."""
    if pd.isna(cell):
        return []
    found = [_PARTY.match(part.strip()) for part in cell.split(",") if part.strip()]
    return [(each["name"], each["mark"] or NO_MARK) for each in found if each and each["name"]]


def in_words(cell: str | None) -> str | None:
    """``Anthropic (confident); OpenAI (likely)``, of a cell as Epoch AI writes it; None where it names nobody."""
    return _listed(parties(cell))


def merged(texts: Iterable[str | None]) -> str | None:
    """One such list of several: each name once, with its most confident mark."""
    written = [part for text in texts if pd.notna(text) for part in text.split("; ")]
    return _listed([(each["name"], each["mark"]) for each in map(_WRITTEN.match, written) if each])


def _listed(named: Iterable[tuple[str, str]]) -> str | None:
    """Names that differ in capitals alone are one."""
    marks: dict[str, list[str]] = {}
    spelled: dict[str, str] = {}
    for name, mark in named:
        spelled.setdefault(name.casefold(), name)
        marks.setdefault(name.casefold(), []).append(mark)
    return "; ".join(f"{spelled[key]} ({min(given, key=_doubt)})" for key, given in marks.items()) or None


def _doubt(mark: str) -> int:
    return MARKS.index(mark) if mark in MARKS else len(MARKS)
