"""AI patents by metro of their inventors, from the patent office's PatentsView tables: assets and checks."""

from collections.abc import Callable, Iterator
from functools import partial

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.defs.checks import result
from where_is_ai.defs.groups import OWNERS, quarterly, received_from
from where_is_ai.defs.outputs import described_by, kept, kept_entries, left_out, table, tables
from where_is_ai.defs.partitions import QUARTERS, quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset, asset_check, multi_asset
from where_is_ai.geography.urban_centres import centres_at_hand
from where_is_ai.layers.patents.bulk_tables import TABLES, open_tables
from where_is_ai.layers.patents.metro import (
    basis_of,
    by_country,
    by_metro,
    coverage,
    joined,
    unlike_shares,
    world_by_metro,
)
from where_is_ai.layers.patents.schema import (
    AiPatents,
    CountryPatents,
    MetroPatents,
    PatentCoverage,
    PatentPlaces,
    PatentShares,
    WorldPatents,
)
from where_is_ai.layers.patents.source import (
    KEY,
    LISTING,
    REQUESTS,
    USPTO,
    entries_by_table,
    file_of,
    listed,
    read_ai_patents,
    read_places,
    read_shares,
)
from where_is_ai.tables import Table

COMMON = quarterly("patents")
MADE = {"ai_patents": AiPatents, "patent_shares": PatentShares, "patent_places": PatentPlaces}
OUT = {"kinds": {"pandas", "duckdb"}, "group_name": COMMON["group_name"], "owners": OWNERS}


@asset(**COMMON, **received_from(USPTO), kinds={"zip"})
def raw_patentsview_tables(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """PatentsView's bulk tables of patents, classes, inventors and places: fetched with a key, or put into ``by_hand``.

    They are given to holders of a free account only. Each release replaces all tables: a quarter takes the last of its
    time, and they are used together or not at all.
    """
    library, settings, quarter = choices.library(context), choices.settings, quarter_of(context)
    names = [file_of(table) for table in TABLES]
    by_hand = all((settings.by_hand / name).is_file() for name in names)
    if not by_hand and (KEY in settings.secrets if settings.source == "live" else library.versions(LISTING)):
        listing = kept(library, [LISTING], quarter).value
        return kept(library, [LISTING, *(each for one in listing for each in listed(library, one))], quarter)
    if by_hand or settings.source != "live":
        return kept(library, list(REQUESTS), quarter)
    archived = [library.versions(request)[-1] for request in REQUESTS if library.versions(request)]
    why = f"{KEY} is not set, and {', '.join(names)} are not all in {settings.by_hand}."
    return kept_entries(archived if len(archived) == len(names) else [], why)


@multi_asset(
    outs={
        "ai_patents": dg.AssetOut(
            **OUT,
            metadata=described_by(AiPatents),
            description="Utility patents granted in the quarter that are AI by their CPC classes: G06N in any "
            "position, as what is invented, or any class of the wider list, as the release at hand classifies them.",
        ),
        "patent_shares": dg.AssetOut(
            **OUT,
            metadata=described_by(PatentShares),
            description="Every utility patent of the quarter with the places where its inventors live, each inventor "
            "counting 1 / their number. No inventor is named, and the owner's address is not read.",
        ),
        "patent_places": dg.AssetOut(
            **OUT,
            metadata=described_by(PatentPlaces),
            description="The places of these inventors, by county through the delineation of metros, else by town and "
            "state. What is abroad or unknown is marked so.",
        ),
    },
    partitions_def=QUARTERS,
)
def patents_of_the_quarter(
    context: dg.AssetExecutionContext,
    choices: Choices,
    raw_patentsview_tables: list[Entry],
    cbsa_counties: pd.DataFrame,
    cbsa_places: pd.DataFrame,
    raw_urban_centres: list[Entry],
) -> Iterator[dg.Output]:
    """Read the quarter's patents out of the bulk tables, which are unpacked once."""
    if not raw_patentsview_tables:
        why = "No tables of patents are at hand."
        for name, model in MADE.items():
            empty = left_out(model, why)
            yield dg.Output(empty.value, name, metadata=empty.metadata)
        return
    quarter, library = quarter_of(context), choices.library(context)
    zips = {each: library.path(entry) for each, entry in entries_by_table(raw_patentsview_tables).items()}
    context.log.info("Unpacking the patent office's tables, which takes some minutes.")
    with open_tables(zips, choices.settings.data, context.log.info) as database:
        patents, shares = read_ai_patents(database, quarter), read_shares(database, quarter)
        context.log.info(
            f"{len(patents):,} AI patents of {shares['patent_id'].nunique():,} granted in {quarter}."
        )
        centres = next(iter(centres_at_hand(library, raw_urban_centres)), None)
        places = read_places(database, shares, cbsa_counties, cbsa_places, centres)
    yield from tables(
        ai_patents=(patents, AiPatents),
        patent_shares=(shares, PatentShares),
        patent_places=(places, PatentPlaces),
    )


def _counted(
    count: Callable[..., pd.DataFrame],
    context: dg.AssetExecutionContext,
    raw: list[Entry],
    inventors: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
    model: type[Table],
) -> dg.Output[pd.DataFrame]:
    """What ``count`` makes of the joined ``inventors``: AiPatents, PatentShares, PatentPlaces."""
    if not raw:
        return left_out(model, "No tables of patents are at hand.")
    return table(count(joined(*inventors), quarter=quarter_of(context), basis=basis_of(raw)), model)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(MetroPatents))
def usa_ai_patents_by_metro(
    context: dg.AssetExecutionContext,
    raw_patentsview_tables: list[Entry],
    ai_patents: pd.DataFrame,
    patent_shares: pd.DataFrame,
    patent_places: pd.DataFrame,
    cbsa_places: pd.DataFrame,
) -> dg.Output[pd.DataFrame]:
    """AI patents granted in the quarter by metro of their inventors, and their share of all patents there.

    Grants lag filing by two to three years. Addresses are homes, so that metros people commute from gain.
    """
    inventors = (ai_patents, patent_shares, patent_places)
    return _counted(
        partial(by_metro, places=cbsa_places), context, raw_patentsview_tables, inventors, MetroPatents
    )


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(WorldPatents))
def world_ai_patents_by_metro(
    context: dg.AssetExecutionContext,
    raw_patentsview_tables: list[Entry],
    ai_patents: pd.DataFrame,
    patent_shares: pd.DataFrame,
    patent_places: pd.DataFrame,
) -> dg.Output[pd.DataFrame]:
    """The same patents by metro of the world: CBSAs, abroad the urban centre around the city that inventors give.

    Only patents of the USA are counted, which inventors abroad seek less. Without urban centres at hand a city abroad
    is a metro by itself.
    """
    inventors = (ai_patents, patent_shares, patent_places)
    return _counted(world_by_metro, context, raw_patentsview_tables, inventors, WorldPatents)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(CountryPatents))
def world_ai_patents_by_country(
    context: dg.AssetExecutionContext,
    raw_patentsview_tables: list[Entry],
    ai_patents: pd.DataFrame,
    patent_shares: pd.DataFrame,
    patent_places: pd.DataFrame,
) -> dg.Output[pd.DataFrame]:
    """The same patents by country of their inventors, among patents of the USA alone.

    Inventors whose country is not given are in no country, and counted in the table of coverage.
    """
    inventors = (ai_patents, patent_shares, patent_places)
    return _counted(by_country, context, raw_patentsview_tables, inventors, CountryPatents)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(PatentCoverage))
def world_ai_patents_coverage(
    context: dg.AssetExecutionContext,
    raw_patentsview_tables: list[Entry],
    ai_patents: pd.DataFrame,
    patent_shares: pd.DataFrame,
    patent_places: pd.DataFrame,
) -> dg.Output[pd.DataFrame]:
    """All patents granted in the quarter, and how far the places of their inventors lead; nothing is dropped.

    Shares of inventors abroad and of those whose place is not given are parts of their own.
    """
    inventors = (ai_patents, patent_shares, patent_places)
    return _counted(coverage, context, raw_patentsview_tables, inventors, PatentCoverage)


@asset_check(
    asset=usa_ai_patents_by_metro,
    additional_ins={
        "patents": dg.AssetIn("ai_patents"),
        "shares": dg.AssetIn("patent_shares"),
        "places": dg.AssetIn("patent_places"),
    },
)
def metros_sum_to_their_inventors(
    usa_ai_patents_by_metro: pd.DataFrame, patents: pd.DataFrame, shares: pd.DataFrame, places: pd.DataFrame
) -> dg.AssetCheckResult:
    """The metros together have the shares of the inventors placed in a metro: none is lost or counted twice."""
    rows = joined(patents, shares, places)
    return result(
        "the sums of inventors' shares",
        unlike_shares(usa_ai_patents_by_metro, rows[rows["area_code"].notna()]),
    )


@asset_check(asset="patent_shares")
def each_patent_counts_once(patent_shares: pd.DataFrame) -> dg.AssetCheckResult:
    """The shares of a patent's inventors are together the whole patent."""
    sums = patent_shares.groupby("patent_id")["share"].sum()
    return result("shares that sum to 1", sums[(sums - 1).abs() > 1e-9].reset_index())
