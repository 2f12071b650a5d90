"""What the patents tables hold: the one place that says so."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai.tables import AREA_CODE, Table

DAY = r"^\d{4}-\d{2}-\d{2}$"
PLACED = ("metro", "micro", "outside", "abroad", "unplaced")


class AiPatents(Table):
    """One row per utility patent granted in the quarter that is AI by either definition."""

    patent_id: Series[str] = pa.Field(unique=True, description="Number of the patent")
    granted: Series[str] = pa.Field(str_matches=DAY, description="Day on which it was granted")
    g06n: Series[bool] = pa.Field(description="G06N in any position")
    g06n_inventional: Series[bool] = pa.Field(description="G06N as what is invented, not in addition alone")
    wide: Series[bool] = pa.Field(description="Any class of the wider list")

    @pa.dataframe_check(error="what is inventional is there in any position, and G06N is on the wider list")
    def narrower_is_wider(cls, patents: pd.DataFrame) -> pd.Series:  # noqa: N805
        return (patents["g06n"] >= patents["g06n_inventional"]) & (patents["wide"] >= patents["g06n"])


class PatentShares(Table):
    """One row per utility patent of the quarter and place of its inventors. No inventor is named."""

    patent_id: Series[str] = pa.Field(description="Number of the patent")
    location_id: Series[str] = pa.Field(
        nullable=True, description="Id of the place; empty where none is given"
    )
    share: Series[float] = pa.Field(gt=0, le=1, description="Its inventors there, of all its inventors")

    class Config(Table.Config):
        unique = ("patent_id", "location_id")


class PatentPlaces(Table):
    """One row per place of inventors: where it is."""

    location_id: Series[str] = pa.Field(unique=True, description="Id of the place in this release")
    city: Series[str] = pa.Field(nullable=True, description="Town, as disambiguated")
    state: Series[str] = pa.Field(
        nullable=True, description="Postal code of a state of the USA, or a region abroad"
    )
    country_code: Series[str] = pa.Field(nullable=True, description="ISO 3166-1 alpha-2")
    lat: Series[pd.Float64Dtype] = pa.Field(nullable=True, ge=-90, le=90, description="Degrees north, WGS 84")
    lon: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=-180, le=180, description="Degrees east, WGS 84"
    )
    county_fips: Series[str] = pa.Field(
        nullable=True, str_matches=AREA_CODE, description="FIPS code of its county"
    )
    placed: Series[str] = pa.Field(isin=PLACED, description="How far it leads")
    area_code: Series[str] = pa.Field(
        nullable=True, str_matches=AREA_CODE, description="CBSA code of a metro area"
    )
