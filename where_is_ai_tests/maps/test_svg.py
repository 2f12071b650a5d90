"""A figure as SVG has all that the figure has, where the figure has it."""

import html
import re
from xml.etree import ElementTree

import pytest

from where_is_ai.layers.employment.pictures import jobs_map
from where_is_ai.layers.research.pictures import papers_map
from where_is_ai.maps import svg
from where_is_ai.maps.canvas import Canvas
from where_is_ai.maps.circle_words import hovers, largest_first
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.scene import EAST_ASIA, PLANES, WORLD
from where_is_ai.maps.style import VERTICAL, WIDE
from where_is_ai_tests.publication.tables import LAST, employment, research, usa_notes, world_notes

MAPS = {
    "usa": lambda: jobs_map(employment(LAST), usa_notes()),
    "world": lambda: papers_map(research(), world_notes()),
}


@pytest.fixture(
    scope="module", params=[(name, layout) for name in MAPS for layout in (WIDE, VERTICAL)], ids=str
)
def drawn(request):
    name, layout = request.param
    figure = MAPS[name]().draw(layout)
    return figure, ElementTree.fromstring(svg.svg(figure, layout.name))


def test_each_circle_is_where_and_as_large_as_in_the_figure(drawn):
    figure, root = drawn
    wanted = sorted(
        (key, x, y, size / 2)
        for trace in figure.data
        if trace.marker.symbol is None
        for key, x, y, size in zip(trace.ids, trace.x, trace.y, trace.marker.size, strict=True)
    )
    found = sorted(
        (each.get("data-key"), *(float(each.get(name)) for name in ("cx", "cy", "r")))
        for each in root.iter("circle")
        if each.get("data-key")
    )
    assert [each[0] for each in found] == [each[0] for each in wanted]
    for one, other in zip(found, wanted, strict=True):
        assert one[1:] == pytest.approx(other[1:], abs=0.06)


def test_every_text_is_there(drawn):
    figure, root = drawn
    wanted = [html.unescape(re.sub(r"</?b>|<br>", "", note.text)) for note in figure.layout.annotations]
    found = ["".join(text.itertext()) for text in root.iter("text")]
    assert sorted(found) == sorted(wanted)


def test_lower_bounds_keep_their_broken_outline(drawn):
    figure, root = drawn
    broken = [
        each for each in figure.layout.shapes if each.type == "circle" and "px" in (each.line.dash or "")
    ]
    assert len([each for each in root.iter("circle") if each.get("stroke-dasharray")]) == len(broken)


def test_what_the_mouse_finds_is_there_for_each_place_once(drawn):
    figure, _ = drawn
    keys = largest_first([figure, figure])
    assert sorted(keys) == sorted({key for trace in figure.data for key in trace.ids})
    found = hovers([figure, figure], keys)
    assert found.keys() == set(keys)
    assert all(lines[0].startswith("<b>") for lines in found.values())


def test_of_some_circles_alone_the_largest_are_kept(drawn):
    figure, _ = drawn
    keys = largest_first([figure])[:20]
    root = ElementTree.fromstring(svg.svg(figure, "wide", set(keys)))
    found = {
        each.get("data-key"): float(each.get("r")) for each in root.iter("circle") if each.get("data-key")
    }
    assert found.keys() == set(keys)
    largest = sorted(
        size / 2 for trace in figure.data if not trace.marker.symbol for size in trace.marker.size
    )
    assert min(found.values()) >= largest[-len(largest) // 2]


def test_land_that_several_panels_show_is_in_the_page_once():
    figure = MAPS["world"]().draw(VERTICAL)
    assert len(figure.layout.meta["panels"]) == 4
    assert svg.land(svg.planes([figure, figure])).count("<path") == 1
    assert svg.svg(figure, "vertical").count('href="#land-world"') == 4


@pytest.mark.parametrize("view", [WORLD, EAST_ASIA])
def test_the_one_outline_of_the_land_falls_where_each_panel_draws_it(view):
    box = Box(100, 50, 700, 450)
    scale, x, y = view.matrix(box)
    ring = PLANES["world"].areas()[0].rings[0]
    plane_x, plane_y = view.plane.project(ring[:, 0], ring[:, 1])
    grain = view.plane.grain
    wanted_x, wanted_y = view.pixels(ring[:, 0], ring[:, 1], box)
    assert plane_x / grain * scale + x == pytest.approx(wanted_x)
    assert -plane_y / grain * scale + y == pytest.approx(wanted_y)


def test_text_of_a_name_is_text():
    canvas = Canvas(WIDE)
    canvas.text(10, 10, "<b>A & B</b><br>R&amp;D <script>", 20)
    root = ElementTree.fromstring(svg.svg(canvas.figure(), "wide"))
    assert "".join(root.itertext()).strip() == "A & BR&D <script>"
    assert [span.text for span in root.iter("tspan") if span.get("class") == "b"] == ["A & B"]
