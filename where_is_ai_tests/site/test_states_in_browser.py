"""The map of states as readers use it: by mouse, key and finger, in the dark, and without a script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from where_is_ai.layers.employment.state_map import STATES
from where_is_ai_tests.site.conftest import settled

pytestmark = pytest.mark.slow

PAGE = "2026-Q2/jobs-by-state.html"
UTAH = "UT published_metro_cells"


def area(page, key: str = UTAH):
    return page.locator(f'.map-frame [data-area="{key}"]:visible')


def said(page) -> str:
    page.wait_for_selector(".said:not([hidden])")
    return page.locator(".said").text_content()


def middle(page, key: str = UTAH) -> tuple[float, float]:
    page.locator(".map-frame").scroll_into_view_if_needed()
    settled(page)
    box = area(page, key).bounding_box()
    return box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.6


def test_a_state_tells_of_itself_and_leads_to_its_row_although_the_table_shows_few(site):
    page = site.open(PAGE)
    row = f"#{STATES}-wv-published-metro-cells"
    assert page.locator(row).count() == 0
    page.mouse.move(*middle(page))
    assert re.search(r"Utah.*AI workers per 1,000 jobs.*metros with figures", said(page))
    page.mouse.click(*middle(page, "WV published_metro_cells"))
    page.wait_for_selector(row)
    assert "West Virginia" in page.locator(row).text_content()
    assert page.locator(row).evaluate("(row) => row.matches(':target, .aimed')")


def test_keys_lead_from_state_to_state_and_to_the_row(site):
    page = site.open(PAGE)
    area(page, "AL published_metro_cells").focus()
    page.keyboard.press("ArrowLeft")
    assert "Mississippi" in said(page)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    focused = page.evaluate("document.activeElement.dataset.area")
    assert focused.endswith("published_metro_cells")
    assert page.locator('.map-frame .wide .area[tabindex="0"]').count() == 1
    page.keyboard.press("Enter")
    state = focused.split()[0].lower()
    page.wait_for_url(f"**#{STATES}-{state}-published-metro-cells")


def test_a_tap_says_it_and_offers_the_row(site):
    page = site.open(PAGE, "phone", has_touch=True)
    page.touchscreen.tap(*middle(page, "TX published_metro_cells"))
    assert "Texas" in said(page)
    page.get_by_role("link", name="To its row in the table").click()
    page.wait_for_url(f"**#{STATES}-tx-published-metro-cells")


def test_a_state_grows_with_the_map_and_names_what_had_no_room(site):
    page = site.open(PAGE)
    before = area(page).bounding_box()["width"]
    names = page.locator(".wide .panel text:visible").count()
    x, y = middle(page, "CT published_metro_cells")
    page.mouse.move(x, y)
    for _ in range(4):
        page.mouse.wheel(0, -300)
    page.wait_for_selector(".wide .panel.zoomed")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert area(page).bounding_box()["width"] > 4 * before
    shown = page.locator(".wide .placed text").all_text_contents()
    assert any(text.startswith("CT") for text in shown)
    assert names > 40


def test_without_a_script_a_state_has_its_colour_its_words_and_its_link(site):
    page = site.open(PAGE, java_script_enabled=False)
    assert "Utah" in area(page).locator("title").text_content()
    assert page.locator(".map-frame .wide .hatching").count() == 2
    page.mouse.click(*middle(page))
    page.wait_for_url(f"**#{STATES}-ut-published-metro-cells")


def test_colours_of_values_stay_in_the_dark(site):
    fills = [
        area(site.open(PAGE, color_scheme=scheme))
        .locator("use")
        .evaluate("(use) => getComputedStyle(use).fill")
        for scheme in ("light", "dark")
    ]
    assert fills[0] == fills[1]


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_states_can_be_reached_by_everybody(site, screen):
    page = site.open(PAGE, screen)
    found = Axe().run(page, options={"preload": False})
    assert [each["id"] for each in found.response["violations"]] == []


def test_data_of_the_view_are_those_of_states(site):
    page = site.open(PAGE)
    page.locator(".map-view summary").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Data (CSV)").click()
    lines = waiting.value.path().read_text().splitlines()
    assert any("Metros of Utah" in line for line in lines)
    assert len(lines) > 45


def test_a_class_of_the_legend_hides_its_states_and_shows_them_again(site):
    page = site.open(PAGE)
    legend = page.locator(".map-legend")
    colour = area(page).locator("use").get_attribute("fill")
    button = legend.locator(f'button[data-name="{colour}"]')
    button.click()
    faint = page.locator(".wide .area.dimmed use").evaluate_all(
        "(all) => all.map((use) => use.getAttribute('fill'))"
    )
    assert set(faint) == {colour}
    assert "unknown: Delaware, Wyoming" in legend.inner_text()
    button.click()
    assert page.locator(".wide .area.dimmed").count() == 0
