"""BLS OEWS: from the archived zips to one tidy table of cells, in which a mark keeps its meaning."""

import re

import pandas as pd
import pyarrow.compute as pc

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.employment.releases import Release
from where_is_ai.layers.employment.workbook import METRO_MEMBER, NATIONAL_MEMBER, Sheet, read_sheets
from where_is_ai.occupations import TOTAL, ai_occupations

SUPPRESSED = "**"
NATION = "99"


def read_metro_cells(library: Library, entry: Entry, release: Release) -> pd.DataFrame:
    """OewsCells of all metros: the total and every computer and mathematical occupation (SOC 15)."""
    return _read_cells(library, entry, release, METRO_MEMBER)


def read_national_cells(library: Library, entry: Entry, release: Release) -> pd.DataFrame:
    """OewsCells of the nation, for the same occupations."""
    return _read_cells(library, entry, release, NATIONAL_MEMBER)


def _read_cells(library: Library, entry: Entry, release: Release, member: re.Pattern[str]) -> pd.DataFrame:
    sheets = read_sheets(library.read(entry), member, entry.url)
    cells = pd.concat([_tidy(sheet, release, entry.url) for sheet in sheets], ignore_index=True)
    _require_occupations(cells, release, entry.url)
    return cells


def _tidy(sheet: Sheet, release: Release, url: str) -> pd.DataFrame:
    cells = sheet.cells.append_column(
        "sheet_row", [range(sheet.first_row, sheet.first_row + len(sheet.cells))]
    )
    wanted = pc.or_(pc.equal(cells["occ_code"], TOTAL), pc.starts_with(cells["occ_code"], "15-"))
    cells = cells.filter(wanted).to_pandas()
    where = f"sheet {sheet.name!r} of {sheet.member} in {url}"
    suppressed = cells["employment"] == SUPPRESSED
    return pd.DataFrame(
        {
            "release": release.reference_month,
            "area_code": cells["area_code"].str.lstrip("0"),
            "area_title": cells["area_title"].str.strip(),
            "occ_code": cells["occ_code"],
            "employment": _numbers(cells, "employment", where).astype("Int64"),
            "status": suppressed.map({True: "suppressed", False: "published"}),
            "emp_prse_pct": _numbers(cells, "emp_prse_pct", where),
            "member": sheet.member,
            "sheet": sheet.name,
            "sheet_row": cells["sheet_row"],
        }
    )


def _numbers(cells: pd.DataFrame, column: str, where: str) -> pd.Series:
    """Numbers of a text column; a suppression mark or a blank is NA, other text raises BadUpstream."""
    text = cells[column].str.replace(",", "").replace({SUPPRESSED: None})
    numbers = pd.to_numeric(text, errors="coerce").astype("Float64")
    wrong = cells[numbers.isna() & text.notna()]
    if len(wrong):
        first = wrong.iloc[0]
        raise BadUpstream(
            f"Row {first['sheet_row']} of {where} says {first[column]!r} where a number belongs ({column} of "
            f"{first['area_title']}, {first['occ_code']}); {len(wrong)} such cells in all.",
            "Fetch the file again; if BLS has a new mark, teach it to where_is_ai/layers/employment/source.py.",
        )
    return numbers


def _require_occupations(cells: pd.DataFrame, release: Release, url: str) -> None:
    absent = {TOTAL, *ai_occupations(release.reference_month)} - set(cells["occ_code"])
    absent -= {TOTAL} if (cells["area_code"] == NATION).all() else set()
    if absent:
        raise BadUpstream(
            f"{url} has no row at all for {', '.join(sorted(absent))}.",
            f"Check that it is the whole workbook of {release}, and the occupation codes in "
            "where_is_ai/occupations.py.",
        )
