"""Dagster's own folder: inside the data folder, telemetry and its sign-up form off, one run at a time.

Steps print nothing, what they log is in Dagster's event log: so their output streams are not captured, which would
start two processes for each step.
"""

import os
from pathlib import Path

import dagster as dg

from where_is_ai.defs.records import records_explained
from where_is_ai.files import sweep, write_text
from where_is_ai.folders import writing
from where_is_ai.settings import Settings, read_settings

# Dagster's event log on SQLite locks under parallel runs; with Postgres the limit can be lifted.
INSTANCE = """\
telemetry:
  enabled: false
nux:
  enabled: false
run_coordinator:
  module: where_is_ai.defs.queue
  class: QuarterlyQueue
  config:
    max_concurrent_runs: 1
    dequeue_interval_seconds: 1
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
"""
# What earlier versions wrote, which nobody edited where it is still the same.
_QUEUE_OF_OLD = """\
telemetry:
  enabled: false
nux:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 1
run_queue:
  dequeue_interval_seconds: 1
"""
EARLIER = (_QUEUE_OF_OLD, _QUEUE_OF_OLD + INSTANCE[INSTANCE.index("compute_logs:") :])


def make_home(settings: Settings) -> Path:
    """DAGSTER_HOME with its databases, made where it is missing; a config that people edited is left alone.

    One process at a time makes them: Dagster itself fails where two do it at once.
    """
    home = settings.data / "dagster"
    with records_explained(home), writing(home):
        sweep(home)
        config = home / "dagster.yaml"
        if not config.exists() or config.read_text() in EARLIER:
            write_text(config, INSTANCE)
        with dg.DagsterInstance.from_config(str(home)):
            return home


def prepare_home(settings: Settings) -> Path:
    """Make DAGSTER_HOME and point this process to it."""
    home = make_home(settings)
    os.environ["DAGSTER_HOME"] = str(home)
    return home


if __name__ == "__main__":
    print(make_home(read_settings()))
