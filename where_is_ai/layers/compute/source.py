"""Epoch AI's data centres and their timelines: from two archived CSV files to tidy tables.

Columns come and go between vintages, so they are found by name; a site joins its timeline by name within one vintage
and is never followed from one vintage to another, because sites are renamed and split.
"""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from io import StringIO

import pandas as pd

from where_is_ai.archive.content import has_columns
from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.borders import reading
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.compute.schema import ComputeMilestones, ComputeSites
from where_is_ai.tables import as_table

EPOCH = Source(name="Epoch AI", licence="CC BY 4.0", homepage="https://epoch.ai/data/ai-data-centers")
_BASE = "https://epoch.ai/data/data_centers"
# The day of the copy tells what was expected from what was seen, so an unchanged file is entered again too.
SITES = Request(
    f"{_BASE}/data_centers.csv", EPOCH, "text/csv", each_time=True, promise=has_columns("Address")
)
TIMELINES = Request(
    f"{_BASE}/data_center_timelines.csv",
    EPOCH,
    "text/csv",
    each_time=True,
    promise=has_columns("Date", "Data center", "H100 equivalents", "Power (MW)"),
)
# Until spring 2026 a site's name, by which its timeline calls it, stood under Handle.
_NAMES = ("Name", "Handle")
_ADAPT = "Epoch AI has changed the layout: adapt where_is_ai/layers/compute/source.py."


def read_sites(library: Library, entry: Entry) -> pd.DataFrame:
    """ComputeSites from the archived list of data centres; raises BadUpstream where a needed column is missing."""
    records = list(_records(library, entry))
    header = set(records[0][1]) if records else set()
    name = next((each for each in _NAMES if each in header), None)
    if not name or "Address" not in header:
        raise _lacks(
            entry, [" or ".join(_NAMES)] * (not name) + ["Address"] * ("Address" not in header), header
        )
    rows = [
        {
            "site": _text(record, name),
            "line": line,
            "country": _text(record, "Country"),
            "address": _text(record, "Address"),
            "owners": _text(record, "Owner"),
            "users": _text(record, "Users"),
        }
        for line, record in records
    ]
    sites = as_table(pd.DataFrame(rows), ComputeSites)
    if doubled := sorted(
        set(sites.loc[sites["site"].duplicated() | sites["site"].isna(), "site"].fillna("(no name)"))
    ):
        raise BadUpstream(
            f"{entry.url} lists {', '.join(doubled)} more than once, or a site has no name.", _ADAPT
        )
    return sites


def read_milestones(library: Library, entry: Entry) -> pd.DataFrame:
    """ComputeMilestones from the archived timelines; raises BadUpstream for a missing column, a bad day or number."""
    records = list(_records(library, entry))
    header = set(records[0][1]) if records else set()
    needed = ("Date", "Data center", "H100 equivalents", "Power (MW)")
    if missing := [each for each in needed if each not in header]:
        raise _lacks(entry, missing, header)
    rows = [
        {
            "site": _text(record, "Data center"),
            "line": line,
            "day": _day(record, line, entry),
            "h100e": _number(record, "H100 equivalents", line, entry),
            "mw": _number(record, "Power (MW)", line, entry),
        }
        for line, record in records
    ]
    return as_table(pd.DataFrame(rows), ComputeMilestones).sort_values(
        ["site", "day", "line"], ignore_index=True
    )


def sites_in_one_file(sites: pd.DataFrame, milestones: pd.DataFrame) -> pd.DataFrame:
    """``site`` for each that only one of ComputeSites and ComputeMilestones names."""
    return pd.DataFrame({"site": sorted(set(sites["site"]) ^ set(milestones["site"]))}, dtype="str")


def _records(library: Library, entry: Entry) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each record with the line of the file that it begins in; notes within quotes run over many lines."""
    with reading(entry.url):
        rows = csv.reader(StringIO(library.read(entry).decode("utf-8-sig"), newline=""))
        header = [name.strip() for name in next(rows)]
        begins = rows.line_num + 1
        for row in rows:
            if any(cell.strip() for cell in row):
                if len(row) != len(header):
                    raise BadUpstream(
                        f"{entry.url}: line {begins} has {len(row)} cells under {len(header)} headings.",
                        _ADAPT,
                    )
                yield begins, dict(zip(header, row, strict=True))
            begins = rows.line_num + 1


def _lacks(entry: Entry, missing: list[str], header: set[str]) -> BadUpstream:
    return BadUpstream(
        f"{entry.url} lacks the columns {', '.join(missing)}; it has {', '.join(sorted(header)) or 'no rows'}.",
        _ADAPT,
    )


def _text(record: Mapping[str, str], column: str) -> str | None:
    """The cell in one line; None where it is empty or the vintage has no such column."""
    return " ".join(record.get(column, "").split()) or None


def _day(record: Mapping[str, str], line: int, entry: Entry) -> str:
    try:
        return date.fromisoformat(record["Date"].strip()).isoformat()
    except ValueError:
        raise BadUpstream(
            f"{entry.url}: line {line} has {record['Date']!r} where a date as 2026-05-31 is expected.", _ADAPT
        ) from None


def _number(record: Mapping[str, str], column: str, line: int, entry: Entry) -> float | None:
    """The cell's number; None where it is empty, which is unknown and not zero."""
    text = record[column].strip()
    try:
        number = float(text) if text else None
    except ValueError:
        number = -1.0
    if number is not None and not 0 <= number < float("inf"):
        raise BadUpstream(
            f"{entry.url}: line {line} has {text!r} under {column}, which is no such number.", _ADAPT
        )
    return number
