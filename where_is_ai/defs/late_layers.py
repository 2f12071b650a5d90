"""Layers whose sources come after the day on which a quarter is measured: a schedule adds each as a revision."""

from collections.abc import Sequence

import dagster as dg

from where_is_ai.layers.layer import Layer
from where_is_ai.outlook import awaited, is_late
from where_is_ai.settings import read_settings

DAYS_BETWEEN_TRIES = 7


def schedules(layers: Sequence[Layer]) -> list[dg.ScheduleDefinition]:
    """A schedule for each of ``layers`` that comes late."""
    return [_when_disclosed(layer) for layer in layers if is_late(layer)]


def _when_disclosed(layer: Layer) -> dg.ScheduleDefinition:
    @dg.schedule(
        name=f"{layer.name}_when_disclosed",
        job_name=layer.name,
        cron_schedule="0 6 * * *",
        execution_timezone="UTC",
        description=f"Adds the layer {layer.name} to the editions that lack it, as a revision: from {layer.due_days} "
        "days after the quarter's end, when its source is expected, once a week until it is there.",
    )
    def when_disclosed(context: dg.ScheduleEvaluationContext):
        settings, today = read_settings(), context.scheduled_execution_time.date()
        if settings.source == "sample":
            return dg.SkipReason("The source is sample, whose figures stand still.")
        if settings.source == "live" and not settings.contact:
            return dg.SkipReason(
                "WHERE_IS_AI_CONTACT is not set: sources refuse clients that don't say who asks."
            )
        lacking = list(awaited(settings, layer, today))
        due = [
            dg.RunRequest(
                run_key=f"{layer.name}-{quarter}-{settings.source}-{(today - by).days // DAYS_BETWEEN_TRIES}",
                partition_key=quarter.partition_key,
            )
            for quarter, by in lacking
            if by <= today
        ]
        waits = "; ".join(f"{quarter} lacks {layer.name}, expected by {by}" for quarter, by in lacking)
        return due or dg.SkipReason(f"{waits or f'The last two editions have {layer.name}, or are not out'}.")

    return when_disclosed
