"""Metro tables to draw: the sample archive's three quarters, and made-up rankings over the same places."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.geography.source import GAZETTEER, POPULATION, read_places
from where_is_ai.layers.employment.metro import roll_up as roll_up_employment
from where_is_ai.layers.employment.releases import release_known_in
from where_is_ai.layers.employment.source import read_metro_cells
from where_is_ai.layers.research.methods import METHODS
from where_is_ai.layers.research.metro import assign
from where_is_ai.layers.research.metro import roll_up as roll_up_research
from where_is_ai.layers.research.source import (
    institution_ids,
    institutions,
    read_ai_works,
    works_by_institution,
)
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.occupations import ai_occupations
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_ARCHIVE

QUARTERS = (Quarter(2023, 2), Quarter(2026, 1), Quarter(2026, 2))
LAST = QUARTERS[-1]
LIBRARY = Replay(Archive(Path(SAMPLE_ARCHIVE)))


@cache
def employment(quarter: Quarter) -> pd.DataFrame:
    """usa_ai_employment_by_msa of a sample quarter."""
    release = release_known_in(quarter)
    cells = read_metro_cells(LIBRARY, LIBRARY.get(release.metro_workbook, quarter), release)
    places = read_places(LIBRARY, LIBRARY.get(GAZETTEER, quarter), LIBRARY.get(POPULATION, quarter))
    return roll_up_employment(cells, places, ai_occupations(release.reference_month))


@cache
def research() -> pd.DataFrame:
    """world_ai_research_by_metro of the sample's last quarter, the only one OpenAlex was asked about."""
    method = METHODS["article"]
    counts = LIBRARY.get(works_by_institution(method, LAST), LAST)
    objects = [LIBRARY.get(request, LAST) for request in institutions(institution_ids(LIBRARY, counts))]
    return roll_up_research(assign(read_ai_works(LIBRARY, counts, objects), method), method, LAST)


def usa_notes(quarter: Quarter = LAST) -> EditionNotes:
    method = "data scientists (SOC 15-2051) and computer and information research scientists (SOC 15-1221)"
    return EditionNotes(str(quarter), "BLS OEWS", str(release_known_in(quarter)), method, reconstructed=True)


def world_notes() -> EditionNotes:
    return EditionNotes(str(LAST), "OpenAlex", "6 May 2025 to 6 May 2026", "method “article”", "CC0")


def made_employment(seed: int) -> pd.DataFrame:
    """The last quarter's metros with numbers drawn anew, so that others lead."""
    random = np.random.default_rng(seed)
    frame = employment(LAST).copy()
    drawn = np.round(random.lognormal(4.9 + 2 * random.random(), 1.6, len(frame)), -1) + 30
    frame["ai_workers"] = pd.array(drawn, dtype="Int64")
    frame["ai_per_1000"] = pd.array(random.lognormal(0, 0.8, len(frame)), dtype="Float64")
    frame["coverage"] = random.choice(["all_published", "not_listed", "suppressed"], len(frame))
    for column, rank in (("ai_workers", "rank_workers"), ("ai_per_1000", "rank_concentration")):
        frame[rank] = frame[column].rank(ascending=False, method="min").astype("Int64")
    return frame.sort_values(["rank_workers", "area_code"], ignore_index=True)


def made_research(seed: int) -> pd.DataFrame:
    """Metros drawn from the sample's with papers drawn anew; every second ranking is denser than the real one."""
    random = np.random.default_rng(seed)
    frame = research().sample(frac=0.6 if seed % 2 else 1.0, random_state=seed).copy()
    frame["ai_works"] = pd.array(np.round(1500 + random.lognormal(7.5, 1.1, len(frame))), dtype="Int64")
    frame["rank"] = frame["ai_works"].rank(ascending=False, method="min").astype("Int64")
    return frame.sort_values(["rank", "metro_id"], ignore_index=True)


def postings() -> pd.DataFrame:
    """usa_ai_postings_by_metro over the last quarter's metros, with made-up postings."""
    random = np.random.default_rng(7)
    metros = employment(LAST).dropna(subset=["total_employment", "ai_workers"])
    frame = metros[["area_code", "metro", "lat", "lon"]].reset_index(drop=True)
    frame["population"] = (metros["total_employment"].to_numpy() * 2).astype(int)
    frame["ai_postings"] = random.poisson(metros["ai_workers"].to_numpy(float) * 0.08)
    frame["all_postings"] = frame["ai_postings"] * random.integers(12, 80, len(frame)) + 20
    frame["ai_share_pct"] = frame["ai_postings"] / frame["all_postings"] * 100
    frame["ai_postings_per_100k"] = frame["ai_postings"] / frame["population"] * 1e5
    frame["ai_postings_per_100k_low"] = frame["ai_postings_per_100k"] * 0.9
    frame["ai_postings_per_100k_high"] = frame["ai_postings_per_100k"] * 1.1
    frame["employers"] = frame["ai_postings"] // 5
    frame["qualifies"] = (frame["population"] >= 500_000) & (frame["ai_postings"] >= 25)
    ranked = frame["ai_postings_per_100k"].where(frame["qualifies"])
    frame["rank"] = ranked.rank(ascending=False, method="min").astype("Int64")
    frame["rank_low"] = frame["rank_high"] = frame["rank"]
    frame["classifier"] = "made"
    frame["ai_postings_low"], frame["ai_postings_high"] = (frame["ai_postings"] * part for part in (0.9, 1.1))
    return frame.convert_dtypes()
