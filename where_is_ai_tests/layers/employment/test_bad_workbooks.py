"""What is wrong with a workbook is said in one sentence that names the file and the remedy."""

import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.employment.releases import Release
from where_is_ai.layers.employment.rules import repeated_releases
from where_is_ai.layers.employment.source import read_metro_cells
from where_is_ai_tests.layers.employment.workbooks import LAYOUTS, Layout, metro_zip

RELEASE = Release("2025-05", date(2026, 5, 15))
LAYOUT = LAYOUTS[-1]
ROWS = [
    {"AREA": "10180", "AREA_TITLE": "Abilene, TX", "OCC_CODE": code, "TOT_EMP": jobs, "EMP_PRSE": 5.0}
    for code, jobs in (("00-0000", 75_070), ("15-1221", 40), ("15-2051", 90))
]


def read(tmp_path, zipped: bytes):
    archive = Archive(tmp_path)
    entry = archive.keep(zipped, RELEASE.metro_workbook, datetime.now(UTC))
    return read_metro_cells(Replay(archive), entry, RELEASE)


def with_row(**changed) -> list[dict]:
    return [*ROWS[:-1], ROWS[-1] | changed]


def renamed(layout: Layout, old: str, new: str) -> Layout:
    return replace(layout, header=layout.header.replace(old, new))


def test_a_good_workbook_is_read(tmp_path):
    assert len(read(tmp_path, metro_zip(LAYOUT, ROWS))) == 3


def test_no_metro_workbook_in_the_zip(tmp_path):
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("oesm25ma/BOS_M2025_dl.xlsx", b"not the one")
    with pytest.raises(BadUpstream, match=r"oesm25ma.zip holds no workbook.*only oesm25ma/BOS_M2025_dl.xlsx"):
        read(tmp_path, content.getvalue())


@pytest.mark.parametrize(("old", "new"), [(" TOT_EMP", ""), ("TOT_EMP", "EMPLOYMENT"), ("OCC_CODE", "SOC")])
def test_a_missing_or_renamed_column(tmp_path, old, new):
    with pytest.raises(
        BadUpstream, match=r"MSA_M2025_dl.xlsx in .* has no sheet with the columns .*workbook.py"
    ):
        read(tmp_path, metro_zip(renamed(LAYOUT, old, new), ROWS))


@pytest.mark.parametrize("column", ["TOT_EMP", "EMP_PRSE"])
def test_text_where_a_number_belongs(tmp_path, column):
    with pytest.raises(BadUpstream, match=r"Row 4 of sheet 'MSA' .*'n/a' where a number belongs .*Abilene"):
        read(tmp_path, metro_zip(LAYOUT, with_row(**{column: "n/a"})))


@pytest.mark.parametrize("dropped", ["15-1221", "15-2051", "00-0000"])
def test_an_occupation_wholly_absent(tmp_path, dropped):
    rows = [row for row in ROWS if row["OCC_CODE"] != dropped]
    with pytest.raises(BadUpstream, match=rf"no row at all for {dropped}.*whole workbook of May 2025"):
        read(tmp_path, metro_zip(LAYOUT, rows))


def test_a_workbook_that_is_none(tmp_path):
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("oesm25ma/MSA_M2025_dl.xlsx", b"PK but no workbook")
    with pytest.raises(BadUpstream, match=r"MSA_M2025_dl.xlsx in .* is not a readable workbook"):
        read(tmp_path, content.getvalue())


def test_title_rows_above_the_header_are_passed_over(tmp_path):
    import xlsxwriter

    book = BytesIO()
    with xlsxwriter.Workbook(book, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("MSA")
        sheet.write(0, 0, "May 2025 OEWS Estimates")
        sheet.write_row(2, 0, list(ROWS[0]))
        for number, row in enumerate(ROWS, start=3):
            sheet.write_row(number, 0, list(row.values()))
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("oesm25ma/MSA_M2025_dl.xlsx", book.getvalue())
    assert read(tmp_path, content.getvalue())["sheet_row"].tolist() == [4, 5, 6]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"TOT_EMP": 33}, "multiple of 10"),
        ({"TOT_EMP": True}, "belongs|multiple|at least 30"),
        ({"TOT_EMP": "12.5"}, "multiple of 10"),
        ({"TOT_EMP": "1.230"}, "multiple of 10"),
        ({"TOT_EMP": 0}, "at least 30"),
        ({"TOT_EMP": 75_080}, "at most the area's total"),
        ({"EMP_PRSE": 51}, "from 0 to 50"),
        ({"AREA_TYPE": "2"}, "a metro or the nation"),
        ({"I_GROUP": "sector"}, "cross-industry"),
        ({"OWN_CODE": "1"}, "all owners"),
        ({"NAICS": "541500"}, "all industries"),
        ({"OCC_CODE": "15-1221"}, "have one row"),
        ({"OCC_CODE": "15 2051"}, "occupation's code belongs"),
        ({"AREA": "x"}, "an area has its code"),
        ({"AREA": "99"}, "only metros belong here"),
    ],
)
def test_a_row_that_breaks_a_rule_is_named(tmp_path, changed, says):
    rows = with_row(**changed)
    rows += [row | {"OCC_CODE": "15-2051"} for row in ROWS[2:] if changed.get("OCC_CODE")]
    with pytest.raises(BadUpstream, match=rf"Row \d+ of .*oesm25ma.zip says .*({says})"):
        read(tmp_path, metro_zip(LAYOUT, rows))


def test_blanks_dashes_and_decimals_that_change_nothing_are_read(tmp_path):
    rows = with_row(TOT_EMP="** ", EMP_PRSE=" **", AREA="10180.0", OCC_CODE=" 15\N{EN DASH}2051 ")
    found = read(tmp_path, metro_zip(LAYOUT, rows)).iloc[-1]
    assert (found["area_code"], found["occ_code"], found["status"]) == ("10180", "15-2051", "suppressed")


def test_another_release_under_the_name_is_refused(tmp_path):
    with pytest.raises(BadUpstream, match=r"oesm25ma.zip should hold .*May 2025 but holds .*MSA_M2021_dl"):
        read(tmp_path, metro_zip(LAYOUTS[-2], ROWS))


@pytest.mark.parametrize(("sheet", "year"), [("MSA_M2024_dl", 2024), ("All May 2023 Data", 2023)])
def test_a_sheet_that_says_another_year_is_refused(tmp_path, sheet, year):
    with pytest.raises(BadUpstream, match=rf"Sheet '{sheet}' of .*MSA_M2025_dl.* is of May {year}, not 2025"):
        read(tmp_path, metro_zip(replace(LAYOUT, sheet=sheet), ROWS))


def test_figures_of_another_release_are_known_again(tmp_path):
    cells = read(tmp_path, metro_zip(LAYOUT, of_areas(60, 40)))
    before = cells.assign(release="2024-05")
    assert repeated_releases(cells, before)[["release", "repeats", "same_pct"]].to_numpy().tolist() == [
        ["2025-05", "2024-05", 100.0]
    ]
    other = before.assign(employment=before["employment"] + 10)
    assert repeated_releases(cells, other).empty
    assert repeated_releases(cells, before.head(0)).empty


def of_areas(number: int, listing: int) -> list[dict]:
    """Rows of ``number`` areas, of which the first ``listing`` list the AI occupations."""
    return [
        row | {"AREA": f"{10_180 + area}", "AREA_TITLE": f"Metro {area}, TX"}
        for area in range(number)
        for row in (ROWS if area < listing else ROWS[:1])
    ]


@pytest.mark.parametrize(("number", "listing"), [(1, 1), (380, 290), (60, 59)])
def test_areas_lost_from_a_release_of_known_size_are_noticed(tmp_path, number, listing):
    archive = Archive(tmp_path)
    content = metro_zip(LAYOUT, of_areas(number, listing))
    entry = archive.keep(content, RELEASE.metro_workbook, datetime.now(UTC))
    with pytest.raises(BadUpstream, match=f"has {number} areas, where 393 belong"):
        read_metro_cells(Replay(archive), entry, replace(RELEASE, areas=393))


def test_an_extract_of_areas_that_list_an_ai_occupation_is_read(tmp_path):
    archive = Archive(tmp_path)
    entry = archive.keep(metro_zip(LAYOUT, of_areas(60, 60)), RELEASE.metro_workbook, datetime.now(UTC))
    cells = read_metro_cells(Replay(archive), entry, replace(RELEASE, areas=393))
    assert cells["area_code"].nunique() == 60


def test_a_reconstructed_file_has_the_areas_it_was_made_with(tmp_path):
    archive = Archive(tmp_path)
    content = metro_zip(LAYOUT, of_areas(60, 60))
    for areas in (60, 61):
        entry = archive.keep(
            content, RELEASE.metro_workbook, datetime.now(UTC), reconstructed=True, areas=areas
        )
        if areas == 60:
            assert len(read_metro_cells(Replay(archive), entry, RELEASE)) == 180
        else:
            with pytest.raises(BadUpstream, match="has 60 areas, where 61 belong"):
                read_metro_cells(Replay(archive), entry, RELEASE)
