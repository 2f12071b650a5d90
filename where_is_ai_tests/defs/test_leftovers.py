"""What a killed run left half made is mended by the next one, whether the command, the UI or a schedule launches it."""

import json
from pathlib import Path

import dagster as dg
import pytest

from where_is_ai.defs.definitions import definitions
from where_is_ai.defs.home import prepare_home
from where_is_ai.defs.partitions import QUARTERS
from where_is_ai.layers import LAYERS
from where_is_ai.quarters import Quarter
from where_is_ai.settings import read_settings

QUARTER = Quarter(2026, 2)


@dg.asset(partitions_def=QUARTERS, required_resource_keys={"choices"})
def any_asset() -> dg.MaterializeResult:
    """Any asset of any job."""
    return dg.MaterializeResult()


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))
    monkeypatch.setenv("WHERE_IS_AI_SOURCE", "sample")
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    return tmp_path


def half_made(data: Path) -> None:
    """Leave what a killed run leaves: side files, and an edition between the two renames of its replacement."""
    published, table = data / "published", data / "tables" / "sample" / "usa_ai_employment_by_msa"
    new, old = published / ".part-2026-Q2-abc", published / ".part-2026-Q2-abc-old"
    for folder, content in ((new, "new"), (old, "old"), (table, "half")):
        folder.mkdir(parents=True)
        (folder / "a.csv").write_text(content)
    (published / ".replacing-2026-Q2.json").write_text(json.dumps({"new": new.name, "old": old.name}))
    for path in (table / ".part-2026-Q2-abc.parquet", published / ".part-where-is-ai-abc.duckdb"):
        path.write_text("half")


def test_a_run_that_no_command_launched_completes_and_sweeps_what_was_left(data):
    half_made(data)
    prepare_home(read_settings())
    resources = definitions(LAYERS).resources
    with dg.DagsterInstance.get() as instance:
        assert dg.materialize(
            [any_asset], resources=resources, partition_key=QUARTER.partition_key, instance=instance
        ).success
    assert (data / "published" / "2026-Q2" / "a.csv").read_text() == "new"
    hidden = [path.name for path in data.rglob(".*") if path.name != ".lock"]
    assert hidden == []


def test_what_cannot_be_swept_ends_the_run_before_its_first_step_in_one_line(data, capfd):
    from where_is_ai.cli import main

    (data / "published").mkdir()
    (data / "published" / ".lock").mkdir()
    assert main(["run", "--only", "employment", "--quarter", "2026-Q2"]) == 1
    said = capfd.readouterr().err.splitlines()
    assert len(said) == 1
    assert ".lock" in said[0]
