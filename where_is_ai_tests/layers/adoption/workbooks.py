"""Made-up BTOS workbooks in the publisher's layout."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from types import SimpleNamespace

import openpyxl
import pandas as pd

from where_is_ai.layers.adoption import made_up
from where_is_ai.layers.adoption.made_up import NOW, Rows
from where_is_ai.layers.adoption.source import read_answers, read_cycles

OLD = "In the last two weeks, did this business use Artificial Intelligence (AI) in producing goods or services?"
NEW = NOW
LATER = (
    "During the next six months, do you think this business will be using Artificial Intelligence (AI) in producing "
    "goods or services?"
)
ENDS = {"202511": "06/01/2025", "202512": "06/15/2025", "202513": "06/29/2025", "202514": "07/13/2025"}


def workbook(shares: Rows, errors: Rows, ends: Mapping[str, str] = ENDS, first: str = "State") -> bytes:
    """``shares`` and ``errors`` by stratum and question, a text per cycle of ``ends``, newest first as published."""
    days = {cycle: datetime.strptime(end, "%m/%d/%Y").date() for cycle, end in ends.items()}
    return made_up.workbook(shares, errors, days, first)


def rearranged(content: bytes) -> bytes:
    """The same workbook with its columns from right to left, and one more."""
    book = openpyxl.load_workbook(BytesIO(content), read_only=True)
    sheets = {}
    for sheet in book.worksheets:
        lines = [[cell or "" for cell in line] for line in sheet.iter_rows(values_only=True)]
        width = len(lines[0])
        whole = ([*line, *[""] * (width - len(line))] for line in lines)
        extra = ["New column", *[""] * (len(lines) - 1)]
        sheets[sheet.title] = [[cell, *reversed(line)] for cell, line in zip(extra, whole, strict=True)]
    return made_up.zipped_workbook(sheets)


def read(content: bytes) -> tuple[pd.DataFrame, pd.DataFrame]:
    """BtosAnswers and BtosCycles of a workbook."""
    library, entry = SimpleNamespace(read=lambda entry: content), SimpleNamespace(url="State.xlsx")
    return read_answers(library, entry), read_cycles(library, entry)
