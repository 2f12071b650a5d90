"""The definitions that Dagster loads, from the list of layers: their own modules, and what is the same for all."""

import pkgutil
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from types import ModuleType

import dagster as dg

from where_is_ai.defs import (
    claims,
    freshness,
    geography,
    jobs,
    late_layers,
    notify,
    profiles,
    site,
    statements,
)
from where_is_ai.defs.checks import model_checks
from where_is_ai.defs.findings import findings_assets
from where_is_ai.defs.lineage import Origins
from where_is_ai.defs.partitions import QUARTERS
from where_is_ai.defs.pictures import pictures_asset
from where_is_ai.defs.progress import PROGRESS, progress_logger
from where_is_ai.defs.publication import edition_asset
from where_is_ai.defs.resources import Choices, TableStore
from where_is_ai.layers.layer import Layer

# Jobs of assets have no public type of their own.
UNRESOLVED_JOB = type(dg.define_asset_job("any"))
SHARED = (geography, claims, statements, profiles, site, freshness, notify, jobs)


@cache
def definitions(layers: tuple[Layer, ...]) -> dg.Definitions:
    """Assets, checks, jobs, schedules and sensors of ``layers``, and of what spans them.

    A layer's assets, checks, schedules and sensors are all that its modules hold; nothing has to be listed.
    """
    modules = [*SHARED, *(module for layer in layers for module in modules_of(layer))]
    checks = dg.load_asset_checks_from_modules(modules)
    made = [*dg.load_assets_from_modules(modules), *findings_assets(layers), pictures_asset(layers)]
    made += [profiles.profiles_asset(layers), statements.statements_asset(layers)]
    specs = [spec for each in made for spec in each.specs]
    made.append(edition_asset(layers, [spec.key for spec in specs]))
    own_rhythm = [spec.key.path[-1] for spec in specs if spec.partitions_def not in (QUARTERS, None)]
    # At launch, so that the store, which holds it too, sees what a run chose.
    choices = Choices.configure_at_launch()
    return dg.Definitions(
        assets=dg.map_asset_specs(Origins(layers).added, made),
        asset_checks=[*checks, *model_checks(specs, checks)],
        jobs=[*_held(modules, UNRESOLVED_JOB), *jobs.jobs(layers, own_rhythm)],
        schedules=[*_held(modules, dg.ScheduleDefinition), *late_layers.schedules(layers)],
        sensors=_held(modules, dg.SensorDefinition),
        resources={"choices": choices, "io_manager": TableStore(choices=choices)},
        loggers={"console": dg.colored_console_logger, PROGRESS: progress_logger},
        executor=jobs.EXECUTOR,
    )


def _held(modules: Sequence[ModuleType], kind: type) -> list:
    """The objects of ``kind`` that the modules hold by any name, each once."""
    held = (value for module in modules for value in vars(module).values() if isinstance(value, kind))
    return list({id(value): value for value in held}.values())


def modules_of(layer: Layer) -> Iterator[ModuleType]:
    """The module of the layer's assets, and where it is a package, those in it."""
    module = import_module(layer.assets)
    yield module
    for found in pkgutil.iter_modules(getattr(module, "__path__", ())):
        yield import_module(f"{layer.assets}.{found.name}")
