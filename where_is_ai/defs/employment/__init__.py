"""AI workers by metro, from BLS OEWS: assets, checks, and the look for new files."""

from dataclasses import replace
from datetime import UTC, datetime

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.news import changed
from where_is_ai.defs.checks import result, rows_like_last_quarter
from where_is_ai.defs.groups import quarterly, received_from
from where_is_ai.defs.outputs import described_by, kept, kept_as_far_as_there, left_out, table
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset, asset_check, sensor
from where_is_ai.errors import Absent, WhereIsAIError
from where_is_ai.layers.employment import totals
from where_is_ai.layers.employment.change import areas_lost_or_doubled, change, of_the_year_before
from where_is_ai.layers.employment.change_nation import nation_change
from where_is_ai.layers.employment.metro import roll_up
from where_is_ai.layers.employment.releases import BLS, Release, known_releases, release_known_in
from where_is_ai.layers.employment.schema import MetroChange, MetroEmployment
from where_is_ai.layers.employment.schema_cells import OewsCells
from where_is_ai.layers.employment.schema_nation import NationChange
from where_is_ai.layers.employment.schema_series import MetroSeries
from where_is_ai.layers.employment.series import series
from where_is_ai.layers.employment.source import read_metro_cells, read_national_cells
from where_is_ai.layers.employment.suppression import USUAL_SUPPRESSED_PCT, suppressed_shares
from where_is_ai.occupations import ai_occupations
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings, read_settings

COMMON = quarterly("employment")
WARN = dg.AssetCheckSeverity.WARN
EVERY_S = 6 * 60 * 60


@asset(**COMMON, **received_from(BLS), kinds={"zip", "excel"})
def raw_oews_metro(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """BLS's zip of metropolitan employment and wages: the release that was out by the quarter's last day.

    A quarter thus shows what was knowable at its end, and three quarters of four use the same file. BLS
    posts files again silently at times: a new one is kept beside the old.
    """
    quarter = quarter_of(context)
    return kept(choices.library(context), [release_known_in(quarter).metro_workbook], quarter)


@asset(**COMMON, **received_from(BLS), kinds={"zip", "excel"})
def raw_oews_national(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """BLS's zip of national employment and wages of the same release, to hold the metros' sum against.

    The nation's figure of an occupation is what the published cells of all metros may not exceed. It feeds checks
    alone: where the file can't be had, `missing` says why, the checks warn, and the metros stand without it.
    """
    quarter = quarter_of(context)
    requests = [release_known_in(quarter).national_workbook]
    return kept_as_far_as_there(choices.library(context), requests, quarter)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(OewsCells))
def oews_metro_cells(
    context: dg.AssetExecutionContext, choices: Choices, raw_oews_metro: list[Entry]
) -> dg.Output[pd.DataFrame]:
    """Every total and computer-and-mathematical cell of the metro workbook: published or suppressed, and in which row.

    An occupation that an area has no row for is not listed: neither suppressed nor zero.
    """
    library, release = choices.library(context), release_known_in(quarter_of(context))
    return table([read_metro_cells(library, entry, release) for entry in raw_oews_metro], OewsCells)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(OewsCells))
def oews_national_cells(
    context: dg.AssetExecutionContext, choices: Choices, raw_oews_national: list[Entry]
) -> dg.Output[pd.DataFrame]:
    """The same occupations for the whole nation.

    Read the same way as the metro workbook, out of the national one; the checks hold the sum of the
    metros against these figures.
    """
    library, release = choices.library(context), release_known_in(quarter_of(context))
    return table([read_national_cells(library, entry, release) for entry in raw_oews_national], OewsCells)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(MetroEmployment))
def usa_ai_employment_by_msa(
    context: dg.AssetExecutionContext,
    choices: Choices,
    oews_metro_cells: pd.DataFrame,
    cbsa_places: pd.DataFrame,
) -> dg.Output[pd.DataFrame]:
    """AI workers of each metro, per 1,000 jobs, with bounds where a cell is suppressed or not listed, and ranks.

    AI workers are two occupations of the SOC, research scientists and data scientists, which misses
    engineers who do AI as part of their job. Neither a suppressed nor an unlisted cell counts as zero:
    such a metro's number is a lower bound and its coverage says so. A wider definition, which the run chooses,
    stands in columns of its own.
    """
    occupations = ai_occupations(release_known_in(quarter_of(context)).reference_month)
    metros = roll_up(oews_metro_cells, cbsa_places, occupations, choices.wide_definition.value)
    return table(metros, MetroEmployment)


@asset_check(asset=usa_ai_employment_by_msa, additional_ins={"cells": dg.AssetIn("oews_metro_cells")})
def metro_totals_match_source_rows(
    usa_ai_employment_by_msa: pd.DataFrame, cells: pd.DataFrame
) -> dg.AssetCheckResult:
    """Each metro's workers are the sum of its published source cells, and no metro is lost or doubled on the way."""
    wrong = totals.metros_unlike_their_cells(usa_ai_employment_by_msa, cells)
    return result("each area of the workbook once, with the sum of its published AI cells", wrong)


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
    return result(
        f"at most {USUAL_SUPPRESSED_PCT:g} % of the areas suppressed, per AI occupation",
        shares[shares["suppressed_pct"] > USUAL_SUPPRESSED_PCT],
        WARN,
        found=", ".join(f"{row.occ_code} {row.suppressed_pct:.1f} %" for row in shares.itertuples()),
        shares=shares,
    )


@asset(**COMMON, **received_from(BLS), kinds={"zip", "excel"})
def raw_oews_earlier(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """BLS's metropolitan zips of the releases before the quarter's own, as many as are to be had.

    Those that can't be had are named in the metadata; the comparison then starts later and says so.
    """
    quarter = quarter_of(context)
    earlier = [release for release in known_releases() if release < release_known_in(quarter)]
    requests = [release.metro_workbook for release in earlier]
    return kept_as_far_as_there(choices.library(context), requests, quarter)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(OewsCells))
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


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(MetroChange))
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


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(NationChange))
def usa_ai_employment_change_nation(usa_ai_employment_yoy: pd.DataFrame) -> dg.Output[pd.DataFrame]:
    """All comparable metros together: their change with its error, and how many rose and fell.

    A single metro's sample tells little; the sum of hundreds tells more. What the error assumes of
    covariances that BLS does not publish is named, and the result under the other assumptions stands beside.
    """
    if usa_ai_employment_yoy.empty:
        return left_out(NationChange, "No change between releases is known in this quarter.")
    return table(nation_change(usa_ai_employment_yoy), NationChange)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(MetroSeries))
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


row_counts = [rows_like_last_quarter(oews_metro_cells), rows_like_last_quarter(usa_ai_employment_by_msa)]


@sensor(job_name="employment", minimum_interval_seconds=EVERY_S)
def oews_file_is_new() -> dg.RunRequest | dg.SkipReason:
    """Asks BLS whether its metro workbook is new or was silently posted again, and then measures employment anew.

    It asks with the marks of the archived file and reads no body, so a look costs BLS next to nothing. The old
    file stays in the archive beside the new one.
    """
    settings = read_settings()
    if settings.source != "live":
        return dg.SkipReason(
            f"The source is {settings.source}: only live asks BLS. Set WHERE_IS_AI_SOURCE=live."
        )
    quarter = Quarter.last_ended(datetime.now(UTC).date())
    try:
        release = release_known_in(quarter)
        if mark := changed(release.metro_workbook, settings):
            return dg.RunRequest(
                run_key=f"{release.metro_workbook.url} {mark}",
                partition_key=quarter.partition_key,
                tags={"reason": f"{release} at BLS is not what was archived"},
            )
        return dg.SkipReason(f"{release} at BLS is what was archived. {_word_of_next(release, settings)}")
    except WhereIsAIError as error:
        return dg.SkipReason(str(error))


def _word_of_next(release: Release, settings: Settings) -> str:
    """Whether the release of the next year is out, which needs its day of publication to be used."""
    following = replace(release, reference_month=f"{int(release.reference_month[:4]) + 1}-05")
    try:
        changed(following.metro_workbook, settings)
    except Absent:
        return f"{following} is not out."
    return (
        f"{following} is out: add it with its day of publication to where_is_ai/layers/employment/releases.csv, "
        "so that it is used from that quarter on."
    )
