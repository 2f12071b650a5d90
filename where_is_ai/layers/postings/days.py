"""Days as sources write them, and whether a posting can be of such a day."""

from datetime import UTC, date, datetime, timedelta

EARLIEST_DAY = date(2000, 1, 1)


def plausible_day(day: date | None, seen: date) -> date | None:
    """``day``, or None where no posting seen on ``seen`` can have been published then."""
    return day if day and EARLIEST_DAY <= day <= seen + timedelta(days=1) else None


def day_of(text: object) -> date | None:
    """The day of an ISO 8601 date or time as its publisher wrote it; None where it is neither."""
    try:
        return date.fromisoformat(text.strip()[:10]) if isinstance(text, str) else None
    except ValueError:
        return None


def day_of_epoch_ms(milliseconds: object) -> date | None:
    """The UTC day of a time in milliseconds; None where it is none."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
