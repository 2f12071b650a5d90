"""Which county a ZIP code lies in, and all counties by name: the Census Bureau's list of ZIP code areas."""

from io import BytesIO

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai.archive.content import has_columns
from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.fetch import Library
from where_is_ai.borders import reading
from where_is_ai.errors import BadUpstream
from where_is_ai.geography.source import CENSUS
from where_is_ai.tables import AREA_CODE, Table, as_table

ZIP_COUNTIES = Request(
    "https://www2.census.gov/geo/docs/maps-data/data/rel2020/zcta520/tab20_zcta520_county20_natl.txt",
    CENSUS,
    "text/plain",
    promise=has_columns("GEOID_ZCTA5_20", "GEOID_COUNTY_20", "NAMELSAD_COUNTY_20", "AREALAND_PART"),
)
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
                "The Census Bureau has changed the layout: adapt where_is_ai/layers/visas/zips.py.",
            )
        found = rows[_COLUMNS].set_axis(list(ZipCounties.to_schema().columns), axis=1)
        return as_table(found.assign(land_m2=pd.to_numeric(found["land_m2"])), ZipCounties)
