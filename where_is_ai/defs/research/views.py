"""AI papers seen from other sides: by geography, hub, method and quarter, and what they are a part of."""

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.defs.groups import for_method, quarterly, received_from
from where_is_ai.defs.material import earlier_quarters
from where_is_ai.defs.outputs import described_by, kept_entries, not_needed, table
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.research.going_on import going_on
from where_is_ai.defs.research.method import method_of
from where_is_ai.defs.research.snapshot import by_snapshot, replay
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset
from where_is_ai.layers.research import answers, collect, standard
from where_is_ai.layers.research.citations import cited
from where_is_ai.layers.research.comparison import method_difference
from where_is_ai.layers.research.coverage import coverage, of_snapshot
from where_is_ai.layers.research.geographies import leading_works, rank_by_geography
from where_is_ai.layers.research.hubs import hubs
from where_is_ai.layers.research.methods import METHODS, ArticleMethod, SnapshotMethod
from where_is_ai.layers.research.metro import assign, roll_up
from where_is_ai.layers.research.notes import of_method
from where_is_ai.layers.research.openalex import OPENALEX
from where_is_ai.layers.research.schema import MetroResearch
from where_is_ai.layers.research.snapshot.views import distinct_by_area
from where_is_ai.layers.research.trend import trend
from where_is_ai.layers.research.view_schema import (
    AiHubs,
    MethodDifference,
    RankByGeography,
    ResearchCoverage,
    ResearchTrend,
)

COMMON = quarterly("research")
METHOD = "standard"
ALONE = for_method(METHOD)
ARTICLE = METHODS["article"]
STANDARD_ALONE = "Only the method standard asks what this needs."


@asset(**COMMON, kinds={"pandas"}, tags=ALONE, metadata=described_by(RankByGeography))
def world_rank_by_geography(
    context: dg.AssetExecutionContext,
    choices: Choices,
    world_ai_research_by_institution: pd.DataFrame,
    world_ai_research_by_metro: pd.DataFrame,
    research_institution_areas: pd.DataFrame,
    raw_openalex_distinct: list[Entry],
    snapshot_area_counts: pd.DataFrame,
) -> dg.Output[pd.DataFrame]:
    """Each metro's rank under each geography: which one is chosen moves the ranking.

    Guangzhou and Shenzhen are one urban centre in one geography and two cities in another, for instance.
    """
    method = method_of(context, choices)
    institutions, areas = world_ai_research_by_institution, research_institution_areas
    if isinstance(method, ArticleMethod) or world_ai_research_by_metro.empty:
        return not_needed(RankByGeography.empty(), STANDARD_ALONE)
    if isinstance(method, SnapshotMethod):
        distinct = distinct_by_area(snapshot_area_counts)
    else:
        counts = collect.counts_by_url(choices.library(context), raw_openalex_distinct)
        distinct = leading_works(institutions, areas, method, quarter_of(context), counts)
    return table(
        rank_by_geography(institutions, areas, world_ai_research_by_metro, distinct), RankByGeography
    )


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(AiHubs))
def world_ai_hubs(
    choices: Choices, world_ai_research_by_institution: pd.DataFrame, world_ai_research_by_metro: pd.DataFrame
) -> dg.Output[pd.DataFrame]:
    """The cities that an essay of 2025 named as hubs of AI, each as one metro or with why not; no combined score.

    The measures are shown side by side, since adding papers to jobs would need weights that nobody can
    defend.
    """
    if world_ai_research_by_metro.empty:
        return not_needed(AiHubs.empty(), "No research is measured in this quarter.")
    method = choices.research_method
    merges = method.merges if isinstance(method, ArticleMethod) else ()
    return table(hubs(world_ai_research_by_institution, world_ai_research_by_metro, merges), AiHubs)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(MetroResearch))
def world_ai_research_cited(
    choices: Choices, world_ai_research_by_metro: pd.DataFrame
) -> dg.Output[pd.DataFrame]:
    """The metros with AI papers enough to speak of a share of the most cited ones: what the map of them rests on.

    A share of few papers says little, so small metros are not in it; only the method standard asks for
    citations.
    """
    if isinstance(choices.research_method, ArticleMethod):
        return not_needed(MetroResearch.empty(), STANDARD_ALONE)
    return table(cited(world_ai_research_by_metro), MetroResearch)


@asset(**COMMON, **received_from(OPENALEX, method=METHOD), kinds={"json"})
@going_on
def raw_openalex_article(
    context: dg.AssetExecutionContext, choices: Choices, raw_openalex_works_by_institution: list[Entry]
) -> dg.Output[list[Entry]]:
    """OpenAlex's answers to the article's method, to hold beside those of the method standard: three calls.

    Only fetched where the run uses the method standard, so that the difference between both is known for
    the same quarter; a run over a snapshot takes what is archived.
    """
    if isinstance(choices.research_method, ArticleMethod) or not raw_openalex_works_by_institution:
        return not_needed([], STANDARD_ALONE)
    library, quarter = choices.library(context), quarter_of(context)
    if by_snapshot(choices):
        library = replay(context, choices)
    counts = answers.counts(library, ARTICLE, quarter, context.log.info)
    places = answers.places(library, ARTICLE, quarter, counts) if counts else []
    return kept_entries([*counts, *places], "The article's method was not archived for this quarter.")


@asset(**COMMON, kinds={"pandas"}, tags=ALONE, metadata=described_by(MethodDifference))
def world_method_difference(
    context: dg.AssetExecutionContext,
    choices: Choices,
    world_ai_research_by_institution: pd.DataFrame,
    world_ai_research_by_metro: pd.DataFrame,
    raw_openalex_article: list[Entry],
) -> dg.Output[pd.DataFrame]:
    """What the choice of method does to the ranking: the standard method's metros beside the article's.

    A reader of an older edition can tell from it which moves come from the method and which from the
    papers.
    """
    if not raw_openalex_article:
        return not_needed(MethodDifference.empty(), STANDARD_ALONE)
    library, quarter = choices.library(context), quarter_of(context)
    counts, *places = raw_openalex_article
    theirs = assign(answers.ai_works(library, ARTICLE, quarter, [counts], places), ARTICLE)
    their_metros = roll_up(theirs, ARTICLE, quarter, entries=raw_openalex_article)
    ours, our_metros = world_ai_research_by_institution, world_ai_research_by_metro
    return table(method_difference(ours, our_metros, theirs, their_metros), MethodDifference)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(ResearchCoverage))
def world_ai_research_coverage(
    context: dg.AssetExecutionContext,
    choices: Choices,
    world_ai_research_by_institution: pd.DataFrame,
    raw_openalex_works_by_institution: list[Entry],
    raw_openalex_institutions: list[Entry],
    raw_openalex_distinct: list[Entry],
    snapshot_world_counts: pd.DataFrame,
    raw_openalex_over_time: list[Entry],
) -> dg.Output[pd.DataFrame]:
    """All AI works of the world, those without an institution, what is left out, and what the answers cost.

    It says how much of the world's AI research the map does not show, and why.
    """
    method, quarter, counts = (
        method_of(context, choices),
        quarter_of(context),
        raw_openalex_works_by_institution,
    )
    if isinstance(method, ArticleMethod) or not counts:
        return not_needed(ResearchCoverage.empty(), STANDARD_ALONE)
    entries = [*counts, *raw_openalex_institutions, *raw_openalex_distinct, *raw_openalex_over_time]
    if isinstance(method, SnapshotMethod):
        world = of_snapshot(snapshot_world_counts)
    else:
        world = standard.coverage(choices.library(context), method, quarter, counts, raw_openalex_distinct)
    rows = coverage(world_ai_research_by_institution, world, method, quarter, entries)
    said = rows.iloc[0]
    context.log.info(f"OpenAlex gave {said['answers']:,} answers for ${said['cost_usd']:.4f}.")
    return table(rows, ResearchCoverage)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(ResearchTrend))
def world_ai_research_trend(
    context: dg.AssetExecutionContext, choices: Choices, world_ai_research_by_metro: pd.DataFrame
) -> dg.Output[pd.DataFrame]:
    """Each metro's trailing twelve months in the quarters of three years, cut where counts can't be compared.

    The whole classification of works was replaced on 6 October 2026, and a change of method breaks a
    trend too; such breaks are cut, not bridged.
    """
    quarter = quarter_of(context)
    earlier = earlier_quarters(choices.shelf, quarter, "world_ai_research_by_metro")
    measured = [*of_method(earlier, choices.method.value), (quarter, world_ai_research_by_metro)]
    return table(trend([(str(each), rows) for each, rows in measured]), ResearchTrend)
