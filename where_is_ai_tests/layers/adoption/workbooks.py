"""Made-up BTOS workbooks in the publisher's layout."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from types import SimpleNamespace

import pandas as pd
import xlsxwriter

from where_is_ai.layers.adoption.source import DATES, ERRORS, ESTIMATES, read_answers, read_cycles

OLD = "In the last two weeks, did this business use Artificial Intelligence (AI) in producing goods or services?"
NEW = "In the last two weeks, did this business use Artificial Intelligence (AI) in any of its business functions?"
LATER = (
    "During the next six months, do you think this business will be using Artificial Intelligence (AI) in producing "
    "goods or services?"
)
ENDS = {"202511": "06/01/2025", "202512": "06/15/2025", "202513": "06/29/2025", "202514": "07/13/2025"}
Rows = Mapping[tuple[str, str], Sequence[str]]


def workbook(shares: Rows, errors: Rows, ends: Mapping[str, str] = ENDS, first: str = "State") -> bytes:
    """``shares`` and ``errors`` by stratum and question, a text per cycle of ``ends``, newest first as published."""
    cycles, content = sorted(ends, reverse=True), BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, rows in ((ESTIMATES, shares), (ERRORS, errors)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, [first, "Question ID", "Question", "Answer ID", "Answer", *cycles])
            for number, ((stratum, question), cells) in enumerate(rows.items()):
                sheet.write_row(1 + 2 * number, 0, [stratum, "7", question, "1", "Yes", *cells])
                sheet.write_row(2 + 2 * number, 0, [stratum, "7", question, "2", "No", *["90%"] * len(cells)])
            sheet.write(2 * len(rows) + 2, 0, "Source: U.S. Census Bureau")
        dates = book.add_worksheet(DATES)
        dates.write_row(0, 0, ["Smpdt", "Col Start", "Col End", "Ref Start", "Ref End"])
        for number, (cycle, end) in enumerate(ends.items(), start=1):
            dates.write_row(number, 0, [cycle, "", end, "", ""])
    return content.getvalue()


def read(content: bytes) -> tuple[pd.DataFrame, pd.DataFrame]:
    """BtosAnswers and BtosCycles of a workbook."""
    library, entry = SimpleNamespace(read=lambda entry: content), SimpleNamespace(url="State.xlsx")
    return read_answers(library, entry), read_cycles(library, entry)
