"""The definitions that Dagster loads, from the list of layers: their own modules, and what is the same for all."""

import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from types import ModuleType

import dagster as dg

from where_is_ai.claims.ledger import read_ledger
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
from where_is_ai.defs.described import described
from where_is_ai.defs.findings import findings_assets
from where_is_ai.defs.layer_publication import layer_publication, publication_of
from where_is_ai.defs.pictures import pictures_asset
from where_is_ai.defs.progress import PROGRESS, progress_logger
from where_is_ai.defs.publication import edition_asset
from where_is_ai.defs.raw_checks import raw_checks
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
    made += _handed_over(layers, _specs(made))
    made += [profiles.profiles_asset(layers), statements.statements_asset(layers)]
    specs = _specs(made)
    external = _held(modules, dg.AssetSpec)
    made.append(edition_asset(layers, [spec.key for spec in specs]))
    # At launch, so that the store, which holds it too, sees what a run chose.
    choices = Choices.configure_at_launch()
    return dg.Definitions(
        assets=described(layers, [*made, *external]),
        asset_checks=[*checks, *model_checks(specs, checks), *raw_checks(specs)],
        jobs=[*_held(modules, UNRESOLVED_JOB), *_held(modules, dg.JobDefinition), *jobs.jobs(layers)],
        schedules=[*_held(modules, dg.ScheduleDefinition), *late_layers.schedules(layers)],
        sensors=_held(modules, dg.SensorDefinition),
        resources={"choices": choices, "io_manager": TableStore(choices=choices)},
        loggers={"console": dg.colored_console_logger, PROGRESS: progress_logger},
        executor=jobs.EXECUTOR,
    )


def _specs(assets: Iterable[dg.AssetsDefinition]) -> list[dg.AssetSpec]:
    return [spec for each in assets for spec in each.specs]


def _handed_over(layers: Sequence[Layer], specs: Sequence[dg.AssetSpec]) -> Iterator[dg.AssetsDefinition]:
    """What each layer gives to the edition, and the claims, which those answer that have the ledger's tables."""
    answering = set()
    for layer in layers:
        group = [spec for spec in specs if spec.group_name == layer.name]
        yield layer_publication(layer, group)
        if read_ledger().tables & {spec.key.path[-1] for spec in group}:
            answering.add(publication_of(layer))
    yield claims.claims_asset(answering)


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
