"""What the toy's tables hold."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai.columns import column
from where_is_ai.tables import AREA_CODE, Table


class PowerLines(Table):
    """One row per line of the file."""

    line: Series[int] = pa.Field(ge=2, description="Line of the file")
    area_code: Series[str] = pa.Field(str_matches=AREA_CODE, description="CBSA code")
    power_mw: Series[float] = pa.Field(ge=0, description="Megawatts")


class MetroPower(Table):
    """The published table ``usa_power_by_metro``."""

    area_code: Series[str] = column("CBSA code", unique=True, str_matches=AREA_CODE)
    metro: Series[str] = column("Name with its states")
    power_mw: Series[float] = column("Megawatts as listed", heading="Power, MW", unit="MW", decimals=2, ge=0)
    rank: Series[pd.Int64Dtype] = column("1 is most", unit="rank, 1 is highest", ge=1)
    lat: Series[pd.Float64Dtype] = column("Degrees north", unit="degrees (WGS 84)", decimals=5, nullable=True)
    lon: Series[pd.Float64Dtype] = column("Degrees east", unit="degrees (WGS 84)", decimals=5, nullable=True)
