"""Checks made from rules that live elsewhere: what was expected, what was found, which rows."""

import dagster as dg
import pandas as pd
import pandera.errors

from where_is_ai.tables import Table

SHOWN_ROWS = 20


def fits_model(asset: dg.AssetsDefinition | str, model: type[Table]) -> dg.AssetChecksDefinition:
    """The blocking check that a table is what its pandera model says; the one place where models are applied."""

    @dg.asset_check(
        asset=asset,
        name="fits_its_model",
        description=f"Every column and value is as {model.__name__} says; nothing downstream runs otherwise.",
        blocking=True,
    )
    def check(rows: pd.DataFrame) -> dg.AssetCheckResult:
        return model_result(rows, model)

    return check


def model_result(rows: pd.DataFrame, model: type[Table]) -> dg.AssetCheckResult:
    try:
        model.validate(rows, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        wrong = errors.failure_cases[["column", "check", "failure_case", "index"]]
        return result(f"all {len(rows):,} rows fit {model.__name__}", wrong)
    return result(f"all {len(rows):,} rows fit {model.__name__}", pd.DataFrame())


def result(
    expected: str, wrong: pd.DataFrame, severity: dg.AssetCheckSeverity = dg.AssetCheckSeverity.ERROR
) -> dg.AssetCheckResult:
    """Passed where no row is ``wrong``; otherwise says what was expected and shows the first of the rows."""
    found = f"{len(wrong):,} rows are otherwise" if len(wrong) else "as expected"
    return dg.AssetCheckResult(
        passed=wrong.empty,
        severity=severity,
        description=f"Expected: {expected}. Found: {found}.",
        metadata={
            "expected": expected,
            "found": found,
            **(
                {"rows": dg.MetadataValue.md(wrong.head(SHOWN_ROWS).to_markdown(index=False))}
                if len(wrong)
                else {}
            ),
        },
    )
