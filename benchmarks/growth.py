"""What a quarter costs where many were made before it: the same run beside 4 and beside 24 made-up earlier editions."""

import json
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.child import child_output
from benchmarks.rows import Row
from where_is_ai.quarters import Quarter

# As many as there are before it.
FEW, MANY = 4, 24
QUARTER = Quarter.parse("2026-Q2")
REPEATS = 2
PROMISED = 1.3
RUN = ("run", "--sample", "--method", "article", "--quarter", str(QUARTER))
# A run whose lines of progress count the CPU seconds of each step, printed last.
STEPS = """
import json, sys, time
from where_is_ai import cli
from where_is_ai.defs import progress

took, began = {}, {}

class Counted(progress.ProgressLines):
    def emit(self, record):
        meta = getattr(record, "dagster_meta", {})
        event, step = meta.get("dagster_event"), meta.get("step_key")
        if event and event.event_type_value == "STEP_START":
            began[step] = time.process_time()
        elif event and event.event_type_value == "STEP_SUCCESS":
            took[step] = time.process_time() - began[step]

progress.ProgressLines = Counted
status = cli.main(sys.argv[1:])
print(json.dumps(took))
sys.exit(status)
"""
# The site's pages are measured by the benchmark of the site; pictures stand still whatever was before.
ELSEWHERE = {"site", "pictures"}


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        few, many = Path(name) / "few", Path(name) / "many"
        _steps_cpu_s(few)
        shutil.copytree(few, many)
        for data, editions in ((few, FEW), (many, MANY)):
            _age(data, editions)
        pairs = [(_steps_cpu_s(few), _steps_cpu_s(many)) for _ in range(REPEATS)]
        ratio = statistics.median(after / before for before, after in pairs)
        few_s, many_s = (statistics.median(each) for each in zip(*pairs, strict=True))
        yield Row(
            f"a quarter beside {MANY} editions ({many_s:.1f} CPU s) against beside {FEW} ({few_s:.1f} CPU s), all steps"
            " but pictures and site",
            f"{ratio:.2f} times",
            f"at most {PROMISED:g} times",
            ratio <= PROMISED,
        )
        yield Row("an edition on disk", _megabytes(few / "published" / str(QUARTER)))
        kept = [path for path in (few / "tables" / "sample").glob(f"*/{QUARTER}*") if path.is_file()]
        tables = sum(map(_bytes, kept))
        yield Row("the tables that it is made from, on disk", f"{tables / 1e6:.1f} MB")
        yield Row(f"Dagster's records of {REPEATS + 1} runs on disk", _megabytes(few / "dagster"))
        child_output("-m", "where_is_ai.cli", "prune", "--older-than-days", "0", environment=_data(few))
        yield Row("… of the one that is left when they are pruned", _megabytes(few / "dagster"))


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


def _steps_cpu_s(data: Path) -> float:
    """What the steps of a run of the quarter take together, everything being made."""
    printed = child_output("-W", "ignore", "-c", STEPS, *RUN, "--afresh", environment=_data(data))
    steps = json.loads(printed.splitlines()[-1])
    return sum(took_s for step, took_s in steps.items() if step not in ELSEWHERE)


def _data(folder: Path) -> dict[str, str]:
    return {"WHERE_IS_AI_DATA": str(folder), "DAGSTER_HOME": str(folder / "dagster")}


def _megabytes(folder: Path) -> str:
    return f"{_bytes(folder) / 1e6:.1f} MB"


def _bytes(path: Path) -> int:
    """What lies there; a file of several names counts once."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum({file.stat().st_ino: file.stat().st_size for file in files if file.is_file()}.values())
