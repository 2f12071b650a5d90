"""Is the latest quarter out? Told by the editions at hand, so that a backfill of an old quarter is no news."""

import json
from datetime import UTC, date, datetime, timedelta

import dagster as dg

from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset_check, schedule
from where_is_ai.publication.edition import PROVENANCE, editions
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings

# The schedule measures a quarter on the 20th day after its end; the rest is for a rerun after a failure. What a layer's
# sources bring later is added by a later run.
DUE_AFTER = timedelta(days=25)


@asset_check(asset="edition", partitions_def=None)
def latest_quarter_is_out(choices: Choices) -> dg.AssetCheckResult:
    """The latest quarter that is due has an edition. Running an old quarter again does not make this pass."""
    return freshness(choices.settings, datetime.now(UTC).date())


def freshness(settings: Settings, today: date) -> dg.AssetCheckResult:
    """Whether the quarter that is due ``today`` is published in ``settings``, from other than the sample."""
    due, newest = Quarter.last_ended(today - DUE_AFTER), newest_received(settings)
    if settings.source == "sample":
        expected, found = "nothing: sample figures stand still", "as expected"
        passed = True
    else:
        expected = f"an edition of {due}, due since {due.last_day + DUE_AFTER}"
        found = f"the newest is {newest}" if newest else "no edition from received figures"
        passed = newest is not None and newest >= due
    return dg.AssetCheckResult(
        passed=passed,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"Expected: {expected}. Found: {found}.",
        metadata={"expected": expected, "found": found, "due": str(due), "newest": str(newest or "none")},
    )


def newest_received(settings: Settings) -> Quarter | None:
    """The newest quarter with an edition that is not made from the sample; None where there is none."""
    received = (name for name in editions(settings.published) if _source(settings, name) != "sample")
    return max(map(Quarter.parse, received), default=None)


def _source(settings: Settings, quarter: str) -> str:
    return json.loads((settings.published / quarter / PROVENANCE).read_text(encoding="utf-8"))["source"]


freshness_job = dg.define_asset_job(
    "freshness",
    selection=dg.AssetSelection.checks(latest_quarter_is_out),
    executor_def=dg.in_process_executor,
    description="See whether the latest quarter that is due is out; measures nothing.",
)


@schedule(job=freshness_job, cron_schedule="0 7 * * *", execution_timezone="UTC")
def daily_freshness() -> dg.RunRequest:
    """Looks every morning whether the latest quarter that is due is out, also when nothing else runs."""
    return dg.RunRequest()
