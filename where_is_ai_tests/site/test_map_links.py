"""Maps of one file lead to the site where its address is known, and nowhere where it is not."""

import pytest

from where_is_ai.layers.layer import Material
from where_is_ai.maps.page import write_html
from where_is_ai.publication.catalog import pictures
from where_is_ai.publication.map_links import map_links
from where_is_ai.site.addresses import metro_slug
from where_is_ai_tests.publication.tables import LAST, employment
from where_is_ai_tests.site.published import edition_tables

SITE = "https://where.example/ai/"
NEW_YORK = "35620"


def links_of(asset: str) -> dict[str, str]:
    layer, picture = next((layer, each) for layer, each in pictures() if each.asset == asset)
    return map_links(layer, picture, Material(LAST, edition_tables(LAST)))


def test_without_an_address_there_is_no_link(monkeypatch):
    monkeypatch.delenv("WHERE_IS_AI_SITE", raising=False)
    assert links_of("heatmap_usa_ai_jobs") == {}


def test_with_an_address_each_metro_has_its_page_and_each_state_its_row(monkeypatch):
    monkeypatch.setenv("WHERE_IS_AI_SITE", SITE)
    metros = links_of("heatmap_usa_ai_jobs")
    assert metros.keys() == set(employment(LAST)["area_code"])
    assert metros[NEW_YORK] == f"{SITE}metros/{metro_slug(NEW_YORK)}.html"
    states = links_of("heatmap_usa_ai_jobs_by_state")
    row = f"{SITE}2026-Q2/jobs-by-state.html#usa_ai_employment_by_state-ut-published-metro-cells"
    assert states["UT published_metro_cells"] == row


@pytest.mark.slow
@pytest.mark.parametrize("asset", ["heatmap_usa_ai_jobs", "heatmap_usa_ai_jobs_by_state"])
def test_a_map_of_one_file_opens_the_site_beside_itself(browser, tmp_path, monkeypatch, asset):
    monkeypatch.setenv("WHERE_IS_AI_SITE", SITE)
    _, picture = next((layer, each) for layer, each in pictures() if each.asset == asset)
    drawing = picture.draw(Material(LAST, edition_tables(LAST)))
    path, links = tmp_path / "map.html", links_of(asset)
    write_html(path, list(drawing.figures.values()), "A map", drawing.alt, links)
    assert path.stat().st_size < 200_000
    key = NEW_YORK if asset == "heatmap_usa_ai_jobs" else "UT published_metro_cells"
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    box = page.locator(f'.wide [data-key="{key}"], .wide [data-area="{key}"]').last.bounding_box()
    with page.context.expect_page() as opened:
        page.mouse.click(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.6)
    assert opened.value.url in (links[key], "about:blank", "chrome-error://chromewebdata/")
    found = page.locator(".wide a").evaluate_all("(all) => all.map((link) => link.getAttribute('href'))")
    assert set(found) <= set(links.values())
    assert len(set(found)) >= len(links) - 5
    page.close()


@pytest.mark.slow
def test_a_map_of_one_file_without_an_address_has_no_link(browser, tmp_path):
    _, picture = next(
        (layer, each) for layer, each in pictures() if each.asset == "heatmap_usa_ai_jobs_by_state"
    )
    drawing = picture.draw(Material(LAST, edition_tables(LAST)))
    write_html(tmp_path / "map.html", list(drawing.figures.values()), "A map", drawing.alt)
    page = browser.new_page()
    page.goto((tmp_path / "map.html").as_uri())
    page.wait_for_selector("html[data-ready]")
    assert page.locator("a").count() == 0
    page.close()
