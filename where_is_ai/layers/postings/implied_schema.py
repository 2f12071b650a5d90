"""What the table of residents that published pairs imply holds."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai.tables import AREA_CODE, Table


class ImpliedResidents(Table):
    """One row per published pair of a count and a rate: the residents that it implies, and which estimate fits."""

    area_code: Series[str] = pa.Field(str_matches=AREA_CODE, description="CBSA code")
    metro: Series[str] = pa.Field(description="Name with its states")
    quarter: Series[str] = pa.Field(description="Quarter that the pair speaks of")
    ai_postings: Series[int] = pa.Field(ge=0, description="AI postings as published")
    ai_postings_per_100k: Series[float] = pa.Field(
        ge=0, description="AI postings per 100,000 residents as published"
    )
    source: Series[str] = pa.Field(description="Who published the pair")
    implied_low: Series[float] = pa.Field(ge=0, description="Residents that the pair implies, at least")
    implied_high: Series[float] = pa.Field(ge=0, description="Residents that the pair implies, at most")
    fitting_years: Series[str] = pa.Field(
        description="July estimates of the Census Bureau within them; empty for none"
    )
    nearest_year: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="Year of the nearest estimate")
    nearest_off_pct: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=0, description="How far outside the nearest estimate lies, per cent of it"
    )
