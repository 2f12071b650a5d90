"""Rows past those that a page holds: found, sorted, shown and aimed at like all others, and linked to their metros."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html

from where_is_ai.site import table_view
from where_is_ai.site.build import build_site
from where_is_ai_tests.site.conftest import Site

pytestmark = pytest.mark.slow
ON_PAGE = 20
TABLE = "usa_ai_employment_by_msa"
JOBS = "2026-Q2/jobs.html"
ABILENE = f"#{TABLE}-10180"


def made_anew(site, to):
    """A copy whose pages are all made again by the next build."""
    return shutil.copytree(site, to, ignore=shutil.ignore_patterns(".site"))


@pytest.fixture(scope="module")
def large(published, tmp_path_factory):
    """The site, with as many rows of each table on its page as ON_PAGE."""
    copy = made_anew(published, tmp_path_factory.mktemp("large") / "published")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table_view, "ROWS_ON_PAGE", ON_PAGE)
        patch.setattr(table_view, "ROWS_TOGETHER", ON_PAGE)
        build_site(copy)
    return copy


@pytest.fixture
def site(browser, large):
    site = Site(browser, large)
    yield site
    site.close()
    assert site.problems == []


def body(page):
    return page.locator(f"#{TABLE} tbody")


def test_a_page_holds_the_first_rows_and_says_where_the_others_are(large):
    page = html.fromstring((large / JOBS).read_text())
    table = page.get_element_by_id(TABLE)
    assert len(table.xpath("tbody/tr")) == ON_PAGE
    rows = int(table.get("data-total"))
    parts = list((large / "2026-Q2/rows").glob(f"{TABLE}-*.js"))
    assert len(parts) == int(table.get("data-more")) == -(-(rows - ON_PAGE) // ON_PAGE)
    assert f"Of {rows} rows the page holds the first {ON_PAGE}" in table.xpath("string(caption)")


def test_scripts_of_rows_that_are_on_the_page_again_are_removed(large, tmp_path):
    copy = made_anew(large, tmp_path / "published")
    build_site(copy)
    assert len(list((large / "2026-Q2/rows").glob(f"{TABLE}-*.js"))) > 1
    assert len(list((copy / "2026-Q2/rows").glob(f"{TABLE}-*.js"))) == 1


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_the_address_of_any_row_shows_it_with_a_link_to_its_metro(site, screen):
    page = site.open(JOBS + ABILENE, screen)
    row = page.locator(ABILENE)
    row.wait_for(state="visible")
    page.wait_for_function(f"document.querySelector('{ABILENE}').getBoundingClientRect().top < innerHeight")
    assert "aimed" in row.get_attribute("class")
    found = Axe().run(page, options={"preload": False})
    assert [violation["id"] for violation in found.response["violations"]] == [], found.generate_report()
    row.get_by_role("link", name="Abilene, TX", exact=True).click()
    page.wait_for_url("**/metros/us-10180.html")
    page.get_by_role("link", name="In the table of 2026-Q2").first.click()
    page.locator(ABILENE).wait_for(state="visible")


def test_a_row_that_is_not_on_the_page_is_found_by_its_words_and_by_what_they_mean(site):
    page = site.open(JOBS)
    box = page.get_by_label("Search this table").first
    for asked, name in (
        ("abilene", "Abilene, TX"),
        ("palo alto", "San Jose-Sunnyvale"),
        ("abilnee", "Abilene, TX"),
    ):
        box.fill(asked)
        page.wait_for_function(
            "([table, name]) => document.getElementById(table).tBodies[0].textContent.includes(name)",
            arg=[TABLE, name],
        )


def test_all_rows_are_sorted_and_shown_alike(site, published):
    whole = html.fromstring((published / JOBS).read_text()).get_element_by_id(TABLE)
    page = site.open(JOBS)
    page.locator(f"#{TABLE} th[data-column=ai_per_1000] button").click()
    page.wait_for_function(
        f"document.getElementById('{TABLE}').tBodies[0].rows[0].textContent.includes('Warner Robins')"
    )
    page.locator(f"#{TABLE} th[data-column=metro] button").click()
    page.locator(".more").first.click()
    page.wait_for_function(
        f"document.getElementById('{TABLE}').tBodies[0].rows.length === {whole.get('data-total')}"
    )
    shown = page.locator(f"#{TABLE} tbody tr").evaluate_all(
        "rows => rows.map((row) => [row.id, [...row.cells].map((cell) => cell.textContent.trim())])"
    )
    kept = {
        row.get("id"): [" ".join(cell.itertext()).strip() for cell in row.xpath("th | td")]
        for row in whole.xpath("tbody/tr")
    }
    assert kept.items() <= dict(shown).items()
    letters = [cells[1][0] for _, cells in shown]
    assert letters == sorted(letters)
