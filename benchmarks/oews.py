"""Reading a full-size OEWS workbook: against pandas' default engine, and against the fast reader alone."""

import resource
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import fastexcel
import pandas as pd

from benchmarks.child import child_output
from benchmarks.rows import Row, ratio, seconds
from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.layers.employment.releases import Release
from where_is_ai.layers.employment.source import read_metro_cells
from where_is_ai_tests.layers.employment.workbooks import LAYOUTS, metro_zip

RELEASE = Release("2025-05", date(2026, 5, 15))
AREAS, OCCUPATIONS = 500, 300
NEEDED = ["AREA", "AREA_TITLE", "OCC_CODE", "TOT_EMP", "EMP_PRSE", "JOBS_1000", "LOC_QUOTIENT"]
NEEDED += ["A_PCT25", "A_MEDIAN", "A_PCT75", "AREA_TYPE", "NAICS", "I_GROUP", "OWN_CODE"]
MEMBER = "oesm25ma/MSA_M2025_dl.xlsx"


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder))
        entry = archive.keep(
            metro_zip(LAYOUTS[-1], full_size_rows()), RELEASE.metro_workbook, datetime.now(UTC)
        )
        workbook = Path(folder) / "workbook.xlsx"
        workbook.write_bytes(_unzipped(archive.path(entry)))
        ours = seconds(lambda: read_metro_cells(Replay(archive), entry, RELEASE))
        to_fast = ratio(
            lambda: read_metro_cells(Replay(archive), entry, RELEASE), lambda: _fastexcel(workbook)
        )
        pandas = seconds(
            lambda: pd.read_excel(workbook, sheet_name="MSA", dtype=str), repeats=1, warm_up=False
        )
        peak_mb = _peak_mb(Path(folder))
    size = f"{AREAS * OCCUPATIONS:,} × {len(LAYOUTS[-1].columns)}"
    yield Row(
        f"cells of {size} vs pandas.read_excel", f"{pandas / ours:.0f}× faster", "≥ 12×", pandas / ours >= 12
    )
    yield Row("… vs fastexcel, needed columns", f"{to_fast:.2f}× its time", "≤ 1.5×", to_fast <= 1.5)
    yield Row("… in seconds; peak memory of the process", f"{ours:.1f} s; {peak_mb:,.0f} MB")


def full_size_rows() -> list[dict]:
    codes = ["00-0000", "15-0000", "15-1221", "15-2051"]
    codes += [f"{11 + number // 10}-{1000 + number}" for number in range(OCCUPATIONS - len(codes))]
    columns = LAYOUTS[-1].columns
    filling = dict.fromkeys(columns, "cross-industry") | dict.fromkeys(columns[11:30], 33.23)
    filling |= {"AREA_TYPE": "4", "NAICS": "000000", "OWN_CODE": "1235"}
    return [
        filling
        | {
            "AREA": str(10_000 + area),
            "AREA_TITLE": f"Metro {area}, ST",
            "OCC_CODE": code,
            "OCC_TITLE": f"Occupation {code}",
            "TOT_EMP": {0: 1_000_000, 1: 100_000}.get(position, 10 * (area + position + 3)),
            "EMP_PRSE": 5.5,
        }
        for area in range(AREAS)
        for position, code in enumerate(codes)
    ]


def _fastexcel(workbook: Path) -> pd.DataFrame:
    sheet = fastexcel.read_excel(workbook).load_sheet("MSA", use_columns=NEEDED, dtypes="string")
    return sheet.to_pandas()


def _unzipped(path: Path) -> bytes:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        return archive.read(MEMBER)


def _peak_mb(folder: Path) -> float:
    """Peak resident memory of a process that does nothing but this read."""
    child_output("-m", "benchmarks.oews", str(folder))
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


if __name__ == "__main__":
    library = Replay(Archive(Path(sys.argv[1])))
    read_metro_cells(library, library.archive.versions(RELEASE.metro_workbook.url)[0], RELEASE)
