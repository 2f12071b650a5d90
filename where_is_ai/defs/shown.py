"""The check of each picture and text that there was something to show, and why not where there wasn't."""

import dagster as dg

from where_is_ai.defs.checks import FOR_OPERATORS
from where_is_ai.defs.nothing import NOT_NEEDED, gap, nothing_checked, says
from where_is_ai.defs.partitions import QUARTERS, quarter_of
from where_is_ai.defs.steps import with_quarter

SOMETHING_TO_SHOW = "something_to_show"


def shown_spec(asset: str) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        SOMETHING_TO_SHOW,
        asset=asset,
        description="Its table has rows; else it says what is missing and what to do.",
        partitions_def=QUARTERS,
        metadata=FOR_OPERATORS,
    )


def shown(context: dg.AssetExecutionContext, asset: str, table: str, made: bool) -> dg.AssetCheckResult:
    """Whether the picture or text ``asset`` was ``made``; a warning where ``table``, which it shows, is missing.

    Nothing is missing where the run's method has no such table, or one quarter is at hand where two are compared.
    """
    found = dg.AssetCheckResult(
        passed=True, description="There is." if made else "There is nothing to compare."
    )
    own = (context.instance, dg.AssetKey(table), context.partition_key)
    if not made and (why := gap(*own)):
        found = nothing_checked(found, why)
    elif not made and (why := says(*own, NOT_NEEDED)):
        found = dg.AssetCheckResult(passed=True, description=f"Not needed: {why}")
    return with_quarter(found, quarter_of(context))._replace(
        asset_key=dg.AssetKey(asset), check_name=SOMETHING_TO_SHOW
    )
