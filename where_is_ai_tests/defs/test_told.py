"""Who is told of what failed: the real daemon and code server, and a receiver that notes what it gets."""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from where_is_ai_tests.defs.dagster_ui import PROJECT, REPOSITORY, DagsterUi
from where_is_ai_tests.loopback import Answer, Loopback
from where_is_ai_tests.processes import started

pytestmark = pytest.mark.slow

SECRET_PATH = "/hook/T0123456789"
TICKS = """query($at: SensorSelector!) { sensorOrError(sensorSelector: $at) { ... on Sensor {
  sensorState { status ticks(limit: 1) { status } } } } }"""
DRY_RUN = """mutation($at: ScheduleSelector!, $when: Float!) { scheduleDryRun(selectorData: $at, timestamp: $when) {
  __typename ... on DryRunInstigationTick { evaluationResult { skipReason error { message } } } } }"""
AT_WORK = "{ runsOrError(filter: {statuses: [STARTED]}) { ... on Runs { results { runId } } } }"
# The tick after it is tried.
THE_DAY_BEFORE_20_JULY_2026 = datetime(2026, 7, 19, tzinfo=UTC).timestamp()


@pytest.fixture(scope="module")
def receiver():
    with Loopback(lambda asked, number: Answer()) as receiver:
        yield receiver


@pytest.fixture(scope="module")
def ui(receiver, tmp_path_factory):
    webhook = {
        "WHERE_IS_AI_NOTIFY": receiver.url + SECRET_PATH,
        "WHERE_IS_AI_DAGSTER": "http://u:pw@dagster.example.org/",
    }
    with DagsterUi(tmp_path_factory.mktemp("told"), WHERE_IS_AI_SOURCE="live", **webhook) as ui:
        for sensor in ("failed_runs", "failed_checks"):
            ui.wait(lambda name=sensor: ticked(ui, name), f"the sensor {sensor} to look for the first time")
        yield ui


def ticked(ui: DagsterUi, sensor: str) -> bool:
    state = ui.ask(TICKS, at={**REPOSITORY, "sensorName": sensor})["sensorOrError"]["sensorState"]
    assert state["status"] == "RUNNING"  # a webhook is set
    return bool(state["ticks"])


def told(ui: DagsterUi, receiver: Loopback, event: str, run_id: str = "") -> dict:
    def found() -> dict | None:
        messages = [json.loads(asked.body) for asked in receiver.asked]
        return next((each for each in messages if each["event"] == event and run_id in each["run"]), None)

    return ui.wait(found, f"the receiver to be told {event}")


def test_of_a_failed_run_the_webhook_is_told_what_which_quarter_what_to_do_and_where(ui, receiver):
    run = ui.finished(ui.launch("employment", "2026-Q2", source="live"))
    assert run["status"] == "FAILURE"
    message = told(ui, receiver, "run_failed")
    assert message["what"] == "where-is-ai: 2026-Q2, job employment: failed"
    assert message["quarter"] == "2026-Q2"
    assert "Live mode needs WHERE_IS_AI_CONTACT" in message["reasons"][0]
    assert "an e-mail address that is read" in message["remedy"]
    assert message["run"] == f"http://dagster.example.org/runs/{run['runId']}"


def test_of_a_failed_check_it_is_told_though_the_run_came_to_its_end(ui, receiver):
    run = ui.finished(ui.launch("freshness", "", source="archive"))
    assert run["status"] == "SUCCESS"
    message = told(ui, receiver, "checks_failed")
    assert any("latest_quarter_is_out" in reason for reason in message["reasons"])
    assert run["runId"] in message["run"]


def test_of_a_quarter_that_the_schedule_skips_it_is_told_too(ui, receiver):
    at = {**REPOSITORY, "scheduleName": "quarterly"}
    tick = ui.ask(DRY_RUN, at=at, when=THE_DAY_BEFORE_20_JULY_2026)["scheduleDryRun"]["evaluationResult"]
    assert tick["error"] is None
    assert "WHERE_IS_AI_CONTACT is not set" in tick["skipReason"]
    message = told(ui, receiver, "not_started")
    assert message["quarter"] == "2026-Q2"
    assert message["remedy"].startswith("Set WHERE_IS_AI_CONTACT")


def test_a_run_that_was_killed_holds_the_queue_up_no_longer_and_is_told(ui, receiver):
    command = [sys.executable, "-m", "where_is_ai.cli", "run", "--sample", "--only", "employment"]

    def begun() -> str | None:
        runs = ui.ask(AT_WORK)["runsOrError"]["results"]
        at_work = ui.data / "dagster" / "at_work"
        return next((run["runId"] for run in runs if (at_work / run["runId"]).exists()), None)

    with started(command, cwd=PROJECT, env=ui.environment, stdout=subprocess.DEVNULL) as process:
        killed = ui.wait(begun, "the run of the command line to begin")
        os.killpg(process.pid, signal.SIGKILL)
    waits = ui.launch("freshness", "", source="archive")
    assert ui.finished(waits)["status"] == "SUCCESS"
    message = told(ui, receiver, "run_failed", killed)
    assert message["what"] == "where-is-ai: 2026-Q2, job employment: failed"
    assert "Its process has gone" in message["reasons"][0]


def test_the_webhook_s_address_is_a_secret(ui, receiver):
    assert {asked.path for asked in receiver.asked} == {SECRET_PATH}
    assert all(b"pw" not in asked.body for asked in receiver.asked)
    written = {path: _bytes_of(path) for path in ui.data.rglob("*") if path.is_file()}
    assert written
    assert [path for path, content in written.items() if SECRET_PATH.encode() in content] == []


def _bytes_of(path: Path) -> bytes:
    """Its content; none of a file that is gone by now, as SQLite's own come and go while the daemon works."""
    with suppress(FileNotFoundError):
        return path.read_bytes()
    return b""
