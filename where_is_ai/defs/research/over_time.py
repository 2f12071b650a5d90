"""AI papers of leading metros and the world by year, by definition, and as earlier windows fill up; by sector."""

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.defs.groups import for_method, quarterly, received_from
from where_is_ai.defs.material import earlier_quarters
from where_is_ai.defs.outputs import described_by, kept_entries, not_needed, table
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.research.going_on import going_on
from where_is_ai.defs.research.method import method_of
from where_is_ai.defs.research.snapshot import works_now
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset
from where_is_ai.layers.research import over_time
from where_is_ai.layers.research.collect import collect_grouped
from where_is_ai.layers.research.grouped import read_answers
from where_is_ai.layers.research.methods import ArticleMethod, SnapshotMethod
from where_is_ai.layers.research.openalex import OPENALEX
from where_is_ai.layers.research.over_time_schema import ByDefinition, ByYear, Lag
from where_is_ai.layers.research.sectors import by_sector
from where_is_ai.layers.research.snapshot import views
from where_is_ai.layers.research.view_schema import BySector
from where_is_ai.quarters import Quarter

COMMON = quarterly("research")
METHOD = "standard"
ALONE = for_method(METHOD)
STANDARD_ALONE = "Only the method standard asks what this needs."
INSTITUTIONS, METROS = "world_ai_research_by_institution", "world_ai_research_by_metro"


@asset(**COMMON, **received_from(OPENALEX, method=METHOD), kinds={"json"})
@going_on
def raw_openalex_over_time(
    context: dg.AssetExecutionContext,
    choices: Choices,
    world_ai_research_by_institution: pd.DataFrame,
    world_ai_research_by_metro: pd.DataFrame,
) -> dg.Output[list[Entry]]:
    """OpenAlex's counts of the world and the leading metros by year, by topic, and of earlier windows again.

    One grouped call counts all years of up to 100 institutions together. A replay takes what is archived.
    """
    method, quarter = method_of(context, choices), quarter_of(context)
    rows, metros = world_ai_research_by_institution, world_ai_research_by_metro
    if isinstance(method, ArticleMethod | SnapshotMethod) or metros.empty:
        return not_needed([], STANDARD_ALONE)
    earlier = over_time.earlier_windows(metros, method, _measured(choices, quarter))
    asked = [
        *over_time.by_year(rows, metros, method, quarter),
        *over_time.by_definition(rows, metros, method, quarter),
        *(each for window in earlier.values() for each in window),
    ]
    found = collect_grouped(choices.library(context), asked, quarter, context.log.info)
    return (
        kept_entries(found, "The archive has no answers by year.")
        if found
        else not_needed([], "None is archived.")
    )


@asset(**COMMON, kinds={"pandas"}, tags=ALONE, metadata=described_by(ByYear))
def world_ai_research_by_year(
    context: dg.AssetExecutionContext,
    choices: Choices,
    world_ai_research_by_institution: pd.DataFrame,
    world_ai_research_by_metro: pd.DataFrame,
    raw_openalex_over_time: list[Entry],
    world_ai_snapshot_by_year: pd.DataFrame,
) -> dg.Output[pd.DataFrame]:
    """AI papers of the world and the leading metros in each year since 2018, as OpenAlex counts them now.

    All years are asked on one day, so that they are comparable with each other but for what is still missing of the
    last; a metro is its institutions of today.
    """
    method, quarter = method_of(context, choices), quarter_of(context)
    metros = world_ai_research_by_metro
    if isinstance(method, SnapshotMethod) and len(metros):
        return table(views.years(world_ai_snapshot_by_year, metros, method, quarter), ByYear)
    if isinstance(method, ArticleMethod) or not raw_openalex_over_time:
        return not_needed(ByYear.empty(), STANDARD_ALONE)
    answers = read_answers(choices.library(context), raw_openalex_over_time)
    asked = over_time.by_year(world_ai_research_by_institution, metros, method, quarter)
    until = str(method.window(quarter)[1])
    return table(over_time.years(asked, answers, over_time.names_of(metros), until), ByYear)


@asset(**COMMON, kinds={"pandas"}, tags=ALONE, metadata=described_by(ByDefinition))
def world_ai_research_by_definition(
    context: dg.AssetExecutionContext,
    choices: Choices,
    world_ai_research_by_institution: pd.DataFrame,
    world_ai_research_by_metro: pd.DataFrame,
    raw_openalex_over_time: list[Entry],
    snapshot_topic_counts: pd.DataFrame,
) -> dg.Output[pd.DataFrame]:
    """The same window by other definitions of AI, side by side: AI, vision, language, robotics, learning.

    Which is chosen moves the ranking; topics are told by their names, and how many a definition holds is said.
    """
    method, quarter = method_of(context, choices), quarter_of(context)
    metros = world_ai_research_by_metro
    if isinstance(method, SnapshotMethod) and len(metros):
        return table(views.definitions(snapshot_topic_counts, metros), ByDefinition)
    if isinstance(method, ArticleMethod) or not raw_openalex_over_time:
        return not_needed(ByDefinition.empty(), STANDARD_ALONE)
    answers = read_answers(choices.library(context), raw_openalex_over_time)
    asked = over_time.by_definition(world_ai_research_by_institution, metros, method, quarter)
    return table(over_time.side_by_side(asked, answers, over_time.names_of(metros)), ByDefinition)


@asset(**COMMON, kinds={"pandas"}, tags=ALONE, metadata=described_by(Lag))
def world_ai_research_lag(
    context: dg.AssetExecutionContext,
    choices: Choices,
    world_ai_research_by_metro: pd.DataFrame,
    raw_openalex_over_time: list[Entry],
) -> dg.Output[pd.DataFrame]:
    """Earlier windows asked again: what each had when it was measured, as a share of what it has now.

    The last months of a window are incompletely indexed, for a year and more; this says by how much.
    """
    method, quarter = method_of(context, choices), quarter_of(context)
    metros = world_ai_research_by_metro
    if isinstance(method, ArticleMethod) or metros.empty:
        return not_needed(Lag.empty(), STANDARD_ALONE)
    if isinstance(method, SnapshotMethod):
        measured = over_time.counted_alike(metros, _measured(choices, quarter))
        if not measured:
            return not_needed(Lag.empty(), "No earlier quarter was counted of a snapshot.")
        now = views.leading_now(works_now(choices, measured), measured, metros, method)
        asked_on = pd.Timestamp(metros["retrieved_to"].max()[:10])
    elif raw_openalex_over_time:
        windows = over_time.earlier_windows(metros, method, _measured(choices, quarter))
        now = over_time.asked_again(windows, read_answers(choices.library(context), raw_openalex_over_time))
        asked_on = pd.Timestamp(max(entry.retrieved for entry in raw_openalex_over_time).date())
    else:
        return not_needed(Lag.empty(), STANDARD_ALONE)
    worlds = {
        each: rows["ai_works"].iloc[0]
        for each, rows in _earlier(choices, quarter, "world_ai_research_coverage")
    }
    then = {each: (rows, worlds.get(each)) for each, rows in _earlier(choices, quarter, METROS)}
    return table(over_time.lag(now, then, over_time.names_of(metros), asked_on), Lag)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(BySector))
def world_ai_research_by_sector(
    world_ai_research_by_institution: pd.DataFrame,
    world_ai_research_by_metro: pd.DataFrame,
    world_ai_snapshot_by_sector: pd.DataFrame,
) -> dg.Output[pd.DataFrame]:
    """Who publishes in each metro: companies, universities, government and others, with the leading one of each.

    Works are summed over institutions: one of two universities counts twice. The method snapshot tells distinct ones
    beside.
    """
    rows, metros = world_ai_research_by_institution, world_ai_research_by_metro
    return table(by_sector(rows, metros, world_ai_snapshot_by_sector), BySector)


def _measured(choices: Choices, quarter: Quarter) -> list[over_time.Measured]:
    institutions = dict(_earlier(choices, quarter, INSTITUTIONS))
    return [
        (each, institutions[each], then)
        for each, then in _earlier(choices, quarter, METROS)
        if each in institutions
    ]


def _earlier(choices: Choices, quarter: Quarter, name: str) -> list[tuple[Quarter, pd.DataFrame]]:
    return earlier_quarters(choices.shelf, quarter, name)
