"""What stood at a quarter's end, from the timelines of one vintage.

Differences between vintages are mostly sites that Epoch AI had not looked at before, so none is ever taken.
"""

from datetime import date

import pandas as pd

from where_is_ai.layers.compute.parties import in_words
from where_is_ai.layers.compute.placing import SitePlaces
from where_is_ai.layers.compute.schema import SiteCompute
from where_is_ai.quarters import Quarter
from where_is_ai.tables import as_table

CAPACITIES = ("h100e", "mw")


def sites_at_end(
    sites: pd.DataFrame, milestones: pd.DataFrame, places: SitePlaces, quarter: Quarter, retrieved: date
) -> pd.DataFrame:
    """SiteCompute: each site of the list (ComputeSites) or of a timeline (ComputeMilestones) at the quarter's end.

    Before a timeline that begins with nothing there was nothing; before one that begins with some capacity nobody says
    what there was. That, a site without a timeline and a last milestone without a number are unknown.
    """
    names = pd.Index(sorted({*sites["site"], *milestones["site"]}), name="site")
    rows = sites.set_index("site").reindex(names)
    end = quarter.last_day.isoformat()
    now = _standing(milestones, names, end)
    seen = _standing(milestones, names, min(end, retrieved.isoformat()))
    last = _standing(milestones, names, max(end, milestones["day"].max()) if len(milestones) else end)
    for name in CAPACITIES:
        rows[name] = now[name]
        rows[f"{name}_projected"] = now[name] - seen[name]
        rows[f"pipeline_{name}"] = (last[name] - now[name]).clip(lower=0)
    rows = rows.join(places.place(rows))
    for name in ("owners", "users"):
        rows[name] = [in_words(cell) for cell in rows[name]]
    rows["operational"] = _operational(rows)
    rows["milestone"] = now["day"]
    rows["vintage"], rows["as_known"] = retrieved.isoformat(), retrieved <= quarter.last_day
    return as_table(rows.reset_index(), SiteCompute)


def _standing(milestones: pd.DataFrame, names: pd.Index, day: str) -> pd.DataFrame:
    """h100e, mw and the day of the last milestone up to ``day``, by site; of two on one day the one listed last."""
    past = milestones[milestones["day"] <= day].sort_values(["site", "day", "line"], kind="stable")
    standing = past.groupby("site").tail(1).set_index("site")[["day", *CAPACITIES]].reindex(names)
    first = milestones.sort_values(["site", "day", "line"], kind="stable").groupby("site").head(1)
    first = first.set_index("site").reindex(names)
    for name in CAPACITIES:
        not_built = standing["day"].isna() & first[name].eq(0).fillna(False)
        standing[name] = standing[name].mask(not_built, 0.0)
    return standing


def _operational(rows: pd.DataFrame) -> pd.Series:
    """Whether any capacity is known; NA where nothing is."""
    some = pd.concat([rows[name].gt(0) for name in CAPACITIES], axis=1)
    known = pd.concat([rows[name].notna() for name in CAPACITIES], axis=1).any(axis=1)
    return some.fillna(False).any(axis=1).astype("boolean").where(known)
