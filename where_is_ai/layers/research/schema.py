"""What the research tables hold: the one place that says so."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai import fields
from where_is_ai.columns import column
from where_is_ai.geography.names import country_name
from where_is_ai.layers.research.citations import ABOVE, ALIKE, BELOW
from where_is_ai.tables import Table

COUNT_BASES = ("distinct", "summed")
POINTS_FROM = ("OpenAlex", "gazetteer")
INSTITUTION_ID = r"^I\d+$"
COUNTRY = r"^[A-Z]{2}$"


class Institution(Table):
    """An institution that OpenAlex counts AI works for, and where it is."""

    institution_id: Series[str] = column("OpenAlex id", str_matches=INSTITUTION_ID, unique=True)
    institution: Series[str] = column("Name as OpenAlex displays it")
    type: Series[str] = column("OpenAlex's type: education, company, facility, …", nullable=True)
    ai_works: Series[int] = fields.count(
        "AI works in the window with at least one author there; 0 where only its older works count",
        "works",
        heading="AI papers",
    )
    city: Series[str] = column("City tag; empty where OpenAlex has none", nullable=True)
    country_code: Series[str] = column(
        "ISO 3166-1 alpha-2", heading="Country", words=country_name, nullable=True, str_matches=COUNTRY
    )
    lat: Series[pd.Float64Dtype] = fields.latitude()
    lon: Series[pd.Float64Dtype] = fields.longitude()


class WorksBehind(Table):
    """What else OpenAlex counts for an institution: evidence against noise, and works old enough to be cited."""

    works_count: Series[pd.Int64Dtype] = column(
        "All its works of all years and fields, by OpenAlex", unit="works", nullable=True
    )
    any_type_works: Series[pd.Int64Dtype] = fields.count(
        "AI works of all types in the window, papers or not", "works", nullable=True
    )
    year_before_works: Series[pd.Int64Dtype] = fields.count(
        "AI works in the same months of the year before", "works", nullable=True
    )
    mature_works: Series[pd.Int64Dtype] = fields.count(
        "AI works that were two to five years old at the quarter's end", "works", nullable=True
    )
    top_10_works: Series[pd.Int64Dtype] = fields.count(
        "Of the mature works, those in the most cited 10 % of their field and year", "works", nullable=True
    )
    top_1_works: Series[pd.Int64Dtype] = fields.count(
        "Of the mature works, those in the most cited 1 % of their field and year", "works", nullable=True
    )


class Town(Table):
    """Which town of its name an institution is in, and who says where that lies."""

    region: Series[str] = column("State or province, as OpenAlex has it", nullable=True)
    geonames_city_id: Series[str] = column("GeoNames id of the city", heading="GeoNames id", nullable=True)
    point_from: Series[str] = column(
        "Where lat and lon come from: OpenAlex, or the project's gazetteer for a city without a point",
        nullable=True,
        isin=POINTS_FROM,
    )


class Assignment(Table):
    """The metro that an institution is assigned to, and whether it counts there."""

    metro: Series[str] = column("Metro that the institution is assigned to", nullable=True)
    included: Series[bool] = column("Whether it counts towards its metro", heading="Counted")
    why_not: Series[str] = fields.reason("Why it does not count; empty where it does", heading="Why not")
    method: Series[str] = column("Name of the method")
    metro_id: Series[str] = column(
        "Id of that metro, stable between quarters", heading="Metro id", nullable=True
    )
    geography: Series[str] = column("What its metro is made of")
    away_km: Series[pd.Float64Dtype] = fields.rate(
        "Kilometres from its point to the metro's area; 0 inside", "kilometres", 1
    )
    evidence: Series[str] = column("The figures behind why_not", nullable=True)


class AiWorks(Town, WorksBehind, Institution):
    """One row per institution, as OpenAlex has it."""

    parents: Series[str] = pa.Field(
        nullable=True, description="OpenAlex ids of the bodies that it belongs to, joined by |"
    )


class ResearchTroubles(Table):
    """The published table ``research_troubles``: records of OpenAlex's answers that were off, each with its reason."""

    institution_id: Series[str] = column("The record's id as its answer gives it", heading="Id")
    institution: Series[str] = column("Its name; empty where none is given", nullable=True)
    concerns: Series[str] = column("The column that it would have filled")
    trouble: Series[str] = column("What was off")
    consequence: Series[str] = column("What was done about it")
    value: Series[str] = column("The value as its answer gives it, shortened")
    answer: Series[str] = column("Address of the answer")


class InstitutionResearch(Town, WorksBehind, Assignment, Institution):
    """The published table ``world_ai_research_by_institution``."""

    @pa.dataframe_check(error="an institution is left out if and only if why_not says why")
    def exclusion_explained(cls, rows: pd.DataFrame) -> pd.Series:  # noqa: N805
        return rows["included"] == rows["why_not"].isna()


class MetroResearch(Table):
    """The published table ``world_ai_research_by_metro``."""

    metro_id: Series[str] = column(
        "Country and name, stable between quarters", heading="Metro id", unique=True
    )
    metro: Series[str] = column("Name of the metro")
    country_code: Series[str] = column(
        "ISO 3166-1 alpha-2", heading="Country", words=country_name, nullable=True, str_matches=COUNTRY
    )
    ai_works: Series[int] = fields.count(
        "AI works in the window; see count_basis. A work of several metros counts in each, so metros do "
        "not add up to the world",
        "works",
        heading="AI papers",
        least=1,
    )
    count_basis: Series[str] = column(
        "distinct: a work counts once per metro; summed: once per institution", isin=COUNT_BASES
    )
    ai_works_summed: Series[int] = fields.count("Sum over the metro's institutions", "works", least=1)
    institutions: Series[int] = fields.count(
        "Institutions that count towards the metro", "institutions", least=1
    )
    top_institution: Series[str] = column("The one with most AI works", heading="Most from")
    top_institution_works: Series[int] = fields.count(
        "AI works of that institution", "works", heading="Its papers", least=1
    )
    lat: Series[pd.Float64Dtype] = fields.latitude()
    lon: Series[pd.Float64Dtype] = fields.longitude()
    rank: Series[pd.Int64Dtype] = fields.rank("1 is most AI works", nullable=False)
    method: Series[str] = column("Name of the method")
    window_from: Series[str] = column("First publication day", str_matches=r"^\d{4}-\d\d-\d\d$")
    window_to: Series[str] = column("Last publication day", str_matches=r"^\d{4}-\d\d-\d\d$")
    geography: Series[str] = column("What the metro is made of")
    ai_works_low: Series[pd.Int64Dtype] = fields.count(
        "Distinct AI works at least; empty where works are summed",
        "works",
        heading="At least",
        least=1,
        nullable=True,
    )
    ai_works_high: Series[pd.Int64Dtype] = fields.count(
        "Distinct AI works at most: the same as ai_works_low where the count is exact",
        "works",
        heading="At most",
        least=1,
        nullable=True,
    )
    population: Series[pd.Int64Dtype] = fields.count(
        "Residents of the metro's area, where the geography tells them", "residents", nullable=True
    )
    ai_works_per_100k: Series[pd.Float64Dtype] = fields.rate(
        "AI works per 100,000 residents", "per 100,000 residents", 2, heading="Per 100,000 residents"
    )
    mature_works: Series[pd.Int64Dtype] = fields.count(
        "Distinct AI works that were two to five years old at the quarter's end", "works", nullable=True
    )
    top_10_works: Series[pd.Int64Dtype] = fields.count(
        "Of the mature works, those in the most cited 10 % of their field and year", "works", nullable=True
    )
    top_10_pct: Series[pd.Float64Dtype] = fields.share_pct(
        "Their share of the mature works", heading="In the most cited 10 %, %"
    )
    top_1_works: Series[pd.Int64Dtype] = fields.count(
        "Of the mature works, those in the most cited 1 % of their field and year", "works", nullable=True
    )
    top_1_pct: Series[pd.Float64Dtype] = fields.share_pct("Their share of the mature works")
    definition: Series[str] = column("What counts as an AI work, in OpenAlex's own filters")
    classification: Series[str] = column("The classification in force when OpenAlex answered")
    retrieved_from: Series[str] = column("When the first answer came, UTC", nullable=True)
    retrieved_to: Series[str] = column("When the last answer came, UTC", nullable=True)
    as_known: Series[pd.BooleanDtype] = column(
        "Whether all answers were archived in the quarter's time; else they are later views", nullable=True
    )

    top_10_pct_low: Series[pd.Float64Dtype] = fields.share_pct(
        "The binomial interval of top_10_pct at 95 %, low"
    )
    top_10_pct_high: Series[pd.Float64Dtype] = fields.share_pct(
        "The binomial interval of top_10_pct at 95 %, high"
    )
    top_10_pct_world: Series[pd.Float64Dtype] = fields.share_pct(
        "The same share of the world's AI works", heading="The world's, %"
    )
    top_1_pct_low: Series[pd.Float64Dtype] = fields.share_pct(
        "The binomial interval of top_1_pct at 95 %, low"
    )
    top_1_pct_high: Series[pd.Float64Dtype] = fields.share_pct(
        "The binomial interval of top_1_pct at 95 %, high"
    )
    top_1_pct_world: Series[pd.Float64Dtype] = fields.share_pct("The same share of the world's AI works")
    top_10_vs_world: Series[str] = column(
        "Where the interval of top_10_pct lies against the world's share",
        heading="Against the world",
        nullable=True,
        isin=(ABOVE, BELOW, ALIKE),
    )
    drift_works: Series[pd.Int64Dtype] = fields.count(
        "By how many works OpenAlex's distinct count disagreed with its counts by institution, since it moved between "
        "the two answers; 0 where they agree. ai_works is what agrees with the institutions",
        "works",
        nullable=True,
    )
    drift_works_cited: Series[pd.Int64Dtype] = fields.count(
        "The same of mature_works, top_10_works or top_1_works, whichever disagreed most",
        "works",
        nullable=True,
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
