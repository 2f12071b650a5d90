"""Dagster's own folder: inside the data folder, telemetry and its sign-up form off, one run at a time."""

import os
from pathlib import Path

from where_is_ai.files import write_text
from where_is_ai.settings import Settings, read_settings

# Dagster's event log on SQLite locks under parallel runs; with Postgres the limit can be lifted.
INSTANCE = """\
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


def make_home(settings: Settings) -> Path:
    """DAGSTER_HOME, made where it is missing; a config that people edited is left alone."""
    home = settings.data / "dagster"
    if not (home / "dagster.yaml").exists():
        write_text(home / "dagster.yaml", INSTANCE)
    return home


def prepare_home(settings: Settings) -> Path:
    """Make DAGSTER_HOME and point this process to it."""
    home = make_home(settings)
    os.environ["DAGSTER_HOME"] = str(home)
    return home


if __name__ == "__main__":
    print(make_home(read_settings()))
