"""What the research tables hold: the one place that says so."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai.tables import Table

COUNT_BASES = ("distinct", "summed")
INSTITUTION_ID = r"^I\d+$"
COUNTRY = r"^[A-Z]{2}$"


class Institution(Table):
    """An institution that OpenAlex counts AI works for, and where it is."""

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


class WorksBehind(Table):
    """What else OpenAlex counts for an institution: evidence against noise, and works old enough to be cited."""

    works_count: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="All its works of all years and fields, by OpenAlex"
    )
    any_type_works: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="AI works of all types in the window, papers or not"
    )
    year_before_works: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="AI works in the same months of the year before"
    )
    mature_works: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="AI works that were two to five years old at the quarter's end"
    )
    top_10_works: Series[pd.Int64Dtype] = pa.Field(
        nullable=True,
        ge=0,
        description="Of the mature works, those in the most cited 10 % of their field and year",
    )
    top_1_works: Series[pd.Int64Dtype] = pa.Field(
        nullable=True,
        ge=0,
        description="Of the mature works, those in the most cited 1 % of their field and year",
    )


class Assignment(Table):
    """The metro that an institution is assigned to, and whether it counts there."""

    metro: Series[str] = pa.Field(nullable=True, description="Metro that the institution is assigned to")
    included: Series[bool] = pa.Field(description="Whether it counts towards its metro")
    why_not: Series[str] = pa.Field(nullable=True, description="Why it does not count; empty where it does")
    method: Series[str] = pa.Field(description="Name of the method")
    metro_id: Series[str] = pa.Field(nullable=True, description="Id of that metro, stable between quarters")
    geography: Series[str] = pa.Field(description="What the metros are made of")
    away_km: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=0, description="Kilometres from its point to the metro's area; 0 inside"
    )
    evidence: Series[str] = pa.Field(nullable=True, description="The figures behind why_not")


class AiWorks(WorksBehind, Institution):
    """One row per institution, as OpenAlex has it."""

    parents: Series[str] = pa.Field(
        nullable=True, description="OpenAlex ids of the bodies that it belongs to, joined by |"
    )


class ResearchTroubles(Table):
    """What was off with records of OpenAlex's answers, and what was done about it: nothing is dropped silently."""

    institution_id: Series[str] = pa.Field(description="The record's id as its answer gives it")
    institution: Series[str] = pa.Field(nullable=True, description="Its name; empty where none is given")
    concerns: Series[str] = pa.Field(description="The column that it would have filled")
    trouble: Series[str] = pa.Field(description="What was off")
    consequence: Series[str] = pa.Field(description="What was done about it")
    value: Series[str] = pa.Field(description="The value as its answer gives it, shortened")
    answer: Series[str] = pa.Field(description="Address of the answer")


class InstitutionResearch(WorksBehind, Assignment, Institution):
    """The published table ``world_ai_research_by_institution``."""

    @pa.dataframe_check(error="an institution is left out if and only if why_not says why")
    def exclusion_explained(cls, rows: pd.DataFrame) -> pd.Series:  # noqa: N805
        return rows["included"] == rows["why_not"].isna()


class MetroResearch(Table):
    """The published table ``world_ai_research_by_metro``."""

    metro_id: Series[str] = pa.Field(unique=True, description="Country and name, stable between quarters")
    metro: Series[str] = pa.Field(description="Name of the metro")
    country_code: Series[str] = pa.Field(nullable=True, str_matches=COUNTRY, description="ISO 3166-1 alpha-2")
    ai_works: Series[int] = pa.Field(
        ge=1,
        description="AI works in the window; see count_basis. A work of several metros counts in each, so metros do "
        "not add up to the world",
    )
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
    geography: Series[str] = pa.Field(description="What the metros are made of")
    ai_works_low: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=1, description="Distinct AI works at least; empty where works are summed"
    )
    ai_works_high: Series[pd.Int64Dtype] = pa.Field(
        nullable=True,
        ge=1,
        description="Distinct AI works at most: the same as ai_works_low where the count is exact",
    )
    population: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="Residents of the metro's area, where the geography tells them"
    )
    ai_works_per_100k: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=0, description="AI works per 100,000 residents"
    )
    mature_works: Series[pd.Int64Dtype] = pa.Field(
        nullable=True,
        ge=0,
        description="Distinct AI works that were two to five years old at the quarter's end",
    )
    top_10_works: Series[pd.Int64Dtype] = pa.Field(
        nullable=True,
        ge=0,
        description="Of the mature works, those in the most cited 10 % of their field and year",
    )
    top_10_pct: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=0, le=100, description="Their share of the mature works"
    )
    top_1_works: Series[pd.Int64Dtype] = pa.Field(
        nullable=True,
        ge=0,
        description="Of the mature works, those in the most cited 1 % of their field and year",
    )
    top_1_pct: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=0, le=100, description="Their share of the mature works"
    )
    definition: Series[str] = pa.Field(description="What counts as an AI work, in OpenAlex's own filters")
    classification: Series[str] = pa.Field(description="The classification in force when OpenAlex answered")
    retrieved_from: Series[str] = pa.Field(nullable=True, description="When the first answer came, UTC")
    retrieved_to: Series[str] = pa.Field(nullable=True, description="When the last answer came, UTC")
    as_known: Series[pd.BooleanDtype] = pa.Field(
        nullable=True,
        description="Whether all answers were archived in the quarter's time; else they are later views",
    )

    @pa.dataframe_check(error="bounds are the wrong way round")
    def bounds_in_order(cls, rows: pd.DataFrame) -> pd.Series:  # noqa: N805
        return (rows["ai_works_low"] <= rows["ai_works_high"]).fillna(True)


class InstitutionAreas(Table):
    """One row per institution and geography: the area that it lies in there."""

    institution_id: Series[str] = pa.Field(str_matches=INSTITUTION_ID, description="OpenAlex id")
    geography: Series[str] = pa.Field(description="Name of the geography")
    area_id: Series[str] = pa.Field(nullable=True, description="Id of the area, or country and city")
    area: Series[str] = pa.Field(nullable=True, description="Name of the area")
    away_km: Series[pd.Float64Dtype] = pa.Field(
        nullable=True,
        ge=0,
        description="Kilometres from the point to the area; 0 inside, empty for a city tag",
    )

    class Config(Table.Config):
        unique = ("institution_id", "geography")
