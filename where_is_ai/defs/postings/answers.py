"""What the sources of postings answered: boards week by week, federal announcements, files of a feed."""

import dagster as dg

from where_is_ai import markdown
from where_is_ai.archive.entry import Entry
from where_is_ai.defs.groups import quarterly, received_from
from where_is_ai.defs.nothing import NONE_BECAUSE
from where_is_ai.defs.outputs import kept_entries
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset
from where_is_ai.errors import BadUpstream, NotArchived
from where_is_ai.layers.postings import bulk, linkup, snapshots, usajobs
from where_is_ai.layers.postings.boards import known_boards
from where_is_ai.layers.postings.sightings import Tally
from where_is_ai.layers.postings.systems import SYSTEMS

COMMON = quarterly("postings")


@asset(
    **COMMON,
    **received_from(*(system.source for system in SYSTEMS.values())),
    kinds={"json"},
    deps=[dg.AssetDep("job_board_snapshot", partition_mapping=dg.TimeWindowPartitionMapping())],
)
def raw_job_boards(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """All answers of the boards that were archived on the quarter's days: the union of its weekly snapshots.

    Greenhouse, Lever and Ashby boards of the companies listed. A quarter in which no snapshot was taken
    has none.
    """
    quarter = quarter_of(context)
    found = snapshots.answers_in(choices.library(context), known_boards(choices.settings.data), quarter)
    entries = [entry for answers in found.values() for entry in answers]
    why = f"No board was read in {quarter}: boards show only what is open, so a snapshot is taken each week."
    return _found(entries, why)


@asset(**COMMON, **received_from(usajobs.USAJOBS), kinds={"json"})
def raw_usajobs_announcements(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """The federal job announcements that were opened in the quarter.

    From the HistoricJoa service of USAJOBS, which needs no key; the pages are kept as they came.
    """
    return _federal(context, choices, 0)


@asset(**COMMON, **received_from(usajobs.USAJOBS), kinds={"json"})
def raw_usajobs_texts(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """The texts of these announcements.

    The classifier reads the duties and requirements in them. They are kept apart from the announcements
    as the service gives them.
    """
    return _federal(context, choices, 1)


@asset(**COMMON, **received_from(linkup.LINKUP), kinds={"csv"})
def raw_linkup_feed(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """LinkUp's daily files of the quarter that somebody with a licence dropped into the folder by_hand.

    LinkUp's feed is licensed, so it is never downloaded from here and its texts are never published.
    """
    quarter, library, tally = quarter_of(context), choices.library(context), Tally()
    if choices.settings.source == "live":
        linkup.adopt_dropped(choices.settings.by_hand, library.archive, quarter, tally)
    return _with_refusals(
        _found(linkup.kept_files(library, quarter), f"No LinkUp file of {quarter} is there."), tally
    )


@asset(**COMMON, **received_from(), kinds={"parquet", "csv"})
def raw_bulk_postings(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """Collections of postings in bulk, each a folder by_hand/bulk/NAME with a mapping and its files or their addresses.

    An open collection or an agency's dump, of any layout that a mapping can tell. The terms of each are part of its
    name, which goes with every output; its texts are never published.
    """
    quarter, library, tally = quarter_of(context), choices.library(context), Tally()
    if choices.settings.source == "live":
        bulk.adopt_dropped(choices.settings.by_hand / bulk.NAME, library.archive, tally)
    entries = bulk.kept_files(library, quarter, tally)
    return _with_refusals(_found(entries, "No collection of postings in bulk is there."), tally)


def _with_refusals(output: dg.Output[list[Entry]], tally: Tally) -> dg.Output[list[Entry]]:
    """``output`` with what of it was refused."""
    refused = tally.table()
    return output.with_metadata(
        {
            **output.metadata,
            "refused": dg.MetadataValue.md(markdown.table(refused)),
            "files_refused": len(refused),
        }
    )


def _found(entries: list[Entry], why_none: str) -> dg.Output[list[Entry]]:
    """``entries``, or none and why: one source of several that is missing does not leave the layer out."""
    return kept_entries(entries, why_none) if entries else dg.Output([], metadata={NONE_BECAUSE: why_none})


def _federal(context: dg.AssetExecutionContext, choices: Choices, kind: int) -> dg.Output[list[Entry]]:
    quarter = quarter_of(context)
    try:
        pages = list(usajobs.pages(choices.library(context), usajobs.first_pages(quarter)[kind], quarter))
    except (NotArchived, BadUpstream) as refusal:
        # All or nothing: half of a quarter's announcements would pass for a slump; boards are read all the same.
        context.log.warning(str(refusal))
        return _found([], str(refusal))
    return _found(pages, "")
