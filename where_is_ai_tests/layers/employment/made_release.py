"""A whole release made up as BLS makes one: employment before rounding, then what the workbook shows of it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from where_is_ai_tests.layers.employment.cells import cells

AREAS = 393
AI = ("15-1221", "15-2051")
OTHERS = (
    *(f"15-12{number}" for number in (11, 12, 31, 32, 41, 42, 43, 44, 51, 52, 53, 54, 55, 99)),
    "15-2031",
    "15-2041",
)
# How often BLS shows a cell: an AI cell is often not listed, and of those that are a few are suppressed.
LISTED, SUPPRESSED = {"15-1221": 0.2, "15-2051": 0.75}, 0.03
LISTED_OTHERS = 0.8


@dataclass(frozen=True)
class MadeRelease:
    """``cells`` (OewsCells) and the ``truth``: unrounded jobs per area_code (rows) and occupation, shown or not."""

    cells: pd.DataFrame
    truth: pd.DataFrame


def made_release(release: str = "2025-05", areas: int = AREAS, seed: int = 1) -> MadeRelease:
    """``areas`` metros from 30,000 to some 10 million jobs, each with 00-0000, 15-0000 and 18 occupations of it."""
    chance = np.random.default_rng(seed)
    codes = [*AI, *OTHERS]
    total = np.clip(chance.lognormal(11.9, 1.1, areas), 30_000, 10_000_000)
    shares = chance.lognormal(-7, 1, (areas, len(codes)))
    truth = pd.DataFrame(
        shares * total[:, None], columns=codes, index=[f"{10_001 + area}" for area in range(areas)]
    )
    shown, jobs_1000 = [], []
    for (area, jobs), whole in zip(truth.iterrows(), total, strict=True):
        rows = {"00-0000": whole, "15-0000": jobs.sum(), **jobs[jobs >= 30]}
        for code, unrounded in rows.items():
            if code in jobs and chance.random() > LISTED.get(code, LISTED_OTHERS):
                continue
            kept = code.endswith("0000") or chance.random() > SUPPRESSED
            shown.append((area, code, 10 * round(unrounded / 10) if kept else None, None))
            jobs_1000.append(round(unrounded / whole * 1000, 3) if kept else None)
    return MadeRelease(cells(release, *shown, jobs_1000=jobs_1000), truth)
