"""AI papers by metro, from OpenAlex: assets and checks."""

from collections.abc import Iterator, Sequence

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.defs.groups import quarterly, received_from
from where_is_ai.defs.outputs import (
    described_by,
    kept_as_far_as_there,
    kept_entries,
    not_needed,
    table,
    tables,
)
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.research import snapshot
from where_is_ai.defs.research.geographies import geographies_at_hand
from where_is_ai.defs.research.going_on import going_on
from where_is_ai.defs.research.method import method_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset, multi_asset
from where_is_ai.geography.areas import Areas
from where_is_ai.geography.cbsa_shapes import BOUNDARIES
from where_is_ai.geography.source import CENSUS
from where_is_ai.geography.urban_centres import GHSL, RELEASES
from where_is_ai.layers.research import answers, collect
from where_is_ai.layers.research.geographies import (
    areas_by_geography,
    first_geography,
    leading_unions,
)
from where_is_ai.layers.research.methods import ArticleMethod
from where_is_ai.layers.research.metro import (
    CITY_TAGS,
    assign,
    cited_of_world,
    distinct_by_metro,
    roll_up,
    unions,
)
from where_is_ai.layers.research.openalex import OPENALEX
from where_is_ai.layers.research.schema import (
    AiWorks,
    InstitutionAreas,
    InstitutionResearch,
    MetroResearch,
    ResearchTroubles,
)

COMMON = quarterly("research")
OUT = {"group_name": COMMON["group_name"], "owners": COMMON["owners"], "kinds": {"pandas"}}
WARN = dg.AssetCheckSeverity.WARN
CITY_TAGS_SERVE = "The method knows city tags alone."


@asset(**COMMON, **received_from(OPENALEX), kinds={"json"})
@going_on
def raw_openalex_works_by_institution(
    context: dg.AssetExecutionContext, choices: Choices
) -> dg.Output[list[Entry]]:
    """OpenAlex's count of AI works by institution, as the run's method defines AI and the window.

    Each call costs a little of the day's budget, so an answer of the same day is taken from the archive.
    OpenAlex answers only for today: an answer fetched after the quarter is marked as not known then.
    """
    if snapshot.by_snapshot(choices):
        return snapshot.manifests(context, choices)
    method, quarter = method_of(context, choices), quarter_of(context)
    found = answers.counts(choices.library(context), method, quarter, context.log.info)
    url = answers.first_request(method, quarter).url
    return kept_entries(found, f"The archive holds no answer of {url}. Fetch it with a live run.")


@asset(**COMMON, **received_from(OPENALEX), kinds={"json"})
@going_on
def raw_openalex_institutions(
    context: dg.AssetExecutionContext, choices: Choices, raw_openalex_works_by_institution: list[Entry]
) -> dg.Output[list[Entry]]:
    """OpenAlex's objects of those institutions, 100 a call: their kind, city and coordinates.

    Fetched in batches, since one call for each would be slow. Kept as they came: an institution without
    coordinates stays one.
    """
    if not raw_openalex_works_by_institution:
        return kept_entries([], "No works are counted in this quarter.")
    if snapshot.by_snapshot(choices):
        return not_needed([], "The snapshot holds the institutions too.")
    method, quarter = method_of(context, choices), quarter_of(context)
    places = answers.places(choices.library(context), method, quarter, raw_openalex_works_by_institution)
    return kept_entries(places, "OpenAlex counts no works in this quarter.")


@asset(**COMMON, **received_from(GHSL, CENSUS, stands=True), kinds={"zip", "gpkg", "shapefile"})
def raw_research_geographies(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """GHSL's urban centres of the world and the Census Bureau's CBSA and CSA boundaries, as many as are to be had.

    What a metro is decides its rank, so several definitions are kept beside each other. Those that can't
    be had are named in the metadata.
    """
    if isinstance(choices.research_method, ArticleMethod):
        return not_needed([], CITY_TAGS_SERVE)
    requests = [each.request for each in (*RELEASES, *BOUNDARIES)]
    return kept_as_far_as_there(choices.library(context), requests, quarter_of(context))


@multi_asset(
    outs={
        "openalex_ai_works": dg.AssetOut(
            **OUT,
            metadata=described_by(AiWorks),
            description="AI works of each institution with the place that OpenAlex gives it, nothing left out yet. One "
            "row per institution, with the count and the city, country and coordinates as OpenAlex has them, even "
            "where they look wrong: what is left out later is left out with a reason.",
        ),
        "research_troubles": dg.AssetOut(
            **OUT,
            metadata=described_by(ResearchTroubles),
            description="Records of OpenAlex's answers that were off: set aside or read in part, each with its id, "
            "what was wrong, what became of it, and the answer that holds it. Nothing is dropped silently.",
        ),
    },
    partitions_def=COMMON["partitions_def"],
)
def read_openalex(
    context: dg.AssetExecutionContext,
    choices: Choices,
    raw_openalex_works_by_institution: list[Entry],
    raw_openalex_institutions: list[Entry],
    snapshot_institution_counts: pd.DataFrame,
) -> Iterator[dg.Output]:
    """Read the answers record by record."""
    if snapshot.by_snapshot(choices):
        works, troubles = snapshot.ai_works_and_troubles(choices, snapshot_institution_counts)
        yield from tables(openalex_ai_works=(works, AiWorks), research_troubles=(troubles, ResearchTroubles))
        return
    works, troubles = answers.ai_works_and_troubles(
        choices.library(context),
        method_of(context, choices),
        quarter_of(context),
        raw_openalex_works_by_institution,
        raw_openalex_institutions,
    )
    yield from tables(openalex_ai_works=(works, AiWorks), research_troubles=(troubles, ResearchTroubles))


@asset(**COMMON, kinds={"geopandas"}, metadata=described_by(InstitutionAreas))
def research_institution_areas(
    context: dg.AssetExecutionContext,
    choices: Choices,
    openalex_ai_works: pd.DataFrame,
    raw_research_geographies: list[Entry],
) -> dg.Output[pd.DataFrame]:
    """The area of each institution in each geography at hand: urban centres, CBSAs, CSAs, city tags, merges.

    An institution is put into an area by its point where the geography has boundaries, else by its city
    tag.
    """
    method = choices.research_method
    if isinstance(method, ArticleMethod):
        return not_needed(InstitutionAreas.empty(), CITY_TAGS_SERVE)
    areas = geographies_at_hand(choices.library(context), raw_research_geographies)
    return table(areas_by_geography(openalex_ai_works, areas, method), InstitutionAreas)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(InstitutionResearch))
def world_ai_research_by_institution(
    choices: Choices, openalex_ai_works: pd.DataFrame, research_institution_areas: pd.DataFrame
) -> dg.Output[pd.DataFrame]:
    """Each institution with its metro, and whether it counts there or why not.

    Nothing is dropped silently: an institution that the method leaves out stays in the table with
    why_not, so that the choice can be argued with.
    """
    works, areas, method = openalex_ai_works, research_institution_areas, choices.research_method
    if isinstance(method, ArticleMethod):
        return table(assign(works, method), InstitutionResearch)
    geography = areas["geography"].iloc[0] if len(areas) else CITY_TAGS
    return table(assign(works, method, first_geography(areas, works), geography), InstitutionResearch)


@asset(**COMMON, **received_from(OPENALEX, method="standard"), kinds={"json"})
@going_on
def raw_openalex_distinct(
    context: dg.AssetExecutionContext,
    choices: Choices,
    world_ai_research_by_institution: pd.DataFrame,
    research_institution_areas: pd.DataFrame,
    raw_openalex_works_by_institution: list[Entry],
) -> dg.Output[list[Entry]]:
    """OpenAlex's counts of the distinct works of each metro's institutions together, and of other leading areas'.

    A paper by authors of two institutions of a metro counts once here, where a sum over institutions
    counts it twice.
    """
    method, quarter = method_of(context, choices), quarter_of(context)
    if isinstance(method, ArticleMethod):
        return not_needed([], "The method sums over institutions.")
    if snapshot.by_snapshot(choices):
        return not_needed([], "The snapshot's works are counted one by one.")
    rows, areas = world_ai_research_by_institution, research_institution_areas
    asked = [*unions(rows, method, quarter).values(), *leading_unions(rows, areas, method, quarter).values()]
    walked = raw_openalex_works_by_institution
    found = answers.distinct(choices.library(context), asked, method, quarter, walked, context.log.info)
    return kept_entries(found, "No metro has several institutions in this quarter.")


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(MetroResearch))
def world_ai_research_by_metro(
    context: dg.AssetExecutionContext,
    choices: Choices,
    world_ai_research_by_institution: pd.DataFrame,
    raw_openalex_works_by_institution: list[Entry],
    raw_openalex_institutions: list[Entry],
    raw_openalex_distinct: list[Entry],
    raw_research_geographies: list[Entry],
    world_ai_snapshot_by_metro: pd.DataFrame,
    snapshot_world_counts: pd.DataFrame,
) -> dg.Output[pd.DataFrame]:
    """AI papers of each metro of the world, with the basis of the count and the institution that has most.

    A paper of several metros counts in each: metros do not add up to the world.
    """
    library = choices.library(context)
    counts = collect.counts_by_url(library, raw_openalex_distinct)
    entries = [*raw_openalex_works_by_institution, *raw_openalex_institutions, *raw_openalex_distinct]
    population = _population(geographies_at_hand(library, raw_research_geographies))
    rows, method, quarter = world_ai_research_by_institution, method_of(context, choices), quarter_of(context)
    if snapshot.by_snapshot(choices):
        world, distinct = cited_of_world(snapshot_world_counts), distinct_by_metro(world_ai_snapshot_by_metro)
    else:
        world = answers.cited_of_world(library, method, quarter, raw_openalex_works_by_institution)
        distinct = None
    return table(roll_up(rows, method, quarter, counts, population, entries, world, distinct), MetroResearch)


def _population(areas: Sequence[Areas]) -> pd.Series | None:
    """Residents by area id, of all geographies that tell them."""
    known = [each.shapes.set_index("area_id")["population"].dropna() for each in areas]
    return pd.concat(known) if known else None
