"""What a quarter costs where many were made before it: the same run beside 4 and beside 32 made-up earlier editions.

Each of those is a copy of the one that is run: its tables, its edition, and what Dagster recorded of it. So that there
are as many, the child processes take quarters before the first that can be measured for such that can.
"""

import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import dagster as dg

from benchmarks.child import child_output
from benchmarks.made_editions import quarters_to
from benchmarks.rows import Row
from where_is_ai import layers
from where_is_ai.defs.definitions import definitions
from where_is_ai.defs.home import prepare_home
from where_is_ai.quarters import Quarter
from where_is_ai.settings import read_settings

FEW, MANY = 4, 32
QUARTER = Quarter.parse("2026-Q2")
REPEATS = 2
PROMISED = 1.2
# As ``python -c``: the first quarter has to be another before anything else is loaded.
CHILD = """
from where_is_ai import quarters
quarters.FIRST_QUARTER = {first!r}
from benchmarks import growth
growth.{call}
"""
# The site's pages are measured by the benchmark of the site; pictures stand still whatever was before.
ELSEWHERE = {"site", *(picture.asset for layer in layers.LAYERS for picture in layer.pictures)}
SAID = {dg.DagsterEventType.ASSET_MATERIALIZATION, dg.DagsterEventType.ASSET_CHECK_EVALUATION}


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        few, many = Path(name) / "few", Path(name) / "many"
        _child(few, "run(everything=True)")
        edition_bytes, tables_bytes = _bytes(few / "published" / str(QUARTER)), _bytes_of_tables(few)
        dagster_bytes = _bytes(few / "dagster")
        shutil.copytree(few, many)
        for data, editions in ((few, FEW), (many, MANY)):
            _child(data, f"age({editions})")
        pairs = [(_cpu_s(few), _cpu_s(many)) for _ in range(REPEATS)]
        ratio = statistics.median(after / before for before, after in pairs)
        few_s, many_s = (statistics.median(each) for each in zip(*pairs, strict=True))
        yield Row(
            f"a quarter beside {MANY} earlier editions ({many_s:.1f} CPU s) against beside {FEW} ({few_s:.1f} CPU s), "
            "all steps but pictures and site",
            f"{ratio:.2f} times",
            f"at most {PROMISED:g} times",
            ratio <= PROMISED,
        )
        yield Row("an edition on disk", _megabytes(edition_bytes))
        yield Row("the tables that it is made from, on disk", _megabytes(tables_bytes))
        yield Row("what Dagster records of its run, on disk", _megabytes(dagster_bytes))
        runs_bytes = _bytes(few / "dagster")
        child_output("-m", "where_is_ai.cli", "prune", "--older-than-days", "0", environment=_data(few))
        # Some results stand by the first run, the others by the last; what lies between is forgotten.
        freed_bytes = (runs_bytes - _bytes(few / "dagster")) / (REPEATS - 1)
        yield Row("… what pruning frees of a further run", _megabytes(freed_bytes))


def run(everything: bool) -> None:
    """Make the quarter from the sample, each step of it or those that are measured here; prints their CPU seconds."""
    settings = replace(read_settings(), source="sample")
    job = definitions(layers.LAYERS).resolve_job_def("quarter")
    assets = sorted(job.asset_layer.executable_asset_keys - {dg.AssetKey(name) for name in ELSEWHERE})
    with dg.DagsterInstance.from_config(str(prepare_home(settings))) as instance:
        began = time.process_time()
        done = job.execute_in_process(
            partition_key=QUARTER.partition_key,
            instance=instance,
            asset_selection=None if everything else assets,
            run_config={
                "resources": {
                    "choices": {"config": {"source": "sample", "method": "article", "afresh": True}}
                },
                "loggers": {"console": {"config": {"log_level": "ERROR"}}},
            },
        )
        print(json.dumps({"run": done.run_id, "cpu_s": time.process_time() - began}))


def age(editions: int) -> None:
    """Give the data folder that many earlier quarters, each a copy of the one that was made."""
    settings = replace(read_settings(), source="sample")
    with dg.DagsterInstance.from_config(str(prepare_home(settings))) as instance:
        (made,) = instance.get_runs()
        said = [
            _recorded(entry.get_dagster_event()) for entry in instance.all_logs(made.run_id, of_type=SAID)
        ]
        for each in quarters_to(QUARTER.previous, editions):
            _copy(settings.tables, settings.published, each)
            for event in said:
                if event.partition:
                    instance.report_runless_asset_event(_in_quarter(event, each.partition_key))


def _copy(tables: Path, published: Path, quarter: Quarter) -> None:
    for kept in tables.glob(f"*/{QUARTER}*"):
        if kept.is_file() and not kept.name.endswith(".made.json"):
            shutil.copyfile(kept, kept.with_name(kept.name.replace(str(QUARTER), str(quarter))))
    copy = published / str(quarter)
    shutil.copytree(published / str(QUARTER), copy)
    provenance = copy / "provenance.json"
    provenance.write_text(json.dumps(json.loads(provenance.read_text()) | {"quarter": str(quarter)}))


def _recorded(event: dg.DagsterEvent) -> dg.AssetMaterialization | dg.AssetCheckEvaluation:
    if event.is_step_materialization:
        return event.step_materialization_data.materialization
    return event.asset_check_evaluation_data


def _in_quarter(
    event: dg.AssetMaterialization | dg.AssetCheckEvaluation, partition: str
) -> dg.AssetMaterialization | dg.AssetCheckEvaluation:
    """The same of another quarter, by no run."""
    if isinstance(event, dg.AssetMaterialization):
        return dg.AssetMaterialization(
            event.asset_key, metadata=event.metadata, partition=partition, tags=event.tags
        )
    return dg.AssetCheckEvaluation(
        asset_key=event.asset_key,
        check_name=event.check_name,
        passed=event.passed,
        metadata=event.metadata,
        severity=event.severity,
        description=event.description,
        partition=partition,
    )


def _cpu_s(data: Path) -> float:
    """What the quarter takes as one that was not published yet: all editions are put into one database anew."""
    shutil.rmtree(data / "published" / str(QUARTER))
    return json.loads(_child(data, "run(everything=False)"))["cpu_s"]


def _child(data: Path, call: str) -> str:
    """The last line that a function of this module prints in a process of its own."""
    first, *_ = quarters_to(QUARTER, MANY + 1)
    code = CHILD.format(first=str(first), call=call)
    printed = child_output("-W", "ignore", "-c", code, environment=_data(data))
    return (printed.splitlines() or [""])[-1]


def _data(folder: Path) -> dict[str, str]:
    return {"WHERE_IS_AI_DATA": str(folder), "DAGSTER_HOME": str(folder / "dagster")}


def _bytes_of_tables(data: Path) -> int:
    tables = (data / "tables" / "sample").glob(f"*/{QUARTER}*")
    return sum(path.stat().st_size for path in tables if path.is_file())


def _megabytes(number: float) -> str:
    return f"{number / 1e6:.1f} MB"


def _bytes(folder: Path) -> int:
    """What lies there; a file of several names counts once."""
    files = (file.stat() for file in folder.rglob("*") if file.is_file())
    return sum({file.st_ino: file.st_size for file in files}.values())
