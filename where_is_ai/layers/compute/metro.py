"""From sites to metros, to the world's metros and to what could not be placed."""

from collections.abc import Sequence

import pandas as pd

from where_is_ai.geography.places import locate
from where_is_ai.layers.compute.addresses import USA
from where_is_ai.layers.compute.parties import merged
from where_is_ai.layers.compute.quarter import CAPACITIES
from where_is_ai.layers.compute.schema import PLACED, ComputeCoverage, MetroCompute, WorldCompute
from where_is_ai.tables import as_table

SUMMED = tuple(each for name in CAPACITIES for each in (name, f"{name}_projected", f"pipeline_{name}"))
ALL = "all that Epoch AI lists"


def usa_by_metro(sites: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """MetroCompute from SiteCompute and CbsaPlaces; micro areas and places outside are in ``coverage``."""
    here = sites[(sites["placed"] == "metro") & sites["area_code"].notna()]
    rows = _summed(here, ["area_code"])
    rows["metro"] = rows["area_code"].map(places.set_index("area_code")["name"])
    rows[["lat", "lon"]] = locate(rows, places)
    return _ordered(as_table(rows.assign(rank=_rank(rows)), MetroCompute), "area_code")


def world_by_metro(sites: pd.DataFrame) -> pd.DataFrame:
    """WorldCompute of SiteCompute: CBSAs, abroad urban centres or cities, each where its largest site's city is."""
    here = sites[sites["metro_id"].notna()]
    rows = _summed(here, ["metro_id"])
    largest = _largest_first(here).drop_duplicates("metro_id").set_index("metro_id")
    for name in ("metro", "country_code", "geography", "lat", "lon"):
        rows[name] = rows["metro_id"].map(largest[name])
    return _ordered(as_table(rows.assign(rank=_rank(rows)), WorldCompute), "metro_id")


def coverage(sites: pd.DataFrame) -> pd.DataFrame:
    """ComputeCoverage: all sites, then by where they are and how far their addresses lead; nothing is dropped."""
    side = sites["country_code"].eq(USA).fillna(False).map({True: "USA", False: "abroad"})
    side = side.where(sites["country_code"].notna(), "country not given")
    parts = sites.assign(part=side + ": " + sites["placed"].map(PLACED))
    whole = sites.assign(part=ALL)
    rows = pd.concat([_summed(whole, ["part"]), _summed(parts, ["part"])], ignore_index=True)
    rows["listed"] = rows["sites"] + rows["sites_planned"] + rows["sites_unknown"]
    return as_table(rows, ComputeCoverage)


def unlike_sites(table: pd.DataFrame, sites: pd.DataFrame) -> pd.DataFrame:
    """Sums of ``table``'s capacities that differ from those of ``sites``: column, table, sites."""
    rows = [(name, table[name].sum(), sites[name].sum()) for name in SUMMED]
    told = pd.DataFrame(rows, columns=["column", "table", "sites"])
    return told[(told["table"] - told["sites"]).abs() > 1e-6 * told["sites"].abs().clip(lower=1)]


def _summed(sites: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """A row for each group of sites; a capacity is unknown only where that of every site is."""
    largest = _largest_first(sites)
    groups = largest.groupby(list(by), sort=True)
    rows = groups[list(SUMMED)].sum(min_count=1)
    for name in ("owners", "users"):
        rows[name] = groups[name].agg(merged)
    operational = largest["operational"]
    for name, which in (
        ("sites", operational.fillna(False)),
        ("sites_planned", ~operational.fillna(True)),
        ("sites_unknown", operational.isna()),
    ):
        rows[name] = largest.assign(which=which.astype(int)).groupby(list(by))["which"].sum()
    for name in ("vintage", "as_known"):
        rows[name] = groups[name].first()
    return rows.reset_index()


def _largest_first(sites: pd.DataFrame) -> pd.DataFrame:
    return sites.sort_values(["h100e", "pipeline_h100e", "site"], ascending=[False, False, True])


def _rank(rows: pd.DataFrame) -> pd.Series:
    """By H100 equivalents as published, so that what a reader sees as equal shares a rank."""
    some = rows["h100e"].round(0)
    return some.where(some > 0).rank(method="min", ascending=False).astype("Int64")


def _ordered(rows: pd.DataFrame, key: str) -> pd.DataFrame:
    return rows.sort_values(["rank", "pipeline_h100e", key], ascending=[True, False, True], ignore_index=True)
