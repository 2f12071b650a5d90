"""A sighting is one posting as one answer showed it. Sources yield sightings; the quarter is their union."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from where_is_ai.layers.postings.schema import Troubles
from where_is_ai.tables import as_table

EARLIEST_DAY = date(2000, 1, 1)
ROWS_AT_A_TIME = 2_000


@dataclass(frozen=True)
class Sighting:
    """``posted_on`` is None where not given. ``address`` is the location with what the source adds to it."""

    posting_id: str
    source: str
    board: str
    company: str
    title: str
    text: str
    posted_on: date | None
    first_seen: date
    last_seen: date
    location: str
    address: str
    url: str


SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("posting_id", "source", "board", "company", "title", "text")),
        *((name, pa.date32()) for name in ("posted_on", "first_seen", "last_seen")),
        *((name, pa.string()) for name in ("location", "address", "url")),
    ]
)


@dataclass
class Tally:
    """Counts what was wrong, by source, board, trouble and consequence, each with its first example."""

    counts: Counter = field(default_factory=Counter)
    examples: dict = field(default_factory=dict)

    def add(
        self, source: str, board: str, trouble: str, consequence: str, example: str, count: int = 1
    ) -> None:
        key = (source, board, trouble, consequence)
        self.counts[key] += count
        self.examples.setdefault(key, example)

    def table(self) -> pd.DataFrame:
        """Troubles, sorted."""
        rows = [
            (source, board, trouble, count, consequence, self.examples[source, board, trouble, consequence])
            for (source, board, trouble, consequence), count in sorted(self.counts.items())
        ]
        return as_table(pd.DataFrame(rows, columns=list(Troubles.to_schema().columns)), Troubles)


def plausible_day(day: date | None, seen: date) -> date | None:
    """``day``, or None where no posting seen on ``seen`` can have been published then."""
    return day if day and EARLIEST_DAY <= day <= seen + timedelta(days=1) else None


def day_of(text: str | None) -> date | None:
    """The day of an ISO 8601 date or time as its publisher wrote it; None where it is neither."""
    try:
        return date.fromisoformat((text or "")[:10])
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


def write_sightings(sightings: Iterable[Sighting], path: Path) -> int:
    """Write ``sightings`` to a parquet file, some at a time; gives how many there were."""
    written = 0
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        remaining = iter(sightings)
        while some := list(islice(remaining, ROWS_AT_A_TIME)):
            writer.write_table(pa.Table.from_pylist([asdict(sighting) for sighting in some], SCHEMA))
            written += len(some)
    return written
