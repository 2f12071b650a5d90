"""Text that a spreadsheet would take for a formula, written so that it stays text.

The rule: a text that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break (also in their full-width forms),
or with blanks or apostrophes before one of these, gets one apostrophe more in front. So does what follows a semicolon,
a tab or a line break within the text, where a spreadsheet of another locale begins a new cell. Numbers are left alone,
Parquet files hold the text as it is, and ``unguarded`` gives it back from a CSV.
"""

import re

import pandas as pd

RULE = (
    "In CSV files a text that a spreadsheet would take for a formula (it begins with =, +, -, @, tab or a line break, "
    "also after blanks or apostrophes) has an apostrophe in front; so has such a part of a text after a semicolon, a "
    "tab or a line break. Remove one apostrophe from each such place to get the text back. Parquet files hold the text "
    "as it is."
)
_BEGINNING = r"(?:\A|(?<=[;\t\r\n]))"
_FORMULA_AHEAD = r"(?=['\s\0\u200b\ufeff]*[=+\-@\t\r\n＝＋－＠])"
_UNGUARDED = re.compile(f"{_BEGINNING}{_FORMULA_AHEAD}")
_GUARDED = re.compile(f"{_BEGINNING}'{_FORMULA_AHEAD}")


def guarded(text: str) -> str:
    """``text`` as a CSV may hold it."""
    return _UNGUARDED.sub("'", text)


def unguarded(text: str) -> str:
    """What ``guarded`` was given."""
    return _GUARDED.sub("", text)


def guarded_table(table: pd.DataFrame) -> pd.DataFrame:
    """``table`` with every text guarded; unknown stays unknown."""
    texts = table.select_dtypes(["object", "string"]).columns
    return table.assign(
        **{
            name: table[name].map(lambda cell: guarded(cell) if isinstance(cell, str) else cell)
            for name in texts
        }
    )
