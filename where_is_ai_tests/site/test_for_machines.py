"""What search engines and other programs find: a sitemap of pages that are there, canonical addresses, a Dataset."""

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import html

from where_is_ai.site.build import build_site
from where_is_ai_tests.site.published import HARMFUL

pytestmark = pytest.mark.slow
ADDRESS = "https://example.org/ai/"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BOSTON = "metros/us-14460.html"


@pytest.fixture(scope="module")
def placed(published, tmp_path_factory) -> Path:
    """The site of a known address and DOI."""
    copy = Path(shutil.copytree(published, tmp_path_factory.mktemp("placed") / "published"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WHERE_IS_AI_DOI", "10.5555/12345678")
        build_site(copy, ADDRESS)
    return copy


def shown(folder: Path, path: str):
    return html.fromstring((folder / path).read_text())


def dataset(folder: Path, path: str) -> dict:
    return json.loads(shown(folder, path).xpath("string(//script[@type='application/ld+json'])"))


def test_the_sitemap_names_every_page_once_and_no_redirection(placed):
    rows = ElementTree.parse(placed / "sitemap.xml").getroot().findall(f"{MAP}url")
    addresses = [row.findtext(f"{MAP}loc") for row in rows]
    assert len(set(addresses)) == len(addresses)
    named = {address.removeprefix(ADDRESS) for address in addresses}
    there = {
        str(path.relative_to(placed))
        for path in placed.rglob("*.html")
        if not path.name.startswith("Heatmap") and 'http-equiv="refresh"' not in path.read_text()
    }
    assert named == there
    assert all(len(row.findtext(f"{MAP}lastmod")) == 10 for row in rows)
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (placed / "robots.txt").read_text().splitlines()


def test_without_an_address_there_is_no_sitemap_and_no_canonical_address(published, placed, tmp_path):
    copy = Path(shutil.copytree(placed, tmp_path / "published"))
    build_site(copy)
    assert not (copy / "sitemap.xml").exists()
    assert (copy / "robots.txt").read_text() == "User-agent: *\nAllow: /\n"
    assert not shown(published, BOSTON).xpath("//link[@rel='canonical']")


@pytest.mark.parametrize(
    "path", ["index.html", BOSTON, "2026-Q2/story.html", "2026-Q2/jobs.html", "metros/index.html"]
)
def test_a_page_has_its_canonical_address(placed, path):
    assert shown(placed, path).xpath("//link[@rel='canonical']/@href") == [f"{ADDRESS}{path}"]


def test_an_old_address_names_the_new_one_as_canonical(placed):
    assert shown(placed, "metros/us-boston-metro.html").xpath("//link[@rel='canonical']/@href") == [
        f"{ADDRESS}{BOSTON}"
    ]


@pytest.mark.parametrize(
    "path", ["2026-Q2/index.html", "2026-Q2/data.html", BOSTON, "metros/cn-beijing.html"]
)
def test_data_is_described_as_a_dataset_with_what_search_engines_ask(placed, path):
    found = dataset(placed, path)
    assert (found["@context"], found["@type"]) == ("https://schema.org/", "Dataset")
    assert 50 <= len(found["description"]) <= 5000
    assert found["identifier"] == "https://doi.org/10.5555/12345678"
    assert found["license"].startswith("https://creativecommons.org/")
    assert found["creator"] == {"@type": "Organization", "name": "where-is-ai"}
    assert found["temporalCoverage"] == "2026-04-01/2026-06-30"
    assert found["url"].startswith(ADDRESS)
    for each in found["distribution"]:
        assert each["@type"] == "DataDownload"
        assert (placed / each["contentUrl"].removeprefix(ADDRESS)).is_file()


def test_a_metro_s_dataset_knows_where_it_is_and_what_is_measured(placed):
    found = dataset(placed, BOSTON)
    assert found["spatialCoverage"]["geo"]["latitude"] == pytest.approx(42.5, abs=0.5)
    assert "AI workers" in found["variableMeasured"]


def test_markup_in_a_name_ends_no_script(placed):
    page = next(path for path in (placed / "metros").glob("fr-*.html") if "title-run" in path.name)
    assert HARMFUL not in page.read_text()
    assert HARMFUL in dataset(placed, f"metros/{page.name}")["name"]


def test_a_shared_link_to_a_metro_says_how_it_is_doing(placed):
    told = {
        each.get("property"): each.get("content") for each in shown(placed, BOSTON).xpath("//meta[@property]")
    }
    assert told["og:title"].startswith("AI in Boston-Cambridge-Newton, MA-NH")
    assert "9,550 AI workers" in told["og:description"]
    assert told["og:url"] == f"{ADDRESS}{BOSTON}"


def test_llms_txt_says_how_numbers_are_read_and_leads_to_files_that_are_there(placed):
    text = (placed / "llms.txt").read_text()
    assert text.startswith("# where-is-ai\n\n> ")
    assert "None of them is zero." in text
    links = [part.split(")")[0] for part in text.split("](")[1:]]
    assert len(links) > 8
    for link in links:
        assert (placed / link.removeprefix(ADDRESS)).is_file(), link
