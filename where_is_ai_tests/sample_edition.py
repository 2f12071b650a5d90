"""The edition of 2026-Q2 that the sample archive gives, made by the pure steps alone: tables, CSVs, provenance."""

from dataclasses import asdict
from pathlib import Path

import pandas as pd

from where_is_ai.archive.fetch import Library, open_library
from where_is_ai.errors import NotArchived
from where_is_ai.geography.source import GAZETTEER, POPULATION, read_places
from where_is_ai.layers.employment.by_occupation import by_occupation
from where_is_ai.layers.employment.by_state import by_state
from where_is_ai.layers.employment.change import change
from where_is_ai.layers.employment.metro import roll_up
from where_is_ai.layers.employment.releases import known_releases
from where_is_ai.layers.employment.series import series
from where_is_ai.layers.employment.source import read_metro_cells, read_national_cells
from where_is_ai.layers.research import metro, source
from where_is_ai.layers.research.methods import METHODS
from where_is_ai.occupations import ai_occupations
from where_is_ai.publication.catalog import published_table
from where_is_ai.publication.edition import Edition
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai.shelf import Shelf

QUARTER = Quarter(2026, 2)
PUBLISHED = (
    "usa_ai_employment_by_msa",
    "usa_ai_employment_by_occupation",
    "usa_ai_employment_by_state",
    "usa_ai_employment_yoy",
    "usa_ai_employment_series",
    "world_ai_research_by_institution",
    "world_ai_research_by_metro",
)


def make_edition(data: Path, source: str = "sample") -> Settings:
    """Put the edition and all that it was made from under ``data``: from the sample, or the archive in ``data``."""
    settings = Settings(data=data, source=source)
    shelf, edition = Shelf(settings.tables), Edition.of(settings, QUARTER)
    made = {**_employment(open_library(settings)), **_research(open_library(settings))}
    for name, result in made.items():
        shelf.put(name, QUARTER, result)
    for name in PUBLISHED:
        edition.write_csv(f"{name}.csv", made[name], published_table(name).columns())
    inputs = {name: result for name, result in made.items() if isinstance(result, list)}
    edition.write_provenance(inputs, {"research": "article"})
    return settings


def tables_for_claims(settings: Settings) -> dict[str, pd.DataFrame]:
    """Every table that answers a claim about 2026-Q2, by its name."""
    shelf = Shelf(settings.tables)
    return {
        **{name: shelf.table(name, QUARTER) for name in PUBLISHED},
        "raw_oews_metro": pd.DataFrame(map(asdict, shelf.entries("raw_oews_metro", QUARTER))),
        "oews_releases": pd.DataFrame(map(asdict, known_releases())).astype("str"),
    }


def _employment(library: Library) -> dict[str, object]:
    found = {}
    for release in known_releases():
        try:
            found[release] = library.get(release.metro_workbook, QUARTER)
        except NotArchived:
            continue
    cells = [read_metro_cells(library, entry, release) for release, entry in found.items()]
    gazetteer, population = (library.get(request, QUARTER) for request in (GAZETTEER, POPULATION))
    places = read_places(library, gazetteer, population)
    release = known_releases()[-1]
    national = library.get(release.national_workbook, QUARTER)
    nation, occupations = (
        read_national_cells(library, national, release),
        ai_occupations(release.reference_month),
    )
    metros = roll_up(cells[-1], places, occupations)
    return {
        "raw_oews_metro": list(found.values())[-1:],
        "raw_oews_earlier": list(found.values())[:-1],
        "raw_oews_national": [national],
        "raw_census_gazetteer": [gazetteer],
        "raw_census_population": [population],
        "cbsa_places": places,
        "oews_metro_cells": cells[-1],
        "oews_earlier_cells": pd.concat(cells[:-1], ignore_index=True),
        "oews_national_cells": nation,
        "usa_ai_employment_by_msa": metros,
        "usa_ai_employment_by_occupation": by_occupation(cells[-1], occupations),
        "usa_ai_employment_by_state": by_state(metros, nation),
        "usa_ai_employment_yoy": change(*cells[-2:]),
        "usa_ai_employment_series": series(cells),
    }


def _research(library: Library) -> dict[str, object]:
    method = METHODS["article"]
    counts = library.get(source.works_by_institution(method, QUARTER), QUARTER)
    requests = source.institutions(source.institution_ids(library, counts))
    places = [library.get(request, QUARTER) for request in requests]
    institutions = metro.assign(source.read_ai_works(library, counts, places), method)
    return {
        "raw_openalex_works_by_institution": [counts],
        "raw_openalex_institutions": places,
        "world_ai_research_by_institution": institutions,
        "world_ai_research_by_metro": metro.roll_up(institutions, method, QUARTER),
    }
