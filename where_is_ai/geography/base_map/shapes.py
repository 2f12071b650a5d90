"""The land that the maps draw: rings of longitude and latitude, read once."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

DATA = Path(__file__).parent

#: Longitude at which the world is cut open: the Bering Strait, so that no country is torn apart.
SEAM = -169.0


@dataclass(frozen=True)
class Area:
    """A state or country: its code (FIPS or ISO 3166 numeric, None where it has none), name and rings.

    A ring is an (n, 2) array of longitude and latitude in degrees; holes are rings too.
    """

    code: str | None
    name: str
    rings: tuple[np.ndarray, ...]


@cache
def usa() -> tuple[Area, ...]:
    """The 50 states, the District of Columbia and Puerto Rico."""
    return _read(DATA / "usa.geojson")


@cache
def world() -> tuple[Area, ...]:
    """The countries, without Antarctica; longitudes run from -169 to 191 (see SEAM)."""
    return _read(DATA / "world.geojson")


def _read(path: Path) -> tuple[Area, ...]:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return tuple(
        Area(
            feature["properties"]["id"],
            feature["properties"]["name"],
            tuple(np.array(ring) for polygon in feature["geometry"]["coordinates"] for ring in polygon),
        )
        for feature in features
    )
