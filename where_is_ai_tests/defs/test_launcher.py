"""A run whose process was killed is told from one that is still at work, so that the queue does not wait for it."""

import signal
import subprocess
import sys

import dagster as dg
import pytest
from dagster._core.launcher import WorkerStatus

from where_is_ai.defs import defs
from where_is_ai.defs.home import make_home
from where_is_ai.defs.launcher import hold, release
from where_is_ai.defs.queue import asks_openalex
from where_is_ai.settings import read_settings
from where_is_ai_tests.processes import started

HOLDING = """
import sys
from where_is_ai.defs.launcher import hold
hold(sys.argv[1])
print("at work", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def instance(tmp_path, monkeypatch):
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))
    monkeypatch.delenv("WHERE_IS_AI_DATABASE", raising=False)
    with dg.DagsterInstance.from_config(str(make_home(read_settings()))) as instance:
        yield instance


def a_run(instance: dg.DagsterInstance) -> dg.DagsterRun:
    @dg.job
    def nothing():
        pass

    return instance.create_run_for_job(nothing, status=dg.DagsterRunStatus.STARTED)


def health(instance: dg.DagsterInstance, run: dg.DagsterRun) -> WorkerStatus:
    return instance.run_launcher.check_run_worker_health(run).status


@pytest.mark.slow
def test_a_run_is_at_work_as_long_as_its_process_lives(instance):
    run = a_run(instance)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with started([sys.executable, "-c", HOLDING, run.run_id], **pipes) as process:
        assert process.stdout.readline() == "at work\n"
        assert health(instance, run) == WorkerStatus.RUNNING
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert health(instance, run) == WorkerStatus.NOT_FOUND


def test_a_run_that_ends_leaves_no_mark(instance, tmp_path):
    run = a_run(instance)
    hold(run.run_id)
    hold(run.run_id)  # by each resource that begins with it
    assert health(instance, run) == WorkerStatus.RUNNING
    release(run.run_id)
    release(run.run_id)
    assert list((tmp_path / "dagster" / "at_work").iterdir()) == []


@pytest.mark.parametrize(
    ("job", "assets", "asks"),
    [
        ("quarter", None, True),
        ("research", None, True),
        ("employment", None, False),
        ("__ASSET_JOB", {"raw_openalex_institutions", "cbsa_places"}, True),
        ("quarter", {"cbsa_places"}, False),
    ],
)
def test_runs_that_ask_openalex_are_known_by_their_job_or_their_assets(job, assets, asks):
    chosen = assets and {dg.AssetKey(asset) for asset in assets}
    assert asks_openalex(dg.DagsterRun(job, asset_selection=chosen)) is asks


def test_every_run_marks_itself_since_each_step_begins_with_the_choices():
    for job in defs.get_repository_def().get_all_jobs():
        for node in job.nodes:
            outputs = [each for each in node.definition.output_defs if not each.dagster_type.is_nothing]
            needs = {*node.definition.required_resource_keys, *(each.io_manager_key for each in outputs)}
            assert needs & {"choices", "io_manager"}, (job.name, node.name)
