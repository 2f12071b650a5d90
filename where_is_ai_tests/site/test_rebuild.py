"""A site grows by what is new: what did not change is left alone, and the whole is as if made from nothing."""

import json
import shutil
from pathlib import Path

import pytest
from lxml import html

from where_is_ai.site.build import build_site
from where_is_ai.site.own_files import is_own
from where_is_ai.site.record import FOLDER as RECORD
from where_is_ai_tests.site.server import served

pytestmark = pytest.mark.slow
BEFORE, LAST = "2026-Q1", "2026-Q2"
OLDER = ("2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4")


@pytest.fixture
def copy(published, tmp_path) -> Path:
    """With the times of writing as they were."""
    return Path(shutil.copytree(published, tmp_path / "published"))


def contents(site: Path) -> dict[str, bytes]:
    paths = (path for path in site.rglob("*") if path.is_file() and RECORD not in path.parts)
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}


def states(site: Path) -> dict[str, tuple[int, int]]:
    """Inode and time of writing: a file that was replaced by the same bytes has others."""
    paths = (path for path in site.rglob("*") if path.is_file() and RECORD not in path.parts)
    return {
        path.relative_to(site).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns) for path in paths
    }


def made_from_nothing(site: Path, to: Path) -> dict[str, bytes]:
    """The site of the same editions, made where no page was before."""
    shutil.copytree(
        site, to, ignore=shutil.ignore_patterns(RECORD, "metros", "assets", "walk", "differences")
    )
    for path in [*to.glob("*.*"), *to.glob("*/*.html")]:
        if path.is_file() and not path.name.startswith(("Heatmap", "where-is-ai")):
            path.unlink()
    build_site(to)
    return contents(to)


def age(site: Path, quarter: str) -> None:
    """Publish the first edition as an older one too."""
    shutil.copytree(site / BEFORE, site / quarter)
    provenance = site / quarter / "provenance.json"
    provenance.write_text(json.dumps(json.loads(provenance.read_text()) | {"quarter": quarter}))


def test_where_nothing_changed_no_file_is_touched(copy):
    before = states(copy)
    build_site(copy)
    assert states(copy) == before


def test_what_the_site_makes_in_the_folder_of_an_edition_is_told_from_what_was_published(copy):
    groups = json.loads((copy / RECORD / "pages.json").read_text()).values()
    made = [copy / path for group in groups for path in group["made"] if path.startswith((BEFORE, LAST))]
    # Beside a map's data lies what was drawn.
    assert [path for path in made if not is_own(path) and path.parent.name != "maps"] == []
    assert not any(is_own(path) for path in copy.glob("*-Q?/usa_ai_employment_by_msa.*"))
    assert not any(is_own(path) for path in copy.glob("*-Q?/revisions/*/*"))


def test_an_edition_that_is_added_leaves_the_pages_of_the_others_alone(copy, tmp_path):
    shutil.move(copy / LAST, tmp_path / LAST)
    build_site(copy)
    before = states(copy)
    shutil.move(tmp_path / LAST, copy / LAST)
    build_site(copy)
    after = states(copy)
    assert [path for path in before if path.startswith(BEFORE) and after[path] != before[path]] == []
    assert contents(copy) == made_from_nothing(copy, tmp_path / "anew")


def test_a_correction_of_an_edition_reaches_every_page_that_tells_of_it_and_no_other(copy, tmp_path):
    age(copy, OLDER[-1])
    build_site(copy)
    before = states(copy)
    findings = copy / OLDER[-1] / "usa_findings.md"
    findings.write_text(findings.read_text().replace("comes first", "comes first after all"))
    build_site(copy)
    after = states(copy)
    changed = {path.partition("/")[0] for path in before if after[path] != before[path]}
    assert changed == {OLDER[-1], "feed.xml"}
    assert "comes first after all" in (copy / OLDER[-1] / "jobs.html").read_text()
    assert contents(copy) == made_from_nothing(copy, tmp_path / "anew")


@pytest.mark.parametrize("path", ["metros/us-35620.html", "2026-Q1/trust.html", "metros/walk/us-35620.js"])
def test_a_page_that_is_gone_or_was_changed_by_hand_is_made_again(copy, path):
    made = (copy / path).read_bytes()
    (copy / path).write_text("not what was published")
    build_site(copy)
    assert (copy / path).read_bytes() == made
    (copy / path).unlink()
    build_site(copy)
    assert (copy / path).read_bytes() == made


def test_a_record_that_can_not_be_read_costs_time_alone(copy):
    made = contents(copy)
    for path in (copy / RECORD).rglob("*.json"):
        path.write_text("{")
    build_site(copy)
    assert contents(copy) == made


def test_what_an_edition_that_is_gone_gave_to_metros_is_gone(copy, tmp_path):
    shutil.rmtree(copy / LAST)
    build_site(copy)
    assert contents(copy) == made_from_nothing(copy, tmp_path / "anew")
    assert not (copy / "metros/cn-beijing.html").exists()


def test_a_metro_shows_a_year_and_loads_the_editions_before_when_asked(copy, browser):
    for quarter in OLDER:
        age(copy, quarter)
    build_site(copy)
    first = html.fromstring((copy / "metros/us-35620.html").read_text())
    shown = first.xpath("//section[@aria-labelledby='editions-of-it']//details[1]//tbody/tr/th/a/text()")
    assert shown == [LAST, BEFORE, "2025-Q4", "2025-Q3"]
    with served(copy) as address:
        page = browser.new_page()
        page.goto(f"{address}/metros/us-35620.html")
        page.locator("[data-past] summary").first.click()
        page.get_by_role("button", name="Show 3 earlier editions").click()
        rows = page.locator("[data-past] details").first.locator("tbody tr")
        rows.nth(6).wait_for()
        assert rows.locator("th").all_inner_texts() == [*shown, "2025-Q2", "2025-Q1", "2024-Q4"]
        assert rows.nth(6).inner_text().split("\t")[1:] == rows.nth(1).inner_text().split("\t")[1:]
        page.locator("[data-past] a[href='../2024-Q4/jobs.html']").click()
        page.wait_for_url("**/2024-Q4/jobs.html")
        page.locator("details.editions summary").click()
        page.get_by_role("link", name=f"{LAST}, sample").click()
        page.wait_for_url(f"**/{LAST}/jobs.html")
        page.close()
