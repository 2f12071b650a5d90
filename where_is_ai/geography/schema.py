"""What the table of places holds."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai.tables import AREA_CODE, Table


class CbsaPlaces(Table):
    """One row per core based statistical area (CBSA): where it is, how many people live there."""

    area_code: Series[str] = pa.Field(
        str_matches=AREA_CODE, unique=True, description="CBSA code, July 2023 delineation"
    )
    name: Series[str] = pa.Field(description="Name with its states, without 'Metro Area'")
    kind: Series[str] = pa.Field(isin=("metro", "micro"), description="Metropolitan or micropolitan")
    lat: Series[float] = pa.Field(ge=-90, le=90, description="Degrees north of the interior point, WGS 84")
    lon: Series[float] = pa.Field(ge=-180, le=180, description="Degrees east of the interior point, WGS 84")
    population: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="Residents; empty where the vintage has no estimate (Puerto Rico)"
    )
    population_year: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="1 July of this year")
