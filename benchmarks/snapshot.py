"""The method snapshot over made parts with whole records: CPU against gzip -dc, memory against the number of works."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd

from benchmarks.child import child_output
from benchmarks.rows import Row
from where_is_ai.layers.research.methods import METHODS
from where_is_ai.layers.research.snapshot import measure as measuring
from where_is_ai.layers.research.snapshot.engine import DUCKDB, open_engine
from where_is_ai.layers.research.snapshot.extract import extract
from where_is_ai.layers.research.snapshot.folder import open_snapshot
from where_is_ai.quarters import Quarter
from where_is_ai_tests.layers.research.made_world import made_world
from where_is_ai_tests.layers.research.snapshot.made_snapshot import write_manifest, write_snapshot

DAY, QUARTER = date(2026, 7, 1), Quarter(2026, 2)
# Of twenty works one is in the world of AI, as far fewer are in OpenAlex.
AI_WORKS, OTHERS, PARTS, METROS = 12_000, 19, 16, 200
SHARES = {"1×": 4, "2×": 2, "4×": 1}


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as room:
        whole = Path(room) / "4×"
        world = made_world(institutions=2_000, metros=METROS, works=AI_WORKS)
        write_snapshot(whole, world, day=DAY, parts=PARTS, others=OTHERS, whole_records=True)
        for name, share in SHARES.items():
            if share > 1:
                _part_of(whole, Path(room) / name, PARTS // share)
        gzip_s = _gzip_cpu_s(whole / "jsonl" / "works")
        by_json, by_parquet = (_read(whole / kind) for kind in ("jsonl", "parquet"))
        size = f"{AI_WORKS * (OTHERS + 1):,} works"
        yield _against_gzip(f"{size}, JSON lines, read and counted", by_json, gzip_s, 2.0)
        yield _against_gzip(f"{size}, Parquet, read and counted", by_parquet, gzip_s, 1.0)
        for kind in ("jsonl", "parquet"):
            peaks = {name: _read(Path(room) / name / kind)["peak_mb"] for name in SHARES}
            grown = peaks["4×"] / peaks["1×"]
            told = ", ".join(f"{peak:,.0f} MB at {name}" for name, peak in peaks.items())
            yield Row(
                f"its peak memory, {kind}, at 4× the works", f"{grown:.2f}× ({told})", "≤ 1.2×", grown <= 1.2
            )


def read_and_count(folder: Path, room: Path) -> dict[str, float]:
    """CPU seconds and peak memory in MB of reading a snapshot and counting all its tables by DuckDB."""
    method, start = METHODS["snapshot"], time.process_time()
    snapshot = open_snapshot(str(folder))
    with open_engine(DUCKDB, room) as engine:
        extract(engine, snapshot.works, room)
        read_s = time.process_time() - start
        found = measuring.of_world(engine, room, snapshot.merged, method, QUARTER)
        numbers = found.institutions["institution"]
        rows = pd.DataFrame(
            {"institution_id": "I" + numbers.astype("str"), "included": True, "type": "education"}
        )
        rows["metro_id"] = (numbers % METROS).astype("str")
        areas = rows[["institution_id"]].assign(geography="metros", area_id=rows["metro_id"])
        measuring.of_metros(engine, room, snapshot.merged, rows, areas, method, QUARTER)
    return {"read_s": read_s, "cpu_s": time.process_time() - start, "peak_mb": _peak_mb()}


def _against_gzip(what: str, read: dict[str, float], gzip_s: float, most: float) -> Row:
    ratio = read["cpu_s"] / gzip_s
    measured = f"{ratio:.2f}× its CPU ({read['cpu_s']:.1f} s, {read['read_s']:.1f} s of them to read; {gzip_s:.1f} s)"
    return Row(f"{what}, vs gzip -dc of the JSON lines", measured, f"≤ {most:g}×", ratio <= most)


def _read(folder: Path) -> dict[str, float]:
    """The same in a process of its own."""
    with tempfile.TemporaryDirectory() as room:
        return json.loads(child_output("-m", "benchmarks.snapshot", str(folder), room))


def _peak_mb() -> float:
    """Peak resident memory of this process; getrusage would count what its parent held when it was started."""
    return int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024


def _gzip_cpu_s(folder: Path) -> float:
    before = os.times()
    for path in sorted(folder.rglob("part_*.gz")):
        subprocess.run(["gzip", "-dc", str(path)], stdout=subprocess.DEVNULL, check=True)
    after = os.times()
    return (after.children_user + after.children_system) - (before.children_user + before.children_system)


def _part_of(whole: Path, folder: Path, parts: int) -> None:
    """A snapshot of the first ``parts`` of the works."""
    for kind in ("jsonl", "parquet"):
        shutil.copytree(whole / kind / "institutions", folder / kind / "institutions")
        for path in sorted((whole / kind / "works").rglob("part_*"))[:parts]:
            copy = folder / path.relative_to(whole)
            copy.parent.mkdir(parents=True)
            copy.hardlink_to(path)
        write_manifest(folder / kind / "works", DAY)


if __name__ == "__main__":
    print(json.dumps(read_and_count(Path(sys.argv[1]), Path(sys.argv[2]))))
