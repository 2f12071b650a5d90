"""A sighting is one posting as one answer showed it. Sources yield sightings; the quarter is their union."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from where_is_ai.characters import is_writable, writable
from where_is_ai.layers.postings.schema import Troubles
from where_is_ai.tables import as_table

ROWS_AT_A_TIME = 2_000
# More than any real one: of what is longer the beginning is kept, and of places nothing, since half a list of places
# would be another place.
LONGEST_NAME = 1_000
LONGEST_PLACE = 2_000
LONGEST_EXAMPLE = 400


@dataclass(frozen=True)
class Sighting:
    """``posted_on`` is None where not given. ``address`` is the location with what the source adds to it.

    ``requisition`` is the board's own id of the opening, which several posts may share, ``sector`` that of the
    employer; both empty where none is given.
    """

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
    requisition: str = ""
    sector: str = ""


SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("posting_id", "source", "board", "company", "title", "text")),
        *((name, pa.date32()) for name in ("posted_on", "first_seen", "last_seen")),
        *((name, pa.string()) for name in ("location", "address", "url", "requisition", "sector")),
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
        key = tuple(map(writable, (source, board, trouble, consequence)))
        self.counts[key] += count
        self.examples.setdefault(key, writable(example)[:LONGEST_EXAMPLE])

    def table(self) -> pd.DataFrame:
        """Troubles, sorted."""
        rows = [
            (source, board, trouble, count, consequence, self.examples[source, board, trouble, consequence])
            for (source, board, trouble, consequence), count in sorted(self.counts.items())
        ]
        return as_table(pd.DataFrame(rows, columns=list(Troubles.to_schema().columns)), Troubles)


@contextmanager
def unreadable_counted(tally: Tally, source: str, board: str, example: str) -> Iterator[None]:
    """The border of one record: whatever goes wrong in reading it is a trouble, and the others are read."""
    try:
        yield
    except Exception as fault:
        tally.add(source, board, f"posting can't be read ({type(fault).__name__})", "left out", example)


def fit_to_keep(sighting: Sighting, markup: str, tally: Tally) -> Sighting:
    """``sighting`` as the tables can hold it; what was done goes to ``tally``.

    Characters that they can't hold are replaced, as they were in the text that was made of ``markup``; names and
    places of a length that none has are cut or left out.
    """

    def note(trouble: str, consequence: str) -> None:
        tally.add(sighting.source, sighting.board, trouble, consequence, sighting.posting_id)

    given = {name: value for name, value in asdict(sighting).items() if isinstance(value, str)}
    kept = {name: writable(value) for name, value in given.items()}
    if kept != given or not is_writable(markup):
        note("characters that can't be written", "replaced")
    kept["title"] = kept["title"].strip()
    for name in ("title", "company"):
        if len(kept[name]) > LONGEST_NAME:
            kept[name] = kept[name][:LONGEST_NAME]
            note(f"overlong {name}", "cut")
    for name in ("location", "address"):
        places = kept[name].split("; ")
        if any(len(place) > LONGEST_PLACE for place in places):
            kept[name] = "; ".join(place for place in places if len(place) <= LONGEST_PLACE)
            note(f"overlong {name}", "left out")
    return replace(sighting, **kept)


def write_sightings(sightings: Iterable[Sighting], path: Path) -> int:
    """Write ``sightings`` to a parquet file, some at a time; gives how many there were."""
    written = 0
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        remaining = iter(sightings)
        while some := list(islice(remaining, ROWS_AT_A_TIME)):
            writer.write_table(pa.Table.from_pylist([asdict(sighting) for sighting in some], SCHEMA))
            written += len(some)
    return written
