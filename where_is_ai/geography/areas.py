"""From points to areas: the area that a point lies in, else the nearest within a stated distance."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Geod, Transformer

WGS84 = "EPSG:4326"
_ELLIPSOID = Geod(ellps="WGS84")
_BEARINGS = np.linspace(0.0, 360.0, 24, endpoint=False)
# A polygon around a circle touches what the circle touches if it is drawn a little larger.
_AROUND = 1.02
# A hair inside the date line, so that each edge of it stays on its own side of a map.
_WORLD = shapely.box(-180 + 1e-9, -90, 180 - 1e-9, 90)


@dataclass(frozen=True)
class Areas:
    """The areas of one geography. ``shapes`` has area_id, area, population (Int64, NA unknown) and geometry.

    Polygons in any coordinate system; or, where ``approximate`` is true, centroids in WGS 84 with ``radius_km``,
    the radius of the circle that is as large as the area.
    """

    name: str
    title: str
    shapes: gpd.GeoDataFrame
    approximate: bool = False


def areas_of(points: pd.DataFrame, areas: Areas, within_km: float) -> pd.DataFrame:
    """area_id, area and ``away_km`` for each of ``points`` (lat, lon in WGS 84), indexed as they are.

    A point in no polygon takes the nearest that is at most ``within_km`` from it; with centroids only, the nearest
    whose circle it lies in. NA where there is none, or no point.
    """
    located = points[["lat", "lon"]].astype("float64").dropna()
    pairs = _in_circle(located, areas) if areas.approximate else _in_polygon(located, areas, within_km)
    best = pairs.sort_values(["away_km", "area"], kind="stable").drop_duplicates("point")
    shape = areas.shapes.iloc[best["area"].to_numpy()]
    found = pd.DataFrame(
        {
            "area_id": shape["area_id"].to_numpy(),
            "area": shape["area"].to_numpy(),
            "away_km": best["away_km"].to_numpy(),
        },
        index=located.index[best["point"].to_numpy()],
    )
    return found.reindex(points.index).astype({"area_id": "str", "area": "str", "away_km": "Float64"})


def _in_polygon(located: pd.DataFrame, areas: Areas, within_km: float) -> pd.DataFrame:
    """Pairs of positions (point, area) with the kilometres between them: 0 inside."""
    shapes = areas.shapes.geometry.to_numpy()
    tree = shapely.STRtree(shapes)
    x, y = _projection(areas).transform(located["lon"].to_numpy(), located["lat"].to_numpy())
    point, area = tree.query(shapely.points(x, y), predicate="intersects")
    inside = pd.DataFrame({"point": point, "area": area, "away_km": 0.0})
    outside = np.setdiff1d(np.arange(len(located)), point)
    if not within_km or not len(outside):
        return inside
    lat, lon = (located[column].to_numpy()[outside] for column in ("lat", "lon"))
    circles, centre = _circles(lat, lon, within_km, areas)
    near, area = tree.query(circles, predicate="intersects")
    near, area = np.unique([centre[near], area], axis=1)
    away = _kilometres(lat[near], lon[near], shapes[area], areas)
    close = away <= within_km
    return pd.concat(
        [inside, pd.DataFrame({"point": outside[near], "area": area, "away_km": away})[close]],
        ignore_index=True,
    )


def _projection(areas: Areas) -> Transformer:
    return Transformer.from_crs(WGS84, areas.shapes.crs, always_xy=True)


def _circles(
    lat: np.ndarray, lon: np.ndarray, radius_km: float, areas: Areas
) -> tuple[np.ndarray, np.ndarray]:
    """Polygons around the points, in the areas' coordinate system, and the position of the point that each is around.

    The date line cuts a circle in two: the map of the areas has its two sides at opposite edges.
    """
    around = (len(lat), len(_BEARINGS))
    east, north, _ = _ELLIPSOID.fwd(
        np.repeat(lon, around[1]),
        np.repeat(lat, around[1]),
        np.tile(_BEARINGS, around[0]),
        np.full(around[0] * around[1], radius_km * 1000 * _AROUND),
    )
    beyond = np.round((np.repeat(lon, around[1]) - east) / 360) * 360
    whole = shapely.polygons(np.stack([east + beyond, north], axis=-1).reshape(*around, 2))
    west_of, east_of = (_moved(whole, turn) for turn in (360.0, -360.0))
    sides = shapely.intersection(np.stack([whole, west_of, east_of]), _WORLD)
    _, centre = np.nonzero(~shapely.is_empty(sides))
    project = _projection(areas).transform
    return shapely.transform(sides[~shapely.is_empty(sides)], project, interleaved=False), centre


def _moved(shapes: np.ndarray, degrees_east: float) -> np.ndarray:
    return shapely.transform(shapes, lambda corners: np.add(corners, (degrees_east, 0.0)))


def _kilometres(lat: np.ndarray, lon: np.ndarray, shapes: np.ndarray, areas: Areas) -> np.ndarray:
    """From each point to its shape, in a plane that is true to scale at the point.

    A map of the world is true to scale nowhere near its edges, so the shapes are brought to degrees and these to
    kilometres at the point's own latitude; within some tens of kilometres the error is below a percent.
    """
    corners, of = shapely.get_coordinates(shapes, return_index=True)
    back = Transformer.from_crs(areas.shapes.crs, WGS84, always_xy=True)
    east, north = back.transform(corners[:, 0], corners[:, 1])
    per_lon, per_lat = _kilometres_per_degree(lat)
    plane = np.column_stack(
        [((east - lon[of] + 180) % 360 - 180) * per_lon[of], (north - lat[of]) * per_lat[of]]
    )
    return shapely.distance(shapely.points(0.0, 0.0), shapely.set_coordinates(shapes.copy(), plane))


def _kilometres_per_degree(lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of longitude and of latitude, on the WGS 84 ellipsoid."""
    phi = np.radians(lat)
    bulge = 1 - _ELLIPSOID.es * np.sin(phi) ** 2
    radius_km = _ELLIPSOID.a / 1000
    east = np.radians(radius_km * np.cos(phi) / np.sqrt(bulge))
    north = np.radians(radius_km * (1 - _ELLIPSOID.es) / bulge**1.5)
    return east, north


def _in_circle(located: pd.DataFrame, areas: Areas) -> pd.DataFrame:
    """Pairs of positions (point, area) where the point lies in the area's circle, with the distance to its centroid."""
    shapes = areas.shapes
    radius = shapes["radius_km"].to_numpy(dtype="float64")
    x, y = shapes.geometry.x.to_numpy(), shapes.geometry.y.to_numpy()
    per_lon, per_lat = _kilometres_per_degree(y)
    wide, high = radius * _AROUND / np.maximum(per_lon, 1.0), radius * _AROUND / per_lat
    tree = shapely.STRtree(shapely.box(x - wide, y - high, x + wide, y + high))
    lon, lat = located["lon"].to_numpy(), located["lat"].to_numpy()
    # Boxes may reach beyond the date line, where the points of its other side are.
    turned = np.concatenate([lon, lon - 360, lon + 360])
    point, area = tree.query(shapely.points(turned, np.tile(lat, 3)), predicate="intersects")
    point %= max(len(lon), 1)
    _, _, metres = _ELLIPSOID.inv(lon[point], lat[point], x[area], y[area])
    pairs = pd.DataFrame({"point": point, "area": area, "away_km": metres / 1000})
    return pairs[pairs["away_km"].to_numpy() <= radius[area]]
