"""The search knows places by whatever people call them, in the head of every page and in the tables."""

import gzip

import pytest

from where_is_ai.geography.gazetteer.read import read_table

pytestmark = pytest.mark.slow
NEW_YORK, BOSTON, SAN_JOSE = "New York-Newark-Jersey City", "Boston-Cambridge-Newton", "San Jose-Sunnyvale"
MEANT = [
    ("nyc", NEW_YORK),
    ("palo alto", SAN_JOSE),
    ("02139", BOSTON),
    ("texas", "Dallas-Fort Worth"),
    ("silicon valley", SAN_JOSE),
    ("saint louis", "St. Louis"),
    ("san francisco", "San Francisco-Oakland"),
    ("santa clara county", SAN_JOSE),
    ("springfield, il", "Springfield, IL"),
    ("peking", "Beijing"),
    ("boston metro", BOSTON),
    ("14460", BOSTON),
]
MISSPELLED = [
    ("pittsburg", "Pittsburgh"),
    ("san fransisco", "San Francisco-Oakland"),
    ("albuquerqe", "Albuquerque"),
    ("cincinatti", "Cincinnati"),
    ("Bostno", BOSTON),
    ("new yrok", NEW_YORK),
    ("palo atlo", SAN_JOSE),
    ("beijng", "Beijing"),
]
TABLE = "#usa_ai_employment_by_msa"


@pytest.fixture(scope="module")
def pages(browser, published):
    """A page of the site that each text is asked of."""
    opened = {}

    def at(path):
        if path not in opened:
            opened[path] = browser.new_page()
            opened[path].goto((published / path).as_uri())
        return opened[path]

    return at


@pytest.mark.parametrize(("asked", "name"), MEANT + MISSPELLED)
def test_a_place_is_found_by_any_of_its_names(pages, asked, name):
    page = pages("metros/index.html")
    box = page.get_by_role("combobox", name="Find a metro")
    box.fill("")
    page.wait_for_selector("#metro-options", state="hidden")
    box.fill(asked)
    assert name in page.wait_for_selector("[role=option]").inner_text()


@pytest.mark.parametrize(
    ("asked", "name"),
    [pair for pair in MEANT if pair[0] in ("nyc", "palo alto", "02139", "texas", "saint louis")]
    + MISSPELLED[:7],
)
def test_a_table_is_searched_by_the_same_names(pages, asked, name):
    page = pages("2026-Q2/jobs.html")
    page.get_by_label("Search this table").first.fill(asked)
    page.wait_for_function(
        "([table, name]) => [...document.querySelectorAll(`${table} tbody th`)]"
        ".some((each) => each.textContent.startsWith(name))",
        arg=[TABLE, name],
    )
    assert page.locator(f"{TABLE} tbody tr").count() < 25


def test_a_row_of_no_metro_is_found_by_a_like_spelling_which_is_said(pages):
    page = pages("2026-Q2/research.html")
    tools = page.locator(".table", has=page.locator("#world_ai_research_by_institution"))
    tools.get_by_label("Search this table").fill("zhejiagn univresity")
    page.wait_for_function("document.body.textContent.includes('with a similar spelling')")
    assert "Zhejiang University" in tools.locator("tbody").inner_text()
    tools.get_by_label("Search this table").fill("zhejiang")
    assert "found" in tools.get_by_role("status").inner_text()


def test_a_name_that_is_known_is_never_taken_for_another(pages):
    page = pages("metros/index.html")
    found = page.evaluate(
        """async () => {
            const told = [];
            for (const name of ["bolton", "mason", "dalton, ga", "oakland"]) told.push(...(await whereIsAI.find(name)));
            return told.filter(({ near }) => near).map(({ name }) => name);
        }"""
    )
    assert found == []


def test_where_no_metro_is_meant_it_says_so(pages):
    page = pages("metros/index.html")
    page.get_by_role("combobox", name="Find a metro").fill("qqqq")
    page.wait_for_function(
        "document.querySelector('.search [role=status]').textContent.startsWith('No metro')"
    )
    assert page.locator(".search [role=status]").is_visible()


def test_more_than_a_few_lead_to_the_list_of_all(pages):
    page = pages("metros/us-35620.html")
    page.get_by_role("combobox", name="Find a metro").fill("texas")
    page.get_by_role("option", name="metros list").click()
    page.wait_for_url("**/metros/index.html#metros?q=texas")
    page.wait_for_function("document.querySelectorAll('#metros tbody tr').length > 8")
    names = page.locator("#metros tbody th").all_inner_texts()
    assert names
    assert all("TX" in name for name in names)


def test_its_data_is_small_and_comes_in_parts(published):
    first = published / "assets/metros.js"
    parts = [*(published / "assets/places").glob("*.js"), *(published / "assets/zips").glob("*.js")]
    assert len(parts) > 30
    for path in (first, *parts):
        assert len(gzip.compress(path.read_bytes())) < 20_000, path


def test_each_nickname_has_a_reason_and_a_place():
    rows = read_table("nicknames.csv")
    assert (rows[["name", "city", "country", "why"]] != "").all(axis=None)
    assert not rows.duplicated(["name", "city", "state", "country"]).any()
