"""Mutated files of BLS's OEWS and the Census Bureau, read and held against what the unchanged ones say.

A number that changed must be refused by an error that names its file, or by a blocking check; an area set apart by a
warning may lack what the warning says.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from io import BytesIO
from random import Random
from types import SimpleNamespace
from zipfile import BadZipFile, ZipFile

import openpyxl
import pandas as pd
import pandera.errors

from where_is_ai.archive.entry import Entry, Request
from where_is_ai.errors import WhereIsAIError
from where_is_ai.geography.delineation import DELINEATION, read_counties
from where_is_ai.geography.schema import CbsaCounties, CbsaPlaces
from where_is_ai.geography.source import GAZETTEER, POPULATION, read_places
from where_is_ai.layers.employment.releases import Release
from where_is_ai.layers.employment.rules import areas_without_total, repeated_releases
from where_is_ai.layers.employment.schema_cells import OewsCells
from where_is_ai.layers.employment.source import read_metro_cells
from where_is_ai.tables import Table
from where_is_ai_tests.campaign import census_faults, oews_faults
from where_is_ai_tests.campaign.oews_faults import BEFORE, LAYOUT, LAYOUT_BEFORE, MEMBER, RELEASE, figures
from where_is_ai_tests.campaign.rows import Row, Verdict, cases
from where_is_ai_tests.campaign.table_cases import Case, Kind
from where_is_ai_tests.layers.employment.workbooks import metro_zip

NOW = datetime(2026, 7, 20, tzinfo=UTC)


@dataclass(frozen=True)
class Source:
    """What is read together: the table's model, how it is read, and the case that is well."""

    model: type[Table]
    key: tuple[str, ...]
    read: Callable[[Case], pd.DataFrame] = field(repr=False)
    well: Callable[[], Case] = field(repr=False)


def _entry(case: Case, request: Request) -> Entry:
    content = case.files[request.url]
    made = {"reconstructed": case.areas is not None, "areas": case.areas}
    return Entry.of(request, sha256(content).hexdigest(), len(content), NOW, **made)


def _library(case: Case) -> SimpleNamespace:
    return SimpleNamespace(read=lambda entry: case.files[entry.url])


def _cells(case: Case, release: Release = RELEASE) -> pd.DataFrame:
    return read_metro_cells(_library(case), _entry(case, release.metro_workbook), release)


def _places(case: Case) -> pd.DataFrame:
    return read_places(_library(case), _entry(case, GAZETTEER), _entry(case, POPULATION))


def _counties(case: Case) -> pd.DataFrame:
    return read_counties(_library(case), _entry(case, DELINEATION))


SOURCES = {
    "oews": Source(
        OewsCells, ("area_code", "occ_code"), _cells, lambda: oews_faults.case(metro_zip(LAYOUT, figures()))
    ),
    "places": Source(CbsaPlaces, ("area_code",), _places, census_faults.places),
    "counties": Source(
        CbsaCounties,
        ("county_fips",),
        _counties,
        lambda: census_faults.counties(census_faults.delineation(census_faults.COUNTIES)),
    ),
}


@cache
def truth(source: str) -> pd.DataFrame:
    return _sorted(SOURCES[source].read(SOURCES[source].well()), source)


@cache
def before() -> pd.DataFrame:
    """The cells of the release before."""
    content = metro_zip(LAYOUT_BEFORE, figures(BEFORE))
    return _cells(Case({BEFORE.metro_workbook.url: content}), BEFORE)


KINDS: tuple[Kind, ...] = (*oews_faults.kinds(before), *census_faults.kinds())


def run(seed: int, limit: int | None = None) -> Iterator[Row]:
    """Every kind of fault, in an order and with details that follow from ``seed``; of ``limit``, so many of them."""
    for kind, each in cases(KINDS, seed)[:limit]:
        yield judged(kind, each)


def judged(kind: Kind, seed: str) -> Row:
    case = kind.change(Random(f"{kind.name} {seed}"))
    verdict, said = _outcome(case, kind.source)
    if verdict is Verdict.SILENTLY_WRONG and kind.plausible:
        verdict = Verdict.UNDETECTABLE
    return Row(f"{kind.source}: {kind.name}", seed, verdict, said)


def _outcome(case: Case, name: str) -> tuple[Verdict, str]:
    source = SOURCES[name]
    try:
        found = source.read(case)
        source.model.validate(found, lazy=True)
    except WhereIsAIError as refusal:
        if refusal.remedy and any(url in refusal.problem for url in case.files):
            return Verdict.CLEAR_ERROR, str(refusal)[:200]
        return Verdict.FOREIGN, f"names no file or no remedy: {str(refusal)[:200]}"
    except pandera.errors.SchemaErrors as wrong:
        return Verdict.CLEAR_ERROR, f"the blocking check of the model fails: {str(wrong.failure_cases)[:200]}"
    except Exception as foreign:
        return Verdict.FOREIGN, f"{type(foreign).__name__}: {str(foreign)[:200]}"
    if case.earlier is not None and len(repeated_releases(found, case.earlier)):
        return Verdict.CLEAR_ERROR, "the blocking check on repeated releases fails"
    return _compared(found, case, name)


def _compared(found: pd.DataFrame, case: Case, name: str) -> tuple[Verdict, str]:
    expected = truth(name)
    lost = set(areas_without_total(found)["area_code"]) if name == "oews" else set()
    if not _same(_sorted(found, name), expected, lost):
        return Verdict.SILENTLY_WRONG, "the numbers differ and nothing said so"
    if name == "oews" and not _rows_are_shown(found, case):
        return Verdict.SILENTLY_WRONG, "a cell names another row than its own"
    if lost:
        return Verdict.TROUBLE, f"a warning lists {', '.join(sorted(lost))}"
    return Verdict.RIGHT, ""


def _sorted(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """The table without where its cells stood, which is judged apart."""
    table = table.drop(columns=["member", "sheet", "sheet_row"], errors="ignore")
    return table.sort_values(list(SOURCES[name].key)).reset_index(drop=True)


def _same(found: pd.DataFrame, expected: pd.DataFrame, lost: set[str]) -> bool:
    """Whether the tables agree; an area of ``lost`` may lack its total and nothing else."""
    if lost:
        gone = expected["area_code"].isin(lost) & (expected["occ_code"] == oews_faults.TOTAL)
        expected = expected[~gone].reset_index(drop=True)
    try:
        pd.testing.assert_frame_equal(found, expected, check_dtype=False)
    except AssertionError:
        return False
    return True


def _rows_are_shown(found: pd.DataFrame, case: Case) -> bool:
    """Whether the rows that the cells name are theirs in the workbook, as a spreadsheet counts them."""
    try:
        with ZipFile(BytesIO(case.files[RELEASE.metro_workbook.url])) as archive:
            book = openpyxl.load_workbook(archive.open(MEMBER), read_only=True)
    except BadZipFile:
        # Damaged in a part that holds no figures: its rows are where they were.
        well = SOURCES["oews"]
        return found["sheet_row"].equals(well.read(well.well())["sheet_row"])
    for name, cells in found.groupby("sheet"):
        shown = [{str(value).strip() for value in row} for row in book[name].iter_rows(values_only=True)]
        if not all(cell.area_title in shown[cell.sheet_row - 1] for cell in cells.itertuples()):
            return False
    return True
