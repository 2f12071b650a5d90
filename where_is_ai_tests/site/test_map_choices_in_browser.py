"""What readers may choose of a map: the measure, the time, the classes of its legend; and that all of it is kept."""

import csv
import json
import re
import shutil
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe

from where_is_ai.maps.style import MUTED
from where_is_ai.publication.about import ABOUT
from where_is_ai.site.build import build_site
from where_is_ai.site.writing import compressed
from where_is_ai_tests.site.conftest import Site, settled
from where_is_ai_tests.site.server import served

pytestmark = pytest.mark.slow

JOBS, POSTINGS = "2026-Q2/jobs.html", "2026-Q2/postings.html"
NEW_YORK, LOS_ANGELES, HONOLULU = "35620", "31080", "46520"
RATE, CHANGE, PAY = "ai_per_1000", "like_for_like_change", "ai_workers.pay_median_low_usd"
# Of the drawing that is seen: what each circle is, and what the map is called.
DRAWN = """() => {
  const drawn = [...document.querySelectorAll('.map-frame > svg')]
    .find((each) => each.getBoundingClientRect().height > 0);
  const marks = [...drawn.querySelectorAll('[data-key]')].filter((mark) => mark.style.display !== 'none');
  return {
    title: drawn.querySelector('.around text').textContent,
    circles: Object.fromEntries(marks.map((mark) => [mark.dataset.key, {
      r: mark.r ? mark.r.baseVal.value : null,
      fill: mark.getAttribute('fill'),
      broken: mark.getAttribute('stroke') === 'none',
    }])),
    texts: [...drawn.querySelectorAll('.around text')].map((text) => text.textContent),
    list: [...drawn.querySelectorAll('.around .listed')].map((text) => text.textContent),
  };
}"""


def drawn(page) -> dict:
    return page.evaluate(DRAWN)


def choose(page, measure: str) -> None:
    title = drawn(page)["title"]
    page.get_by_label("Measure").select_option(measure)
    page.wait_for_function(
        "(title) => document.querySelector('.around text').textContent !== title", arg=title
    )


def step_back(page) -> None:
    page.locator("#map-time").press("ArrowLeft")
    page.wait_for_function("location.hash.includes('time=')")


def table_of(site, name: str, quarter: str = "2026-Q2") -> pd.DataFrame:
    return pd.read_parquet(site.published / quarter / f"{name}.parquet").set_index("area_code")


def within_frame(page, key: str) -> tuple[float, float]:
    """Where a circle is in its map, wherever the page is scrolled to."""
    x, y = middle(page, key)
    frame = page.locator(".map-frame").bounding_box()
    return x - frame["x"], y - frame["y"]


def middle(page, key: str = NEW_YORK) -> tuple[float, float]:
    circle = page.locator(f'.map-frame [data-key="{key}"]:visible').first
    circle.scroll_into_view_if_needed()
    settled(page)
    box = circle.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_the_measure_is_switched_without_loading_the_page_again(site, screen):
    page = site.open(JOBS, screen)
    page.evaluate("window.still = true")
    before = drawn(page)
    choose(page, RATE)
    after = drawn(page)
    assert page.evaluate("window.still")
    assert after["title"] == "AI workers per 1,000 jobs"
    assert after["circles"].keys() == before["circles"].keys()
    rows = table_of(site, "usa_ai_employment_by_msa")
    one, other = (after["circles"][key]["r"] ** 2 for key in (NEW_YORK, LOS_ANGELES))
    assert one / other == pytest.approx(rows.at[NEW_YORK, RATE] / rows.at[LOS_ANGELES, RATE], rel=0.05)
    assert after["list"][:3] == ["1", "Warner Robins", "9.99"]
    page.get_by_label("Measure").select_option(index=0)
    page.wait_for_function("document.querySelector('.around text').textContent.startsWith('New York')")
    assert drawn(page) == before


def test_what_is_unknown_is_a_diamond_and_a_lower_bound_has_no_whole_outline(site):
    page = site.open(JOBS)
    choose(page, RATE)
    rows = table_of(site, "usa_ai_employment_by_msa")
    circles = drawn(page)["circles"]
    unknown = {key for key, circle in circles.items() if circle["r"] is None}
    assert unknown == set(rows.index[rows[RATE].isna()]) & circles.keys() != set()
    broken = {key for key, circle in circles.items() if circle["broken"]}
    whole = set(rows.index[rows["coverage"] == "all_published"])
    assert HONOLULU in broken
    assert not broken & whole
    page.mouse.move(*middle(page, HONOLULU))
    page.wait_for_selector(".said:not([hidden])")
    assert "AI workers per 1,000 jobs: at least" in page.locator(".said").text_content()


def test_a_change_is_told_by_gain_and_loss_and_greyed_where_noise_may_explain_it(site):
    page = site.open(JOBS)
    choose(page, CHANGE)
    rows, circles = table_of(site, "usa_ai_employment_yoy"), drawn(page)["circles"]
    holds = rows["comparable"] & rows["exceeds_noise_fdr10"].fillna(False)
    fills = {key: circle["fill"] for key, circle in circles.items()}
    gains = {key for key in rows.index[holds & (rows[CHANGE] > 0)] if key in fills}
    losses = {key for key in rows.index[holds & (rows[CHANGE] < 0)] if key in fills}
    noise = {key for key in rows.index[~holds & rows[CHANGE].notna()] if key in fills}
    assert [len({fills[key] for key in those}) for those in (gains, losses, noise)] == [1, 1, 1]
    assert len({fills[next(iter(those))] for those in (gains, losses, noise)}) == 3
    assert circles[next(key for key in rows.index[rows[CHANGE].isna()] if key in circles)]["r"] is None


def test_the_slider_shows_a_release_by_key_and_its_data_come_when_they_are_asked_for(site):
    page = site.open(JOBS)
    assert page.locator('head script[src*="-looks"], head script[src*="-releases"]').count() == 0
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    slider = page.locator("#map-time")
    assert slider.get_attribute("aria-valuetext") == "May 2025"
    before = drawn(page)["circles"]
    step_back(page)
    assert asked == [
        "Heatmap-USA-AI-Jobs-looks.js",
        "Heatmap-USA-AI-Jobs-releases.js",
        "Heatmap-USA-AI-Jobs.js",
    ]
    assert slider.get_attribute("aria-valuetext") == "May 2024"
    series = table_of(site, "usa_ai_employment_series")
    then = series[series["oews_release"] == "2024-05"]["ai_workers"]
    after = drawn(page)
    assert any("May 2024" in text for text in after["texts"])
    assert not any("May 2025" in text for text in after["texts"])
    now = table_of(site, "usa_ai_employment_by_msa")["ai_workers"]
    assert (after["circles"][NEW_YORK]["r"] / before[NEW_YORK]["r"]) ** 2 == pytest.approx(
        then[NEW_YORK] / now[NEW_YORK], rel=0.03
    )
    slider.press("End")
    page.wait_for_function("!location.hash.includes('time=')")
    assert drawn(page)["circles"] == before


@pytest.fixture(scope="module")
def older(published, tmp_path_factory) -> Path:
    """The published folder with one more edition, of half a year before, that has postings on another basis."""
    folder = tmp_path_factory.mktemp("older") / "published"
    shutil.copytree(published, folder)
    edition = folder / "2025-Q3"
    shutil.copytree(folder / "2026-Q2", edition)
    name = edition / "usa_ai_postings_by_metro.parquet"
    rows = pd.read_parquet(name)
    rows.assign(ai_postings=rows["ai_postings"] * 2).to_parquet(name)
    papers = edition / "world_ai_research_by_metro.parquet"
    rows = pd.read_parquet(papers)
    rows.assign(ai_works_per_100k=rows["ai_works"] / 50).to_parquet(papers)
    about = json.loads((edition / ABOUT).read_text())
    about["notes"]["postings"] |= {"basis": "another classifier", "quarter": "2025-Q3"}
    (edition / ABOUT).write_text(json.dumps(about))
    build_site(folder)
    return folder


@pytest.fixture
def older_site(browser, older):
    site = Site(browser, older)
    yield site
    site.close()
    assert site.problems == []


def test_without_releases_the_slider_is_over_editions_to_scale_with_what_is_missing_and_breaks(older_site):
    page = older_site.open(POSTINGS)
    ticks = page.locator(".scale .tick").evaluate_all(
        "(all) => all.map(({ style, classList }) => [style.getPropertyValue('--part'), classList.contains('missing')])"
    )
    assert [float(part) for part, _ in ticks] == pytest.approx([0, 1 / 3, 2 / 3, 1], abs=0.001)
    assert [missing for _, missing in ticks] == [False, True, True, False]
    assert page.locator(".scale .break").count() == 1
    choose(page, "ai_postings")
    before = drawn(page)["circles"]
    step_back(page)
    after = drawn(page)["circles"]
    assert (after[NEW_YORK]["r"] / before[NEW_YORK]["r"]) ** 2 == pytest.approx(2, rel=0.05)
    note = page.locator(".map-note").inner_text()
    assert note.startswith("2025-Q3.")
    assert "Break at 2026-Q2" in note
    assert "Missing: 2025-Q4 to 2026-Q1." in note
    assert any("edition 2025-Q3" in text for text in drawn(page)["texts"])


def test_an_older_edition_offers_no_later_ones(older_site):
    assert older_site.open("2025-Q3/postings.html").locator("#map-time").count() == 0


def test_a_metro_of_the_world_is_the_same_in_every_panel_that_shows_it(older_site):
    page = older_site.open("2025-Q3/research.html")
    choose(page, "ai_works_per_100k")
    for key in ("JP/Tokyo", "US/New York"):
        drawn_as = page.locator(f'.wide [data-key="{key}"]').evaluate_all(
            "(all) => all.map((mark) => [mark.getAttribute('r'), mark.getAttribute('fill')].join())"
        )
        assert len(drawn_as) == 2, key
        assert len(set(drawn_as)) == 1


def test_what_cannot_be_loaded_leaves_the_map_as_it_is_and_says_so(older_site):
    (older_site.published / "2025-Q3" / "maps" / "Heatmap-USA-AI-Jobs-looks.js").unlink()
    page = older_site.open("2025-Q3/jobs.html")
    before, first = drawn(page), page.get_by_label("Measure").input_value()
    page.get_by_label("Measure").select_option(RATE)
    page.wait_for_function("document.querySelector('.map-note').textContent.includes('could not be loaded')")
    assert drawn(page) == before
    assert page.get_by_label("Measure").input_value() == first
    assert len(older_site.problems) >= 1
    older_site.problems.clear()


def test_words_that_cannot_be_loaded_leave_the_links_and_are_said_to_be_missing(older_site):
    (older_site.published / "2025-Q3" / "maps" / "Heatmap-USA-AI-Jobs.js").unlink()
    page = older_site.open("2025-Q3/jobs.html")
    page.mouse.move(*middle(page))
    page.wait_for_function("document.querySelector('.map-note').textContent.includes('could not be loaded')")
    with page.expect_navigation():
        page.mouse.click(*middle(page))
    assert page.url.endswith("metros/us-35620.html")
    assert len(older_site.problems) >= 1
    older_site.problems.clear()


def test_a_colour_that_a_release_has_not_is_unknown_and_is_said_to_be_missing(site):
    page = site.open(f"{JOBS}#map?measure={PAY}&time=2024-05")
    fills = page.locator(".wide .panel circle[data-key]").evaluate_all(
        "(circles) => [...new Set(circles.map((circle) => circle.getAttribute('fill')))]"
    )
    assert fills == [MUTED]
    assert "is not published for it" in page.locator(".map-note").inner_text()


def test_a_lower_bound_that_gives_the_colour_is_said_as_one(site):
    page = site.open(f"{JOBS}#map?time=2024-05")
    series = table_of(site, "usa_ai_employment_series")
    then = series[(series["oews_release"] == "2024-05") & (series["coverage"] != "all_published")]
    key = next(
        each
        for each in then.sort_values("ai_workers", ascending=False).index
        if each in drawn(page)["circles"]
    )
    page.mouse.move(*middle(page, key))
    page.wait_for_selector(".said:not([hidden])")
    assert "AI workers per 1,000 jobs: at least" in page.locator(".said").text_content()


def test_what_was_said_of_a_circle_goes_when_another_measure_is_chosen(site):
    page = site.open(JOBS)
    page.mouse.move(*middle(page))
    page.wait_for_selector(".said:not([hidden])")
    choose(page, RATE)
    assert page.locator(".said").is_hidden()


def test_a_drawing_taken_from_a_served_page_has_its_typeface_in_it(browser, published):
    with served(published) as address:
        page = browser.new_page()
        page.goto(f"{address}/{JOBS}")
        page.wait_for_selector("[data-map][data-ready]")
        page.get_by_text("Take this view").click()
        with page.expect_download() as taken:
            page.get_by_role("button", name="SVG").click()
        drawing = Path(taken.value.path()).read_text()
        page.close()
    assert drawing.count("@font-face") == 2
    ElementTree.fromstring(drawing)


def test_a_measure_that_a_release_has_not_shows_nothing_and_says_so(site):
    page = site.open(f"{JOBS}#map?measure={CHANGE}&time=2024-05")
    assert drawn(page)["circles"] == {}
    assert "is not published for it" in page.locator(".map-note").inner_text()


@pytest.mark.parametrize("by", ["click", "key"])
def test_a_class_of_the_legend_hides_its_circles_and_shows_them_again(site, by):
    page = site.open(JOBS)
    before = drawn(page)["circles"]
    button = page.locator(".map-legend button").first
    press = button.click if by == "click" else lambda: button.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    fill = button.get_attribute("data-name")
    press()
    assert button.get_attribute("aria-pressed") == "false"
    left = drawn(page)["circles"]
    assert left == {key: circle for key, circle in before.items() if circle["fill"] != fill}
    assert 0 < len(left) < len(before)
    press()
    assert drawn(page)["circles"] == before


def test_lower_bounds_and_the_unknown_are_classes_too(site):
    page = site.open(JOBS)
    for name in ("broken", "unknown"):
        page.locator(f'.map-legend [data-name="{name}"]').click()
    left = drawn(page)["circles"].values()
    assert left
    assert not any(circle["broken"] or circle["r"] is None for circle in left)
    rings = page.locator(".wide .panel > circle.at:not(.named)").evaluate_all(
        "(all) => all.filter((ring) => ring.style.display !== 'none').length"
    )
    assert rings == 0


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_the_address_keeps_measure_time_classes_region_and_zoom(site, screen):
    page = site.open(JOBS, screen)
    choose(page, RATE)
    step_back(page)
    page.locator(".map-legend button").nth(1).click()
    page.locator(".map-view summary").click()
    page.get_by_label("Show only").select_option("TX")
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("location.hash.includes('zoom=')")
    place, seen = within_frame(page, "19100"), drawn(page)
    address = page.locator(".map-link").get_attribute("href")
    assert re.search(r"measure=ai_per_1000.*time=2024-05.*hide=1.*only=TX.*zoom=", address)
    again = site.open(f"{JOBS}{address}", screen)
    assert drawn(again) == seen
    assert within_frame(again, "19100") == pytest.approx(place, abs=1)
    assert again.get_by_label("Measure").input_value() == RATE
    assert again.locator("#map-time").get_attribute("aria-valuetext") == "May 2024"
    assert again.locator(".map-legend button").nth(1).get_attribute("aria-pressed") == "false"


def test_an_address_with_what_is_not_there_shows_the_map_as_it_is(site):
    plain = drawn(site.open(JOBS))
    assert drawn(site.open(f"{JOBS}#map?measure=none&time=1999&hide=99")) == plain


def taken(page, kind: str) -> tuple[str, str]:
    if page.locator(".map-view").get_attribute("open") is None:
        page.locator(".map-view summary").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=kind, exact=True).click()
    return waiting.value.suggested_filename, waiting.value.path().read_text()


def test_data_and_drawing_of_the_view_follow_measure_and_time(site):
    page = site.open(f"{JOBS}#map?measure={RATE}&time=2024-05&only=TX&hide=0")
    name, content = taken(page, "Data (CSV)")
    assert name == f"Heatmap-USA-AI-Jobs-{RATE}-2024-05.csv"
    rows = list(csv.DictReader(StringIO(content)))
    series = table_of(site, "usa_ai_employment_series")
    then = series[series["oews_release"] == "2024-05"]
    assert rows
    for row in rows:
        assert ", TX" in row["metro"]
        assert row["when"].startswith("May 2024")
        known = then.at[row["id"], RATE]
        assert row[RATE] == "" if pd.isna(known) else float(row[RATE]) == pytest.approx(known, abs=0.006)
        assert row[RATE] == "" or float(row[RATE]) >= 0.5
    assert {row[f"{RATE}_is_lower_bound"] for row in rows} == {"true", "false"}
    _, drawing = taken(page, "SVG")
    root = ElementTree.fromstring(drawing)
    texts = "".join(root.itertext())
    assert "AI workers per 1,000 jobs" in texts
    assert "May 2024" in texts
    assert "New York has the most" not in texts
    shown = {
        each.get("data-key") for each in root.iter() if each.get("data-key") and each.get("display") != "none"
    }
    assert shown == {row["id"] for row in rows}


def test_the_data_of_a_page_as_it_came_have_all_columns(site):
    _, content = taken(site.open(JOBS), "Data (CSV)")
    assert {"ai_workers", "ai_per_1000", "coverage"} <= set(csv.DictReader(StringIO(content)).fieldnames)


@pytest.mark.parametrize(
    ("screen", "scheme"), [("desktop", "light"), ("desktop", "dark"), ("phone", "light"), ("phone", "dark")]
)
def test_choices_have_no_accessibility_violation_and_fit_the_screen(site, screen, scheme):
    page = site.open(f"{JOBS}#map?measure={RATE}&time=2022-05&hide=0", screen, color_scheme=scheme)
    found = Axe().run(page, options={"preload": False})
    assert [violation["id"] for violation in found.response["violations"]] == [], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_fingers_choose_too(site):
    page = site.open(JOBS, "phone", has_touch=True)
    page.locator(".map-legend button").first.tap()
    assert page.locator(".map-legend button").first.get_attribute("aria-pressed") == "false"
    page.locator("#map-time").tap(position={"x": 12, "y": 12})
    page.wait_for_function("location.hash.includes('time=')")
    assert page.locator("#map-time").get_attribute("aria-valuetext") != "May 2025"


def test_without_a_script_the_map_is_as_it_was_drawn_and_nothing_is_offered(site):
    page = site.open(JOBS, java_script_enabled=False)
    assert page.locator(".map-frame svg.wide").is_visible()
    for part in (".map-choices", ".map-legend", ".map-time"):
        assert page.locator(part).is_hidden()


def test_the_first_view_stays_light(site):
    folder = site.published / "2026-Q2"
    shared = [*site.published.glob("assets/site-*.css"), *site.published.glob("assets/site-*.js")]
    assert compressed(folder / "jobs.html", folder / "maps" / "Heatmap-USA-AI-Jobs.js", *shared) < 300_000
    assert (folder / "Heatmap-USA-AI-Jobs.html").stat().st_size < 200_000
