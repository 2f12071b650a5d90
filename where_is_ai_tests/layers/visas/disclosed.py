"""Made-up disclosure files in the layout of the Department of Labor, and what is read from them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pandas as pd
import xlsxwriter

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.layers.visas.disclosures import request
from where_is_ai.layers.visas.made_up import LAYOUT, as_csv
from where_is_ai.layers.visas.source import read_cases
from where_is_ai.quarters import Quarter

QUARTER = Quarter(2026, 2)
MEDIA = "https://www.dol.gov/media"
OWN = f"{MEDIA}/LCA_Disclosure_Data_FY2026_Q3.xlsx"
NEXT = f"{MEDIA}/LCA_Disclosure_Data_FY2026_Q4.xlsx"
# The columns that hold people; none is ever read.
PERSONAL = [
    name
    for name in LAYOUT
    if name.startswith(("EMPLOYER_POC", "AGENT_ATTORNEY", "PREPARER", "EMPLOYER_ADDRESS")) or "PHONE" in name
]


def case(number: int, **cells: str) -> dict[str, str]:
    """A certified case of a data scientist in San Jose, decided in May 2026, but for what ``cells`` says."""
    return {
        "CASE_NUMBER": f"I-200-26120-{number:06d}",
        "CASE_STATUS": "Certified",
        "DECISION_DATE": "5/6/2026",
        "VISA_CLASS": "H-1B",
        "JOB_TITLE": "Data Scientist",
        "SOC_CODE": "15-2051.00",
        "TOTAL_WORKER_POSITIONS": "1",
        "NEW_EMPLOYMENT": "1",
        "CONTINUED_EMPLOYMENT": "0",
        "CHANGE_PREVIOUS_EMPLOYMENT": "0",
        "NEW_CONCURRENT_EMPLOYMENT": "0",
        "CHANGE_EMPLOYER": "0",
        "AMENDED_PETITION": "0",
        "EMPLOYER_NAME": f"Employer {number}, Inc.",
        "SECONDARY_ENTITY": "N",
        "WORKSITE_CITY": "San Jose",
        "WORKSITE_COUNTY": "Santa Clara",
        "WORKSITE_STATE": "CA",
        "WORKSITE_POSTAL_CODE": "95110",
        "WAGE_RATE_OF_PAY_FROM": "150000",
        "WAGE_UNIT_OF_PAY": "Year",
    } | cells


def workbook(
    rows: Iterable[dict[str, str]], columns: Sequence[str] = LAYOUT, inline: bool = False, **options
) -> bytes:
    """The rows as a workbook of one sheet: texts shared, as Excel writes them, or ``inline``; numbers as numbers."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "constant_memory": inline, **options}) as book:
        sheet = book.add_worksheet("LCA_FY")
        day = book.add_format({"num_format": "m/d/yyyy"})
        sheet.write_row(0, 0, columns)
        for number, row in enumerate(rows, start=1):
            for place, name in enumerate(columns):
                text = str(row.get(name, ""))
                if name == "DECISION_DATE" and "/" in text:
                    sheet.write_datetime(number, place, datetime.strptime(text, "%m/%d/%Y"), day)
                elif name.startswith("WAGE_RATE") and text.replace(".", "", 1).isdecimal():
                    sheet.write_number(number, place, float(text))
                elif text:
                    sheet.write_string(number, place, text)
    return content.getvalue()


def archived(folder: Path, files: dict[str, Iterable[dict[str, str]]]) -> Replay:
    """A library that holds disclosure files by their address, received in August 2026."""
    archive = Archive(folder)
    for url, rows in files.items():
        content = as_csv(rows) if url.endswith(".csv") else workbook(rows)
        archive.keep(content, request(url), datetime(2026, 8, 10, tzinfo=UTC))
    return Replay(archive)


def read(
    folder: Path, files: dict[str, Iterable[dict[str, str]]], quarter: Quarter = QUARTER
) -> tuple[pd.DataFrame, str]:
    """LcaCases of the files, the first of which should hold the quarter whole, and why there are none."""
    library = archived(folder, files)
    return read_cases(library, [library.get(request(url), quarter) for url in files], quarter)
