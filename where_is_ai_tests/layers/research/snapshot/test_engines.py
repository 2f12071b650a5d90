"""Spark gives every table that DuckDB gives, on this machine and on a cluster with a master and two workers."""

import gzip
import os
import re
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pandas as pd
import pytest

from where_is_ai.errors import BadUpstream, UsageError
from where_is_ai.layers.research.snapshot.engine import open_engine
from where_is_ai.layers.research.snapshot.java import java_home
from where_is_ai_tests.layers.research.made_world import made_world
from where_is_ai_tests.layers.research.snapshot.made_snapshot import mend_bytes, write_snapshot
from where_is_ai_tests.layers.research.snapshot.measured import Measured, measure_snapshot
from where_is_ai_tests.processes import started

UP_WITHIN_S, LIMIT_S = 120, 900


@pytest.fixture(scope="module")
def by_duckdb(snapshot, world, tmp_path_factory) -> Measured:
    return measure_snapshot(snapshot / "jsonl", world, tmp_path_factory.mktemp("duckdb"))


@pytest.mark.slow
@pytest.mark.parametrize("format", ["jsonl", "parquet"])
def test_spark_on_this_machine_gives_the_same_tables(by_duckdb, snapshot, world, tmp_path, format):
    assert_same(measure_snapshot(snapshot / format, world, tmp_path, "local[2]"), by_duckdb)


@pytest.mark.slow
def test_spark_on_a_cluster_of_two_workers_gives_the_same_tables(by_duckdb, snapshot, world, tmp_path):
    with cluster(tmp_path) as master:
        assert_same(measure_snapshot(snapshot / "parquet", world, tmp_path / "room", master), by_duckdb)
        finished = [log.read_text() for log in tmp_path.glob("worker-*.log")]
    assert all(re.search("Asked to launch executor", log) for log in finished), finished


@pytest.mark.slow
def test_spark_names_a_damaged_part_too(tmp_path):
    world = made_world(institutions=6, metros=6, works=200)
    folder = write_snapshot(tmp_path / "snapshot", world, ("jsonl",), parts=2) / "jsonl"
    damaged = sorted((folder / "works").rglob("part_*"))[1]
    lines = gzip.decompress(damaged.read_bytes()).splitlines(keepends=True)
    damaged.write_bytes(gzip.compress(b"".join([*lines[:7], lines[7][:40] + b"\n", *lines[8:]])))
    mend_bytes(folder / "works" / "manifest.json", damaged)
    with pytest.raises(
        BadUpstream, match=f"{damaged.parent.name}/part_0000.gz of the snapshot's works is damaged"
    ):
        measure_snapshot(folder, world, tmp_path / "room", "local[2]")


def test_an_unknown_engine_is_refused(tmp_path):
    with pytest.raises(UsageError, match="engine 'dask' is unknown"), open_engine("dask", tmp_path):
        pass


def assert_same(found: Measured, expected: Measured) -> None:
    for name, table in expected.tables.items():
        pd.testing.assert_frame_equal(found.tables[name], table, obj=name)


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[str]:
    """A Spark standalone master and its workers on the loopback, each a process of its own; gives its address."""
    port = free_port()
    master = f"spark://127.0.0.1:{port}"
    with ExitStack() as stack:
        started = ["--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"]
        log = stack.enter_context(spark_process(folder, "master", "master.Master", started))
        wait_for(log, "New state: ALIVE")
        for number in range(workers):
            words = ["--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port", "0"]
            words += ["--work-dir", str(folder / f"work-{number}"), master]
            log = stack.enter_context(spark_process(folder, f"worker-{number}", "worker.Worker", words))
            wait_for(log, "Successfully registered with master")
        yield master


@contextmanager
def spark_process(folder: Path, name: str, main: str, words: list[str]) -> Iterator[Path]:
    import pyspark

    home, log = java_home(folder), folder / f"{name}.log"
    command = [
        str(Path(pyspark.__file__).parent / "bin" / "spark-class"),
        f"org.apache.spark.deploy.{main}",
        *words,
    ]
    environment = os.environ | {
        "JAVA_HOME": str(home),
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "512m",
    }
    with log.open("w") as file, started(command, LIMIT_S, stdout=file, stderr=file, env=environment):
        yield log


def wait_for(log: Path, words: str) -> None:
    until = time.monotonic() + UP_WITHIN_S
    while words not in log.read_text():
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.2)


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]
