"""Whole runs from tables that were put there by hand, and from real rows at their addresses."""

import csv
import json
import shutil
from collections import defaultdict

import pytest

from where_is_ai import cli
from where_is_ai.archive.store import Archive
from where_is_ai.geography.delineation import DELINEATION
from where_is_ai.geography.source import GAZETTEER, POPULATION
from where_is_ai.layers.patents.bulk_tables import TABLES as BULK
from where_is_ai.layers.patents.source import LISTING, file_of
from where_is_ai.settings import SAMPLE_ARCHIVE
from where_is_ai_tests.layers.patents.tables import PLANTED, TABLES, written, zipped
from where_is_ai_tests.loopback import Answer, Loopback
from where_is_ai_tests.shared_folder import SHARED, needs_shared

pytestmark = pytest.mark.slow
REAL = SHARED / "layers" / "patents"
KEY = "planted-key-7731"
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
    run(folder, "2026-Q2", {})
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
    world = {row["metro_id"]: row["ai_patents"] for row in rows(edition, "world_ai_patents_by_metro")}
    assert world == {"US/14860": "0.75", "US/41940": "0.5", "FI/Helsinki": "0.25"}
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


@needs_shared
def test_real_rows_fetched_with_a_key_are_counted_as_other_code_does(tmp_path):
    real, files = {}, {}
    for table in BULK:
        with next(REAL.glob(f"{table.name}.*.tsv")).open(encoding="utf-8", newline="") as file:
            real[table.name] = list(csv.DictReader(file, delimiter="\t"))
        files[f"{FILES}/{file_of(table)}"] = zipped(table, real[table.name], list(real[table.name][0]))
    bag = [{"fileName": url.rpartition("/")[2], "fileSize": 1, "fileDownloadURI": url} for url in files]
    listing = {"bulkDataProductBag": [{"productFileBag": {"fileDataBag": bag}}]}
    server = run(tmp_path, "2024-Q4", files | {LISTING.url: json.dumps(listing).encode()}, KEY)
    assert not any(KEY in each.path for each in server.asked)
    assert not any(
        KEY in value for each in server.asked if "uspto" not in each.path for value in each.headers.values()
    )
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]
    granted = {
        row["patent_id"]
        for row in real["g_patent"]
        if row["patent_type"] == "utility" and "2024-10-01" <= row["patent_date"] <= "2024-12-31"
    }
    ai = {row["patent_id"] for row in real["g_cpc_current"] if row["cpc_subclass"] == "G06N"} & granted
    towns = {
        row["location_id"]: f"{row['disambig_city']} {row['disambig_state']}"
        for row in real["g_location_disambiguated"]
    }
    homes = defaultdict(list)
    for row in real["g_inventor_disambiguated"]:
        homes[row["patent_id"]].append(towns.get(row["location_id"], ""))
    boston = {home for number in ai for home in homes[number] if home.endswith(" MA")} - {"Worcester MA"}
    share = sum(sum(home in boston for home in homes[number]) / len(homes[number]) for number in ai)
    edition = tmp_path / "published" / "2024-Q4"
    found = {row["area_code"]: row for row in rows(edition, "usa_ai_patents_by_metro")}
    assert float(found["14460"]["ai_patents"]) == pytest.approx(share, abs=0.0051), boston
    coverage = rows(edition, "world_ai_patents_coverage")
    whole = next(row for row in coverage if row["part"] == "all patents granted")
    assert float(whole["ai_patents"]) == pytest.approx(len(ai))
    assert float(whole["all_patents"]) == pytest.approx(len(granted))
    abroad = next(row for row in coverage if row["part"] == "abroad")
    assert float(abroad["ai_patents"]) > 0
    assert found["41940"]["rank"] == "1"
