"""Dagster's events in SQLite files, with an engine of SQLAlchemy kept for each file.

Dagster makes an engine for each look into a file, which compiles its statements anew: a third of what a run took in
which nothing changed.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME, SqliteEventLogStorage
from dagster._serdes import ConfigurableClassData

# A server looks into the files of many runs; one that is looked into again is among the last.
MOST_ENGINES = 8
# As long as Dagster waits for another process that writes.
BUSY_S = 30


class EventLog(SqliteEventLogStorage):
    """The event log of the files in ``base_dir``, which are Dagster's own."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None):
        self._engines: dict[str, sqlalchemy.Engine] = {}
        self._tables: set[str] = set()
        self._turn = threading.RLock()
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> "EventLog":
        return cls(inst_data=inst_data, **config_value)

    def run_connection(self, run_id: str | None = None):
        """A connection to the file of a run, in a transaction."""
        return self._connection(run_id or "")

    def index_connection(self):
        """A connection to the file of all runs, in a transaction."""
        return self._connection(INDEX_SHARD_NAME)

    def has_table(self, table_name: str) -> bool:
        """Whether the file of all runs has that table, which it never loses: Dagster asks for each event of a check."""
        if table_name not in self._tables:
            with self.index_connection() as connection:
                if not sqlalchemy.inspect(connection).has_table(table_name):
                    return False
            self._tables.add(table_name)
        return True

    @contextmanager
    def _connection(self, shard: str) -> Iterator[sqlalchemy.Connection]:
        with self._turn, self._engine(shard).begin() as connection:
            yield connection

    def _engine(self, shard: str) -> sqlalchemy.Engine:
        if shard not in self._engines:
            # Dagster's own way in makes the file and its tables where they are missing.
            with super().run_connection(shard):
                pass
            if len(self._engines) == MOST_ENGINES:
                del self._engines[next(iter(self._engines))]
            self._engines[shard] = sqlalchemy.create_engine(
                self.conn_string_for_shard(shard),
                poolclass=sqlalchemy.NullPool,
                connect_args={"timeout": BUSY_S},
            )
        return self._engines[shard]
