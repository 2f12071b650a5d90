"""What deploy/ describes: records in Postgres, runs side by side, a code server that may die; nothing is lost by it."""

from itertools import pairwise
from pathlib import Path

import pytest

from where_is_ai.defs.queue import PARTITION_TAG
from where_is_ai.quarters import Quarter
from where_is_ai_tests.defs.dagster_ui import BACKFILL_RUNS, UNDER_WAY, tags
from where_is_ai_tests.defs.deployment import PASSWORD, Deployment
from where_is_ai_tests.defs.materialized import materialized

pytestmark = pytest.mark.slow

QUARTERS = [f"{year}-Q{number}" for year in (2024, 2025, 2026) for number in (1, 2, 3, 4)][2:10]
ASSETS = [
    "raw_census_gazetteer",
    "raw_census_population",
    "cbsa_places",
    "raw_oews_metro",
    "oews_metro_cells",
]
PATIENCE_S = 800
AT_WORK = {"STARTING", "STARTED"}
INFO = "{ instance { info daemonHealth { allDaemonStatuses { daemonType healthy } } } }"


@pytest.fixture(scope="module")
def deployment(tmp_path_factory):
    with Deployment(tmp_path_factory.mktemp("deployed"), WHERE_IS_AI_SOURCE="sample") as deployment:
        yield deployment


@pytest.fixture(scope="module")
def backfill(deployment) -> dict:
    """Eight quarters, while the code server is killed with two runs under way, and started anew."""
    launched = deployment.launch_backfill(ASSETS, QUARTERS)
    at_once = []

    def has_two_runs() -> bool:
        runs = deployment.ask(BACKFILL_RUNS, id=launched)["partitionBackfillOrError"]["runs"]
        statuses = [run["status"] for run in runs]
        at_once.append(sum(status in AT_WORK for status in statuses))
        return at_once[-1] >= 2 and "STARTED" in statuses

    deployment.wait(has_two_runs, "two runs at once")
    deployment.kill_code_server()
    deployment.start_code_server()
    return {**deployment.ended_backfill(launched, PATIENCE_S), "most_at_once": max(at_once)}


@pytest.fixture(scope="module")
def one_after_the_other(tmp_path_factory) -> Path:
    """The data folder of the same quarters, run one after the other in this process."""
    data = tmp_path_factory.mktemp("one_after_the_other")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("WHERE_IS_AI_DATA", str(data))
        environment.setenv("WHERE_IS_AI_SOURCE", "sample")
        environment.setenv("DAGSTER_HOME", "")
        for quarter in QUARTERS:
            assert materialized("employment", Quarter.parse(quarter), ASSETS)
    return data


def test_a_backfill_comes_to_its_end_though_the_code_server_was_killed(backfill):
    assert backfill["status"] == "COMPLETED_SUCCESS"
    ended = {run["status"] for run in backfill["runs"]}
    assert ended == {"SUCCESS", "FAILURE"}  # killed ones are failed, and begun again
    done = sorted(tags(run)["quarter"] for run in backfill["runs"] if run["status"] == "SUCCESS")
    assert done == QUARTERS


def test_its_runs_went_side_by_side_two_at_a_time(backfill):
    assert backfill["most_at_once"] == 2
    went = [run for run in backfill["runs"] if run["status"] == "SUCCESS"]
    at_once = [sum(run["startTime"] <= other["startTime"] < run["endTime"] for run in went) for other in went]
    assert max(at_once) <= 2
    of_a_quarter = {tags(run)[PARTITION_TAG]: [] for run in went}
    for run in sorted(went, key=lambda run: run["startTime"]):
        of_a_quarter[tags(run)[PARTITION_TAG]].append(run)
    assert all(a["endTime"] <= b["startTime"] for runs in of_a_quarter.values() for a, b in pairwise(runs))


def test_its_tables_are_those_of_runs_one_after_the_other(backfill, deployment, one_after_the_other):
    assert backfill["status"] not in UNDER_WAY
    side_by_side, in_turn = (tables(data) for data in (deployment.data, one_after_the_other))
    assert len(in_turn) == len(QUARTERS) * len(ASSETS)
    assert side_by_side.keys() == in_turn.keys()
    assert [name for name in in_turn if side_by_side[name] != in_turn[name]] == []


def test_its_records_are_in_postgres_and_the_password_is_nowhere(backfill, deployment):
    assert backfill["status"] not in UNDER_WAY
    instance = deployment.ask(INFO)["instance"]
    assert "PostgresEventLogStorage" in instance["info"]
    assert {
        each["daemonType"] for each in instance["daemonHealth"]["allDaemonStatuses"] if each["healthy"]
    } >= {
        "SCHEDULER",
        "SENSOR",
        "BACKFILL",
        "QUEUED_RUN_COORDINATOR",
        "MONITORING",
    }
    assert list(deployment.data.glob("dagster/**/*.db")) == []
    secret = PASSWORD.partition("-")[2]
    assert secret not in instance["info"]
    written = [path for path in deployment.data.rglob("*") if path.is_file()]
    assert [path for path in written if secret.encode() in path.read_bytes()] == []


def tables(data: Path) -> dict[str, bytes]:
    folder = data / "tables" / "sample"
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".made.json"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}
