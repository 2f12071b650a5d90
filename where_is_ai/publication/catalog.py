"""Every table that is published, described once: files, pages, data package, dictionary and database follow from it.

A table that an edition does not have is left out everywhere. To publish another, add it to CATALOG.
"""

from dataclasses import dataclass

from where_is_ai.claims.schema import Claims
from where_is_ai.layers.employment.schema import MetroChange, MetroEmployment, MetroSeries
from where_is_ai.layers.postings.schema import MetroPostings, NationPostings
from where_is_ai.layers.research.schema import InstitutionResearch, MetroResearch
from where_is_ai.layers.research.view_schema import (
    AiHubs,
    MethodDifference,
    RankByGeography,
    ResearchCoverage,
    ResearchTrend,
)
from where_is_ai.tables import Table

BLS = ("U.S. Bureau of Labor Statistics, OEWS", "https://www.bls.gov/oes/", "public domain")
OPENALEX = ("OpenAlex", "https://openalex.org/", "CC0-1.0")
BOARDS = ("Public job boards", "", "CC-BY-4.0")
OURS = ("where-is-ai", "", "CC-BY-4.0")


@dataclass(frozen=True)
class PublishedTable:
    """A published table: the files ``name``.csv and ``name``.parquet.

    ``question`` is the page that shows it, ``key`` the columns that tell its rows apart, ``shown`` those that the page
    shows (all are in the files), ``measure`` the one that is set beside the last edition's. ``place`` holds the id of
    a metro with a page of its own, ``bounded`` the columns that are lower bounds where ``coverage`` says so.
    ``origin`` is name, address and licence of the source.
    """

    name: str
    title: str
    model: type[Table]
    layer: str
    question: str
    key: tuple[str, ...]
    shown: tuple[str, ...]
    measure: str
    origin: tuple[str, str, str]
    place: str = ""
    bounded: tuple[str, ...] = ()

    def columns(self) -> dict:
        """The pandera columns by name, in order."""
        return self.model.to_schema().columns


CATALOG = {
    table.name: table
    for table in (
        PublishedTable(
            name="usa_ai_employment_by_msa",
            title="AI workers by metro",
            model=MetroEmployment,
            layer="employment",
            question="jobs",
            key=("area_code",),
            shown=(
                "rank_workers",
                "metro",
                "ai_workers",
                "ai_workers_low",
                "ai_workers_high",
                "rank_low",
                "rank_high",
                "ai_per_1000",
                "rank_concentration",
                "total_employment",
                "coverage",
            ),
            measure="ai_workers",
            origin=BLS,
            place="area_code",
            bounded=("ai_workers", "ai_per_1000"),
        ),
        PublishedTable(
            name="usa_ai_postings_by_metro",
            title="AI postings by metro",
            model=MetroPostings,
            layer="postings",
            question="postings",
            key=("area_code",),
            shown=(
                "rank",
                "metro",
                "ai_postings_per_100k",
                "ai_share_pct",
                "ai_postings",
                "ai_postings_low",
                "ai_postings_high",
                "all_postings",
                "employers",
                "growth_pct",
                "why_no_growth",
            ),
            measure="ai_postings_per_100k",
            origin=BOARDS,
            place="area_code",
        ),
        PublishedTable(
            name="usa_ai_postings_nation",
            title="AI postings of the whole nation, and what is not in any metro",
            model=NationPostings,
            layer="postings",
            question="postings",
            key=("classifier",),
            shown=(
                "classifier",
                "ai_postings",
                "all_postings",
                "ai_postings_per_100k",
                "ai_share_pct",
                "employers",
                "in_metros",
                "rural",
                "remote",
                "abroad",
                "ambiguous",
                "unknown",
            ),
            measure="ai_postings",
            origin=BOARDS,
        ),
        PublishedTable(
            name="world_ai_research_by_metro",
            title="AI papers by metro",
            model=MetroResearch,
            layer="research",
            question="research",
            key=("metro_id",),
            shown=(
                "rank",
                "metro",
                "country_code",
                "ai_works",
                "ai_works_low",
                "ai_works_high",
                "ai_works_per_100k",
                "top_10_pct",
                "institutions",
                "top_institution",
                "top_institution_works",
            ),
            measure="ai_works",
            origin=OPENALEX,
            place="metro_id",
        ),
        PublishedTable(
            name="world_ai_research_by_institution",
            title="AI papers by institution",
            model=InstitutionResearch,
            layer="research",
            question="research",
            key=("institution_id",),
            shown=("institution", "type", "ai_works", "city", "country_code", "metro", "included", "why_not"),
            measure="ai_works",
            origin=OPENALEX,
        ),
        PublishedTable(
            name="world_ai_research_coverage",
            title="What the metros are a part of",
            model=ResearchCoverage,
            layer="research",
            question="research",
            key=("method",),
            shown=(
                "method",
                "ai_works",
                "without_institution",
                "without_institution_pct",
                "institutions",
                "institutions_included",
                "institutions_multi_site",
                "institutions_left_out",
                "classification",
                "cost_usd",
            ),
            measure="ai_works",
            origin=OPENALEX,
        ),
        PublishedTable(
            name="world_ai_hubs",
            title="Cities named as hubs of AI",
            model=AiHubs,
            layer="research",
            question="research",
            key=("hub", "country_code"),
            shown=(
                "hub",
                "country_code",
                "metro",
                "rank",
                "ai_works",
                "institutions",
                "top_10_pct",
                "why_not",
            ),
            measure="ai_works",
            origin=OPENALEX,
        ),
        PublishedTable(
            name="world_rank_by_geography",
            title="Which geography is chosen moves the ranking",
            model=RankByGeography,
            layer="research",
            question="research",
            key=("metro_id",),
            shown=(
                "rank",
                "metro",
                "country_code",
                "ai_works",
                "ghsl_2024a_rank",
                "ghsl_2019a_rank",
                "cbsa_rank",
                "csa_rank",
                "city_tag_rank",
                "article_merge_rank",
            ),
            measure="rank",
            origin=OPENALEX,
            place="metro_id",
        ),
        PublishedTable(
            name="world_method_difference",
            title="The standard method beside the article's",
            model=MethodDifference,
            layer="research",
            question="research",
            key=("metro_id", "article_metro_id"),
            shown=(
                "rank",
                "metro",
                "country_code",
                "ai_works",
                "times_counted",
                "article_metro",
                "article_ai_works",
                "article_rank",
                "rank_change",
            ),
            measure="rank_change",
            origin=OPENALEX,
        ),
        PublishedTable(
            name="usa_ai_employment_yoy",
            title="AI workers, like for like between two releases",
            model=MetroChange,
            layer="employment",
            question="change",
            key=("area_code",),
            shown=(
                "metro",
                "workers_before",
                "workers_after",
                "like_for_like_change",
                "like_for_like_pct",
                "noise",
                "exceeds_noise",
                "change_low",
                "change_high",
                "comparable",
                "why_not",
            ),
            measure="like_for_like_change",
            origin=BLS,
            place="area_code",
        ),
        PublishedTable(
            name="usa_ai_employment_series",
            title="AI workers in every release at hand",
            model=MetroSeries,
            layer="employment",
            question="change",
            key=("area_code", "oews_release"),
            shown=(
                "metro",
                "oews_release",
                "ai_workers",
                "ai_workers_low",
                "ai_workers_high",
                "ai_per_1000",
                "coverage",
                "linked",
                "why_not_linked",
            ),
            measure="ai_workers",
            origin=BLS,
            place="area_code",
            bounded=("ai_workers", "ai_per_1000"),
        ),
        PublishedTable(
            name="world_ai_research_trend",
            title="AI papers by quarter, cut where counts can't be compared",
            model=ResearchTrend,
            layer="research",
            question="change",
            key=("metro_id", "quarter"),
            shown=("metro", "quarter", "ai_works", "rank", "change", "change_pct", "segment", "break_reason"),
            measure="ai_works",
            origin=OPENALEX,
            place="metro_id",
        ),
        PublishedTable(
            name="claims",
            title="Claims of others, held against the tables",
            model=Claims,
            layer="",
            question="trust",
            key=("claim_id",),
            shown=("statement", "published", "computed", "verdict", "why", "source"),
            measure="verdict",
            origin=OURS,
        ),
    )
}
LOWER_BOUNDS = ("not_listed", "suppressed")
