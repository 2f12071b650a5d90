"""Reading an OEWS workbook out of its zip: the member by its name, the sheet and columns by their header."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import fastexcel
import pyarrow as pa

from where_is_ai.archive.unpack import open_zip, require_modest
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
_OURS = {theirs: ours for ours, names in COLUMNS.items() for theirs in names}
# Title rows above a header have not been seen in OEWS; some are looked through before a sheet is given up.
HEADER_SEARCH_ROWS = 10


@dataclass(frozen=True)
class Sheet:
    """The needed columns of one sheet as text, and where they came from; ``first_row`` counts from 1."""

    member: str
    name: str
    first_row: int
    cells: pa.Table


def read_sheets(zipped: bytes, member: re.Pattern[str], url: str) -> list[Sheet]:
    """The estimates' sheets of all workbooks in ``zipped`` whose name matches ``member``; BadUpstream if none."""
    with open_zip(zipped, url) as archive:
        names = [name for name in archive.names if member.search(name)]
        if not names:
            raise BadUpstream(
                f"{url} holds no workbook named like {member.pattern!r}, only {', '.join(archive.names)}.",
                "Check that the address is that of the right zip.",
            )
        return [_read_estimates(archive.read(name), name, url) for name in sorted(names)]


def _read_estimates(workbook: bytes, member: str, url: str) -> Sheet:
    require_modest(workbook, f"{member} in {url}")
    try:
        reader = fastexcel.read_excel(workbook)
        found = next(_sheets_with_header(reader, member), None)
    except fastexcel.FastExcelError as error:
        raise BadUpstream(
            f"{member} in {url} is not a readable workbook: {error}.", "Fetch it again."
        ) from None
    if found is None:
        raise BadUpstream(
            f"{member} in {url} has no sheet with the columns {', '.join(sorted(_names_wanted()))}; "
            f"its sheets are {_describe(reader)}.",
            "BLS has changed the layout: add the new column names to where_is_ai/layers/employment/workbook.py.",
        )
    return found


def _sheets_with_header(reader: fastexcel.ExcelReader, member: str) -> Iterator[Sheet]:
    """Sheets whose header holds all columns: the first row of each is tried before any title rows are looked for."""
    for header_row in range(HEADER_SEARCH_ROWS):
        for name in reader.sheet_names:
            sheet = _load(reader, name, header_row)
            if sheet is not None:
                yield Sheet(member, name, header_row + 2, sheet)


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
    return cells if set(cells.column_names) == set(COLUMNS) else None


def _names_wanted() -> set[str]:
    return {names[0].upper() for names in COLUMNS.values()}


def _describe(reader: fastexcel.ExcelReader) -> str:
    headers = {
        name: [column.name for column in reader.load_sheet(name).available_columns()]
        for name in reader.sheet_names
    }
    return "; ".join(f"{name!r} with {', '.join(header)}" for name, header in headers.items())
