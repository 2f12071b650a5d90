"""All releases read and rolled up, against reading them alone; the rank simulation, against the naive loop."""

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pandas as pd

from benchmarks.oews import full_size_rows
from benchmarks.rows import Row, ratio, seconds
from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.intervals import Z_90
from where_is_ai.layers.employment import hiding
from where_is_ai.layers.employment.bounds import bounds
from where_is_ai.layers.employment.change import change
from where_is_ai.layers.employment.ranks import DRAWS, PERCENTILES, SEED, rank_highest_first, simulated_ranks
from where_is_ai.layers.employment.releases import Release, known_releases
from where_is_ai.layers.employment.series import series
from where_is_ai.layers.employment.source import read_metro_cells
from where_is_ai.layers.employment.unrounded import ROUNDING_JOBS
from where_is_ai.settings import SAMPLE_ARCHIVE
from where_is_ai_tests.layers.employment.made_release import AI, made_release
from where_is_ai_tests.layers.employment.workbooks import LAYOUTS, metro_zip

METROS = 400
# How many published cells are hidden at a time: few, as BLS does, and most.
HIDDEN = (100, 1000, 2500)


def measure() -> Iterator[Row]:
    yield from _releases()
    yield from _simulation()
    yield from _hidden_cells()
    yield from _changes()


def _releases() -> Iterator[Row]:
    """Seven full-size workbooks, read and rolled up to one series."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder))
        content = metro_zip(LAYOUTS[-1], _rows_of_every_release())
        kept = {
            release: archive.keep(_as_of(release, content), release.metro_workbook, datetime.now(UTC))
            for release in known_releases()
        }
        library = Replay(archive)
        times = ratio(
            lambda: series(_read(library, kept)),
            lambda: _read(library, kept),
            repeats=3,
            clock=time.process_time,
        )
    yield Row(
        f"{len(kept)} full-size releases read and rolled up vs read, CPU s",
        f"{times:.2f}× the time",
        "≤ 1.2×",
        times <= 1.2,
    )


def _as_of(release: Release, zipped: bytes) -> bytes:
    """The same zip under the names that BLS gives to the files of the release."""
    made, wanted, renamed = str(LAYOUTS[-1].year), release.reference_month[:4], BytesIO()
    with ZipFile(BytesIO(zipped)) as old, ZipFile(renamed, "w") as new:
        for name in old.namelist():
            year = name.replace(made, wanted).replace(f"oesm{made[2:]}", f"oesm{wanted[2:]}")
            new.writestr(year, old.read(name))
    return renamed.getvalue()


def _rows_of_every_release() -> list[dict]:
    """A full-size workbook that has the data scientists' occupation under its earlier code too."""
    rows = full_size_rows()
    return rows + [row | {"OCC_CODE": "15-2098"} for row in rows if row["OCC_CODE"] == "15-2051"]


def _read(library: Replay, kept: dict[Release, Entry]) -> list[pd.DataFrame]:
    return [read_metro_cells(library, entry, release) for release, entry in kept.items()]


def _simulation() -> Iterator[Row]:
    chance = np.random.default_rng(SEED)
    workers = pd.Series(chance.lognormal(5, 1.5, METROS).round(-1) + 30).astype("Int64")
    error = (workers * chance.uniform(0.05, 0.5, METROS)).astype("Float64")
    ours = seconds(lambda: simulated_ranks(workers, error))
    naive = seconds(lambda: _naive(workers, error), repeats=1)
    yield Row(
        f"ranks of {DRAWS:,} draws × {METROS} metros vs a loop over draws",
        f"{naive / ours:.0f}× faster ({ours * 1000:.0f} ms)",
        "",
        None,
    )


def _naive(workers: pd.Series, error: pd.Series) -> pd.DataFrame:
    """One draw after the other."""
    chance = np.random.default_rng(SEED)
    ranks = [
        rank_highest_first((workers + chance.standard_normal(len(workers)) * error / Z_90).clip(lower=0))
        for _ in range(DRAWS)
    ]
    return (
        pd.concat(ranks, axis="columns")
        .astype(float)
        .quantile([share / 100 for share in PERCENTILES], axis=1)
    )


def _archived_cells(reference_month: str) -> pd.DataFrame:
    library = Replay(Archive(SAMPLE_ARCHIVE))
    release = next(release for release in known_releases() if release.reference_month == reference_month)
    return read_metro_cells(library, library.archive.versions(release.metro_workbook.url)[-1], release)


def _changes() -> Iterator[Row]:
    """Not a timing: what the choice of an error does to the changes that the survey can tell from none."""
    changes = change(_archived_cells("2024-05"), _archived_cells("2025-05"))
    compared = changes[changes["comparable"]]
    exceeding = {
        name: int((compared["like_for_like_change"].abs() > compared[name]).sum())
        for name in ("noise", "noise_upper_decile", "noise_if_panels_overlap")
    }
    holding = int(compared["exceeds_noise_fdr10"].sum())
    yield Row(
        f"{len(compared)} changes beyond noise: median, upper decile, panels overlap; among all",
        f"{', '.join(map(str, exceeding.values()))}; {holding}",
        "",
        None,
    )


def _hidden_cells() -> Iterator[Row]:
    """Not a timing: how well the logical bounds hold on the real May 2022 workbook and on a made May 2025."""
    real, made = _archived_cells("2022-05"), made_release()
    for name, cells in (("May 2022", real), ("a made May 2025", made.cells)):
        found = [hiding.found_again(cells, hiding.hide(cells, number, SEED)) for number in HIDDEN]
        told = hiding.summary(pd.concat(found))
        yield Row(
            f"{told['cells']:,} cells of {name} hidden: truth within its bounds, alone and by area",
            f"{told['cell_within_pct']:.1f} %, {told['area_within_pct']:.1f} %; "
            f"median width {told['median_width_jobs']:.0f} jobs, {told['median_width_by_truth']:.1f}× the truth",
            "all",
            told["area_within_pct"] == 100,
        )
    for name, cells in (("May 2022", real), ("a made May 2025", made.cells)):
        blunt, sharp = _hidden_at_most(cells.assign(jobs_1000=_unknown(cells))), _hidden_at_most(cells)
        yield Row(
            f"hidden at most in {len(sharp)} lower bounds of {name}: by TOT_EMP alone, with JOBS_1000",
            f"{blunt.median():.0f}, {sharp.median():.0f} jobs (median)",
            "",
            None,
        )
    truth = made.truth[list(AI)].sum(axis="columns")
    rounding = len(AI) * ROUNDING_JOBS
    inside = bounds(made.cells, AI).join(truth.rename("truth"))
    within = inside["truth"].between(
        inside["hidden_low"].fillna(0) - rounding, inside["hidden_high"] + rounding
    )
    yield Row(
        f"AI workers of {len(within)} made metros, shown or not, within hidden_low and hidden_high",
        f"{within.mean() * 100:.1f} %",
        "all",
        bool(within.all()),
    )


def _unknown(cells: pd.DataFrame) -> pd.Series:
    return pd.Series(pd.NA, index=cells.index, dtype="Float64")


def _hidden_at_most(cells: pd.DataFrame) -> pd.Series:
    """In jobs, of the metros whose AI workers are a lower bound."""
    found = bounds(cells, AI)
    return found.loc[found["coverage"].isin(["not_listed", "suppressed"]), "hidden_at_most"]
