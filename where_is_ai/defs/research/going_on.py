"""A run whose plan is above the day's budget of OpenAlex goes on by itself once that is whole again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps

import dagster as dg

from where_is_ai.defs.queue import PARTITION_TAG
from where_is_ai.defs.steps import sensor
from where_is_ai.layers.research.budget import GoesOn

# When a run that stopped for the day may go on, as a tag of it.
GOES_ON_AT = "goes_on_at"
# A run that stopped longer ago was given up: its answers are too old to go on from.
GIVEN_UP_AFTER = timedelta(days=7)
EVERY_S = 600


def going_on(body: Callable) -> Callable:
    """``body`` of an asset, which tags its run with when it goes on where the day's budget stopped it."""

    @wraps(body)
    def step(context: dg.AssetExecutionContext, *given, **named):
        try:
            return body(context, *given, **named)
        except GoesOn as stop:
            at = datetime.now(UTC) + stop.wait
            context.instance.add_run_tags(context.run_id, {GOES_ON_AT: at.isoformat(timespec="seconds")})
            raise

    return step


@sensor(job_name="research", minimum_interval_seconds=EVERY_S, default_status=dg.DefaultSensorStatus.RUNNING)
def research_goes_on(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Starts research again where OpenAlex's budget of a day stopped a run, once the next day's is there.

    What is archived is not paid for twice. A run of the same quarter that somebody started since is left to go on.
    """
    now = datetime.now(UTC)
    failed = dg.RunsFilter(statuses=[dg.DagsterRunStatus.FAILURE], created_after=now - GIVEN_UP_AFTER)
    stopped = [run for run in context.instance.get_runs(failed) if GOES_ON_AT in run.tags]
    latest = {run.tags.get(PARTITION_TAG, ""): run for run in reversed(stopped)}
    due = [
        dg.RunRequest(run_key=f"{run.run_id} goes on", partition_key=quarter, run_config=run.run_config)
        for quarter, run in latest.items()
        if datetime.fromisoformat(run.tags[GOES_ON_AT]) <= now
        and not _taken_up(context.instance, run, quarter)
    ]
    return dg.SensorResult(run_requests=due) if due else dg.SkipReason("No run waits for OpenAlex's budget.")


def _taken_up(instance: dg.DagsterInstance, run: dg.DagsterRun, quarter: str) -> bool:
    """Whether a run of the same quarter was started after ``run``."""
    newest = instance.get_run_records(dg.RunsFilter(tags={PARTITION_TAG: quarter}), limit=1)
    return bool(newest) and newest[0].dagster_run.run_id != run.run_id
