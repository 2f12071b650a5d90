"""A small map that shows where a metro is: inline SVG, the same land for all metros of a geography."""

from collections.abc import Callable
from functools import cache

import numpy as np
from markupsafe import Markup, escape
from shapely import LineString

from where_is_ai.geography.base_map.projections import natural_earth, usa_composite
from where_is_ai.geography.base_map.shapes import Area, usa, world

WIDTH = 240
# Rings of a smaller box than this, in pixels, would be specks.
LEAST_PX = 4
TOLERANCE_PX = 0.6


def locator(name: str, lat: float | None, lon: float | None, in_usa: bool) -> Markup | str:
    """The USA or the world with a point at ``lat`` and ``lon``; nothing where these are not known."""
    if lat is None or lon is None:
        return ""
    land = _usa() if in_usa else _world()
    x, y = land.place(lon, lat)
    where = "the USA" if in_usa else "the world"
    return Markup(
        f'<svg class="locator" viewBox="0 0 {WIDTH} {land.height}" role="img" '
        f'aria-label="{escape(name)} on a map of {where}"><path d="{land.path}"/>'
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="5"/></svg>'
    )


class _Land:
    """Outlines laid flat and fitted into WIDTH, with relative moves of whole pixels: a path stays below 3 kB."""

    def __init__(self, areas: tuple[Area, ...], project: Callable):
        self._project = project
        rings = [np.column_stack(project(ring[:, 0], ring[:, 1])) for area in areas for ring in area.rings]
        every = np.concatenate(rings)
        self._west, self._north = every[:, 0].min(), every[:, 1].max()
        self._scale = (WIDTH - 2) / (every[:, 0].max() - self._west)
        self.height = round((self._north - every[:, 1].min()) * self._scale) + 2
        self.path = "".join(map(self._drawn, rings))

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        x, y = self._project(np.array([lon]), np.array([lat]))
        return float((x[0] - self._west) * self._scale + 1), float((self._north - y[0]) * self._scale + 1)

    def _drawn(self, ring: np.ndarray) -> str:
        points = np.column_stack(
            [(ring[:, 0] - self._west) * self._scale + 1, (self._north - ring[:, 1]) * self._scale + 1]
        )
        pixels = np.rint(LineString(points).simplify(TOLERANCE_PX).coords).astype(int)
        if np.ptp(pixels, axis=0).max() < LEAST_PX:
            return ""
        moves = np.diff(pixels, axis=0)
        moves = moves[np.any(moves != 0, axis=1)]
        steps = "".join(
            f"{x}{y:+d}" if number and x < 0 else f" {x}{y:+d}" for number, (x, y) in enumerate(moves)
        )
        return f"M{pixels[0, 0]} {pixels[0, 1]}l{steps.strip()}z"


@cache
def _usa() -> _Land:
    return _Land(usa(), usa_composite)


@cache
def _world() -> _Land:
    return _Land(world(), natural_earth)
