"""From a published use rate back to the cells of the Census Bureau's workbook."""

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.evidence import Evidence, RawCell, Trace
from where_is_ai.geography.trace import point_cells
from where_is_ai.layers.adoption.source import ERRORS, ESTIMATES

METROS, STATES = "usa_ai_adoption_by_metro", "usa_ai_adoption_by_state"
# Of each table: the column of its stratum, the tidy table and the raw asset that it is made from.
MADE_FROM = {
    METROS: ("area_code", "btos_metro_answers", "raw_btos_metros"),
    STATES: ("state", "btos_state_answers", "raw_btos_states"),
}
MEAN = "the mean of the quarter's published cycles"
ERROR = "the root of the summed squares of the cycles' standard errors, by their number"


def trace(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:
    """The cells of the row's stratum in every cycle of its quarter."""
    if column in ("lat", "lon"):
        return Trace("the point is that of the Census gazetteer", tuple(point_cells(row, column, evidence)))
    stratum, answers, raw = MADE_FROM[table]
    question = "expected_6m" if column.startswith("expected_6m") else "current"
    rows = evidence.table(answers)
    own = rows[(rows["stratum"] == row[stratum]) & (rows["question"] == question)]
    own = own[
        own["cycle"].between(str(row["first_cycle"]), str(row["last_cycle"])) & (own["status"] != "not_asked")
    ]
    errors = "_se_" in column or column.endswith(("low_pct", "high_pct"))
    cells = [
        cell
        for entry in evidence.entries(raw)
        for answer in own.sort_values("cycle").itertuples()
        for cell in _cells(entry, answer, errors)
    ]
    how = f"{MEAN}; its error is {ERROR}" if errors else MEAN
    if column == "rank":
        how += f"; the rank is among the rows of {table} without a suppressed cycle"
    return Trace(how, tuple(cells))


def _cells(entry: Entry, answer, errors: bool) -> list[RawCell]:
    said = "S" if answer.status == "suppressed" else f"{answer.use_pct:.1f}%"
    cells = [_cell(entry, ESTIMATES, answer.sheet_row, answer.cycle, said, "percent that said Yes")]
    if errors and pd.notna(answer.se_pct):
        cells.append(
            _cell(
                entry, ERRORS, answer.error_row, answer.cycle, f"{answer.se_pct:.2f}%", "its standard error"
            )
        )
    return cells


def _cell(entry: Entry, sheet: str, row: int, cycle: str, said: str, meaning: str) -> RawCell:
    return RawCell(entry, {"sheet": sheet, "row": int(row), "column": cycle}, said, meaning)
