"""What Dagster costs a step: a quarter's employment tables as a job in process, beside the same functions alone.

Both read the sample archive, make the same tables, validate them and write them to a folder of their own.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from benchmarks.child import child_cpu_s
from benchmarks.rows import Row

# Against what the libraries take alone, and against Dagster's own steps that do nothing.
PROMISED_LOADING = 3.0
PROMISED_STEPS = 3.0
LIBRARIES = "import dagster, duckdb, pandas, pandera, plotly.graph_objects, pyproj, requests"
REPEATS = 3
QUARTER = "2026-Q2"
# The assets that both sides make; a step each, and one more for each check that a job runs of them.
ASSETS = (
    "raw_census_gazetteer",
    "raw_census_population",
    "cbsa_places",
    "raw_oews_metro",
    "raw_oews_earlier",
    "oews_metro_cells",
    "oews_earlier_cells",
    "usa_ai_employment_by_msa",
)


def measure() -> Iterator[Row]:
    loading = statistics.median(
        _loading_s("import where_is_ai.defs") / _loading_s(LIBRARIES) for _ in range(3)
    )
    yield Row(
        "loading the definitions against loading the libraries alone, CPU s each in a process of its own",
        f"{loading:.2f} times",
        f"at most {PROMISED_LOADING:g} times",
        loading <= PROMISED_LOADING,
    )
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WHERE_IS_AI_DATA"] = folder
        os.environ["DAGSTER_HOME"] = str(Path(folder) / "dagster")
        job, bare, steps = _jobs(Path(folder))
        plain = partial(_plainly, Path(folder) / "plain")
        times = [(_cpu_s(job), _cpu_s(plain), _cpu_s(bare)) for _ in range(REPEATS)]
    job_s, plain_s, bare_s = (statistics.median(each) for each in zip(*times, strict=True))
    overhead = statistics.median((job - plain) / bare for job, plain, bare in times)
    yield Row(
        f"the job of {steps} steps against the same functions in a plain script, CPU s",
        f"{job_s / plain_s:.1f} times ({job_s:.2f} s, {plain_s:.2f} s; {(job_s - plain_s) / steps:.3f} s a step)",
    )
    yield Row(
        f"what the job adds to them, against as many steps of Dagster's that do nothing ({bare_s:.2f} CPU s)",
        f"{overhead:.1f} times",
        f"at most {PROMISED_STEPS:g} times",
        overhead <= PROMISED_STEPS,
    )


def _cpu_s(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _loading_s(code: str) -> float:
    return child_cpu_s("-W", "ignore", "-c", code, environment={})


def _jobs(folder: Path):
    """Callables that run the job, and a job of as many assets and checks that do nothing; how many steps each has."""
    import dagster as dg

    from where_is_ai.defs import defs
    from where_is_ai.defs.home import make_home
    from where_is_ai.quarters import Quarter
    from where_is_ai.settings import Settings

    make_home(Settings(data=folder))
    instance = dg.DagsterInstance.get()
    quiet = {"loggers": {"console": {"config": {"log_level": "ERROR"}}}}
    job = defs.resolve_implicit_global_asset_job_def().get_subset(
        asset_selection={dg.AssetKey(asset) for asset in ASSETS}
    )

    def run() -> dg.ExecuteInProcessResult:
        return job.execute_in_process(
            partition_key=Quarter.parse(QUARTER).partition_key,
            instance=instance,
            run_config={"resources": {"choices": {"config": {"afresh": True}}}, **quiet},
        )

    run_id = run().run_id
    steps = {event.step_key for event in instance.all_logs(run_id) if event.step_key}
    empty = dg.Definitions(
        [_does_nothing(f"asset_{number}") for number in range(len(ASSETS))],
        asset_checks=[_finds_nothing(f"check_{number}") for number in range(len(steps) - len(ASSETS))],
        executor=dg.in_process_executor,
    ).resolve_implicit_global_asset_job_def()
    return run, partial(empty.execute_in_process, instance=instance, run_config=quiet), len(steps)


def _does_nothing(name: str):
    import dagster as dg

    @dg.asset(name=name)
    def made() -> dg.MaterializeResult:
        return dg.MaterializeResult()

    return made


def _finds_nothing(name: str):
    import dagster as dg

    @dg.asset_check(asset="asset_0", name=name)
    def check() -> dg.AssetCheckResult:
        return dg.AssetCheckResult(passed=True)

    return check


def _plainly(folder: Path) -> None:
    """The same tables by the pure functions alone: read, made, validated, written."""
    import pandas as pd

    from where_is_ai.archive.fetch import open_library
    from where_is_ai.errors import NotArchived
    from where_is_ai.geography.schema import CbsaPlaces
    from where_is_ai.geography.source import GAZETTEER, POPULATION, read_places
    from where_is_ai.layers.employment.metro import roll_up
    from where_is_ai.layers.employment.releases import known_releases, release_known_in
    from where_is_ai.layers.employment.rules import repeated_releases
    from where_is_ai.layers.employment.schema import MetroEmployment
    from where_is_ai.layers.employment.schema_cells import OewsCells
    from where_is_ai.layers.employment.source import read_metro_cells
    from where_is_ai.layers.employment.suppression import suppressed_shares
    from where_is_ai.layers.employment.totals import metros_unlike_their_cells
    from where_is_ai.occupations import ai_occupations
    from where_is_ai.quarters import Quarter
    from where_is_ai.settings import Settings
    from where_is_ai.shelf import Shelf

    quarter, library, shelf = Quarter.parse(QUARTER), open_library(Settings()), Shelf(folder)
    release = release_known_in(quarter)
    gazetteer, population, workbook = (
        library.get(request, quarter) for request in (GAZETTEER, POPULATION, release.metro_workbook)
    )
    places = read_places(library, gazetteer, population)
    cells = read_metro_cells(library, workbook, release)
    before = {}
    for each in known_releases():
        with suppress(NotArchived):
            before |= {each: library.get(each.metro_workbook, quarter)} if each < release else {}
    earlier = pd.concat([read_metro_cells(library, entry, each) for each, entry in before.items()])
    metros = roll_up(cells, places, ai_occupations(release.reference_month))
    metros_unlike_their_cells(metros, cells)
    repeated_releases(cells, earlier)
    suppressed_shares(cells)
    answers = {"gazetteer": [gazetteer], "population": [population], "workbook": [workbook]}
    for name, made in {**answers, "workbooks": list(before.values())}.items():
        shelf.put(name, quarter, made)
    tables = {"places": (places, CbsaPlaces), "cells": (cells, OewsCells), "earlier": (earlier, OewsCells)}
    for name, (rows, model) in {**tables, "metros": (metros, MetroEmployment)}.items():
        shelf.put(name, quarter, rows)
        model.validate(shelf.table(name, quarter), lazy=True)
