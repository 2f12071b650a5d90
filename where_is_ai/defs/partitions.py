"""One quarterly partitions definition for the whole graph."""

import dagster as dg

from where_is_ai.quarters import FIRST_QUARTER, Quarter

# strftime has no quarter, so a partition's key is its first month: 2026-04 is 2026-Q2.
QUARTERS = dg.TimeWindowPartitionsDefinition(
    start=Quarter.parse(FIRST_QUARTER).partition_key, cron_schedule="0 0 1 */3 *", fmt="%Y-%m"
)


def quarter_of(context) -> Quarter:
    """The quarter that a step works on."""
    return Quarter.parse(context.partition_key)
