"""The map of states shows another measure, on desktop and phone, by day and in the dark; the unknown stay hatched."""

import csv
from io import StringIO
from itertools import pairwise
from xml.etree import ElementTree

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe

from where_is_ai.layers.employment.schema_level import SUMMED
from where_is_ai.layers.employment.state_map import STATES

pytestmark = pytest.mark.slow

PAGE, COUNT = "2026-Q2/jobs-by-state.html", "ai_workers"
SWITCHED = f"{PAGE}#map?measure={COUNT}"
UNKNOWN = {"DE", "WY"}
# Of the drawing that is seen: the colour of each area, what stands on it, and the texts around the map.
DRAWN = """() => {
  const drawn = [...document.querySelectorAll('.map-frame > svg')]
    .find((each) => each.getBoundingClientRect().height > 0);
  const seen = (all) => [...all].filter((each) => each.getClientRects().length);
  return {
    fills: Object.fromEntries([...drawn.querySelectorAll('.area')].map((area) => [
      area.dataset.area.split(' ')[0], area.querySelector('use').getAttribute('fill'),
    ])),
    texts: seen(drawn.querySelectorAll('.panel text')).map((text) => text.textContent),
    around: [...drawn.querySelectorAll('.around text')].map((text) => text.textContent),
    lines: seen(drawn.querySelectorAll('.hatching')).length,
    viewBox: drawn.getAttribute('viewBox'),
  };
}"""


def settled(page) -> dict:
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page.evaluate(DRAWN)


def states_of(site) -> pd.DataFrame:
    rows = pd.read_parquet(site.published / "2026-Q2" / f"{STATES}.parquet")
    return rows[(rows["basis"] == SUMMED) & (rows["area"] != "US")].set_index("area")


def choose(page, measure: str) -> dict:
    page.get_by_label("Measure").select_option(measure)
    page.wait_for_function(f"document.querySelector('.map-measure select').value === '{measure}'")
    page.wait_for_function("location.hash.startsWith('#map')")
    return settled(page)


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_states_take_the_colours_of_the_measure_and_their_own_again(site, screen):
    page = site.open(PAGE, screen)
    before = settled(page)
    after = choose(page, COUNT)
    assert after["around"][0] == "AI workers in the metros of each state"
    values = states_of(site)[COUNT].dropna()
    ordered = [after["fills"][code] for code in values.sort_values().index]
    assert len(set(ordered)) > 3
    assert sum(one != other for one, other in pairwise(ordered)) == len(set(ordered)) - 1
    assert after["fills"] != before["fills"]
    assert choose(page, "ai_per_1000") == before


def test_the_unknown_are_hatched_and_no_colour_of_the_legend(site):
    page = site.open(SWITCHED)
    drawn = settled(page)
    hatched = {code for code, fill in drawn["fills"].items() if fill.startswith("url(#hatching")}
    assert hatched == UNKNOWN == drawn["fills"].keys() - set(states_of(site)[COUNT].dropna().index)
    assert drawn["lines"] == 0
    assert any(text.startswith("unknown: no metro") for text in drawn["around"])
    area = page.locator(f'.wide [data-area="WY {SUMMED}"]')
    box = area.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector(".said:not([hidden])")
    assert "unknown" in page.locator(".said").text_content()


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_numbers_of_the_measure_stand_on_the_map_with_their_lower_bounds(site, screen):
    texts = " ".join(settled(site.open(SWITCHED, screen))["texts"])
    assert "≥ 22,090" in texts
    assert "690" in texts
    assert "2.5" not in texts
    if screen == "desktop":
        assert "MA ≥ 10,500" in texts
        assert "DC 12,680" in texts


def test_a_phone_has_no_empty_space_around_a_switched_map(site):
    page = site.open(PAGE, "phone")
    whole = float(settled(page)["viewBox"].split()[3])
    _, top, _, height = map(float, choose(page, COUNT)["viewBox"].split())
    assert top > 0
    assert top + height < whole
    lowest = page.locator(".map-frame .vertical .around text").evaluate_all(
        "(all) => Math.max(...all.map((text) => text.getBoundingClientRect().bottom))"
    )
    frame, title = (
        page.locator(each).bounding_box()
        for each in (".map-frame", ".map-frame .vertical .around text >> nth=0")
    )
    assert title["y"] - frame["y"] < 30
    assert frame["y"] + frame["height"] - lowest < 30


def test_the_address_keeps_measure_time_and_classes(site):
    page = site.open(PAGE)
    choose(page, COUNT)
    page.locator(".map-legend button").first.click()
    address = page.evaluate("location.hash")
    assert f"measure={COUNT}" in address
    again = site.open(f"{PAGE}{address}")
    assert settled(again) == settled(page)
    assert again.get_by_label("Measure").input_value() == COUNT
    assert again.locator(".wide .area.dimmed").count() == page.locator(".wide .area.dimmed").count() > 0


def test_the_legend_hides_the_unknown_and_the_classes_of_the_measure(site):
    page = site.open(SWITCHED)
    page.locator(".map-legend button", has_text="unknown").click()
    dimmed = page.locator(".wide .area.dimmed").evaluate_all(
        "(all) => all.map(({ dataset }) => dataset.area)"
    )
    assert {key.split()[0] for key in dimmed} == UNKNOWN


def taken(page, kind: str) -> tuple[str, bytes]:
    if page.locator(".map-view").get_attribute("open") is None:
        page.locator(".map-view summary").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=kind, exact=True).click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def test_data_drawing_and_picture_of_the_view_follow_the_measure(site):
    page = site.open(SWITCHED)
    name, content = taken(page, "Data (CSV)")
    assert name == f"Heatmap-USA-AI-Jobs-By-State-{COUNT}.csv"
    rows = {row["id"].split()[0]: row for row in csv.DictReader(StringIO(content.decode()))}
    values = states_of(site)[COUNT].dropna()
    assert rows.keys() == set(values.index)
    assert {code: int(row[COUNT]) for code, row in rows.items()} == values.to_dict()
    assert rows["UT"]["area"] == "Metros of Utah"
    assert {row[f"{COUNT}_is_lower_bound"] for row in rows.values()} == {"true", "false"}
    root = ElementTree.fromstring(taken(page, "SVG")[1])
    assert "AI workers in the metros of each state" in "".join(root.itertext())
    ids = {each.get("id") for each in root.iter() if each.get("id")}
    filled = {each.get("fill") for each in root.iter() if (each.get("fill") or "").startswith("url(")}
    assert {fill.split("#")[1].rstrip('")') for fill in filled} == {"hatching-wide"} <= ids
    assert taken(page, "PNG")[1].startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("screen", "scheme"), [("desktop", "light"), ("desktop", "dark"), ("phone", "light"), ("phone", "dark")]
)
def test_a_switched_map_can_be_used_by_everybody_and_fits(site, screen, scheme):
    page = site.open(f"{SWITCHED}&hide=0", screen, color_scheme=scheme)
    found = Axe().run(page, options={"preload": False})
    assert [each["id"] for each in found.response["violations"]] == [], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_texts_stay_within_the_window_when_a_switched_map_grows(site):
    page = site.open(f"{SWITCHED}&zoom=3&at=1150,400&format=wide")
    settled(page)
    window = page.locator(".wide .panel .sea").bounding_box()
    boxes = page.locator(".wide .placed text").evaluate_all(
        "(all) => all.map((text) => text.getBoundingClientRect().toJSON())"
    )
    assert len(boxes) > 8
    for box in boxes:
        assert box["left"] >= window["x"] - 1
        assert box["right"] <= window["x"] + window["width"] + 1
        assert box["bottom"] <= window["y"] + window["height"] + 6
