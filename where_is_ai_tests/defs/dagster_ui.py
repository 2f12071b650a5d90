"""The real ``dg dev`` (webserver, daemon, code server) on a data folder of its own, asked as its UI asks it."""

import os
import socket
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import requests

from where_is_ai.defs.home import make_home
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai_tests.processes import started

PROJECT = Path(__file__).resolve().parents[2]
UNDER_WAY = {"QUEUED", "NOT_STARTED", "STARTING", "STARTED", "CANCELING"}
REPOSITORY = {"repositoryLocationName": "where_is_ai", "repositoryName": "__repository__"}
PATIENCE_S = 240
LIMIT_S = 900

LAUNCH = """mutation($params: ExecutionParams!) { launchPipelineExecution(executionParams: $params) {
  __typename ... on LaunchRunSuccess { run { runId } } ... on RunConfigValidationInvalid { errors { message } }
  ... on PythonError { message } } }"""
BACKFILL = """mutation($params: LaunchBackfillParams!) { launchPartitionBackfill(backfillParams: $params) {
  __typename ... on LaunchBackfillSuccess { backfillId } ... on PythonError { message } } }"""
RUN = """query($id: ID!) { runOrError(runId: $id) { ... on Run {
  status startTime endTime tags { key value }
  eventConnection { events { __typename ... on ExecutionStepFailureEvent {
    stepKey error { message }
    failureMetadata { description metadataEntries { label ... on TextMetadataEntry { text } } }
  } ... on RunFailureEvent { error { message cause { message } } } } } } } }"""
BACKFILL_RUNS = """query($id: String!) { partitionBackfillOrError(backfillId: $id) { ... on PartitionBackfill {
  status runs { id status startTime endTime tags { key value } } } } }"""


class DagsterUi:
    """``dg dev`` while the block lasts; ``address`` is where its UI is served."""

    def __init__(self, data: Path, **environment: str):
        self.data, self._log = data, data / "dg-dev.log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self._command = [str(Path(sys.executable).with_name("dg")), "dev", "--use-active-venv"]
        self._command += ["--host", "127.0.0.1", "--port", str(port)]
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("WHERE_IS_AI_")},
            "WHERE_IS_AI_DATA": str(data),
            "DAGSTER_HOME": str(make_home(Settings(data=data))),
            **environment,
        }

    def __enter__(self) -> "DagsterUi":
        with ExitStack() as running:
            log = running.enter_context(self._log.open("w"))
            how = {"cwd": PROJECT, "env": self.environment, "stdout": log, "stderr": log}
            self._process = running.enter_context(started(self._command, LIMIT_S, **how))
            self.wait(self._answers, "the webserver to answer")
            self._running = running.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    @property
    def log(self) -> str:
        """What it has printed so far."""
        return self._log.read_text()

    def ask(self, query: str, **variables: object) -> dict:
        """What the GraphQL endpoint of the UI answers."""
        answer = requests.post(
            f"{self.address}/graphql", json={"query": query, "variables": variables}, timeout=60
        )
        assert answer.ok, answer.text
        assert "errors" not in answer.json(), answer.json()["errors"]
        return answer.json()["data"]

    def launch(self, job: str, quarter: str, **choices: str | bool) -> dict:
        """Launch a job as the launchpad does (``quarter`` "" for one of none), and give the answer."""
        params = {
            "selector": {**REPOSITORY, "jobName": job},
            "runConfigData": {"resources": {"choices": {"config": choices}}},
            "executionMetadata": {
                "tags": [{"key": "dagster/partition", "value": partition(quarter)}] if quarter else []
            },
        }
        return self.ask(LAUNCH, params=params)["launchPipelineExecution"]

    def finished(self, launched: dict) -> dict:
        """The run once it has ended."""
        run_id = launched["run"]["runId"]

        def ended() -> dict | None:
            run = self.ask(RUN, id=run_id)["runOrError"]
            return None if run["status"] in UNDER_WAY else {**run, "runId": run_id}

        return self.wait(ended, f"run {run_id} to end")

    def backfill(self, assets: list[str], quarters: list[str]) -> dict:
        """Backfill ``assets`` over ``quarters`` as the UI does, and give the backfill once it has ended."""
        return self.ended_backfill(self.launch_backfill(assets, quarters))

    def launch_backfill(self, assets: list[str], quarters: list[str]) -> str:
        """Launch a backfill of ``assets`` over ``quarters``, and give its id."""
        params = {
            "assetSelection": [{"path": [asset]} for asset in assets],
            "partitionNames": [partition(quarter) for quarter in quarters],
        }
        return self.ask(BACKFILL, params=params)["launchPartitionBackfill"]["backfillId"]

    def ended_backfill(self, backfill_id: str, patience_s: float = PATIENCE_S) -> dict:
        """The backfill once it has ended."""

        def ended() -> dict | None:
            backfill = self.ask(BACKFILL_RUNS, id=backfill_id)["partitionBackfillOrError"]
            return None if backfill["status"] in ("REQUESTED", "CANCELING") else backfill

        return {**self.wait(ended, "the backfill to end", patience_s), "id": backfill_id}

    def _answers(self) -> bool:
        assert self._process.poll() is None, self.log
        try:
            return requests.get(f"{self.address}/server_info", timeout=5).ok
        except requests.ConnectionError:
            return False

    def wait(self, look, what: str, patience_s: float = PATIENCE_S):
        """What ``look`` gives, once that is something."""
        until = time.monotonic() + patience_s
        while time.monotonic() < until:
            if found := look():
                return found
            time.sleep(0.3)
        raise AssertionError(f"Waited in vain for {what}.\n{self.log[-5000:]}")


def partition(quarter: str) -> str:
    return Quarter.parse(quarter).partition_key


def tags(run: dict) -> dict[str, str]:
    return {tag["key"]: tag["value"] for tag in run["tags"]}
