"""Which county a ZIP code lies in, and so which metro; and all counties by name.

From the Census Bureau's list of the counties that each ZIP code area (ZCTA) of 2020 touches. It has Connecticut's old
counties, which lie across the planning regions of today's delineation: no ZIP code of Connecticut leads anywhere.
"""

from collections import defaultdict
from dataclasses import dataclass
from io import BytesIO

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai.archive.content import has_columns
from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.fetch import Library
from where_is_ai.borders import reading
from where_is_ai.errors import BadUpstream
from where_is_ai.geography.gazetteer.read import read_table
from where_is_ai.geography.source import CENSUS
from where_is_ai.tables import AREA_CODE, Table, as_table

ZIP_COUNTIES = Request(
    "https://www2.census.gov/geo/docs/maps-data/data/rel2020/zcta520/tab20_zcta520_county20_natl.txt",
    CENSUS,
    "text/plain",
    promise=has_columns("GEOID_ZCTA5_20", "GEOID_COUNTY_20", "NAMELSAD_COUNTY_20", "AREALAND_PART"),
)
CONNECTICUT = "CT"
# A ZIP code area that lies in several areas is in the one that has so much of its land.
MOST_OF_LAND_PCT = 50
_COLUMNS = ["GEOID_ZCTA5_20", "GEOID_COUNTY_20", "NAMELSAD_COUNTY_20", "AREALAND_PART"]


class ZipCounties(Table):
    """One row per ZIP code area of 2020 and county that it touches; a county's part in no such area has no code."""

    zip_code: Series[str] = pa.Field(nullable=True, str_matches=AREA_CODE, description="Five digits")
    county_fips: Series[str] = pa.Field(
        str_matches=AREA_CODE,
        description="State and county FIPS code of 2020; Connecticut by its old counties",
    )
    county: Series[str] = pa.Field(description="County or county equivalent")
    land_m2: Series[int] = pa.Field(ge=0, description="Square metres of land that they share")


def read_zip_counties(library: Library, entry: Entry) -> pd.DataFrame:
    """ZipCounties from the archived file; raises BadUpstream where a column is missing."""
    with reading(entry.url):
        rows = pd.read_csv(BytesIO(library.read(entry)), sep="|", dtype=str, encoding="utf-8-sig")
        if missing := [name for name in _COLUMNS if name not in rows]:
            raise BadUpstream(
                f"{entry.url} lacks the columns {', '.join(missing)}.",
                "The Census Bureau has changed the layout: adapt where_is_ai/geography/zips.py.",
            )
        found = rows[_COLUMNS].set_axis(list(ZipCounties.to_schema().columns), axis=1)
        return as_table(found.assign(land_m2=pd.to_numeric(found["land_m2"])), ZipCounties)


@dataclass(frozen=True)
class Area:
    """A CBSA, or with an empty code what lies outside of any; ``kind`` is metro, micro or outside."""

    kind: str
    code: str = ""


OUTSIDE = Area("outside")


def areas_by_county(counties: pd.DataFrame) -> dict[str, Area]:
    """The CBSA of each county (CbsaCounties) by its FIPS code; counties outside of any are not in it."""
    return {
        row.county_fips: Area(row.kind, row.area_code)
        for row in counties[["county_fips", "kind", "area_code"]].itertuples(index=False)
    }


def areas_by_zip(zips: pd.DataFrame, counties: pd.DataFrame) -> dict[tuple[str, str], Area]:
    """By state (postal code) and ZIP code the area that has more than half of the land that the code has there.

    ``zips`` are ZipCounties, ``counties`` CbsaCounties. A code of which no area has so much is not in it.
    """
    states = {row.fips: row.state for row in read_table("states.csv").itertuples(index=False)}
    areas = areas_by_county(counties)
    land: dict[tuple[str, str], dict[Area, int]] = defaultdict(lambda: defaultdict(int))
    for row in zips.dropna(subset="zip_code").itertuples(index=False):
        state = states.get(row.county_fips[:2], "")
        if state != CONNECTICUT:
            land[state, row.zip_code][areas.get(row.county_fips, OUTSIDE)] += row.land_m2
    best = {key: max(parts, key=lambda area: (parts[area], area.code)) for key, parts in land.items()}
    return {
        key: area
        for key, area in best.items()
        if len(land[key]) == 1 or land[key][area] * 100 > MOST_OF_LAND_PCT * sum(land[key].values())
    }
