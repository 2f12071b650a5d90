"""Jobs people launch, and what launches them by itself."""

from collections.abc import Sequence

import dagster as dg

from where_is_ai.defs.groups import PUBLICATION
from where_is_ai.defs.layer_publication import publication_of
from where_is_ai.defs.notify import skipped
from where_is_ai.defs.partitions import KEY_MEANS
from where_is_ai.defs.steps import schedule
from where_is_ai.layers.layer import Layer
from where_is_ai.outlook import MEASURED_AFTER_DAYS, MEASURED_AT
from where_is_ai.quarters import Quarter
from where_is_ai.settings import read_settings

# In process: a new process per step costs more than most steps take.
EXECUTOR = dg.in_process_executor
WITH_EVERY_LAYER = (
    "claims",
    "claims_findings",
    "statements",
    "usa_metro_profiles",
    "edition",
    "all_editions_database",
    "site",
)


def jobs(layers: Sequence[Layer]) -> list:
    """A job for the whole quarter, one for each layer, and one that publishes again from the tables at hand.

    What has a rhythm of its own, such as weekly snapshots, is external to the graph: it would take the choice of a
    quarter from whoever materializes all.
    """
    return [
        _job(
            "quarter",
            dg.AssetSelection.all(),
            "Measure and publish one quarter: every layer, every map.",
        ),
        *(_job(layer.name, _of_layer(layer), layer.description) for layer in layers),
        _job(
            "publication",
            dg.AssetSelection.groups(PUBLICATION) | _published_of(layers),
            "Publish one quarter again from the tables at hand.",
        ),
    ]


def _of_layer(layer: Layer) -> dg.AssetSelection:
    """The layer's assets with all that they are made from, and what spans layers."""
    return dg.AssetSelection.groups(layer.name).upstream() | dg.AssetSelection.assets(*WITH_EVERY_LAYER)


def _published_of(layers: Sequence[Layer]) -> dg.AssetSelection:
    """The findings and pictures of ``layers``, and what they give to the edition."""
    shown = [each.asset for layer in layers for each in (*layer.findings, *layer.pictures)]
    return dg.AssetSelection.assets(*shown, *map(publication_of, layers))


def _job(name: str, selection: dg.AssetSelection, description: str):
    return dg.define_asset_job(
        name, selection=selection, executor_def=EXECUTOR, description=f"{description} {KEY_MEANS}"
    )


@schedule(
    job_name="quarter",
    cron_schedule=f"0 {MEASURED_AT.hour} {MEASURED_AFTER_DAYS} 1,4,7,10 *",
    execution_timezone="UTC",
)
def quarterly(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Measures the quarter that has just ended, on the 20th day after its end, when its sources are out.

    What the next run needs, whether it is there and what it will cost is said each morning by the check
    next_quarter_can_be_measured of the asset edition.
    """
    settings = read_settings()
    quarter = Quarter.last_ended(context.scheduled_execution_time.date())
    if settings.source == "live" and not settings.contact:
        return skipped(
            "quarter",
            quarter,
            "WHERE_IS_AI_CONTACT is not set: sources refuse clients that don't say who asks.",
            "Set WHERE_IS_AI_CONTACT to an e-mail address that is read.",
        )
    return dg.RunRequest(run_key=f"{quarter}-{settings.source}", partition_key=quarter.partition_key)
