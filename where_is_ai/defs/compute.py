"""Data centres for AI by metro, from Epoch AI: assets and checks."""

from collections.abc import Sequence

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry, Request
from where_is_ai.defs.checks import result
from where_is_ai.defs.groups import quarterly, received_from
from where_is_ai.defs.outputs import described_by, kept, kept_as_far_as_there, left_out, table
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset, asset_check
from where_is_ai.geography.urban_centres import centres_at_hand
from where_is_ai.layers.compute.atlas import (
    IM3,
    data_centers_by_metro,
    outside_metros,
    read_atlas,
    vintages_known_in,
)
from where_is_ai.layers.compute.atlas_schema import AtlasFacilities, MetroDataCenters
from where_is_ai.layers.compute.metro import ALL, coverage, unlike_sites, usa_by_metro, world_by_metro
from where_is_ai.layers.compute.placing import SitePlaces
from where_is_ai.layers.compute.quarter import sites_at_end
from where_is_ai.layers.compute.schema import (
    ComputeCoverage,
    ComputeMilestones,
    ComputeSites,
    MetroCompute,
    SiteCompute,
    WorldCompute,
)
from where_is_ai.layers.compute.source import (
    EPOCH,
    SITES,
    TIMELINES,
    read_milestones,
    read_sites,
    sites_in_one_file,
)

COMMON = quarterly("compute")
WARN = dg.AssetCheckSeverity.WARN
MOST_ALONE_PCT = 5
MOST_OUTSIDE_PCT = 15


@asset(**COMMON, **received_from(EPOCH), kinds={"csv"})
def raw_epoch_data_centers(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """Epoch AI's list of data centres and their timelines, kept whole as they came and only used together.

    The files are rebuilt continuously: the day of retrieval is the vintage, and of those in the archive a
    quarter takes the last one of its time.
    """
    return kept(choices.library(context), [SITES, TIMELINES], quarter_of(context))


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(ComputeSites))
def compute_sites(
    context: dg.AssetExecutionContext, choices: Choices, raw_epoch_data_centers: list[Entry]
) -> dg.Output[pd.DataFrame]:
    """Every data centre listed, with address, owners and users as written.

    Columns come and go between vintages, so they are found by their headings.
    """
    library = choices.library(context)
    entries = _answers(raw_epoch_data_centers, SITES)
    return table([read_sites(library, entry) for entry in entries], ComputeSites)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(ComputeMilestones))
def compute_milestones(
    context: dg.AssetExecutionContext, choices: Choices, raw_epoch_data_centers: list[Entry]
) -> dg.Output[pd.DataFrame]:
    """Every dated milestone of their timelines, up to those projected for years to come.

    Each gives computing power and megawatts from its day on; an empty cell is unknown and never zero.
    """
    library = choices.library(context)
    entries = _answers(raw_epoch_data_centers, TIMELINES)
    return table([read_milestones(library, entry) for entry in entries], ComputeMilestones)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(SiteCompute))
def world_ai_compute_by_site(
    context: dg.AssetExecutionContext,
    raw_epoch_data_centers: list[Entry],
    compute_sites: pd.DataFrame,
    compute_milestones: pd.DataFrame,
    cbsa_counties: pd.DataFrame,
    cbsa_places: pd.DataFrame,
    zip_counties: pd.DataFrame,
    raw_urban_centres: list[Entry],
    choices: Choices,
) -> dg.Output[pd.DataFrame]:
    """Each data centre at the quarter's end by its last milestone, the pipeline apart, and where it is.

    All figures come from the timelines of one vintage: differences between vintages are sites that nobody
    had looked at before, not construction. What was dated after the vintage itself is marked as expected.
    """
    if not raw_epoch_data_centers:
        return left_out(SiteCompute, "No list of data centres is at hand.")
    retrieved = min(entry.retrieved.date() for entry in raw_epoch_data_centers)
    centres = centres_at_hand(choices.library(context), raw_urban_centres)
    places = SitePlaces(cbsa_counties, zip_counties, cbsa_places, centres[0] if centres else None)
    return table(
        sites_at_end(compute_sites, compute_milestones, places, quarter_of(context), retrieved), SiteCompute
    )


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(MetroCompute))
def usa_ai_compute_by_metro(
    world_ai_compute_by_site: pd.DataFrame, cbsa_places: pd.DataFrame
) -> dg.Output[pd.DataFrame]:
    """H100 equivalents, megawatts, pipeline, owners and users of the data centres in each metro of the USA.

    An address leads to its county, or by its town to the county, and the county to the metro. What lies
    outside metros or has no address is counted in the table of coverage.
    """
    return table(usa_by_metro(world_ai_compute_by_site, cbsa_places), MetroCompute)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(WorldCompute))
def world_ai_compute_by_metro(world_ai_compute_by_site: pd.DataFrame) -> dg.Output[pd.DataFrame]:
    """The same for the world: metros of the USA by CBSA, abroad the urban centre around the city of the address.

    Where no urban centres are at hand a city abroad is a metro by itself; the column of the geography says which.
    """
    return table(world_by_metro(world_ai_compute_by_site), WorldCompute)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(ComputeCoverage))
def world_ai_compute_coverage(world_ai_compute_by_site: pd.DataFrame) -> dg.Output[pd.DataFrame]:
    """All that is listed, and how much of it could be placed: in metros, outside them, or without an address."""
    return table(coverage(world_ai_compute_by_site), ComputeCoverage)


@asset(**COMMON, **received_from(IM3), kinds={"csv"})
def raw_im3_atlas(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """The IM3 atlas of all data centres of the USA, where it is to be had: fetched, archived or put there by hand.

    Its licence (ODbL 1.0) asks that what is made of it stays apart: only counts are published, in a table
    of their own.
    """
    quarter = quarter_of(context)
    requests = [vintage.request for vintage in vintages_known_in(quarter)]
    return kept_as_far_as_there(choices.library(context), requests, quarter)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(AtlasFacilities))
def atlas_facilities(
    context: dg.AssetExecutionContext, choices: Choices, raw_im3_atlas: list[Entry]
) -> dg.Output[pd.DataFrame]:
    """Every facility of the newest atlas at hand with its county; a building across a county line is listed under each.

    Ids lose the zeros that they are padded with, since their number differs between atlases. The table
    stays in the local data folder.
    """
    library = choices.library(context)
    return table([read_atlas(library, entry) for entry in raw_im3_atlas[:1]], AtlasFacilities)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(MetroDataCenters))
def usa_data_centers_by_metro(
    atlas_facilities: pd.DataFrame, cbsa_counties: pd.DataFrame, cbsa_places: pd.DataFrame
) -> dg.Output[pd.DataFrame]:
    """Data centres of every kind in each metro of the USA, and million square feet of their buildings.

    They are not those for AI: they show what else there is. Campuses overlap their buildings and are
    counted apart.
    """
    if atlas_facilities.empty:
        return left_out(MetroDataCenters, "The atlas of data centres is not at hand.")
    return table(data_centers_by_metro(atlas_facilities, cbsa_counties, cbsa_places), MetroDataCenters)


@asset_check(asset=atlas_facilities, additional_ins={"counties": dg.AssetIn("cbsa_counties")})
def atlas_lies_mostly_in_metros(
    atlas_facilities: pd.DataFrame, counties: pd.DataFrame
) -> dg.AssetCheckResult:
    """Nine tenths of the facilities lie in metros, as they always did; otherwise codes of counties do not match."""
    outside, rows = outside_metros(atlas_facilities, counties), len(atlas_facilities)
    few = len(outside) <= MOST_OUTSIDE_PCT / 100 * rows
    return result(
        f"at most {MOST_OUTSIDE_PCT} % of the facilities outside metros",
        outside.head(0) if few else outside,
        WARN,
        found=f"{len(outside):,} of {rows:,} outside metros",
    )


@asset_check(asset=usa_ai_compute_by_metro, additional_ins={"sites": dg.AssetIn("world_ai_compute_by_site")})
def metros_sum_to_their_sites(
    usa_ai_compute_by_metro: pd.DataFrame, sites: pd.DataFrame
) -> dg.AssetCheckResult:
    """The metros together have what the sites placed in a metro have: none is lost or counted twice."""
    wrong = unlike_sites(usa_ai_compute_by_metro, sites[sites["placed"] == "metro"])
    return result("the sums of the sites placed in metros", wrong)


@asset_check(
    asset=world_ai_compute_coverage, additional_ins={"sites": dg.AssetIn("world_ai_compute_by_site")}
)
def coverage_sums_to_all_sites(
    world_ai_compute_coverage: pd.DataFrame, sites: pd.DataFrame
) -> dg.AssetCheckResult:
    """What is in metros, outside them and without an address is together all that is listed."""
    parts = world_ai_compute_coverage[world_ai_compute_coverage["part"] != ALL]
    return result("the sums of all sites", unlike_sites(parts, sites))


@asset_check(asset=compute_milestones, additional_ins={"sites": dg.AssetIn("compute_sites")})
def list_and_timelines_name_the_same_sites(
    compute_milestones: pd.DataFrame, sites: pd.DataFrame
) -> dg.AssetCheckResult:
    """Sites have timelines and timelines sites, but for a few; more than that means files of different vintages."""
    alone = sites_in_one_file(sites, compute_milestones)
    few = len(alone) <= MOST_ALONE_PCT / 100 * len(sites)
    return result(
        f"at most {MOST_ALONE_PCT} % of the sites in one file alone",
        alone.head(0) if few else alone,
        WARN,
        found=f"{len(alone)} of {len(sites)}: {', '.join(alone['site']) or 'none'}",
    )


@asset_check(asset=usa_ai_compute_by_metro)
def metros_with_machines_have_points(usa_ai_compute_by_metro: pd.DataFrame) -> dg.AssetCheckResult:
    """Every metro with a data centre is on the map."""
    rows = usa_ai_compute_by_metro
    return result("a point for each metro", rows.loc[rows["lat"].isna(), ["area_code", "metro"]], WARN)


def _answers(entries: Sequence[Entry], request: Request) -> list[Entry]:
    return [entry for entry in entries if entry.url == request.url]
