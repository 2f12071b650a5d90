"""Whole runs from tables that were put there by hand, and from real rows at their addresses."""

import csv
import json
import shutil
from collections import defaultdict

import pandas as pd
import pytest

from where_is_ai import cli
from where_is_ai.archive.store import Archive
from where_is_ai.geography.delineation import DELINEATION
from where_is_ai.geography.source import GAZETTEER, POPULATION
from where_is_ai.geography.urban_centres import R2024A
from where_is_ai.layers.patents import made_up
from where_is_ai.layers.patents.bulk_tables import TABLES as BULK
from where_is_ai.layers.patents.layer import PATENTS
from where_is_ai.layers.patents.made_up import zipped
from where_is_ai.layers.patents.notes import MADE_UP
from where_is_ai.layers.patents.source import LISTING, file_of
from where_is_ai.settings import SAMPLE_ARCHIVE
from where_is_ai_tests.geography.test_urban_centres import r2024a
from where_is_ai_tests.layers.patents.tables import PLANTED, TABLES, written
from where_is_ai_tests.loopback import Answer, Loopback
from where_is_ai_tests.shared_folder import SHARED, needs_shared

pytestmark = pytest.mark.slow
REAL = SHARED / "layers" / "patents"
KEY = "planted-key-7731"
# Looked up by eye: the metros of the towns that most of these inventors live in.
_TOWNS = {
    "41940": "Santa Clara CA, San Jose CA, Sunnyvale CA, Mountain View CA, Palo Alto CA, Los Altos CA, Los Gatos CA, "
    "Saratoga CA, Campbell CA, Cupertino CA, Milpitas CA",
    "41860": "San Francisco CA, Menlo Park CA, Dublin CA, San Ramon CA, Pleasanton CA, Woodside CA, San Mateo CA",
    "12420": "Austin TX, Cedar Park TX, Round Rock TX",
    "42660": "Seattle WA, Redmond WA, Bellevue WA, Bothell WA, Kirkland WA, Sammamish WA",
    "38900": "Portland OR, Hillsboro OR, Beaverton OR, Wilsonville OR",
    "14460": "Lexington MA, Cambridge MA",
    "41620": "Salt Lake City UT, Draper UT",
    "12060": "Atlanta GA, Marietta GA",
    "20500": "Durham NC",
    "39580": "Apex NC",
    "49340": "Northborough MA",
    "47900": "Rockville MD",
    "42100": "Santa Cruz CA",
}
METRO_OF = {town: code for code, towns in _TOWNS.items() for town in towns.split(", ")}
FILES = "https://api.uspto.gov/api/v1/datasets/products/files/PVGPATDIS"


def run(data, quarter: str, files: dict[str, bytes], key: str = "") -> Loopback:
    """A live run; the Census Bureau's files are served over a loopback, and ``files`` by address to who has the key."""
    sample = Archive(SAMPLE_ARCHIVE)
    census = (GAZETTEER, POPULATION, DELINEATION)
    served = {each.url: sample.read(sample.versions(each.url)[-1]) for each in census} | files
    bodies = {url.removeprefix("https://"): body for url, body in served.items()}

    def answer(asked, number):  # noqa: ARG001
        if asked.path.startswith("/api.uspto.gov/") and asked.headers.get("x-api-key") != KEY:
            return Answer(b"Unauthorized", 401)
        body = bodies.get(asked.path.lstrip("/"))
        return Answer(body) if body else Answer(b"no such file", 404)

    with Loopback(answer) as server, pytest.MonkeyPatch.context() as patch:
        for name, value in {"DATA": str(data), "CONTACT": "reader@example.org", "MIRROR": server.url}.items():
            patch.setenv(f"WHERE_IS_AI_{name}", value)
        patch.setenv("USPTO_API_KEY", key)
        assert cli.main(["run", "--live", "--only", "patents", "--quarter", quarter]) == 0
    return server


def rows(edition, name: str) -> list[dict]:
    with (edition / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("patents")
    written(folder / "by_hand", TABLES)
    centres = r2024a(tmp_path_factory.mktemp("ghsl"), {"Helsinki": (24.7, 60.1, 25.1, 60.3)})
    run(folder, "2026-Q2", {R2024A.request.url: centres})
    return folder


@pytest.fixture(scope="module")
def edition(data):
    return data / "published" / "2026-Q2"


def test_metros_and_the_world_have_their_inventors_shares(edition):
    metros = {row["area_code"]: row for row in rows(edition, "usa_ai_patents_by_metro")}
    assert {
        code: (row["ai_patents"], row["ai_patents_any"], row["rank"]) for code, row in metros.items()
    } == {
        "14860": ("0.75", "2", "1"),
        "41940": ("0.5", "1", "2"),
    }
    assert (metros["41940"]["ai_patents_wide"], metros["41940"]["all_patents"]) == ("1.5", "2.0")
    assert metros["41940"]["ai_share_pct"] == "25.0"
    assert metros["14860"]["ai_patents_inventional"] == "0.25"
    world = {row["metro_id"]: row for row in rows(edition, "world_ai_patents_by_metro")}
    assert {each: row["ai_patents"] for each, row in world.items()} == {
        "US/14860": "0.75",
        "US/41940": "0.5",
        "ghsl_2024a/1": "0.25",
    }
    helsinki = world["ghsl_2024a/1"]
    assert [helsinki[name] for name in ("metro", "country_code", "geography")] == [
        "Helsinki",
        "FI",
        "urban_centre",
    ]
    countries = {row["country_code"]: row for row in rows(edition, "world_ai_patents_by_country")}
    assert {code: (row["ai_patents"], row["all_patents"]) for code, row in countries.items()} == {
        "US": ("1.25", "3.25"),
        "FI": ("0.25", "0.25"),
    }
    parts = {row["part"]: row for row in rows(edition, "world_ai_patents_coverage")}
    whole = parts["all patents granted"]
    assert (whole["ai_patents"], whole["ai_patents_any"], whole["all_patents"]) == ("2.0", "2", "4.0")
    assert parts["place not given or not known here"]["ai_patents"] == "0.5"


def test_pages_say_that_grants_lag_and_explain_names_the_records(data, edition, monkeypatch, capsys):
    page = (edition / "patents.html").read_text()
    for said in ("lag filing by two to three years", "A home is not an office", "inventors abroad seek less"):
        assert said in page
    for name in (
        "Heatmap-USA-AI-Patents",
        "Heatmap-USA-AI-Patents-Vertical",
        "USA-Top-10-AI-Patents-Vertical",
    ):
        assert (edition / f"{name}.png").is_file()
    assert "AI patents granted in the quarter" in (data / "published/metros/us-41940.html").read_text()
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(data))
    assert cli.main(["explain", "patents", "41940", "ai_patents", "--quarter", "2026-Q2"]) == 0
    assert "share of patent 1's inventors who live there: 0.5 (member g_inventor_disambiguated.tsv" in (
        capsys.readouterr().out
    )
    assert {row["layer"] for row in rows(edition, "usa_metro_profiles")} == {"patents"}


def test_no_inventor_leaves_the_raw_files_and_nothing_unpacked_stays(data):
    files = [path for path in data.rglob("*") if path.is_file()]
    made = [path for path in files if not {"objects", "by_hand"} & set(path.parts)]
    assert {".parquet", ".db", ".html", ".csv"} <= {path.suffix for path in made}
    for path in made:
        content = path.read_bytes()
        assert not any(planted.encode() in content for planted in PLANTED), path
    assert not list(data.glob("patents-*"))


def test_a_replay_gives_the_same_and_without_tables_the_layer_is_left_out(
    data, edition, tmp_path, monkeypatch, capsys
):
    shutil.copytree(data / "archive", tmp_path / "archive")
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))
    assert cli.main(["run", "--archive", "--only", "patents", "--quarter", "2026-Q2"]) == 0
    name = "usa_ai_patents_by_metro"
    assert rows(tmp_path / "published/2026-Q2", name) == rows(edition, name)
    capsys.readouterr()
    cli.main(["run", "--sample", "--only", "patents", "--quarter", "2026-Q1"])
    assert "Left out: patents" in capsys.readouterr().out


@pytest.fixture(scope="module")
def real() -> dict[str, list[dict[str, str]]]:
    """The real rows by table."""
    found = {}
    for table in BULK:
        with next(REAL.glob(f"{table.name}.*.tsv")).open(encoding="utf-8", newline="") as file:
            found[table.name] = list(csv.DictReader(file, delimiter="\t"))
    return found


@pytest.fixture(scope="module")
def fetched(tmp_path_factory, real):
    """The data folder of a run that fetched the real rows with a key, and its server."""
    data = tmp_path_factory.mktemp("fetched")
    files = {
        f"{FILES}/{file_of(table)}": zipped(table, real[table.name], list(real[table.name][0]))
        for table in BULK
    }
    bag = [{"fileName": url.rpartition("/")[2], "fileSize": 1, "fileDownloadURI": url} for url in files]
    listing = {"bulkDataProductBag": [{"productFileBag": {"fileDataBag": bag}}]}
    return data, run(data, "2024-Q4", files | {LISTING.url: json.dumps(listing).encode()}, KEY)


@needs_shared
def test_the_key_goes_to_the_patent_office_alone_and_stays_nowhere(fetched):
    data, server = fetched
    assert not any(KEY in each.path for each in server.asked)
    assert not any(
        KEY in value for each in server.asked if "uspto" not in each.path for value in each.headers.values()
    )
    assert not [path for path in data.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]


@needs_shared
def test_every_published_number_of_the_real_rows_is_found_again_by_other_code(fetched, real):
    data, _ = fetched
    granted = {
        row["patent_id"]
        for row in real["g_patent"]
        if row["patent_type"] == "utility" and "2024-10-01" <= row["patent_date"] <= "2024-12-31"
    }
    wide = ("G06N", "G06V", "G06F40", "G10L15/25", "G06T2207/20081", "G06T2207/20084", "A61B5/7264")
    kinds = defaultdict(set)
    for row in real["g_cpc_current"]:
        if row["cpc_subclass"] == "G06N":
            kinds["ai_patents"].add(row["patent_id"])
            if row["cpc_type"] == "inventional":
                kinds["ai_patents_inventional"].add(row["patent_id"])
        if row["cpc_group"].startswith(wide):
            kinds["ai_patents_wide"].add(row["patent_id"])
    kinds = {name: numbers & granted for name, numbers in kinds.items()} | {"all_patents": granted}
    # The real places have no counties: the layer says which metro each is in, and the largest were looked up by eye.
    placed = pd.read_parquet(data / "tables" / "received" / "patent_places" / "2024-Q4.parquet")
    placed["area_code"] = placed["area_code"].astype("object").where(placed["area_code"].notna(), "")
    places = dict(zip(placed["location_id"], placed["area_code"], strict=True))
    towns = dict(zip(placed["city"] + " " + placed["state"], placed["area_code"], strict=True))
    assert {town: towns[town] for town in METRO_OF} == METRO_OF
    homes = defaultdict(list)
    for row in real["g_inventor_disambiguated"]:
        if row["patent_id"] in granted:
            homes[row["patent_id"]].append(places.get(row["location_id"], ""))
    expected: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for number, own in homes.items():
        for home in filter(None, set(own)):
            for name, numbers in kinds.items():
                expected[home][name] += own.count(home) / len(own) * (number in numbers)
            expected[home]["ai_patents_any"] += number in kinds["ai_patents"]
    edition = data / "published" / "2024-Q4"
    found = {row["area_code"]: row for row in rows(edition, "usa_ai_patents_by_metro")}
    assert set(found) == {code for code, numbers in expected.items() if numbers["ai_patents_wide"] > 0}
    ordered = sorted((float(row["ai_patents"]) for row in found.values()), reverse=True)
    for code, row in found.items():
        for name, number in expected[code].items():
            assert float(row[name]) == pytest.approx(number, abs=0.0051), (code, name)
        share = expected[code]["ai_patents"] / expected[code]["all_patents"] * 100
        assert float(row["ai_share_pct"]) == pytest.approx(share, abs=0.0051), code
        some = float(row["ai_patents"])
        assert row["rank"] == (str(ordered.index(some) + 1) if some else ""), code
    coverage = {row["part"]: row for row in rows(edition, "world_ai_patents_coverage")}
    for name, numbers in kinds.items():
        assert float(coverage["all patents granted"][name]) == pytest.approx(len(numbers), abs=0.0051), name
        parts = [float(row[name]) for part, row in coverage.items() if part != "all patents granted"]
        assert sum(parts) == pytest.approx(len(numbers), abs=0.03), name
        in_metros = sum(numbers[name] for numbers in expected.values())
        assert float(coverage["in a metro area"][name]) == pytest.approx(in_metros, abs=0.0051), name
    abroad = float(coverage["abroad"]["ai_patents"])
    countries = rows(edition, "world_ai_patents_by_country")
    assert abroad > 0
    assert sum(float(row["ai_patents"]) for row in countries if row["country_code"] != "US") == pytest.approx(
        abroad, abs=0.05
    )
    world = rows(edition, "world_ai_patents_by_metro")
    assert sum(float(row["ai_patents"]) for row in world if row["country_code"] != "US") == pytest.approx(
        abroad, abs=0.1
    )


def test_a_run_of_made_up_patents_says_so_on_everything(tmp_path, monkeypatch):
    made_up.write_archive(tmp_path / "archive", 400)
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))
    assert cli.main(["run", "--archive", "--only", "patents", "--quarter", "2026-Q2"]) == 0
    edition = tmp_path / "published" / "2026-Q2"
    for table in PATENTS.tables:
        assert {row["source"] for row in rows(edition, table.name)} == {MADE_UP}
    stem = "Heatmap-USA-AI-Patents"
    for name in ("patents_findings.md", "patents.html", "index.html", f"{stem}.html", f"{stem}.alt.txt"):
        assert MADE_UP in (edition / name).read_text().lower(), name
    assert MADE_UP in (tmp_path / "published/metros/us-41940.html").read_text().lower()
    assert "published figures" not in (edition / "patents.html").read_text()
    inputs = json.loads((edition / "provenance.json").read_text())["inputs"]
    assert {given["note"] for given in inputs if given["asset"] == "raw_patentsview_tables"} == {MADE_UP}


def test_made_up_patents_are_the_same_each_time(tmp_path):
    first, second = (made_up.write_archive(tmp_path / name, 20) for name in "ab")
    assert (first.folder / "index.jsonl").read_text() == (second.folder / "index.jsonl").read_text()
