"""What the tables of the IM3 atlas hold: counts alone, apart from Epoch AI's, because of the licence (ODbL 1.0)."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai import fields
from where_is_ai.columns import column
from where_is_ai.tables import AREA_CODE, Table

KINDS = ("building", "campus", "point")


class AtlasFacilities(Table):
    """One row per row of the atlas: a facility in a county. It stays in the local data folder."""

    facility_id: Series[str] = pa.Field(description="Id without the zeros that it is padded with")
    line: Series[int] = pa.Field(ge=2, description="Line of the file")
    county_fips: Series[str] = pa.Field(
        str_matches=AREA_CODE, description="State and county FIPS code; Connecticut by planning region"
    )
    kind: Series[str] = pa.Field(isin=KINDS, description="Building, campus or point")
    sqft: Series[pd.Float64Dtype] = pa.Field(nullable=True, ge=0, description="Square feet; none of a point")
    atlas: Series[str] = pa.Field(str_matches=r"^\d{4}-\d{2}-\d{2}$", description="Day of the atlas")


class MetroDataCenters(Table):
    """The published table ``usa_data_centers_by_metro``."""

    area_code: Series[str] = column("CBSA code, July 2023 delineation", unique=True, str_matches=AREA_CODE)
    metro: Series[str] = column("Name with its states")
    rank: Series[pd.Int64Dtype] = fields.rank("By dc_facilities")
    dc_facilities: Series[int] = fields.count(
        "Data centres of every kind, for AI or not: buildings and points; one that lies in two counties counts once",
        "data centres",
        heading="Data centres",
    )
    dc_points: Series[int] = fields.count(
        "Of these, points, which have no area", "data centres", heading="Of these points"
    )
    dc_msqft: Series[pd.Float64Dtype] = fields.rate(
        "Area of the buildings; unknown where there are only points",
        "million square feet",
        2,
        heading="Million sq ft",
    )
    dc_campuses: Series[int] = fields.count(
        "Campuses, in neither number because they overlap their buildings", "campuses", heading="Campuses"
    )
    atlas: Series[str] = column("Day of the atlas", str_matches=r"^\d{4}-\d{2}-\d{2}$")
