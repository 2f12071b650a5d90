"""From a published compute number back to the milestones and the records of the archived files."""

from collections.abc import Iterator

import pandas as pd

from where_is_ai.archive.evidence import Evidence, RawCell, Trace, whole_answers
from where_is_ai.geography.abroad import CBSA
from where_is_ai.geography.trace import COLUMNS, point_cells
from where_is_ai.layers.compute.addresses import USA
from where_is_ai.layers.compute.notes import METROS, RAW, SITES
from where_is_ai.layers.compute.source import SITES as LIST
from where_is_ai.layers.compute.source import TIMELINES

_OF_RECORD = {
    "owners": ("owners", "Owner"),
    "users": ("users", "Users"),
    "country_code": ("country", "Country"),
}
_ADDRESS = ("address", "Address")
_POINT = ("lat", "lon")
_UNITS = {"h100e": "H100 equivalents", "mw": "Power (MW)"}


def trace(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:
    """The milestones of the row's sites, or for names and places their records in the list."""
    if table == METROS and column in COLUMNS:
        return Trace(
            "the metro's own entry in the Census gazetteer", tuple(point_cells(row, column, evidence))
        )
    sites = _sites(table, row, evidence)
    if column in _POINT and row["geography"] == CBSA:
        own = pd.Series({"area_code": row["metro_id"].removeprefix(f"{USA}/"), "metro": row["metro"]})
        return Trace(
            "the metro's own entry in the Census gazetteer", tuple(point_cells(own, column, evidence))
        )
    if column in _POINT:
        cells = _records(sites, *_ADDRESS, evidence)
        return Trace(
            "the point that the project's gazetteer (GeoNames) gives the city of the address", tuple(cells)
        )
    name = next((each for each in _UNITS if each in column.split("_")), None)
    if not name and column not in (
        "sites",
        "sites_planned",
        "sites_unknown",
        "operational",
        "milestone",
        "rank",
    ):
        field, heading = _OF_RECORD.get(column, _ADDRESS)
        cells = _records(sites, field, heading, evidence)
        return Trace(f"the records of {_counted(sites)} in the list", tuple(cells))
    pipeline = column.startswith("pipeline")
    how = (
        f"{_counted(sites)}, each by its last milestone {'of all' if pipeline else 'up to the quarter’s end'}"
    )
    if pipeline:
        how += ", less that up to the quarter’s end"
    if column.endswith("_projected"):
        how += ", less that up to the day of the copy"
    return Trace(how, tuple(_milestones(sites, name or "h100e", pipeline, evidence)))


def _counted(sites: pd.DataFrame) -> str:
    return f"{len(sites)} data centre{'s' * (len(sites) != 1)}"


def trace_layer(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:  # noqa: ARG001
    """Behind a row that was counted over all sites: the whole files."""
    return whole_answers(f"{column} of {table} was counted over all data centres", evidence.entries(RAW))


def trace_atlas(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:  # noqa: ARG001
    """The lines of the atlas whose county is in the row's metro."""
    counties = evidence.table("cbsa_counties")
    own = counties.loc[counties["area_code"] == row["area_code"], "county_fips"]
    facilities = evidence.table("atlas_facilities")
    lines = facilities[facilities["county_fips"].isin(own)]
    cells = [
        RawCell(
            entry,
            {"line": int(each.line), "column": "type"},
            each.kind,
            f"a {each.kind} in county {each.county_fips}",
        )
        for entry in evidence.entries("raw_im3_atlas")[:1]
        for each in lines.itertuples()
    ]
    return Trace(f"{len(lines)} lines of the atlas in the metro's counties", tuple(cells))


def _sites(table: str, row: pd.Series, evidence: Evidence) -> pd.DataFrame:
    """The rows of SiteCompute that ``row`` was made from."""
    sites = evidence.table(SITES)
    if table == SITES:
        return sites[sites["site"] == row["site"]]
    if table == METROS:
        return sites[(sites["area_code"] == row["area_code"]) & (sites["placed"] == "metro")]
    return sites[sites["metro_id"] == row["metro_id"]]


def _milestones(sites: pd.DataFrame, name: str, pipeline: bool, evidence: Evidence) -> Iterator[RawCell]:
    milestones = evidence.table("compute_milestones")
    entries = [entry for entry in evidence.entries(RAW) if entry.url == TIMELINES.url]
    for site in sites.itertuples():
        own = milestones[milestones["site"] == site.site].sort_values(["day", "line"], kind="stable")
        standing = own[own["day"] <= site.milestone] if pd.notna(site.milestone) else own.head(0)
        used = pd.concat([standing.tail(1), own.tail(1) if pipeline else own.head(0)]).drop_duplicates("line")
        for each in used.itertuples():
            for entry in entries:
                says = None if pd.isna(value := getattr(each, name)) else float(value)
                yield RawCell(
                    entry,
                    {"line": int(each.line), "column": _UNITS[name]},
                    says,
                    f"{_UNITS[name]} of {site.site} from {each.day} on",
                )


def _records(sites: pd.DataFrame, field: str, heading: str, evidence: Evidence) -> Iterator[RawCell]:
    listed = evidence.table("compute_sites")
    for each in listed[listed["site"].isin(sites["site"])].itertuples():
        for entry in evidence.entries(RAW):
            if entry.url == LIST.url:
                value = getattr(each, field)
                says = None if pd.isna(value) else value
                yield RawCell(
                    entry, {"line": int(each.line), "column": heading}, says, f"{heading} of {each.site}"
                )
