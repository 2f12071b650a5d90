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
"""


def prepare_home(settings: Settings) -> Path:
    """Make DAGSTER_HOME where it is missing, and point this process to it; a config people edited is left alone."""
    home = settings.data / "dagster"
    if not (home / "dagster.yaml").exists():
        write_text(home / "dagster.yaml", INSTANCE)
    os.environ["DAGSTER_HOME"] = str(home)
    return home


if __name__ == "__main__":
    print(prepare_home(read_settings()))
