"""One code path reads every layout that BLS has used since 2015."""

import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.layers.employment.releases import Release
from where_is_ai.layers.employment.schema_cells import OewsCells
from where_is_ai.layers.employment.source import read_metro_cells
from where_is_ai.occupations import ai_occupations
from where_is_ai_tests.layers.employment.workbooks import LAYOUTS, metro_zip


def rows_for(release: Release) -> list[dict]:
    research, data = ai_occupations(release.reference_month)
    listed = [
        ("00-0000", 100_000, 0.4),
        ("11-1011", 500, 3.1),
        ("15-0000", 4000, 1.2),
        (research, "**", "**"),
        (data, 1230, 7.5),
    ]
    more = {
        research: {"JOBS_1000": "**", "LOC_QUOTIENT": "**", "LOC QUOTIENT": "**", "A_MEDIAN": 138_130},
        data: {
            "JOBS_1000": 12.345,
            "LOC_QUOTIENT": 1.09,
            "LOC QUOTIENT": 1.09,
            "A_PCT25": "*",
            "A_MEDIAN": 133_560,
        }
        | {"A_PCT75": "#"},
    }
    rows = [
        {"AREA": "10180", "AREA_TITLE": "Abilene, TX", "OCC_CODE": code, "TOT_EMP": jobs, "EMP_PRSE": prse}
        for code, jobs, prse in listed
    ]
    return [row | more.get(row["OCC_CODE"], {}) for row in rows]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: str(layout.year))
def test_a_layout_gives_the_same_cells_as_every_other(layout, tmp_path):
    release = Release(f"{layout.year}-05", date(layout.year + 1, 4, 1))
    archive = Archive(tmp_path)
    entry = archive.keep(metro_zip(layout, rows_for(release)), release.metro_workbook, datetime.now(UTC))
    found = OewsCells.validate(read_metro_cells(Replay(archive), entry, release)).set_index("occ_code")
    research, data = ai_occupations(release.reference_month)
    assert found.index.tolist() == ["00-0000", "15-0000", research, data]
    assert set(found["area_code"]) == {"10180"}
    assert set(found["area_title"]) == {"Abilene, TX"}
    assert found.loc[data, ["employment", "emp_prse_pct"]].tolist() == [1230, 7.5]
    assert found.loc[research, "status"] == "suppressed"
    assert found.loc[research, ["employment", "emp_prse_pct"]].isna().all()
    assert found.loc[data, ["jobs_1000", "loc_quotient", "pay_median_usd"]].tolist() == [
        12.345,
        1.09,
        133_560,
    ]
    assert found.loc[data, ["pay_pct25_usd", "pay_pct75_usd", "pay_median_mark"]].isna().all()
    assert found.loc[data, ["pay_pct25_mark", "pay_pct75_mark"]].tolist() == ["*", "#"]
    assert found.loc[research, ["jobs_1000", "loc_quotient"]].isna().all()
    assert found.loc[research, "pay_median_usd"] == 138_130
    assert set(found["sheet"]) == {layout.sheet}
    assert found["sheet_row"].tolist() == [2, 4, 5, 6]


def in_another_area(rows: list[dict]) -> list[dict]:
    return [row | {"AREA": "12420", "AREA_TITLE": "Austin, TX"} for row in rows]


def test_rows_split_over_two_sheets_are_all_read(tmp_path):
    release, layout = Release("2021-05", date(2022, 3, 31)), LAYOUTS[4]
    rows = rows_for(release)
    archive = Archive(tmp_path)
    content = metro_zip(layout, rows, in_another_area(rows))
    entry = archive.keep(content, release.metro_workbook, datetime.now(UTC))
    found = OewsCells.validate(read_metro_cells(Replay(archive), entry, release))
    assert found.groupby("area_code")["sheet"].unique().map(list).to_dict() == {
        "10180": ["MSA_M2021_dl"],
        "12420": ["MSA_M2021_dl_2"],
    }
    assert found["sheet_row"].tolist() == [2, 4, 5, 6] * 2


@pytest.mark.parametrize("blank_rows", [0, 1, 2, 7])
def test_the_row_that_a_cell_names_is_the_row_a_spreadsheet_shows(tmp_path, blank_rows):
    release, layout = Release("2021-05", date(2022, 3, 31)), LAYOUTS[4]
    rows = rows_for(release)
    content = metro_zip(layout, rows, in_another_area(rows), blank_rows=blank_rows)
    archive = Archive(tmp_path)
    entry = archive.keep(content, release.metro_workbook, datetime.now(UTC))
    cell = read_metro_cells(Replay(archive), entry, release).iloc[-1]
    with zipfile.ZipFile(archive.path(entry)) as zipped:
        sheet = openpyxl.load_workbook(zipped.open(cell["member"]))[cell["sheet"]]
    header = [column.value for column in sheet[blank_rows + 1]]
    shown = dict(zip(header, (column.value for column in sheet[int(cell["sheet_row"])]), strict=True))
    assert (shown["OCC_CODE"], shown["TOT_EMP"]) == (cell["occ_code"], cell["employment"])
