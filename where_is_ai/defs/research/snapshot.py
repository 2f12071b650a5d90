"""AI papers from OpenAlex's whole snapshot: read part by part, counted work by work, held beside the API's counts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library, open_library
from where_is_ai.archive.store import Archive
from where_is_ai.defs.groups import for_method, quarterly, received_from
from where_is_ai.defs.outputs import described_by, kept_entries, not_needed, table, tables
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.research.geographies import geographies_at_hand
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset, multi_asset
from where_is_ai.layers.research.methods import SnapshotMethod
from where_is_ai.layers.research.openalex import OPENALEX
from where_is_ai.layers.research.over_time import Measured
from where_is_ai.layers.research.snapshot.difference import by_api, difference
from where_is_ai.layers.research.snapshot.installed import snapshot_steps
from where_is_ai.layers.research.snapshot.schema import (
    AreaCounts,
    InstitutionCounts,
    SnapshotDifference,
    SnapshotLinks,
    SnapshotMetro,
    SnapshotParts,
    SnapshotSector,
    SnapshotVenue,
    SnapshotYear,
    TopicCounts,
    WorldCounts,
)
from where_is_ai.quarters import Quarter
from where_is_ai.reading import UNSEEN, note
from where_is_ai.settings import given_values
from where_is_ai.tables import Table

COMMON = quarterly("research")
METHOD = "snapshot"
ALONE = for_method(METHOD)
OUT = {
    "group_name": COMMON["group_name"],
    "owners": COMMON["owners"],
    "kinds": {"duckdb", "pandas"},
    "tags": ALONE,
}
SNAPSHOT_ALONE = "Only the method snapshot looks at each work."
# What other tables are made of.
BEHIND = {
    "snapshot_topic_counts": (
        TopicCounts,
        "The window's papers of each metro and of the world by subfield and topic, of which the table by other "
        "definitions of AI (language, vision, robotics, learning) is made.",
    ),
    "snapshot_area_counts": (
        AreaCounts,
        "The distinct AI works of each area of each geography, each paper once, of which the table of ranks by "
        "geography is made.",
    ),
}
COUNTED = {
    "snapshot_institution_counts": (
        InstitutionCounts,
        "AI works of each institution that the snapshot's works name, merged ids led to the institution in their "
        "place, before anything is said of where it is.",
    ),
    "snapshot_world_counts": (
        WorldCounts,
        "AI works of the whole world, each once, with those that OpenAlex places nowhere: what every metro's share is "
        "held against.",
    ),
}
PUBLISHED = {
    "world_ai_snapshot_by_metro": (
        SnapshotMetro,
        "Each metro's papers counted whole and in parts, by sector, with the most cited ones, and how far all of "
        "it would move if chance had brought other papers.",
    ),
    "world_ai_snapshot_by_year": (
        SnapshotYear,
        "Each metro's papers by year of publication since 2018, for each subfield side by side, beside the world's and "
        "the share of it.",
    ),
    "world_ai_snapshot_by_sector": (
        SnapshotSector,
        "Who publishes in each metro: companies, government bodies, universities and others, with the first of each.",
    ),
    "world_ai_snapshot_by_venue": (
        SnapshotVenue,
        "The journals, conferences and archives that most of each metro's papers come out in, with the share of each; "
        "the ten most used.",
    ),
    "world_ai_snapshot_links": (
        SnapshotLinks,
        "The metros whose authors write papers together: how many papers, and how many for the size of both; pairs "
        "with fewer than five are left out.",
    ),
}


def manifests(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """The snapshot's manifests as archived answers; raises UsageError for the sample archive, which has no snapshot."""
    settings, steps = choices.settings, snapshot_steps()
    steps.require(given_values(), settings.source)
    found = steps.manifests(_reading(choices), Archive(settings.own_archive))
    context.log.info(f"The snapshot is of {found[0].retrieved_at[:10]}.")
    return kept_entries(found, "The snapshot has no manifest.")


def ai_works_and_troubles(choices: Choices, counts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """AiWorks and ResearchTroubles, from the snapshot's counts and its records of institutions."""
    return snapshot_steps().ai_works(_reading(choices), counts)


def works_now(choices: Choices, measured: Sequence[Measured]) -> dict[Quarter, dict[str, int]]:
    """What the windows of earlier quarters have by this snapshot, by metro and for the world."""
    asked = [(quarter, institutions) for quarter, institutions, _ in measured]
    return snapshot_steps().count_earlier(_reading(choices), asked, choices.research_method)


def replay(context: dg.AssetExecutionContext, choices: Choices) -> Library:
    """The archive alone: what is compared with a snapshot is not asked for its sake."""
    return open_library(replace(choices.settings, source="archive"), context.log.info)


def by_snapshot(choices: Choices) -> bool:
    """Whether the run's method is the one that reads a snapshot."""
    return isinstance(choices.research_method, SnapshotMethod)


@asset(**COMMON, kinds={"duckdb", "pandas"}, tags=ALONE, metadata=described_by(SnapshotParts))
def research_snapshot_parts(
    context: dg.AssetExecutionContext, choices: Choices, raw_openalex_works_by_institution: list[Entry]
) -> dg.Output[pd.DataFrame]:
    """The snapshot's parts, each read once: the rows of AI works are kept, so that a run goes on where one stopped.

    A part that is damaged ends the run with its name; what was read of the others stays.
    """
    if not by_snapshot(choices) or not raw_openalex_works_by_institution:
        return not_needed(SnapshotParts.empty(), SNAPSHOT_ALONE)
    return table(snapshot_steps().read_parts(_reading(choices), context.log.info), SnapshotParts)


def _outs(described: dict[str, tuple[type[Table], str]]) -> dict[str, dg.AssetOut]:
    return {
        name: dg.AssetOut(**OUT, metadata=described_by(model), description=words)
        for name, (model, words) in described.items()
    }


def _none_of(described: dict[str, tuple[type[Table], str]]) -> Iterator[dg.Output]:
    for name, (model, _) in described.items():
        nothing = not_needed(model.empty(), SNAPSHOT_ALONE)
        yield dg.Output(nothing.value, name, metadata=nothing.metadata)


@multi_asset(outs=_outs(COUNTED), partitions_def=COMMON["partitions_def"])
def count_snapshot_world(
    context: dg.AssetExecutionContext, choices: Choices, research_snapshot_parts: pd.DataFrame
) -> Iterator[dg.Output]:
    """Count the kept rows by institution, and over the whole world."""
    if research_snapshot_parts.empty:
        yield from _none_of(COUNTED)
        return
    method, quarter = choices.research_method, quarter_of(context)
    institutions, world = snapshot_steps().count_world(_reading(choices), method, quarter)
    yield from tables(
        snapshot_institution_counts=(institutions, InstitutionCounts),
        snapshot_world_counts=(world, WorldCounts),
    )


@multi_asset(outs=_outs(PUBLISHED | BEHIND), partitions_def=COMMON["partitions_def"])
def count_snapshot_metros(
    context: dg.AssetExecutionContext,
    choices: Choices,
    research_snapshot_parts: pd.DataFrame,
    snapshot_world_counts: pd.DataFrame,
    world_ai_research_by_institution: pd.DataFrame,
    research_institution_areas: pd.DataFrame,
) -> Iterator[dg.Output]:
    """Count the kept rows by the metros that their institutions count towards, and by areas of other geographies."""
    if research_snapshot_parts.empty:
        yield from _none_of(PUBLISHED | BEHIND)
        return
    found = snapshot_steps().count_metros(
        _reading(choices),
        world_ai_research_by_institution,
        research_institution_areas,
        snapshot_world_counts,
        choices.research_method,
        quarter_of(context),
    )
    yield from tables(**found)


@asset(**COMMON, **received_from(OPENALEX, method=METHOD), kinds={"json"})
def raw_openalex_api_counts(
    context: dg.AssetExecutionContext,
    choices: Choices,
    research_snapshot_parts: pd.DataFrame,
    raw_research_geographies: list[Entry],
) -> dg.Output[list[Entry]]:
    """The API's answers to the method standard for the same quarter, where the archive holds them: nothing is asked.

    They are what the snapshot's counts are compared with.
    """
    if research_snapshot_parts.empty:
        return not_needed([], SNAPSHOT_ALONE)
    _, entries = _by_api(context, choices, raw_research_geographies)
    if not entries:
        return not_needed([], "The archive holds no answers of OpenAlex's API for this quarter.")
    return kept_entries(entries, "")


@asset(**COMMON, kinds={"pandas"}, tags=ALONE, metadata=described_by(SnapshotDifference))
def world_ai_snapshot_difference(
    context: dg.AssetExecutionContext,
    choices: Choices,
    raw_openalex_api_counts: list[Entry],
    raw_research_geographies: list[Entry],
    world_ai_snapshot_by_metro: pd.DataFrame,
) -> dg.Output[pd.DataFrame]:
    """The snapshot's counts beside those that OpenAlex's API gave for the same quarter, metro by metro.

    The two are of different days, so counts move a little; more than that would be a fault of one of them.
    """
    if not raw_openalex_api_counts or world_ai_snapshot_by_metro.empty:
        return not_needed(SnapshotDifference.empty(), "There is nothing of the API to compare with.")
    api, _ = _by_api(context, choices, raw_research_geographies)
    return table(difference(world_ai_snapshot_by_metro, api), SnapshotDifference)


def _by_api(
    context: dg.AssetExecutionContext, choices: Choices, geographies: list[Entry]
) -> tuple[pd.DataFrame, list[Entry]]:
    return by_api(
        replay(context, choices),
        geographies_at_hand(choices.library(context), geographies),
        quarter_of(context),
    )


def _reading(choices: Choices):
    note(UNSEEN)
    return snapshot_steps().Reading.of(given_values(), choices.settings.data)
