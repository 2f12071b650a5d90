"""Whole runs from the real files, their numbers computed once more by other code than the layer's."""

import csv
import json
from collections import defaultdict

import pandas as pd
import pytest

from where_is_ai import cli
from where_is_ai_tests.loopback import Answer, Loopback
from where_is_ai_tests.shared_folder import SHARED, needs_shared

COMPUTE = SHARED / "layers" / "compute"
FILES = {
    "data_centers.csv": COMPUTE / "epoch_data_centers_2026-05.csv",
    "data_center_timelines.csv": COMPUTE / "epoch_data_center_timelines_2026-05.csv",
}
# Read off the addresses by eye: site to CBSA code.
CHECKED = {
    "Colossus 1": "32820",
    "Colossus 2": "32820",
    "Google Columbus": "18140",
    "Google New Albany": "18140",
    "Meta Prometheus": "18140",
    "Amazon Madison Mega Site": "27140",
    "Amazon Ridgeland": "27140",
    "Google Omaha": "36540",
    "Google Papillion": "36540",
    "Google Council Bluffs (East)": "36540",
    "OpenAI Stargate Abilene": "10180",
    "Crusoe Abilene Expansion": "10180",
}


ATLAS_FILE = "im3_open_source_data_center_atlas_v2025.06.06.csv"


def serve(asked, _number):
    """The files at their addresses, as a mirror gives them: the host begins the path."""
    path = asked.path.lstrip("/")
    name = path.removeprefix("epoch.ai/data/data_centers/")
    if path == f"data.msdlive.org/records/65g71-a4731/files/{ATLAS_FILE}":
        return Answer((COMPUTE / ATLAS_FILE).read_bytes())
    file = FILES.get(name, SHARED / "upstream" / path)
    return Answer(file.read_bytes()) if file.is_file() else Answer(status=404)


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    data = tmp_path_factory.mktemp("compute")
    with Loopback(serve) as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("WHERE_IS_AI_DATA", str(data))
        patch.setenv("WHERE_IS_AI_MIRROR", server.url)
        patch.setenv("WHERE_IS_AI_CONTACT", "tests@where-is-ai.example")
        assert cli.main(["run", "--live", "--only", "compute", "--quarter", "2026-Q2"]) == 0
    return data / "published" / "2026-Q2"


def recomputed() -> dict[str, tuple[float, float, float]]:
    """By site: H100 equivalents and MW up to 30 June 2026, and MW that the timeline's last row adds."""
    rows = defaultdict(list)
    with FILES["data_center_timelines.csv"].open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows[row["Data center"]].append((row["Date"], row["H100 equivalents"], row["Power (MW)"]))
    found = {}
    for site, dated in rows.items():
        dated.sort(key=lambda row: row[0])
        past = [row for row in dated if row[0] <= "2026-06-30"] or [("", *dated[0][1:])]
        assert past[0][0] or float(past[0][1]) == 0, f"{site} begins with some capacity after the quarter"
        h100e, mw = (float(cell) for cell in past[-1][1:])
        found[site] = (h100e, mw, max(0.0, float(dated[-1][2]) - mw))
    return found


@needs_shared
@pytest.mark.slow
def test_every_published_site_and_its_metro_is_what_the_files_say(edition):
    expected = recomputed()
    sites = pd.read_csv(edition / "world_ai_compute_by_site.csv", dtype={"area_code": str}).set_index("site")
    assert set(sites.index) == set(expected)
    for site, (h100e, mw, pipeline_mw) in expected.items():
        shown = sites.loc[site]
        assert shown["h100e"] == pytest.approx(h100e, abs=0.5), site
        assert shown["mw"] == pytest.approx(mw, abs=0.051), site
        assert shown["pipeline_mw"] == pytest.approx(pipeline_mw, abs=0.051), site
    assert sites.loc[list(CHECKED), "area_code"].to_dict() == CHECKED
    metros = pd.read_csv(edition / "usa_ai_compute_by_metro.csv", dtype={"area_code": str}).set_index(
        "area_code"
    )
    for code in set(CHECKED.values()):
        own = [expected[site] for site, area in CHECKED.items() if area == code]
        assert metros.loc[code, "h100e"] == pytest.approx(sum(each[0] for each in own), abs=0.5)
        assert metros.loc[code, "mw"] == pytest.approx(sum(each[1] for each in own), abs=0.051)
        assert metros.loc[code, "sites"] == sum(each[0] > 0 for each in own)
    whole = pd.read_csv(edition / "world_ai_compute_coverage.csv").iloc[0]
    assert whole["h100e"] == pytest.approx(sum(each[0] for each in expected.values()), abs=0.5)
    assert whole["listed"] == 51
    assert not whole["as_known"]


@needs_shared
@pytest.mark.slow
def test_the_page_and_findings_say_when_the_copy_was_made(edition):
    findings = (edition / "compute_findings.md").read_text()
    assert "That was after the quarter" in findings
    assert "without an interval" in (edition / "compute.html").read_text()
    assert "Memphis, TN-MS-AR has the most" in findings


@needs_shared
@pytest.mark.slow
def test_the_atlas_is_a_table_of_its_own_under_its_licence(edition):
    with (edition / "usa_data_centers_by_metro.csv").open() as file:
        columbus = next(row for row in csv.DictReader(file) if row["area_code"] == "18140")
    counted = []
    with (COMPUTE / ATLAS_FILE).open() as file:
        counties = {"041", "045", "049", "073", "089", "097", "117", "127", "129", "159"}
        counted = [
            row for row in csv.DictReader(file) if row["state_abb"] == "OH" and row["county_id"] in counties
        ]
    buildings = [row for row in counted if row["type"] == "building"]
    assert int(columbus["dc_facilities"]) == sum(row["type"] != "campus" for row in counted) == 39
    assert float(columbus["dc_msqft"]) == pytest.approx(
        sum(float(row["sqft"]) for row in buildings) / 1e6, abs=0.005
    )
    resources = json.loads((edition / "datapackage.json").read_text())["resources"]
    atlas = next(each for each in resources if each["name"] == "usa_data_centers_by_metro")
    assert "ODbL" in json.dumps(atlas)
