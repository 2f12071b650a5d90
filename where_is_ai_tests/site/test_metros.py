"""A page for a place: what each edition says of it is there, wherever an area of it was counted."""

import gzip
import re

import pytest
from lxml import html

from where_is_ai.layers import LAYERS
from where_is_ai_tests.site.published import HARMFUL

pytestmark = pytest.mark.slow
BOSTON = "us-14460"


def page(published, slug):
    return html.fromstring((published / "metros" / f"{slug}.html").read_text())


def text(element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_a_place_has_one_page_with_every_layer_on_it(published):
    shown = page(published, BOSTON)
    assert shown.xpath("//section[@class='slice']/h2/text()") == ["AI jobs", "AI research", "AI postings"]
    assert "Counted for “Boston Metro”" in text(shown)
    assert [text(each) for each in shown.xpath("//h1")] == ["Boston-Cambridge-Newton, MA-NH"]


@pytest.mark.parametrize(
    ("old", "now"),
    [("us-boston-metro", BOSTON), ("us-atlanta", "us-12060"), ("us-pittsburgh", "us-38300"),
     ("us-sf-san-jose-bay-area", "us-41860")],
)  # fmt: skip
def test_an_old_address_leads_to_the_one_page(published, old, now):
    moved = page(published, old)
    assert moved.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={now}.html"]
    assert moved.xpath("//link[@rel='canonical']/@href") == [f"{now}.html"]
    assert moved.xpath("//a/@href") == [f"{now}.html"]
    listed = html.fromstring((published / "metros/index.html").read_text())
    assert f"{now}.html" in listed.xpath("//tbody//a/@href")
    assert f"{old}.html" not in listed.xpath("//tbody//a/@href")
    table = html.fromstring((published / "2026-Q2/research.html").read_text())
    assert f"../metros/{now}.html" in table.xpath("//table[@id='world_ai_research_by_metro']//a/@href")


def test_an_area_of_several_metros_is_on_the_page_of_each_and_says_so(published):
    for slug, other in (("us-41860", "San Jose"), ("us-41940", "San Francisco")):
        said = text(page(published, slug))
        assert "6,997 AI papers" in said
        assert f"Counted for SF-San Jose Bay Area, which takes in {other}" in said


def test_layers_without_a_number_take_no_slice_but_are_unknown_for_a_reason(published):
    shown = page(published, BOSTON)
    unknown = text(shown.xpath("//dl[@class='unknown']")[0])
    slices = len(shown.xpath("//section[@class='slice']"))
    for layer in LAYERS[slices:]:
        assert layer.title in unknown
    assert "No edition here measures this yet" in unknown
    assert "Change of AI research and AI postings No earlier edition or release is at hand" in unknown


def test_each_measure_has_its_range_rank_nation_and_peers(published):
    shown = page(published, BOSTON)
    headings = [text(each) for each in shown.xpath("//table[@class='standing']//th[@scope='col']")]
    rows = {
        text(row.xpath("th")[0]): [text(cell) for cell in row.xpath("td")]
        for row in shown.xpath("//table[@class='standing']//tr[td]")
    }
    workers = dict(zip(headings[1:], rows["AI workers"], strict=True))
    assert workers["Here"] == "9,550"
    assert workers["Range"] == "8,640 to 10,460"
    assert workers["Rank"] == "7 of 289 4 to 229 possible"
    assert workers["Middle of all metros"].startswith("≥ ")
    assert re.fullmatch(r"5,395 4,\d{3} to [56],\d{3}", workers["Middle of its peers"])
    papers = dict(zip(headings[1:], rows["AI papers"], strict=True))
    assert workers["The nation"] == "—"
    assert int(papers["The nation"].replace(",", "")) > int(papers["Here"].replace(",", ""))
    why = text(shown.xpath("//dl[@class='unknown']")[0])
    assert "The nation's value of AI jobs (AI workers) The national file" in why
    assert papers["Range"] == "none given"
    assert "possible" not in papers["Rank"]
    peers = shown.xpath("//section[@aria-labelledby='peers']//tbody/tr")
    assert len(peers) == 9
    assert [text(row.xpath("th")[0]) for row in peers if row.get("class") == "own"] == [
        "Boston-Cambridge-Newton, MA-NH"
    ]
    said = text(shown.xpath("//ul[@class='in-short']/li")[0])
    assert "fell by 190, like for like: within noise (give or take 1,315)" in said
    assert "Of the 8 metros of like size, 2 have more, 5 have less and 1 can't be told apart." in said


def test_made_up_figures_say_so_wherever_they_stand(published):
    shown = page(published, BOSTON)
    postings = next(each for each in shown.xpath("//ul[@class='in-short']/li") if "AI postings" in text(each))
    assert "Made-up figures, which say nothing about the world." in text(postings)
    groups = [text(each) for each in shown.xpath("//table[@class='standing']//th[@scope='rowgroup']")]
    assert "AI postings edition 2026-Q2, made up" in groups
    assert "AI jobs edition 2026-Q2" in groups


def test_a_metro_abroad_has_its_own_country_beside_it_and_no_peers(published):
    shown = page(published, "cn-beijing")
    heading = [text(each) for each in shown.xpath("//table[@class='standing']//th[@scope='col']")]
    papers = [text(each) for each in shown.xpath("//table[@class='standing']//tr[td][1]/td")]
    assert heading[4] == "China"
    assert int(papers[3].replace(",", "")) > int(papers[0].replace(",", ""))
    assert "a paper once for each of them" in text(shown)
    assert not shown.xpath("//section[@aria-labelledby='peers']")
    assert "Metros of like size It was counted for a city by name, which has no borders" in text(
        shown.xpath("//dl[@class='unknown']")[0]
    )
    assert "The Bureau of Labor Statistics measures metros of the USA only." in text(
        shown.xpath("//dl[@class='unknown']")[0]
    )
    assert shown.xpath("//*[@class='locator']/@aria-label") == ["Beijing on a map of the world"]


def test_every_metro_page_is_light_and_carries_the_banners(published):
    for path in (published / "metros").glob("*.html"):
        content = path.read_text()
        assert path.name == "index.html" or len(gzip.compress(content.encode(), 6)) < 20_000, path
        assert HARMFUL not in content
        assert "http-equiv" in content or "Sample edition" in content or path.name == "index.html"


def test_a_peer_without_a_number_says_why(published):
    cells = [
        text(cell)
        for path in sorted((published / "metros").glob("us-*.html"))
        for cell in html.fromstring(path.read_text()).xpath(
            "//section[@aria-labelledby='peers']//tbody/tr/td"
        )
    ]
    assert any(cell == "unknown BLS published neither occupation here" for cell in cells)
    assert not any(cell.startswith("—") for cell in cells)
