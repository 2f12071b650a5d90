"""Checks made from rules that live elsewhere: what was expected, what was found, which rows."""

from collections.abc import Iterable, Iterator
from importlib import import_module

import dagster as dg
import pandas as pd
import pandera.errors
from dagster._core.event_api import PartitionKeyFilter

from where_is_ai import markdown
from where_is_ai.defs.outputs import MODEL
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.resources import Choices, not_made
from where_is_ai.defs.steps import asset_check
from where_is_ai.tables import Table

SHOWN_ROWS = 20


FITS_ITS_MODEL = "fits_its_model"
# Metadata of a check that is for whoever runs a quarter: an edition doesn't list it.
FOR_OPERATORS = {"for": "operators"}


def model_checks(
    specs: Iterable[dg.AssetSpec], written: Iterable[dg.AssetChecksDefinition]
) -> list[dg.AssetChecksDefinition]:
    """A blocking check for each asset that names its model, but for those whose own is among ``written``."""
    own = {key.asset_key for each in written for key in each.check_keys if key.name == FITS_ITS_MODEL}
    return [
        _fits_model(spec.key, _model(spec.metadata[MODEL]))
        for spec in specs
        if MODEL in spec.metadata and spec.key not in own
    ]


def _model(named: dg.PythonArtifactMetadataValue) -> type[Table]:
    return getattr(import_module(named.module), named.name)


def _fits_model(asset: dg.AssetKey, model: type[Table]) -> dg.AssetChecksDefinition:
    """The blocking check that a table is what its pandera model says; the one place where models are applied.

    It takes the table from the shelf itself: of each that Dagster hands over it keeps two events, and there are as many
    such checks as tables.
    """

    @asset_check(
        asset=asset,
        name=FITS_ITS_MODEL,
        description=f"Every column and value is as {model.__name__} says; nothing downstream runs otherwise.",
        blocking=True,
    )
    def check(context: dg.AssetCheckExecutionContext, choices: Choices) -> dg.AssetCheckResult:
        name, quarter = asset.path[-1], quarter_of(context)
        rows = choices.shelf.table(name, quarter)
        if rows is None:
            raise not_made(name, quarter)
        return model_result(rows, model)

    return check


def model_result(rows: pd.DataFrame, model: type[Table]) -> dg.AssetCheckResult:
    try:
        model.validate(rows, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        wrong = errors.failure_cases[["column", "check", "failure_case", "index"]]
        return result(f"all {len(rows):,} rows fit {model.__name__}", wrong)
    return result(f"all {len(rows):,} rows fit {model.__name__}", pd.DataFrame())


def rows_like_last_quarter(
    asset: dg.AssetsDefinition | str, most_change_pct: float = 10
) -> dg.AssetChecksDefinition:
    """The check that a table has about as many rows as the quarter before; a source that lost half shows here."""

    @asset_check(
        asset=asset,
        name="rows_like_last_quarter",
        description=f"The number of rows is within {most_change_pct:g} % of the quarter before, where that is at hand.",
    )
    def check(
        context: dg.AssetCheckExecutionContext, choices: Choices, rows: pd.DataFrame
    ) -> dg.AssetCheckResult:
        quarter = quarter_of(context)
        before = choices.shelf.table(context.check_specs[0].asset_key.path[-1], quarter.previous)
        return row_count_result(len(rows), before, str(quarter.previous), most_change_pct)

    return check


def row_count_result(
    rows: int, before: pd.DataFrame | None, quarter_before: str, most_change_pct: float
) -> dg.AssetCheckResult:
    """Whether ``rows`` is near the number of rows of ``before``; with nothing to compare there is nothing wrong."""
    if before is None or before.empty or not rows:
        missing = "this quarter" if not rows else quarter_before
        return result(f"about as many rows as in {quarter_before} (not at hand: {missing})", pd.DataFrame())
    change_pct = (rows / len(before) - 1) * 100
    told = pd.DataFrame(
        {
            "quarter_before": [quarter_before],
            "rows_before": [len(before)],
            "rows": [rows],
            "change_pct": [change_pct],
        }
    )
    wrong = told[told["change_pct"].abs() > most_change_pct]
    return result(
        f"within {most_change_pct:g} % of the {len(before):,} rows of {quarter_before}",
        wrong,
        dg.AssetCheckSeverity.WARN,
        found=f"{rows:,} rows, {change_pct:+.1f} %",
    )


def result(
    expected: str,
    wrong: pd.DataFrame,
    severity: dg.AssetCheckSeverity = dg.AssetCheckSeverity.ERROR,
    found: str = "",
    **shown: pd.DataFrame,
) -> dg.AssetCheckResult:
    """Passed where no row is ``wrong``; otherwise says what was expected and shows the first of the rows.

    ``found`` says in words what was found, where the number of wrong rows does not say enough; the tables ``shown``
    stand beside it whatever came out.
    """
    found = found or (f"{_rows(len(wrong))} otherwise" if len(wrong) else "as expected")
    return dg.AssetCheckResult(
        passed=wrong.empty,
        severity=severity,
        description=f"Expected: {expected}. Found: {found}.",
        metadata={
            "expected": expected,
            "found": found,
            "rows_otherwise": len(wrong),
            **({"rows": dg.MetadataValue.md(markdown.table(wrong.head(SHOWN_ROWS)))} if len(wrong) else {}),
            **{name: dg.MetadataValue.md(markdown.table(rows)) for name, rows in shown.items()},
        },
    )


def results_of(
    instance: dg.DagsterInstance, check: dg.AssetCheckKey, most: int, partition: str | None = None
) -> Iterator[tuple[str, dg.AssetCheckEvaluation]]:
    """The last results of a check, at most so many and the newest first, each after the id of its run.

    Of a ``partition``, if one is given, those alone are read. What only says that the check was planned is no result.
    """
    history = instance.event_log_storage.get_asset_check_execution_history(
        check, limit=most, partition_filter=PartitionKeyFilter(key=partition) if partition else None
    )
    for record in history:
        event = record.event.dagster_event if record.event else None
        if event and event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            yield record.run_id, event.asset_check_evaluation_data


def _rows(number: int) -> str:
    return "1 row is" if number == 1 else f"{number:,} rows are"
