"""Metros side by side at one address, a metro's numbers for programs, its citation and its printed page."""

import csv
import json

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.slow
BOSTON, ATLANTA = "us-14460", "us-12060"


def served_page(browser, published, path):
    page = browser.new_page()
    page.goto((published / "metros/compare.html").as_uri() + path)
    return page


def test_two_metros_stand_side_by_side_at_one_address_and_a_third_is_added(browser, published):
    page = served_page(browser, published, f"?metros={BOSTON},{ATLANTA}")
    page.wait_for_selector("[data-compare] tbody tr")
    assert [text.split("\n")[0] for text in page.locator("[data-compare] thead th").all_inner_texts()] == [
        "Measure",
        "Boston-Cambridge-Newton, MA-NH",
        "Atlanta-Sandy Springs-Roswell, GA",
        "The nation",
    ]
    workers = page.locator("[data-compare] tr", has_text="AI workers").locator("td").all_inner_texts()
    assert workers[0].split("\n") == ["9,550", "8,640 to 10,460", "rank 7 of 289", "4 to 229 possible"]
    assert workers[1].split("\n")[-1] == "less"
    page.locator("[data-compare] input").fill("palo alto")
    page.get_by_role("button", name="Add").click()
    page.wait_for_url(f"**/compare.html?metros={BOSTON},{ATLANTA},us-41940")
    page.wait_for_selector("[data-compare] thead th >> nth=3")
    page.get_by_role("link", name="Leave out Atlanta").click()
    page.wait_for_url(f"**/compare.html?metros={BOSTON},us-41940")


def test_metros_of_two_countries_have_each_its_own_beside_it(browser, published):
    page = served_page(browser, published, f"?metros={BOSTON},cn-beijing")
    page.wait_for_selector("[data-compare] tbody tr")
    assert "The nation" not in page.locator("[data-compare] thead").inner_text()
    papers = page.locator("[data-compare] tr", has_text="AI papers").locator("td").all_inner_texts()
    assert papers[0].split("\n")[-1].startswith("United States: ")
    assert papers[1].split("\n")[-1].startswith("China: ")
    assert len(papers) == 2


def test_an_address_of_no_metro_is_said_to_be_none(browser, published):
    page = served_page(browser, published, f"?metros={BOSTON},us-00000")
    page.wait_for_selector("[data-compare] tbody tr")
    assert page.locator("[data-compare] [role=status]").inner_text() == "No metro has the address us-00000."
    page = served_page(browser, published, "?metros=<script>,../x")
    page.wait_for_selector("[data-compare] form")
    assert page.locator("[data-compare] [role=status]").inner_text() == "Name the first metro."


def test_a_metro_is_there_as_json_and_csv_with_unknown_left_empty(published):
    data = json.loads((published / f"metros/{BOSTON}.json").read_text())
    workers = next(each for each in data["measures"] if each["measure"] == "ai_workers")
    assert (workers["value"], workers["low"], workers["high"], workers["rank"]) == (9550, 8640, 10460, 7)
    assert workers["sample"]
    assert workers["rank_high"] == 229
    assert len(data["peers"]) == 8
    assert data["unknown"][0]["why"]
    assert (workers["is_lower_bound"], workers["middle_of_metros_is_lower_bound"]) == (False, True)
    assert (workers["nation"], workers["nation_is_lower_bound"]) == (None, None)
    assert "not at hand" in workers["nation_note"]
    papers = next(each for each in data["measures"] if each["measure"] == "ai_works")
    assert papers["nation"] > papers["value"]
    assert papers["nation_is_lower_bound"] is False
    made_up = [each["layer"] for each in data["measures"] if each["made_up"]]
    assert set(made_up) == {"postings"}
    with (published / f"metros/{BOSTON}.csv").open() as file:
        rows = {row["measure"]: row for row in csv.DictReader(file)}
    assert float(rows["ai_workers"]["value"]) == 9550
    assert rows["ai_workers"]["rank_high"] == "229"
    assert rows["ai_workers"]["is_lower_bound"] == "false"
    assert rows["ai_workers"]["middle_of_metros_is_lower_bound"] == "true"
    assert float(rows["ai_works"]["nation"]) == papers["nation"]
    assert rows["ai_workers"]["nation_is_lower_bound"] == ""
    assert rows["ai_works"]["low"] == ""
    assert rows["ai_works"]["area"] == "Boston Metro"
    assert len(rows) == len(data["measures"])


def test_it_prints_on_one_sheet(browser, published):
    page = browser.new_page()
    page.goto((published / f"metros/{BOSTON}.html").as_uri())
    printed = page.pdf(format="Letter")
    assert printed.count(b"/Type /Page\n") == 1
    page.emulate_media(media="print")
    assert page.locator(".site").is_hidden()
    assert page.locator(".slices").is_hidden()
    assert page.locator("#peers").is_visible()


@pytest.mark.parametrize(("screen", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_metros_side_by_side_are_readable_for_all(site, published, screen, scheme):
    page = site.open("metros/compare.html", screen, color_scheme=scheme)
    page.goto((published / "metros/compare.html").as_uri() + f"?metros={BOSTON},{ATLANTA}")
    page.wait_for_selector("[data-compare] tbody tr")
    found = Axe().run(page, options={"preload": False})
    assert [violation["id"] for violation in found.response["violations"]] == [], found.generate_report()
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]


@pytest.mark.parametrize("touch", [False, True])
def test_a_metro_page_says_all_without_a_script(site, touch):
    page = site.open(
        f"metros/{BOSTON}.html", "phone" if touch else "desktop", java_script_enabled=False, has_touch=touch
    )
    assert page.locator(".in-short li").count() >= 2
    assert page.locator("table.standing").is_visible()
    assert page.locator("#unknown").is_visible()
    page.locator("summary", has_text="AI jobs").click()
    assert page.get_by_role("region", name="Editions of AI jobs").is_visible()
    page.goto(page.url.replace(BOSTON, "us-boston-metro"))
    page.wait_for_url(f"**/{BOSTON}.html")


def test_on_a_phone_a_suggestion_is_tapped(site):
    page = site.open(f"metros/{BOSTON}.html", "phone", has_touch=True, is_mobile=True)
    page.get_by_role("combobox", name="Find a metro").fill("palo alto")
    page.get_by_role("option").first.tap()
    page.wait_for_url("**/us-41940.html")


def test_the_address_of_a_page_is_shared_from_it(browser, published):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.add_init_script("Object.defineProperty(navigator, 'share', { value: undefined })")
    page.goto((published / f"metros/{BOSTON}.html").as_uri())
    page.get_by_role("button", name="Share this page").click()
    page.wait_for_function("document.querySelector('.take [role=status]').textContent !== ''")
    assert page.locator(".take [role=status]").inner_text() == "The address is copied."
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    context.close()


def test_a_peer_is_one_step_from_standing_side_by_side(site):
    page = site.open(f"metros/{BOSTON}.html")
    page.get_by_role("link", name="Side by side with Seattle").click()
    page.wait_for_url(f"**/compare.html?metros={BOSTON},us-42660")
    page.wait_for_selector("[data-compare] tbody tr")
