"""A generated LinkUp feed of millions through table, places, verdicts and measure: memory, speed, cost per posting.

Each size runs in a process of its own, so that its peak memory is its own. Descriptions are short, since they stream
past: what could grow is what is held of each posting, and that is the same for all.
"""

import csv
import gzip
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from benchmarks.child import child_output
from benchmarks.rows import Row
from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.geography.gazetteer.read import read_gazetteer
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_ARCHIVE

SMALL, LARGE = 1_000_000, 5_000_000
MOST_TIMES_THE_MEMORY = 1.2
MOST_TIMES_THE_COST = 1.5
QUARTER = Quarter(2026, 2)
COMPANIES = 20_000
DESCRIPTION_CHARS = 300
STAGES = ("table", "places", "verdicts", "measure")


def measure() -> Iterator[Row]:
    small, large = (run(size) for size in (SMALL, LARGE))
    for stage in STAGES:
        peaks = [found[f"{stage}_peak_mb"] for found in (small, large)]
        yield Row(
            f"{stage}, {LARGE:,} postings",
            f"{LARGE / large[stage]:,.0f} postings a CPU second; peak so far {peaks[0]:,.0f} MB at {SMALL:,},"
            f" {peaks[1]:,.0f} MB",
        )
    total = {
        size: sum(found[stage] for stage in STAGES) / size for size, found in ((SMALL, small), (LARGE, large))
    }
    times = total[LARGE] / total[SMALL]
    yield Row(
        f"cost of a posting, {LARGE:,} against {SMALL:,}",
        f"{times:.2f}×",
        f"≤ {MOST_TIMES_THE_COST}×",
        times <= MOST_TIMES_THE_COST,
    )
    before, after = (found[f"{STAGES[-1]}_peak_mb"] for found in (small, large))
    yield Row(
        f"peak memory at {LARGE:,}, over that at {SMALL:,}",
        f"{after / before:.2f} times ({after:,.0f} MB over {before:,.0f} MB)",
        f"at most {MOST_TIMES_THE_MEMORY} times",
        after <= MOST_TIMES_THE_MEMORY * before,
    )


def run(size: int) -> dict[str, float]:
    """CPU seconds and peak memory by stage of a process that takes a feed of ``size`` postings through them."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        generate(folder / "by_hand", size)
        measured = child_output("-m", "benchmarks.postings", str(folder))
    return json.loads(measured)


def generate(folder: Path, size: int) -> None:
    """A quarter of daily record and description files with ``size`` postings in all."""
    folder.mkdir(parents=True)
    draw = random.Random(size)
    places = [
        (name, place.state)
        for name, found in read_gazetteer().places.items()
        for place in found
        if place.population > 5_000
    ]
    words = [
        "model",
        "team",
        "patients",
        "orders",
        "pipeline",
        "customers",
        "machine learning",
        "forklift",
        "budget",
    ]
    sentences = [
        f"You {verb} the {noun} with care. "
        for verb in ("build", "lead", "check", "support")
        for noun in words
    ]
    days = (QUARTER.last_day - QUARTER.first_day).days + 1
    for offset in range(days):
        day = QUARTER.first_day + timedelta(days=offset)
        numbers = range(size * offset // days, size * (offset + 1) // days)
        with (
            gzip.open(folder / f"raw_daily_records_{day}.csv.gz", "wt", 1, newline="") as records,
            gzip.open(folder / f"raw_daily_descriptions_{day}.csv.gz", "wt", 1, newline="") as descriptions,
        ):
            _write_day(
                csv.writer(records),
                csv.writer(descriptions),
                numbers,
                f"{day}T05:47:00+00:00",
                draw,
                places,
                sentences,
            )


def _write_day(records, descriptions, numbers: range, created: str, draw, places, sentences) -> None:
    records.writerow(
        ["hash", "title", "company_id", "company_name", "city", "state", "zip", "country", "created", "last_checked",
         "last_updated", "delete_date", "unmapped_location", "url"]
    )  # fmt: skip
    descriptions.writerow(["job_hash", "description"])
    each = DESCRIPTION_CHARS // len(sentences[0])
    for number in numbers:
        company, (city, state) = draw.randrange(COMPANIES), draw.choice(places)
        posting = f"{number:032x}"
        records.writerow(
            [posting, f"Role {number % 977}", company, f"Company {company}", city, state, "", "USA", created, created,
             "", "", "False", f"https://example.org/{number}"]
        )  # fmt: skip
        descriptions.writerow([posting, f"Posting {number}. " + "".join(draw.choices(sentences, k=each))])


def stages(folder: Path) -> dict[str, float]:
    """Take the dropped feed through every stage and time each."""
    from where_is_ai.classifier import classifier
    from where_is_ai.geography.delineation import DELINEATION, read_counties
    from where_is_ai.geography.locations import Locator, read_locations
    from where_is_ai.geography.nation import national_population, read_nation
    from where_is_ai.geography.source import GAZETTEER, POPULATION, read_places
    from where_is_ai.layers.postings import growth, linkup
    from where_is_ai.layers.postings.counts import Judged, addresses, count
    from where_is_ai.layers.postings.metro import Basis, Rule, nation, roll_up
    from where_is_ai.layers.postings.quarter import Answers, write_postings
    from where_is_ai.layers.postings.sightings import Tally
    from where_is_ai.layers.postings.verdicts import write_verdicts

    sample = Replay(Archive(SAMPLE_ARCHIVE))
    areas = read_places(sample, sample.get(GAZETTEER, QUARTER), sample.get(POPULATION, QUARTER))
    residents = read_nation(sample, sample.get(national_population(2023), QUARTER))
    locator = Locator(read_counties(sample, sample.get(DELINEATION, QUARTER)))
    archive = Archive(folder / "archive")
    postings, posts, verdicts = (folder / f"{name}.parquet" for name in ("postings", "posts", "verdicts"))
    chosen = classifier("keywords")
    seconds, peaks = {}, {}

    def ended(stage: str, started: float) -> float:
        now = time.process_time()
        seconds[stage] = now - started
        peaks[f"{stage}_peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return now

    started = time.process_time()
    feed = linkup.adopt_dropped(folder / "by_hand", archive, QUARTER, Tally())
    write_postings(Replay(archive), Answers({}, feed=feed), QUARTER, postings, posts)
    started = ended("table", started)
    locations = read_locations(addresses(postings, posts), locator)
    started = ended("places", started)
    write_verdicts(postings, chosen, verdicts)
    started = ended("verdicts", started)
    counts = count(Judged(postings, posts, verdicts, locations), "flow")
    basis = Basis(0, "flow", chosen.label, chosen.name, "generated feed")
    roll_up(counts, growth.none(counts.metros["area_code"], "one quarter"), areas, basis, Rule())
    nation(counts, basis, residents)
    ended("measure", started)
    return seconds | peaks


if __name__ == "__main__":
    print(json.dumps(stages(Path(sys.argv[1]))))
