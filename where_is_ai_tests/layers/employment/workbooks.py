"""OEWS zips in the layouts that BLS has used, made by xlsxwriter for the tests."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter

WAGES = "H_MEAN A_MEAN MEAN_PRSE H_PCT10 H_PCT25 H_MEDIAN H_PCT75 H_PCT90 A_PCT10 A_PCT25 A_MEDIAN A_PCT75 A_PCT90"


@dataclass(frozen=True)
class Layout:
    """How BLS laid out the metro workbook of a year: sheet, header, spelling of area codes."""

    year: int
    sheet: str
    header: str
    area_code: str = "{}"
    lower_case: bool = False

    @property
    def columns(self) -> list[str]:
        names = [name.replace("LOC_QUOTIENT_", "LOC QUOTIENT") for name in self.header.split()]
        return [name.lower() for name in names] if self.lower_case else names


LAYOUTS = (
    Layout(
        2015,
        "MSA_dl_1",
        f"PRIM_STATE AREA AREA_NAME OCC_CODE OCC_TITLE OCC_GROUP TOT_EMP EMP_PRSE JOBS_1000 LOC_QUOTIENT_ {WAGES} "
        "ANNUAL HOURLY",
        area_code="00{}",
    ),
    Layout(
        2018,
        "MSA_dl",
        f"PRIM_STATE AREA AREA_NAME OCC_CODE OCC_TITLE OCC_GROUP TOT_EMP EMP_PRSE JOBS_1000 LOC_QUOTIENT_ {WAGES} "
        "ANNUAL HOURLY",
        area_code="00{}",
    ),
    Layout(
        2019,
        "All May 2019 Data",
        "AREA AREA_TITLE AREA_TYPE NAICS NAICS_TITLE I_GROUP OWN_CODE OCC_CODE OCC_TITLE O_GROUP TOT_EMP EMP_PRSE "
        f"JOBS_1000 LOC_QUOTIENT PCT_TOTAL {WAGES} ANNUAL HOURLY",
        lower_case=True,
    ),
    Layout(
        2020,
        "MSA_M2020_dl",
        "AREA AREA_TITLE AREA_TYPE PRIM_STATE NAICS NAICS_TITLE I_GROUP OWN_CODE OCC_CODE OCC_TITLE O_GROUP TOT_EMP "
        f"EMP_PRSE JOBS_1000 LOC_QUOTIENT PCT_TOTAL {WAGES} ANNUAL HOURLY",
    ),
    Layout(
        2021,
        "MSA_M2021_dl",
        "AREA AREA_TITLE AREA_TYPE PRIM_STATE NAICS NAICS_TITLE I_GROUP OWN_CODE OCC_CODE OCC_TITLE O_GROUP TOT_EMP "
        f"EMP_PRSE JOBS_1000 LOC_QUOTIENT PCT_TOTAL PCT_RPT {WAGES} ANNUAL HOURLY",
    ),
    Layout(
        2025,
        "MSA",
        "AREA AREA_TITLE AREA_TYPE PRIM_STATE NAICS NAICS_TITLE I_GROUP OWN_CODE OCC_CODE OCC_TITLE O_GROUP TOT_EMP "
        f"EMP_PRSE JOBS_1000 LOC_QUOTIENT PCT_TOTAL PCT_RPT {WAGES} ANNUAL HOURLY",
    ),
)


def metro_zip(layout: Layout, *sheets: list[dict], blank_rows: int = 0) -> bytes:
    """A zip as BLS posts it: the metro workbook among balance-of-state, descriptions and a lock file.

    ``sheets`` have rows that name AREA, AREA_TITLE, OCC_CODE, TOT_EMP and EMP_PRSE; the layout spells them. Above each
    header are ``blank_rows``.
    """
    year = layout.year
    folder = f"oesm{year % 100:02d}ma"
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(f"{folder}/BOS_M{year}_dl.xlsx", workbook(layout, [[]]))
        archive.writestr(f"{folder}/~$MSA_M{year}_dl.xlsx", b"\x05Somebody")
        archive.writestr(f"{folder}/MSA_M{year}_dl.xlsx", workbook(layout, sheets, blank_rows))
        archive.writestr(f"{folder}/file_descriptions.xlsx", descriptions())
    return content.getvalue()


def workbook(layout: Layout, sheets: Sequence[list[dict]], blank_rows: int = 0) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet("Field Descriptions").write_column(0, 0, ["Field", "AREA", "OCC_CODE", "TOT_EMP"])
        for at, rows in enumerate(sheets):
            sheet = book.add_worksheet(layout.sheet + f"_{at + 1}" * (at > 0))
            sheet.write_row(blank_rows, 0, layout.columns)
            for number, row in enumerate(rows, start=blank_rows + 1):
                sheet.write_row(number, 0, [cell(layout, name, row) for name in layout.columns])
    return content.getvalue()


def descriptions() -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet("Sheet1").write_row(0, 0, ["Field", "Field Description"])
    return content.getvalue()


def cell(layout: Layout, column: str, row: dict) -> str | float | None:
    name = column.upper()
    if name == "AREA":
        return layout.area_code.format(row["AREA"])
    return row.get("AREA_TITLE" if name == "AREA_NAME" else name)
