"""What changed in employment between BLS OEWS releases, and all of them as one series: assets and checks."""

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.defs.checks import fits_model, result
from where_is_ai.defs.groups import EMPLOYMENT, OWNERS
from where_is_ai.defs.outputs import columns_of, kept_as_far_as_there, left_out, table
from where_is_ai.defs.partitions import QUARTERS, quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset, asset_check
from where_is_ai.layers.employment import totals
from where_is_ai.layers.employment.change import areas_lost_or_doubled, change, of_the_year_before
from where_is_ai.layers.employment.releases import known_releases, release_known_in
from where_is_ai.layers.employment.schema import MetroChange, MetroSeries, OewsCells
from where_is_ai.layers.employment.series import series
from where_is_ai.layers.employment.source import read_metro_cells

COMMON = {"group_name": EMPLOYMENT, "partitions_def": QUARTERS, "owners": OWNERS}
WARN = dg.AssetCheckSeverity.WARN


@asset(**COMMON, kinds={"zip", "excel"})
def raw_oews_earlier(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """BLS's metropolitan zips of the releases before the quarter's own, as many as are to be had.

    Those that can't be had are named in the metadata; the comparison then starts later and says so.
    """
    quarter = quarter_of(context)
    earlier = [release for release in known_releases() if release < release_known_in(quarter)]
    requests = [release.metro_workbook for release in earlier]
    return kept_as_far_as_there(choices.library(context), requests, quarter)


@asset(**COMMON, kinds={"pandas"}, metadata=columns_of(OewsCells))
def oews_earlier_cells(
    context: dg.AssetExecutionContext, choices: Choices, raw_oews_earlier: list[Entry]
) -> dg.Output[pd.DataFrame]:
    """The cells of those releases, read as those of the quarter's own are.

    Layouts, occupations and areas differ between releases; columns are found by their names, and what
    breaks a comparison is left to the tables that compare.
    """
    library = choices.library(context)
    entries = {entry.url: entry for entry in raw_oews_earlier}
    at_hand = [release for release in known_releases() if release.metro_workbook.url in entries]
    frames = [read_metro_cells(library, entries[release.metro_workbook.url], release) for release in at_hand]
    return table(frames, OewsCells)


@asset(**COMMON, kinds={"pandas"}, metadata=columns_of(MetroChange))
def usa_ai_employment_yoy(
    oews_metro_cells: pd.DataFrame, oews_earlier_cells: pd.DataFrame
) -> dg.Output[pd.DataFrame]:
    """What changed in each metro since the release before, like for like, and why a metro is not comparable.

    Only the occupations that are published in both releases are compared; a change smaller than the
    survey's own error is marked as such. A suppressed cell never reads as a loss or a gain.
    """
    if oews_metro_cells.empty:
        return left_out(MetroChange, "No employment is measured in this quarter.")
    before = of_the_year_before(oews_earlier_cells, oews_metro_cells)
    if before.empty:
        return left_out(MetroChange, "The release of the year before is not at hand, so no change is known.")
    return table(change(before, oews_metro_cells), MetroChange)


@asset(**COMMON, kinds={"pandas"}, metadata=columns_of(MetroSeries))
def usa_ai_employment_series(
    oews_metro_cells: pd.DataFrame, oews_earlier_cells: pd.DataFrame
) -> dg.Output[pd.DataFrame]:
    """Every release at hand as one series, linked only where neither areas nor occupations break it.

    BLS itself warns against reading its estimates as a time series, so each break is named and nothing is
    joined across it.
    """
    cells = pd.concat([oews_earlier_cells, oews_metro_cells])
    releases = [rows for _, rows in cells.groupby("release", sort=True)]
    return table(series(releases), MetroSeries)


@asset_check(
    asset=usa_ai_employment_yoy,
    additional_ins={
        "after": dg.AssetIn("oews_metro_cells"),
        "earlier": dg.AssetIn("oews_earlier_cells"),
    },
)
def no_area_lost(
    usa_ai_employment_yoy: pd.DataFrame, after: pd.DataFrame, earlier: pd.DataFrame
) -> dg.AssetCheckResult:
    """Every area of either release is in the comparison once, comparable or with its reason."""
    wrong = areas_lost_or_doubled(usa_ai_employment_yoy, of_the_year_before(earlier, after), after)
    return result("each area of either release once", wrong)


@asset_check(
    asset="oews_national_cells",
    additional_ins={"cells": dg.AssetIn("oews_metro_cells")},
)
def metro_share_of_nation_as_usual(
    oews_national_cells: pd.DataFrame, cells: pd.DataFrame
) -> dg.AssetCheckResult:
    """Per occupation, the published metro cells have their usual share of the nation, or a dated exception says why."""
    least, most = totals.TOLERATED_SHARE_PCT
    shares = totals.metro_share_of_nation(cells, oews_national_cells)
    told = result(
        f"{least:g} to {most:g} % of the nation, or a dated exception",
        totals.shares_unexplained(shares),
        WARN,
    )
    return told._replace(
        metadata={**told.metadata, "shares": dg.MetadataValue.md(shares.to_markdown(index=False))}
    )


checks = [
    fits_model(oews_earlier_cells, OewsCells),
    fits_model(usa_ai_employment_yoy, MetroChange),
    fits_model(usa_ai_employment_series, MetroSeries),
    no_area_lost,
    metro_share_of_nation_as_usual,
]
