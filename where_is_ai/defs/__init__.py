"""The asset graph: what Dagster loads. The only room that imports dagster."""

import dagster as dg

from where_is_ai.defs import employment, geography, heatmaps, publication, research
from where_is_ai.defs.jobs import EXECUTOR, JOBS, quarterly
from where_is_ai.defs.resources import Choices, TableStore

choices = Choices()

defs = dg.Definitions(
    assets=dg.load_assets_from_modules([geography, employment, research, heatmaps, publication]),
    asset_checks=[*geography.checks, *employment.checks, *research.checks],
    jobs=JOBS,
    schedules=[quarterly],
    resources={"choices": choices, "io_manager": TableStore(choices=choices)},
    executor=EXECUTOR,
)
