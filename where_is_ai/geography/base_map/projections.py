"""Laying the earth flat: the composite Albers map of the USA and the Natural Earth map of the world.

A projection takes longitude and latitude in degrees and gives metres on a plane, y pointing north.
"""

from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np
from pyproj import Transformer

from where_is_ai.geography.base_map.shapes import SEAM


class Projection(Protocol):
    def __call__(self, lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Metres east and north on the plane."""
        ...


@dataclass(frozen=True)
class Inset:
    """A part of the USA that is moved next to the lower 48: its own Albers plane, scale and place (metres)."""

    name: str
    plane: str
    west: float
    south: float
    east: float
    north: float
    scale: float
    x: float
    y: float

    def holds(self, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
        return (lon >= self.west) & (lon <= self.east) & (lat >= self.south) & (lat <= self.north)


LOWER_48 = "+proj=aea +lat_1=29.5 +lat_2=45.5 +lat_0=37.5 +lon_0=-96"
#: Alaska is drawn at 0.35 of the scale of the rest and Puerto Rico at 1.4; each is equal-area in itself.
INSETS = (
    Inset("Alaska", "+proj=aea +lat_1=55 +lat_2=65 +lat_0=62 +lon_0=-154",
          -180, 50, -129, 72, 0.35, -1_900_000, -1_290_000),
    Inset("Hawaii", "+proj=aea +lat_1=19 +lat_2=22 +lat_0=20.5 +lon_0=-157.5",
          -161, 18, -154, 23, 1.0, -1_080_000, -1_370_000),
    Inset("Puerto Rico", "+proj=aea +lat_1=18 +lat_2=18.5 +lat_0=18.2 +lon_0=-66.4",
          -68, 17, -65, 19, 1.4, 2_060_000, -1_440_000),
)  # fmt: skip


def usa_composite(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Albers equal-area of the lower 48, with Alaska, Hawaii and Puerto Rico moved beside them."""
    lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    x, y = _plane(LOWER_48).transform(lon, lat)
    x, y = np.asarray(x), np.asarray(y)
    for inset in INSETS:
        here = inset.holds(lon, lat)
        own_x, own_y = _plane(inset.plane).transform(lon, lat)
        x = np.where(here, inset.x + inset.scale * np.asarray(own_x), x)
        y = np.where(here, inset.y + inset.scale * np.asarray(own_y), y)
    return x, y


def natural_earth(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Natural Earth, centred so that the edge runs through the Bering Strait."""
    lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    east = np.where(lon < SEAM, lon + 360, lon)
    # One hair inside the edge: exactly on it, a point may land on either side of the map.
    offset = np.clip(east - (SEAM + 180), -179.999, 179.999)
    x, y = _plane("+proj=natearth +lon_0=0").transform(offset, lat)
    return np.asarray(x), np.asarray(y)


@cache
def _plane(definition: str) -> Transformer:
    return Transformer.from_crs("EPSG:4326", definition, always_xy=True)
