"""Maps of states: each in the colour of its class, unknown ones hatched and named, the same in picture and page."""

import re
from functools import cache
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.geography.base_map.shapes import usa
from where_is_ai.geography.names import state_names_by_code
from where_is_ai.layers.employment.by_state import by_state
from where_is_ai.layers.employment.schema_level import SUMMED
from where_is_ai.layers.employment.state_map import states_lead, states_map
from where_is_ai.maps import svg
from where_is_ai.maps.area_labels import apart
from where_is_ai.maps.areas import hatching
from where_is_ai.maps.scales import ColourScale, contrast, ink_on, ramp
from where_is_ai.maps.style import LAND, VERTICAL, WIDE
from where_is_ai.maps.typeface import text_width
from where_is_ai_tests.publication.tables import LAST, employment, usa_notes

LAYOUTS = [WIDE, VERTICAL]


@cache
def states() -> pd.DataFrame:
    return by_state(employment(LAST), pd.DataFrame())


@cache
def drawn(layout):
    """The map as a figure, and as the parsed SVG of a page."""
    figure = states_map(states(), usa_notes()).draw(layout)
    return figure, ElementTree.fromstring(svg.svg(figure, layout.name))


def areas(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    return {each.get("data-area").split()[0]: each for each in root.iter("g") if each.get("class") == "area"}


def written(figure) -> str:
    return "\n".join(note.text for note in figure.layout.annotations).replace("<br>", " ")


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_state_has_the_colour_of_its_class_in_picture_and_page(layout):
    figure, root = drawn(layout)
    shares = states().set_index("area")["ai_per_1000"]
    scale = ColourScale.even(shares.drop("US").dropna().to_list())
    painted = {
        shape.name.split(":")[2].split()[0]: shape.fillcolor
        for shape in figure.layout.shapes
        if (shape.name or "").startswith("area:")
    }
    assert painted.keys() == state_names_by_code().keys()
    for code, colour in painted.items():
        known = code in shares and pd.notna(shares[code])
        assert colour == (scale(shares[code]) if known else LAND)
        assert areas(root)[code].find("use").get("fill") == colour


def test_a_class_begins_at_its_limit_and_the_legend_has_all_limits():
    figure, _ = drawn(WIDE)
    limits = ColourScale.even(states().set_index("area")["ai_per_1000"].drop("US").dropna().to_list()).limits
    assert 3 <= len(limits) <= 5
    for limit in limits:
        assert f"\n{limit:g}\n" in f"\n{written(figure)}\n"


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_unknown_states_are_hatched_and_named(layout):
    figure, root = drawn(layout)
    assert "unknown: Delaware, Wyoming" in written(figure)
    assert sum(shape.name == "hatching" for shape in figure.layout.shapes) == 2
    assert sum(each.get("class") == "hatching" for each in root.iter("path")) == 2
    assert "unknown" in areas(root)["WY"].find("title").text


def test_a_wide_map_has_the_number_of_every_state_on_it():
    figure, _ = drawn(WIDE)
    for row in states_map(states(), usa_notes()).areas.itertuples():
        said = [note.text for note in figure.layout.annotations if note.name == f"label:{row.key}"]
        assert len(said) == 1, row.code
        assert pd.isna(row.value) or said[0].endswith(row.text)


def test_an_upright_map_has_most_numbers_and_says_where_the_others_are():
    figure, _ = drawn(VERTICAL)
    known = states_map(states(), usa_notes()).areas.dropna(subset="value")
    texts = {note.name: note.text for note in figure.layout.annotations}
    numbered = [row.code for row in known.itertuples() if row.text in texts.get(f"label:{row.key}", "")]
    assert len(numbered) > 0.6 * len(known)
    assert {"MA", "DC", "NJ", "CT", "RI"} <= set(numbered)
    assert "A number that has no room here is in the table." in written(figure)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_texts_of_areas_neither_overlap_nor_leave_the_map(layout):
    figure, _ = drawn(layout)
    size = layout.label
    boxes = []
    for note in figure.layout.annotations:
        if (note.name or "").startswith("label:"):
            lines = [re.sub("</?b>", "", line) for line in note.text.split("<br>")]
            wide, high = max(text_width(line, size) for line in lines), 0.8 * size * len(lines)
            x, y = note.x + note.xshift, note.y - note.yshift
            left = x - {"left": 0, "center": wide / 2, "right": wide}[note.xanchor]
            boxes.append(shapely.box(left, y - high / 2, left + wide, y + high / 2))
    assert len(boxes) > 40
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
    assert all(box.bounds[0] >= 0 and box.bounds[2] <= layout.width for box in boxes)


def test_each_state_says_what_it_has_without_a_script():
    _, root = drawn(WIDE)
    said = areas(root)["UT"].find("title").text
    assert "Utah" in said
    assert re.search(r"≥ \d\.\d AI workers per 1,000 jobs", said)
    assert [each.get("tabindex") for each in areas(root).values()].count("0") == 1


def test_a_page_has_the_outline_of_each_state_once_and_one_panel():
    figure, root = drawn(WIDE)
    both = [figure, drawn(VERTICAL)[0]]
    assert svg.land(svg.planes(both)).count("<path") == len(usa())
    assert len([each for each in root.iter("svg") if each.get("class") == "panel"]) == 1


def test_states_lead_to_their_rows():
    key = f"UT {SUMMED}"
    linked = svg.linked(svg.svg(drawn(WIDE)[0], "wide"), {key: "#row"})
    root = ElementTree.fromstring(linked)
    (link,) = (each for each in root.iter("a") if each.find("g") is not None)
    assert link.get("href") == "#row"
    assert link.find("g").get("data-area") == key


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_text_on_a_state_can_be_read(layout):
    figure, _ = drawn(layout)
    fills = {
        shape.name.split(":", 2)[2]: shape.fillcolor
        for shape in figure.layout.shapes
        if (shape.name or "").startswith("area:")
    }
    inside = [
        (note.font.color, fills[note.name.removeprefix("label:")])
        for note in figure.layout.annotations
        if (note.name or "").startswith("label:") and not note.font.shadow
    ]
    assert len(inside) > 25
    assert all(contrast(*pair) >= 4.5 for pair in inside)


def test_classes_can_be_told_apart_by_lightness_alone():
    for count in range(2, 7):
        greys = [contrast(colour, "#ffffff") for colour in ramp(count)]
        assert all(dark > light * 1.2 for light, dark in pairwise(greys))
        assert all(contrast(ink_on(colour), colour) >= 4.5 for colour in ramp(count))


def test_those_who_cannot_see_it_are_told_of_bounds_and_of_the_unknown():
    said = states_map(states(), usa_notes()).alt
    assert "Unknown: Delaware, Wyoming." in said
    assert "at least" in said
    assert "lower bound" in states_lead(states())
    assert "with 48 states, the District of Columbia and Puerto Rico coloured" in said
    assert "In the metros of 48 states, the District of Columbia and Puerto Rico BLS" in states_lead(states())


@given(st.lists(st.floats(0, 900), max_size=12), st.floats(1, 60))
def test_lines_beside_the_coast_keep_their_order_and_their_distance(wanted, step):
    placed = apart(sorted(wanted), step)
    assert len(placed) == len(wanted)
    assert all(lower - upper >= step - 1e-6 for upper, lower in pairwise(placed))
    if all(lower - upper >= step for upper, lower in pairwise(sorted(wanted))):
        assert placed == pytest.approx(sorted(wanted), abs=1e-6)


@given(st.lists(st.floats(0.01, 1e6), max_size=40), st.integers(2, 8))
def test_even_classes_are_few_and_their_limits_lie_among_the_values(values, classes):
    limits = ColourScale.even(values, classes).limits
    assert len(limits) < classes
    assert all(min(values) <= limit <= max(values) for limit in limits)
    steps = [high - low for low, high in pairwise(limits)]
    assert all(step == pytest.approx(steps[0], rel=1e-3) for step in steps)


def test_an_area_between_two_lines_of_the_hatching_has_none():
    assert hatching(shapely.Point(1, 1).buffer(1)) == ""
    assert hatching(shapely.box(0, 0, 60, 40)).count("M") > 3
