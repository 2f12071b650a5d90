"""Windows on the base map: which part of the earth a panel shows, and where a place falls in it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from where_is_ai.geography.base_map import projections, shapes
from where_is_ai.maps.geometry import Box


@dataclass(frozen=True)
class Plane:
    """The land of a part of the earth on a plane in metres, and how places come there.

    ``grain`` is how many metres a page's one outline of it can tell apart.
    """

    name: str
    areas: Callable[[], tuple[shapes.Area, ...]]
    project: projections.Projection
    grain: float

    def outline(self, areas: Iterable[shapes.Area] | None = None) -> str:
        """Areas, by default all land, as one SVG path of steps in whole grains, x to the east and y to the south."""
        rings = (
            self.project(ring[:, 0], ring[:, 1])
            for area in (self.areas() if areas is None else areas)
            for ring in area.rings
        )
        return "".join(_steps(np.rint(x / self.grain), np.rint(-y / self.grain)) for x, y in rings)


@dataclass(frozen=True)
class View:
    """A window of a plane: its extent in metres (west, south, east, north)."""

    plane: Plane
    west: float
    south: float
    east: float
    north: float

    def pixels(self, lon: np.ndarray, lat: np.ndarray, box: Box) -> tuple[np.ndarray, np.ndarray]:
        """Where places fall when the window fills a box of the canvas, at one scale in both directions."""
        x, y = self.plane.project(lon, lat)
        scale = self._scale(box)
        centre_x, centre_y = box.centre
        return (
            centre_x + (x - (self.west + self.east) / 2) * scale,
            centre_y - (y - (self.south + self.north) / 2) * scale,
        )

    def width_at(self, height: float) -> float:
        """How wide a box of that height is which the window just fills."""
        return height * (self.east - self.west) / (self.north - self.south)

    def matrix(self, box: Box) -> tuple[float, float, float]:
        """Pixels of the canvas per grain of the plane when the window fills the box, and where its origin is."""
        scale = self._scale(box)
        centre_x, centre_y = box.centre
        x, y = (self.west + self.east) / 2, (self.south + self.north) / 2
        return scale * self.plane.grain, centre_x - x * scale, centre_y + y * scale

    def _scale(self, box: Box) -> float:
        return min(box.width / (self.east - self.west), box.height / (self.north - self.south))

    def land(self, box: Box) -> str:
        """The land in the window as one SVG path in the canvas's pixels."""
        return "".join(self.outline(area, box) for area in self.plane.areas())

    def outline(self, area: shapes.Area, box: Box) -> str:
        """One area in the window, likewise."""
        rings = (self.pixels(ring[:, 0], ring[:, 1], box) for ring in area.rings)
        near = box.grown(40)
        return "".join(_path(x, y) for x, y in rings if _touches(x, y, near))


def _touches(x: np.ndarray, y: np.ndarray, box: Box) -> bool:
    return Box(x.min(), y.min(), x.max(), y.max()).overlaps(box)


def _path(x: np.ndarray, y: np.ndarray) -> str:
    points = [f"{px:.1f},{py:.1f}" for px, py in zip(x[:-1], y[:-1], strict=True)]
    return f"M{'L'.join(points)}Z"


def _steps(x: np.ndarray, y: np.ndarray) -> str:
    """A ring of whole numbers, without the points that fall together; nothing where fewer than three are left."""
    points = np.column_stack([x, y]).astype(int)
    points = points[np.append(True, np.any(np.diff(points, axis=0) != 0, axis=1))]
    if len(points) > 1 and (points[0] == points[-1]).all():
        points = points[:-1]
    if len(points) < 3:
        return ""
    (first_x, first_y), steps = points[0], np.diff(points, axis=0)
    return f"M{first_x} {first_y}l{' '.join(f'{dx} {dy}' for dx, dy in steps).replace(' -', '-')}z"


def around(plane: Plane, lon: tuple[float, float], lat: tuple[float, float]) -> View:
    """The window that just holds a stretch of longitudes and latitudes."""
    edge_lon, edge_lat = (axis.ravel() for axis in np.meshgrid(np.linspace(*lon, 40), np.linspace(*lat, 40)))
    x, y = plane.project(edge_lon, edge_lat)
    return View(plane, x.min(), y.min(), x.max(), y.max())


STATES = Plane("usa", shapes.usa, projections.usa_composite, 1_000)
EARTH = Plane("world", shapes.world, projections.natural_earth, 5_000)
PLANES = {plane.name: plane for plane in (STATES, EARTH)}

USA = View(STATES, -2_520_000, -1_600_000, 2_360_000, 1_580_000)
# With sea enough in the east for the names of the coast.
USA_UPRIGHT = View(STATES, -2_500_000, -1_600_000, 2_700_000, 1_580_000)
# And with sea for the values of its states too.
USA_UPRIGHT_WITH_VALUES = View(STATES, -2_440_000, -1_600_000, 2_820_000, 1_580_000)
WORLD = around(EARTH, (shapes.SEAM, shapes.SEAM + 360), (-56, 75))
EAST_ASIA = around(EARTH, (100, 142), (19, 49))
EUROPE = around(EARTH, (-11, 27), (36, 63))
NORTH_AMERICA = around(EARTH, (-125, -66), (24, 54))
