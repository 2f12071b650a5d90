"""What comes next: when a quarter is measured, which layers are added later, what is overdue, what a quarter costs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from where_is_ai import layers
from where_is_ai.archive.entry import Entry
from where_is_ai.layers.layer import Layer
from where_is_ai.publication.edition import received_editions
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai.shelf import Shelf

# The schedule measures a quarter so many days after its end, at this hour (UTC).
MEASURED_AFTER_DAYS, MEASURED_AT = 20, time(6, tzinfo=UTC)
# What a source may be late before it is called overdue.
GRACE = timedelta(days=14)


@dataclass(frozen=True)
class Late:
    """A layer that an edition lacks although its source was expected ``by`` a day."""

    layer: str
    quarter: Quarter
    by: date


@dataclass(frozen=True)
class Cost:
    """What was received for ``quarter``: how many answers, their bytes, and what was charged, in US dollars."""

    quarter: Quarter
    answers: int
    bytes: int
    usd: float

    def __str__(self) -> str:
        return f"{self.answers:,} answers, {self.bytes / 1e6:,.1f} MB, ${self.usd:.4f}, as {self.quarter} did"


def next_run(now: datetime) -> tuple[Quarter, datetime]:
    """The quarter that the schedule measures next, and when."""
    quarter = Quarter.of(now.date()).previous
    while (at := measured_at(quarter)) <= now:
        quarter = quarter.next
    return quarter, at


def measured_at(quarter: Quarter) -> datetime:
    """When the schedule measures ``quarter``."""
    return datetime.combine(quarter.last_day + timedelta(days=MEASURED_AFTER_DAYS), MEASURED_AT)


def expected(layer: Layer, quarter: Quarter) -> date:
    """The day by which the layer's sources of ``quarter`` are expected."""
    return quarter.last_day + timedelta(days=layer.due_days)


def is_late(layer: Layer) -> bool:
    """Whether its sources come after the day on which the schedule measures a quarter."""
    return layer.due_days > MEASURED_AFTER_DAYS


def is_measured(layer: Layer, quarter: Quarter, shelf: Shelf) -> bool:
    """Whether any page of the layer has rows of ``quarter``."""
    tables = (shelf.table(page.table, quarter) for page in layer.pages if page.table)
    return any(table is not None and len(table) for table in tables)


def awaited(settings: Settings, layer: Layer, today: date) -> Iterator[tuple[Quarter, date]]:
    """Of the two quarters that ended last, those whose edition lacks the layer, with the day it is expected by."""
    shelf, received = Shelf(settings.tables), received_editions(settings.published)
    last = Quarter.last_ended(today)
    for quarter in (last, last.previous):
        if quarter in received and not is_measured(layer, quarter, shelf):
            yield quarter, expected(layer, quarter)


def overdue(settings: Settings, today: date, among: Sequence[Layer] | None = None) -> list[Late]:
    """The layers (all by default) that editions of the two quarters that ended last still lack after their day."""
    return [
        Late(layer.name, quarter, by)
        for layer in (layers.LAYERS if among is None else among)
        for quarter, by in awaited(settings, layer, today)
        if max(by, measured_at(quarter).date()) + GRACE < today
    ]


def cost(settings: Settings) -> Cost | None:
    """What the newest edition of received figures cost; None where there is none."""
    received = received_editions(settings.published)
    if not received:
        return None
    entries = _received_for(settings, received[0])
    return Cost(
        received[0],
        len(entries),
        sum(entry.bytes for entry in entries),
        sum(entry.cost_usd or 0.0 for entry in entries),
    )


def _received_for(settings: Settings, quarter: Quarter) -> list[Entry]:
    shelf = Shelf(settings.received_tables)
    found = [entry for path in shelf.folder.glob("raw_*") for entry in shelf.entries(path.name, quarter)]
    return list({(entry.url, entry.body, entry.sha256): entry for entry in found}.values())
