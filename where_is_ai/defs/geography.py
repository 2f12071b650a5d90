"""Where metros are and how many people live there: assets and checks."""

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.defs.checks import rows_like_last_quarter
from where_is_ai.defs.groups import GEOGRAPHY, quarterly, received_from
from where_is_ai.defs.outputs import described_by, kept, kept_as_far_as_there, kept_first_there, table
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset
from where_is_ai.geography.delineation import DELINEATION, read_counties
from where_is_ai.geography.nation import national_population, read_nation
from where_is_ai.geography.schema import CbsaCounties, CbsaPlaces, NationResidents
from where_is_ai.geography.source import CENSUS, GAZETTEER, populations_known_in, read_places, vintage_of
from where_is_ai.geography.urban_centres import GHSL, RELEASES
from where_is_ai.geography.zips import ZIP_COUNTIES, ZipCounties, read_zip_counties

COMMON = quarterly(GEOGRAPHY)


@asset(**COMMON, **received_from(CENSUS), kinds={"zip"})
def raw_census_gazetteer(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """The Census Bureau's gazetteer of core based statistical areas: their codes, names and interior points.

    Kept whole as it came, with its address and hash; one vintage serves all quarters until it is
    replaced.
    """
    return kept(choices.library(context), [GAZETTEER], quarter_of(context))


@asset(**COMMON, **received_from(CENSUS), kinds={"csv"})
def raw_census_population(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """The Census Bureau's population estimates of core based statistical areas and their counties.

    Of the vintages that were out by the quarter's end it is the newest that can be had: each revises the years
    before, so that the tables name theirs. Kept whole as it came, in Latin-1 as the bureau publishes it. Rows of
    divisions and counties are in it too.
    """
    quarter = quarter_of(context)
    return kept_first_there(choices.library(context), populations_known_in(quarter), quarter)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(CbsaPlaces))
def cbsa_places(
    context: dg.AssetExecutionContext,
    choices: Choices,
    raw_census_gazetteer: list[Entry],
    raw_census_population: list[Entry],
) -> dg.Output[pd.DataFrame]:
    """Every metro and micro area (CBSA) of the USA with its point and its residents.

    Points are the gazetteer's interior points. A metro without an estimate, as in Puerto Rico, keeps an
    empty number of residents. Whatever is drawn on a US map or counted per resident is placed by this
    table.
    """
    library = choices.library(context)
    pairs = zip(raw_census_gazetteer, raw_census_population, strict=True)
    return table([read_places(library, *pair) for pair in pairs], CbsaPlaces)


@asset(**COMMON, **received_from(CENSUS), kinds={"csv"})
def raw_census_national_population(
    context: dg.AssetExecutionContext, choices: Choices, raw_census_population: list[Entry]
) -> dg.Output[list[Entry]]:
    """The Census Bureau's population estimates of the nation and its states, of the vintage of the metros'.

    Rates of metros and of the nation are compared, so that both must rest on the same estimates. Where that file
    can't be had the nation has no rate, and nothing else is lost.
    """
    requests = [national_population(vintage_of(entry)) for entry in raw_census_population]
    return kept_as_far_as_there(choices.library(context), requests, quarter_of(context))


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(NationResidents))
def nation_residents(
    context: dg.AssetExecutionContext, choices: Choices, raw_census_national_population: list[Entry]
) -> dg.Output[pd.DataFrame]:
    """Residents of the USA, without Puerto Rico, on 1 July of the vintage's year.

    A rate of the nation is per these; it stands beside those of metros, whose residents are of the same vintage.
    """
    library = choices.library(context)
    return table([read_nation(library, entry) for entry in raw_census_national_population], NationResidents)


@asset(**COMMON, **received_from(CENSUS, stands=True), kinds={"excel"})
def raw_census_delineation(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """The Census Bureau's list of the counties that make up each core based statistical area.

    Kept whole as it came. Counties are the bridge from a town's name in a job posting to its metro.
    """
    return kept(choices.library(context), [DELINEATION], quarter_of(context))


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(CbsaCounties))
def cbsa_counties(
    context: dg.AssetExecutionContext, choices: Choices, raw_census_delineation: list[Entry]
) -> dg.Output[pd.DataFrame]:
    """Every county that belongs to a metro or micro area, so that a place leads to its metro.

    Read from the delineation of July 2023, in which Connecticut is made of planning regions. Counties
    outside any area are not in it.
    """
    library = choices.library(context)
    return table([read_counties(library, entry) for entry in raw_census_delineation], CbsaCounties)


@asset(**COMMON, **received_from(CENSUS, stands=True), kinds={"csv"})
def raw_zip_counties(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """The Census Bureau's list of the counties that each ZIP code area of 2020 touches, with the land they share.

    It places what names no county or town that is known here. Without it more stays without a place.
    """
    return kept_as_far_as_there(choices.library(context), [ZIP_COUNTIES], quarter_of(context))


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(ZipCounties))
def zip_counties(
    context: dg.AssetExecutionContext, choices: Choices, raw_zip_counties: list[Entry]
) -> dg.Output[pd.DataFrame]:
    """Every ZIP code area with the counties that it touches, and so every county of the USA by its name.

    Codes that the post uses for single buildings are no areas and are not in it.
    """
    library = choices.library(context)
    return table([read_zip_counties(library, entry) for entry in raw_zip_counties], ZipCounties)


@asset(**COMMON, **received_from(GHSL, stands=True), kinds={"zip", "gpkg"})
def raw_urban_centres(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """GHSL's urban centres of the world, by which cities abroad become metros by one rule.

    Without them a city abroad is a metro by its own name.
    """
    return kept_as_far_as_there(
        choices.library(context), [each.request for each in RELEASES], quarter_of(context)
    )


row_counts = [rows_like_last_quarter(cbsa_places)]
