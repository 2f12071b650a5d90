"""Dagster's own folder: inside the data folder, telemetry and its sign-up form off, one run at a time.

Steps print nothing, what they log is in Dagster's event log: so their output streams are not captured, which would
start two processes for each step.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from where_is_ai.errors import WhereIsAIError
from where_is_ai.files import explained, sweep, write_text
from where_is_ai.folders import writing
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
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
"""
# What earlier versions wrote, which nobody edited where it is still the same.
# What SQLite says against Dagster's databases, as the system would say it of a file.
_AS_THE_SYSTEM_SAYS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_IOERR: errno.EIO,
}
EARLIER = (INSTANCE.partition("compute_logs:")[0],)


def make_home(settings: Settings) -> Path:
    """DAGSTER_HOME with its databases, made where it is missing; a config that people edited is left alone.

    One process at a time makes them: Dagster itself fails where two do it at once.
    """
    home = home_of(settings)
    with records_explained(home), writing(home):
        sweep(home)
        config = home / "dagster.yaml"
        if not config.exists() or config.read_text() in EARLIER:
            write_text(config, INSTANCE)
        with dg.DagsterInstance.from_config(str(home)):
            return home


def home_of(settings: Settings) -> Path:
    return settings.data / "dagster"


@contextmanager
def records_explained(home: Path) -> Iterator[None]:
    """Turn what SQLite or the system says against Dagster's databases into an error of ours, however it is wrapped."""
    try:
        yield
    except Exception as error:
        said = next(
            (each for each in _causes(error) if isinstance(each, (sqlite3.Error, OSError, WhereIsAIError))),
            None,
        )
        if isinstance(said, sqlite3.Error):
            raise _explained(said, home) from None
        if isinstance(said, OSError) and said.errno is not None:
            raise explained(said) from None
        raise


def _explained(said: sqlite3.Error, home: Path) -> WhereIsAIError:
    # The lower byte is the kind, the rest its details.
    kind = getattr(said, "sqlite_errorcode", 0) & 0xFF
    if number := _AS_THE_SYSTEM_SAYS.get(kind):
        return explained(OSError(number, str(said), str(home)))
    if kind in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        remedy = "Move that folder aside: it holds the history of runs, and nothing that was archived or published."
    else:
        remedy = "Wait until other runs have ended, and run again."
    return WhereIsAIError(f"Dagster's records in {home} can't be used: {said}.", remedy)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__


def prepare_home(settings: Settings) -> Path:
    """Make DAGSTER_HOME and point this process to it."""
    home = make_home(settings)
    os.environ["DAGSTER_HOME"] = str(home)
    return home


if __name__ == "__main__":
    print(make_home(read_settings()))
