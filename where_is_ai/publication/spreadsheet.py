"""Text that a spreadsheet would take for a formula, written so that it stays text.

The rule: a text that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break (also in their full-width forms),
or with apostrophes before one of these, gets one apostrophe more in front. Numbers are left alone, Parquet files hold
the text as it is, and ``unguarded`` gives it back from a CSV.
"""

import re

import pandas as pd

RULE = (
    "In CSV files a text that a spreadsheet would take for a formula (it begins with =, +, -, @, tab or a line break) "
    "has an apostrophe in front; texts that already begin with apostrophes before such a character get one more. "
    "Remove one apostrophe from such cells to get the text back. Parquet files hold the text as it is."
)
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def guarded(text: str) -> str:
    """``text`` as a CSV may hold it."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What ``guarded`` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def guarded_table(table: pd.DataFrame) -> pd.DataFrame:
    """``table`` with every text guarded; unknown stays unknown."""
    texts = table.select_dtypes(["object", "string"]).columns
    return table.assign(
        **{
            name: table[name].map(lambda cell: guarded(cell) if isinstance(cell, str) else cell)
            for name in texts
        }
    )
