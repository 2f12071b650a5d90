"""Checks of the research layer: that nothing is lost or doubled on the way, and what is off is said."""

import dagster as dg
import pandas as pd

from where_is_ai.defs.checks import result, rows_like_last_quarter
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset_check
from where_is_ai.geography.urban_centres import RELEASES
from where_is_ai.layers.research import noise
from where_is_ai.layers.research.geographies import (
    places_together,
)
from where_is_ai.layers.research.methods import ArticleMethod
from where_is_ai.layers.research.metro import (
    CLASSIFIED_MIXED,
    counted_outside_bounds,
    institutions_lost_or_doubled,
)

WARN = dg.AssetCheckSeverity.WARN


@asset_check(asset="research_troubles")
def every_record_is_as_it_should_be(research_troubles: pd.DataFrame) -> dg.AssetCheckResult:
    """No record of OpenAlex's answers was off; one that is costs at most itself, and is listed."""
    return result("every record of OpenAlex's answers as it should be", research_troubles, WARN)


@asset_check(asset="world_ai_research_by_institution")
def institutions_have_points(world_ai_research_by_institution: pd.DataFrame) -> dg.AssetCheckResult:
    """An institution without coordinates is kept, counted and listed, but can't be plotted by itself."""
    rows = world_ai_research_by_institution
    unplaced = rows.loc[rows["lat"].isna(), ["institution_id", "institution", "ai_works", "metro"]]
    return result("coordinates for each institution", unplaced, WARN)


@asset_check(asset="world_ai_research_by_institution")
def suspect_institutions(world_ai_research_by_institution: pd.DataFrame) -> dg.AssetCheckResult:
    """Institutions that the method leaves out as noise, each with its reason, so that they can be argued with."""
    rows = world_ai_research_by_institution
    noise_ = rows["why_not"].str.contains("noise", na=False) | rows["evidence"].notna()
    shown = rows.loc[noise_, ["institution", "ai_works", "city", "why_not", "evidence"]]
    return result("no institution is left out as noise", shown.dropna(axis="columns", how="all"), WARN)


@asset_check(asset="world_ai_research_by_institution")
def corrections_still_hold(
    choices: Choices, world_ai_research_by_institution: pd.DataFrame
) -> dg.AssetCheckResult:
    """Each correction by hand is still needed; one whose guard fails has been mended at the source and can go."""
    rows = world_ai_research_by_institution
    applied = not isinstance(choices.research_method, ArticleMethod) and len(rows)
    mended = noise.mended_corrections(rows, noise.read_corrections()) if applied else pd.DataFrame()
    return result("each correction's expectation to hold", mended, WARN)


@asset_check(asset="world_ai_research_by_institution")
def metros_by_urban_centres(
    choices: Choices, world_ai_research_by_institution: pd.DataFrame
) -> dg.AssetCheckResult:
    """The standard method's metros are GHSL urban centres as polygons; anything less is said here.

    An institution outside every centre is in its own city, which is as it should be.
    """
    rows = world_ai_research_by_institution
    wanted = {release.name for release in RELEASES}
    other = rows.loc[~rows["geography"].isin(wanted), ["geography"]].drop_duplicates()
    if isinstance(choices.research_method, ArticleMethod) or rows["geography"].isin(wanted).any():
        other = other.iloc[:0]
    return result(f"metros of {' or '.join(sorted(wanted))}", other, WARN)


@asset_check(asset="research_institution_areas", additional_ins={"works": dg.AssetIn("openalex_ai_works")})
def places_brought_together(
    research_institution_areas: pd.DataFrame, works: pd.DataFrame
) -> dg.AssetCheckResult:
    """Whether each geography brings the Bay Area, Boston and Hong Kong together, or into which areas it parts them."""
    found = places_together(works, research_institution_areas, ArticleMethod().merges)
    return result("each place in one area", found[~found["together"]], WARN)


@asset_check(
    asset="world_ai_research_by_metro",
    additional_ins={"institutions": dg.AssetIn("world_ai_research_by_institution")},
)
def no_institution_lost(
    world_ai_research_by_metro: pd.DataFrame, institutions: pd.DataFrame
) -> dg.AssetCheckResult:
    """Each metro's institutions and works are those of the institutions that count towards it, none lost or doubled."""
    wrong = institutions_lost_or_doubled(world_ai_research_by_metro, institutions)
    return result("each included institution in one metro, with all its works", wrong)


@asset_check(asset="world_ai_research_by_metro")
def distinct_within_bounds(world_ai_research_by_metro: pd.DataFrame) -> dg.AssetCheckResult:
    """A metro has at least the distinct works of its largest institution, and at most the sum over all."""
    wrong = counted_outside_bounds(world_ai_research_by_metro)
    return result(
        "distinct works between the largest institution's and the sum", wrong[["metro", "ai_works"]]
    )


@asset_check(asset="world_ai_research_by_metro")
def counted_while_it_moved(world_ai_research_by_metro: pd.DataFrame) -> dg.AssetCheckResult:
    """OpenAlex's count of a metro agrees with those of its institutions; where it moved in between, by how much."""
    rows = world_ai_research_by_metro
    moved = rows[(rows["drift_works"] > 0).fillna(False) | (rows["drift_works_cited"] > 0).fillna(False)]
    shown = ["metro", "ai_works", "ai_works_low", "ai_works_high", "drift_works", "drift_works_cited"]
    return result("each metro's count in agreement with its institutions'", moved[shown], WARN)


@asset_check(asset="world_ai_research_by_metro")
def one_classification(world_ai_research_by_metro: pd.DataFrame) -> dg.AssetCheckResult:
    """All answers come from one side of the day on which OpenAlex assigned its topics anew."""
    rows = world_ai_research_by_metro
    mixed = rows.loc[
        rows["classification"] == CLASSIFIED_MIXED, ["classification", "retrieved_from", "retrieved_to"]
    ]
    return result("answers under one classification", mixed.drop_duplicates())


row_counts = [
    rows_like_last_quarter("openalex_ai_works"),
    rows_like_last_quarter("world_ai_research_by_metro", most_change_pct=25),
]
