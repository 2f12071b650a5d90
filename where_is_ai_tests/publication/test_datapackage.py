"""The data package is valid by the Frictionless library and tells of every published table and column."""

import hashlib
import json
from pathlib import Path

import frictionless
import pytest

from where_is_ai.publication.catalog import published_table, published_tables
from where_is_ai.publication.datapackage import write_datapackage
from where_is_ai.publication.dictionary import dictionary
from where_is_ai.publication.edition import Edition
from where_is_ai.settings import Settings
from where_is_ai_tests.site.published import BEFORE, LAST, edition_tables


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    edition = Edition.of(Settings(tmp_path_factory.mktemp("package"), "sample"), LAST)
    found = edition_tables(LAST)
    for name, table in found.items():
        edition.write_csv(f"{name}.csv", table, published_table(name).columns())
        edition.write_parquet(f"{name}.parquet", table)
    edition.write_provenance({}, {"research": "article"})
    write_datapackage(edition.folder, [published_table(name) for name in found])
    return edition.folder


def resources(folder: Path) -> dict[str, dict]:
    return {each["name"]: each for each in json.loads((folder / "datapackage.json").read_text())["resources"]}


def test_it_is_valid_with_every_row_hash_and_size(folder):
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    assert len(report.tasks) == 2 * len(edition_tables(LAST))


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_changed_byte_is_noticed(folder, tmp_path, ending):
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    changed = tmp_path / f"usa_ai_employment_by_msa.{ending}"
    changed.write_bytes(changed.read_bytes().replace(b"New York", b"Old York"))
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert ["hash-count"] in report.flatten(["type"])


def test_schemas_are_the_models_with_units_sources_licences_and_hashes(folder):
    for name, resource in resources(folder).items():
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["sources"]
        assert resource["licenses"][0]["name"]
        if name in published_tables():
            fields = {field["name"]: field for field in resource["schema"]["fields"]}
            assert list(fields) == list(published_table(name).columns())
            assert all(field["description"] for field in fields.values())
    jobs = {f["name"]: f for f in resources(folder)["usa_ai_employment_by_msa"]["schema"]["fields"]}
    assert jobs["ai_per_1000"]["unit"] == "per 1,000 jobs"
    assert jobs["coverage"]["constraints"]["enum"] == [
        "all_published",
        "none_published",
        "not_listed",
        "suppressed",
    ]


def test_a_table_that_is_not_there_is_left_out(tmp_path):
    edition = Edition.of(Settings(tmp_path, "sample"), BEFORE)
    edition.write_provenance({}, {"research": "article"})
    write_datapackage(edition.folder, [])
    assert resources(edition.folder) == {}


def test_the_dictionary_explains_every_column_of_every_published_table():
    rows = dictionary(published_tables().values())
    expected = [(table.name, column) for table in published_tables().values() for column in table.columns()]
    assert [(row["table"], row["column"]) for row in rows] == expected
    assert all(row["meaning"] for row in rows)
    assert {row["values"] for row in rows if row["column"] == "coverage"} == {
        "all_published | not_listed | suppressed | none_published"
    }


def test_every_published_number_has_a_unit_that_its_model_says():
    columns = [column for table in published_tables().values() for column in table.columns().values()]
    assert all(column.unit for column in columns if column.numeric)
    units = {(row["table"], row["column"]): row["unit"] for row in dictionary(published_tables().values())}
    assert units["world_ai_research_trend", "change"] == "works"
    assert units["usa_ai_employment_yoy", "like_for_like_change"] == "jobs"


@pytest.mark.parametrize("table", published_tables().values(), ids=lambda table: table.name)
def test_the_catalog_names_columns_that_exist(table):
    known = table.columns()
    assert {*table.key, *table.shown, *table.lower_bounds, table.measure} <= known.keys()
    assert not table.place or table.place in known
