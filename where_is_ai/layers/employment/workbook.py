"""Reading an OEWS workbook out of its zip: the member by its name, the sheets and columns by their header."""

import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import fastexcel
import pyarrow as pa

from where_is_ai.archive.unpack import open_zip, require_modest
from where_is_ai.borders import reading
from where_is_ai.errors import BadUpstream

METRO_MEMBER = re.compile(r"(^|/)MSA_M\d{4}_dl.*\.xlsx$", re.IGNORECASE)
NATIONAL_MEMBER = re.compile(r"(^|/)national_M\d{4}_dl.*\.xlsx$", re.IGNORECASE)

# Our column: the names it has had over the years, without case.
COLUMNS = {
    "area_code": ("area",),
    "area_title": ("area_title", "area_name"),
    "occ_code": ("occ_code",),
    "employment": ("tot_emp",),
    "emp_prse_pct": ("emp_prse",),
}
# Columns that say what kind of estimate a row is; layouts before 2019 lack them.
SCOPE = {"area_type": ("area_type",), "naics": ("naics",), "i_group": ("i_group",), "own_code": ("own_code",)}
# What else BLS says of a cell; a file of figures may lack it, and then it is unknown.
FIGURES = {
    "jobs_1000": ("jobs_1000",),
    "loc_quotient": ("loc_quotient", "loc quotient"),
    "pay_pct25_usd": ("a_pct25",),
    "pay_median_usd": ("a_median",),
    "pay_pct75_usd": ("a_pct75",),
}
_OURS = {theirs: ours for ours, names in (COLUMNS | SCOPE | FIGURES).items() for theirs in names}
# Sheets are called by their year in some years: "MSA_M2021_dl", "All May 2019 Data".
_YEAR = re.compile(r"(?:_M|May )(20\d\d)", re.IGNORECASE)
# Title rows above a header have not been seen in OEWS; some are looked through before a sheet is given up.
HEADER_SEARCH_ROWS = 10
OTHER_RELEASE = (
    "It is another release under this name: fetch it again, or take the right file from BLS by hand."
)


@dataclass(frozen=True)
class Sheet:
    """The needed columns of one sheet as text, and where they came from; ``first_row`` counts from 1."""

    member: str
    name: str
    first_row: int
    cells: pa.Table


def read_sheets(zipped: bytes, member: re.Pattern[str], year: str, url: str) -> list[Sheet]:
    """All sheets of estimates in the workbooks of ``zipped`` whose name matches ``member`` and says ``year``.

    BadUpstream if there is none, if one is of another year, or if anything can't be read.
    """
    with reading(url), open_zip(zipped, url) as archive:
        names = [name for name in archive.names if member.search(name)]
        if not names:
            raise BadUpstream(
                f"{url} holds no workbook named like {member.pattern!r}, only {', '.join(archive.names)}.",
                "Check that the address is that of the right zip.",
            )
        if others := [name for name in names if f"_M{year}_" not in name.upper().replace("_DL", "_")]:
            raise BadUpstream(
                f"{url} should hold the workbook of May {year} but holds {', '.join(others)}.",
                OTHER_RELEASE,
            )
        sheets = [sheet for name in sorted(names) for sheet in _read_estimates(archive.read(name), name, url)]
    for sheet in sheets:
        if others := set(_YEAR.findall(sheet.name)) - {year}:
            raise BadUpstream(
                f"Sheet {sheet.name!r} of {sheet.member} in {url} is of May {', '.join(sorted(others))}, not {year}.",
                OTHER_RELEASE,
            )
    return sheets


def _read_estimates(workbook: bytes, member: str, url: str) -> list[Sheet]:
    require_modest(workbook, f"{member} in {url}")
    try:
        reader = fastexcel.read_excel(workbook)
        sheets = list(_sheets_with_header(reader, workbook, member))
    except fastexcel.FastExcelError as error:
        raise BadUpstream(
            f"{member} in {url} is not a readable workbook: {error}.", "Fetch it again."
        ) from None
    if not sheets:
        raise BadUpstream(
            f"{member} in {url} has no sheet with the columns {', '.join(sorted(_names_wanted()))}; "
            f"its sheets are {_describe(reader)}.",
            "BLS has changed the layout: add the new column names to where_is_ai/layers/employment/workbook.py.",
        )
    return sheets


def _sheets_with_header(reader: fastexcel.ExcelReader, workbook: bytes, member: str) -> Iterator[Sheet]:
    """Every sheet that has all columns in one of its first rows: BLS may split the rows over several."""
    for name in reader.sheet_names:
        for header_row in range(HEADER_SEARCH_ROWS):
            cells = _load(reader, name, header_row)
            if cells is not None:
                yield Sheet(member, name, header_row + 2 + _blank_rows_above(workbook, name), cells)
                break


def _blank_rows_above(workbook: bytes, name: str) -> int:
    """Rows above a sheet's first value, which fastexcel leaves out of its count."""
    row = 0
    with zipfile.ZipFile(BytesIO(workbook)) as parts, parts.open(_part(parts, name)) as xml:
        for event, element in ET.iterparse(xml, events=("start", "end")):
            kind = element.tag.rpartition("}")[2]
            if kind == "row" and event == "start":
                row = int(element.get("r") or row + 1)
            elif kind in ("v", "t") and event == "end":
                return row - 1
    return 0


def _part(parts: zipfile.ZipFile, name: str) -> str:
    """The part of an xlsx package that holds the sheet called ``name``."""
    book = ET.fromstring(parts.read("xl/workbook.xml"))
    sheet = next(item for item in book.iter() if item.tag.endswith("}sheet") and item.get("name") == name)
    key = next(value for attribute, value in sheet.attrib.items() if attribute.endswith("}id"))
    links = ET.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    target = next(link.get("Target") for link in links if link.get("Id") == key)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _load(reader: fastexcel.ExcelReader, name: str, header_row: int) -> pa.Table | None:
    try:
        loaded = reader.load_sheet(
            name,
            header_row=header_row,
            dtypes="string",
            use_columns=lambda column: column.name.strip().lower() in _OURS,
        )
    except fastexcel.FastExcelError:
        # A sheet that is shorter than the header row asked for.
        return None
    cells = pa.table(loaded.to_arrow())
    cells = cells.rename_columns([_OURS[column.strip().lower()] for column in cells.column_names])
    return cells if set(COLUMNS) <= set(cells.column_names) else None


def _names_wanted() -> set[str]:
    return {names[0].upper() for names in COLUMNS.values()}


def _describe(reader: fastexcel.ExcelReader) -> str:
    headers = {
        name: [column.name for column in reader.load_sheet(name).available_columns()]
        for name in reader.sheet_names
    }
    return "; ".join(f"{name!r} with {', '.join(header)}" for name, header in headers.items())
