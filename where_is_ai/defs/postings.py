"""AI job postings by metro, from job boards, USAJOBS and a LinkUp feed: assets and checks."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.defs.checks import fits_model, result
from where_is_ai.defs.groups import OWNERS, POSTINGS, PUBLICATION
from where_is_ai.defs.outputs import columns_of, kept_entries, left_out, table
from where_is_ai.defs.partitions import QUARTERS, quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset, asset_check, multi_asset, schedule
from where_is_ai.errors import BadUpstream, NotArchived, UsageError
from where_is_ai.files import write_text
from where_is_ai.geography.locations import Locator, read_locations
from where_is_ai.geography.schema import ReadLocations
from where_is_ai.geography.source import read_residents
from where_is_ai.postings import growth, linkup, snapshots, usajobs
from where_is_ai.postings.boards import known_boards
from where_is_ai.postings.classifier import NAMES, classifier
from where_is_ai.postings.counts import addresses, boards, count
from where_is_ai.postings.made_up import NOTE as MADE_UP
from where_is_ai.postings.metro import Basis, Rule, nation, roll_up
from where_is_ai.postings.published import fits, published_pairs
from where_is_ai.postings.quarter import Answers, misfits, write_postings
from where_is_ai.postings.schema import MetroPostings, NationPostings, Postings, PostingVerdicts, Troubles
from where_is_ai.postings.sightings import Tally
from where_is_ai.postings.verdicts import write_verdicts
from where_is_ai.publication import findings_postings
from where_is_ai.quarters import Quarter
from where_is_ai.settings import read_settings

COMMON = {"group_name": POSTINGS, "partitions_def": QUARTERS, "owners": OWNERS}
WARN = dg.AssetCheckSeverity.WARN
# The key of a week is its Monday; the week under way is there too, since boards answer only for today.
WEEKS = dg.WeeklyPartitionsDefinition(start_date="2024-01-01", day_offset=1, end_offset=1)
MOST_FAILED_PCT = 20
MOST_UNREAD_PCT = 10
SOURCE_NAMES = {"greenhouse": "Greenhouse", "lever": "Lever", "ashby": "Ashby"}


@asset(
    group_name=POSTINGS,
    owners=OWNERS,
    partitions_def=WEEKS,
    kinds={"json"},
    check_specs=[
        dg.AssetCheckSpec(
            "boards_answer", asset="job_board_snapshot", description="Boards answered; who did not, why."
        )
    ],
)
def job_board_snapshot(context: dg.AssetExecutionContext, choices: Choices) -> dg.MaterializeResult:
    """What each board shows this week. Boards show only what is open today, so no week can be fetched later.

    A week that was not taken stays a gap, and a quarter is the union of its weeks.
    """
    library, listed = choices.library(context), known_boards(choices.settings.data)
    monday, today = date.fromisoformat(context.partition_key), datetime.now(UTC).date()
    if choices.settings.source != "live":
        snapshot = snapshots.archived_snapshot(library, listed, monday)
    elif monday == snapshots.week_of(today):
        snapshot = snapshots.take_snapshot(library, listed, Quarter.of(today))
    else:
        raise UsageError(
            f"The week of {monday} is over: boards show only what is open today.", "Choose this week."
        )
    failed = pd.DataFrame(
        [(board.name, board.company, why) for board, why in snapshot.failures.items()],
        columns=["board", "company", "why"],
    )
    severity = WARN if len(failed) * 100 <= MOST_FAILED_PCT * len(listed) else dg.AssetCheckSeverity.ERROR
    entries = list(snapshot.entries.values())
    return dg.MaterializeResult(
        metadata={
            "boards": len(listed),
            "answers": len(entries),
            "failed": len(failed),
            "dagster/size_bytes": sum(entry.bytes for entry in entries),
        },
        check_results=[
            result(f"an answer from each of {len(listed)} boards", failed, severity)._replace(
                check_name="boards_answer"
            )
        ],
    )


@asset(
    **COMMON,
    kinds={"json"},
    deps=[dg.AssetDep(job_board_snapshot, partition_mapping=dg.TimeWindowPartitionMapping())],
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


@asset(**COMMON, kinds={"json"})
def raw_usajobs_announcements(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """The federal job announcements that were opened in the quarter.

    From the HistoricJoa service of USAJOBS, which needs no key; the pages are kept as they came.
    """
    return _federal(context, choices, 0)


@asset(**COMMON, kinds={"json"})
def raw_usajobs_texts(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """The texts of these announcements.

    The classifier reads the duties and requirements in them. They are kept apart from the announcements
    as the service gives them.
    """
    return _federal(context, choices, 1)


@asset(**COMMON, kinds={"csv"})
def raw_linkup_feed(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """LinkUp's daily files of the quarter that somebody with a licence dropped into the folder by_hand.

    LinkUp's feed is licensed, so it is never downloaded from here and its texts are never published.
    """
    quarter, library, tally = quarter_of(context), choices.library(context), Tally()
    if choices.settings.source == "live":
        linkup.adopt_dropped(choices.settings.by_hand, library.archive, quarter, tally)
    output = _found(linkup.kept_files(library, quarter), f"No LinkUp file of {quarter} is there.")
    refused = tally.table()
    return output.with_metadata(
        {
            **output.metadata,
            "refused": dg.MetadataValue.md(refused.to_markdown(index=False)),
            "files_refused": len(refused),
        }
    )


@multi_asset(
    outs={
        "postings": dg.AssetOut(
            dagster_type=dg.Nothing,
            kinds={"parquet", "duckdb"},
            group_name=POSTINGS,
            owners=OWNERS,
            metadata=columns_of(Postings),
            description="One row per posting of the quarter, whichever sources and weeks showed it, with its "
            "first and last sighting. Texts stay here: they remain their employers' and are never "
            "published.",
        ),
        "posting_troubles": dg.AssetOut(
            kinds={"pandas"},
            group_name=POSTINGS,
            owners=OWNERS,
            metadata=columns_of(Troubles),
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
) -> Iterator[dg.Output]:
    """Unite what every source showed in the quarter; texts stream through files."""
    quarter, path = quarter_of(context), choices.shelf.path("postings", quarter_of(context))
    of_boards = snapshots.by_board(raw_job_boards, known_boards(choices.settings.data))
    answers = Answers(of_boards, raw_usajobs_announcements, raw_usajobs_texts, raw_linkup_feed)
    if not answers.every:
        path.unlink(missing_ok=True)
        yield dg.Output(None, "postings", metadata={"left_out": f"No source has postings of {quarter}."})
        yield dg.Output(Troubles.empty(), "posting_troubles")
        return
    troubles = write_postings(choices.library(context), answers, quarter, path)
    rows = len(pd.read_parquet(path, columns=["posting_id"]))
    yield dg.Output(None, "postings", metadata={"dagster/row_count": rows, "answers": len(answers.every)})
    made = table(troubles, Troubles)
    yield dg.Output(made.value, "posting_troubles", metadata=made.metadata, data_version=made.data_version)


@asset(**COMMON, kinds={"pandas"}, deps=["postings"], metadata=columns_of(ReadLocations))
def posting_locations(
    context: dg.AssetExecutionContext, choices: Choices, cbsa_counties: pd.DataFrame
) -> dg.Output[pd.DataFrame]:
    """What each distinct location came to: its metros, or a clear word for why it is none.

    Employers write locations freely; what is ambiguous stays ambiguous rather than being guessed.
    """
    path = choices.shelf.path("postings", quarter_of(context))
    if not path.exists() or cbsa_counties.empty:
        return left_out(ReadLocations, f"There are no postings of {quarter_of(context)} to locate.")
    return table(read_locations(addresses(path), Locator(cbsa_counties)), ReadLocations)


@asset(**COMMON, kinds={"parquet"}, deps=["postings"], metadata=columns_of(PostingVerdicts))
def posting_verdicts(context: dg.AssetExecutionContext, choices: Choices) -> dg.MaterializeResult:
    """Whether each posting is an AI job, by the classifier that the settings choose.

    An AI job requires technical skills to build or to use AI models. The classifier's name goes along
    with every number that rests on it.
    """
    quarter, shelf = quarter_of(context), choices.shelf
    out = shelf.path("posting_verdicts", quarter)
    if not shelf.path("postings", quarter).exists():
        out.unlink(missing_ok=True)
        return dg.MaterializeResult(metadata={"left_out": f"There are no postings of {quarter} to judge."})
    chosen = classifier()
    rows = write_verdicts(shelf.path("postings", quarter), chosen, out)
    return dg.MaterializeResult(metadata={"dagster/row_count": rows, "classifier": chosen.label})


@multi_asset(
    outs={
        "usa_ai_postings_by_metro": dg.AssetOut(
            kinds={"pandas", "duckdb"},
            group_name=POSTINGS,
            owners=OWNERS,
            metadata=columns_of(MetroPostings),
            description="AI postings of each metro, their share, per 100,000 residents, growth and employers "
            "behind. The boards read are a sample of employers, not all of them; the number of "
            "employers says how thin it is.",
        ),
        "usa_ai_postings_nation": dg.AssetOut(
            kinds={"pandas", "duckdb"},
            group_name=POSTINGS,
            owners=OWNERS,
            metadata=columns_of(NationPostings),
            description="The nation's AI postings, each once, and what is known of where postings are. A posting "
            "for several metros counts once here, though in each of them in the table by metro.",
        ),
    },
    partitions_def=QUARTERS,
    deps=["postings", posting_verdicts],
)
def measure_postings(
    context: dg.AssetExecutionContext,
    choices: Choices,
    raw_job_boards: list[Entry],
    raw_usajobs_announcements: list[Entry],
    raw_linkup_feed: list[Entry],
    posting_locations: pd.DataFrame,
    cbsa_places: pd.DataFrame,
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
    basis = _basis(choices, quarter, [*raw_job_boards, *raw_usajobs_announcements, *raw_linkup_feed])
    counts = count(path, choices.shelf.path("posting_verdicts", quarter), posting_locations, basis.kind)
    metros = roll_up(
        counts,
        _growth(choices, quarter, basis, counts.metros["area_code"]),
        cbsa_places,
        basis,
        Rule.chosen(),
    )
    for name, rows, model in (
        ("usa_ai_postings_by_metro", metros, MetroPostings),
        ("usa_ai_postings_nation", nation(counts, basis), NationPostings),
    ):
        made = table(rows, model)
        yield dg.Output(made.value, name, metadata=made.metadata, data_version=made.data_version)


def _found(entries: list[Entry], why_none: str) -> dg.Output[list[Entry]]:
    """``entries``, or none and why: one source of several that is missing does not leave the layer out."""
    return kept_entries(entries, why_none) if entries else dg.Output([], metadata={"none_because": why_none})


def _federal(context: dg.AssetExecutionContext, choices: Choices, kind: int) -> dg.Output[list[Entry]]:
    quarter = quarter_of(context)
    try:
        pages = list(usajobs.pages(choices.library(context), usajobs.first_pages(quarter)[kind], quarter))
    except (NotArchived, BadUpstream) as refusal:
        # All or nothing: half of a quarter's announcements would pass for a slump; boards are read all the same.
        context.log.warning(str(refusal))
        return _found([], str(refusal))
    return _found(pages, "")


def _basis(choices: Choices, quarter: Quarter, entries: list[Entry]) -> Basis:
    """What the counts rest on, from the raw answers and the verdicts at hand."""
    of_boards = [entry for entry in entries if entry.source.startswith(tuple(SOURCE_NAMES.values()))]
    weeks = snapshots.weeks_of(of_boards)
    label = pd.read_parquet(choices.shelf.path("posting_verdicts", quarter), columns=["classifier"])[
        "classifier"
    ]
    label = label.iloc[0] if len(label) else classifier().label
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
    paths = {when: shelf.path("postings", when) for when in (before, quarter)}
    both = sorted(set.intersection(*(_boards_read(choices, when) for when in paths)))
    counted = {
        when: count(
            path,
            shelf.path("posting_verdicts", when),
            shelf.table("posting_locations", when),
            basis.kind,
            both,
        )
        for when, path in paths.items()
    }
    return growth.compare(counted[before], counted[quarter])


def _boards_read(choices: Choices, quarter: Quarter) -> set[str]:
    """Boards that answered in the quarter, whether they had postings or not, and feeds that had."""
    answered = snapshots.by_board(
        choices.shelf.entries("raw_job_boards", quarter), known_boards(choices.settings.data)
    )
    return {board.name for board in answered} | boards(choices.shelf.path("postings", quarter))


def _kind_and_weeks(nation_row: pd.DataFrame) -> tuple[str, int]:
    return nation_row["basis"].iloc[0], int(nation_row["snapshots"].iloc[0])


@asset_check(asset="postings", blocking=True, name="fits_its_model")
def postings_fit_their_model(context: dg.AssetCheckExecutionContext, choices: Choices) -> dg.AssetCheckResult:
    """Every posting is as Postings says, checked some rows at a time; nothing downstream runs otherwise."""
    path = choices.shelf.path("postings", quarter_of(context))
    return result("all postings fit Postings", misfits(path) if path.exists() else pd.DataFrame())


@asset_check(asset=posting_verdicts)
def each_posting_is_judged(context: dg.AssetCheckExecutionContext, choices: Choices) -> dg.AssetCheckResult:
    """There is one verdict per posting, and none without a posting."""
    paths = [choices.shelf.path(name, quarter_of(context)) for name in ("postings", "posting_verdicts")]
    if not all(path.exists() for path in paths):
        return result("one verdict per posting", pd.DataFrame())
    ids = [set(pd.read_parquet(path, columns=["posting_id"])["posting_id"]) for path in paths]
    return result("one verdict per posting", pd.DataFrame({"posting_id": sorted(ids[0] ^ ids[1])}))


@asset_check(
    asset="usa_ai_postings_nation",
    additional_ins={"locations": dg.AssetIn("posting_locations")},
)
def no_posting_is_lost(
    context: dg.AssetCheckExecutionContext,
    choices: Choices,
    usa_ai_postings_nation: pd.DataFrame,
    locations: pd.DataFrame,
) -> dg.AssetCheckResult:
    """Each posting that counts is in exactly one group by what its location came to."""
    path = choices.shelf.path("postings", quarter_of(context))
    if usa_ai_postings_nation.empty:
        return result("each posting in one group", pd.DataFrame())
    row = usa_ai_postings_nation.iloc[0]
    is_new = pd.read_parquet(path, columns=["is_new"])["is_new"].astype("boolean")
    wanted = len(is_new) if row["basis"] == "stock" else int(is_new.sum())
    found = int(row[list(PLACE_GROUPS)].sum())
    wrong = pd.DataFrame([{"postings": wanted, "in_groups": found}] if found != wanted else [])
    return result(f"{wanted:,} postings of {len(locations):,} locations, each in one group", wrong)


@asset_check(asset="usa_ai_postings_nation")
def locations_are_read(usa_ai_postings_nation: pd.DataFrame) -> dg.AssetCheckResult:
    """Few locations are ambiguous or not recognised; those are never guessed, so they are missing from the metros."""
    rows = usa_ai_postings_nation
    unread = (rows["ambiguous"] + rows["unknown"]) / rows[list(PLACE_GROUPS)].sum(axis=1) * 100
    wrong = rows.loc[unread > MOST_UNREAD_PCT, [*PLACE_GROUPS]]
    return result(f"at most {MOST_UNREAD_PCT} % of postings ambiguous or unknown", wrong, WARN)


@asset_check(asset="usa_ai_postings_nation")
def snapshots_make_a_flow(usa_ai_postings_nation: pd.DataFrame) -> dg.AssetCheckResult:
    """The quarter has snapshots enough to tell new postings from what just happened to be open."""
    few = usa_ai_postings_nation.loc[usa_ai_postings_nation["basis"] == "stock", ["snapshots", "basis"]]
    return result(f"at least {snapshots.SNAPSHOTS_OF_A_FLOW} weekly snapshots of boards", few, WARN)


@asset_check(asset=raw_job_boards)
def boards_answered_every_week(
    context: dg.AssetCheckExecutionContext, choices: Choices, raw_job_boards: list[Entry]
) -> dg.AssetCheckResult:
    """Each board on the list answered in each snapshot of the quarter; who did not is named, with how often."""
    weeks = snapshots.weeks_of(raw_job_boards)
    listed = known_boards(choices.settings.data) if weeks else ()
    answered = snapshots.by_board(raw_job_boards, listed)
    missed = {board.name: len(weeks) - len(snapshots.weeks_of(answered.get(board, ()))) for board in listed}
    wrong = pd.DataFrame(
        [(name, count) for name, count in missed.items() if count], columns=["board", "weeks_missed"]
    )
    expected = f"{len(listed)} boards, an answer in each of {len(weeks)} weeks of {quarter_of(context)}"
    return result(expected, wrong.sort_values("weeks_missed", ascending=False), WARN)


@asset_check(asset="posting_troubles")
def every_board_and_file_is_read(posting_troubles: pd.DataFrame) -> dg.AssetCheckResult:
    """No answer or file was left out as a whole; one that is never loses the others."""
    unread = posting_troubles[
        posting_troubles["trouble"].isin(("answer can't be read", "file can't be read"))
    ]
    return result("every archived answer can be read", unread, WARN)


@asset(group_name=PUBLICATION, owners=OWNERS, partitions_def=QUARTERS, kinds={"markdown"})
def postings_findings(
    context: dg.AssetExecutionContext,
    choices: Choices,
    usa_ai_postings_by_metro: pd.DataFrame,
    usa_ai_postings_nation: pd.DataFrame,
    posting_troubles: pd.DataFrame,
    raw_census_population: list[Entry],
) -> dg.MaterializeResult:
    """Which metros post most AI jobs per resident, in words, with what the numbers do not mean.

    Every number in a sentence is taken from the table, with the sources and the classifier named; nothing
    is typed by hand.
    """
    path = choices.edition(context).path("postings_findings.md")
    if usa_ai_postings_nation.empty:
        path.unlink(missing_ok=True)
        return dg.MaterializeResult(metadata={"left_out": f"There are no postings of {quarter_of(context)}."})
    residents = read_residents(choices.library(context), raw_census_population[0])
    text = findings_postings.postings_findings(
        usa_ai_postings_by_metro,
        usa_ai_postings_nation,
        posting_troubles,
        fits(published_pairs(), residents),
        quarter_of(context),
        Rule.chosen(),
    )
    write_text(path, text)
    return dg.MaterializeResult(
        metadata={"file": dg.MetadataValue.path(str(path)), "text": dg.MetadataValue.md(text)}
    )


PLACE_GROUPS = (
    "in_metros", "in_micros", "rural", "ambiguous", "remote", "usa_only", "abroad", "unnamed", "unknown"
)  # fmt: skip
checks = [
    boards_answered_every_week,
    postings_fit_their_model,
    fits_model("posting_troubles", Troubles),
    fits_model(posting_locations, ReadLocations),
    fits_model("usa_ai_postings_by_metro", MetroPostings),
    fits_model("usa_ai_postings_nation", NationPostings),
    each_posting_is_judged,
    no_posting_is_lost,
    locations_are_read,
    snapshots_make_a_flow,
    every_board_and_file_is_read,
]

snapshot_job = dg.define_asset_job(
    "job_boards",
    selection=dg.AssetSelection.assets(job_board_snapshot),
    executor_def=dg.in_process_executor,
    description="Take this week's snapshot of every job board.",
)


@schedule(job=snapshot_job, cron_schedule="0 5 * * 1", execution_timezone="UTC")
def weekly_snapshot(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Takes a snapshot each Monday morning: what is not seen while it is open is never seen."""
    settings = read_settings()
    if settings.source != "live":
        return dg.SkipReason("Boards are read only where WHERE_IS_AI_SOURCE is live.")
    monday = snapshots.week_of(context.scheduled_execution_time.date())
    return dg.RunRequest(run_key=f"job-boards-{monday}", partition_key=str(monday))
