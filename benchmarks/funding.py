"""A full-size quarter of Form D filings and the two years before it, read and rolled up: time and memory."""

import random
import resource
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pandas as pd

from benchmarks.child import child_output
from benchmarks.rows import Row, ratio
from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.geography.delineation import DELINEATION, read_counties
from where_is_ai.geography.source import GAZETTEER, POPULATION, read_places
from where_is_ai.geography.zips import ZipCounties
from where_is_ai.layers.funding.filings import read_filings
from where_is_ai.layers.funding.made_up import address, data_sets
from where_is_ai.layers.funding.metro import ai_offerings, by_first_sale, by_metro, coverage
from where_is_ai.layers.funding.source import (
    EARLIER_DATA_SETS,
    ISSUERS,
    OFFERINGS,
    SUBMISSIONS,
    data_set,
)
from where_is_ai.layers.funding.tiers import classified
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_ARCHIVE

FILINGS = 15_000
QUARTER = Quarter(2026, 2)
SEED = 7
# Cells are parsed one by one, so that a bad one is named with its line; pandas alone splits them in C.
MOST_TIMES, MOST_MB = 20.0, 1_000


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        library, entries = _archived(Path(folder))
        times = ratio(lambda: _whole(library, entries), lambda: _columns(library, entries), repeats=2)
        memory_mb = int(child_output("-m", "benchmarks.funding", folder))
    what = f"{len(entries)} data sets of {FILINGS:,} filings read, classified and rolled up"
    yield Row(
        f"{what} vs reading the needed columns",
        f"{times:.1f}× the time",
        f"≤ {MOST_TIMES:g}×",
        times <= MOST_TIMES,
    )
    yield Row(f"{what}: memory", f"{memory_mb} MB", f"≤ {MOST_MB:,} MB", memory_mb <= MOST_MB)


def _archived(folder: Path) -> tuple[Replay, list[Entry]]:
    """The quarter's data set and those before it, the oldest first."""
    quarters = [QUARTER]
    while len(quarters) <= EARLIER_DATA_SETS:
        quarters.insert(0, quarters[0].previous)
    archive = Archive(folder)
    made = data_sets(random.Random(SEED), quarters, FILINGS)
    entries = [archive.keep(content, data_set(address(each)), datetime.now(UTC)) for each, content in made]
    return Replay(archive), entries


def _columns(library: Replay, entries: list[Entry]) -> None:
    for entry in entries:
        with ZipFile(library.path(entry)) as archive:
            for member in (SUBMISSIONS, ISSUERS, OFFERINGS):
                with archive.open(member.path_in(archive.namelist(), entry.url)) as file:
                    pd.read_csv(
                        file, sep="\t", quoting=3, dtype="str", usecols=[*member.needed, *member.optional]
                    )


def _whole(library: Replay, entries: list[Entry]) -> None:
    sample = Replay(Archive(SAMPLE_ARCHIVE))
    counties = read_counties(sample, sample.get(DELINEATION, QUARTER))
    places = read_places(sample, sample.get(GAZETTEER, QUARTER), sample.get(POPULATION, QUARTER))
    filings, unread = read_filings(library, entries)
    rows = classified(filings, None, counties, ZipCounties.empty(), "made-up filings")
    ai_offerings(rows, QUARTER), by_metro(rows, places, QUARTER)
    by_first_sale(rows, places, QUARTER), coverage(rows, unread, QUARTER)


if __name__ == "__main__":
    kept = Archive(Path(sys.argv[1]))
    _whole(Replay(kept), kept.newest("https://www.sec.gov/"))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
