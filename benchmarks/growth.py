"""What a quarter costs where many were made before it: the same run beside 4 and beside 24 made-up earlier editions."""

import json
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.child import child_cpu_s, child_output
from benchmarks.rows import Row
from where_is_ai.quarters import Quarter

# As many as there are before it.
FEW, MANY = 4, 24
QUARTER = Quarter.parse("2026-Q2")
REPEATS = 3
PROMISED = 1.3
RUN = (
    "-W",
    "ignore",
    "-m",
    "where_is_ai.cli",
    "run",
    "--sample",
    "--method",
    "article",
    "--quarter",
    str(QUARTER),
)
# What Dagster's own records say of the last run: the seconds of each step.
STEPS = """
import json, dagster as dg
with dg.DagsterInstance.get() as instance:
    (run,) = instance.get_runs(limit=1)
    steps = instance.get_run_step_stats(run.run_id)
    print(json.dumps({step.step_key: step.end_time - step.start_time for step in steps if step.end_time}))
"""
# The site's pages are measured by the benchmark of the site; pictures stand still whatever was before.
ELSEWHERE = {"site", "pictures"}


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        few, many = Path(name) / "few", Path(name) / "many"
        child_cpu_s(*RUN, environment=_data(few))
        shutil.copytree(few, many)
        for data, editions in ((few, FEW), (many, MANY)):
            _age(data, editions)
        pairs = [(_seconds(few), _seconds(many)) for _ in range(REPEATS)]
        ratio = statistics.median(after / before for before, after in pairs)
        yield Row(
            f"a quarter beside {MANY} editions against beside {FEW}, all steps but pictures and site",
            f"{ratio:.2f} times",
            f"at most {PROMISED:g} times",
            ratio <= PROMISED,
        )
        edition, records = few / "published" / str(QUARTER), few / "dagster"
        yield Row("an edition on disk", _megabytes(edition))
        yield Row(f"Dagster's records of {REPEATS + 1} runs on disk", _megabytes(records))


def _age(data: Path, editions: int) -> None:
    """Give ``data`` that many earlier quarters, each a copy of the one that was made."""
    each = QUARTER
    for _ in range(editions):
        each = each.previous
        for kept in (data / "tables" / "sample").glob(f"*/{QUARTER}*"):
            if kept.is_file() and not kept.name.endswith(".made.json"):
                shutil.copyfile(kept, kept.with_name(kept.name.replace(str(QUARTER), str(each))))
        copy = data / "published" / str(each)
        shutil.copytree(data / "published" / str(QUARTER), copy)
        provenance = copy / "provenance.json"
        provenance.write_text(json.dumps(json.loads(provenance.read_text()) | {"quarter": str(each)}))


def _seconds(data: Path) -> float:
    """What the steps of a run of the quarter take together."""
    child_cpu_s(*RUN, "--afresh", environment=_data(data))
    steps = json.loads(child_output("-W", "ignore", "-c", STEPS, environment=_data(data)))
    return sum(took_s for step, took_s in steps.items() if step not in ELSEWHERE)


def _data(folder: Path) -> dict[str, str]:
    return {"WHERE_IS_AI_DATA": str(folder), "DAGSTER_HOME": str(folder / "dagster")}


def _megabytes(folder: Path) -> str:
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return f"{size / 1e6:.1f} MB"
