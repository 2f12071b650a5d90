"""The asset graph: what Dagster loads. The only room that imports dagster."""

import warnings

import dagster as dg

from where_is_ai.defs import employment, employment_change, geography, heatmaps, publication, research
from where_is_ai.defs.jobs import EXECUTOR, JOBS, quarterly
from where_is_ai.defs.progress import PROGRESS, progress_logger
from where_is_ai.defs.resources import Choices, TableStore

# Data versions of outputs are marked beta in Dagster 1.13; each use would warn on the terminal.
warnings.filterwarnings("ignore", category=dg.BetaWarning)

choices = Choices()

defs = dg.Definitions(
    assets=dg.load_assets_from_modules(
        [geography, employment, employment_change, research, heatmaps, publication]
    ),
    asset_checks=[*geography.checks, *employment.checks, *employment_change.checks, *research.checks],
    jobs=JOBS,
    schedules=[quarterly],
    resources={"choices": choices, "io_manager": TableStore(choices=choices)},
    loggers={"console": dg.colored_console_logger, PROGRESS: progress_logger},
    executor=EXECUTOR,
)
