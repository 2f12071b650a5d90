"""One quarterly partitions definition for the whole graph."""

from datetime import UTC, date, datetime

import dagster as dg

from where_is_ai.quarters import FIRST_QUARTER, Quarter

# strftime has no quarter, so a partition's key is its first month: 2026-04 is 2026-Q2.
QUARTERS = dg.TimeWindowPartitionsDefinition(
    start=Quarter.parse(FIRST_QUARTER).partition_key, cron_schedule="0 0 1 */3 *", fmt="%Y-%m"
)
# What is said wherever a key is chosen or shown.
KEY_MEANS = "A partition's key is the first month of its quarter: 2026-04 is 2026-Q2 (April to June 2026)."


def quarter_of(context) -> Quarter:
    """The quarter that a step works on; raises UsageError where it has not ended."""
    quarter = Quarter.parse(context.partition_key)
    quarter.require_ended(datetime.now(UTC).date())
    return quarter


def timeliness(quarter: Quarter, today: date | None = None) -> dict[str, str]:
    """Metadata that tells news from a backfill: which quarter, and how far it lies behind the latest that is over."""
    latest = Quarter.last_ended(today or datetime.now(UTC).date())
    behind = 4 * (latest.year - quarter.year) + latest.number - quarter.number
    words = (
        "news: the latest quarter that is over"
        if behind <= 0
        else f"backfill: {behind} quarters before {latest}"
    )
    return {"quarter": str(quarter), "timeliness": words.replace(" 1 quarters", " 1 quarter")}
