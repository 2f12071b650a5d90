"""AI workers by metro, from BLS OEWS: assets and checks."""

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.defs.checks import fits_model, result, rows_like_last_quarter
from where_is_ai.defs.groups import EMPLOYMENT, OWNERS
from where_is_ai.defs.outputs import columns_of, kept, table
from where_is_ai.defs.partitions import QUARTERS, quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset, asset_check
from where_is_ai.layers.employment import totals
from where_is_ai.layers.employment.metro import roll_up
from where_is_ai.layers.employment.releases import release_known_in
from where_is_ai.layers.employment.schema import MetroEmployment, OewsCells
from where_is_ai.layers.employment.source import read_metro_cells, read_national_cells
from where_is_ai.layers.employment.suppression import USUAL_SUPPRESSED_PCT, suppressed_shares
from where_is_ai.occupations import ai_occupations

COMMON = {"group_name": EMPLOYMENT, "partitions_def": QUARTERS, "owners": OWNERS}
WARN = dg.AssetCheckSeverity.WARN


@asset(**COMMON, kinds={"zip", "excel"})
def raw_oews_metro(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """BLS's zip of metropolitan employment and wages: the release that was out by the quarter's last day.

    A quarter thus shows what was knowable at its end, and three quarters of four use the same file. BLS
    posts files again silently at times: a new one is kept beside the old.
    """
    quarter = quarter_of(context)
    return kept(choices.library(context), [release_known_in(quarter).metro_workbook], quarter)


@asset(**COMMON, kinds={"zip", "excel"})
def raw_oews_national(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """BLS's zip of national employment and wages of the same release, to hold the metros' sum against.

    The nation's figure of an occupation is what the published cells of all metros may not exceed.
    """
    quarter = quarter_of(context)
    return kept(choices.library(context), [release_known_in(quarter).national_workbook], quarter)


@asset(**COMMON, kinds={"pandas"}, metadata=columns_of(OewsCells))
def oews_metro_cells(
    context: dg.AssetExecutionContext, choices: Choices, raw_oews_metro: list[Entry]
) -> dg.Output[pd.DataFrame]:
    """Every total and computer-and-mathematical cell of the metro workbook: published or suppressed, and in which row.

    An occupation that an area has no row for is not listed: neither suppressed nor zero.
    """
    library, release = choices.library(context), release_known_in(quarter_of(context))
    return table([read_metro_cells(library, entry, release) for entry in raw_oews_metro], OewsCells)


@asset(**COMMON, kinds={"pandas"}, metadata=columns_of(OewsCells))
def oews_national_cells(
    context: dg.AssetExecutionContext, choices: Choices, raw_oews_national: list[Entry]
) -> dg.Output[pd.DataFrame]:
    """The same occupations for the whole nation.

    Read the same way as the metro workbook, out of the national one; the checks hold the sum of the
    metros against these figures.
    """
    library, release = choices.library(context), release_known_in(quarter_of(context))
    return table([read_national_cells(library, entry, release) for entry in raw_oews_national], OewsCells)


@asset(**COMMON, kinds={"pandas"}, metadata=columns_of(MetroEmployment))
def usa_ai_employment_by_msa(
    context: dg.AssetExecutionContext, oews_metro_cells: pd.DataFrame, cbsa_places: pd.DataFrame
) -> dg.Output[pd.DataFrame]:
    """AI workers of each metro, per 1,000 jobs, with bounds where a cell is suppressed or not listed, and ranks.

    AI workers are two occupations of the SOC, research scientists and data scientists, which misses
    engineers who do AI as part of their job. Neither a suppressed nor an unlisted cell counts as zero:
    such a metro's number is a lower bound and its coverage says so.
    """
    occupations = ai_occupations(release_known_in(quarter_of(context)).reference_month)
    return table(roll_up(oews_metro_cells, cbsa_places, occupations), MetroEmployment)


@asset_check(asset=usa_ai_employment_by_msa, additional_ins={"cells": dg.AssetIn("oews_metro_cells")})
def metro_totals_match_source_rows(
    usa_ai_employment_by_msa: pd.DataFrame, cells: pd.DataFrame
) -> dg.AssetCheckResult:
    """Each metro's workers are the sum of its published source cells, and no metro is lost or doubled on the way."""
    wrong = totals.metros_unlike_their_cells(usa_ai_employment_by_msa, cells)
    return result("each area of the workbook once, with the sum of its published AI cells", wrong)


@asset_check(asset=oews_national_cells, additional_ins={"cells": dg.AssetIn("oews_metro_cells")})
def metro_sums_within_nation(oews_national_cells: pd.DataFrame, cells: pd.DataFrame) -> dg.AssetCheckResult:
    """Per occupation, the published metro cells sum to no more than the nation has, rounding allowed for."""
    shares = totals.metro_share_of_nation(cells, oews_national_cells)
    return result("metro sums at most the national figure", shares[shares["exceeds"]])


@asset_check(asset=usa_ai_employment_by_msa)
def metros_have_points(usa_ai_employment_by_msa: pd.DataFrame) -> dg.AssetCheckResult:
    """Every metro with AI workers is on the map; those that are not are counted and listed here."""
    counted = usa_ai_employment_by_msa.dropna(subset="ai_workers")
    unplaced = counted.loc[counted["lat"].isna(), ["area_code", "metro", "ai_workers"]]
    return result("a point for each metro with AI workers", unplaced, WARN)


@asset_check(asset=oews_metro_cells)
def suppressed_share_as_usual(oews_metro_cells: pd.DataFrame) -> dg.AssetCheckResult:
    """Of the areas that list an AI occupation, no more are suppressed than in the releases so far."""
    shares = suppressed_shares(oews_metro_cells)
    told = result(
        f"at most {USUAL_SUPPRESSED_PCT:g} % of the areas suppressed, per AI occupation",
        shares[shares["suppressed_pct"] > USUAL_SUPPRESSED_PCT],
        WARN,
        found=", ".join(f"{row.occ_code} {row.suppressed_pct:.1f} %" for row in shares.itertuples()),
    )
    return told._replace(
        metadata={**told.metadata, "shares": dg.MetadataValue.md(shares.to_markdown(index=False))}
    )


checks = [
    fits_model(oews_metro_cells, OewsCells),
    fits_model(oews_national_cells, OewsCells),
    fits_model(usa_ai_employment_by_msa, MetroEmployment),
    metro_totals_match_source_rows,
    metro_sums_within_nation,
    metros_have_points,
    suppressed_share_as_usual,
    rows_like_last_quarter(oews_metro_cells),
    rows_like_last_quarter(usa_ai_employment_by_msa),
]
