"""The base map: its land lies where the places are, in one piece, and is small enough to ship."""

import json

import numpy as np
import pytest
import shapely

from where_is_ai.geography.base_map import make, shapes
from where_is_ai.geography.base_map.projections import INSETS, natural_earth, usa_composite
from where_is_ai_tests.publication.tables import LAST, employment, research


def land(areas, project) -> shapely.Geometry:
    rings = [project(ring[:, 0], ring[:, 1]) for area in areas for ring in area.rings]
    return shapely.union_all([shapely.make_valid(shapely.Polygon(np.column_stack(ring))) for ring in rings])


@pytest.fixture(scope="module")
def usa_land() -> shapely.Geometry:
    return land(shapes.usa(), usa_composite)


def test_the_data_is_small_enough_to_ship():
    assert sum(path.stat().st_size for path in shapes.DATA.glob("*.geojson")) < 600_000


def test_every_state_and_most_countries_are_there():
    names = {area.name for area in shapes.usa()}
    assert len(names) == 52
    assert {"Alaska", "Hawaii", "Puerto Rico", "District of Columbia"} <= names
    assert {"Singapore", "Hong Kong", "Malta", "Russia", "Fiji"} <= {area.name for area in shapes.world()}


@pytest.mark.parametrize("areas", [shapes.usa, shapes.world])
def test_no_outline_jumps_across_the_map(areas):
    longest = max(np.abs(np.diff(ring[:, 0])).max() for area in areas() for ring in area.rings)
    assert longest < 40


def test_us_metros_lie_on_the_land_drawn(usa_land):
    frame = employment(LAST).dropna(subset=["lat", "lon"])
    x, y = usa_composite(frame["lon"].to_numpy(float), frame["lat"].to_numpy(float))
    away_km = shapely.distance(usa_land, shapely.points(x, y)) / 1000
    assert away_km.max() < 15, frame.loc[away_km >= 15, "metro"].to_list()


def test_world_metros_lie_on_the_land_drawn():
    frame = research().dropna(subset=["lat", "lon"])
    x, y = natural_earth(frame["lon"].to_numpy(float), frame["lat"].to_numpy(float))
    away_km = shapely.distance(land(shapes.world(), natural_earth), shapely.points(x, y)) / 1000
    assert away_km.max() < 40, frame.loc[away_km >= 40, "metro"].to_list()


def test_insets_stand_clear_of_the_lower_48_and_each_other():
    parts = {"rest": []}
    for area in shapes.usa():
        name = area.name if area.name in {inset.name for inset in INSETS} else "rest"
        parts.setdefault(name, []).append(area)
    hulls = {name: land(areas, usa_composite) for name, areas in parts.items()}
    hulls = {name: shape if name == "rest" else shape.convex_hull for name, shape in hulls.items()}
    pairs = [(one, other) for one in hulls for other in hulls if one < other]
    assert all(hulls[one].distance(hulls[other]) > 20_000 for one, other in pairs)


@pytest.mark.parametrize(
    ("place", "lon", "lat", "inset"),
    [("Anchorage", -149.9, 61.2, 0), ("Honolulu", -157.9, 21.3, 1), ("San Juan", -66.1, 18.4, 2)],
)
def test_far_places_are_moved_into_their_inset(place, lon, lat, inset):
    x, y = usa_composite(np.array([lon]), np.array([lat]))
    assert abs(x[0] - INSETS[inset].x) < 400_000, place
    assert abs(y[0] - INSETS[inset].y) < 400_000, place


def test_areas_are_true_within_the_lower_48():
    def area(lon: float, lat: float) -> float:
        corners = [(lon, lat), (lon + 1, lat), (lon + 1, lat + 1), (lon, lat + 1)]
        x, y = usa_composite(*np.array(corners).T)
        return shapely.Polygon(np.column_stack([x, y])).area / np.cos(np.radians(lat + 0.5))

    assert area(-122, 45) == pytest.approx(area(-82, 27), rel=0.01)


def test_the_world_is_cut_in_the_bering_strait():
    x, _ = natural_earth(np.array([-170.0, -168.0]), np.array([65.0, 65.0]))
    assert x[0] > 0 > x[1]


def test_making_the_map_keeps_a_country_across_the_date_line_whole(tmp_path):
    ring = [[170, 60], [180, 60], [-172, 60], [-172, 68], [170, 68], [170, 60]]
    topology = {
        "type": "Topology",
        "arcs": [ring],
        "objects": {
            "countries": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "id": "643", "arcs": [[0]], "properties": {"name": "Acrossia"}}
                ],
            }
        },
    }
    path = tmp_path / "countries.json"
    path.write_text(json.dumps(topology))
    collection = json.loads(make.geojson(make.world(path), shapes.SEAM + 180, "made"))
    ((rings,),) = [feature["geometry"]["coordinates"] for feature in collection["features"]]
    longitudes = [lon for ring in rings for lon, _ in ring]
    assert min(longitudes) == pytest.approx(170, abs=0.1)
    assert max(longitudes) == pytest.approx(188, abs=0.1)
