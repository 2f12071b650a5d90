"""The maps of pages as readers use them: by mouse, wheel, finger and key, in the dark, and without a script."""

import csv
import re
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from where_is_ai_tests.site.conftest import settled

pytestmark = pytest.mark.slow

QUESTIONS = ("jobs", "postings", "research", "change", "trust")
JOBS = "2026-Q2/jobs.html"
NEW_YORK = "35620"
# Of the visible drawing: the boxes of labels and of their window, and the size of each text on the screen.
SEEN = """() => {
  const drawn = [...document.querySelectorAll('.map-frame > svg')]
    .find((each) => each.getBoundingClientRect().height > 0);
  const box = (element) => ["left", "top", "right", "bottom"].map((edge) => element.getBoundingClientRect()[edge]);
  const shown = [...drawn.querySelectorAll('text')].filter((text) => text.getClientRects().length);
  const panel = drawn.querySelector('svg.panel');
  return {
    format: drawn.getAttribute('class'),
    circles: drawn.querySelectorAll('[data-key]').length,
    frame: box(panel),
    labels: shown.filter((text) => panel.contains(text)).map((text) => [text.textContent, ...box(text)]),
    sizes: shown.map((text) => Number(text.getAttribute('font-size')) * text.getScreenCTM().a),
  };
}"""


def seen(page) -> dict:
    settled(page)
    return page.evaluate(SEEN)


def middle(page, key: str = NEW_YORK) -> tuple[float, float]:
    page.locator(".map-frame").scroll_into_view_if_needed()
    settled(page)
    box = page.locator(f'.map-frame circle[data-key="{key}"]:visible').first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def overlaps(one: list, other: list) -> bool:
    return one[1] < other[3] - 1 and other[1] < one[3] - 1 and one[2] < other[4] - 3 and other[2] < one[4] - 3


@pytest.mark.parametrize("slug", QUESTIONS)
def test_each_question_begins_with_its_map_and_says_what_it_rests_on(site, slug):
    page = site.open(f"2026-Q2/{slug}.html")
    assert page.locator("[data-map]").get_attribute("data-ready") == "wide"
    drawings = page.locator(".map-frame > svg:not(.land)")
    assert drawings.evaluate_all("(all) => all.map((svg) => svg.getAttribute('class'))") == [
        "wide",
        "vertical",
    ]
    order = page.evaluate(
        "['[data-map]', '.lead', '.facts', '.limits', 'table'].map((each) => document.querySelector(each))"
        ".every((each, place, all) => !place || all[place - 1].compareDocumentPosition(each) & 4)"
    )
    assert order
    assert re.search(r"(Period|Compared)[\s\S]*Source[\s\S]*Method", page.locator(".facts").inner_text())
    assert seen(page)["circles"] > 30
    assert "Source:" in page.locator("#map-alt").inner_text()


@pytest.mark.parametrize("slug", QUESTIONS)
def test_every_circle_leads_to_its_metro_however_many_rows_the_table_shows(site, slug):
    page = site.open(f"2026-Q2/{slug}.html")
    found = page.locator(".map-frame [data-key]").evaluate_all(
        "(all) => all.map((mark) => [mark.dataset.key, mark.closest('a')?.getAttribute('href')])"
    )
    assert (
        len({key for key, _ in found}) > page.locator("tbody").first.locator("tr").count()
        or slug == "research"
    )
    lost = [key for key, to in found if not to or not (site.published / "2026-Q2" / to).is_file()]
    assert lost == []


def test_a_circle_tells_of_its_metro_and_leads_to_its_page(site):
    page = site.open(JOBS)
    page.mouse.move(*middle(page))
    page.wait_for_selector(".said:not([hidden])")
    assert "25,260 AI workers" in page.locator(".said").text_content()
    with page.expect_navigation():
        page.mouse.click(*middle(page))
    assert page.url.endswith("metros/us-35620.html")


def test_a_circle_of_a_pixel_is_met_close_by(site):
    page = site.open(JOBS)
    x, y = middle(page, "21820")
    page.mouse.move(x + 4, y + 4)
    page.wait_for_selector(".said:not([hidden])")
    assert "Fairbanks" in page.locator(".said").text_content()
    with page.expect_navigation():
        page.mouse.click(x + 4, y + 4)
    assert page.url.endswith("metros/us-21820.html")


def test_the_map_zooms_moves_by_keys_and_goes_back(site):
    page = site.open(JOBS)
    x, _ = middle(page)
    page.get_by_role("button", name="Zoom out").click()
    assert middle(page)[0] == pytest.approx(x, abs=0.5)
    page.locator(".map-frame").press("+")
    near = middle(page, "19740")[0]
    page.locator(".map-frame").press("ArrowRight")
    assert middle(page, "19740")[0] < near - 50
    page.get_by_role("button", name="Whole map").click()
    assert middle(page)[0] == pytest.approx(x, abs=0.5)


def test_a_drag_moves_the_map_and_opens_nothing(site):
    page = site.open(JOBS)
    page.get_by_role("button", name="Zoom in").click()
    x, y = middle(page, "19740")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 30, y + 10)
    page.mouse.move(x - 80, y + 20)
    page.mouse.up()
    assert middle(page, "19740")[0] == pytest.approx(x - 80, abs=2)
    assert page.url.partition("#")[0].endswith("jobs.html")


def test_the_wheel_zooms_where_the_mouse_is_and_scrolls_the_page_where_there_is_nothing_to_zoom(site):
    page = site.open(JOBS)
    at = middle(page, "19740")
    page.mouse.move(*at)
    page.mouse.wheel(0, -300)
    page.wait_for_selector(".wide .panel.zoomed")
    assert middle(page, "19740") == pytest.approx(at, abs=3)
    page.mouse.wheel(0, 2000)
    page.wait_for_selector(".wide .panel:not(.zoomed)")
    page.mouse.wheel(0, 300)
    page.wait_for_function("scrollY > 0")


@pytest.mark.parametrize("screen", ["desktop", "phone"])
@pytest.mark.parametrize("slug", ["jobs", "research"])
def test_labels_stay_in_the_frame_apart_from_each_other_and_new_ones_come(site, slug, screen):
    page = site.open(f"2026-Q2/{slug}.html", screen)
    names, first = set(), len(seen(page)["labels"])
    largest = page.locator(".map-frame circle[data-key]:visible").first.get_attribute("data-key")
    for _ in range(4):
        shown = seen(page)
        left, top, right, bottom = shown["frame"]
        for text, x0, y0, x1, y1 in shown["labels"]:
            assert left - 1 <= x0, text
            assert x1 <= right + 1, text
            assert top - 3 <= y0, text
            assert y1 <= bottom + 3, text
        labels = shown["labels"]
        assert [(a[0], b[0]) for i, a in enumerate(labels) for b in labels[:i] if overlaps(a, b)] == []
        names |= {text for text, *_ in labels}
        page.mouse.move(*middle(page, largest))
        page.mouse.wheel(0, -200)
    assert len(names) > first


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("slug", QUESTIONS)
def test_no_text_of_a_map_is_smaller_than_11_pixels_on_a_phone(site, slug, script):
    page = site.open(f"2026-Q2/{slug}.html", "phone", java_script_enabled=script)
    if script:
        shown = seen(page)
        assert shown["format"] == "vertical"
        assert min(shown["sizes"]) >= 11
    else:
        # The upright map's circles come by a script: the wide one is shown instead, to be pushed sideways.
        wide = page.locator(".map-frame svg.wide")
        width = wide.bounding_box()["width"]
        assert page.locator(".map-frame svg.vertical").is_hidden()
        assert min(map(float, re.findall(r'font-size="([\d.]+)"', wide.inner_html()))) * width / 1920 >= 11
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_what_circles_say_is_loaded_when_the_map_is_touched_and_then_said(site):
    page = site.open(JOBS)
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.mouse.move(*middle(page))
    page.wait_for_selector(".said:not([hidden])")
    assert asked == ["Heatmap-USA-AI-Jobs.js"]
    assert "New York" in page.locator(".said").inner_text()


def test_a_touch_tells_of_the_metro_and_offers_its_page(site):
    page = site.open(JOBS, "phone", has_touch=True)
    x, y = middle(page)
    page.touchscreen.tap(x + 3, y + 3)
    page.wait_for_selector(".said:not([hidden])")
    assert page.url.endswith("jobs.html")
    assert "New York" in page.locator(".said").inner_text()
    with page.expect_navigation():
        page.locator(".said a").tap()
    assert page.url.endswith("metros/us-35620.html")


def test_a_first_touch_near_the_edge_is_told_of_in_lines_of_words(site):
    page = site.open(JOBS, "phone", has_touch=True)
    page.touchscreen.tap(*middle(page, "14460"))
    page.wait_for_selector(".said:not([hidden])")
    box = page.locator(".said").bounding_box()
    assert box["width"] > box["height"]
    assert box["x"] + box["width"] <= page.viewport_size["width"]


class Fingers:
    """Fingers on the screen, as Chromium's own input gives them."""

    def __init__(self, page):
        self._session = page.context.new_cdp_session(page)

    def put(self, kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def move(self, start: list[tuple[float, float]], end: list[tuple[float, float]], steps: int = 6) -> None:
        self.put("touchStart", *start)
        for step in range(1, steps + 1):
            between = [
                (x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps)
                for (x0, y0), (x1, y1) in zip(start, end, strict=True)
            ]
            self.put("touchMove", *between)
        self.put("touchEnd")


def test_fingers_pinch_drag_and_tap_twice(site):
    page = site.open(JOBS, "phone", has_touch=True)
    fingers = Fingers(page)
    x, y = middle(page, "19740")
    assert (
        page.locator(".vertical .panel").first.evaluate("(panel) => getComputedStyle(panel).touchAction")
        == "pan-y"
    )
    fingers.move([(x - 20, y), (x + 20, y)], [(x - 60, y), (x + 60, y)])
    page.wait_for_selector(".vertical .panel.zoomed")
    scale = float(page.locator(".vertical .panel").first.get_attribute("data-scale"))
    assert scale == pytest.approx(3, rel=0.2)
    before, scrolled = middle(page, "19740"), page.evaluate("scrollY")
    fingers.move([before], [(before[0] + 10, before[1] - 60)])
    assert middle(page, "19740")[1] == pytest.approx(before[1] - 60, abs=8)
    assert page.evaluate("scrollY") == scrolled
    page.touchscreen.tap(x, y)
    page.touchscreen.tap(x, y)
    page.wait_for_selector(".vertical .panel:not(.zoomed)")


def test_one_finger_on_the_whole_map_scrolls_the_page(site):
    page = site.open(JOBS, "phone", has_touch=True)
    x, y = middle(page, "19740")
    Fingers(page).move([(x, y)], [(x, y - 150)])
    page.wait_for_function("scrollY > 20")
    assert page.locator(".vertical .panel.zoomed").count() == 0


def view(page) -> None:
    page.locator(".map-view summary").click()


def test_a_view_narrowed_and_zoomed_has_an_address_that_shows_it_again(site):
    page = site.open(JOBS)
    view(page)
    page.get_by_label("Show only").select_option("TX")
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("location.hash.includes('zoom=')")
    place = middle(page, "19100")
    assert page.locator('.wide [data-key="35620"]').is_hidden()
    address = page.locator(".map-link").get_attribute("href")
    again = site.open(f"{JOBS}{address}")
    assert middle(again, "19100")[0] == pytest.approx(place[0], abs=1)
    assert again.locator('.wide [data-key="35620"]').is_hidden()
    assert {text for text, *_ in seen(again)["labels"]} >= {"Dallas10,550", "Austin"}


def test_the_world_is_narrowed_to_a_country(site):
    page = site.open("2026-Q2/research.html")
    view(page)
    page.get_by_label("Show only").select_option("Japan")
    assert page.locator('.wide [data-key="JP/Tokyo"]').first.is_visible()
    assert page.locator('.wide [data-key="CN/Beijing"]').first.is_hidden()


@pytest.mark.parametrize("kind", ["SVG", "PNG", "Data (CSV)"])
def test_the_current_view_is_taken_away(site, kind):
    page = site.open(JOBS)
    view(page)
    page.get_by_label("Show only").select_option("TX")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=kind, exact=True).click()
    content = waiting.value.path().read_bytes()
    if kind == "SVG":
        root = ElementTree.fromstring(content)
        shown = [each for each in root.iter() if each.get("data-key") and each.get("display") != "none"]
        assert {each.get("data-key") for each in shown} >= {"19100", "12420"}
        assert "35620" not in {each.get("data-key") for each in shown}
        assert "Highest published per 1,000 jobs" in "".join(root.itertext())
    elif kind == "PNG":
        with Image.open(BytesIO(content)) as image:
            assert image.size == (1920, 1080)
            assert len(image.convert("RGB").getcolors(1 << 24)) > 100
    else:
        rows = list(csv.DictReader(StringIO(content.decode())))
        dallas = next(row for row in rows if row["id"] == "19100")
        assert dallas["ai_workers"] == "10550"
        assert all("TX" in row["metro"] for row in rows)
        assert len(rows) > 15


def test_the_map_is_embedded_by_one_file(site):
    page = site.open(JOBS)
    view(page)
    snippet = page.locator(".map-embed").input_value()
    source = re.search(r'src="file://([^"]+)"', snippet)[1]
    assert Path(source).stat().st_size < 200_000
    assert "<iframe" in snippet


@pytest.mark.parametrize("path", [JOBS, "2026-Q2/Heatmap-USA-AI-Jobs.html"])
def test_in_the_dark_the_map_is_dark_and_its_text_light(site, path):
    page = site.open(path, color_scheme="dark")
    ground, land, text = page.evaluate(
        """() => { const style = (selector, what) => getComputedStyle(document.querySelector(selector))[what];
        return [style('.map', 'backgroundColor'), style('.wide use', 'fill'), style('.wide text', 'fill')]; }"""
    )
    dark, middle_grey, light = (
        sum(map(int, re.findall(r"\d+", said)[:3])) / 3 for said in (ground, land, text)
    )
    assert dark < 50 < middle_grey < 110 < 200 < light


def test_without_a_script_the_map_is_drawn_and_each_circle_is_a_link(site):
    page = site.open(JOBS, java_script_enabled=False)
    assert page.locator(".map-frame svg.wide").is_visible()
    assert page.locator(".map-frame svg.vertical").is_hidden()
    page.mouse.click(*middle(page))
    page.wait_for_url("**/metros/us-35620.html")
