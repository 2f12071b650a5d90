"""AI job postings by metro, from job boards, USAJOBS and a LinkUp feed: assets."""

from collections.abc import Iterator

import dagster as dg
import pandas as pd
import pyarrow.parquet as pq

from where_is_ai.archive.entry import Entry
from where_is_ai.classifier import NAMES, classifier
from where_is_ai.defs.groups import OWNERS, quarterly
from where_is_ai.defs.nothing import LEFT_OUT
from where_is_ai.defs.outputs import described_by, left_out, table, tables
from where_is_ai.defs.partitions import QUARTERS, quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset, multi_asset
from where_is_ai.geography.locations import Locator, read_locations
from where_is_ai.geography.schema import ReadLocations
from where_is_ai.geography.source import read_residents
from where_is_ai.layers.postings import growth, snapshots
from where_is_ai.layers.postings.boards import known_boards
from where_is_ai.layers.postings.counts import Judged, addresses, boards, count
from where_is_ai.layers.postings.implied_schema import ImpliedResidents
from where_is_ai.layers.postings.made_up import NOTE as MADE_UP
from where_is_ai.layers.postings.metro import Basis, Rule, nation, roll_up
from where_is_ai.layers.postings.published import implied_residents, published_pairs
from where_is_ai.layers.postings.quarter import Answers, write_postings
from where_is_ai.layers.postings.schema import (
    MetroPostings,
    NationPostings,
    Postings,
    PostingVerdicts,
    Posts,
    Troubles,
)
from where_is_ai.layers.postings.standing import standing
from where_is_ai.layers.postings.systems import SYSTEMS
from where_is_ai.layers.postings.verdicts import judged_by, write_verdicts
from where_is_ai.quarters import Quarter

COMMON = quarterly("postings")
SOURCE_NAMES = frozenset(system.source.name for system in SYSTEMS.values())


@multi_asset(
    outs={
        "postings": dg.AssetOut(
            dagster_type=dg.Nothing,
            kinds={"parquet", "duckdb"},
            group_name=COMMON["group_name"],
            owners=OWNERS,
            metadata=described_by(Postings),
            description="One row per opening of the quarter, whichever sources and weeks showed it, with its "
            "first and last sighting. One requisition posted for several cities is one opening. Texts stay here: they "
            "remain their employers' and are never published.",
        ),
        "posting_posts": dg.AssetOut(
            dagster_type=dg.Nothing,
            kinds={"parquet", "duckdb"},
            group_name=COMMON["group_name"],
            owners=OWNERS,
            metadata=described_by(Posts),
            description="One row per post of each opening, with its own place and days: a new city's post of an old "
            "opening is new there.",
        ),
        "posting_troubles": dg.AssetOut(
            kinds={"pandas"},
            group_name=COMMON["group_name"],
            owners=OWNERS,
            metadata=described_by(Troubles),
            description="What was wrong with what came in: boards, files and postings, counted and named. Nothing "
            "is dropped silently: what could not be read is here, with an example of each.",
        ),
    },
    partitions_def=QUARTERS,
)
def union_of_sightings(
    context: dg.AssetExecutionContext,
    choices: Choices,
    raw_job_boards: list[Entry],
    raw_usajobs_announcements: list[Entry],
    raw_usajobs_texts: list[Entry],
    raw_linkup_feed: list[Entry],
    raw_bulk_postings: list[Entry],
) -> Iterator[dg.Output]:
    """Unite what every source showed in the quarter; texts stream through files."""
    quarter = quarter_of(context)
    path, posts = (choices.shelf.path(name, quarter) for name in ("postings", "posting_posts"))
    of_boards = snapshots.by_board(raw_job_boards, known_boards(choices.settings.data))
    answers = Answers(
        of_boards, raw_usajobs_announcements, raw_usajobs_texts, raw_linkup_feed, raw_bulk_postings
    )
    if not answers.every:
        for name, file in (("postings", path), ("posting_posts", posts)):
            file.unlink(missing_ok=True)
            yield dg.Output(None, name, metadata={LEFT_OUT: f"No source has postings of {quarter}."})
        yield dg.Output(Troubles.empty(), "posting_troubles")
        return
    troubles = write_postings(choices.library(context), answers, quarter, path, posts)
    for name, file in (("postings", path), ("posting_posts", posts)):
        rows = pq.read_metadata(file).num_rows
        yield dg.Output(None, name, metadata={"dagster/row_count": rows, "answers": len(answers.every)})
    yield from tables(posting_troubles=(troubles, Troubles))


@asset(**COMMON, kinds={"pandas"}, deps=["postings", "posting_posts"], metadata=described_by(ReadLocations))
def posting_locations(
    context: dg.AssetExecutionContext, choices: Choices, cbsa_counties: pd.DataFrame
) -> dg.Output[pd.DataFrame]:
    """What each distinct location came to: its metros, or a clear word for why it is none.

    Employers write locations freely; what is ambiguous stays ambiguous rather than being guessed.
    """
    paths = [choices.shelf.path(name, quarter_of(context)) for name in ("postings", "posting_posts")]
    if not paths[0].exists() or cbsa_counties.empty:
        return left_out(ReadLocations, f"There are no postings of {quarter_of(context)} to locate.")
    return table(read_locations(addresses(*paths), Locator(cbsa_counties)), ReadLocations)


@asset(**COMMON, kinds={"parquet"}, deps=["postings"], metadata=described_by(PostingVerdicts))
def posting_verdicts(context: dg.AssetExecutionContext, choices: Choices) -> dg.MaterializeResult:
    """Whether each posting is an AI job, by the classifier that the settings choose.

    An AI job requires technical skills to build or to use AI models. The classifier's name goes along
    with every number that rests on it.
    """
    quarter, shelf = quarter_of(context), choices.shelf
    out = shelf.path("posting_verdicts", quarter)
    if not shelf.path("postings", quarter).exists():
        out.unlink(missing_ok=True)
        return dg.MaterializeResult(metadata={LEFT_OUT: f"There are no postings of {quarter} to judge."})
    chosen = classifier()
    rows = write_verdicts(shelf.path("postings", quarter), chosen, out)
    return dg.MaterializeResult(metadata={"dagster/row_count": rows, "classifier": chosen.label})


@multi_asset(
    outs={
        "usa_ai_postings_by_metro": dg.AssetOut(
            kinds={"pandas", "duckdb"},
            group_name=COMMON["group_name"],
            owners=OWNERS,
            metadata=described_by(MetroPostings),
            description="AI postings of each metro, their share, per 100,000 residents, growth and employers "
            "behind. The boards read are a sample of employers, not all of them; the number of "
            "employers says how thin it is.",
        ),
        "usa_ai_postings_nation": dg.AssetOut(
            kinds={"pandas", "duckdb"},
            group_name=COMMON["group_name"],
            owners=OWNERS,
            metadata=described_by(NationPostings),
            description="The nation's AI postings, each once, and what is known of where postings are. A posting "
            "for several metros counts once here, though in each of them in the table by metro.",
        ),
    },
    partitions_def=QUARTERS,
    deps=["postings", "posting_posts", posting_verdicts],
)
def measure_postings(
    context: dg.AssetExecutionContext,
    choices: Choices,
    raw_job_boards: list[Entry],
    raw_usajobs_announcements: list[Entry],
    raw_linkup_feed: list[Entry],
    raw_bulk_postings: list[Entry],
    posting_locations: pd.DataFrame,
    cbsa_places: pd.DataFrame,
    nation_residents: pd.DataFrame,
) -> Iterator[dg.Output]:
    """Count by metro and for the nation."""
    quarter, path = quarter_of(context), choices.shelf.path("postings", quarter_of(context))
    if not path.exists() or cbsa_places.empty:
        for name, model in (
            ("usa_ai_postings_by_metro", MetroPostings),
            ("usa_ai_postings_nation", NationPostings),
        ):
            empty = left_out(model, f"There are no postings of {quarter} to count.")
            yield dg.Output(empty.value, name, metadata=empty.metadata)
        return
    feeds = [*raw_usajobs_announcements, *raw_linkup_feed, *raw_bulk_postings]
    basis = _basis(choices, quarter, [*raw_job_boards, *feeds])
    counts = count(_judged(choices, quarter, posting_locations), basis.kind)
    reads = snapshots.last_reads(snapshots.by_board(raw_job_boards, known_boards(choices.settings.data)))
    held = standing(_judged(choices, quarter, posting_locations), reads, quarter, basis.classifier_name)
    metros = roll_up(
        counts,
        _growth(choices, quarter, basis, counts.metros["area_code"]),
        cbsa_places,
        basis,
        Rule.chosen(),
        held,
    )
    yield from tables(
        usa_ai_postings_by_metro=(metros, MetroPostings),
        usa_ai_postings_nation=(nation(counts, basis, nation_residents, held), NationPostings),
    )


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(ImpliedResidents))
def posting_implied_residents(
    context: dg.AssetExecutionContext, choices: Choices, raw_census_population: list[Entry]
) -> dg.Output[pd.DataFrame]:
    """The residents that published pairs of a count and a rate imply, and the estimate of the Census Bureau that fits.

    Others have published counts and rates of single metros; which population they divided by shows here.
    """
    library = choices.library(context)
    residents = [read_residents(library, entry) for entry in raw_census_population]
    return table([implied_residents(published_pairs(), each) for each in residents], ImpliedResidents)


def _basis(choices: Choices, quarter: Quarter, entries: list[Entry]) -> Basis:
    """What the counts rest on, from the raw answers and the verdicts at hand."""
    of_boards = [entry for entry in entries if entry.source in SOURCE_NAMES]
    weeks = snapshots.weeks_of(of_boards, quarter)
    label = judged_by(choices.shelf.path("posting_verdicts", quarter)) or classifier().label
    names = sorted({entry.source for entry in entries})
    return Basis(
        snapshots=len(weeks),
        kind=snapshots.basis_of(len(weeks), len(of_boards)),
        classifier=label,
        classifier_name=next(name for name in NAMES if label.startswith(name)),
        sources=MADE_UP if any(entry.note == MADE_UP for entry in entries) else "; ".join(names),
    )


def _growth(choices: Choices, quarter: Quarter, basis: Basis, areas: pd.Series) -> pd.DataFrame:
    """Growth against the quarter before, or why there is none."""
    shelf, before = choices.shelf, quarter.previous
    earlier = shelf.table("usa_ai_postings_nation", before)
    if earlier is None or earlier.empty:
        return growth.none(areas, f"no postings of {before} are at hand")
    for when, kind, weeks in ((quarter, basis.kind, basis.snapshots), (before, *_kind_and_weeks(earlier))):
        if kind == "stock":
            return growth.none(
                areas, f"a stock: {when} has {weeks} of {snapshots.SNAPSHOTS_OF_A_FLOW} snapshots"
            )
    if earlier["classifier"].iloc[0] != basis.classifier:
        return growth.none(areas, f"{before} was judged by another classifier")
    if earlier["sources"].iloc[0] != basis.sources and MADE_UP in (earlier["sources"].iloc[0], basis.sources):
        return growth.none(areas, "made-up postings are compared with nothing else")
    if not shelf.path("posting_posts", before).exists():
        return growth.none(areas, f"{before} was measured before posts had days of their own: run it again")
    both = sorted(set.intersection(*(_boards_read(choices, when) for when in (before, quarter))))
    counted = {
        when: count(_judged(choices, when, shelf.table("posting_locations", when)), basis.kind, both)
        for when in (before, quarter)
    }
    return growth.compare(counted[before], counted[quarter], basis.classifier_name)


def _judged(choices: Choices, quarter: Quarter, locations: pd.DataFrame) -> Judged:
    names = ("postings", "posting_posts", "posting_verdicts")
    return Judged(*(choices.shelf.path(name, quarter) for name in names), locations)


def _boards_read(choices: Choices, quarter: Quarter) -> set[str]:
    """Boards that answered in the quarter, whether they had postings or not, and feeds that had."""
    answered = snapshots.by_board(
        choices.shelf.entries("raw_job_boards", quarter), known_boards(choices.settings.data)
    )
    return {board.name for board in answered} | boards(choices.shelf.path("postings", quarter))


def _kind_and_weeks(nation_row: pd.DataFrame) -> tuple[str, int]:
    return nation_row["basis"].iloc[0], int(nation_row["snapshots"].iloc[0])
