"""Forgetting old runs: Dagster keeps the events of each for ever, and most say what a later run has said again."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import dagster as dg
from dagster._core.storage.event_log import SqlEventLogStorage
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME, SqliteEventLogStorage

from where_is_ai.defs.home import prepare_home
from where_is_ai.defs.records import records_explained
from where_is_ai.defs.taken_over import runs_recorded
from where_is_ai.settings import Settings

ENDED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]


@dataclass(frozen=True)
class Pruned:
    """How many runs were forgotten, how many are known still, and the bytes of Dagster's folder that got free."""

    forgotten: int
    left: int
    freed_bytes: int


def prune(settings: Settings, ended_before: datetime) -> Pruned:
    """Forget the runs that ended before then, but for those that said last what there is to say of a result.

    Nothing that was archived, made or published is touched.
    """
    home = prepare_home(settings)
    before = _bytes(home)
    with records_explained(home), dg.DagsterInstance.get() as instance:
        needed = runs_recorded(settings) | _last_made(instance)
        records = instance.get_run_records(filters=dg.RunsFilter(statuses=ENDED, updated_before=ended_before))
        old = [record.dagster_run.run_id for record in records if record.dagster_run.run_id not in needed]
        for run_id in old:
            instance.delete_run(run_id)
        _forget(instance.event_log_storage, old)
        return Pruned(len(old), instance.get_runs_count(), before - _bytes(home))


def _last_made(instance: dg.DagsterInstance) -> set[str]:
    """The runs that made an asset last, of whichever partition, so that no asset seems to be unmade."""
    entries = (record.asset_entry for record in instance.get_asset_records())
    return {
        entry.last_materialization_record.run_id for entry in entries if entry.last_materialization_record
    }


def _forget(storage: object, runs: Sequence[str]) -> None:
    """What Dagster leaves of the events of deleted runs: results of checks, and in SQLite the room they took."""
    if isinstance(storage, SqlEventLogStorage):
        with storage.index_connection() as connection:
            for run_id in runs:
                of_run = AssetCheckExecutionsTable.c.run_id == run_id
                connection.execute(AssetCheckExecutionsTable.delete().where(of_run))
    if isinstance(storage, SqliteEventLogStorage):
        for run_id in runs:
            shard = Path(storage.path_for_shard(run_id))
            for path in (shard, *(shard.with_name(f"{shard.name}-{kind}") for kind in ("wal", "shm"))):
                path.unlink(missing_ok=True)
        with closing(sqlite3.connect(storage.path_for_shard(INDEX_SHARD_NAME))) as index:
            index.execute("VACUUM")


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
