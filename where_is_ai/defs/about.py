"""What an edition's pages say beside its tables: notes on each layer, and this quarter's results of every check."""

from collections.abc import Iterator, Mapping, Sequence

import dagster as dg
import pandas as pd

from where_is_ai.defs.checks import FOR_OPERATORS, results_of
from where_is_ai.defs.nothing import SAID_OF_NOTHING
from where_is_ai.defs.partitions import QUARTERS, quarter_of
from where_is_ai.defs.queue import PARTITION_TAG
from where_is_ai.defs.resources import Choices
from where_is_ai.layers.layer import Layer, Material
from where_is_ai.publication.about import About, CheckResult

# More results than a check has for one quarter in a long life.
MOST_RESULTS = 100


def about_edition(
    context: dg.AssetExecutionContext,
    choices: Choices,
    layers: Sequence[Layer],
    tables: Mapping[str, pd.DataFrame],
) -> About:
    """Notes on the layers that were measured, and check results, of the edition that ``tables`` are of."""
    quarter, shelf = quarter_of(context), choices.shelf
    notes = {
        layer.name: layer.notes(Material(quarter, tables, {layer.raw: shelf.entries(layer.raw, quarter)}))
        for layer in layers
        if layer.is_measured_in(tables)
    }
    return About(notes, list(_check_results(context, choices, layers, tables)))


def _check_results(
    context: dg.AssetExecutionContext,
    choices: Choices,
    layers: Sequence[Layer],
    tables: Mapping[str, pd.DataFrame],
) -> Iterator[CheckResult]:
    """The latest result of each check of what the edition rests on; a layer that is left out has none to show."""
    from where_is_ai.defs.definitions import definitions

    graph, runs = definitions(tuple(layers)).resolve_asset_graph(), _runs(context, choices)
    for key in sorted(graph.asset_check_keys, key=lambda key: (key.asset_key, key.name)):
        node = graph.get(key.asset_key)
        table = key.asset_key.to_user_string()
        if node.partitions_def != QUARTERS or table == context.asset_key.to_user_string():
            continue
        if graph.get_check_spec(key).metadata.items() >= FOR_OPERATORS.items():
            continue
        found = _latest(context, key, runs)
        rows = tables.get(table, choices.shelf.table(table, quarter_of(context)))
        if rows.empty if rows is not None else found is None:
            continue
        meaning = graph.get_check_spec(key).description or ""
        yield _result(table, key.name, meaning, found)


def _runs(context: dg.AssetExecutionContext, choices: Choices) -> set[str]:
    """The runs of this quarter from the same source."""
    tags = {PARTITION_TAG: context.partition_key, "source": choices.source.value}
    found = context.instance.get_runs(filters=dg.RunsFilter(tags=tags))
    return {context.run.run_id, *(run.run_id for run in found)}


def _latest(
    context: dg.AssetExecutionContext, key: dg.AssetCheckKey, runs: set[str]
) -> dg.AssetCheckEvaluation | None:
    """The newest result of one of ``runs``: however many quarters there are, only this one's are read."""
    results = results_of(context.instance, key, MOST_RESULTS, context.partition_key)
    return next((result for run_id, result in results if run_id in runs), None)


def _result(table: str, name: str, meaning: str, found: dg.AssetCheckEvaluation | None) -> CheckResult:
    if found is None:
        return CheckResult(table, name, meaning, None, "warn", "It has no result for this quarter.")
    if of_nothing := found.metadata.get(SAID_OF_NOTHING):
        return CheckResult(table, name, meaning, True, "error", str(of_nothing.value))
    rows = found.metadata.get("rows")
    return CheckResult(
        table=table,
        name=name,
        meaning=meaning,
        passed=found.passed,
        severity=found.severity.value.lower(),
        said=found.description or "",
        rows=str(rows.value) if rows else "",
    )
