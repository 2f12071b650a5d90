"""What job boards show each week: the snapshot, its job and its schedule, in a rhythm of their own."""

from datetime import UTC, date, datetime

import dagster as dg
import pandas as pd

from where_is_ai.defs.checks import result
from where_is_ai.defs.groups import OWNERS
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset, schedule
from where_is_ai.errors import UsageError
from where_is_ai.layers.postings import snapshots
from where_is_ai.layers.postings.boards import known_boards
from where_is_ai.quarters import Quarter, week_of
from where_is_ai.settings import read_settings

WARN = dg.AssetCheckSeverity.WARN
# The key of a week is its Monday; the week under way is there too, since boards answer only for today.
WEEKS = dg.WeeklyPartitionsDefinition(start_date="2024-01-01", day_offset=1, end_offset=1)
MOST_FAILED_PCT = 20


@asset(
    group_name="postings",
    owners=OWNERS,
    partitions_def=WEEKS,
    kinds={"json"},
    check_specs=[
        dg.AssetCheckSpec(
            "boards_answer",
            asset="job_board_snapshot",
            description="Boards answered; who did not, why.",
            partitions_def=WEEKS,
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
    elif monday == week_of(today):
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
    entries = [entry for answered in snapshot.entries.values() for entry in answered]
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
    monday = week_of(context.scheduled_execution_time.date())
    return dg.RunRequest(run_key=f"job-boards-{monday}", partition_key=str(monday))
