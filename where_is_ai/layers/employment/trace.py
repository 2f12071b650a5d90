"""From a published employment number back to the rows of BLS's workbooks."""

from collections.abc import Iterable
from functools import lru_cache

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.evidence import Evidence, RawCell, Trace
from where_is_ai.geography.trace import point_cells
from where_is_ai.layers.employment.by_state import NATION
from where_is_ai.layers.employment.coverage import WHOLE
from where_is_ai.layers.employment.pay import mark_of
from where_is_ai.layers.employment.releases import known_releases
from where_is_ai.layers.employment.schema_level import NATIONAL
from where_is_ai.layers.employment.source import NATION as NATION_CODE
from where_is_ai.layers.employment.source import SUPPRESSED
from where_is_ai.layers.employment.wide import weights
from where_is_ai.occupations import TITLES, TOTAL, ai_occupations_in

AI, AI_ERROR, GROUP, JOBS, NAME, POINT, SHARED = "ai", "ai_error", "group", "jobs", "name", "point", "shared"
RATIO, GROUP_RATIO, QUOTIENT, WIDE, PAY25, PAY50, PAY75 = (
    "ratio",
    "group_ratio",
    "quotient",
    "wide",
    "25",
    "50",
    "75",
)
HOW = {
    AI: "the cells of the AI occupations are summed, as far as they are published",
    AI_ERROR: "their percent relative standard errors (where none is given, the median of like-sized "
    "cells of May 2022) give the 90 % margin (1.645 × PRSE × jobs)",
    GROUP: "what the group 15-0000 leaves over its published occupations bounds those that are not shown",
    JOBS: "jobs in all occupations (00-0000) are the denominator or the value itself",
    NAME: "the area is named by BLS",
    POINT: "the point is that of the Census gazetteer for the area's code, or for its successor's; a New England "
    "NECTA that no metro is named after has its first-named city's, which GeoNames gives "
    "(where_is_ai/geography/gazetteer/new_england_cities.csv)",
    RATIO: "BLS's own ratio, made from unrounded employment, is used where it is published",
    GROUP_RATIO: "jobs per 1,000 and the total narrow what rounding leaves of each figure",
    QUOTIENT: "the location quotient is BLS's",
    WIDE: "the published cells of the wider definition's occupations are summed by their weights",
    PAY25: "pay is as BLS gives it, a number or a mark",
    PAY50: "medians are as BLS gives them; a range is from the least to the greatest",
    PAY75: "pay is as BLS gives it, a number or a mark",
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
_BOUNDS, _RATE, _PLACE = (AI, AI_ERROR, GROUP, GROUP_RATIO), (AI, JOBS, RATIO), (NAME,)
# Per column, what it is made of. A column that is not here is made of the AI occupations' cells.
MADE_OF = {
    **dict.fromkeys(
        ("area_code", "metro", "state", "oews_release", "release_before", "release_after"), _PLACE
    ),
    **dict.fromkeys(
        ("ai_workers_low", "ai_workers_high", "interval_holds", "change_low", "change_high"), _BOUNDS
    ),
    **dict.fromkeys(("ai_per_1000_low", "ai_per_1000_high"), (*_BOUNDS, JOBS)),
    **dict.fromkeys(("ai_per_1000", "rank_concentration", "ai_per_1000_basis"), _RATE),
    **dict.fromkeys(("rank_concentration_low", "rank_concentration_high"), (*_RATE, AI_ERROR)),
    **dict.fromkeys(("employment_low", "employment_high"), _BOUNDS),
    **dict.fromkeys(("unrounded_low", "unrounded_high"), (AI, JOBS, RATIO)),
    "jobs_1000": (RATIO,),
    "loc_quotient": (QUOTIENT,),
    **dict.fromkeys(("ai_workers_wide", "wide_not_shown", "rank_wide"), (WIDE,)),
    "wide_moe90": (WIDE, AI_ERROR),
    "rank_wide_gain": (AI, WIDE),
    **dict.fromkeys(("pay_pct25_usd", "pay_pct25_mark"), (PAY25,)),
    **dict.fromkeys(("pay_median_usd", "pay_median_mark", "pay_occupations"), (PAY50,)),
    **dict.fromkeys(("pay_median_low_usd", "pay_median_high_usd"), (PAY50,)),
    **dict.fromkeys(("pay_pct75_usd", "pay_pct75_mark"), (PAY75,)),
    **dict.fromkeys(
        (
            "rank_low",
            "rank_high",
            "noise",
            "noise_rule",
            "exceeds_noise",
            "moe90",
            "moe90_rule",
            "moe90_upper_decile",
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
    **dict.fromkeys(("hidden_change_low", "hidden_change_high", "hidden_high"), (AI, GROUP, GROUP_RATIO)),
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
    "usa_ai_employment_by_occupation": ("oews_release",),
    "usa_ai_employment_by_state": ("oews_release",),
}
_PAY_COLUMNS = {"A_PCT25": "pay_pct25_usd", "A_MEDIAN": "pay_median_usd", "A_PCT75": "pay_pct75_usd"}
_COLUMNS = {
    "TOT_EMP": "employment",
    "EMP_PRSE": "emp_prse_pct",
    "AREA_TITLE": "area_title",
    "JOBS_1000": "jobs_1000",
    "LOC_QUOTIENT": "loc_quotient",
    **_PAY_COLUMNS,
}
_RAW = ("raw_oews_metro", "raw_oews_earlier", "raw_oews_national")


def trace(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:
    """The raw cells behind ``column`` of a row of one of TABLES."""
    parts = MADE_OF.get(column, (AI,))
    if row.get("coverage") == WHOLE or row.get("status") == "published":
        parts = tuple(part for part in parts if part not in (GROUP, GROUP_RATIO))
    cells = [
        cell
        for release in _releases(table, row, column)
        for area in _areas(row, evidence)
        for cell in _cells(release, area, parts, row, evidence)
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
    """The area of the row; those that it sums where it is of several."""
    if "area_code" in row:
        return [row["area_code"]]
    if row.get("basis") == NATIONAL:
        return [NATION_CODE]
    if "basis" in row:
        metros = evidence.table("usa_ai_employment_by_msa")
        of_state = metros["ai_workers"].notna() & ((row["area"] == NATION) | (metros["state"] == row["area"]))
        return metros.loc[of_state, "area_code"].tolist()
    changes = evidence.table("usa_ai_employment_yoy")
    return changes.loc[changes["comparable"], "area_code"].tolist()


def _cells(
    month: str, area_code: str, parts: Iterable[str], row: pd.Series, evidence: Evidence
) -> Iterable[RawCell]:
    areas, occupations = _national(evidence) if area_code == NATION_CODE else _listed(evidence)
    of_area = areas.get((month, area_code), [])
    strict = (row["occ_code"],) if "occ_code" in row else occupations.get(month, ())
    of_ai = [cell for cell in of_area if cell.occ_code in strict]
    wide = weights(row["wide_definition"]) if WIDE in parts else {}
    total = [cell for cell in of_area if cell.occ_code == TOTAL]
    wanted = {
        AI: ("TOT_EMP", of_ai),
        SHARED: ("TOT_EMP", of_ai),
        AI_ERROR: ("EMP_PRSE", [cell for cell in of_area if cell.occ_code in wide] if wide else of_ai),
        RATIO: ("JOBS_1000", _with(of_ai, "jobs_1000")),
        GROUP_RATIO: ("JOBS_1000", _with([cell for cell in of_area if cell not in total], "jobs_1000")),
        QUOTIENT: ("LOC_QUOTIENT", of_ai),
        WIDE: ("TOT_EMP", [cell for cell in of_area if cell.occ_code in wide]),
        PAY25: ("A_PCT25", of_ai),
        PAY50: ("A_MEDIAN", of_ai),
        PAY75: ("A_PCT75", of_ai),
        GROUP: ("TOT_EMP", [cell for cell in of_area if cell not in of_ai and cell not in total]),
        JOBS: ("TOT_EMP", total),
        NAME: ("AREA_TITLE", of_area[:1]),
    }
    for column, cells in (wanted[part] for part in parts if part in wanted):
        yield from (_raw(cell, column, _entry(month, area_code, evidence)) for cell in cells)


def _with(cells: list, figure: str) -> list:
    """Those of the cells that have the figure; tables of earlier versions lack it altogether."""
    return [cell for cell in cells if pd.notna(getattr(cell, figure, None))]


@lru_cache(maxsize=1)
def _listed(evidence: Evidence) -> tuple[dict[tuple[str, str], list], dict[str, tuple[str, ...]]]:
    """The cells of all releases by release and area_code, and the AI occupations of each release."""
    return _by_area(pd.concat([evidence.table("oews_metro_cells"), evidence.table("oews_earlier_cells")]))


@lru_cache(maxsize=1)
def _national(evidence: Evidence) -> tuple[dict[tuple[str, str], list], dict[str, tuple[str, ...]]]:
    """The same of the nation."""
    return _by_area(evidence.table("oews_national_cells"))


def _by_area(listed: pd.DataFrame) -> tuple[dict[tuple[str, str], list], dict[str, tuple[str, ...]]]:
    areas: dict[tuple[str, str], list] = {}
    for cell in listed.itertuples():
        areas.setdefault((cell.release, cell.area_code), []).append(cell)
    return areas, {month: ai_occupations_in(cells) for month, cells in listed.groupby("release")}


def _entry(month: str, area_code: str, evidence: Evidence) -> Entry:
    release = next(release for release in known_releases() if release.reference_month == month)
    url = (release.national_workbook if area_code == NATION_CODE else release.metro_workbook).url
    return next(entry for asset in _RAW for entry in evidence.entries(asset) if entry.url == url)


def _raw(cell: tuple, column: str, entry: Entry) -> RawCell:
    says = getattr(cell, _COLUMNS[column], None)
    if column in _PAY_COLUMNS and pd.isna(says):
        says = getattr(cell, mark_of(_COLUMNS[column]), None)
    elif column != "AREA_TITLE" and column not in _PAY_COLUMNS and cell.status == "suppressed":
        says = SUPPRESSED
    title = TITLES.get(cell.occ_code, "all occupations" if cell.occ_code == TOTAL else "")
    return RawCell(
        entry,
        {"member": cell.member, "sheet": cell.sheet, "row": int(cell.sheet_row), "column": column},
        None if pd.isna(says) else says,
        f"{column} of {' '.join((cell.occ_code, title)).strip()}, May {cell.release[:4]}",
    )
