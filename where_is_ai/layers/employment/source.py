"""BLS OEWS: from the archived zips to one tidy table of cells, in which a mark keeps its meaning."""

import re

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library
from where_is_ai.borders import reading
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.employment.pay import PAY, PAY_MARKS, mark_of
from where_is_ai.layers.employment.releases import Release
from where_is_ai.layers.employment.rules import CELL_RULES, SCOPE_RULES, is_extract, require, require_areas
from where_is_ai.layers.employment.workbook import FIGURES, METRO_MEMBER, NATIONAL_MEMBER, Sheet, read_sheets
from where_is_ai.occupations import TOTAL, ai_occupations

SUPPRESSED = "**"
NATION = "99"
# A number as BLS writes it: thousands are parted by commas or by nothing.
_NUMBER = r"\d+(\.\d+)?|\d{1,3}(,\d{3})+"
_CODE = r"^\d{2}-\d{4}$"


def read_metro_cells(library: Library, entry: Entry, release: Release) -> pd.DataFrame:
    """OewsCells of all metros: the total and every computer and mathematical occupation (SOC 15)."""
    return _read_cells(library, entry, release, METRO_MEMBER)


def read_national_cells(library: Library, entry: Entry, release: Release) -> pd.DataFrame:
    """OewsCells of the nation, for the same occupations."""
    return _read_cells(library, entry, release, NATIONAL_MEMBER)


def _read_cells(library: Library, entry: Entry, release: Release, member: re.Pattern[str]) -> pd.DataFrame:
    sheets = read_sheets(library.read(entry), member, release.reference_month[:4], entry.url)
    with reading(entry.url):
        cells = pd.concat([_tidy(sheet, release, entry.url) for sheet in sheets], ignore_index=True)
        _require_occupations(cells, release, entry.url)
        require(CELL_RULES, cells, entry.url)
        if member is METRO_MEMBER:
            _require_areas(cells, release, entry)
    return cells


def _require_areas(cells: pd.DataFrame, release: Release, entry: Entry) -> None:
    """A file made from figures has the areas it was made with; an extract has some, any other those of the release."""
    if entry.reconstructed:
        require_areas(cells, entry.areas, entry.url, off_at_most_pct=0)
    else:
        require_areas(cells, None if is_extract(cells) else release.areas, entry.url)


def _tidy(sheet: Sheet, release: Release, url: str) -> pd.DataFrame:
    cells = sheet.cells.append_column(
        "sheet_row", [range(sheet.first_row, sheet.first_row + len(sheet.cells))]
    )
    where = f"sheet {sheet.name!r} of {sheet.member} in {url}"
    code = pc.replace_substring_regex(
        pc.utf8_trim_whitespace(cells["occ_code"]), "[\u2010-\u2015\u2212]", "-"
    )
    cells = cells.set_column(cells.column_names.index("occ_code"), "occ_code", code)
    _require_codes(cells, where)
    wanted = pc.or_(pc.equal(code, TOTAL), pc.starts_with(code, "15-"))
    cells = cells.filter(wanted).to_pandas()
    cells = cells.reindex(columns=cells.columns.union(list(FIGURES)))
    for column in cells.columns.drop("sheet_row"):
        cells[column] = cells[column].astype("str").str.strip().replace("", None)
    cells["area_code"] = cells["area_code"].str.removesuffix(".0").str.lstrip("0")
    require(SCOPE_RULES, cells, where)
    suppressed = cells["employment"] == SUPPRESSED
    return pd.DataFrame(
        {
            "release": release.reference_month,
            "area_code": cells["area_code"],
            "area_title": cells["area_title"],
            "occ_code": cells["occ_code"],
            "employment": _numbers(cells, "employment", where).astype("Int64"),
            "status": suppressed.map({True: "suppressed", False: "published"}),
            "emp_prse_pct": _numbers(cells, "emp_prse_pct", where),
            **{name: _numbers(cells, name, where) for name in FIGURES},
            **{mark_of(name): _marks(cells, name) for name in PAY},
            "member": sheet.member,
            "sheet": sheet.name,
            "sheet_row": cells["sheet_row"],
        }
    )


def _marks(cells: pd.DataFrame, column: str) -> pd.Series:
    """The mark that stands for a wage; NA where there is a number or nothing."""
    return cells[column].where(cells[column].isin(PAY_MARKS))


def _numbers(cells: pd.DataFrame, column: str, where: str) -> pd.Series:
    """Numbers of a text column; one of BLS's marks or a blank is NA, other text raises BadUpstream."""
    marks = (SUPPRESSED, *PAY_MARKS) if column in PAY else (SUPPRESSED,)
    text = cells[column].mask(cells[column].isin(marks), None)
    plain = text.str.fullmatch(_NUMBER).astype("boolean").fillna(True)
    numbers = pd.to_numeric(text.where(plain).str.replace(",", ""), errors="coerce").astype("Float64")
    wrong = cells[numbers.isna() & text.notna()]
    if len(wrong):
        first = wrong.iloc[0]
        raise BadUpstream(
            f"Row {first['sheet_row']} of {where} says {first[column]!r} where a number belongs ({column} of "
            f"{first['area_title']}, {first['occ_code']}); {len(wrong)} such cells in all.",
            "Fetch the file again; if BLS has a new mark, teach it to where_is_ai/layers/employment/source.py.",
        )
    return numbers


def _require_codes(cells: pa.Table, where: str) -> None:
    """Every row that says anything has a code: one that has lost its own would make its area lose a cell."""
    wrong = pc.invert(pc.fill_null(pc.match_substring_regex(cells["occ_code"], _CODE), False))
    stated = pc.and_(wrong, pc.or_(pc.is_valid(cells["employment"]), pc.is_valid(cells["occ_code"])))
    if pc.any(stated).as_py():
        row = cells.filter(stated).slice(0, 1).to_pylist()[0]
        raise BadUpstream(
            f"Row {row['sheet_row']} of {where} says {row['occ_code']!r} where an occupation's code belongs.",
            "Fetch the file again.",
        )


def _require_occupations(cells: pd.DataFrame, release: Release, url: str) -> None:
    absent = {TOTAL, *ai_occupations(release.reference_month)} - set(cells["occ_code"])
    absent -= {TOTAL} if (cells["area_code"] == NATION).all() else set()
    if absent:
        raise BadUpstream(
            f"{url} has no row at all for {', '.join(sorted(absent))}.",
            f"Check that it is the whole workbook of {release}, and the occupation codes in "
            "where_is_ai/occupations.py.",
        )
