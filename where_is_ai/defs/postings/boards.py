"""What job boards show each week: the snapshot, its job and its schedule, in a rhythm of their own."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

import dagster as dg
import pandas as pd

from where_is_ai.defs.checks import result
from where_is_ai.defs.groups import OWNERS
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset_check, explained, schedule
from where_is_ai.errors import UsageError
from where_is_ai.layers.postings import snapshots
from where_is_ai.layers.postings.boards import Board, known_boards
from where_is_ai.quarters import Quarter, week_of
from where_is_ai.settings import read_settings

WARN = dg.AssetCheckSeverity.WARN
# The key of a week is its Monday; the week under way is there too, since boards answer only for today.
WEEKS = dg.WeeklyPartitionsDefinition(start_date="2024-01-01", day_offset=1, end_offset=1)
MOST_FAILED_PCT = 20


job_board_snapshot = dg.AssetSpec(
    "job_board_snapshot",
    description="What each board shows in a week, which the job job_boards takes each Monday. Boards show only what is "
    "open today, so no week can be fetched later: one that was not taken stays a gap, and a quarter is the union of "
    "its weeks. It is no part of a quarter's run, so that a quarter is all there is to choose for one.",
    group_name="postings",
    owners=OWNERS,
    partitions_def=WEEKS,
    kinds={"json"},
)


@asset_check(asset=job_board_snapshot.key, partitions_def=WEEKS)
def boards_answer(context: dg.AssetCheckExecutionContext, choices: Choices) -> dg.AssetCheckResult:
    """Boards answered that week; who did not, why."""
    monday = date.fromisoformat(context.partition_key)
    listed = known_boards(choices.settings.data)
    return _answered(snapshots.archived_snapshot(choices.library(context), listed, monday), listed)


@dg.op(description="Ask every board, keep what it answers, and say who did not.", out=dg.Out(dg.Nothing))
@explained
def ask_boards(
    context: dg.OpExecutionContext, choices: Choices
) -> Iterator[dg.AssetMaterialization | dg.AssetCheckEvaluation]:
    library, listed = choices.library(context), known_boards(choices.settings.data)
    monday, today = date.fromisoformat(context.partition_key), datetime.now(UTC).date()
    if choices.settings.source != "live":
        snapshot = snapshots.archived_snapshot(library, listed, monday)
    elif monday == week_of(today):
        snapshot = snapshots.take_snapshot(library, listed, Quarter.of(today))
    else:
        raise UsageError(
            f"The week of {monday} is over: boards show only what is open today.", "Choose this week."
        )
    entries = [entry for answered in snapshot.entries.values() for entry in answered]
    yield dg.AssetMaterialization(
        job_board_snapshot.key,
        partition=context.partition_key,
        metadata={
            "boards": len(listed),
            "answers": len(entries),
            "failed": len(snapshot.failures),
            "dagster/size_bytes": sum(entry.bytes for entry in entries),
        },
    )
    found = _answered(snapshot, listed)
    yield dg.AssetCheckEvaluation(
        asset_key=job_board_snapshot.key,
        check_name=boards_answer.check_key.name,
        passed=found.passed,
        severity=found.severity,
        description=found.description,
        metadata=found.metadata,
        partition=context.partition_key,
    )


def _answered(snapshot: snapshots.Snapshot, listed: Sequence[Board]) -> dg.AssetCheckResult:
    """Whether each of the boards ``listed`` answered; a warning where few did not."""
    failed = pd.DataFrame(
        [(board.name, board.company, why) for board, why in snapshot.failures.items()],
        columns=["board", "company", "why"],
    )
    severity = WARN if len(failed) * 100 <= MOST_FAILED_PCT * len(listed) else dg.AssetCheckSeverity.ERROR
    return result(f"an answer from each of {len(listed)} boards", failed, severity)


@dg.job(
    name="job_boards",
    partitions_def=WEEKS,
    executor_def=dg.in_process_executor,
    description="Take this week's snapshot of every job board. A key is the week's Monday.",
)
def snapshot_job() -> None:
    ask_boards()


@schedule(job=snapshot_job, cron_schedule="0 5 * * 1", execution_timezone="UTC")
def weekly_snapshot(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Takes a snapshot each Monday morning: what is not seen while it is open is never seen."""
    settings = read_settings()
    if settings.source != "live":
        return dg.SkipReason("Boards are read only where WHERE_IS_AI_SOURCE is live.")
    monday = week_of(context.scheduled_execution_time.date())
    return dg.RunRequest(run_key=f"job-boards-{monday}", partition_key=str(monday))
