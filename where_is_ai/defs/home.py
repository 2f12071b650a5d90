"""Dagster's own folder: inside the data folder, telemetry and its sign-up form off.

Steps print nothing, what they log is in Dagster's event log: so their output streams are not captured, which would
start two processes for each step.
"""

import os
from pathlib import Path

import dagster as dg

from where_is_ai.defs.records import DATABASE, has_database, records_explained
from where_is_ai.files import sweep, write_text
from where_is_ai.folders import writing
from where_is_ai.settings import Settings, read_settings

# A run whose process has gone is failed within the interval and three minutes, so that it holds no place in the queue.
_COMMON = """\
telemetry:
  enabled: false
nux:
  enabled: false
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
run_launcher:
  module: where_is_ai.defs.launcher
  class: WatchedRunLauncher
run_monitoring:
  enabled: true
  poll_interval_seconds: 30
  start_timeout_seconds: 180
run_coordinator:
  module: where_is_ai.defs.queue
  class: QuarterlyQueue
  config:
    dequeue_interval_seconds: 1
"""
_CLASS = """\
instance_class:
  module: where_is_ai.defs.instance
  class: Instance
"""
_WITH_ALL_EVENTS = f"""\
{_COMMON}\
    max_concurrent_runs: 1
"""
# SQLite bears eight runs at once, but what a quarter compares with the ones before it must have been made by then.
INSTANCE = _CLASS + _WITH_ALL_EVENTS
# With Postgres runs go side by side, but those of one quarter, and those that spend OpenAlex's budget, one at a time.
# What a dead process left undone is begun again; while the code server is away, the queue waits for it.
_DATABASE_WITH_ALL_EVENTS = f"""\
{_COMMON}\
    max_concurrent_runs: 2
    tag_concurrency_limits:
      - key: dagster/partition
        value:
          applyLimitPerUniqueValue: true
        limit: 1
      - key: asks
        value: openalex
        limit: 1
    max_user_code_failure_retries: 100
    user_code_failure_retry_delay: 10
run_retries:
  enabled: true
  max_retries: 3
  retry_on_asset_or_op_failure: false
storage:
  postgres:
    postgres_url:
      env: {DATABASE}
"""
INSTANCE_WITH_DATABASE = _CLASS + _DATABASE_WITH_ALL_EVENTS
# What earlier versions wrote, which nobody edited where it is still the same.
_HEAD_OF_OLD = """\
telemetry:
  enabled: false
nux:
  enabled: false
"""
_LOGS_OF_OLD = """\
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
"""
_QUEUE_OF_OLD = f"""\
{_HEAD_OF_OLD}\
concurrency:
  runs:
    max_concurrent_runs: 1
run_queue:
  dequeue_interval_seconds: 1
"""
_UNWATCHED = f"""\
{_HEAD_OF_OLD}\
run_coordinator:
  module: where_is_ai.defs.queue
  class: QuarterlyQueue
  config:
    max_concurrent_runs: 1
    dequeue_interval_seconds: 1
{_LOGS_OF_OLD}"""
WRITTEN = (
    *(INSTANCE, INSTANCE_WITH_DATABASE, _WITH_ALL_EVENTS, _DATABASE_WITH_ALL_EVENTS),
    *(_QUEUE_OF_OLD, _QUEUE_OF_OLD + _LOGS_OF_OLD, _UNWATCHED),
)


def make_home(settings: Settings) -> Path:
    """DAGSTER_HOME with its databases, made where it is missing; a config that people edited is left alone.

    One process at a time makes them: Dagster itself fails where two do it at once. The records are in SQLite files
    there, or in the Postgres that WHERE_IS_AI_DATABASE names, whose password is not written down.
    """
    home = settings.data / "dagster"
    wanted = INSTANCE_WITH_DATABASE if has_database() else INSTANCE
    with records_explained(home), writing(home):
        sweep(home)
        config = home / "dagster.yaml"
        if not config.exists() or config.read_text() in WRITTEN:
            write_text(config, wanted)
        with dg.DagsterInstance.from_config(str(home)):
            return home


def prepare_home(settings: Settings) -> Path:
    """Make DAGSTER_HOME and point this process to it."""
    home = make_home(settings)
    os.environ["DAGSTER_HOME"] = str(home)
    return home


if __name__ == "__main__":
    print(make_home(read_settings()))
