"""What the tables hold that look at the metros from another side: geographies, hubs, methods, quarters."""

from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai import fields
from where_is_ai.columns import column
from where_is_ai.geography.names import country_name
from where_is_ai.layers.research.schema import COUNT_BASES, COUNTRY
from where_is_ai.tables import Table


def _area() -> Any:
    return column("Area that most of its works lie in by this geography", nullable=True)


def _counted() -> Any:
    return fields.count(
        "Distinct AI works of that area; empty where not counted", "works", least=1, nullable=True
    )


def _ranked(geography: str) -> Any:
    return fields.rank(
        "Rank of that area in the world; empty where not certain", heading=f"Rank by {geography}"
    )


class RankByGeography(Table):
    """The published table ``world_rank_by_geography``: which geography is chosen moves the ranking."""

    metro_id: Series[str] = column("As in world_ai_research_by_metro", heading="Metro id", unique=True)
    metro: Series[str] = column("Name of the metro")
    country_code: Series[str] = column(
        "ISO 3166-1 alpha-2", heading="Country", words=country_name, nullable=True, str_matches=COUNTRY
    )
    geography: Series[str] = column("What the metros are made of")
    ai_works: Series[int] = fields.count(
        "Distinct AI works of the metro", "works", heading="AI papers", least=1
    )
    rank: Series[pd.Int64Dtype] = fields.rank("1 is most AI works", nullable=False)
    ghsl_2024a_area: Series[str] = _area()
    ghsl_2024a_ai_works: Series[pd.Int64Dtype] = _counted()
    ghsl_2024a_rank: Series[pd.Int64Dtype] = _ranked("GHSL 2024")
    ghsl_2019a_area: Series[str] = _area()
    ghsl_2019a_ai_works: Series[pd.Int64Dtype] = _counted()
    ghsl_2019a_rank: Series[pd.Int64Dtype] = _ranked("GHSL 2019")
    cbsa_area: Series[str] = _area()
    cbsa_ai_works: Series[pd.Int64Dtype] = _counted()
    cbsa_rank: Series[pd.Int64Dtype] = _ranked("CBSA")
    csa_area: Series[str] = _area()
    csa_ai_works: Series[pd.Int64Dtype] = _counted()
    csa_rank: Series[pd.Int64Dtype] = _ranked("CSA")
    city_tag_area: Series[str] = _area()
    city_tag_ai_works: Series[pd.Int64Dtype] = _counted()
    city_tag_rank: Series[pd.Int64Dtype] = _ranked("city tag")
    article_merge_area: Series[str] = _area()
    article_merge_ai_works: Series[pd.Int64Dtype] = _counted()
    article_merge_rank: Series[pd.Int64Dtype] = _ranked("the article's merges")


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

    hub: Series[str] = column("City as it was named")
    country_code: Series[str] = column(
        "ISO 3166-1 alpha-2", heading="Country", words=country_name, str_matches=COUNTRY
    )
    metro_id: Series[str] = column(
        "Metro that holds most of the city's works", heading="Metro id", nullable=True
    )
    metro: Series[str] = column("Name of that metro", nullable=True)
    share_in_metro_pct: Series[pd.Float64Dtype] = fields.share_pct(
        "Share of the city's summed works that lies in that metro", decimals=1
    )
    why_not: Series[str] = fields.reason("Why there is no metro; empty where there is one", heading="Why not")
    rank: Series[pd.Int64Dtype] = fields.rank("Rank of the metro")
    ai_works: Series[pd.Int64Dtype] = fields.count(
        "AI works of the metro", "works", heading="AI papers", least=1, nullable=True
    )
    count_basis: Series[str] = column("distinct or summed", nullable=True, isin=COUNT_BASES)
    institutions: Series[pd.Int64Dtype] = fields.count(
        "Institutions of the metro", "institutions", least=1, nullable=True
    )
    ai_works_per_100k: Series[pd.Float64Dtype] = fields.rate(
        "AI works per 100,000 residents", "per 100,000 residents", 2, heading="Per 100,000 residents"
    )
    top_10_pct: Series[pd.Float64Dtype] = fields.share_pct(
        "Share of mature works in the most cited 10 %", heading="In the most cited 10 %, %"
    )
    top_1_pct: Series[pd.Float64Dtype] = fields.share_pct("Share of mature works in the most cited 1 %")

    @pa.dataframe_check(error="a hub has a metro, or why_not says why it has none")
    def resolved_or_explained(cls, rows: pd.DataFrame) -> pd.Series:  # noqa: N805
        return rows["metro_id"].isna() == rows["why_not"].notna()


class MethodDifference(Table):
    """The published table ``world_method_difference``: the standard method's ranking beside the article's."""

    metro_id: Series[str] = column(
        "Metro by the standard method; empty if only the article has it", heading="Metro id", nullable=True
    )
    metro: Series[str] = column("Name of that metro", nullable=True)
    country_code: Series[str] = column(
        "ISO 3166-1 alpha-2", heading="Country", words=country_name, nullable=True, str_matches=COUNTRY
    )
    ai_works: Series[pd.Int64Dtype] = fields.count(
        "Distinct AI works by the standard method", "works", heading="AI papers", least=1, nullable=True
    )
    rank: Series[pd.Int64Dtype] = fields.rank("Rank by the standard method")
    institutions: Series[pd.Int64Dtype] = fields.count(
        "Institutions by the standard method", "institutions", least=1, nullable=True
    )
    times_counted: Series[pd.Float64Dtype] = column(
        "How often summing over institutions would count a paper on average",
        unit="times",
        decimals=2,
        nullable=True,
        ge=1,
    )
    article_metro_id: Series[str] = column("Its counterpart by the article's method", nullable=True)
    article_metro: Series[str] = column("Name of the counterpart", heading="Article: metro", nullable=True)
    article_ai_works: Series[pd.Int64Dtype] = fields.count(
        "Works summed by the article's method", "works", heading="Article: papers", least=1, nullable=True
    )
    article_rank: Series[pd.Int64Dtype] = fields.rank("Rank by the article's method", heading="Article: rank")
    article_institutions: Series[pd.Int64Dtype] = fields.count(
        "Institutions by the article's method", "institutions", least=1, nullable=True
    )
    rank_change: Series[pd.Int64Dtype] = column(
        "Places that it gains over the article's ranking; negative where it loses",
        unit="places",
        nullable=True,
        signed=True,
    )


class ResearchTrend(Table):
    """The published table ``world_ai_research_trend``: trailing twelve months by quarter, cut at breaks."""

    metro_id: Series[str] = column("As in world_ai_research_by_metro", heading="Metro id")
    metro: Series[str] = column("Name of the metro")
    quarter: Series[str] = column("Quarter that the months end with", str_matches=r"^\d{4}-Q[1-4]$")
    segment: Series[int] = fields.count(
        "Counts of one segment can be compared, others can't",
        "stretch between breaks, counted from 1",
        heading="Comparable stretch",
        least=1,
    )
    break_reason: Series[str] = fields.reason("Why this quarter starts a segment; empty where it does not")
    ai_works: Series[int] = fields.count(
        "AI works of the twelve months to the quarter's end", "works", heading="AI papers", least=1
    )
    rank: Series[int] = fields.rank("1 is most AI works", nullable=False)
    change: Series[pd.Int64Dtype] = column(
        "Against the quarter before; empty across a break or a gap", unit="works", nullable=True, signed=True
    )
    change_pct: Series[pd.Float64Dtype] = column(
        "The same in percent", heading="Change, %", unit="percent", decimals=1, nullable=True, signed=True
    )
    method: Series[str] = column("Name of the method")
    classification: Series[str] = column("The classification in force when OpenAlex answered")
    as_known: Series[pd.BooleanDtype] = column(
        "Whether all answers were archived in the quarter's time", nullable=True
    )
    answer_age_days: Series[pd.Int64Dtype] = column(
        "Days from the window's end to the last answer: its last months fill up for a year and more, so only answers "
        "of about one age are compared",
        unit="days",
        nullable=True,
    )


class BySector(Table):
    """The published table ``world_ai_research_by_sector``: who publishes in a metro, and the leading one of each."""

    metro_id: Series[str] = column("As in world_ai_research_by_metro", heading="Metro id")
    metro: Series[str] = column("Name of the metro")
    country_code: Series[str] = column(
        "ISO 3166-1 alpha-2", heading="Country", words=country_name, nullable=True, str_matches=COUNTRY
    )
    sector: Series[str] = column("company, university, government, …, by OpenAlex's type of the institution")
    institutions: Series[int] = fields.count("Its institutions in the metro", "institutions", least=1)
    ai_works_summed: Series[int] = fields.count(
        "AI works summed over them: one of two institutions counts twice",
        "works",
        heading="AI papers, summed",
    )
    share_pct: Series[pd.Float64Dtype] = fields.share_pct("Of the metro's summed works", heading="Share, %")
    top_institution: Series[str] = column("The one with most AI works", heading="Most from")
    top_institution_works: Series[int] = fields.count(
        "AI works of that institution", "works", heading="Its papers"
    )
    ai_works: Series[pd.Int64Dtype] = fields.count(
        "Distinct AI works with an author at one of them; empty where the method can't tell, which all but snapshot "
        "can't",
        "works",
        heading="AI papers, distinct",
        nullable=True,
    )


class ResearchCoverage(Table):
    """The published table ``world_ai_research_coverage``: what the metros are a part of, and what it took to count.

    Metros must not be added up to compare with it: a paper of several metros counts in each.
    """

    method: Series[str] = column("Name of the method", unique=True)
    definition: Series[str] = column("What counts as an AI work, in OpenAlex's own filters")
    types: Series[str] = column("The types of works that count as papers")
    window_from: Series[str] = column("First publication day", str_matches=r"^\d{4}-\d\d-\d\d$")
    window_to: Series[str] = column("Last publication day", str_matches=r"^\d{4}-\d\d-\d\d$")
    ai_works: Series[int] = fields.count(
        "AI works of the whole world, each once", "works", heading="AI papers"
    )
    without_institution: Series[int] = fields.count("Of them, works that OpenAlex places nowhere", "works")
    without_institution_pct: Series[pd.Float64Dtype] = fields.share_pct("Their share of all AI works")
    institutions: Series[int] = fields.count("Institutions with at least one AI work", "institutions")
    institutions_included: Series[int] = fields.count(
        "Of them, those that count towards a metro", "institutions"
    )
    institutions_multi_site: Series[int] = fields.count(
        "Of them, bodies counted apart as multi-site", "institutions"
    )
    institutions_left_out: Series[int] = fields.count(
        "Of them, those left out for other reasons", "institutions"
    )
    geography: Series[str] = column("What the metros are made of")
    classification: Series[str] = column("The classification in force when OpenAlex answered")
    answers: Series[int] = fields.count("Answers of OpenAlex that went into the tables", "answers")
    cost_usd: Series[float] = fields.rate(
        "What they cost, by their own headers, in US dollars", "US dollars", 4, nullable=False
    )
    retrieved_from: Series[str] = column("When the first answer came, UTC", nullable=True)
    retrieved_to: Series[str] = column("When the last answer came, UTC", nullable=True)
    as_known: Series[pd.BooleanDtype] = column(
        "Whether all answers were archived in the quarter's time", nullable=True
    )
    moved_works: Series[int] = fields.count(
        "By how many AI works OpenAlex's own count of the world moved while it was asked", "works"
    )
    retracted_works: Series[pd.Int64Dtype] = fields.count(
        "AI works of the window that were retracted and are left out", "works", nullable=True
    )
    mature_works: Series[pd.Int64Dtype] = fields.count(
        "AI works that were two to five years old at the quarter's end", "works", nullable=True
    )
    top_10_works: Series[pd.Int64Dtype] = fields.count(
        "Of them, those in the most cited 10 % of their field and year", "works", nullable=True
    )
    top_1_works: Series[pd.Int64Dtype] = fields.count(
        "Of them, those in the most cited 1 % of their field and year", "works", nullable=True
    )
    top_10_pct: Series[pd.Float64Dtype] = fields.share_pct("The world's share, to hold a metro's against")
    top_1_pct: Series[pd.Float64Dtype] = fields.share_pct("The world's share, to hold a metro's against")
    preprint_works: Series[pd.Int64Dtype] = fields.count(
        "Of the AI works, preprints: where OpenAlex has not joined one with the paper it became, both count, but by "
        "the method snapshot",
        "works",
        nullable=True,
    )
    preprint_twins: Series[pd.Int64Dtype] = fields.count(
        "Preprints of the window that are there a second time, by DOI or title, and are left out; empty where the "
        "method can't tell, which all but snapshot can't",
        "works",
        nullable=True,
    )
