"""The asset graph: what Dagster loads. The only room that imports dagster."""

import warnings

import dagster as dg

from where_is_ai.defs import (
    claims,
    employment,
    employment_change,
    freshness,
    geography,
    job_boards,
    pictures,
    postings,
    postings_checks,
    publication,
    research,
    research_views,
    site,
)
from where_is_ai.defs.jobs import EXECUTOR, JOBS, quarterly
from where_is_ai.defs.lineage import with_origins
from where_is_ai.defs.progress import PROGRESS, progress_logger
from where_is_ai.defs.resources import Choices, TableStore
from where_is_ai.defs.sensors import oews_file_is_new

# Data versions of outputs are marked beta in Dagster 1.13; each use would warn on the terminal.
warnings.filterwarnings("ignore", category=dg.BetaWarning)

# A new layer is one more line here.
MODULES = (
    geography,
    employment,
    employment_change,
    research,
    research_views,
    job_boards,
    postings,
    postings_checks,
    pictures,
    publication,
    claims,
    site,
    freshness,
)

# At launch, so that the store, which holds it too, sees what a run chose.
choices = Choices.configure_at_launch()

defs = dg.Definitions(
    assets=dg.map_asset_specs(with_origins, dg.load_assets_from_modules(MODULES)),
    asset_checks=[check for module in MODULES for check in getattr(module, "checks", ())],
    jobs=[*JOBS, freshness.freshness_job, job_boards.snapshot_job],
    schedules=[quarterly, freshness.daily_freshness, job_boards.weekly_snapshot],
    sensors=[oews_file_is_new],
    resources={"choices": choices, "io_manager": TableStore(choices=choices)},
    loggers={"console": dg.colored_console_logger, PROGRESS: progress_logger},
    executor=EXECUTOR,
)
