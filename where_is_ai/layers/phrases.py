"""Phrases that several layers say of a metro, from a row of their table."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from where_is_ai.columns import UNKNOWN, Column
from where_is_ai.layers.layer import Row


def between(columns: Mapping[str, Column], row: Row, column: str, what: str) -> str:
    """What bounds a number; nothing where its bounds are not known or only repeat it."""
    low, high = row.get(f"{column}_low"), row.get(f"{column}_high")
    if low is None or pd.isna(low) or low == high:
        return ""
    least, most = columns[f"{column}_low"].text(low), columns[f"{column}_high"].text(high)
    return (
        f"At least {least} {what}, at most unknown" if pd.isna(high) else f"Between {least} and {most} {what}"
    )


def rank_range(row: Row) -> str:
    """The range of a rank over the sampling error, in brackets; nothing where it is not known.

    What is not published is not in it: which ranks are possible at all is wider.
    """
    low, high = row.get("rank_low"), row.get("rank_high")
    if low is None or pd.isna(low) or pd.isna(high):
        return ""
    within = f"{low} to {high}" if low != high else "the same"
    return f" ({within} if sampling error alone is counted)"


def rank_in_brackets(rank: object) -> str:
    """`` (rank 3)``, after a number; nothing where there is no rank."""
    return f" (rank {rank})" if pd.notna(rank) else ""


def bigger_is_more(measure: str) -> str:
    """What a map with circles says of its measure."""
    return f"{measure}. A bigger circle indicates more"


def known_lines(*lines: str) -> tuple[str, ...]:
    """The lines that say something: neither empty nor with an unknown number in them."""
    return tuple(line for line in lines if line and UNKNOWN not in line)


def changed(what: str, since: str, until: str, by: float, amount: str) -> str:
    """ "From 2026-Q1 to 2026-Q2 AI papers rose by 30"; ``amount`` is ``by`` without its sign, as people read it."""
    if not by:
        return f"From {since} to {until} {what} did not change"
    return f"From {since} to {until} {what} {'rose' if by > 0 else 'fell'} by {amount}"


def number(value: object) -> float | None:
    """A value of a row as a point of a trend has it."""
    return None if pd.isna(value) else float(value)


def listed(words: Sequence[str]) -> str:
    """ "a, b and c"."""
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def month(release: str) -> str:
    """``2025-05`` as May 2025."""
    return f"{date.fromisoformat(release + '-01'):%B %Y}"


def day(iso: str) -> str:
    """``2026-05-06`` as 6 May 2026."""
    return f"{date.fromisoformat(iso):%-d %B %Y}"
