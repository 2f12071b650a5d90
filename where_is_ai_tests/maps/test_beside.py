"""A page holds each circle once: a script puts it into the other format, where Python would have drawn it."""

import html
import re

import pytest
from playwright.sync_api import sync_playwright

from where_is_ai.layers.employment.pictures import jobs_map
from where_is_ai.layers.research.pictures import papers_map
from where_is_ai.maps import svg
from where_is_ai.maps.beside import beside, drawn_beside
from where_is_ai.maps.page import write_html
from where_is_ai.maps.render import OFFLINE, find_browser
from where_is_ai.maps.style import VERTICAL, WIDE
from where_is_ai_tests.publication.tables import LAST, employment, research, usa_notes, world_notes

LAYOUTS = (WIDE, VERTICAL)
# Both drawings round to a tenth of a pixel, and the script goes from one to the other by way of the earth's plane.
CLOSE_PX = 0.25
CIRCLES = """(panels) => panels.map((panel) => [...panel.querySelectorAll("[data-key]")].map((mark) => [
    mark.dataset.key,
    ...(mark.r ? [mark.cx.baseVal.value, mark.cy.baseVal.value, mark.r.baseVal.value, mark.getAttribute("fill")]
        : [mark.transform.baseVal.getItem(0).matrix.e, mark.transform.baseVal.getItem(0).matrix.f, 0, "unknown"]),
]))"""


def figures(drawing):
    if drawing == "jobs":
        return [jobs_map(employment(LAST), usa_notes()).draw(layout) for layout in LAYOUTS]
    return [papers_map(research(), world_notes()).draw(layout) for layout in LAYOUTS]


def as_drawn(figure):
    """The circles and diamonds of each panel, as the drawing alone has them."""
    panels = svg.svg(figure, "vertical").split('<svg class="panel"')[1:]
    circle = re.compile(r'<circle data-key="([^"]*)" cx="([^"]*)" cy="([^"]*)" r="([^"]*)" fill="([^"]*)"')
    diamond = re.compile(
        r'<path class="unknown" data-key="([^"]*)" transform="translate\(([^ ]*) ([^)]*)\)()"'
    )
    return [
        [
            (html.unescape(key), float(x), float(y), float(r), fill)
            for key, x, y, r, fill in circle.findall(panel)
        ]
        + [
            (html.unescape(key), float(x), float(y), 0.0, "unknown")
            for key, x, y, _ in diamond.findall(panel)
        ]
        for panel in panels
    ]


@pytest.mark.parametrize("drawing", ["jobs", "papers"])
def test_circles_of_the_upright_map_are_where_it_would_have_them_itself(tmp_path, drawing):
    both = figures(drawing)
    write_html(tmp_path / "map.html", both, "Map", "A map.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_browser()), args=["--no-sandbox", *OFFLINE]
        )
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto((tmp_path / "map.html").as_uri())
        page.wait_for_selector("html[data-ready]", state="attached")
        shown = page.locator(".vertical .panel").evaluate_all(CIRCLES)
        browser.close()
    expected = as_drawn(both[1])
    assert len(shown) == len(expected)
    for marks, own in zip(shown, expected, strict=True):
        known = {key: (x, y, r, fill) for key, x, y, r, fill in own}
        assert {key for key, *_ in marks} == known.keys()
        for key, x, y, r, fill in marks:
            assert (x, y) == pytest.approx(known[key][:2], abs=CLOSE_PX), key
            assert fill == known[key][3]
            if fill != "unknown":
                assert r == pytest.approx(known[key][2], abs=CLOSE_PX), key


def test_a_drawing_whose_circles_are_not_those_of_the_first_has_its_own():
    jobs, papers = figures("jobs"), figures("papers")
    assert beside(*jobs) is not None
    assert beside(jobs[0], papers[1]) is None
    drawn = drawn_beside([jobs[0], papers[1]])
    assert "data-beside" not in drawn["vertical"]
    assert drawn["vertical"].count("<circle data-key") > 0
