"""What runs the rules: DuckDB on one machine, or Spark on this one or on a cluster. Both give the same tables."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa
from ibis.expr import types as ir
from upath import UPath

from where_is_ai.errors import UsageError
from where_is_ai.layers.research.snapshot.java import java_home

SETTING = "WHERE_IS_AI_ENGINE"
DUCKDB = "duckdb"
FILENAME = "filename"
_LOOPBACK = "127.0.0.1"
_DUCKDB_BLAMES_DATA = (
    duckdb.IOException,
    duckdb.InvalidInputException,
    duckdb.ConversionException,
    duckdb.OutOfRangeException,
)
# Of kept rows, in a shuffle: they are few hundred megabytes at most.
PARTITIONS = 8
_SPARK = re.compile(r"local(\[(\d+|\*)\])?|spark://\S+")
# With nested columns of Parquet, Spark 4 ends in a NullPointerException or takes the JVM down while these are on.
_NO_NESTED_PRUNING = {
    "spark.sql.optimizer.expression.nestedPruning.enabled": "false",
    "spark.sql.optimizer.nestedSchemaPruning.enabled": "false",
}


@dataclass(frozen=True)
class Engine:
    """A connection. ``cores`` is how many parts it reads side by side."""

    name: str
    backend: Any
    cores: int

    def reach(self, place: Path) -> None:
        """Let it read files that Python alone knows how to: those of an address such as ``s3://…``."""
        if self.name == DUCKDB and isinstance(place, UPath):
            self.backend.con.register_filesystem(place.fs)

    @property
    def skips_checksums(self) -> bool:
        """Whether it reads a gzip whose content isn't what its checksum says: DuckDB does, Spark refuses it."""
        return self.name == DUCKDB

    def read(self, paths: Sequence[Path], format: str, schema: ibis.Schema) -> ir.Table:
        """The records of files, of which only the columns of ``schema`` are needed, and ``filename``, where each is."""
        names = [str(path) for path in paths]
        if self.name == DUCKDB:
            return _read_by_duckdb(self.backend, names, format, schema)
        return _read_by_spark(self.backend, names, format, schema)

    def hand(self, rows: pa.Table) -> ir.Table:
        """A small table of ours, for an expression to join."""
        if self.name == DUCKDB:
            name = ibis.util.gen_name("handed")
            self.backend.con.register(name, rows)
            return self.backend.table(name)
        return _view(self.backend, self.backend._session.createDataFrame(rows))

    def held(self, rows: ir.Table) -> ir.Table:
        """The rows of an expression, worked out once for several that follow, until the engine is closed."""
        if self.name == DUCKDB:
            name = ibis.util.gen_name("held")
            self.backend.raw_sql(f'CREATE TEMP TABLE "{name}" AS {self.backend.compile(rows)}')
            return self.backend.table(name)
        return _view(self.backend, self._dataframe(rows).persist())

    def arrow(self, rows: ir.Table) -> pa.Table:
        """The rows of an expression, in the types that its schema names."""
        found = self.backend.to_pyarrow(rows) if self.name == DUCKDB else self._dataframe(rows).toArrow()
        return found.cast(rows.schema().to_pyarrow())

    def blames_data(self, error: Exception) -> bool:
        """Whether an error came of what was read, rather than of the question."""
        if self.name == DUCKDB:
            return isinstance(error, _DUCKDB_BLAMES_DATA)
        from py4j.protocol import Py4JError
        from pyspark.errors import AnalysisException, PySparkException

        return isinstance(error, (Py4JError, PySparkException)) and not isinstance(error, AnalysisException)

    def _dataframe(self, rows: ir.Table) -> Any:
        return self.backend._session.sql(self.backend.compile(rows))


@contextmanager
def open_engine(words: str, room: Path) -> Iterator[Engine]:
    """The engine that WHERE_IS_AI_ENGINE names: ``duckdb``, ``local[2]`` or ``spark://HOST:PORT``.

    What doesn't fit into memory is put into ``room`` meanwhile. Raises UsageError for other words, and where the
    packages for it are not installed.
    """
    require_engine(words)
    if words == DUCKDB:
        yield _duckdb(room)
    else:
        with _spark(words, room) as engine:
            yield engine


def require_engine(words: str) -> None:
    """Raises UsageError for words that name no engine."""
    if words != DUCKDB and not _SPARK.fullmatch(words):
        raise UsageError(
            f"The engine {words!r} is unknown.", f"Set {SETTING} to duckdb, local[2] or spark://HOST:PORT."
        )


def _duckdb(room: Path) -> Engine:
    cores = os.process_cpu_count() if hasattr(os, "process_cpu_count") else len(os.sched_getaffinity(0))
    backend = ibis.duckdb.connect(threads=cores, temp_directory=str(room), preserve_insertion_order=False)
    return Engine(DUCKDB, backend, cores)


@contextmanager
def _spark(master: str, room: Path) -> Iterator[Engine]:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise UsageError(
            f"{SETTING} is {master}, and Spark is not installed.", "Install the extra cluster: make cluster."
        ) from None
    os.environ.setdefault("JAVA_HOME", str(java_home(room)))
    settings = {
        "spark.app.name": "where-is-ai",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": str(PARTITIONS),
        "spark.local.dir": str(room),
        **_addresses(master),
        **_NO_NESTED_PRUNING,
    }
    builder = SparkSession.builder.master(master)
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        yield Engine("spark", ibis.pyspark.connect(session), session.sparkContext.defaultParallelism)
    finally:
        session.stop()


def _addresses(master: str) -> Mapping[str, str]:
    """A master of this machine needs no more than its loopback; the workers of any other must reach this machine."""
    if master.startswith("local") or "//127.0.0.1" in master:
        return {"spark.driver.host": _LOOPBACK, "spark.driver.bindAddress": _LOOPBACK}
    if os.environ.get("SPARK_LOCAL_IP") == _LOOPBACK:
        # pandera sets it when it is imported.
        del os.environ["SPARK_LOCAL_IP"]
    return {}


def _read_by_duckdb(backend: Any, names: Sequence[str], format: str, schema: ibis.Schema) -> ir.Table:
    if format == "parquet":
        rows = backend.read_parquet(names, hive_partitioning=False, filename=True)
        return rows.select(*schema.names, FILENAME)
    types = {name: backend.compiler.type_mapper.to_string(kind) for name, kind in schema.items()}
    return backend.read_json(
        names, columns=types, format="newline_delimited", hive_partitioning=False, filename=True
    )


def _read_by_spark(backend: Any, names: Sequence[str], format: str, schema: ibis.Schema) -> ir.Table:
    from ibis.backends.pyspark.datatypes import PySparkSchema
    from pyspark.sql.functions import input_file_name, url_decode

    session, wanted = backend._session, PySparkSchema.from_ibis(schema)
    if format == "parquet":
        there = session.read.parquet(*names).schema
        rows = session.read.schema(_narrowed(there, wanted)).parquet(*names)
    else:
        rows = session.read.schema(wanted).json(list(names), mode="FAILFAST")
    return _view(backend, rows.withColumn(FILENAME, url_decode(input_file_name())))


def _view(backend: Any, rows: Any) -> ir.Table:
    name = ibis.util.gen_name("snapshot")
    rows.createOrReplaceTempView(name)
    return backend.table(name)


def _narrowed(there: Any, wanted: Any) -> Any:
    """Of the columns that are ``there``, in their own types, the ``wanted`` ones: so that no others are read."""
    from pyspark.sql.types import ArrayType, StructField, StructType

    if isinstance(there, ArrayType) and isinstance(wanted, ArrayType):
        return ArrayType(_narrowed(there.elementType, wanted.elementType), there.containsNull)
    if not isinstance(there, StructType) or not isinstance(wanted, StructType):
        return there
    own = {field.name: field for field in there.fields}
    return StructType(
        [
            StructField(each.name, _narrowed(own[each.name].dataType, each.dataType), own[each.name].nullable)
            for each in wanted.fields
            if each.name in own
        ]
    )
