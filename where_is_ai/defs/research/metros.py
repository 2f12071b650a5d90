"""AI papers by metro, from OpenAlex: assets and checks."""

from collections.abc import Sequence

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library
from where_is_ai.defs.checks import result, rows_like_last_quarter
from where_is_ai.defs.groups import quarterly
from where_is_ai.defs.outputs import described_by, kept_as_far_as_there, kept_entries, not_needed, table
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset, asset_check
from where_is_ai.geography.areas import Areas
from where_is_ai.geography.cbsa_shapes import BOUNDARIES, read_boundaries
from where_is_ai.geography.urban_centres import RELEASES, read_urban_centres
from where_is_ai.layers.research import answers, collect, noise
from where_is_ai.layers.research.geographies import (
    areas_by_geography,
    first_geography,
    leading_unions,
    places_together,
)
from where_is_ai.layers.research.methods import ArticleMethod
from where_is_ai.layers.research.metro import (
    CITY_TAGS,
    CLASSIFIED_MIXED,
    assign,
    counted_outside_bounds,
    institutions_lost_or_doubled,
    roll_up,
    unions,
)
from where_is_ai.layers.research.schema import AiWorks, InstitutionAreas, InstitutionResearch, MetroResearch

COMMON = quarterly("research")
WARN = dg.AssetCheckSeverity.WARN
CITY_TAGS_SERVE = "The method knows city tags alone."


@asset(**COMMON, kinds={"json"})
def raw_openalex_works_by_institution(
    context: dg.AssetExecutionContext, choices: Choices
) -> dg.Output[list[Entry]]:
    """OpenAlex's count of AI works by institution, as the run's method defines AI and the window.

    Each call costs a little of the day's budget, so an answer of the same day is taken from the archive.
    OpenAlex answers only for today: an answer fetched after the quarter is marked as not known then.
    """
    method, quarter = choices.research_method, quarter_of(context)
    found = answers.counts(choices.library(context), method, quarter, context.log.info)
    url = answers.first_request(method, quarter).url
    return kept_entries(found, f"The archive holds no answer of {url}. Fetch it with a live run.")


@asset(**COMMON, kinds={"json"})
def raw_openalex_institutions(
    context: dg.AssetExecutionContext, choices: Choices, raw_openalex_works_by_institution: list[Entry]
) -> dg.Output[list[Entry]]:
    """OpenAlex's objects of those institutions, 100 a call: their kind, city and coordinates.

    Fetched in batches, since one call for each would be slow. Kept as they came: an institution without
    coordinates stays one.
    """
    if not raw_openalex_works_by_institution:
        return kept_entries([], "No works are counted in this quarter.")
    method, quarter = choices.research_method, quarter_of(context)
    places = answers.places(choices.library(context), method, quarter, raw_openalex_works_by_institution)
    return kept_entries(places, "OpenAlex counts no works in this quarter.")


@asset(**COMMON, kinds={"zip", "gpkg", "shapefile"})
def raw_research_geographies(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """GHSL's urban centres of the world and the Census Bureau's CBSA and CSA boundaries, as many as are to be had.

    What a metro is decides its rank, so several definitions are kept beside each other. Those that can't
    be had are named in the metadata.
    """
    if isinstance(choices.research_method, ArticleMethod):
        return not_needed([], CITY_TAGS_SERVE)
    requests = [each.request for each in (*RELEASES, *BOUNDARIES)]
    return kept_as_far_as_there(choices.library(context), requests, quarter_of(context))


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(AiWorks))
def openalex_ai_works(
    context: dg.AssetExecutionContext,
    choices: Choices,
    raw_openalex_works_by_institution: list[Entry],
    raw_openalex_institutions: list[Entry],
) -> dg.Output[pd.DataFrame]:
    """AI works of each institution with the place that OpenAlex gives it, nothing left out yet.

    One row per institution, with the count and the city, country and coordinates as OpenAlex has them,
    even where they look wrong: what is left out later is left out with a reason.
    """
    method, quarter = choices.research_method, quarter_of(context)
    counts, places = raw_openalex_works_by_institution, raw_openalex_institutions
    return table(answers.ai_works(choices.library(context), method, quarter, counts, places), AiWorks)


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
    areas = _geographies(choices.library(context), raw_research_geographies)
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


@asset(**COMMON, kinds={"json"})
def raw_openalex_distinct(
    context: dg.AssetExecutionContext,
    choices: Choices,
    world_ai_research_by_institution: pd.DataFrame,
    research_institution_areas: pd.DataFrame,
) -> dg.Output[list[Entry]]:
    """OpenAlex's counts of the distinct works of each metro's institutions together, and of other leading areas'.

    A paper by authors of two institutions of a metro counts once here, where a sum over institutions
    counts it twice.
    """
    method, quarter = choices.research_method, quarter_of(context)
    if isinstance(method, ArticleMethod):
        return not_needed([], "The method sums over institutions.")
    rows, areas = world_ai_research_by_institution, research_institution_areas
    asked = [*unions(rows, method, quarter).values(), *leading_unions(rows, areas, method, quarter).values()]
    found = answers.distinct(choices.library(context), asked, quarter, context.log.info)
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
) -> dg.Output[pd.DataFrame]:
    """AI papers of each metro of the world, with the basis of the count and the institution that has most.

    A paper of several metros counts in each: metros do not add up to the world.
    """
    library = choices.library(context)
    counts = collect.counts_by_url(library, raw_openalex_distinct)
    entries = [*raw_openalex_works_by_institution, *raw_openalex_institutions, *raw_openalex_distinct]
    population = _population(_geographies(library, raw_research_geographies))
    rows, method = world_ai_research_by_institution, choices.research_method
    return table(roll_up(rows, method, quarter_of(context), counts, population, entries), MetroResearch)


def _geographies(library: Library, entries: Sequence[Entry]) -> list[Areas]:
    """The geographies that are at hand, in the order of preference."""
    by_url = {entry.url: entry for entry in entries}
    centres = [
        read_urban_centres(library, by_url[r.request.url], r) for r in RELEASES if r.request.url in by_url
    ]
    return centres + [
        read_boundaries(library, by_url[b.request.url], b) for b in BOUNDARIES if b.request.url in by_url
    ]


def _population(areas: Sequence[Areas]) -> pd.Series | None:
    """Residents by area id, of all geographies that tell them."""
    known = [each.shapes.set_index("area_id")["population"].dropna() for each in areas]
    return pd.concat(known) if known else None


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
    noise_ = rows["why_not"].str.contains("noise", na=False) | rows["evidence"].notna()
    shown = rows.loc[noise_, ["institution", "ai_works", "city", "why_not", "evidence"]]
    return result("no institution is left out as noise", shown.dropna(axis="columns", how="all"), WARN)


@asset_check(asset=world_ai_research_by_institution)
def corrections_still_hold(
    choices: Choices, world_ai_research_by_institution: pd.DataFrame
) -> dg.AssetCheckResult:
    """Each correction by hand is still needed; one whose guard fails has been mended at the source and can go."""
    rows = world_ai_research_by_institution
    applied = not isinstance(choices.research_method, ArticleMethod) and len(rows)
    mended = noise.mended_corrections(rows, noise.read_corrections()) if applied else pd.DataFrame()
    return result("each correction's expectation to hold", mended, WARN)


@asset_check(asset=world_ai_research_by_institution)
def metros_by_urban_centres(
    choices: Choices, world_ai_research_by_institution: pd.DataFrame
) -> dg.AssetCheckResult:
    """The standard method's metros are GHSL urban centres as polygons; anything less is said here."""
    rows = world_ai_research_by_institution
    wanted = {release.name for release in RELEASES}
    other = rows.loc[~rows["geography"].isin(wanted), ["geography"]].drop_duplicates()
    if isinstance(choices.research_method, ArticleMethod):
        other = other.iloc[:0]
    return result(f"metros of {' or '.join(sorted(wanted))}", other, WARN)


@asset_check(asset=research_institution_areas, additional_ins={"works": dg.AssetIn("openalex_ai_works")})
def places_brought_together(
    research_institution_areas: pd.DataFrame, works: pd.DataFrame
) -> dg.AssetCheckResult:
    """Whether each geography brings the Bay Area, Boston and Hong Kong together, or into which areas it parts them."""
    found = places_together(works, research_institution_areas, ArticleMethod().merges)
    return result("each place in one area", found[~found["together"]], WARN)


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


@asset_check(asset=world_ai_research_by_metro)
def distinct_within_bounds(world_ai_research_by_metro: pd.DataFrame) -> dg.AssetCheckResult:
    """A metro has at least the distinct works of its largest institution, and at most the sum over all."""
    wrong = counted_outside_bounds(world_ai_research_by_metro)
    return result(
        "distinct works between the largest institution's and the sum", wrong[["metro", "ai_works"]]
    )


@asset_check(asset=world_ai_research_by_metro)
def one_classification(world_ai_research_by_metro: pd.DataFrame) -> dg.AssetCheckResult:
    """All answers come from one side of the day on which OpenAlex assigned its topics anew."""
    rows = world_ai_research_by_metro
    mixed = rows.loc[
        rows["classification"] == CLASSIFIED_MIXED, ["classification", "retrieved_from", "retrieved_to"]
    ]
    return result("answers under one classification", mixed.drop_duplicates())


row_counts = [
    rows_like_last_quarter(openalex_ai_works),
    rows_like_last_quarter(world_ai_research_by_metro, most_change_pct=25),
]
