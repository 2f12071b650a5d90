"""The small map of a metro's page shows where it is, in little more than its outline."""

import pytest
from lxml import html

from where_is_ai.site.locator import locator


def point(name, lat, lon, in_usa=True) -> tuple[float, float, float, float]:
    drawn = html.fromstring(str(locator(name, lat, lon, in_usa)))
    _, _, width, height = map(float, drawn.get("viewbox", drawn.get("viewBox")).split())
    circle = drawn.xpath("//circle")[0]
    return float(circle.get("cx")), float(circle.get("cy")), width, height


@pytest.mark.parametrize(
    ("lat", "lon", "in_usa"),
    [
        (42.5, -71.0, True),
        (61.2, -149.9, True),
        (21.3, -157.9, True),
        (18.4, -66.1, True),
        (-41.3, 174.8, False),
    ],
)
def test_the_point_is_on_the_map(lat, lon, in_usa):
    x, y, width, height = point("A", lat, lon, in_usa)
    assert 0 < x < width
    assert 0 < y < height


def test_east_is_right_and_north_is_up():
    boston, miami, seattle = point("B", 42.4, -71.1), point("M", 25.8, -80.2), point("S", 47.6, -122.3)
    assert seattle[0] < miami[0] < boston[0]
    assert seattle[1] < boston[1] < miami[1]


def test_it_is_small_names_its_place_and_is_left_out_where_that_is_unknown():
    drawn = str(locator("<b>X</b>", 42.4, -71.1, True))
    assert len(drawn) < 9_000
    assert "<b>" not in drawn
    assert locator("X", None, None, True) == ""
