"""The IM3 atlas of all data centres of the USA: counts by metro, in a table of its own because of its licence.

Facilities are buildings, campuses and points of OpenStreetMap; only counts and areas are published. The file is read
where somebody put it into the folder by_hand, or where it is archived.
"""

from dataclasses import dataclass
from io import BytesIO

import pandas as pd

from where_is_ai.archive.content import has_columns
from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.borders import reading
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.compute.atlas_schema import KINDS, AtlasFacilities, MetroDataCenters
from where_is_ai.quarters import Quarter
from where_is_ai.tables import as_table

IM3 = Source(
    name="IM3 Open Source Data Center Atlas (PNNL, OpenStreetMap contributors)",
    licence="ODbL 1.0",
    homepage="https://data.msdlive.org/records/65g71-a4731",
    # The records are known; the files' addresses in them were never seen to answer.
    refusal_hint="The file's address in the record is a guess. Download the CSV from the record in a browser and put "
    "it, as im3_open_source_data_center_atlas_v2025.06.06.csv or v2026.02.09.csv, into the folder by_hand of the data "
    "folder; the next live run takes it from there.",
)
_RECORDS = "https://data.msdlive.org/records"


@dataclass(frozen=True)
class Vintage:
    """An atlas by its day (ISO 8601), and where it is."""

    day: str
    request: Request


def _vintage(day: str, record: str) -> Vintage:
    name = f"im3_open_source_data_center_atlas_v{day.replace('-', '.')}.csv"
    promise = has_columns(*_COLUMNS)
    return Vintage(day, Request(f"{_RECORDS}/{record}/files/{name}", IM3, "text/csv", promise=promise))


def vintages_known_in(quarter: Quarter) -> list[Vintage]:
    """Those that were out by the quarter's end, the newest first; of a quarter before all, the oldest."""
    known = [each for each in VINTAGES if each.day <= quarter.last_day.isoformat()]
    return known or [VINTAGES[-1]]


_COLUMNS = ("id", "state_id", "county_id", "sqft", "type")
_MILLION = 1_000_000
# Newest first.
VINTAGES = (_vintage("2026-02-09", "p147s-4h760"), _vintage("2025-06-06", "65g71-a4731"))


def read_atlas(library: Library, entry: Entry) -> pd.DataFrame:
    """AtlasFacilities from the archived file; raises BadUpstream where a column is missing.

    A facility that crosses a county line is listed under each county: it counts in each metro that it touches, once.
    """
    with reading(entry.url):
        rows = pd.read_csv(BytesIO(library.read(entry)), dtype=str)
        if missing := [name for name in _COLUMNS if name not in rows]:
            raise BadUpstream(
                f"{entry.url} lacks the columns {', '.join(missing)}; it has {', '.join(rows.columns)}.",
                "The atlas has changed its layout: adapt where_is_ai/layers/compute/atlas.py.",
            )
        return as_table(
            pd.DataFrame(
                {
                    # Ids are padded to 10 digits in one vintage and to 11 in the next.
                    "facility_id": rows["id"].str.lstrip("0"),
                    "line": range(2, len(rows) + 2),
                    "county_fips": rows["state_id"].str.zfill(2) + rows["county_id"].str.zfill(3),
                    "kind": rows["type"],
                    "sqft": pd.to_numeric(rows["sqft"]),
                    "atlas": next(each.day for each in VINTAGES if each.request.url == entry.url),
                }
            ),
            AtlasFacilities,
        )


def data_centers_by_metro(
    facilities: pd.DataFrame, counties: pd.DataFrame, places: pd.DataFrame
) -> pd.DataFrame:
    """MetroDataCenters from AtlasFacilities, CbsaCounties and CbsaPlaces.

    A campus overlaps its buildings, so it is counted apart and its area is in no sum; a point has no area.
    """
    metros = counties.loc[counties["kind"] == "metro", ["county_fips", "area_code"]]
    here = facilities.merge(metros, on="county_fips").drop_duplicates(["area_code", "facility_id"])
    kinds = here.groupby("area_code")["kind"]
    rows = pd.DataFrame(
        {f"dc_{kind}": kinds.agg(lambda own, kind=kind: int(own.eq(kind).sum())) for kind in KINDS}
    )
    rows["dc_facilities"] = rows["dc_building"] + rows["dc_point"]
    buildings = here[here["kind"] == "building"]
    rows["dc_msqft"] = buildings.groupby("area_code")["sqft"].sum(min_count=1) / _MILLION
    rows["rank"] = rows["dc_facilities"].where(rows["dc_facilities"] > 0).rank(method="min", ascending=False)
    rows["atlas"] = facilities["atlas"].iloc[0] if len(facilities) else None
    rows["metro"] = rows.index.map(places.set_index("area_code")["name"])
    rows = rows.rename(columns={"dc_campus": "dc_campuses", "dc_point": "dc_points"})
    return as_table(rows.reset_index(), MetroDataCenters).sort_values(
        ["rank", "area_code"], ignore_index=True
    )


def outside_metros(facilities: pd.DataFrame, counties: pd.DataFrame) -> pd.DataFrame:
    """The rows of AtlasFacilities whose county belongs to no metro."""
    metros = counties.loc[counties["kind"] == "metro", "county_fips"]
    return facilities[~facilities["county_fips"].isin(metros)]
