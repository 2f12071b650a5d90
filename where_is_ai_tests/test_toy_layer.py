"""A layer is one folder and one line: a toy that nothing but the list knows is run, published and walked back."""

import csv
import json

import duckdb
import pytest

from where_is_ai import cli, layers
from where_is_ai.defs.definitions import definitions
from where_is_ai.publication.dictionary import dictionary
from where_is_ai_tests.toy_layer.layer import TOY
from where_is_ai_tests.toy_layer.run import QUARTER, listed_too, run_quarter


@pytest.fixture(scope="module")
def listed():
    with listed_too():
        yield


@pytest.fixture(scope="module")
def data(tmp_path_factory, listed):  # noqa: ARG001
    return run_quarter(tmp_path_factory.mktemp("toy"))


@pytest.fixture(scope="module")
def edition(data):
    return data / "published" / QUARTER


def test_it_has_a_job_and_its_checks(listed):  # noqa: ARG001
    loaded = definitions(layers.LAYERS)
    selected = loaded.resolve_job_def("toy").asset_layer.executable_asset_keys
    assert {"raw_power", "power_lines", "usa_power_by_metro", "heatmap_usa_power", "edition", "site"} <= {
        key.path[-1] for key in selected
    }
    checks = {(key.asset_key.path[-1], key.name) for key in loaded.resolve_asset_graph().asset_check_keys}
    assert {
        ("power_lines", "fits_its_model"),
        ("usa_power_by_metro", "fits_its_model"),
        ("usa_power_by_metro", "no_line_is_lost"),
    } <= checks


@pytest.mark.slow
def test_its_table_is_published_with_its_decimals_and_described(edition):
    rows = (edition / "usa_power_by_metro.csv").read_text().splitlines()
    assert rows[1].startswith("41940,")
    assert ",120.0," in rows[1]
    assert ",14.27," in rows[3]
    resources = json.loads((edition / "datapackage.json").read_text())["resources"]
    fields = next(each for each in resources if each["name"] == "usa_power_by_metro")["schema"]["fields"]
    assert next(field["unit"] for field in fields if field["name"] == "power_mw") == "MW"
    meanings = {(row["table"], row["column"]): row for row in dictionary(TOY.tables)}
    assert meanings["usa_power_by_metro", "power_mw"]["meaning"] == "Megawatts as listed"


@pytest.mark.slow
def test_its_raw_bytes_are_in_provenance_and_each_row_leads_to_its_line(edition):
    provenance = json.loads((edition / "provenance.json").read_text())
    assert "https://power.example/metros.csv" in {given["url"] for given in provenance["inputs"]}
    walked = provenance["walk_back"]["usa_power_by_metro"]["rows"]
    assert [place["lines"] for place in walked["42660"]] == [[4]]


@pytest.mark.slow
def test_explain_leads_back_to_the_line_of_the_csv(data, monkeypatch, capsys):
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(data))
    assert cli.main(["explain", "toy", "New York", "power_mw", "--quarter", QUARTER]) == 0
    said = capsys.readouterr().out
    assert "power_mw = 14.27" in said
    assert "line 2, column power_mw" in said


@pytest.mark.slow
def test_it_has_a_page_with_its_map_and_a_slice_on_a_metro_s_page(data, edition):
    assert (edition / "Heatmap-USA-Power.png").is_file()
    assert (edition / "maps" / "Heatmap-USA-Power.json").is_file()
    page = (edition / "power.html").read_text()
    for said in ("San Jose", "has the most, 120.0 MW.", "Power, MW", "They are a toy"):
        assert said in page
    metro = (data / "published" / "metros" / "us-35620.html").read_text()
    for said in ("Toy power", "14.3", "lines 2"):
        assert said in metro
    front = (data / "published" / "index.html").read_text()
    assert "megawatts from the Toy Power Office" in front
    assert "Toy power are different things" in front


@pytest.mark.slow
def test_its_table_is_in_the_database_with_its_units(data):
    with duckdb.connect(str(data / "published" / "where-is-ai.duckdb"), read_only=True) as database:
        rows = database.execute("SELECT metro, power_mw FROM usa_power_by_metro ORDER BY rank").fetchall()
        comments = dict(
            database.execute(
                "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'usa_power_by_metro'"
            ).fetchall()
        )
    assert rows[0][1] == 120
    assert comments["power_mw"] == "Megawatts as listed [MW]"


@pytest.mark.slow
def test_its_measure_is_in_the_profiles_of_metros_in_every_form(data, edition, monkeypatch, capsys):
    with (edition / "usa_metro_profiles.csv").open() as file:
        rows = {row["area_code"]: row for row in csv.DictReader(file)}
    assert [rows["35620"][name] for name in ("layer", "measure", "value", "rank", "of", "period", "basis", "unit")] == [
        "toy", "power_mw", "14.27", "3", "3", QUARTER, "the toy's file", "MW",
    ]  # fmt: skip
    resources = json.loads((edition / "datapackage.json").read_text())["resources"]
    profile = next(each for each in resources if each["name"] == "usa_metro_profiles")
    assert profile["schema"]["primaryKey"] == ["area_code", "layer", "measure"]
    with duckdb.connect(str(data / "published" / "where-is-ai.duckdb"), read_only=True) as database:
        found = database.execute(
            "SELECT value FROM usa_metro_profiles WHERE metro LIKE 'New York%'"
        ).fetchall()
    assert found == [(14.27,)]
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(data))
    words = ["explain", "toy", "New York", "value", "--table", "usa_metro_profiles", "--quarter", QUARTER]
    assert cli.main(words) == 0
    assert "line 2, column power_mw" in capsys.readouterr().out
