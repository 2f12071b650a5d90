"""What the tables hold that look at the metros from another side: geographies, hubs, methods, quarters."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai.layers.research.schema import COUNT_BASES, COUNTRY
from where_is_ai.tables import Table


def _area() -> object:
    return pa.Field(nullable=True, description="Area that most of its works lie in by this geography")


def _counted() -> object:
    return pa.Field(
        nullable=True, ge=1, description="Distinct AI works of that area; empty where not counted"
    )


def _ranked() -> object:
    return pa.Field(
        nullable=True, ge=1, description="Rank of that area in the world; empty where not certain"
    )


class RankByGeography(Table):
    """The published table ``world_rank_by_geography``: which geography is chosen moves the ranking."""

    metro_id: Series[str] = pa.Field(unique=True, description="As in world_ai_research_by_metro")
    metro: Series[str] = pa.Field(description="Name of the metro")
    country_code: Series[str] = pa.Field(nullable=True, str_matches=COUNTRY, description="ISO 3166-1 alpha-2")
    geography: Series[str] = pa.Field(description="What the metros are made of")
    ai_works: Series[int] = pa.Field(ge=1, description="Distinct AI works of the metro")
    rank: Series[pd.Int64Dtype] = pa.Field(ge=1, description="1 is most AI works")
    ghsl_2024a_area: Series[str] = _area()
    ghsl_2024a_ai_works: Series[pd.Int64Dtype] = _counted()
    ghsl_2024a_rank: Series[pd.Int64Dtype] = _ranked()
    ghsl_2019a_area: Series[str] = _area()
    ghsl_2019a_ai_works: Series[pd.Int64Dtype] = _counted()
    ghsl_2019a_rank: Series[pd.Int64Dtype] = _ranked()
    cbsa_area: Series[str] = _area()
    cbsa_ai_works: Series[pd.Int64Dtype] = _counted()
    cbsa_rank: Series[pd.Int64Dtype] = _ranked()
    csa_area: Series[str] = _area()
    csa_ai_works: Series[pd.Int64Dtype] = _counted()
    csa_rank: Series[pd.Int64Dtype] = _ranked()
    city_tag_area: Series[str] = _area()
    city_tag_ai_works: Series[pd.Int64Dtype] = _counted()
    city_tag_rank: Series[pd.Int64Dtype] = _ranked()
    article_merge_area: Series[str] = _area()
    article_merge_ai_works: Series[pd.Int64Dtype] = _counted()
    article_merge_rank: Series[pd.Int64Dtype] = _ranked()


class PlacesTogether(Table):
    """Whether the cities of a place that the article merged by hand lie in one area of a geography."""

    place: Series[str] = pa.Field(description="The article's name for the place")
    geography: Series[str] = pa.Field(description="Name of the geography")
    together: Series[bool] = pa.Field(description="Whether all its institutions lie in one area")
    areas: Series[str] = pa.Field(description="The areas they lie in, the one with most works first")
    largest_share_pct: Series[float] = pa.Field(
        ge=0, le=100, description="Share of the place's summed works that lies in the first of them"
    )


class AiHubs(Table):
    """The published table ``world_ai_hubs``: cities named as hubs of AI, each as one metro, no combined score."""

    hub: Series[str] = pa.Field(description="City as it was named")
    country_code: Series[str] = pa.Field(str_matches=COUNTRY, description="ISO 3166-1 alpha-2")
    metro_id: Series[str] = pa.Field(nullable=True, description="Metro that holds most of the city's works")
    metro: Series[str] = pa.Field(nullable=True, description="Name of that metro")
    share_in_metro_pct: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=0, le=100, description="Share of the city's summed works that lies in that metro"
    )
    why_not: Series[str] = pa.Field(
        nullable=True, description="Why there is no metro; empty where there is one"
    )
    rank: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=1, description="Rank of the metro")
    ai_works: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=1, description="AI works of the metro")
    count_basis: Series[str] = pa.Field(nullable=True, isin=COUNT_BASES, description="distinct or summed")
    institutions: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=1, description="Institutions of the metro"
    )
    ai_works_per_100k: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=0, description="AI works per 100,000 residents"
    )
    top_10_pct: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=0, le=100, description="Share of mature works in the most cited 10 %"
    )
    top_1_pct: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=0, le=100, description="Share of mature works in the most cited 1 %"
    )

    @pa.dataframe_check(error="a hub has a metro, or why_not says why it has none")
    def resolved_or_explained(cls, rows: pd.DataFrame) -> pd.Series:  # noqa: N805
        return rows["metro_id"].isna() == rows["why_not"].notna()


class MethodDifference(Table):
    """The published table ``world_method_difference``: the standard method's ranking beside the article's."""

    metro_id: Series[str] = pa.Field(
        nullable=True, description="Metro by the standard method; empty if only the article has it"
    )
    metro: Series[str] = pa.Field(nullable=True, description="Name of that metro")
    country_code: Series[str] = pa.Field(nullable=True, str_matches=COUNTRY, description="ISO 3166-1 alpha-2")
    ai_works: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=1, description="Distinct AI works by the standard method"
    )
    rank: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=1, description="Rank by the standard method")
    institutions: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=1, description="Institutions by the standard method"
    )
    times_counted: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=1, description="How often summing over institutions would count a paper on average"
    )
    article_metro_id: Series[str] = pa.Field(
        nullable=True, description="Its counterpart by the article's method"
    )
    article_metro: Series[str] = pa.Field(nullable=True, description="Name of the counterpart")
    article_ai_works: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=1, description="Works summed by the article's method"
    )
    article_rank: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=1, description="Rank by the article's method"
    )
    article_institutions: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=1, description="Institutions by the article's method"
    )
    rank_change: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Places that it gains over the article's ranking; negative where it loses"
    )


class ResearchTrend(Table):
    """The published table ``world_ai_research_trend``: trailing twelve months by quarter, cut at breaks."""

    metro_id: Series[str] = pa.Field(description="As in world_ai_research_by_metro")
    metro: Series[str] = pa.Field(description="Name of the metro")
    quarter: Series[str] = pa.Field(
        str_matches=r"^\d{4}-Q[1-4]$", description="Quarter that the months end with"
    )
    segment: Series[int] = pa.Field(ge=1, description="Counts of one segment can be compared, others can't")
    break_reason: Series[str] = pa.Field(
        nullable=True, description="Why this quarter starts a segment; empty where it does not"
    )
    ai_works: Series[int] = pa.Field(ge=1, description="AI works of the twelve months to the quarter's end")
    rank: Series[int] = pa.Field(ge=1, description="1 is most AI works")
    change: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Against the quarter before; empty across a break or a gap"
    )
    change_pct: Series[pd.Float64Dtype] = pa.Field(nullable=True, description="The same in percent")
    method: Series[str] = pa.Field(description="Name of the method")
    classification: Series[str] = pa.Field(description="The classification in force when OpenAlex answered")
    as_known: Series[pd.BooleanDtype] = pa.Field(
        nullable=True, description="Whether all answers were archived in the quarter's time"
    )


class ResearchCoverage(Table):
    """The published table ``world_ai_research_coverage``: what the metros are a part of, and what it took to count.

    Metros must not be added up to compare with it: a paper of several metros counts in each.
    """

    method: Series[str] = pa.Field(unique=True, description="Name of the method")
    definition: Series[str] = pa.Field(description="What counts as an AI work, in OpenAlex's own filters")
    types: Series[str] = pa.Field(description="The types of works that count as papers")
    window_from: Series[str] = pa.Field(str_matches=r"^\d{4}-\d\d-\d\d$", description="First publication day")
    window_to: Series[str] = pa.Field(str_matches=r"^\d{4}-\d\d-\d\d$", description="Last publication day")
    ai_works: Series[int] = pa.Field(ge=0, description="AI works of the whole world, each once")
    without_institution: Series[int] = pa.Field(
        ge=0, description="Of them, works that OpenAlex places nowhere"
    )
    without_institution_pct: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=0, le=100, description="Their share of all AI works"
    )
    institutions: Series[int] = pa.Field(ge=0, description="Institutions with at least one AI work")
    institutions_included: Series[int] = pa.Field(
        ge=0, description="Of them, those that count towards a metro"
    )
    institutions_multi_site: Series[int] = pa.Field(
        ge=0, description="Of them, bodies counted apart as multi-site"
    )
    institutions_left_out: Series[int] = pa.Field(
        ge=0, description="Of them, those left out for other reasons"
    )
    geography: Series[str] = pa.Field(description="What the metros are made of")
    classification: Series[str] = pa.Field(description="The classification in force when OpenAlex answered")
    answers: Series[int] = pa.Field(ge=0, description="Answers of OpenAlex that went into the tables")
    cost_usd: Series[float] = pa.Field(
        ge=0, description="What they cost, by their own headers, in US dollars"
    )
    retrieved_from: Series[str] = pa.Field(nullable=True, description="When the first answer came, UTC")
    retrieved_to: Series[str] = pa.Field(nullable=True, description="When the last answer came, UTC")
    as_known: Series[pd.BooleanDtype] = pa.Field(
        nullable=True, description="Whether all answers were archived in the quarter's time"
    )
