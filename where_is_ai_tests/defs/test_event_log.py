"""What runs say is kept in Dagster's own SQLite files, whoever wrote them and whoever reads them."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import dagster as dg
import pytest

from where_is_ai.defs.event_log import MOST_ENGINES
from where_is_ai.defs.home import make_home
from where_is_ai.settings import Settings

RUNS = MOST_ENGINES + 2


@dg.asset(check_specs=[dg.AssetCheckSpec("holds", asset="number")])
def number() -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"one": 1}, check_results=[dg.AssetCheckResult(passed=True)])


@pytest.fixture
def home(tmp_path) -> Path:
    return make_home(Settings(data=tmp_path))


def run(instance: dg.DagsterInstance) -> str:
    return dg.materialize([number], instance=instance).run_id


def kinds(instance: dg.DagsterInstance, run_id: str) -> list[dg.DagsterEventType]:
    events = (entry.dagster_event for entry in instance.all_logs(run_id))
    return [event.event_type for event in events if event]


def test_each_of_many_runs_keeps_what_it_said(home):
    with dg.DagsterInstance.from_config(str(home)) as instance:
        runs = [run(instance) for _ in range(RUNS)]
        said = [kinds(instance, each) for each in runs]
        assert all(each == said[0] for each in said)
        assert said[0].count(dg.DagsterEventType.ASSET_MATERIALIZATION) == 1
        made = instance.fetch_materializations(number.key, limit=RUNS + 1).records
        assert [record.run_id for record in made] == runs[::-1]


def test_dagster_reads_the_files_by_itself_and_goes_on_with_them(home):
    with dg.DagsterInstance.from_config(str(home)) as instance:
        ours = run(instance)
        said = kinds(instance, ours)
    (home / "dagster.yaml").unlink()
    with dg.DagsterInstance.from_config(str(home)) as plain:
        assert kinds(plain, ours) == said
        theirs = run(plain)
    make_home(Settings(data=home.parent))
    with dg.DagsterInstance.from_config(str(home)) as instance:
        assert len(instance.fetch_materializations(number.key, limit=3).records) == 2
        assert dg.DagsterEventType.ASSET_CHECK_EVALUATION in kinds(instance, theirs)


def test_several_threads_of_a_server_record_and_read_at_once(home):
    with dg.DagsterInstance.from_config(str(home)) as instance, ThreadPoolExecutor(4) as pool:
        last = run(instance)

        def report(number_of: int) -> int:
            instance.report_runless_asset_event(
                dg.AssetMaterialization(number.key, metadata={"of": number_of})
            )
            return len(kinds(instance, last))

        assert len(set(pool.map(report, range(12)))) == 1
        made = instance.fetch_materializations(number.key, limit=20).records
        reported = {record.asset_materialization.metadata["of"].value for record in made[:-1]}
        assert reported == set(range(12))
