"""The site as readers meet it: in a real Chromium, from the disk, on a desk and on a phone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from where_is_ai.layers import LAYERS
from where_is_ai_tests.site.published import FORMULA, HARMFUL
from where_is_ai_tests.site.server import served

pytestmark = pytest.mark.slow

QUESTIONS = ("jobs", "postings", "research", "change", "trust")
PAGES = (
    "index.html",
    "metros/index.html",
    "metros/us-35620.html",
    "metros/us-41940.html",
    "metros/cn-beijing.html",
    "metros/compare.html",
    "2026-Q2/story.html",
    "2026-Q2/index.html",
    "2026-Q2/data.html",
    *(f"2026-Q2/{slug}.html" for slug in QUESTIONS),
    "2026-Q1/research.html",
)
JOBS = "2026-Q2/jobs.html"
TABLE = "#usa_ai_employment_by_msa"


def names(page, table: str = TABLE) -> list[str]:
    return page.locator(f"{table} tbody th").all_inner_texts()


LOOKS = [(path, "desktop light") for path in PAGES] + [
    (path, "phone dark") for path in PAGES if path.startswith(("2026-Q2", "metros/us-", "metros/compare"))
]


@pytest.mark.parametrize(("path", "look"), LOOKS)
def test_no_page_has_an_accessibility_violation_or_is_wider_than_the_screen(site, path, look):
    screen, scheme = look.split()
    page = site.open(path, screen, color_scheme=scheme)
    found = Axe().run(page, options={"preload": False})
    assert [violation["id"] for violation in found.response["violations"]] == [], found.generate_report()
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
    assert page.locator("h1").count() == 1


def test_a_heading_sorts_both_ways_and_unknown_comes_last(site):
    page = site.open(JOBS)
    page.locator(f"{TABLE} th[data-column=ai_per_1000] button").click()
    heading = page.locator(f"{TABLE} th[data-column=ai_per_1000]")
    assert heading.get_attribute("aria-sort") == "descending"
    assert names(page)[0] == "Warner Robins, GA"
    page.locator(".more").first.click()
    place = heading.evaluate("cell => cell.cellIndex")
    values = page.locator(f"{TABLE} tbody tr").evaluate_all(
        "(rows, place) => rows.map((row) => whereIsAI.valueOf(row.cells[place], true) ?? null)", place
    )
    known = [float(value) for value in values if value is not None]
    assert known == sorted(known, reverse=True)
    assert values[: len(known)] == [value for value in values if value is not None]
    heading.get_by_role("button").press("Enter")
    assert heading.get_attribute("aria-sort") == "ascending"
    assert names(page)[0] != "Warner Robins, GA"


def test_a_table_is_searched_without_regard_to_case_and_accents(site):
    page = site.open("2026-Q2/jobs.html")
    page.get_by_label("Search this table").first.fill("SÁN josé")
    assert names(page) == ["San Jose-Sunnyvale-Santa Clara, CA"]
    assert "1 of 1 rows found" in page.locator(".table-tools [role=status]").first.inner_text()


def test_what_is_shown_has_an_address_that_shows_it_again(site):
    page = site.open(JOBS)
    page.get_by_label("Search this table").first.fill("ca")
    page.locator(f"{TABLE} th[data-column=metro] button").click()
    link = page.get_by_role("link", name="Link to this view").first
    shown, address = names(page), link.get_attribute("href")
    assert len(shown) > 5
    assert shown == sorted(shown)
    again = site.open(f"{JOBS}{address}")
    assert names(again) == shown
    assert again.get_by_label("Search this table").first.input_value() == "ca"


def test_a_row_has_an_address_even_where_it_is_not_among_the_first(site):
    page = site.open(f"{JOBS}{TABLE}-10180")
    row = page.locator(f"{TABLE}-10180")
    assert "Abilene" in row.inner_text()
    assert row.is_visible()
    assert row.get_attribute("data-key") == "10180"
    assert row.evaluate("(row) => row.matches(':target, .aimed')")


def test_a_metro_is_found_by_keyboard(site):
    page = site.open(JOBS)
    box = page.get_by_role("combobox", name="Find a metro")
    box.fill("huntsv")
    page.wait_for_selector("[role=option]")
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == "metro-0"
    with page.expect_navigation():
        box.press("Enter")
    assert "Huntsville" in page.locator("h1").inner_text()
    assert page.url.endswith("metros/us-26620.html")


def test_the_switcher_leads_to_the_same_question_of_another_edition_and_back(site):
    page = site.open("2026-Q2/research.html")
    page.locator("details.editions summary").click()
    page.get_by_role("link", name="2026-Q1, sample").click()
    page.wait_for_load_state()
    assert page.url.endswith("2026-Q1/research.html")
    assert "Not measured in this edition" in page.locator(".lead").inner_text()
    assert page.get_by_role("link", name="list of editions").is_visible()
    page.locator("details.editions summary").click()
    page.get_by_role("link", name="2026-Q2, sample").click()
    page.wait_for_load_state()
    assert page.url.endswith("2026-Q2/research.html")


@pytest.mark.parametrize("kind", ["CSV", "Parquet"])
def test_a_table_is_downloaded_as_it_lies_in_the_folder(site, kind):
    page = site.open(JOBS)
    with page.expect_download() as waiting:
        page.get_by_role("link", name=kind, exact=True).first.click()
    name = f"usa_ai_employment_by_msa.{kind.lower()}"
    assert waiting.value.suggested_filename == name
    assert waiting.value.path().read_bytes() == (site.published / "2026-Q2" / name).read_bytes()


def test_names_that_mean_harm_are_shown_and_not_run(site):
    page = site.open("2026-Q2/research.html")
    assert page.title().startswith("Where is AI research")
    page.locator(".more").nth(1).click()
    table = page.locator("#world_ai_research_by_institution").inner_text()
    assert HARMFUL in table
    assert FORMULA in table
    page.get_by_role("combobox", name="Find a metro").fill("script")
    option = page.wait_for_selector("[role=option]")
    assert HARMFUL in option.inner_text()
    page.get_by_role("combobox", name="Find a metro").press("Enter")
    page.wait_for_url("**/metros/**")
    assert page.locator("h1").inner_text() == HARMFUL


@pytest.mark.parametrize("slug", QUESTIONS)
def test_without_a_script_all_is_there_as_tables_and_maps(site, slug):
    page = site.open(f"2026-Q2/{slug}.html", java_script_enabled=False)
    assert page.locator("tbody tr").count() > 20
    assert page.locator(".table-tools").first.is_hidden()
    assert page.locator(".map-frame svg.wide").is_visible()
    page.locator("details.editions summary").click()
    assert page.get_by_role("link", name="2026-Q1, sample").is_visible()


def test_a_metro_page_sets_slices_side_by_side_with_trend_and_way_back(site):
    page = site.open("metros/us-35620.html")
    assert page.locator(".slice h2").all_inner_texts() == [layer.title for layer in LAYERS[:3]]
    assert page.locator(".slice .big").first.inner_text().startswith("25,260")
    told = page.locator(".trend").first.get_attribute("aria-label")
    assert "May 2024 21,240; May 2025 25,260" in told
    page.get_by_text("Walk back to the source").click()
    walk = page.locator(".slice pre").first.inner_text()
    assert "sheet MSA, rows 2619" in walk
    assert re.search(r"sha256 [0-9a-f]{64}", walk)
    page.get_by_role("link", name="In the table of 2026-Q2").first.click()
    page.wait_for_url("**/2026-Q2/jobs.html#usa_ai_employment_by_msa-35620")


def test_any_row_is_walked_back_to_the_cells_of_an_archived_answer(site):
    page = site.open("2026-Q2/trust.html")
    loaded = []
    page.on("request", lambda request: loaded.append(request.url.partition("/published/")[2]))
    page.get_by_label("Row, by its id or name").fill("35620")
    page.get_by_role("button", name="Walk back").click()
    page.wait_for_selector("form.walk output:not(:empty)")
    told = page.locator("form.walk output").inner_text()
    assert "usa_ai_employment_by_msa.csv, row 35620 (New York-Newark-Jersey City, NY-NJ)" in told
    assert "from MSA.xlsx, sheet MSA, rows 2619" in told
    assert re.search(r"of https://www\.bls\.gov/\S+\n  sha256 [0-9a-f]{64}", told)
    of_rows = [path for path in loaded if "/walk/" in path]
    assert of_rows == ["metros/walk/us-35620.js", "2026-Q2/walk/answers.js"]
    page.get_by_label("Row, by its id or name").fill("nyc")
    page.get_by_role("button", name="Walk back").click()
    page.wait_for_function("document.querySelector('form.walk output').textContent.includes('row 35620')")
    assert [path for path in loaded if "/walk/" in path] == of_rows


def test_trust_shows_failed_checks_first_and_what_is_held_back(site):
    page = site.open("2026-Q2/trust.html")
    assert page.locator(".verdict").all_inner_texts() == ["failed", "warning", "passed"]
    assert "1 of 3 checks passed, 1 gave a warning, 1 failed." in page.locator("main").inner_text()
    assert page.locator("#suppressed-and-unlisted tbody tr").count() == 25
    assert "city named as noise" in page.locator("#suspect-institutions").inner_text()
    assert re.search(r"[0-9a-f]{64}", page.locator("[aria-labelledby=sources]").inner_text())


def test_it_works_under_a_path_of_a_server_too(browser, published, tmp_path):
    (tmp_path / "where-is-ai").symlink_to(published)
    with served(tmp_path) as address:
        page = browser.new_page()
        missing = []
        page.on("response", lambda answer: answer.status >= 400 and missing.append(answer.url))
        for path in PAGES:
            page.goto(f"{address}/where-is-ai/{path}")
            page.wait_for_load_state("networkidle")
        assert missing == []
        page.close()


def test_what_stands_under_a_wide_table_is_in_sight_on_a_phone_however_far_the_table_is_scrolled(site):
    table = site.open("metros/us-35620.html", "phone").locator(".scroll:has(.standing)")
    assert table.evaluate("each => each.scrollWidth > each.clientWidth")
    table.evaluate("each => each.scrollLeft = 60")
    seen, said = table.bounding_box(), table.locator("caption").bounding_box()
    assert said["x"] >= seen["x"]
    assert said["x"] + said["width"] <= seen["x"] + seen["width"]


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_what_the_edition_has_nothing_on_stands_apart_in_the_menu(site, screen):
    page = site.open(JOBS, screen)
    menu = page.get_by_role("navigation", name="Questions")
    shown = menu.locator("a:visible").all_inner_texts()
    assert "AI jobs" in shown
    assert "Funding" not in shown
    menu.get_by_text("Not measured in 2026-Q2").click()
    apart = menu.locator("details a:visible").all_inner_texts()
    assert "Funding" in apart
    assert not set(apart) & set(shown)
    box = menu.locator("details ul").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]
    found = Axe().run(page, options={"preload": False})
    assert [violation["id"] for violation in found.response["violations"]] == [], found.generate_report()
    page.keyboard.press("Escape")
    assert menu.locator("details a:visible").count() == 0


def test_a_page_of_change_says_from_when_to_when(site):
    page = site.open("2026-Q2/change.html")
    assert page.locator("h1").inner_text() == "What changed from May 2024 to May 2025?"
    assert page.title().startswith("What changed from May 2024 to May 2025? 2026-Q2")
    assert "from May 2024 to May 2025" in page.locator("dl.facts").inner_text()


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_a_row_leads_to_the_cells_that_it_was_made_from(site, screen):
    page = site.open(f"{JOBS}{TABLE}-35620", screen, has_touch=screen == "phone")
    page.get_by_role("link", name="Walk back to the source of New York-Newark-Jersey City").click()
    page.wait_for_url("**/trust.html#walk?**")
    page.wait_for_function("document.querySelector('form.walk output').textContent.includes('MSA.xlsx')")
    assert "row 35620" in page.locator("form.walk output").inner_text()
