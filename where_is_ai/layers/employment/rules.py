"""What every OEWS workbook holds to: one table of rules, each blocking. A row that breaks one stops the reading."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from where_is_ai.errors import BadUpstream
from where_is_ai.occupations import TOTAL

GROUP = "15-0000"
# BLS changes its areas with each census; between, none is added or lost.
AREAS_OFF_AT_MOST_PCT = 1.0
LACKING_TOTAL_AT_MOST_PCT = 1.0


@dataclass(frozen=True)
class Rule:
    """``breaks`` gives true for each row of the cells that is wrong."""

    says: str
    column: str
    breaks: Callable[[pd.DataFrame], pd.Series]


def _says_other(column: str, *right: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda cells: cells[column].notna() & ~cells[column].str.lower().isin(right)


def _above(code: str) -> Callable[[pd.DataFrame], pd.Series]:
    """Cells larger than the cell ``code`` of their own area."""

    def breaks(cells: pd.DataFrame) -> pd.Series:
        most = (
            cells[cells["occ_code"] == code].drop_duplicates("area_code").set_index("area_code")["employment"]
        )
        return (cells["employment"] > cells["area_code"].map(most).astype("Int64")) & (
            cells["occ_code"] != TOTAL
        )

    return breaks


SCOPE_RULES = (
    Rule("the area is a metro or the nation", "area_type", _says_other("area_type", "4", "1")),
    Rule("the estimate is of all industries", "naics", _says_other("naics", "000000", "0", "00")),
    Rule("the estimate is cross-industry", "i_group", _says_other("i_group", "cross-industry")),
    Rule("the estimate is of all owners", "own_code", _says_other("own_code", "1235")),
    Rule(
        "an area has its code",
        "area_code",
        lambda cells: ~cells["area_code"].str.fullmatch(r"\d{2,5}", na=False),
    ),
    Rule("a cell has its figure or **", "employment", lambda cells: cells["employment"].isna()),
)
CELL_RULES = (
    Rule("jobs are a multiple of 10", "employment", lambda cells: cells["employment"] % 10 != 0),
    Rule("jobs are at least 30", "employment", lambda cells: cells["employment"] < 30),
    Rule("jobs are at most the area's total", "employment", _above(TOTAL)),
    Rule("jobs are at most the area's group 15-0000", "employment", _above(GROUP)),
    Rule("the error is from 0 to 50 %", "emp_prse_pct", lambda cells: ~cells["emp_prse_pct"].between(0, 50)),
    Rule(
        "an area and occupation have one row",
        "occ_code",
        lambda cells: cells.duplicated(["area_code", "occ_code"], keep=False),
    ),
)

NO_NATION = Rule("only metros belong here", "area_code", lambda cells: cells["area_code"].str.len() < 5)


def require(rules: tuple[Rule, ...], cells: pd.DataFrame, where: str) -> None:
    """Raise BadUpstream that names the first row breaking a rule, and how many do.

    Unknown breaks nothing, and neither does a column that the layout of the year lacks.
    """
    for rule in (rule for rule in rules if rule.column in cells):
        wrong = cells[rule.breaks(cells).fillna(False).astype(bool)]
        if len(wrong):
            first = wrong.iloc[0]
            raise BadUpstream(
                f"Row {first['sheet_row']} of {where} says {rule.column} {first[rule.column]!r} "
                f"({first['area_title']}, {first['occ_code']}), but {rule.says}; {len(wrong)} such rows in all.",
                "Fetch the file again: it is damaged, or another table of BLS than was asked for.",
            )


def require_areas(cells: pd.DataFrame, known: int | None, where: str) -> None:
    """Raise BadUpstream where areas are lost: against the number ``known`` of the release, and by their totals."""
    require((NO_NATION,), cells, where)
    areas, totals = cells["area_code"].nunique(), (cells["occ_code"] == TOTAL).sum()
    if known is not None and abs(areas - known) > known * AREAS_OFF_AT_MOST_PCT / 100:
        raise BadUpstream(
            f"{where} has {areas} areas, where the release has {known}.", "Rows are missing: fetch it again."
        )
    if areas - totals > max(1, areas * LACKING_TOTAL_AT_MOST_PCT / 100):
        raise BadUpstream(
            f"{where} has no {TOTAL} row for {areas - totals} of its {areas} areas.",
            "Rows are missing: fetch it again.",
        )
