"""Windows on the base map: which part of the earth a panel shows, and where a place falls in it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from where_is_ai.geography.base_map import projections, shapes
from where_is_ai.maps.geometry import Box


@dataclass(frozen=True)
class View:
    """A window of the plane: the extent in metres (west, south, east, north) and how points come there."""

    areas: Callable[[], tuple[shapes.Area, ...]]
    project: projections.Projection
    west: float
    south: float
    east: float
    north: float

    def pixels(self, lon: np.ndarray, lat: np.ndarray, box: Box) -> tuple[np.ndarray, np.ndarray]:
        """Where places fall when the window fills a box of the canvas, at one scale in both directions."""
        x, y = self.project(lon, lat)
        scale = min(box.width / (self.east - self.west), box.height / (self.north - self.south))
        centre_x, centre_y = box.centre
        return (
            centre_x + (x - (self.west + self.east) / 2) * scale,
            centre_y - (y - (self.south + self.north) / 2) * scale,
        )

    def land(self, box: Box) -> str:
        """The land in the window as one SVG path in the canvas's pixels."""
        rings = (self.pixels(ring[:, 0], ring[:, 1], box) for area in self.areas() for ring in area.rings)
        near = box.grown(40)
        return "".join(_path(x, y) for x, y in rings if _touches(x, y, near))


def _touches(x: np.ndarray, y: np.ndarray, box: Box) -> bool:
    return Box(x.min(), y.min(), x.max(), y.max()).overlaps(box)


def _path(x: np.ndarray, y: np.ndarray) -> str:
    points = [f"{px:.1f},{py:.1f}" for px, py in zip(x[:-1], y[:-1], strict=True)]
    return f"M{'L'.join(points)}Z"


def around(
    areas: Callable, project: projections.Projection, lon: tuple[float, float], lat: tuple[float, float]
) -> View:
    """The window that just holds a stretch of longitudes and latitudes."""
    edge_lon, edge_lat = (axis.ravel() for axis in np.meshgrid(np.linspace(*lon, 40), np.linspace(*lat, 40)))
    x, y = project(edge_lon, edge_lat)
    return View(areas, project, x.min(), y.min(), x.max(), y.max())


USA = View(shapes.usa, projections.usa_composite, -2_520_000, -1_600_000, 2_360_000, 1_580_000)
WORLD = around(shapes.world, projections.natural_earth, (shapes.SEAM, shapes.SEAM + 360), (-56, 75))
EAST_ASIA = around(shapes.world, projections.natural_earth, (100, 142), (19, 47))
EUROPE = around(shapes.world, projections.natural_earth, (-11, 27), (36, 61))
