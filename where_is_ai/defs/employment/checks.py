"""Checks that hold a release against what is known of it: its areas, its totals, other releases and the nation."""

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.defs.checks import result
from where_is_ai.defs.employment import oews_metro_cells, oews_national_cells, usa_ai_employment_by_msa
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.steps import asset_check
from where_is_ai.layers.employment import rules, totals
from where_is_ai.layers.employment.releases import release_known_in

WARN = dg.AssetCheckSeverity.WARN


@asset_check(asset=oews_metro_cells)
def areas_have_totals(oews_metro_cells: pd.DataFrame) -> dg.AssetCheckResult:
    """Every area has its row of all jobs; one without has no AI workers per 1,000 jobs and no rank by them."""
    return result("a row 00-0000 for each area", rules.areas_without_total(oews_metro_cells), WARN)


@asset_check(asset=oews_metro_cells, additional_ins={"entries": dg.AssetIn("raw_oews_metro")})
def all_areas_of_the_release(
    context: dg.AssetCheckExecutionContext, oews_metro_cells: pd.DataFrame, entries: list[Entry]
) -> dg.AssetCheckResult:
    """The workbook is whole; an extract, all of whose areas list an AI occupation, can't be held to their number.

    A reconstructed file is held to the number of areas recorded with it when it is read.
    """
    known = release_known_in(quarter_of(context)).areas
    areas = oews_metro_cells["area_code"].nunique()
    received = [entry for entry in entries if not entry.reconstructed]
    other = pd.DataFrame({"areas": [areas], "areas_of_the_release": [known]})
    if not received or known is None or areas == known:
        other = other.head(0)
    kind = "an extract: " if rules.is_extract(oews_metro_cells) else ""
    found = f"{kind}{areas} of {known} areas" if len(other) else ""
    return result("the areas of the whole release", other, WARN, found)


@asset_check(
    asset=usa_ai_employment_by_msa,
    additional_ins={
        "cells": dg.AssetIn("oews_metro_cells"),
        "earlier": dg.AssetIn("oews_earlier_cells"),
    },
    blocking=True,
)
def release_repeats_no_other(
    usa_ai_employment_by_msa: pd.DataFrame,  # noqa: ARG001 (what the check is shown with)
    cells: pd.DataFrame,
    earlier: pd.DataFrame,
) -> dg.AssetCheckResult:
    """The release has figures of its own: a file of another year under its name stops what would be published."""
    return result("other figures than in the releases before", rules.repeated_releases(cells, earlier))


def without_nation(cells: pd.DataFrame) -> dg.AssetCheckResult:
    """A warning for each release of the metros' ``cells``, which nothing was compared with."""
    alone = cells[["release"]].drop_duplicates()
    return result(
        "a national file to compare with", alone, WARN, found="no national file" if len(alone) else ""
    )


@asset_check(asset=oews_national_cells, additional_ins={"cells": dg.AssetIn("oews_metro_cells")})
def metro_sums_within_nation(oews_national_cells: pd.DataFrame, cells: pd.DataFrame) -> dg.AssetCheckResult:
    """Per occupation, the published metro cells sum to no more than the nation has, rounding allowed for."""
    if oews_national_cells.empty:
        return without_nation(cells)
    shares = totals.metro_share_of_nation(cells, oews_national_cells)
    return result("metro sums at most the national figure", shares[shares["exceeds"]])


@asset_check(
    asset=oews_national_cells,
    additional_ins={"cells": dg.AssetIn("oews_metro_cells")},
)
def metro_share_of_nation_as_usual(
    oews_national_cells: pd.DataFrame, cells: pd.DataFrame
) -> dg.AssetCheckResult:
    """Per occupation, the published metro cells have their usual share of the nation, or a dated exception says why."""
    if oews_national_cells.empty:
        return without_nation(cells)
    least, most = totals.TOLERATED_SHARE_PCT
    shares = totals.metro_share_of_nation(cells, oews_national_cells)
    return result(
        f"{least:g} to {most:g} % of the nation, or a dated exception",
        totals.shares_unexplained(shares),
        WARN,
        shares=shares,
    )
