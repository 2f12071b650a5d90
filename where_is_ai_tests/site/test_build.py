"""What a site consists of, whatever reads it: stable addresses, a valid feed, the same bytes, little weight."""

import json
import re
import shutil
from functools import cache
from pathlib import Path
from urllib.parse import urldefrag
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from where_is_ai.errors import UsageError
from where_is_ai.site.addresses import slug
from where_is_ai.site.build import build_site
from where_is_ai.site.data_scripts import data_script, read_script
from where_is_ai.site.record import FOLDER as RECORD
from where_is_ai.site.writing import compressed
from where_is_ai_tests.site.published import HARMFUL
from where_is_ai_tests.strict_json import no_json

pytestmark = pytest.mark.slow
ATOM = "{http://www.w3.org/2005/Atom}"
FIRST_VIEW = 300_000
LAST = "2026-Q2"
JOBS = f"{LAST}/jobs.html"


@pytest.fixture
def copy(published, tmp_path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "published"))


def digest(folder: Path) -> dict[str, bytes]:
    """All that readers may see: the record beside it says when it was written."""
    paths = (path for path in folder.rglob("*") if path.is_file() and RECORD not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def test_the_same_editions_give_the_same_bytes(copy):
    first = digest(copy)
    for path in copy.rglob("*.html"):
        if not path.name.startswith("Heatmap"):
            path.unlink()
    shutil.rmtree(copy / "assets")
    shutil.rmtree(copy / RECORD)
    build_site(copy)
    assert digest(copy) == first


def test_no_json_holds_nan_neither_files_nor_what_pages_hold(published, tmp_path):
    assert no_json(published) == {}
    bad = {
        "a.json": "[NaN]",
        "b.jsonl": "{}\n[-Infinity]",
        "c.html": "<script type='application/json'>NaN</script>",
    }
    for name, content in bad.items():
        (tmp_path / name).write_text(content)
    assert no_json(tmp_path).keys() == bad.keys()


def anchors(said, keys):
    """The anchors of rows in a script, of which most are told by the rows' keys."""
    return [each or re.sub("[^a-z0-9]+", "-", key.lower()) for each, key in zip(said, keys, strict=True)]


@cache
def places_in(page: Path) -> set[str]:
    """The ids of what a page has, and of the rows that it loads."""
    found = html.fromstring(page.read_text())
    loaded = {
        f"{table}-{anchor}"
        for table in found.xpath("//table[@data-more]/@id")
        for script in (page.parent / "rows").glob(f"{table}-[0-9]*.js")
        for anchor in anchors(*read_script(script.read_text())[:2])
    }
    return {*found.xpath("//@id"), *loaded}


def test_every_link_leads_to_a_file_and_a_place_in_it(published):
    broken = []
    for page in published.rglob("*.html"):
        for link in html.fromstring(page.read_text()).xpath("//@href | //@src | //@srcset"):
            target, mark = urldefrag(link)
            if link.startswith(("data:", "https:", "http:")):
                continue
            file = (page.parent / target.partition("?")[0]).resolve() if target else page
            if not file.is_file() or (mark and file.suffix == ".html" and mark not in places_in(file)):
                broken.append(f"{page.name} -> {link}")
    assert broken == []


def test_every_page_says_at_its_head_that_postings_are_made_up(published):
    said = "Made-up postings: they say nothing about the world."
    for page in published.rglob("*.html"):
        moved = 'http-equiv="refresh"' in page.read_text()
        if moved or page.name.startswith("Heatmap") or page.parent.name == "2026-Q1":
            continue
        banners = html.fromstring(page.read_text()).xpath("//aside[@class='sample']")
        assert said in " ".join(banner.text_content() for banner in banners), page


def test_no_page_names_another_host(published):
    for page in published.rglob("*.html"):
        loaded = html.fromstring(page.read_text()).xpath(
            "//script/@src | //link/@href | //img/@src | //iframe/@src"
        )
        assert not [address for address in loaded if address.startswith(("http", "//"))], page


def test_the_first_view_is_light(published):
    style, script = (next((published / "assets").glob(f"site-*.{kind}")) for kind in ("css", "js"))
    for page in [published / "index.html", *published.glob("2026-Q2/*.html")]:
        if page.name.startswith("Heatmap"):
            continue
        images = html.fromstring(page.read_text()).xpath("//img[not(@loading)]/@src")
        maps = html.fromstring(page.read_text()).xpath("//@data-map")
        parts = [page, style, script, *(page.parent / image for image in images)]
        parts += [page.parent / "maps" / f"{stem}.js" for stem in maps]
        assert compressed(*parts) < FIRST_VIEW, page


def test_each_map_as_one_file_is_light(published):
    pages = list(published.rglob("Heatmap-*.html"))
    assert len(pages) > 3
    for page in pages:
        assert page.stat().st_size < 200_000, page


def test_no_page_loads_a_library_and_what_earlier_versions_left_of_one_goes(copy):
    left = [copy / "assets/plotly-3.0.0.min.js", copy / LAST / "maps/Heatmap-USA-AI-Jobs-wide.js"]
    for path in left:
        path.write_text("// plotly.js")
    build_site(copy)
    assert not any(path.exists() for path in left)
    assert not [path for path in copy.rglob("*.js") if "plotly" in path.read_text().lower()]
    for page in copy.rglob("*.html"):
        scripts = html.fromstring(page.read_text()).xpath("//script/@src")
        assert all("assets/site-" in script for script in scripts), page


def test_the_way_back_is_in_a_file_per_metro_and_the_files_of_before_go(copy):
    name, place = "usa_ai_employment_by_msa", {"sha256": "0" * 64, "sheet": "MSA", "rows": [7]}
    rows = {"35620": [place], "14460": [place | {"rows": [8]}], "nowhere": [place]}
    for quarter in ("2026-Q1", LAST):
        provenance = copy / quarter / "provenance.json"
        walk = {name: {"key": ["area_code"], "rows": rows}}
        provenance.write_text(json.dumps(json.loads(provenance.read_text()) | {"walk_back": walk}))
    (copy / LAST / "maps/walk.js").write_text(data_script({}))
    (copy / LAST / f"walk/{name}-9.js").write_text(data_script({}))
    build_site(copy)
    assert not (copy / LAST / "maps/walk.js").exists()
    assert sorted(path.name for path in (copy / LAST / "walk").iterdir()) == ["answers.js", f"{name}.js"]
    assert json.dumps(read_script((copy / LAST / f"walk/{name}.js").read_text())).count("[0, 7]") == 1
    boston = read_script((copy / "metros/walk/us-14460.js").read_text())
    # Both editions say the same of it.
    told = ["Boston-Cambridge-Newton, MA-NH", {name: {"14460": [0, [0, 8]]}}]
    assert boston == {LAST: [told], "2026-Q1": LAST}


def test_an_edition_of_an_earlier_version_shows_its_pictures(copy):
    for path in (copy / LAST / "maps").glob("*.json"):
        path.unlink()
    build_site(copy)
    page = html.fromstring((copy / JOBS).read_text())
    assert page.xpath("//div[@class='map-frame']//img/@src") == ["Heatmap-USA-AI-Jobs-Preview.jpg"]
    assert not page.xpath("//@data-map")


def test_the_feed_has_an_entry_per_edition_dated_by_its_data(published):
    feed = ElementTree.parse(published / "feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "Where is AI, 2026-Q2 (sample)",
        "Where is AI, 2026-Q1 (sample)",
    ]
    for element in (feed, *entries):
        assert element.findtext(f"{ATOM}id").startswith("urn:uuid:")
        assert element.findtext(f"{ATOM}updated").endswith("Z")
    assert "New York" in entries[0].findtext(f"{ATOM}summary")
    assert (published / entries[0].find(f"{ATOM}link").get("href")).is_file()


def test_a_shared_link_shows_the_map(copy):
    build_site(copy, "https://example.org/ai")
    head = html.fromstring((copy / JOBS).read_text())
    told = {each.get("property"): each.get("content") for each in head.xpath("//meta[@property]")}
    assert told["og:url"] == f"https://example.org/ai/{JOBS}"
    assert told["og:image"] == "https://example.org/ai/2026-Q2/Heatmap-USA-AI-Jobs-Preview.jpg"
    assert (copy / "2026-Q2/Heatmap-USA-AI-Jobs-Preview.jpg").is_file()
    assert "New York" in told["og:image:alt"]
    assert told["og:description"]


def test_a_large_table_has_a_page_beneath_its_question(published):
    change, releases = (
        html.fromstring((published / LAST / name).read_text()) for name in ("change.html", "releases.html")
    )
    assert releases.xpath("//table/@id") == ["usa_ai_employment_series"]
    assert "usa_ai_employment_series" not in change.xpath("//table/@id")
    assert change.xpath("//main//a/@href[. = 'releases.html']")
    assert releases.xpath("//p[@class='crumb']/a/@href") == ["index.html", "change.html"]
    assert "2 releases are at hand, May 2024 to May 2025" in releases.xpath("string(//p[@class='lead'])")
    for page in (change, releases):
        assert not page.xpath("//nav//a/@href[. = 'releases.html']")


def test_an_address_without_a_scheme_is_refused(copy):
    with pytest.raises(UsageError, match="https://"):
        build_site(copy, "example.org")


def test_markup_in_names_is_text_in_every_file(published):
    for page in [*published.rglob("*.html"), published / "feed.xml", *published.rglob("*.js")]:
        assert HARMFUL not in page.read_text(), page


def test_differences_are_told_on_the_page_and_in_a_file(published):
    page = (published / JOBS).read_text()
    assert "Since 2026-Q1:" in page
    assert "May 2025, 2026-Q1 on May 2024. A difference between them is not growth" in page
    cells = (published / "2026-Q2/differences/usa_ai_employment_by_msa.csv").read_text().splitlines()
    assert cells[0] == "row,column,before,after,what"
    assert "35620,ai_workers,21240,25260,changed" in cells


def test_a_site_without_pictures_or_editions_is_a_site_too(tmp_path, copy):
    for picture in [*copy.rglob("*.png"), *copy.rglob("*.jpg")]:
        picture.unlink()
    build_site(copy)
    assert "og:image" not in (copy / JOBS).read_text()
    assert "None is published yet." in build_site(tmp_path / "empty").read_text()


@example("x" * 10_000)
@given(st.text(min_size=1))
def test_an_address_is_plain_ascii_and_of_the_name_alone(name):
    made = slug(name)
    assert made == slug(name)
    assert 0 < len(made) < 100
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_addresses_stay_what_they_were():
    assert slug("us/35620") == "us-35620"
    assert slug("CN/Beijing") == "cn-beijing"
    assert slug("FR/Saint-Étienne") == "fr-saint-etienne"
    assert slug("CN/北京") != slug("CN/上海")
