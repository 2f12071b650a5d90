"""What Dagster costs a step: a quarter's employment tables as a job in process, beside the same functions alone.

Both read the sample archive, make the same tables, validate them and write them to a folder of their own.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.child import child_output
from benchmarks.rows import Row, seconds

PROMISED_S = 0.15
PROMISED_LOAD_S = 3.0
QUARTER = "2026-Q2"
# The assets that both sides make; a step each, and one more for each check that a job runs of them.
ASSETS = (
    "raw_census_gazetteer",
    "raw_census_population",
    "cbsa_places",
    "raw_oews_metro",
    "oews_metro_cells",
    "usa_ai_employment_by_msa",
)


def measure() -> Iterator[Row]:
    import_s = _loading_s()
    yield Row(
        "the definitions load, in a process of their own",
        f"{import_s:.1f} s",
        f"at most {PROMISED_LOAD_S:g} s",
        import_s <= PROMISED_LOAD_S,
    )
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WHERE_IS_AI_DATA"] = folder
        os.environ["DAGSTER_HOME"] = str(Path(folder) / "dagster")
        job, steps, started_s = _job(Path(folder))
        job_s, plain_s = seconds(job), seconds(lambda: _plainly(Path(folder) / "plain"))
    overhead_s = (job_s - started_s - plain_s) / steps
    yield Row("start of a run in process, before its first step and after its last", f"{started_s:.2f} s")
    yield Row(
        f"overhead a step in process ({steps} steps in {job_s:.2f} s, the same functions alone {plain_s:.2f} s)",
        f"{overhead_s:.3f} s",
        f"at most {PROMISED_S} s",
        overhead_s <= PROMISED_S,
    )


def _loading_s() -> float:
    start = time.perf_counter()
    child_output("-W", "ignore", "-c", "import where_is_ai.defs")
    return time.perf_counter() - start


def _job(folder: Path):
    """A callable that runs the job, how many steps it has, and how long a run takes apart from its steps."""
    import dagster as dg

    from where_is_ai.defs import defs
    from where_is_ai.defs.home import make_home
    from where_is_ai.quarters import Quarter
    from where_is_ai.settings import Settings

    make_home(Settings(data=folder))
    instance = dg.DagsterInstance.get()
    job = defs.resolve_implicit_global_asset_job_def().get_subset(
        asset_selection={dg.AssetKey(asset) for asset in ASSETS}
    )

    def run() -> dg.ExecuteInProcessResult:
        start = time.perf_counter()
        result = job.execute_in_process(
            partition_key=Quarter.parse(QUARTER).partition_key,
            instance=instance,
            run_config={"loggers": {"console": {"config": {"log_level": "ERROR"}}}},
        )
        return result, time.perf_counter() - start

    run()
    result, took_s = run()
    logs = instance.all_logs(result.run_id)
    stepping = [event.timestamp for event in logs if event.step_key]
    steps = {event.step_key for event in logs if event.step_key}
    return run, len(steps), took_s - (max(stepping) - min(stepping))


def _plainly(folder: Path) -> None:
    """The same tables by the pure functions alone: read, made, validated, written."""
    from where_is_ai.archive.fetch import open_library
    from where_is_ai.geography.schema import CbsaPlaces
    from where_is_ai.geography.source import GAZETTEER, POPULATION, read_places
    from where_is_ai.layers.employment.metro import roll_up
    from where_is_ai.layers.employment.releases import release_known_in
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
    metros = roll_up(cells, places, ai_occupations(release.reference_month))
    metros_unlike_their_cells(metros, cells)
    suppressed_shares(cells)
    for name, made in {"gazetteer": [gazetteer], "population": [population], "workbook": [workbook]}.items():
        shelf.put(name, quarter, made)
    for rows, model in ((places, CbsaPlaces), (cells, OewsCells), (metros, MetroEmployment)):
        shelf.put(model.__name__, quarter, rows)
        model.validate(shelf.table(model.__name__, quarter), lazy=True)
