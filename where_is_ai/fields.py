"""Columns that many models have, each described once: points, ranks, counts, rates and shares."""

from typing import Any

from where_is_ai.columns import column

RANK = "rank, 1 is highest"
DEGREES = "degrees (WGS 84)"


def latitude(description: str = "Degrees north, WGS 84") -> Any:
    return column(description, unit=DEGREES, decimals=5, nullable=True, ge=-90, le=90)


def longitude(description: str = "Degrees east, WGS 84") -> Any:
    return column(description, unit=DEGREES, decimals=5, nullable=True, ge=-180, le=180)


def rank(description: str, heading: str = "", nullable: bool = True) -> Any:
    return column(description, heading=heading, unit=RANK, nullable=nullable, ge=1)


def count(description: str, unit: str, heading: str = "", least: int = 0, nullable: bool = False) -> Any:
    """A number of things; ``unit`` says of which."""
    return column(description, heading=heading, unit=unit, nullable=nullable, ge=least)


def rate(description: str, unit: str, decimals: int, heading: str = "", nullable: bool = True) -> Any:
    """A number that is not negative, in ``unit``; its name or description says of what it is a part."""
    return column(description, heading=heading, unit=unit, decimals=decimals, nullable=nullable, ge=0)


def margin(description: str, unit: str, heading: str = "") -> Any:
    """How far a count in ``unit`` may be off, either way: files have a decimal, people read it as whole as that."""
    return column(description, heading=heading, unit=unit, decimals=1, decimals_read=0, nullable=True, ge=0)


def share_pct(description: str, heading: str = "", decimals: int = 2) -> Any:
    """A part of a whole in percent, from 0 to 100; unknown where there is no whole."""
    return column(
        description, heading=heading, unit="percent", decimals=decimals, nullable=True, ge=0, le=100
    )


def reason(description: str, heading: str = "") -> Any:
    """Why something is so; empty where there is nothing to explain, on pages too."""
    return column(description, heading=heading, unknown="", nullable=True)
