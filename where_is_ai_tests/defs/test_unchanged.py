"""A quarter run again as the UI, a schedule or a backfill does it: each step whose result stands says so."""

import shutil
from pathlib import Path

import dagster as dg
import pytest

from where_is_ai import cli, layers
from where_is_ai.defs import profiles
from where_is_ai.defs.definitions import definitions
from where_is_ai.defs.home import prepare_home
from where_is_ai.errors import WhereIsAIError
from where_is_ai.publication.catalog import default_method
from where_is_ai.quarters import Quarter
from where_is_ai.settings import read_settings
from where_is_ai_tests.toy_layer.run import QUARTER, listed_too, run_quarter

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with listed_too():
        yield run_quarter(tmp_path_factory.mktemp("toy"))


@pytest.fixture
def data(made, monkeypatch) -> Path:
    """A data folder in which the toy's quarter was run."""
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(made))
    return made


def test_a_run_that_the_ui_launches_takes_everything_over_too_and_says_so(data, capsys):
    before, kept = published(data), results(data)
    launched = launch()
    assert launched.success
    said = {event.asset_key: event.materialization for event in launched.get_asset_materialization_events()}
    assert len(said) == len(recorded(data))
    for asset, told in said.items():
        assert told.metadata["taken_over"].value.startswith("made 20"), asset
    assert said[dg.AssetKey("usa_power_by_metro")].metadata["dagster/row_count"].value == 3
    assert (published(data), results(data)) == (before, kept)
    # Each run is as good a ground for the next as the one before.
    assert cli.main(["run", "--archive", "--only", "toy", "--quarter", QUARTER]) == 0
    assert "Taken over" in capsys.readouterr().out
    assert all(
        "taken_over" in event.materialization.metadata
        for event in launch().get_asset_materialization_events()
    )


def test_a_run_that_the_ui_launches_makes_again_what_changed_and_what_follows(data):
    before, table = published(data), "usa_power_by_metro"
    (data / "tables" / "received" / table / f"{QUARTER}.parquet").write_bytes(b"by somebody else")
    made = made_anew(launch())
    # The answers are as they were, and what is made of the table came out as it was.
    assert table in made
    assert not {"raw_power", "power_lines", "heatmap_usa_power"} & made
    assert published(data).keys() == before.keys()


def test_whoever_launches_a_run_can_have_everything_made_again(data):
    assert made_anew(launch(afresh=True)) == recorded(data)


@pytest.mark.usefixtures("data")
def test_what_a_failed_run_did_not_come_to_still_stands(monkeypatch):
    launch()

    def fails(*_: object) -> None:
        raise WhereIsAIError("No profile can be made.", "Try again.")

    with monkeypatch.context() as patch:
        patch.setattr(profiles, "profiles", fails)
        failed = launch(afresh=True)
    assert not failed.success
    assert {event.step_key for event in failed.get_step_failure_events()} == {profiles.NAME}
    assert made_anew(launch()) == {profiles.NAME}


def test_old_runs_are_forgotten_but_for_those_that_results_stand_by(data, capsys):
    launch(afresh=True)
    last = launch()
    before, kept = published(data), results(data)
    assert cli.main(["prune"]) == 0
    assert "Forgotten: 0 runs" in capsys.readouterr().out
    assert cli.main(["prune", "--older-than-days", "0"]) == 0
    assert "1 are left" in capsys.readouterr().out
    with dg.DagsterInstance.from_config(str(data / "dagster")) as instance:
        assert [run.run_id for run in instance.get_runs()] == [last.run_id]
        (asset,) = instance.get_asset_records([dg.AssetKey("usa_power_by_metro")])
        assert asset.asset_entry.last_materialization_record.run_id == last.run_id
        shards = [path.stem for path in (data / "dagster" / "history" / "runs").glob("*.db")]
        assert sorted(shards) == sorted(["index", last.run_id])
    assert (published(data), results(data)) == (before, kept)
    assert made_anew(launch()) == set()


def test_a_quarter_is_measured_again_from_the_archive_alone(data):
    published_before = {path: Path(path).read_bytes() for path in published(data)}
    shutil.rmtree(data / "tables")
    shutil.rmtree(data / "dagster")
    assert made_anew(launch()) == recorded(data)
    assert {path: Path(path).read_bytes() for path in published(data)} == published_before


def test_what_dagster_has_forgotten_is_made_again(data):
    with dg.DagsterInstance.from_config(str(data / "dagster")) as instance:
        for run in instance.get_runs():
            instance.delete_run(run.run_id)
    assert made_anew(launch()) == recorded(data)


def test_an_older_quarter_takes_everything_over_beside_a_newer_edition(data):
    launch("2026-Q1")
    launch(afresh=True)
    before = published(data)
    assert made_anew(launch("2026-Q1")) == set()
    assert published(data) == before


def launch(quarter: str = QUARTER, **choices: bool) -> dg.ExecuteInProcessResult:
    """The toy's job in this process, with nothing chosen but what the launchpad holds and ``choices``."""
    home = prepare_home(read_settings())
    chosen = {"source": "archive", "method": default_method("archive"), **choices}
    with dg.DagsterInstance.from_config(str(home)) as instance:
        job = definitions(layers.LAYERS).resolve_job_def("toy")
        return job.execute_in_process(
            partition_key=Quarter.parse(quarter).partition_key,
            instance=instance,
            raise_on_error=False,
            run_config={
                "resources": {"choices": {"config": chosen}},
                "loggers": {"console": {"config": {"log_level": "ERROR"}}},
            },
        )


def made_anew(run: dg.ExecuteInProcessResult) -> set[str]:
    made = run.get_asset_materialization_events()
    return {event.asset_key.path[-1] for event in made if "taken_over" not in event.materialization.metadata}


def published(data: Path) -> dict[str, int]:
    """When each file was written that readers have: the site's record of its own making is none."""
    files = (path for path in (data / "published").rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path): path.stat().st_mtime_ns for path in files if ".site" not in path.parts}


def recorded(data: Path) -> set[str]:
    """The assets that there is a record of."""
    folder = data / "tables" / "received"
    return {path.parent.name for when in (QUARTER, "all") for path in folder.glob(f"*/{when}.made.json")}


def results(data: Path) -> dict[str, int]:
    """When each file on the shelf was written, but for the records."""
    files = (path for path in (data / "tables").rglob("*") if path.is_file())
    return {str(path): path.stat().st_mtime_ns for path in files if not path.name.endswith(".made.json")}
