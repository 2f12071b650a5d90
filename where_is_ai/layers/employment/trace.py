"""From a published employment number back to the rows of BLS's workbooks."""

from collections.abc import Iterable
from functools import lru_cache

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.evidence import Evidence, RawCell, Trace
from where_is_ai.geography.trace import point_cells
from where_is_ai.layers.employment.coverage import WHOLE
from where_is_ai.layers.employment.releases import known_releases
from where_is_ai.layers.employment.source import SUPPRESSED
from where_is_ai.occupations import TITLES, TOTAL, ai_occupations_in

AI, AI_ERROR, GROUP, JOBS, NAME, POINT, SHARED = "ai", "ai_error", "group", "jobs", "name", "point", "shared"
HOW = {
    AI: "the cells of the AI occupations are summed, as far as they are published",
    AI_ERROR: "their percent relative standard errors (where none is given, the median of like-sized "
    "cells of May 2022) give the 90 % margin (1.645 × PRSE × jobs)",
    GROUP: "what the group 15-0000 leaves over its published occupations bounds those that are not shown",
    JOBS: "jobs in all occupations (00-0000) are the denominator or the value itself",
    NAME: "the area is named by BLS",
    POINT: "the point is that of the Census gazetteer for the area's code, or for its successor's",
    SHARED: "the cells of those AI occupations that both releases publish are summed in each release",
}
# What is done with these parts to get a change.
OF_CHANGE = {
    "like_for_like_change": "the change is the later sum less the earlier",
    "like_for_like_pct": "the change is the later sum less the earlier, in percent of the earlier",
    "change_low": "the later sum less the earlier, less what the earlier may hide and the error of both",
    "change_high": "the later sum less the earlier, plus what the later may hide and the error of both",
    "exceeds_noise": "the like-for-like change is compared with it",
}
_BOUNDS, _RATE, _PLACE = (AI, AI_ERROR, GROUP), (AI, JOBS), (NAME,)
# Per column, what it is made of. A column that is not here is made of the AI occupations' cells.
MADE_OF = {
    **dict.fromkeys(
        ("area_code", "metro", "state", "oews_release", "release_before", "release_after"), _PLACE
    ),
    **dict.fromkeys(
        ("ai_workers_low", "ai_workers_high", "interval_holds", "change_low", "change_high"), _BOUNDS
    ),
    **dict.fromkeys(("ai_per_1000_low", "ai_per_1000_high"), (*_BOUNDS, JOBS)),
    **dict.fromkeys(("ai_per_1000", "rank_concentration"), _RATE),
    **dict.fromkeys(
        (
            "rank_low",
            "rank_high",
            "noise",
            "noise_rule",
            "exceeds_noise",
            "moe90",
            "noise_upper_decile",
            "noise_if_panels_overlap",
            "p_value",
            "exceeds_noise_fdr10",
            "moe90_if_panels_overlap",
            "moe90_if_metros_move_together",
            "exceeding_noise",
            "exceeding_noise_fdr10",
        ),
        (AI, AI_ERROR),
    ),
    **dict.fromkeys(("hidden_change_low", "hidden_change_high"), (AI, GROUP)),
    **dict.fromkeys(
        ("like_for_like_before", "like_for_like_after", "like_for_like_change", "like_for_like_pct"),
        (SHARED,),
    ),
    "total_employment": (JOBS,),
    "lat": (POINT,),
    "lon": (POINT,),
}
TABLES = {
    "usa_ai_employment_by_msa": ("oews_release",),
    "usa_ai_employment_yoy": ("release_before", "release_after"),
    "usa_ai_employment_change_nation": ("release_before", "release_after"),
    "usa_ai_employment_series": ("oews_release",),
}
_RAW = ("raw_oews_metro", "raw_oews_earlier")


def trace(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:
    """The raw cells behind ``column`` of a row of one of TABLES."""
    parts = MADE_OF.get(column, (AI,))
    if row.get("coverage") == WHOLE:
        parts = tuple(part for part in parts if part != GROUP)
    cells = [
        cell
        for release in _releases(table, row, column)
        for area in _areas(row, evidence)
        for cell in _cells(release, area, parts, evidence)
    ]
    if POINT in parts:
        cells += point_cells(row, column, evidence)
    how = "; ".join(HOW[part] for part in parts)
    if column.startswith("rank"):
        how += f"; the rank is among all rows of {table}"
    if column in OF_CHANGE:
        how += f"; {OF_CHANGE[column]}"
    return Trace(how, tuple(cells))


def _releases(table: str, row: pd.Series, column: str) -> Iterable[str]:
    """The reference months that the column of the row speaks of."""
    if column.endswith(("_before", "_after")):
        return [row[f"release_{column.rsplit('_', 1)[1]}"]]
    return [row[name] for name in TABLES[table]]


def _areas(row: pd.Series, evidence: Evidence) -> list[str]:
    """The area of the row; all comparable ones where it sums them."""
    if "area_code" in row:
        return [row["area_code"]]
    changes = evidence.table("usa_ai_employment_yoy")
    return changes.loc[changes["comparable"], "area_code"].tolist()


def _cells(month: str, area_code: str, parts: Iterable[str], evidence: Evidence) -> Iterable[RawCell]:
    areas, occupations = _listed(evidence)
    of_area = areas.get((month, area_code), [])
    of_ai = [cell for cell in of_area if cell.occ_code in occupations.get(month, ())]
    total = [cell for cell in of_area if cell.occ_code == TOTAL]
    wanted = {
        AI: ("TOT_EMP", of_ai),
        SHARED: ("TOT_EMP", of_ai),
        AI_ERROR: ("EMP_PRSE", of_ai),
        GROUP: ("TOT_EMP", [cell for cell in of_area if cell not in of_ai and cell not in total]),
        JOBS: ("TOT_EMP", total),
        NAME: ("AREA_TITLE", of_area[:1]),
    }
    for column, cells in (wanted[part] for part in parts if part in wanted):
        yield from (_raw(cell, column, _entry(month, evidence)) for cell in cells)


@lru_cache(maxsize=1)
def _listed(evidence: Evidence) -> tuple[dict[tuple[str, str], list], dict[str, tuple[str, ...]]]:
    """The cells of all releases by release and area_code, and the AI occupations of each release."""
    listed = pd.concat([evidence.table("oews_metro_cells"), evidence.table("oews_earlier_cells")])
    areas: dict[tuple[str, str], list] = {}
    for cell in listed.itertuples():
        areas.setdefault((cell.release, cell.area_code), []).append(cell)
    return areas, {month: ai_occupations_in(cells) for month, cells in listed.groupby("release")}


def _entry(month: str, evidence: Evidence) -> Entry:
    url = next(release.metro_workbook.url for release in known_releases() if release.reference_month == month)
    return next(entry for asset in _RAW for entry in evidence.entries(asset) if entry.url == url)


def _raw(cell: tuple, column: str, entry: Entry) -> RawCell:
    says = {
        "TOT_EMP": SUPPRESSED if cell.status == "suppressed" else cell.employment,
        "EMP_PRSE": SUPPRESSED if cell.status == "suppressed" else cell.emp_prse_pct,
        "AREA_TITLE": cell.area_title,
    }[column]
    title = TITLES.get(cell.occ_code, "all occupations" if cell.occ_code == TOTAL else "")
    return RawCell(
        entry,
        {"member": cell.member, "sheet": cell.sheet, "row": int(cell.sheet_row), "column": column},
        None if pd.isna(says) else says,
        f"{column} of {' '.join((cell.occ_code, title)).strip()}, May {cell.release[:4]}",
    )
