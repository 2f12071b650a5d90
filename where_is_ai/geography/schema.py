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
    population_vintage: Series[pd.Int64Dtype] = pa.Field(
        nullable=True,
        description="Year of the Census Bureau's estimates; a later vintage revises earlier years",
    )


class NationResidents(Table):
    """Residents of the USA without Puerto Rico: one row."""

    population: Series[int] = pa.Field(ge=0, description="Residents")
    population_year: Series[int] = pa.Field(description="1 July of this year")
    population_vintage: Series[int] = pa.Field(
        description="Year of the Census Bureau's estimates; a later vintage revises earlier years"
    )


class CbsaCounties(Table):
    """One row per county that belongs to a core based statistical area; other counties belong to none."""

    county_fips: Series[str] = pa.Field(
        str_matches=AREA_CODE,
        unique=True,
        description="State and county FIPS code; Connecticut by planning region",
    )
    county: Series[str] = pa.Field(description="County or county equivalent")
    state_name: Series[str] = pa.Field(description="State that the county is in")
    area_code: Series[str] = pa.Field(str_matches=AREA_CODE, description="CBSA code, July 2023 delineation")
    area_name: Series[str] = pa.Field(description="Name of the CBSA with its states")
    kind: Series[str] = pa.Field(isin=("metro", "micro"), description="Metropolitan or micropolitan")
    central: Series[bool] = pa.Field(description="Central county of the CBSA; false for an outlying one")


class ReadLocations(Table):
    """One row per distinct location as written: what it came to."""

    location: Series[str] = pa.Field(unique=True, description="Location as the employer wrote it")
    status: Series[str] = pa.Field(
        isin=("metro", "micro", "rural", "ambiguous", "remote", "usa", "abroad", "unnamed", "unknown"),
        description="The most exact that it names; rural is a US place outside any CBSA, usa the nation or a state",
    )
    kinds: Series[str] = pa.Field(description="All that it names, separated by blanks")
    area_codes: Series[str] = pa.Field(
        description="CBSA codes, separated by blanks; empty where there is none"
    )
    in_usa: Series[pd.BooleanDtype] = pa.Field(
        nullable=True, description="Whether in the USA; empty where not known"
    )
