"""Whole runs from the real files, their numbers computed once more by other code than the layer's."""

import csv
import json
from collections import defaultdict
from datetime import date

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


NUMBERS = ("h100e", "h100e_projected", "mw", "mw_projected", "pipeline_h100e", "pipeline_mw")


def recomputed() -> dict[str, dict[str, float]]:
    """By site its NUMBERS: up to 30 June 2026, of that what was dated after today, and what the last row adds."""
    rows, today = defaultdict(list), date.today().isoformat()
    with FILES["data_center_timelines.csv"].open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows[row["Data center"]].append((row["Date"], row["H100 equivalents"], row["Power (MW)"]))
    found = {}
    for site, dated in rows.items():
        dated.sort(key=lambda row: row[0])
        past = [row for row in dated if row[0] <= "2026-06-30"] or [("", *dated[0][1:])]
        assert past[0][0] or float(past[0][1]) == 0, f"{site} begins with some capacity after the quarter"
        seen = [row for row in past if row[0] <= today]
        found[site] = {}
        for at, name in ((1, "h100e"), (2, "mw")):
            now, last = float(past[-1][at]), float(dated[-1][at])
            found[site] |= {
                name: now,
                f"{name}_projected": now - float(seen[-1][at]),
                f"pipeline_{name}": max(0.0, last - now),
            }
    return found


def published(edition, name: str) -> list[dict[str, str]]:
    with (edition / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def summed(sites: list[str], numbers: dict[str, dict[str, float]]) -> dict[str, float]:
    sums = {name: sum(numbers[site][name] for site in sites) for name in NUMBERS}
    running = sum(numbers[site]["h100e"] > 0 or numbers[site]["mw"] > 0 for site in sites)
    return sums | {"sites": running, "sites_planned": len(sites) - running, "sites_unknown": 0}


def require_same(row: dict[str, str], numbers: dict[str, float], what: str) -> None:
    for name, number in numbers.items():
        assert float(row[name]) == pytest.approx(number, abs=0.51 if "h100e" in name else 0.051), (what, name)


@needs_shared
@pytest.mark.slow
def test_every_published_number_is_what_the_files_say(edition):
    numbers = recomputed()
    sites = {row["site"]: row for row in published(edition, "world_ai_compute_by_site")}
    assert set(sites) == set(numbers)
    for site, own in numbers.items():
        require_same(sites[site], own, site)
    # Where each is, the table of sites says; the places that count most were read off the addresses by eye.
    assert {site: sites[site]["area_code"] for site in CHECKED} == CHECKED
    for table, key in (("usa_ai_compute_by_metro", "area_code"), ("world_ai_compute_by_metro", "metro_id")):
        metros = {row[key]: row for row in published(edition, table)}
        members = defaultdict(list)
        for site, row in sites.items():
            counted = row["placed"] in (("metro",) if key == "area_code" else ("metro", "city"))
            if counted:
                members[row[key]].append(site)
        assert set(metros) == set(members)
        ordered = sorted((float(row["h100e"]) for row in metros.values()), reverse=True)
        for code, own in members.items():
            require_same(metros[code], summed(own, numbers), code)
            power = float(metros[code]["h100e"])
            assert metros[code]["rank"] == (str(ordered.index(power) + 1) if power else ""), code
    parts = published(edition, "world_ai_compute_coverage")
    whole, *rest = parts
    require_same(whole, summed(list(numbers), numbers), "all")
    assert whole["listed"] == "51" == str(sum(int(row["listed"]) for row in rest))
    for name in NUMBERS:
        shown = sum(float(row[name]) for row in rest)
        assert shown == pytest.approx(float(whole[name]), abs=len(rest)), name
    assert whole["as_known"] == "false"


@needs_shared
@pytest.mark.slow
def test_the_world_has_its_map_card_page_and_metros_abroad(edition):
    world = {row["metro_id"]: row for row in published(edition, "world_ai_compute_by_metro")}
    assert {world[each]["geography"] for each in ("CN/Zhangjiakou", "AE/Abu Dhabi")} == {"city_tag"}
    assert all(row["lat"] and row["lon"] for row in world.values())
    for name in (
        "Heatmap-World-AI-Compute",
        "Heatmap-World-AI-Compute-Vertical",
        "World-Top-10-AI-Compute-Vertical",
    ):
        assert (edition / f"{name}.png").stat().st_size > 20_000
    page = (edition / "compute-world.html").read_text()
    assert "Memphis, TN-MS-AR has the world&#39;s most computing power" in page
    assert "Zhangjiakou" in page


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "column", "said"),
    [
        ("Zhangjiakou", "h100e", "1 data centre, each by its last milestone"),
        ("Zhangjiakou", "lat", "the project's gazetteer (GeoNames) gives the city of the address"),
        ("Alibaba Zhangbei", "metro_id", "Address of Alibaba Zhangbei"),
        ("Colossus 1", "lon", "INTPTLONG of 32820"),
    ],
)
def test_explain_leads_to_the_files_behind_a_place(edition, monkeypatch, capsys, place, column, said):
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(edition.parent.parent))
    assert cli.main(["explain", "compute", place, column, "--quarter", "2026-Q2"]) == 0
    assert said in capsys.readouterr().out


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
