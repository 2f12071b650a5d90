"""AI papers by metro of the world, from OpenAlex: the layer's declaration."""

from pathlib import Path

from where_is_ai.archive.entry import Request
from where_is_ai.layers.layer import HeldBack, Key, Layer, Methods, Origin, Page, PublishedTable
from where_is_ai.layers.research.budget import FREE
from where_is_ai.layers.research.findings import FINDINGS
from where_is_ai.layers.research.methods import METHODS, default_method
from where_is_ai.layers.research.notes import RAW, notes
from where_is_ai.layers.research.on_metro import ON_METRO
from where_is_ai.layers.research.pictures import PICTURES
from where_is_ai.layers.research.schema import InstitutionResearch, MetroResearch, ResearchTroubles
from where_is_ai.layers.research.trace import seated, trace, trace_layer, trace_of_metro
from where_is_ai.layers.research.view_schema import (
    AiHubs,
    MethodDifference,
    RankByGeography,
    ResearchCoverage,
    ResearchTrend,
)
from where_is_ai.settings import Settings

OPENALEX = Origin("OpenAlex", "https://openalex.org/", "CC0-1.0")


def probes(settings: Settings) -> list[tuple[str, Request]]:  # noqa: ARG001
    return [("the research layer, live", FREE)]


RESEARCH = Layer(
    name="research",
    title="AI research",
    description="AI papers by metro of one quarter, with its map and findings.",
    measured_from="papers from OpenAlex",
    where="world",
    measures_by="period",
    due_days=0,
    raw=RAW,
    assets="where_is_ai.defs.research",
    folder=Path(__file__).parent,
    tables=(
        PublishedTable(
            name="world_ai_research_by_metro",
            title="AI papers by metro",
            model=MetroResearch,
            page="research",
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
            trace=trace,
            names="metro",
            walked="ai_works",
        ),
        PublishedTable(
            name="world_ai_research_by_institution",
            title="AI papers by institution",
            model=InstitutionResearch,
            page="research",
            key=("institution_id",),
            shown=("institution", "type", "ai_works", "city", "country_code", "metro", "included", "why_not"),
            measure="ai_works",
            origin=OPENALEX,
            trace=trace,
            names="institution",
            walked="ai_works",
        ),
        PublishedTable(
            name="world_ai_research_coverage",
            title="What the metros are a part of",
            model=ResearchCoverage,
            page="research",
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
            trace=trace_layer,
        ),
        PublishedTable(
            name="research_troubles",
            title="Records of OpenAlex that were off",
            model=ResearchTroubles,
            page="research",
            key=("institution_id", "concerns", "trouble", "answer"),
            shown=("institution_id", "institution", "concerns", "trouble", "consequence", "value"),
            measure="trouble",
            origin=OPENALEX,
            trace=trace_layer,
        ),
        PublishedTable(
            name="world_ai_hubs",
            title="Cities named as hubs of AI",
            model=AiHubs,
            page="research",
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
            trace=trace_of_metro,
            ids="hub",
        ),
        PublishedTable(
            name="world_rank_by_geography",
            title="Which geography is chosen moves the ranking",
            model=RankByGeography,
            page="research",
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
            trace=trace_of_metro,
            names="metro",
        ),
        PublishedTable(
            name="world_method_difference",
            title="The standard method beside the article's",
            model=MethodDifference,
            page="research",
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
            trace=trace_of_metro,
            ids="metro_id",
            names="metro",
        ),
        PublishedTable(
            name="world_ai_research_trend",
            title="AI papers by quarter, cut where counts can't be compared",
            model=ResearchTrend,
            page="change",
            key=("metro_id", "quarter"),
            shown=("metro", "quarter", "ai_works", "rank", "change", "change_pct", "segment", "break_reason"),
            measure="ai_works",
            origin=OPENALEX,
            place="metro_id",
            trace=trace_of_metro,
            ids="metro_id",
            names="metro",
            period="quarter",
        ),
    ),
    pages=(
        Page(
            "research",
            "Where is AI research in the world?",
            "Research",
            "world_findings.md",
            "Heatmap-World-AI-Cities",
            "world_ai_research_by_metro",
        ),
    ),
    notes=notes,
    findings=FINDINGS,
    pictures=PICTURES,
    on_metro=ON_METRO,
    probes=probes,
    held_back=(
        HeldBack(
            "suspect-institutions",
            "Institutions that are not counted, and why",
            "world_ai_research_by_institution",
            ("institution", "ai_works", "city", "country_code", "why_not", "evidence"),
            lambda institutions: institutions[~institutions["included"].astype(bool)],
            "Listed with the reason, so that each can be argued with.",
        ),
    ),
    methods=Methods(tuple(METHODS), default_method),
    keys=(
        Key(
            "OPENALEX_API_KEY",
            "OpenAlex key",
            "$0.10 a day",
            "A free key gives $1 a day: openalex.org/settings/api. Set OPENALEX_API_KEY to it.",
            FREE,
        ),
    ),
    absent_place=seated,
)
