"""Is the latest quarter out and whole, and can the next be measured?

Told by the editions at hand, so that a backfill of an old quarter is no news.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import dagster as dg
import pandas as pd

from where_is_ai import doctor
from where_is_ai.defs.checks import result
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset_check, schedule
from where_is_ai.outlook import Late, overdue
from where_is_ai.publication.edition import received_editions
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings

# The schedule measures a quarter on the 20th day after its end; the rest is for a rerun after a failure. What a layer's
# sources bring later is added by a later run.
DUE_AFTER = timedelta(days=25)
NOTHING_OF_A_SAMPLE = "nothing: sample figures stand still"
WARN = dg.AssetCheckSeverity.WARN


@asset_check(asset="edition", partitions_def=None)
def latest_quarter_is_out(choices: Choices) -> dg.AssetCheckResult:
    """The latest quarter that is due has an edition. Running an old quarter again does not make this pass."""
    return freshness(choices.settings, datetime.now(UTC).date())


@asset_check(asset="edition", partitions_def=None)
def no_layer_is_overdue(choices: Choices) -> dg.AssetCheckResult:
    """The two editions that are due last have every layer whose source should be out, give or take two weeks."""
    settings = choices.settings
    is_sample = settings.source == "sample"
    return overdue_result([] if is_sample else overdue(settings, datetime.now(UTC).date()), is_sample)


@asset_check(asset="edition", partitions_def=None)
def next_quarter_can_be_measured(choices: Choices) -> dg.AssetCheckResult:
    """All is there that the schedule's next run needs, and what that will cost; sources are not asked for it."""
    return readiness(choices.settings, datetime.now(UTC))


def freshness(settings: Settings, today: date) -> dg.AssetCheckResult:
    """Whether the quarter that is due ``today`` is published in ``settings``, from other than the sample."""
    due = Quarter.last_ended(today - DUE_AFTER)
    newest = max(received_editions(settings.published), default=None)
    if settings.source == "sample":
        expected, found = NOTHING_OF_A_SAMPLE, "as expected"
        passed = True
    else:
        expected = f"an edition of {due}, due since {due.last_day + DUE_AFTER}"
        found = f"the newest is {newest}" if newest else "no edition from received figures"
        passed = newest is not None and newest >= due
    return dg.AssetCheckResult(
        passed=passed,
        severity=WARN,
        description=f"Expected: {expected}. Found: {found}.",
        metadata={"expected": expected, "found": found, "due": str(due), "newest": str(newest or "none")},
    )


def overdue_result(late: Sequence[Late], is_sample: bool = False) -> dg.AssetCheckResult:
    """Passed where no layer is ``late``; else names each with its quarter and the day it was expected by."""
    rows = pd.DataFrame([{"layer": each.layer, "quarter": str(each.quarter), "by": each.by} for each in late])
    found = "; ".join(f"{each.quarter} lacks {each.layer}, expected by {each.by}" for each in late)
    expected = NOTHING_OF_A_SAMPLE if is_sample else "every layer whose source should be out"
    return result(expected, rows, WARN, found=found)


def readiness(settings: Settings, now: datetime) -> dg.AssetCheckResult:
    """What the schedule measures next, when, what that needs and will cost; passed where nothing needed is missing."""
    findings = [doctor.next_quarter(settings, now), *doctor.prerequisites(settings, ask=False)]
    looked_at = pd.DataFrame([vars(finding) for finding in findings])
    broken = looked_at[looked_at["state"] == doctor.BROKEN]
    said = "; ".join(f"{row.what}: {row.found}. {row.mend}" for row in broken.itertuples())
    found = f"{findings[0].found}{' ' * bool(said)}{said}"
    return result(
        "all that the next run needs", broken, WARN, found=found.rstrip("."), preconditions=looked_at
    )


freshness_job = dg.define_asset_job(
    "freshness",
    selection=dg.AssetSelection.checks(
        latest_quarter_is_out, no_layer_is_overdue, next_quarter_can_be_measured
    ),
    executor_def=dg.in_process_executor,
    description="See whether the latest quarter that is due is out and whole, and whether the next can be measured.",
)


@schedule(job=freshness_job, cron_schedule="0 7 * * *", execution_timezone="UTC")
def daily_freshness() -> dg.RunRequest:
    """Looks every morning whether the latest quarter that is due is out, also when nothing else runs."""
    return dg.RunRequest()
