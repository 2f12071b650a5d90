"""Calendar quarters: how people name them, how Dagster keys them, what lies within them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from where_is_ai.errors import UsageError

# The first quarter by whose end a release of the earliest workbook layout that is read here was out.
FIRST_QUARTER = "2020-Q2"


def week_of(day: date) -> date:
    """The Monday of the week that ``day`` lies in."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, order=True)
class Quarter:
    """A calendar quarter, written ``2026-Q2``; Dagster's partition key for it is ``2026-04``."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Quarter":
        """Read ``2026-Q2``, ``2026Q2`` or the partition key ``2026-04``; raises UsageError for anything else."""
        if match := re.fullmatch(r"(\d{4})-?[Qq]([1-4])", text.strip()):
            return cls(int(match[1]), int(match[2]))
        if match := re.fullmatch(r"(\d{4})-(01|04|07|10)", text.strip()):
            return cls(int(match[1]), int(match[2]) // 3 + 1)
        raise UsageError(f"{text!r} is not a quarter.", "Write 2026-Q2, or its partition key 2026-04.")

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter that ``day`` lies in."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def last_ended(cls, today: date) -> "Quarter":
        """The latest quarter that is over on ``today``."""
        return cls.of(today).previous

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def partition_key(self) -> str:
        return f"{self.year}-{3 * self.number - 2:02d}"

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    @property
    def first_day_in_years(self) -> float:
        """When it begins, for an axis of time: 2026.25."""
        return self.year + (self.number - 1) / 4

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def previous(self) -> "Quarter":
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)

    @property
    def trailing_12_months(self) -> tuple[date, date]:
        """First and last day of the twelve months that end with the quarter."""
        return self.previous.previous.previous.first_day, self.last_day

    def require_ended(self, today: date) -> None:
        """Raise UsageError unless the quarter is over on ``today``."""
        if self.last_day >= today:
            raise UsageError(
                f"{self} has not ended: it runs until {self.last_day}.",
                f"The latest quarter that can be measured is {Quarter.last_ended(today)}.",
            )
