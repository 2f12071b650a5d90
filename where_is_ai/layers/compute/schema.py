"""What the compute tables hold: the one place that says so."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai import fields
from where_is_ai.columns import column
from where_is_ai.geography.abroad import CBSA, CITY_TAG, URBAN_CENTRE
from where_is_ai.geography.names import country_name
from where_is_ai.tables import AREA_CODE, Table

DAY = r"^\d{4}-\d{2}-\d{2}$"
COUNTRY = r"^[A-Z]{2}$"
PLACED = {
    "metro": "in a metro area",
    "micro": "in a micro area",
    "outside": "outside metro and micro areas",
    "city": "in a city that the address names",
    "unplaced": "address names no place known here",
    "no_address": "no address",
}


class ComputeSites(Table):
    """One row per data centre in Epoch AI's list."""

    site: Series[str] = pa.Field(description="Name, by which its timeline calls it in the same vintage")
    line: Series[int] = pa.Field(ge=2, description="Line of the file that its record begins in")
    country: Series[str] = pa.Field(nullable=True, description="Country as written")
    address: Series[str] = pa.Field(nullable=True, description="Address as written")
    owners: Series[str] = pa.Field(nullable=True, description="Owners with their marks, as written")
    users: Series[str] = pa.Field(nullable=True, description="Users with their marks, as written")


class ComputeMilestones(Table):
    """One row per dated milestone of a data centre's timeline, those still to come included."""

    site: Series[str] = pa.Field(description="Name of the data centre")
    line: Series[int] = pa.Field(ge=2, description="Line of the file that its record begins in")
    day: Series[str] = pa.Field(str_matches=DAY, description="Day from which the figures hold")
    h100e: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=0, description="H100 equivalents from then on"
    )
    mw: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=0, description="Megawatts of the facility from then on"
    )


class Capacity(Table):
    """What stands at the quarter's end, what of that is expected, and what is planned."""

    h100e: Series[pd.Float64Dtype] = fields.rate(
        "Computing power at the quarter's end as so many NVIDIA H100 at 8 bit, by the last milestone up to that day; "
        "Epoch AI's estimate, which comes without an interval",
        "H100 equivalents",
        0,
        heading="H100 equivalents",
    )
    h100e_projected: Series[pd.Float64Dtype] = column(
        "Of h100e, what rests on milestones dated after the copy of the source was made: expected, not observed",
        heading="Of these expected",
        unit="H100 equivalents",
        decimals=0,
        nullable=True,
    )
    mw: Series[pd.Float64Dtype] = fields.rate(
        "Electrical power of the facilities at the quarter's end, by the same milestone",
        "MW",
        1,
        heading="MW",
    )
    mw_projected: Series[pd.Float64Dtype] = column(
        "Of mw, what rests on milestones dated after the copy of the source was made",
        heading="Of these expected, MW",
        unit="MW",
        decimals=1,
        nullable=True,
    )
    pipeline_h100e: Series[pd.Float64Dtype] = fields.rate(
        "What the last milestones of the timelines, all dated after the quarter, add to h100e; a site that shrinks "
        "adds nothing",
        "H100 equivalents",
        0,
        heading="Pipeline, H100 equivalents",
    )
    pipeline_mw: Series[pd.Float64Dtype] = fields.rate(
        "What the last milestones of the timelines, all dated after the quarter, add to mw; a site that shrinks adds "
        "nothing",
        "MW",
        1,
        heading="Pipeline, MW",
    )


class Vintage(Table):
    """Which copy of the source the row rests on."""

    vintage: Series[str] = column("Day on which the copy of the source was made", str_matches=DAY)
    as_known: Series[bool] = column(
        "Whether that was within the quarter, so that it shows what was known then"
    )


class Sites(Table):
    """How many data centres a row counts."""

    sites: Series[int] = fields.count("Data centres with any capacity at the quarter's end", "data centres")
    sites_planned: Series[int] = fields.count("Data centres without any capacity yet", "data centres")
    sites_unknown: Series[int] = fields.count(
        "Data centres whose capacity is not known; where there are any, h100e and mw are lower bounds",
        "data centres",
    )


class Parties(Table):
    """Whose they are, and who uses them. Names' marks say nothing of the capacity."""

    owners: Series[str] = column(
        "Owners, largest site first, each with Epoch AI's mark of confidence: the most confident of any site",
        nullable=True,
    )
    users: Series[str] = column(
        "Users, largest site first, each with Epoch AI's mark of confidence: the most confident of any site",
        nullable=True,
    )


class Site(Table):
    """A data centre and where it is."""

    site: Series[str] = column("Epoch AI's name, which other vintages may not share", unique=True)
    country_code: Series[str] = column(
        "ISO 3166-1 alpha-2", heading="Country", words=country_name, nullable=True, str_matches=COUNTRY
    )
    placed: Series[str] = column("How far its address leads", words=PLACED, isin=tuple(PLACED))
    place: Series[str] = column("Town or county that was read from the address", nullable=True)
    area_code: Series[str] = column("CBSA code, July 2023 delineation", nullable=True, str_matches=AREA_CODE)
    operational: Series[pd.BooleanDtype] = column(
        "Whether it had any capacity at the quarter's end; empty where not known", nullable=True
    )
    milestone: Series[str] = column(
        "Day of the last milestone up to the quarter's end", nullable=True, str_matches=DAY
    )


GEOGRAPHIES = {
    CBSA: "CBSA",
    URBAN_CENTRE: "urban centre (GHSL)",
    CITY_TAG: "city as the address names it",
}


class InMetro(Table):
    """The metro of the world that a data centre counts in."""

    metro_id: Series[str] = column(
        "Country and CBSA code, urban centre of GHSL, or country and city; empty where it counts in none",
        nullable=True,
    )
    metro: Series[str] = column(
        "Name of the CBSA with its states, of the urban centre, or of the city", nullable=True
    )
    geography: Series[str] = column(
        "What the metro is", words=GEOGRAPHIES, isin=tuple(GEOGRAPHIES), nullable=True
    )


class UsaMetro(Table):
    """A metro of the USA."""

    area_code: Series[str] = column("CBSA code, July 2023 delineation", unique=True, str_matches=AREA_CODE)
    metro: Series[str] = column("Name with its states")
    rank: Series[pd.Int64Dtype] = fields.rank("By h100e among the metros that have any")


class WorldMetro(Table):
    """A metro of the world."""

    metro_id: Series[str] = column(
        "Country and CBSA code, urban centre of GHSL, or country and city", unique=True
    )
    metro: Series[str] = column("CBSA with its states, urban centre, or city abroad")
    country_code: Series[str] = column(
        "ISO 3166-1 alpha-2", heading="Country", words=country_name, str_matches=COUNTRY
    )
    geography: Series[str] = column(
        "What the metro is: CBSA by county, abroad the urban centre around the city that the address names, or that "
        "city where no urban centres are at hand",
        words=GEOGRAPHIES,
        isin=tuple(GEOGRAPHIES),
    )
    rank: Series[pd.Int64Dtype] = fields.rank("By h100e among the metros that have any")


class Part(Table):
    """A part of all that is listed."""

    part: Series[str] = column("USA or abroad, and how far addresses lead", unique=True)
    listed: Series[int] = fields.count("Data centres listed", "data centres")


class Point(Table):
    """Where a circle is drawn: the point of the metro, abroad that of its city."""

    lat: Series[pd.Float64Dtype] = fields.latitude()
    lon: Series[pd.Float64Dtype] = fields.longitude()


# The columns of a model are those of its bases, last base first.
class SiteCompute(Point, InMetro, Vintage, Parties, Capacity, Site):
    """The published table ``world_ai_compute_by_site``."""


class MetroCompute(Point, Vintage, Parties, Sites, Capacity, UsaMetro):
    """The published table ``usa_ai_compute_by_metro``."""


class WorldCompute(Point, Vintage, Parties, Sites, Capacity, WorldMetro):
    """The published table ``world_ai_compute_by_metro``."""


class ComputeCoverage(Vintage, Sites, Capacity, Part):
    """The published table ``world_ai_compute_coverage``: all that Epoch AI lists, by how far it could be placed."""
