"""Where a state's circle stands: the centroid of its largest piece of land on the base map."""

from functools import cache

import numpy as np
import pandas as pd

from where_is_ai.geography.base_map import shapes
from where_is_ai.geography.names import state_names_by_code


def with_points(states: pd.DataFrame) -> pd.DataFrame:
    """``states`` with lat and lon in degrees by their postal code in ``state``; NA for what the base map lacks."""
    points = pd.DataFrame(
        [_centroid(state) for state in states["state"]], columns=["lon", "lat"], index=states.index
    )
    return states.assign(lon=points["lon"].astype("Float64"), lat=points["lat"].astype("Float64"))


@cache
def _centroid(state: str) -> tuple[float | None, float | None]:
    name = state_names_by_code().get(state)
    rings = [ring for area in shapes.usa() if area.name == name for ring in area.rings]
    if not rings:
        return None, None
    lon, lat = max(rings, key=lambda ring: abs(_doubled_area(ring).sum())).T
    cross = _doubled_area(np.column_stack([lon, lat]))
    weight = 3 * cross.sum()
    return (
        float(((lon[:-1] + lon[1:]) * cross).sum() / weight),
        float(((lat[:-1] + lat[1:]) * cross).sum() / weight),
    )


def _doubled_area(ring: np.ndarray) -> np.ndarray:
    """Twice the signed area of each edge of a closed ring with the origin."""
    return ring[:-1, 0] * ring[1:, 1] - ring[1:, 0] * ring[:-1, 1]
