"""The whole world at once: 25,000 institutions in 13,000 metros, 400 metros of the USA in eight layers, 30 editions.

Everything outside the site, each in CPU seconds beside the same for a quarter as many, in processes of their own: what
is linear takes four times as long. The site's pages are measured by the benchmark of the site.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from shutil import copytree

import numpy as np
import pandas as pd

from benchmarks.child import child_output
from benchmarks.rows import Row
from where_is_ai.archive.entry import Entry
from where_is_ai.archive.store import Archive
from where_is_ai.layers import LAYERS
from where_is_ai.layers.employment.metro import roll_up as employed
from where_is_ai.layers.research import openalex as api
from where_is_ai.layers.research.methods import STANDARD
from where_is_ai.layers.research.metro import assign, roll_up, unions
from where_is_ai.layers.research.schema import AiWorks
from where_is_ai.layers.research.source import PAID_ONCE_A_DAY
from where_is_ai.layers.research.trend import trend
from where_is_ai.occupations import ai_occupations
from where_is_ai.publication.about import About
from where_is_ai.publication.assemble import Parts, assemble
from where_is_ai.publication.duckdb_file import write_duckdb
from where_is_ai.publication.edition import Edition, editions
from where_is_ai.publication.profiles import MetroProfiles, profiles, rank_ranges
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai.shelf import Shelf
from where_is_ai.tables import as_table
from where_is_ai_tests.layers.employment.made_release import made_release

QUARTER = Quarter(2026, 2)
METROS, INSTITUTIONS, US_METROS, EDITIONS, QUARTERS_OF_A_TREND = 13_000, 25_000, 400, 30, 12
SMALLER = 4
# Four times as much of what is linear, with what a process and its tables cost anyway and what a sort adds.
PROMISED, PROMISED_MB = 6.0, 2_000
GROUPED_ANSWER = 200
Numbers = dict[str, float]


def measure() -> Iterator[Row]:
    small, whole = (json.loads(child_output("-m", "benchmarks.world", str(part))) for part in (SMALLER, 1))
    for what, took_s in whole.items():
        if what != "peak_mb":
            ratio = took_s / small[what]
            yield Row(
                f"{what} ({took_s:.1f} CPU s) against a quarter as many ({small[what]:.1f} CPU s)",
                f"{ratio:.1f} times",
                f"at most {PROMISED:g} times",
                ratio <= PROMISED,
            )
    peak_mb = whole["peak_mb"]
    yield Row("its peak memory", f"{peak_mb:,.0f} MB", f"under {PROMISED_MB:,} MB", peak_mb < PROMISED_MB)


def measured(part: int) -> Numbers:
    """CPU seconds of each step with one ``part``-th of the world, and the peak memory of the process."""
    took: Numbers = {}
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(data=Path(name), source="archive")
        works, areas = made_works(INSTITUTIONS // part, METROS // part)
        answers = archived(settings, works)
        with counted(
            took, f"{INSTITUTIONS:,} institutions to {METROS:,} metros with distinct counts and ranks"
        ):
            institutions = assign(works, STANDARD, areas, "ghsl")
            counts = {
                request.url: max(count for _, count in union.works)
                for union in unions(institutions, STANDARD, QUARTER).values()
                for request in union.requests
            }
            entries = [entry for each in answers.values() for entry in each]
            metros = roll_up(institutions, STANDARD, QUARTER, counts, None, entries)
        with counted(took, f"their trend over {QUARTERS_OF_A_TREND} quarters"):
            series = trend([(str(each), metros) for each in quarters(QUARTERS_OF_A_TREND)])
        with counted(took, f"the ranges of ranks of {METROS:,} metros"):
            rank_ranges(metros["ai_works"], metros["ai_works_low"], metros["ai_works_high"], metros["rank"])
        with counted(took, f"profiles of {US_METROS} metros of the USA in {len(LAYERS)} layers"):
            about_usa = made_profiles(US_METROS // part)
        tables = {
            "world_ai_research_by_metro": metros,
            "world_ai_research_by_institution": institutions,
            "world_ai_research_trend": series,
            "usa_metro_profiles": about_usa,
        }
        with counted(took, "the edition with its walk back"):
            publish(settings, tables, answers)
        with counted(took, "its revision, in which every metro's number is corrected"):
            corrected = metros.assign(ai_works_summed=metros["ai_works_summed"] + 1)
            publish(settings, tables | {"world_ai_research_by_metro": corrected}, answers)
        for each in quarters(EDITIONS)[:-1]:
            copytree(settings.published / str(QUARTER), settings.published / str(each))
        with counted(took, f"{EDITIONS} editions in one DuckDB file"):
            write_duckdb(settings.published, editions(settings.published))
    return took | {"peak_mb": getrusage(RUSAGE_SELF).ru_maxrss / 1024}


def made_works(institutions: int, metros: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """AiWorks, and the area of each: most metros have one institution, the largest some hundred."""
    draw = np.random.default_rng(1)
    number = np.arange(institutions)
    metro = np.where(number < metros, number, (metros * draw.random(institutions) ** 6).astype(int))
    papers = np.maximum(1, draw.pareto(1.1, institutions) * 3).astype(int)
    rows = pd.DataFrame(
        {
            "institution_id": [f"I{each}" for each in number],
            "institution": [f"University {each}" for each in number],
            "type": "education",
            "ai_works": papers,
            "city": [f"City {each}" for each in metro],
            "country_code": np.array(["CN", "US", "IN", "DE", "BR"])[metro % 5],
            "lat": draw.uniform(-50, 65, institutions),
            "lon": draw.uniform(-179, 179, institutions),
            "works_count": papers * 40,
            "any_type_works": papers + 1,
            "year_before_works": papers,
            "mature_works": papers * 2,
            "top_10_works": papers // 5,
            "top_1_works": papers // 50,
            "point_from": "OpenAlex",
            **dict.fromkeys(("region", "geonames_city_id", "parents"), pd.NA),
        }
    )
    areas = pd.DataFrame(
        {
            "area_id": [f"M{each}" for each in metro],
            "area": [f"Metro {each}" for each in metro],
            "away_km": 0.0,
        }
    )
    return as_table(rows, AiWorks), areas


def archived(settings: Settings, works: pd.DataFrame) -> dict[str, list[Entry]]:
    """OpenAlex's answers that ``works`` would be read from, on the shelf too."""
    archive, shelf, now = (
        Archive(settings.own_archive),
        Shelf(settings.tables),
        datetime(2026, 7, 10, tzinfo=UTC),
    )
    ids = list(works["institution_id"])
    groups = [
        {
            "key": f"https://openalex.org/{row.institution_id}",
            "key_display_name": row.institution,
            "count": row.ai_works,
        }
        for row in works.itertuples()
    ]
    objects = [
        {
            "id": f"https://openalex.org/{row.institution_id}",
            "display_name": row.institution,
            "geo": {"city": row.city},
        }
        for row in works.itertuples()
    ]
    pages = [
        (api.ask("works", PAID_ONCE_A_DAY, filter="made", cursor=str(at)), {"group_by": some})
        for at, some in enumerate(parts(groups, GROUPED_ANSWER))
    ]
    batches = zip(
        api.institution_batches(ids, PAID_ONCE_A_DAY),
        ({"results": some} for some in parts(objects, api.MOST_VALUES)),
        strict=True,
    )
    asked = {"raw_openalex_works_by_institution": pages, "raw_openalex_institutions": batches}
    kept = {
        asset: [archive.keep(json.dumps(answer).encode(), request, now) for request, answer in each]
        for asset, each in asked.items()
    }
    for asset, answers in kept.items():
        shelf.put(asset, QUARTER, answers)
    return kept


def made_profiles(metros: int) -> pd.DataFrame:
    """MetroProfiles of employment in a made release, and the same under the name of each other layer."""
    cells = made_release(areas=metros).cells
    codes = cells["area_code"].unique()
    places = pd.DataFrame({"area_code": codes, "name": [f"City {code}, ST" for code in codes]})
    places = places.assign(kind="metro", lat=40.0, lon=-90.0, population=100_000)
    table = next(layer for layer in LAYERS if layer.name == "employment").by_metro.name
    rows = profiles(LAYERS, {table: employed(cells, places, ai_occupations("2025-05"))}, QUARTER)
    return as_table(pd.concat([rows.assign(layer=layer.name) for layer in LAYERS]), MetroProfiles)


def publish(settings: Settings, tables: dict[str, pd.DataFrame], answers: dict[str, list[Entry]]) -> None:
    for name, rows in tables.items():
        Shelf(settings.tables).put(name, QUARTER, rows)
    assemble(settings, Edition.of(settings, QUARTER), Parts(tables, {}, answers, About({}, [])))


def quarters(count: int) -> list[Quarter]:
    """The ``count`` quarters up to QUARTER, oldest first."""
    found = [QUARTER]
    while len(found) < count:
        found.append(found[-1].previous)
    return found[::-1]


def parts(whole: Sequence, size: int) -> list[Sequence]:
    return [whole[start : start + size] for start in range(0, len(whole), size)]


@contextmanager
def counted(took: Numbers, what: str) -> Iterator[None]:
    start = time.process_time()
    yield
    took[what] = time.process_time() - start


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]))))
