"""What the research tables hold: the one place that says so."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai.tables import Table

COUNT_BASES = ("distinct", "summed")
INSTITUTION_ID = r"^I\d+$"
COUNTRY = r"^[A-Z]{2}$"


class AiWorks(Table):
    """One row per institution that OpenAlex counts AI works for, with where it is."""

    institution_id: Series[str] = pa.Field(str_matches=INSTITUTION_ID, unique=True, description="OpenAlex id")
    institution: Series[str] = pa.Field(description="Name as OpenAlex displays it")
    type: Series[str] = pa.Field(
        nullable=True, description="OpenAlex's type: education, company, facility, …"
    )
    ai_works: Series[int] = pa.Field(
        ge=1, description="AI works in the window with at least one author there"
    )
    city: Series[str] = pa.Field(nullable=True, description="City tag; empty where OpenAlex has none")
    country_code: Series[str] = pa.Field(nullable=True, str_matches=COUNTRY, description="ISO 3166-1 alpha-2")
    lat: Series[pd.Float64Dtype] = pa.Field(nullable=True, ge=-90, le=90, description="Degrees north, WGS 84")
    lon: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=-180, le=180, description="Degrees east, WGS 84"
    )


class InstitutionResearch(Table):
    """The published table ``world_ai_research_by_institution``."""

    institution_id: Series[str] = pa.Field(str_matches=INSTITUTION_ID, unique=True, description="OpenAlex id")
    institution: Series[str] = pa.Field(description="Name as OpenAlex displays it")
    type: Series[str] = pa.Field(
        nullable=True, description="OpenAlex's type: education, company, facility, …"
    )
    ai_works: Series[int] = pa.Field(
        ge=1, description="AI works in the window with at least one author there"
    )
    city: Series[str] = pa.Field(nullable=True, description="City tag; empty where OpenAlex has none")
    country_code: Series[str] = pa.Field(nullable=True, str_matches=COUNTRY, description="ISO 3166-1 alpha-2")
    lat: Series[pd.Float64Dtype] = pa.Field(nullable=True, ge=-90, le=90, description="Degrees north, WGS 84")
    lon: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=-180, le=180, description="Degrees east, WGS 84"
    )
    metro: Series[str] = pa.Field(nullable=True, description="Metro that the institution is assigned to")
    included: Series[bool] = pa.Field(description="Whether it counts towards its metro")
    why_not: Series[str] = pa.Field(nullable=True, description="Why it does not count; empty where it does")
    method: Series[str] = pa.Field(description="Name of the method")

    @pa.dataframe_check(error="an institution is left out if and only if why_not says why")
    def exclusion_explained(cls, rows: pd.DataFrame) -> pd.Series:  # noqa: N805
        return rows["included"] == rows["why_not"].isna()


class MetroResearch(Table):
    """The published table ``world_ai_research_by_metro``."""

    metro_id: Series[str] = pa.Field(unique=True, description="Country and name, stable between quarters")
    metro: Series[str] = pa.Field(description="Name of the metro")
    country_code: Series[str] = pa.Field(nullable=True, str_matches=COUNTRY, description="ISO 3166-1 alpha-2")
    ai_works: Series[int] = pa.Field(ge=1, description="AI works in the window; see count_basis")
    count_basis: Series[str] = pa.Field(
        isin=COUNT_BASES, description="distinct: a work counts once per metro; summed: once per institution"
    )
    ai_works_summed: Series[int] = pa.Field(ge=1, description="Sum over the metro's institutions")
    institutions: Series[int] = pa.Field(ge=1, description="Institutions that count towards the metro")
    top_institution: Series[str] = pa.Field(description="The one with most AI works")
    top_institution_works: Series[int] = pa.Field(ge=1, description="AI works of that institution")
    lat: Series[pd.Float64Dtype] = pa.Field(nullable=True, ge=-90, le=90, description="Degrees north, WGS 84")
    lon: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=-180, le=180, description="Degrees east, WGS 84"
    )
    rank: Series[pd.Int64Dtype] = pa.Field(ge=1, description="1 is most AI works")
    method: Series[str] = pa.Field(description="Name of the method")
    window_from: Series[str] = pa.Field(str_matches=r"^\d{4}-\d\d-\d\d$", description="First publication day")
    window_to: Series[str] = pa.Field(str_matches=r"^\d{4}-\d\d-\d\d$", description="Last publication day")
