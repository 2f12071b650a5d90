"""Which runs are still at work: each holds a file while its process lives, so that the queue waits for no dead one."""

import fcntl
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
from dagster._core.errors import DagsterUserCodeUnreachableError
from dagster._core.launcher import CheckRunHealthResult, DefaultRunLauncher, WorkerStatus

from where_is_ai.files import unwritable_explained
from where_is_ai.settings import read_settings

# A run marks itself before its first step. One that has not done so by then never will.
BEGINS_WITHIN = timedelta(minutes=2)
# A code server that is started anew is back by then.
COMES_BACK_WITHIN = timedelta(minutes=15)
# The daemon looks at its code servers once a minute, and until then takes one that is back for one that is away.
KNOWN_AFTER = timedelta(seconds=90)
_DEAD_SINCE: dict[str, datetime] = {}
_ANSWERS_SINCE: dict[str, datetime] = {}
_HELD: dict[Path, int] = {}


class WatchedRunLauncher(DefaultRunLauncher):
    """Dagster's launcher, of whose runs it can be told whether their process lives; those of the command line too."""

    @property
    def supports_check_run_worker_health(self) -> bool:
        return True

    def check_run_worker_health(self, run: dg.DagsterRun) -> CheckRunHealthResult:
        if is_held(_mark(run.run_id)):
            return CheckRunHealthResult(WorkerStatus.RUNNING)
        record = self._instance.get_run_record_by_id(run.run_id)
        began = record.start_time if record and record.start_time else 0.0
        if not _mark(run.run_id).exists() and began > (datetime.now(UTC) - BEGINS_WITHIN).timestamp():
            return CheckRunHealthResult(WorkerStatus.RUNNING, "It has only begun.")
        if self._has_to_wait(run):
            return CheckRunHealthResult(
                WorkerStatus.RUNNING, "It can only be begun again once its code server is there."
            )
        _mark(run.run_id).unlink(missing_ok=True)
        return CheckRunHealthResult(
            WorkerStatus.NOT_FOUND, "Its process has gone: it was killed, or the machine stopped."
        )

    def _has_to_wait(self, run: dg.DagsterRun) -> bool:
        """Whether a dead run can't be begun again yet: Dagster tries once, when it is failed, and needs the code."""
        client = None
        if self._instance.run_retries_enabled:
            client = self._get_grpc_client_for_termination(run.run_id)
        now = datetime.now(UTC)
        if client is None or now - _DEAD_SINCE.setdefault(run.run_id, now) > COMES_BACK_WITHIN:
            return False
        try:
            client.ping("")
        except DagsterUserCodeUnreachableError:
            _ANSWERS_SINCE.pop(run.run_id, None)
            return True
        return now - _ANSWERS_SINCE.setdefault(run.run_id, now) < KNOWN_AFTER


def hold(run_id: str) -> None:
    """Mark the run as at work in this process until ``release``, or until the process ends in whatever way."""
    mark = _mark(run_id)
    if mark not in _HELD:
        with unwritable_explained(mark):
            mark.parent.mkdir(parents=True, exist_ok=True)
            _HELD[mark] = os.open(mark, os.O_RDWR | os.O_CREAT, 0o644)
        # Shared, since steps of one run may be in several processes.
        fcntl.flock(_HELD[mark], fcntl.LOCK_SH)


def release(run_id: str) -> None:
    """Take away the mark that ``hold`` made."""
    mark = _mark(run_id)
    if (descriptor := _HELD.pop(mark, None)) is not None:
        os.close(descriptor)
        if not is_held(mark):
            mark.unlink(missing_ok=True)


def is_held(mark: Path) -> bool:
    """Whether any living process holds the file."""
    try:
        descriptor = os.open(mark, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _mark(run_id: str) -> Path:
    return read_settings().data / "dagster" / "at_work" / run_id
