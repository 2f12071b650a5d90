"""What somebody does in the Dagster UI who knows Dagster and not this project: by clicking, in a real browser."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from where_is_ai.defs.layer_publication import IS_MEASURED
from where_is_ai.defs.partitions import KEY_MEANS
from where_is_ai_tests.defs.conftest import QUARTER
from where_is_ai_tests.defs.dagster_ui import DagsterUi, partition, tags

pytestmark = pytest.mark.slow

KEY = partition(QUARTER)
GROUP = "/locations/where_is_ai/asset-groups/{}/lineage"
LAUNCHPAD = "/locations/where_is_ai/jobs/quarter/playground"
ASSETS_OF_A_GROUP = (
    """query($group: AssetGroupSelector!) { assetNodes(group: $group) { assetKey { path } } }"""
)
LATEST_RUN = "{ runsOrError(limit: 1) { ... on Runs { results { runId } } } }"


@pytest.fixture(autouse=True)
def _patient(page: Page):
    page.set_default_timeout(60_000)


def materialize_all(ui: DagsterUi, page: Page, path: str) -> Locator:
    """Click "Materialize all…" on the lineage page ``path``; gives the field where quarters are chosen."""
    page.goto(f"{ui.address}{path}")
    page.locator("foreignObject").first.wait_for()
    page.get_by_role("button", name=re.compile("Materialize all")).first.click()
    page.get_by_text("Launch runs to materialize").wait_for()
    return page.get_by_placeholder(re.compile("^ex: "))


def choose(page: Page, field: Locator, key: str) -> Locator:
    """Choose the quarter; gives the button that launches it."""
    field.fill(key)
    field.press("Enter")
    return page.get_by_role("button", name="Launch 1 run")


def newest_run(ui: DagsterUi) -> str:
    return ui.ask(LATEST_RUN)["runsOrError"]["results"][0]["runId"]


def test_materialize_all_offers_quarters(ui, page):
    launch = choose(page, materialize_all(ui, page, "/asset-groups"), KEY)
    expect(launch).to_be_enabled()
    expect(page.get_by_text("All partitions")).to_have_count(0)
    page.get_by_role("button", name="Cancel", exact=True).click()


def test_the_launchpad_of_a_job_is_filled_in_and_describes_its_choices(ui, page):
    page.goto(f"{ui.address}{LAUNCHPAD}")
    editor = page.locator(".CodeMirror-code").first
    for words in ("source: sample", "method: article", "wide_definition: developers"):
        expect(editor).to_contain_text(words)
    page.locator(".CodeMirror-line").filter(has_text="source:").click()
    for described in (
        "Where answers come from: sample (the archive that comes along)",
        "How research counts",
    ):
        expect(page.locator("body")).to_contain_text(described)


def test_a_wrong_word_in_the_launchpad_is_answered_with_the_allowed_ones(ui, page):
    page.goto(f"{ui.address}{LAUNCHPAD}")
    line = page.locator(".CodeMirror-line").filter(has_text="source:")
    line.click()
    page.keyboard.press("End")
    page.keyboard.type("x")
    expect(page.get_by_text("not in enum type (sample | archive | live) got samplex").first).to_be_visible()
    page.keyboard.press("Backspace")


def test_a_layer_with_nothing_archived_warns_and_says_what_to_do(ui, run, page):
    assert run["status"] == "SUCCESS"
    page.goto(f"{ui.address}/assets/patents_publication?view=checks&checkDetail={IS_MEASURED}")
    said = page.get_by_text(re.compile(r"^Expected: AI patents of 2026-Q2\. Found: nothing\. The archive"))
    expect(said).to_be_visible()
    expect(said).to_contain_text("choose the source live in the launchpad")


def test_nothing_that_is_left_out_is_green_in_the_graph(ui, run, page):
    assert run["status"] == "SUCCESS"
    # Nodes show what was checked of them where there is room for it.
    page.set_viewport_size({"width": 5200, "height": 3200})
    page.goto(f"{ui.address}{GROUP.format('patents')}")
    nodes = page.locator("foreignObject").filter(has_text="Asset checks")
    expect(nodes.first).to_be_visible()
    selector = {
        "repositoryLocationName": "where_is_ai",
        "repositoryName": "__repository__",
        "groupName": "patents",
    }
    expect(nodes).to_have_count(len(ui.ask(ASSETS_OF_A_GROUP, group=selector)["assetNodes"]))
    for node in nodes.all():
        expect(node).to_contain_text(re.compile(r"\d+ / \d+ Passed"), timeout=60_000)
        passed, checks = re.search(r"(\d+) / (\d+) Passed", node.text_content()).groups()
        assert int(passed) < int(checks), node.text_content()
    page.set_viewport_size({"width": 1920, "height": 1080})


def test_who_knows_2026_q2_finds_its_key_and_its_runs(ui, run, page):
    page.goto(f"{ui.address}/assets/usa_ai_employment_by_msa")
    expect(page.get_by_text(KEY_MEANS).first).to_be_visible()
    page.goto(f"{ui.address}/locations/where_is_ai/jobs/quarter")
    expect(page.locator("body")).to_contain_text(KEY_MEANS)
    page.goto(f"{ui.address}/runs")
    expect(page.get_by_text(f"quarter: {QUARTER}").first).to_be_visible()
    assert tags(run)["quarter"] == QUARTER


def test_a_quarter_that_the_sample_does_not_have_is_said_to_be_one(ui, page):
    backfill = ui.backfill(["edition"], ["2026-Q3"])
    assert {tags(each)["sample_ends_with"] for each in backfill["runs"]} == {QUARTER}
    page.goto(f"{ui.address}/assets/edition?view=checks&checkDetail=sample_has_the_quarter")
    expect(page.get_by_text(f"a quarter up to {QUARTER}, whose key is {KEY}. Found: 2026-Q3")).to_be_visible()


def test_a_layer_materialized_alone_leaves_the_edition_whole(ui, run, page, data: Path):
    assert run["status"] == "SUCCESS"
    edition = data / "published" / QUARTER
    before = {path.name: path.read_bytes() for path in edition.iterdir() if path.is_file()}
    choose(page, materialize_all(ui, page, GROUP.format("compute")), KEY).click()
    page.get_by_text(re.compile("Launched run|Created backfill")).first.wait_for()
    alone = ui.finished({"run": {"runId": newest_run(ui)}})
    assert alone["status"] == "SUCCESS"
    assert alone["runId"] != run["runId"]
    assert {path.name: path.read_bytes() for path in edition.iterdir() if path.is_file()} == before
    assert json.loads(before["provenance.json"])["source"] == "sample"


def test_an_asset_leads_to_its_code_and_shows_its_licence(ui, page):
    page.goto(f"{ui.address}/assets/usa_ai_employment_by_msa")
    for shown in ("layer: employment", "licence/public-domain", "where-is-ai"):
        expect(page.get_by_text(shown, exact=True).first).to_be_visible()
    code = page.get_by_role("link", name=re.compile("in editor"))
    expect(code).to_have_attribute("href", re.compile(r"/where_is_ai/defs/employment/__init__\.py:\d+$"))


def test_raw_answers_are_checked_for_their_age_size_and_licence(ui, run, page):
    assert run["status"] == "SUCCESS"
    page.goto(f"{ui.address}/assets/raw_oews_metro?view=checks")
    for name in ("answer_is_there", "answer_is_fresh", "size_like_before", "licence_as_known"):
        expect(page.get_by_text(name, exact=True).first).to_be_visible()
    page.goto(f"{ui.address}/assets/raw_oews_metro?view=checks&checkDetail=licence_as_known")
    expect(page.get_by_text("Expected: the licence public domain. Found: as expected.")).to_be_visible()
