"""Private offerings of AI companies by metro, from the SEC's Form D: assets and checks."""

from collections.abc import Iterator

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.defs.checks import result, row_count_result
from where_is_ai.defs.groups import OWNERS, quarterly, received_from
from where_is_ai.defs.outputs import described_by, kept, kept_entries, left_out, not_needed, table, tables
from where_is_ai.defs.partitions import QUARTERS, quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset, asset_check, multi_asset
from where_is_ai.errors import Absent, NotArchived
from where_is_ai.layers.funding import source
from where_is_ai.layers.funding.awards import AWARDS, SBIR, read_awards
from where_is_ai.layers.funding.checks import dated_outside, not_adding_up, unlike_offerings
from where_is_ai.layers.funding.companies import unexpected_names
from where_is_ai.layers.funding.filings import read_filings
from where_is_ai.layers.funding.metro import ai_offerings, by_first_sale, by_metro, coverage
from where_is_ai.layers.funding.notes import source_of
from where_is_ai.layers.funding.schema import (
    AiAwards,
    AiOffering,
    ClassifiedFilings,
    FirstSaleFunding,
    FormDFilings,
    FundingCoverage,
    MetroFunding,
    UnreadLines,
)
from where_is_ai.layers.funding.tiers import classified

COMMON = quarterly("funding")
OUT = {"kinds": {"pandas"}, "group_name": COMMON["group_name"], "owners": OWNERS}
WARN = dg.AssetCheckSeverity.WARN
MOST_CHANGE_PCT = 30


@asset(**COMMON, **received_from(source.SEC), kinds={"html"})
def raw_formd_page(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """The SEC's page of Form D data sets, kept as received: its links say where each quarter's is.

    Names and folders of the data sets vary, and some were put there again under another name.
    """
    return kept(choices.library(context), [source.PAGE], quarter_of(context))


@asset(**COMMON, **received_from(source.SEC), kinds={"zip"})
def raw_formd_data_sets(
    context: dg.AssetExecutionContext, choices: Choices, raw_formd_page: list[Entry]
) -> dg.Output[list[Entry]]:
    """The quarter's Form D data set and those of two years before, in which amended filings are looked for.

    They hold tables of people, which are kept with the rest as received and never read.
    """
    library, quarter = choices.library(context), quarter_of(context)
    listed = {
        each: request for page in raw_formd_page for each, request in source.data_sets(library, page).items()
    }
    if quarter not in listed:
        return kept_entries([], f"The SEC's page lists no Form D data set of {quarter}.")
    own = kept(library, [listed[quarter]], quarter)
    if not own.value:
        return own
    entries, each = list(own.value), quarter
    for _ in range(source.EARLIER_DATA_SETS):
        each = each.previous
        if each in listed:
            try:
                entries.append(library.get(listed[each], quarter))
            except (NotArchived, Absent) as missing:
                context.log.info(f"{missing} Amendments of its filings can't be told from new sales.")
    return kept_entries(entries, "")


@asset(**COMMON, **received_from(SBIR), kinds={"csv"})
def raw_award_texts(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """The file of small-business research awards with abstracts, where somebody put it into the folder ``by_hand``.

    It is never downloaded: without it tier C is unknown, and all else is as it is.
    """
    library, put_there = choices.library(context), choices.settings.by_hand / AWARDS.url.rpartition("/")[2]
    if library.versions(AWARDS) or (choices.settings.source == "live" and put_there.is_file()):
        return kept(library, [AWARDS], quarter_of(context))
    return not_needed([], "No file of awards is at hand.")


@multi_asset(
    outs={
        "formd_filings": dg.AssetOut(
            **OUT,
            metadata=described_by(FormDFilings),
            description="Every Form D filing of the data sets at hand, of its primary issuer, with the terms of its "
            "offering. Columns are found by their headings. No table of people is opened, and no phone number is read.",
        ),
        "formd_unread_lines": dg.AssetOut(
            **OUT,
            metadata=described_by(UnreadLines),
            description="Lines of the data sets that can't be read, each with the reason: their filings are in no "
            "table, and counted in that of coverage. Where they are more than one in a hundred the run fails.",
        ),
    },
    partitions_def=QUARTERS,
)
def read_data_sets(
    context: dg.AssetExecutionContext, choices: Choices, raw_formd_data_sets: list[Entry]
) -> Iterator[dg.Output]:
    """Read the zips once, line by line."""
    filings, unread = read_filings(choices.library(context), raw_formd_data_sets)
    yield from tables(formd_filings=(filings, FormDFilings), formd_unread_lines=(unread, UnreadLines))


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(AiAwards))
def ai_awards(
    context: dg.AssetExecutionContext, choices: Choices, raw_award_texts: list[Entry]
) -> dg.Output[pd.DataFrame]:
    """The companies of research awards whose title or abstract says AI, by which tier C is told.

    Names are compared without case, punctuation and legal form; contacts and investigators are not read.
    """
    if not raw_award_texts:
        return not_needed(AiAwards.empty(), "No file of awards is at hand.")
    library = choices.library(context)
    return table([read_awards(library, entry) for entry in raw_award_texts], AiAwards)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(ClassifiedFilings))
def formd_classified_filings(
    raw_formd_data_sets: list[Entry],
    formd_filings: pd.DataFrame,
    raw_award_texts: list[Entry],
    ai_awards: pd.DataFrame,
    cbsa_counties: pd.DataFrame,
    zip_counties: pd.DataFrame,
) -> dg.Output[pd.DataFrame]:
    """What each filing came to: of a fund or an operating company, of which offering, in which tiers, and where.

    Towns where agents register companies are flagged and lead to no metro.
    """
    awards = ai_awards if raw_award_texts else None
    source = source_of(raw_formd_data_sets)
    return table(classified(formd_filings, awards, cbsa_counties, zip_counties, source), ClassifiedFilings)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(AiOffering))
def usa_ai_funding_by_offering(
    context: dg.AssetExecutionContext, formd_classified_filings: pd.DataFrame
) -> dg.Output[pd.DataFrame]:
    """AI companies' offerings that were filed on in the quarter, with what the quarter's filings added to each.

    An amendment says the amount sold since the beginning: only the increase counts, a decrease is a correction.
    """
    return table(ai_offerings(formd_classified_filings, quarter_of(context)), AiOffering)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(MetroFunding))
def usa_ai_funding_by_metro(
    context: dg.AssetExecutionContext, formd_classified_filings: pd.DataFrame, cbsa_places: pd.DataFrame
) -> dg.Output[pd.DataFrame]:
    """Filings, companies, amount sold and median of AI companies by metro, and their share of all that filed there.

    Each tier has columns of its own; those that begin with ai count an offering of any tier once.
    """
    rows = by_metro(formd_classified_filings, cbsa_places, quarter_of(context))
    if rows.empty and len(formd_classified_filings):
        return left_out(MetroFunding, "No filing of the quarter is of an AI company in a metro.")
    return table(rows, MetroFunding)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(FirstSaleFunding))
def usa_ai_funding_by_first_sale(
    context: dg.AssetExecutionContext, formd_classified_filings: pd.DataFrame, cbsa_places: pd.DataFrame
) -> dg.Output[pd.DataFrame]:
    """The same offerings by metro and quarter of their first sale, of this quarter and the three before.

    They are as filed up to this quarter, so that the latest quarters are not whole.
    """
    return table(by_first_sale(formd_classified_filings, cbsa_places, quarter_of(context)), FirstSaleFunding)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(FundingCoverage))
def usa_ai_funding_coverage(
    context: dg.AssetExecutionContext,
    formd_classified_filings: pd.DataFrame,
    formd_unread_lines: pd.DataFrame,
) -> dg.Output[pd.DataFrame]:
    """All that the quarter's data set holds: what was dropped and why, the tiers, and where AI companies are.

    Without a data set there is nothing to cover, and the layer is left out.
    """
    if formd_classified_filings.empty:
        return left_out(FundingCoverage, "No Form D data set of the quarter is at hand.")
    return table(coverage(formd_classified_filings, formd_unread_lines, quarter_of(context)), FundingCoverage)


@asset_check(asset="formd_filings")
def filings_are_dated_within_their_data_set(formd_filings: pd.DataFrame) -> dg.AssetCheckResult:
    """Each filing was made in the quarter of the data set that holds it, by which it is counted."""
    return result("days within the data set's quarter", dated_outside(formd_filings), WARN)


@asset_check(asset="formd_filings")
def listed_companies_go_by_their_names(formd_filings: pd.DataFrame) -> dg.AssetCheckResult:
    """A number on the reviewed list is of the company that it was listed for; otherwise it is not counted."""
    return result("the expected names", unexpected_names(formd_filings), WARN)


@asset_check(
    asset=usa_ai_funding_by_metro, additional_ins={"offerings": dg.AssetIn("usa_ai_funding_by_offering")}
)
def metros_sum_to_their_offerings(
    usa_ai_funding_by_metro: pd.DataFrame, offerings: pd.DataFrame
) -> dg.AssetCheckResult:
    """Each metro has the filings and the amount of the offerings placed in it: none is lost or counted twice."""
    return result("the sums of their offerings", unlike_offerings(usa_ai_funding_by_metro, offerings))


@asset_check(asset=usa_ai_funding_coverage)
def what_was_dropped_and_kept_is_all(usa_ai_funding_coverage: pd.DataFrame) -> dg.AssetCheckResult:
    """What was dropped and what was kept is all of the data set, and AI companies are in one place each."""
    rows = usa_ai_funding_coverage
    return result("sums of all filings", not_adding_up(rows) if len(rows) else rows)


@asset_check(asset=usa_ai_funding_by_metro)
def metros_with_funding_have_points(usa_ai_funding_by_metro: pd.DataFrame) -> dg.AssetCheckResult:
    """Every metro with an AI company that filed is on the map."""
    rows = usa_ai_funding_by_metro
    return result("a point for each metro", rows.loc[rows["lat"].isna(), ["area_code", "metro"]], WARN)


@asset_check(asset="formd_filings")
def filings_like_the_data_set_before(
    context: dg.AssetCheckExecutionContext, formd_filings: pd.DataFrame
) -> dg.AssetCheckResult:
    """The quarter's data set has about as many filings as the one before, where that is at hand."""
    quarter = quarter_of(context)
    sets = formd_filings["data_set"]
    before = formd_filings[sets == str(quarter.previous)]
    return row_count_result(int((sets == str(quarter)).sum()), before, str(quarter.previous), MOST_CHANGE_PCT)
