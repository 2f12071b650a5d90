"""The tables that the sample archive's figures give for 2026-Q2, as the claims ledger asks for them."""

from dataclasses import asdict

import pandas as pd

from where_is_ai.archive.fetch import open_library
from where_is_ai.employment.change import change
from where_is_ai.employment.metro import roll_up
from where_is_ai.employment.occupations import ai_occupations
from where_is_ai.employment.releases import known_releases
from where_is_ai.employment.series import series
from where_is_ai.employment.source import read_metro_cells
from where_is_ai.geography.source import GAZETTEER, POPULATION, read_places
from where_is_ai.quarters import Quarter
from where_is_ai.research import metro, source
from where_is_ai.research.methods import METHODS
from where_is_ai.settings import Settings

QUARTER = Quarter(2026, 2)


def sample_tables() -> dict[str, pd.DataFrame]:
    """Every table that answers a claim about 2026-Q2, by its name."""
    library = open_library(Settings(source="sample"))
    return {**_employment(library), **_research(library), "oews_releases": _releases()}


def _employment(library) -> dict[str, pd.DataFrame]:
    before, after = known_releases()[-2:]
    entries = [library.get(release.metro_workbook, QUARTER) for release in (before, after)]
    cells = [
        read_metro_cells(library, entry, release)
        for entry, release in zip(entries, (before, after), strict=True)
    ]
    places = read_places(library, library.get(GAZETTEER, QUARTER), library.get(POPULATION, QUARTER))
    return {
        "raw_oews_metro": pd.DataFrame([asdict(entries[1])]),
        "usa_ai_employment_by_msa": roll_up(cells[1], places, ai_occupations(after)),
        "usa_ai_employment_yoy": change(*cells),
        "usa_ai_employment_series": series(cells),
    }


def _research(library) -> dict[str, pd.DataFrame]:
    method = METHODS["article"]
    counts = library.get(source.works_by_institution(method, QUARTER), QUARTER)
    requests = source.institutions(source.institution_ids(library, counts))
    works = source.read_ai_works(library, counts, [library.get(request, QUARTER) for request in requests])
    institutions = metro.assign(works, method)
    return {
        "world_ai_research_by_institution": institutions,
        "world_ai_research_by_metro": metro.roll_up(institutions, method, QUARTER),
    }


def _releases() -> pd.DataFrame:
    return pd.DataFrame([asdict(release) for release in known_releases()]).astype("str")
