"""The toy's source: one CSV with a line per metro."""

import csv
from io import StringIO

import pandas as pd

from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.tables import as_table
from where_is_ai_tests.toy_layer.schema import PowerLines

TOY = Source(name="Toy Power Office", licence="public domain", homepage="https://power.example/")
FIGURES = Request("https://power.example/metros.csv", TOY, "text/csv")


def read_lines(library: Library, entry: Entry) -> pd.DataFrame:
    """PowerLines from the archived file."""
    rows = csv.DictReader(StringIO(library.read(entry).decode()))
    lines = [(number, row["area_code"], float(row["power_mw"])) for number, row in enumerate(rows, start=2)]
    return as_table(pd.DataFrame(lines, columns=["line", "area_code", "power_mw"]), PowerLines)
