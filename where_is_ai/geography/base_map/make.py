"""Make the project's own base map from two npm packages of public-domain shapes.

    npm pack us-atlas@3 world-atlas@2      # unpack both
    python -m where_is_ai.geography.base_map.make us-atlas/states-10m.json world-atlas/countries-50m.json

us-atlas carries the US Census Bureau's cartographic boundaries (public domain), world-atlas carries Natural Earth
(public domain). Both come as TopoJSON. The shapes are simplified in an equal-area plane, so that a tolerance is
the same length everywhere, and as one coverage, so that neighbours keep a common border.
"""

import json
import sys
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import shapely
from shapely.affinity import translate
from shapely.geometry import box

from where_is_ai.files import write_text
from where_is_ai.geography.base_map.shapes import DATA, SEAM

# Territories without a metropolitan area: American Samoa, Guam, Northern Mariana Islands, Virgin Islands.
STATES_NOT_DRAWN = {"60", "66", "69", "78"}
COUNTRIES_NOT_DRAWN = {"Antarctica"}
PLANE = "+proj=aea +lat_1=29.5 +lat_2=45.5 +lat_0=37.5 +lon_0=-96"
WORLD_PLANE = "+proj=eck4 +lon_0=11"


def usa(topojson: Path) -> geopandas.GeoDataFrame:
    """The 50 states, the District of Columbia and Puerto Rico, to about 3 km (Hawaii and Puerto Rico 0.6 km)."""
    states = _read(topojson, "states")
    states = states[~states["id"].isin(STATES_NOT_DRAWN)]
    near = states["name"].isin(["Hawaii", "Puerto Rico"])
    alaska = states["name"] == "Alaska"
    parts = [
        _simplified(states[~near & ~alaska], PLANE, tolerance_m=2_800, smallest_km2=30),
        _simplified(_east_of_date_line(states[alaska]), PLANE, tolerance_m=9_000, smallest_km2=400),
        _simplified(states[near], PLANE, tolerance_m=700, smallest_km2=20),
    ]
    return geopandas.GeoDataFrame(pd.concat(parts), crs="EPSG:4326").sort_values("id")


def world(topojson: Path) -> geopandas.GeoDataFrame:
    """Countries without Antarctica, to about 12 km, cut in the Bering Strait instead of at 180 degrees."""
    countries = _read(topojson, "countries")
    countries = countries[~countries["name"].isin(COUNTRIES_NOT_DRAWN)].copy()
    countries["geometry"] = countries.geometry.map(_cut_at_seam)
    return _simplified(countries, WORLD_PLANE, tolerance_m=13_000, smallest_km2=250).sort_values("name")


def _read(topojson: Path, layer: str) -> geopandas.GeoDataFrame:
    shapes = geopandas.read_file(topojson, layer=layer).set_crs("EPSG:4326", allow_override=True)
    return shapes[["id", "name", "geometry"]]


def _east_of_date_line(shapes: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Drop the far Aleutians beyond 180 degrees, which would stretch across the map."""
    return shapes.assign(geometry=shapes.geometry.make_valid().intersection(box(-180, -90, 0, 90)))


def _cut_at_seam(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """Cut at the seam what world-atlas leaves uncut, so that Siberia stays in one piece."""
    whole = shapely.union_all([_unwrapped(piece) for piece in shapely.get_parts(shape)])
    windows = [(box(SEAM + turn, -90, SEAM + turn + 360, 90), -turn) for turn in (-360, 0, 360)]
    cuts = [translate(whole.intersection(window), xoff=back) for window, back in windows]
    return _polygonal(shapely.union_all(cuts))


def _unwrapped(polygon: shapely.Polygon) -> shapely.Geometry:
    """A polygon whose longitudes run on past 180 degrees where the outline crosses the date line."""
    shell = np.asarray(polygon.exterior.coords)
    holes = [_run_on(np.asarray(hole.coords), shell[:, 0].mean()) for hole in polygon.interiors]
    return shapely.make_valid(shapely.Polygon(_run_on(shell, shell[0, 0]), holes))


def _run_on(ring: np.ndarray, near: float) -> np.ndarray:
    """A ring without jumps of 360 degrees, its middle as close as can be to a longitude."""
    lon = np.unwrap(ring[:, 0], period=360)
    return np.column_stack([lon - 360 * np.round((lon.mean() - near) / 360), ring[:, 1]])


def _polygonal(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """Only the surfaces of a shape: cutting also leaves points and lines."""
    pieces = [part for piece in shapely.get_parts(shape) for part in shapely.get_parts(piece)]
    return shapely.MultiPolygon([piece for piece in pieces if piece.geom_type == "Polygon"])


def _simplified(
    shapes: geopandas.GeoDataFrame, plane: str, tolerance_m: float, smallest_km2: float
) -> geopandas.GeoDataFrame:
    flat = shapes.assign(geometry=shapes.geometry.make_valid().map(_polygonal)).to_crs(plane)
    flat["geometry"] = shapely.coverage_simplify(flat.geometry.to_numpy(), tolerance_m)
    flat["geometry"] = flat.geometry.map(lambda shape: _without_specks(shape, smallest_km2 * 1e6))
    return flat[~flat.geometry.is_empty].to_crs("EPSG:4326")


def _without_specks(shape: shapely.Geometry, smallest_m2: float) -> shapely.Geometry:
    """Leave out islets below a size, but keep the largest piece of every area (Singapore, Malta)."""
    pieces = shapely.get_parts(shape)
    largest = max((piece.area for piece in pieces), default=0)
    return shapely.MultiPolygon([p for p in pieces if p.area >= smallest_m2 or p.area == largest])


def geojson(shapes: geopandas.GeoDataFrame, middle: float, note: str) -> str:
    collection = {
        "type": "FeatureCollection",
        "note": note,
        "features": [
            {
                "type": "Feature",
                "properties": {"id": None if pd.isna(row.id) else row.id, "name": row.name},
                "geometry": {"type": "MultiPolygon", "coordinates": _coordinates(row.geometry, middle)},
            }
            for row in shapes.itertuples(index=False)
        ],
    }
    return json.dumps(collection, separators=(",", ":"), ensure_ascii=False, allow_nan=False) + "\n"


def _coordinates(shape: shapely.MultiPolygon, middle: float) -> list:
    """Rings with two decimals (about 1 km), running on over the date line around the map's middle longitude."""
    return [
        [
            _run_on(np.asarray(ring.coords), middle).round(2).tolist()
            for ring in (piece.exterior, *piece.interiors)
        ]
        for piece in shapely.get_parts(shape)
    ]


def main(states: str, countries: str) -> None:
    write_text(
        DATA / "usa.geojson",
        geojson(
            usa(Path(states)), -96, "US Census Bureau cartographic boundaries (public domain), simplified"
        ),
    )
    write_text(
        DATA / "world.geojson",
        geojson(world(Path(countries)), SEAM + 180, "Natural Earth 1:50m (public domain), simplified"),
    )


if __name__ == "__main__":
    main(*sys.argv[1:3])
