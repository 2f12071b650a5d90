"""What changed between two releases, like for like: what is not shown in both is not compared."""

import numpy as np
import pandas as pd

from where_is_ai.layers.employment.bounds import bounds, statuses
from where_is_ai.layers.employment.breaks import CAUTION, area_break, occupation_break, phase_in
from where_is_ai.layers.employment.coverage import INTERVALS, WHOLE
from where_is_ai.layers.employment.noise import ASSUMPTION, discoveries, noise_of_change, p_value
from where_is_ai.layers.employment.schema import MetroChange
from where_is_ai.layers.employment.unrounded import ROUNDING_JOBS
from where_is_ai.occupations import ai_occupations_in
from where_is_ai.tables import as_table

# A reduced file (the sample) has no row of an area that lists no AI occupation; a redrawn area has another code.
NOT_LISTED, NO_AREA = "not listed", "no row of that area"


def change(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """MetroChange between two releases' cells (OewsCells): the comparable first, largest gain first.

    A metro is comparable if each AI occupation has the same status in both and none is suppressed; the other
    metros say why not. An area that was redrawn in between is not compared at all, and across a break in
    occupations a change has no bounds.
    """
    first, last = _release(before), _release(after)
    rows = comparability(before, after).join(_titles(before, after)).join(_workers(before, after))
    same = [area_break(first, last, area) is None for area in rows.index]
    rows = rows.join(_like_for_like(before, after).filter(rows.index[same], axis="index"))
    rows["exceeds_noise_fdr10"] = discoveries(rows["p_value"].where(rows["comparable"]))
    if occupation_break(first, last) is None:
        rows = rows.join(_bounds_of_change(rows[same]))
    rows = rows.assign(
        release_before=first,
        release_after=last,
        caution=CAUTION,
        phase_in=phase_in(first, last),
        error_assumption=ASSUMPTION,
    ).reset_index()
    rows = rows.reindex(columns=list(MetroChange.to_schema().columns))
    rows = rows.sort_values(
        ["comparable", "like_for_like_change", "area_code"], ascending=[False, False, True]
    )
    return as_table(rows, MetroChange).reset_index(drop=True)


def of_the_year_before(earlier: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Those of the ``earlier`` releases' cells that are of the release before that of ``cells``: none if not there."""
    if cells.empty:
        return earlier.iloc[:0]
    year, month = _release(cells).split("-")
    return earlier[earlier["release"] == f"{int(year) - 1}-{month}"]


def areas_lost_or_doubled(changes: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The areas of both releases' cells that ``changes`` (MetroChange) does not have once; none if it was left out."""
    if before.empty or after.empty:
        return pd.DataFrame()
    areas = pd.concat([before["area_code"], after["area_code"]]).unique()
    rows = changes["area_code"].value_counts().reindex(areas, fill_value=0)
    return rows[rows != 1].rename("rows").rename_axis("area_code").reset_index()


def comparability(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """``comparable`` and ``why_not`` per area_code of either release's cells."""
    areas = pd.Index(before["area_code"], name="area_code").union(pd.Index(after["area_code"])).unique()
    then, now = _statuses(before, after, areas), _statuses(after, before, areas)
    reasons = pd.concat(
        [_why_not(then, now, occupation, before, after) for occupation in then], axis="columns"
    )
    joined = ["; ".join(dict.fromkeys(filter(pd.notna, of_area))) or pd.NA for of_area in reasons.to_numpy()]
    why_not = pd.Series(joined, index=areas, dtype="str")
    nothing = why_not.isna() & (then == NOT_LISTED).all(axis="columns")
    why_not[nothing] = "no AI occupation is listed in either release"
    first, last = _release(before), _release(after)
    breaks = pd.Series([area_break(first, last, area) for area in areas], index=areas)
    why_not = breaks.astype("str").fillna(why_not)
    return pd.DataFrame({"comparable": why_not.isna(), "why_not": why_not})


def _statuses(cells: pd.DataFrame, other: pd.DataFrame, areas: pd.Index) -> pd.DataFrame:
    """What the release says of each AI occupation of either release in each area: no cell is left empty."""
    of_ai = cells[cells["occ_code"].isin(_occupations(cells, other))]
    found = statuses(of_ai, areas, _occupations(cells, other)).astype("str").fillna(NOT_LISTED)
    found.loc[~areas.isin(cells["area_code"])] = NO_AREA
    return found


def _occupations(*releases: pd.DataFrame) -> tuple[str, ...]:
    return tuple(sorted({occupation for cells in releases for occupation in ai_occupations_in(cells)}))


def _why_not(
    then: pd.DataFrame, now: pd.DataFrame, occupation: str, before: pd.DataFrame, after: pd.DataFrame
) -> pd.Series:
    """Why the occupation's two cells can't be compared, per area; NA where they can."""
    first, last = _release(before), _release(after)
    one, two = then[occupation], now[occupation]
    said = occupation + " " + one + f" in {_named(first)}, " + two + f" in {_named(last)}"
    said = said.mask(one == two, f"{occupation} " + one + " in both releases")
    said = said.where((one != two) | (one == "suppressed"))
    said[one == NO_AREA] = f"the file of {_named(first)} at hand has {NO_AREA}"
    said[two == NO_AREA] = f"the file of {_named(last)} at hand has {NO_AREA}"
    if occupation not in ai_occupations_in(before) or occupation not in ai_occupations_in(after):
        said = said.mask(said.notna(), occupation_break(first, last))
    return said


def _titles(before: pd.DataFrame, after: pd.DataFrame) -> pd.Series:
    """The later release's name of each area, the earlier one's where only that has it."""
    both = pd.concat([after, before])
    return both.drop_duplicates("area_code").set_index("area_code")["area_title"].rename("metro")


def _workers(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    both = (
        _workers_of(before).add_suffix("_before").join(_workers_of(after).add_suffix("_after"), how="outer")
    )
    return both.rename(columns={"ai_workers_before": "workers_before", "ai_workers_after": "workers_after"})


def _workers_of(cells: pd.DataFrame) -> pd.DataFrame:
    """Per area: the published AI workers, what may be hidden, and their 90 % margin and rounding in jobs."""
    found = bounds(cells, ai_occupations_in(cells))[["ai_workers", "coverage", "hidden_at_most", "moe90"]]
    shown = _published(cells, ai_occupations_in(cells))
    rounding = ROUNDING_JOBS * shown["area_code"].value_counts()
    return found.rename(columns={"moe90": "margin"}).join(rounding.rename("rounding"))


def _published(cells: pd.DataFrame, occupations: tuple[str, ...]) -> pd.DataFrame:
    return cells[cells["occ_code"].isin(occupations) & (cells["status"] == "published")]


def _like_for_like(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Change over the occupations that are published in both releases, and whether it exceeds its noise."""
    key = ["area_code", "occ_code"]
    shown = [_published(cells, _occupations(before, after)).set_index(key) for cells in (before, after)]
    both = shown[0].index.intersection(shown[1].index)
    then, now = (cells.loc[both].reset_index() for cells in shown)
    workers = pd.DataFrame(
        {
            "like_for_like_before": then.groupby("area_code")["employment"].sum(),
            "like_for_like_after": now.groupby("area_code")["employment"].sum(),
        }
    )
    found = workers.join(noise_of_change(then, now))
    found["like_for_like_change"] = found["like_for_like_after"] - found["like_for_like_before"]
    found["like_for_like_pct"] = (
        found["like_for_like_change"] / found["like_for_like_before"].astype("Float64") * 100
    )
    found["exceeds_noise"] = found["like_for_like_change"].abs() > found["noise"]
    found["p_value"] = p_value(found["like_for_like_change"], found["moe90"])
    return found


def _bounds_of_change(rows: pd.DataFrame) -> pd.DataFrame:
    """The least and the greatest change of all AI workers, shown or not; NA where nothing bounds it.

    ``hidden_change_low`` and ``_high`` hold what is not shown alone; ``change_low`` and ``_high`` also the 90 %
    margin of what is shown in either release, independent between the two, and its rounding.
    """
    gain = rows["workers_after"].fillna(0) - rows["workers_before"].fillna(0)
    margin = np.hypot(rows["margin_before"].fillna(0), rows["margin_after"].fillna(0))
    noise = margin + rows["rounding_before"].fillna(0) + rows["rounding_after"].fillna(0)
    low, high = gain - rows["hidden_at_most_before"], gain + rows["hidden_at_most_after"]
    whole = (rows["coverage_before"] == WHOLE) & (rows["coverage_after"] == WHOLE)
    shown = rows["margin_before"].notna() | rows["margin_after"].notna()
    holds = pd.Series(INTERVALS[0], index=rows.index, dtype="str").mask(shown, INTERVALS[1])
    return pd.DataFrame(
        {
            "hidden_change_low": np.floor(low).astype("Int64"),
            "hidden_change_high": np.ceil(high).astype("Int64"),
            "change_low": np.floor(low - noise).astype("Int64"),
            "change_high": np.ceil(high + noise).astype("Int64"),
            "interval_holds": holds.mask(whole, INTERVALS[2]).where(low.notna() | high.notna()),
        }
    )


def _release(cells: pd.DataFrame) -> str:
    return cells["release"].iloc[0]


def _named(reference_month: str) -> str:
    return f"May {reference_month[:4]}"
