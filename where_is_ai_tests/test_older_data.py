"""A data folder of version 0.1.0, with Dagster's own records, goes on working: people's data outlive the program."""

import tarfile
from pathlib import Path

import dagster as dg
import pandas as pd
import pytest

from where_is_ai import cli
from where_is_ai.defs.home import INSTANCE, make_home
from where_is_ai.settings import read_settings

pytestmark = pytest.mark.slow
# A run of 2026-Q1, employment alone, from the sample; without its pictures, pages and database.
FOLDER = Path(__file__).with_name("data_folder_of_0_1_0.tar.xz")
QUARTER = "2026-Q1"


@pytest.fixture
def data(tmp_path, monkeypatch):
    with tarfile.open(FOLDER) as kept:
        kept.extractall(tmp_path, filter="data")
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    return tmp_path


@pytest.mark.usefixtures("data")
def test_its_numbers_can_still_be_walked_back(capsys):
    assert cli.main(["explain", "employment", "New York", "ai_workers", "--quarter", QUARTER]) == 0
    said = capsys.readouterr().out
    assert "ai_workers = 21240" in said
    assert "oesm24ma.zip" in said


@pytest.mark.usefixtures("data")
def test_its_runs_are_still_shown_and_its_config_follows():
    home = make_home(read_settings())
    assert (home / "dagster.yaml").read_text() == INSTANCE
    with dg.DagsterInstance.from_config(str(home)) as instance:
        assert [run.job_name for run in instance.get_runs()] == ["employment"]
        made = instance.get_latest_materialization_event(dg.AssetKey("usa_ai_employment_by_msa"))
    assert made.asset_materialization.partition == "2026-01"


def test_a_config_that_people_edited_is_left_alone(data):
    config = data / "dagster" / "dagster.yaml"
    config.write_text(config.read_text().replace("max_concurrent_runs: 1", "max_concurrent_runs: 2"))
    edited = config.read_text()
    make_home(read_settings())
    assert config.read_text() == edited


def test_a_run_of_another_layer_keeps_what_the_edition_had(data):
    edition = data / "published" / QUARTER
    findings, alt = (
        (edition / name).read_bytes() for name in ("usa_findings.md", "Heatmap-USA-AI-Jobs.alt.txt")
    )
    assert cli.main(["run", "--sample", "--only", "research", "--quarter", QUARTER]) == 0
    assert (edition / "usa_findings.md").read_bytes() == findings
    assert (edition / "Heatmap-USA-AI-Jobs.alt.txt").read_bytes() == alt


def test_the_same_run_gives_the_same_numbers(data):
    path = data / "published" / QUARTER / "usa_ai_employment_by_msa.csv"
    before = pd.read_csv(path, dtype=str)
    assert cli.main(["run", "--sample", "--only", "employment", "--quarter", QUARTER]) == 0
    after = pd.read_csv(path, dtype=str)
    same = [
        "area_code",
        "metro",
        "ai_workers",
        "coverage",
        "total_employment",
        "rank_workers",
        "oews_release",
    ]
    pd.testing.assert_frame_equal(after[same], before[same])
    assert list(after.columns[: len(before.columns)]) == list(before.columns)
