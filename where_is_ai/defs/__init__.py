"""The asset graph: what Dagster loads. The only room that imports dagster."""

import warnings

import dagster as dg

from where_is_ai.defs import (
    claims,
    employment,
    employment_change,
    freshness,
    geography,
    heatmaps,
    publication,
    research,
)
from where_is_ai.defs.jobs import EXECUTOR, JOBS, quarterly
from where_is_ai.defs.lineage import columns_of_source
from where_is_ai.defs.progress import PROGRESS, progress_logger
from where_is_ai.defs.resources import Choices, TableStore
from where_is_ai.defs.sensors import oews_file_is_new

# Data versions of outputs are marked beta in Dagster 1.13; each use would warn on the terminal.
warnings.filterwarnings("ignore", category=dg.BetaWarning)

# A new layer is one more line here.
MODULES = (geography, employment, employment_change, research, heatmaps, publication, claims, freshness)

choices = Choices()


def with_source_columns(spec: dg.AssetSpec) -> dg.AssetSpec:
    """A raw asset with the columns that are read out of its files."""
    return spec.merge_attributes(metadata=columns_of_source(spec.key.path[-1]))


defs = dg.Definitions(
    assets=dg.map_asset_specs(with_source_columns, dg.load_assets_from_modules(MODULES)),
    asset_checks=[check for module in MODULES for check in getattr(module, "checks", ())],
    jobs=[*JOBS, freshness.freshness_job],
    schedules=[quarterly, freshness.daily_freshness],
    sensors=[oews_file_is_new],
    resources={"choices": choices, "io_manager": TableStore(choices=choices)},
    loggers={"console": dg.colored_console_logger, PROGRESS: progress_logger},
    executor=EXECUTOR,
)
