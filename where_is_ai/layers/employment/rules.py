"""What every OEWS workbook holds to: one table of rules, each blocking. A row that breaks one stops the reading."""

from collections.abc import Callable

import pandas as pd

from where_is_ai.errors import BadUpstream
from where_is_ai.occupations import TOTAL, ai_occupations_in
from where_is_ai.rules import Rule, require_rules

GROUP = "15-0000"
# The nation has 155 million.
JOBS_AT_MOST = 300_000_000
# BLS changes its areas with each census; between, none is added or lost.
AREAS_OFF_AT_MOST_PCT = 1.0
LACKING_TOTAL_AT_MOST_PCT = 1.0
# A fourth of the areas of a release list no AI occupation: among so many areas there is always one, unless chosen.
EXTRACT_AREAS_AT_LEAST = 50
# Of the cells that May 2024 and May 2025 both publish 10 % have the same figure.
SAME_CELLS_AT_MOST_PCT = 50.0
COMPARED_CELLS_AT_LEAST = 100


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
    Rule("no area has so many jobs", "employment", lambda cells: cells["employment"] > JOBS_AT_MOST),
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
    """Raise BadUpstream that names the first of the cells to break a rule, and how many do."""
    require_rules(rules, cells, where, at="sheet_row", names=("area_title", "occ_code"))


def repeated_releases(cells: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Releases of ``others`` with the figures of ``cells``, both OewsCells: one file under two names.

    release, repeats, cells_in_common and same_pct; estimates of two years share some figures by chance alone.
    """
    keys = ["area_code", "occ_code"]
    known = others.dropna(subset="employment")
    both = cells.dropna(subset="employment").merge(known, on=keys, suffixes=("", "_other"))
    both["same"] = both["employment"] == both["employment_other"]
    found = both.groupby(["release", "release_other"], as_index=False)["same"].agg(["size", "mean"])
    found = found.rename(columns={"release_other": "repeats", "size": "cells_in_common", "mean": "same_pct"})
    found["same_pct"] *= 100
    enough = found["cells_in_common"] >= COMPARED_CELLS_AT_LEAST
    return found[enough & (found["same_pct"] > SAME_CELLS_AT_MOST_PCT)]


def is_extract(cells: pd.DataFrame) -> bool:
    """Whether the areas were chosen out of a release: every one lists an AI occupation, as in no whole file."""
    listing = cells["occ_code"].isin(ai_occupations_in(cells))
    areas = cells["area_code"].nunique()
    return areas >= EXTRACT_AREAS_AT_LEAST and cells.loc[listing, "area_code"].nunique() == areas


def areas_without_total(cells: pd.DataFrame) -> pd.DataFrame:
    """release, area_code and area_title of each area of ``cells`` (OewsCells) that has lost its row of all jobs."""
    areas = cells.drop_duplicates(["release", "area_code"])
    totals = set(
        cells.loc[cells["occ_code"] == TOTAL, ["release", "area_code"]].itertuples(index=False, name=None)
    )
    lacking = [pair not in totals for pair in zip(areas["release"], areas["area_code"], strict=True)]
    return areas.loc[lacking, ["release", "area_code", "area_title"]]


def require_areas(
    cells: pd.DataFrame, known: int | None, where: str, off_at_most_pct: float = AREAS_OFF_AT_MOST_PCT
) -> None:
    """Raise BadUpstream where areas are lost: against the number ``known``, and by their totals."""
    require((NO_NATION,), cells, where)
    areas, lacking = cells["area_code"].nunique(), len(areas_without_total(cells))
    if known is not None and abs(areas - known) > known * off_at_most_pct / 100:
        raise BadUpstream(
            f"{where} has {areas} areas, where {known} belong.", "Rows are missing: fetch it again."
        )
    if lacking > max(1, areas * LACKING_TOTAL_AT_MOST_PCT / 100):
        raise BadUpstream(
            f"{where} has no {TOTAL} row for {lacking} of its {areas} areas.",
            "Rows are missing: fetch it again.",
        )
