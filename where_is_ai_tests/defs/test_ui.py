"""What somebody sees who opens the Dagster UI cold: through the real webserver and daemon, and a real browser."""

from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from where_is_ai.defs.groups import GEOGRAPHY, PUBLICATION
from where_is_ai.defs.partitions import KEY_MEANS
from where_is_ai.layers import LAYERS
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_ARCHIVE
from where_is_ai_tests.campaign.killed import half_made
from where_is_ai_tests.defs.conftest import METRO_WORKBOOK, QUARTER
from where_is_ai_tests.defs.dagster_ui import DagsterUi, tags

pytestmark = pytest.mark.slow

# What spans quarters has none of its own.
GROUPS = {GEOGRAPHY, PUBLICATION, *(layer.name for layer in LAYERS)}
OVER_ALL_QUARTERS = {"all_editions_database", "site"}
EIGHT_QUARTERS = [f"{year}-Q{number}" for year in (2023, 2024, 2025, 2026) for number in (1, 2, 3, 4)][6:14]
EMPLOYMENT_TABLES = ["raw_census_gazetteer", "raw_census_population", "cbsa_places"]
EMPLOYMENT_TABLES += ["raw_oews_metro", "oews_metro_cells", "usa_ai_employment_by_msa"]

NODES = """{ assetNodes { assetKey { path } groupName description owners { ... on TeamAssetOwner { team } }
  kinds isPartitioned } }"""
MADE = """query($key: AssetKeyInput!) { assetOrError(assetKey: $key) { ... on Asset {
  assetMaterializations(limit: 20) { partition runId metadataEntries { label __typename
    ... on TextMetadataEntry { text } ... on UrlMetadataEntry { url } ... on IntMetadataEntry { intValue }
    ... on MarkdownMetadataEntry { mdStr } ... on BoolMetadataEntry { boolValue }
    ... on TableColumnLineageMetadataEntry { lineage { columnName columnDeps { assetKey { path } columnName } } }
  } } } } }"""
SCHEMA = """query($key: AssetKeyInput!) { assetNodeOrError(assetKey: $key) { ... on AssetNode { metadataEntries {
  ... on TableSchemaMetadataEntry { schema { columns { name type description } } } } } } }"""
CHECKS = """query($key: AssetKeyInput!) { assetNodeOrError(assetKey: $key) { ... on AssetNode {
  assetChecksOrError { ... on AssetChecks { checks { name blocking description executionForLatestMaterialization {
    status evaluation { severity description metadataEntries { label ... on TextMetadataEntry { text }
      ... on MarkdownMetadataEntry { mdStr } } } } } } } } } }"""
HISTORY = """query($key: AssetKeyInput!, $check: String!) {
  assetCheckExecutions(assetKey: $key, checkName: $check, limit: 50) { runId evaluation {
    success description metadataEntries { label ... on TextMetadataEntry { text } } } } }"""
CHECKED_QUARTERS = """query($key: AssetKeyInput!) { assetNodeOrError(assetKey: $key) { ... on AssetNode {
  assetChecksOrError { ... on AssetChecks { checks { executionForLatestMaterialization { runId
    evaluation { partition } } } } } } } }"""
LATEST_RUN = "{ runsOrError(limit: 1) { ... on Runs { results { runId } } } }"
AUTOMATION = """query($at: RepositorySelector!) { repositoryOrError(repositorySelector: $at) { ... on Repository {
  jobs { name description } schedules { name description cronSchedule } sensors { name description } } } }"""


def test_a_quarter_launched_from_the_ui_is_published(run, data):
    assert run["status"] == "SUCCESS"
    published = {path.name for path in (data / "published" / QUARTER).iterdir()}
    assert {
        "Heatmap-USA-AI-Jobs.png",
        "Heatmap-World-AI-Cities.png",
        "usa_ai_employment_by_msa.csv",
        "provenance.json",
    } <= published


@pytest.mark.usefixtures("run")
def test_what_a_killed_run_left_is_swept_by_a_run_of_the_ui(data):
    assert half_made(data) == []


def test_a_run_is_tagged_with_its_source_method_and_quarter(run):
    assert {"source": "sample", "method": "article", "quarter": QUARTER}.items() <= tags(run).items()


def test_the_launchpad_refuses_a_word_it_does_not_know(ui):
    answer = ui.launch("quarter", QUARTER, source="smaple")
    assert answer["__typename"] == "RunConfigValidationInvalid"
    assert answer["errors"][0]["message"].endswith("not in enum type (sample | archive | live) got smaple")


def test_every_asset_says_what_it_is_and_whose(ui):
    for node in ui.ask(NODES)["assetNodes"]:
        asset = node["assetKey"]["path"][-1]
        assert node["groupName"] in GROUPS, asset
        assert len(node["description"].replace(KEY_MEANS, "")) > 100, asset
        assert node["owners"] == [{"team": "where-is-ai"}], asset
        assert node["kinds"], asset
        assert node["isPartitioned"] == (asset not in OVER_ALL_QUARTERS), asset


def test_a_raw_asset_says_where_its_bytes_came_from(ui, run):
    made = _made(ui, "raw_oews_metro", run["runId"])
    assert made["url"] == METRO_WORKBOOK
    assert len(made["sha256"]) == 64
    assert made["licence"] == "public domain"
    assert made["reconstructed"] is True
    kept = SAMPLE_ARCHIVE / "objects" / made["sha256"][:2] / made["sha256"]
    assert made["dagster/size_bytes"] == kept.stat().st_size


def test_a_table_shows_rows_columns_and_where_each_column_comes_from(ui, run, data):
    made = _made(ui, "usa_ai_employment_by_msa", run["runId"])
    csv = (data / "published" / QUARTER / "usa_ai_employment_by_msa.csv").read_text().splitlines()
    assert made["dagster/row_count"] == len(csv) - 1
    assert "New York" in made["preview"]
    lineage = {row["columnName"]: row["columnDeps"] for row in made["dagster/column_lineage"]}
    assert {"assetKey": {"path": ["oews_metro_cells"]}, "columnName": "employment"} in lineage["ai_workers"]
    columns = {column["name"]: column for column in _schema(ui, "usa_ai_employment_by_msa")}
    assert list(columns) == csv[0].split(",")
    assert columns["ai_workers"]["type"] == "integer"
    assert "from oews_metro_cells: employment" in columns["ai_workers"]["description"]
    assert "TOT_EMP" in {column["name"] for column in _schema(ui, "raw_oews_metro")}


def test_a_second_run_takes_over_what_nothing_has_changed_for(ui, run, data):
    before = _published(data)
    again = ui.finished(ui.launch("quarter", QUARTER, source="sample", method="article"))
    assert again["status"] == "SUCCESS"
    for asset in ("raw_oews_metro", "usa_ai_employment_by_msa", "heatmap_usa_ai_jobs", "edition", "site"):
        made, told = _made(ui, asset, run["runId"]), _made(ui, asset, again["runId"])
        assert told.pop("taken_over").startswith("made "), asset
        assert told == made, asset
    assert _published(data) == before
    of_checks = ui.ask(CHECKED_QUARTERS, key=_key("usa_ai_employment_by_msa"))["assetNodeOrError"]
    told_by = {
        each["executionForLatestMaterialization"]["runId"]
        for each in of_checks["assetChecksOrError"]["checks"]
    }
    assert told_by == {again["runId"]}


@pytest.mark.usefixtures("run")
def test_a_run_that_is_to_make_everything_again_does(ui):
    again = ui.finished(ui.launch("employment", QUARTER, source="sample", method="article", afresh=True))
    assert again["status"] == "SUCCESS"
    for asset in ("raw_oews_metro", "usa_ai_employment_by_msa", "edition", "site"):
        assert "taken_over" not in _made(ui, asset, again["runId"])


def test_an_old_quarter_is_told_from_news(ui, run):
    made = _made(ui, "usa_ai_employment_by_msa", run["runId"])
    assert made["quarter"] == QUARTER
    assert made["timeliness"].startswith("backfill: ")


def test_the_heatmaps_page_holds_the_picture_itself(ui, run):
    made = _made(ui, "heatmap_usa_ai_jobs", run["runId"])
    assert made["picture"].startswith("![Heatmap-USA-AI-Jobs](data:image/png;base64,")


@pytest.mark.usefixtures("run")
def test_a_check_says_what_was_expected_what_was_found_and_which_rows(ui):
    checks = _checks(ui, "world_ai_research_by_institution")
    suspect = checks["suspect_institutions"]["executionForLatestMaterialization"]
    assert suspect["status"] == "FAILED"
    assert suspect["evaluation"]["severity"] == "WARN"
    assert suspect["evaluation"]["description"].startswith(
        "Expected: no institution is left out as noise. Found: "
    )
    told = _by_label(suspect["evaluation"]["metadataEntries"])
    assert "National Institute for Fusion Science" in told["rows"]
    assert told["quarter"] == QUARTER
    assert checks["fits_its_model"]["blocking"]


@pytest.mark.usefixtures("run")
def test_every_check_ran_and_none_of_severity_error_failed(ui):
    for node in ui.ask(NODES)["assetNodes"]:
        asset = node["assetKey"]["path"][-1]
        if asset == "job_board_snapshot":
            continue  # weekly, so no part of a quarter's run
        for name, check in _checks(ui, asset).items():
            last = check["executionForLatestMaterialization"]
            assert last, f"{asset}.{name} did not run"
            assert check["description"], f"{asset}.{name} does not say what it checks"
            assert last["status"] == "SUCCEEDED" or last["evaluation"]["severity"] == "WARN", (asset, name)


def test_all_checks_of_an_asset_run_by_a_click_on_the_quarter_last_made(ui, run, page: Page):
    page.goto(f"{ui.address}/assets/usa_ai_employment_by_msa?view=checks")
    page.get_by_role("button", name="Execute all").click()
    page.get_by_text("Launched run").wait_for()
    again = ui.finished({"run": {"runId": ui.ask(LATEST_RUN)["runsOrError"]["results"][0]["runId"]}})
    assert again["runId"] != run["runId"]
    assert again["status"] == "SUCCESS"
    assert tags(again)["dagster/partition"] == Quarter.parse(QUARTER).partition_key
    checks = ui.ask(CHECKED_QUARTERS, key=_key("usa_ai_employment_by_msa"))["assetNodeOrError"]
    latest = [check["executionForLatestMaterialization"] for check in checks["assetChecksOrError"]["checks"]]
    assert {each["runId"] for each in latest} == {again["runId"]}
    assert {each["evaluation"]["partition"] for each in latest} == {Quarter.parse(QUARTER).partition_key}


def test_jobs_schedules_and_the_sensor_say_what_they_do(ui):
    found = ui.ask(AUTOMATION, at=_repository())["repositoryOrError"]
    jobs = {job["name"]: job["description"] for job in found["jobs"]}
    assert {"quarter", "employment", "research", "publication"} <= jobs.keys()
    assert all(words for name, words in jobs.items() if not name.startswith("__"))
    schedules = {schedule["name"]: schedule for schedule in found["schedules"]}
    assert schedules["quarterly"]["cronSchedule"] == "0 6 20 1,4,7,10 *"
    assert all(schedule["description"] for schedule in schedules.values())
    assert {"oews_file_is_new"} <= {sensor["name"] for sensor in found["sensors"] if sensor["description"]}


def test_the_asset_graph_shows_the_groups_and_each_groups_assets(ui, page: Page, tmp_path):
    groups: dict[str, list[str]] = {}
    for node in ui.ask(NODES)["assetNodes"]:
        groups.setdefault(node["groupName"], []).append(node["assetKey"]["path"][-1])

    page.goto(f"{ui.address}/asset-groups")
    for group in groups:
        page.get_by_text(group).first.wait_for()
    _take_picture(page, tmp_path / "asset-graph.png")

    # The graph leaves out what is outside the window.
    page.set_viewport_size({"width": 3200, "height": 22000})
    for group, assets in groups.items():
        page.goto(f"{ui.address}/locations/where_is_ai/asset-groups/{group}/lineage")
        page.locator("foreignObject").first.wait_for()
        _take_picture(page, tmp_path / f"{group}.png")
        shown = page.evaluate(
            "[...document.querySelectorAll('foreignObject *')].map(element => element.textContent)"
        )
        for asset in assets:
            assert any(_is_shortened(text, asset) for text in shown), f"{asset} is not in the graph"
    page.set_viewport_size({"width": 1920, "height": 1080})


@pytest.mark.usefixtures("run")
def test_the_picture_is_seen_on_the_asset_page(ui, page: Page, tmp_path):
    page.goto(f"{ui.address}/assets/heatmap_usa_ai_jobs?view=partitions&partition=2026-04")
    page.get_by_text("[Show Markdown]").first.click()
    picture = page.get_by_role("img", name="Heatmap-USA-AI-Jobs")
    picture.wait_for()
    page.screenshot(path=tmp_path / "picture.png")
    assert picture.evaluate("image => image.complete && image.naturalWidth") >= 900


def test_a_failed_run_says_in_one_line_what_to_do(ui, data):
    run = ui.finished(ui.launch("employment", QUARTER, source="archive"))
    assert run["status"] == "FAILURE"
    failed = [event for event in run["eventConnection"]["events"] if "stepKey" in event]
    assert [event["stepKey"] for event in failed] == ["oews_metro_cells"]
    said = failed[0]["failureMetadata"]["description"]
    assert "\n" not in said
    assert "was changed after it was kept" in said
    assert "Restore the file" in said
    assert said in failed[0]["error"]["message"]
    told = _by_label(failed[0]["failureMetadata"]["metadataEntries"])
    assert told["what_to_do"].startswith("Restore the file")
    assert not list((data / "tables" / "received").glob("oews_metro_cells/*"))


def test_a_quarter_that_has_not_ended_is_refused(ui):
    run = ui.finished(ui.launch("employment", "2099-Q4", source="sample"))
    assert run["status"] == "FAILURE"
    failed = [event for event in run["eventConnection"]["events"] if "stepKey" in event]
    assert all("2099-Q4 has not ended" in event["failureMetadata"]["description"] for event in failed)


def test_a_backfill_of_eight_quarters_runs_one_at_a_time(ui, page: Page, tmp_path):
    backfill = ui.backfill(EMPLOYMENT_TABLES, EIGHT_QUARTERS)
    assert backfill["status"] == "COMPLETED_SUCCESS"
    runs = sorted(backfill["runs"], key=lambda each: each["startTime"])
    assert sorted(tags(each)["quarter"] for each in runs) == EIGHT_QUARTERS
    assert all(before["endTime"] <= after["startTime"] for before, after in pairwise(runs))

    rows = {
        made["partition"]: _by_label(made["metadataEntries"])
        for made in reversed(_all_made(ui, "usa_ai_employment_by_msa"))
    }
    assert rows["2026-01"]["dagster/row_count"] > 0
    assert rows["2026-01"]["timeliness"].startswith("backfill")
    _every_check_was_of_its_own_quarter(ui, runs)

    page.goto(f"{ui.address}/runs/b/{backfill['id']}")
    page.get_by_text("usa_ai_employment_by_msa").first.wait_for()
    page.screenshot(path=tmp_path / "backfill.png")


def _take_picture(page: Page, path: Path) -> None:
    page.screenshot(path=path)
    assert len(Image.open(path).convert("RGB").getcolors(1 << 22)) > 50, f"{path.name} shows nothing"


def _is_shortened(text: str, asset: str) -> bool:
    """Whether the graph's ``text`` is the asset's name, out of whose middle it may leave some."""
    first, _, last = text.partition("…")
    return len(text) >= min(len(asset), 10) and asset.startswith(first) and asset.endswith(last or first)


def _every_check_was_of_its_own_quarter(ui: DagsterUi, runs: list[dict]) -> None:
    quarters = {each["id"]: tags(each)["quarter"] for each in runs}
    made = {each["runId"]: each for each in _all_made(ui, "usa_ai_employment_by_msa")}
    history = ui.ask(HISTORY, key=_key("usa_ai_employment_by_msa"), check="fits_its_model")
    # A check that was planned by a backfill is listed a second time, without an evaluation.
    told = {
        each["runId"]: each["evaluation"] for each in history["assetCheckExecutions"] if each["evaluation"]
    }
    for run_id, quarter in quarters.items():
        assert _by_label(told[run_id]["metadataEntries"])["quarter"] == quarter
        rows = _by_label(made[run_id]["metadataEntries"])["dagster/row_count"]
        assert (f"all {rows:,} rows" if rows else "Nothing to check") in told[run_id]["description"]


def _published(data: Path) -> dict[str, int]:
    """When each published file was written."""
    files = (path for path in (data / "published").rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path): path.stat().st_mtime_ns for path in files}


def _repository() -> dict:
    return {"repositoryLocationName": "where_is_ai", "repositoryName": "__repository__"}


def _key(asset: str) -> dict:
    return {"path": [asset]}


def _all_made(ui: DagsterUi, asset: str) -> list[dict]:
    return ui.ask(MADE, key=_key(asset))["assetOrError"]["assetMaterializations"]


def _made(ui: DagsterUi, asset: str, run_id: str) -> dict:
    of_run = next(made for made in _all_made(ui, asset) if made["runId"] == run_id)
    return _by_label(of_run["metadataEntries"])


def _by_label(entries: list[dict]) -> dict:
    values = ("text", "url", "intValue", "mdStr", "boolValue", "lineage")
    return {
        entry["label"]: next((entry[name] for name in values if name in entry), None) for entry in entries
    }


def _schema(ui: DagsterUi, asset: str) -> list[dict]:
    entries = ui.ask(SCHEMA, key=_key(asset))["assetNodeOrError"]["metadataEntries"]
    return next(entry["schema"]["columns"] for entry in entries if "schema" in entry)


def _checks(ui: DagsterUi, asset: str) -> dict[str, dict]:
    found = ui.ask(CHECKS, key=_key(asset))["assetNodeOrError"]["assetChecksOrError"]
    return {check["name"]: check for check in found.get("checks", ())}


def test_what_it_prints_has_no_warning(ui):
    assert "Warning" not in ui.log
