"""From a published number of cases back to the rows of the archived files."""

from collections.abc import Iterator

import pandas as pd

from where_is_ai.archive.evidence import Evidence, RawCell, Trace, whole_answers
from where_is_ai.geography.trace import COLUMNS, point_cells
from where_is_ai.layers.visas.disclosures import file_name
from where_is_ai.layers.visas.notes import RAW

# Of a published column: which of the metro's certified cases, and the cells of a case that it was made from, by the
# column of LcaCases that holds them.
_OCCUPATION, _TITLE = ("soc_written", "SOC_CODE"), ("job_title", "JOB_TITLE")
_MADE_FROM = {
    "ai_lca_positions": ("positions", "TOTAL_WORKER_POSITIONS"),
    "ai_lca_positions_new": ("positions_new", "NEW_EMPLOYMENT + CHANGE_EMPLOYER"),
    "ai_lca_positions_renewed": ("positions_renewed", "CONTINUED_EMPLOYMENT + AMENDED_PETITION"),
    "ai_staffing_cases": ("staffing", "SECONDARY_ENTITY"),
    "median_wage_usd_per_year": ("wage_usd_per_year", "WAGE_RATE_OF_PAY_FROM by WAGE_UNIT_OF_PAY"),
}


def trace(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:  # noqa: ARG001
    """The cases of the metro: its AI cases by occupation or title, each with the cell that the number is made from."""
    if column in COLUMNS:
        return Trace(
            "the metro's own entry in the Census gazetteer", tuple(point_cells(row, column, evidence))
        )
    here = _cases_in(row["area_code"], evidence)
    by_title = "by_title" in column
    ai = here[(here["ai_title"] if by_title else here["ai_occupation"]).fillna(False).astype(bool)]
    how = (
        f"{len(ai)} of the metro's {len(here)} certified cases, {'by title' if by_title else 'by occupation'}"
    )
    if column == "all_lca_cases":
        return Trace(f"the metro's {len(here)} certified cases", tuple(_cells(here, _OCCUPATION, evidence)))
    if "year_before" in column or "change" in column:
        how += ", beside the same quarter of the year before, whose own edition explains it"
    made_from = _MADE_FROM.get(column, _TITLE if by_title else _OCCUPATION)
    return Trace(how, tuple(_cells(ai, made_from, evidence)))


def trace_nation(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:  # noqa: ARG001
    """Behind a row that was counted over all cases: the whole files."""
    return whole_answers(f"{column} was counted over all cases of the quarter", evidence.entries(RAW))


def _cases_in(area_code: str, evidence: Evidence) -> pd.DataFrame:
    worksites = evidence.table("lca_worksites")
    here = worksites.loc[(worksites["area_code"] == area_code) & (worksites["placed"] == "metro"), "worksite"]
    cases = evidence.table("lca_cases")
    return cases[cases["worksite"].isin(here) & (cases["status"] == "certified")]


def _cells(cases: pd.DataFrame, made_from: tuple[str, str], evidence: Evidence) -> Iterator[RawCell]:
    """Of each case the row that it stands in, and what was read there."""
    name, column = made_from
    entries = {file_name(entry.url): entry for entry in evidence.entries(RAW)}
    for case in cases.sort_values(["file", "line"]).itertuples():
        value = getattr(case, name)
        unit = "line" if case.file.lower().endswith(".csv") else "row"
        says = None if pd.isna(value) else value
        yield RawCell(
            entries[case.file],
            {unit: int(case.line), "column": column},
            says,
            f"{column} of case {case.case_number}",
        )
