"""No label overlaps another, a neighbour's circle centre or the frame: measured on the page Chromium lays out."""

from collections.abc import Iterator
from itertools import combinations

import plotly.graph_objects as go
import pytest
from playwright.sync_api import Page

from where_is_ai.layers.employment.pictures import jobs_card, jobs_map, jobs_multiples
from where_is_ai.layers.postings.pictures import postings_map
from where_is_ai.layers.research.pictures import papers_card, papers_map
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.style import VERTICAL, WIDE
from where_is_ai.maps.typeface import text_width
from where_is_ai_tests.in_browser import Text, chromium_page, measured
from where_is_ai_tests.publication.tables import (
    LAST,
    QUARTERS,
    employment,
    made_employment,
    made_research,
    postings,
    research,
    usa_notes,
    world_notes,
)

pytestmark = pytest.mark.slow
LAYOUTS = [WIDE, VERTICAL]
POSTED = EditionNotes("2026-Q2", "job boards", "April to June 2026", "a classifier")


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with chromium_page() as page:
        yield page


def faults(page: Page, figure: go.Figure) -> list[str]:
    """What is wrong with the text of a figure; empty if nothing is."""
    texts, points = measured(page, figure)
    canvas = Box(0, 0, figure.layout.width, figure.layout.height)
    frames = panels(figure)
    found = [
        f"{one.text} overlaps {other.text}"
        for one, other in combinations(texts, 2)
        if ink(one).overlaps(ink(other))
    ]
    for text in texts:
        frame = frames[text.axis] if text.label else canvas
        if not text.box.within(frame):
            found.append(f"{text.text} leaves its frame")
        if text.label:
            found += [
                f"{text.text} covers the centre of {point.key}"
                for point in points
                if point.axis == text.axis and point.key != text.label and text.box.holds(point.x, point.y)
            ]
    return found


def ink(text: Text) -> Box:
    """A label's whole box; of other text without the tenth above and below that the font leaves empty."""
    leading = 0 if text.label else 0.14 * text.size
    return Box(text.box.x0, text.box.y0 + leading, text.box.x1, text.box.y1 - leading)


def panels(figure: go.Figure) -> dict[str, Box]:
    """The pixels of each panel, by its x axis."""
    width, height = figure.layout.width, figure.layout.height
    layout = figure.layout.to_plotly_json()
    axes = {name.removeprefix("xaxis"): layout[name] for name in layout if name.startswith("xaxis")}
    return {
        f"x{number}": Box(
            axis["domain"][0] * width,
            (1 - layout[f"yaxis{number}"]["domain"][1]) * height,
            axis["domain"][1] * width,
            (1 - layout[f"yaxis{number}"]["domain"][0]) * height,
        )
        for number, axis in axes.items()
        if "domain" in axis
    }


def test_the_page_is_measured_in_the_shipped_font(page):
    figure = jobs_card(employment(LAST), usa_notes()).draw()
    texts, _ = measured(page, figure)
    (name,) = [text for text in texts if text.text == "<b>New York</b>"]
    (annotation,) = [item for item in figure.layout.annotations if item.text == name.text]
    assert name.box.width == pytest.approx(text_width("New York", annotation.font.size, bold=True), rel=0.02)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("quarter", QUARTERS, ids=str)
def test_usa_map_of_each_sample_quarter(page, quarter, layout):
    figure = jobs_map(employment(quarter), usa_notes(quarter)).draw(layout)
    texts, points = measured(page, figure)
    assert len(points) >= employment(quarter)["ai_workers"].notna().sum() - 20
    assert sum(text.label is not None for text in texts) >= (30 if layout is WIDE else 14)
    assert faults(page, figure) == []


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_world_map_of_the_sample(page, layout):
    figure = papers_map(research(), world_notes()).draw(layout)
    texts, _ = measured(page, figure)
    assert sum(text.label is not None for text in texts) >= 20
    assert faults(page, figure) == []


@pytest.mark.parametrize("seed", range(20))
def test_both_maps_of_made_rankings_in_both_formats(page, seed):
    usa, world = made_employment(seed), made_research(seed)
    sought = world[["metro_id"]].sample(12, random_state=seed)
    for layout in LAYOUTS:
        assert faults(page, jobs_map(usa, usa_notes()).draw(layout)) == []
        assert faults(page, papers_map(world, world_notes(), sought).draw(layout)) == []


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_postings_map(page, layout):
    assert faults(page, postings_map(postings(), POSTED).draw(layout)) == []


def test_cards(page):
    assert faults(page, jobs_card(employment(LAST), usa_notes(), since="May 2024").draw()) == []
    assert faults(page, papers_card(research(), world_notes()).draw()) == []


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_small_multiples(page, layout):
    editions = [(usa_notes(quarter), employment(quarter)) for quarter in QUARTERS]
    assert faults(page, jobs_multiples(editions).draw(layout)) == []
