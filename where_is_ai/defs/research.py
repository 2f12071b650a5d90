"""AI papers by metro, from OpenAlex: assets and checks."""

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.defs.checks import fits_model, result, rows_like_last_quarter
from where_is_ai.defs.groups import OWNERS, RESEARCH
from where_is_ai.defs.outputs import columns_of, kept, table
from where_is_ai.defs.partitions import QUARTERS, quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset, asset_check
from where_is_ai.research.metro import assign, institutions_lost_or_doubled, roll_up
from where_is_ai.research.schema import AiWorks, InstitutionResearch, MetroResearch
from where_is_ai.research.source import institution_ids, institutions, read_ai_works, works_by_institution

COMMON = {"group_name": RESEARCH, "partitions_def": QUARTERS, "owners": OWNERS}
WARN = dg.AssetCheckSeverity.WARN


@asset(**COMMON, kinds={"json"})
def raw_openalex_works_by_institution(
    context: dg.AssetExecutionContext, choices: Choices
) -> dg.Output[list[Entry]]:
    """OpenAlex's count of AI works by institution, as the run's method defines AI and the window."""
    quarter = quarter_of(context)
    return kept(choices.library(context), [works_by_institution(choices.research_method, quarter)], quarter)


@asset(**COMMON, kinds={"json"})
def raw_openalex_institutions(
    context: dg.AssetExecutionContext, choices: Choices, raw_openalex_works_by_institution: list[Entry]
) -> dg.Output[list[Entry]]:
    """OpenAlex's objects of those institutions, 100 a call: their kind, city and coordinates."""
    library = choices.library(context)
    ids = [
        found for counts in raw_openalex_works_by_institution for found in institution_ids(library, counts)
    ]
    return kept(library, institutions(ids), quarter_of(context))


@asset(**COMMON, kinds={"pandas"}, metadata=columns_of(AiWorks))
def openalex_ai_works(
    context: dg.AssetExecutionContext,
    choices: Choices,
    raw_openalex_works_by_institution: list[Entry],
    raw_openalex_institutions: list[Entry],
) -> dg.Output[pd.DataFrame]:
    """AI works of each institution with the place that OpenAlex gives it, nothing left out yet."""
    library = choices.library(context)
    counts = raw_openalex_works_by_institution
    return table([read_ai_works(library, entry, raw_openalex_institutions) for entry in counts], AiWorks)


@asset(**COMMON, kinds={"pandas"}, metadata=columns_of(InstitutionResearch))
def world_ai_research_by_institution(
    choices: Choices, openalex_ai_works: pd.DataFrame
) -> dg.Output[pd.DataFrame]:
    """Each institution with its metro, and whether it counts there or why not."""
    return table(assign(openalex_ai_works, choices.research_method), InstitutionResearch)


@asset(**COMMON, kinds={"pandas"}, metadata=columns_of(MetroResearch))
def world_ai_research_by_metro(
    context: dg.AssetExecutionContext, choices: Choices, world_ai_research_by_institution: pd.DataFrame
) -> dg.Output[pd.DataFrame]:
    """AI papers of each metro of the world, with the basis of the count and the institution that has most."""
    method, quarter = choices.research_method, quarter_of(context)
    return table(roll_up(world_ai_research_by_institution, method, quarter), MetroResearch)


@asset_check(asset=world_ai_research_by_institution)
def institutions_have_points(world_ai_research_by_institution: pd.DataFrame) -> dg.AssetCheckResult:
    """An institution without coordinates is kept, counted and listed, but can't be plotted by itself."""
    rows = world_ai_research_by_institution
    unplaced = rows.loc[rows["lat"].isna(), ["institution_id", "institution", "ai_works", "metro"]]
    return result("coordinates for each institution", unplaced, WARN)


@asset_check(asset=world_ai_research_by_institution)
def suspect_institutions(world_ai_research_by_institution: pd.DataFrame) -> dg.AssetCheckResult:
    """Institutions that the method leaves out as noise, each with its reason, so that they can be argued with."""
    rows = world_ai_research_by_institution
    noise = rows[rows["why_not"].str.contains("noise", na=False)]
    return result("no noise", noise[["institution", "ai_works", "city", "why_not"]], WARN)


@asset_check(
    asset=world_ai_research_by_metro,
    additional_ins={"institutions": dg.AssetIn("world_ai_research_by_institution")},
)
def no_institution_lost(
    world_ai_research_by_metro: pd.DataFrame, institutions: pd.DataFrame
) -> dg.AssetCheckResult:
    """Each metro's institutions and works are those of the institutions that count towards it, none lost or doubled."""
    wrong = institutions_lost_or_doubled(world_ai_research_by_metro, institutions)
    return result("each included institution in one metro, with all its works", wrong)


checks = [
    fits_model(openalex_ai_works, AiWorks),
    fits_model(world_ai_research_by_institution, InstitutionResearch),
    fits_model(world_ai_research_by_metro, MetroResearch),
    institutions_have_points,
    suspect_institutions,
    no_institution_lost,
    rows_like_last_quarter(openalex_ai_works),
    rows_like_last_quarter(world_ai_research_by_metro, most_change_pct=25),
]
