"""A published folder to make a site of: two sample editions, made-up postings, and names that mean harm."""

import json
from functools import cache
from pathlib import Path

import pandas as pd

from where_is_ai.layers.employment.by_state import by_state
from where_is_ai.layers.employment.change import change
from where_is_ai.layers.employment.releases import release_known_in
from where_is_ai.layers.employment.series import series
from where_is_ai.layers.employment.source import read_metro_cells
from where_is_ai.layers.layer import Drawing, Material
from where_is_ai.layers.postings.schema import MetroPostings
from where_is_ai.layers.research.hubs import hubs
from where_is_ai.layers.research.methods import METHODS
from where_is_ai.layers.research.metro import assign
from where_is_ai.layers.research.schema import MetroResearch
from where_is_ai.layers.research.source import (
    institution_ids,
    institutions,
    read_ai_works,
    works_by_institution,
)
from where_is_ai.publication.about import About, CheckResult, write_about
from where_is_ai.publication.catalog import layer_named, layer_of, pictures, published_table, published_tables
from where_is_ai.publication.datapackage import write_datapackage
from where_is_ai.publication.drawings import render_drawings, write_texts
from where_is_ai.publication.duckdb_file import write_duckdb
from where_is_ai.publication.edition import Edition, editions
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai.site.build import build_site
from where_is_ai.tables import as_table
from where_is_ai_tests.publication import tables

BEFORE, LAST = Quarter(2026, 1), Quarter(2026, 2)
HARMFUL = "<script>document.title='run'</script>"
FORMULA = '=HYPERLINK("http://127.0.0.1","x")'
CHECKS = (
    CheckResult(
        "usa_ai_employment_by_msa", "fits_its_model", "As the model says.", True, "error", "All rows fit."
    ),
    CheckResult(
        "usa_ai_employment_by_msa",
        "metros_have_points",
        "On the map.",
        False,
        "warn",
        "2 are not.",
        f"| {HARMFUL} |",
    ),
    CheckResult(
        "world_ai_research_by_metro", "no_institution_lost", "None lost.", False, "error", "1 is lost."
    ),
)


def publish_editions(data: Path, pngs: bool = True) -> Path:
    """Two editions under ``data`` as a run leaves them, and the site; gives the published folder."""
    drawn = {}
    for quarter in (BEFORE, LAST):
        edition = Edition.of(Settings(data, "sample"), quarter)
        drawn[edition.folder] = _publish(edition, edition_tables(quarter))
    if pngs:
        render_drawings(drawn)
    published = data / "published"
    write_duckdb(published, editions(published))
    build_site(published)
    return published


@cache
def edition_tables(quarter: Quarter) -> dict[str, pd.DataFrame]:
    """The published tables of an edition, by name."""
    cells = [_cells(each) for each in (BEFORE, LAST) if each <= quarter]
    found = {
        "usa_ai_employment_by_msa": tables.employment(quarter),
        "usa_ai_employment_series": series(cells),
    }
    if quarter == LAST:
        found |= {
            "usa_ai_employment_by_state": by_state(tables.employment(quarter), pd.DataFrame()),
            "usa_ai_employment_yoy": change(*cells),
            "usa_ai_postings_by_metro": postings(),
            **_research(),
        }
    return {name: found[name] for name in published_tables() if name in found}


def postings() -> pd.DataFrame:
    """Made-up postings as the layer would publish them."""
    frame = tables.postings()
    known = MetroPostings.to_schema().columns
    more = {
        "ai_postings_expected": frame["ai_postings"],
        "ai_postings_low": (frame["ai_postings"] * 0.9).round(1),
        "ai_postings_high": (frame["ai_postings"] * 1.1).round(1),
        "ai_postings_called": (frame["ai_postings"] * 1.3).round(),
        "few_employers": frame["employers"] < 5,
        "snapshots": 12,
        "basis": "flow",
        "sources": "made-up postings",
        "population_year": 2024,
    }
    frame = frame.assign(**more)
    return as_table(frame.assign(**{name: pd.NA for name in known if name not in frame}), MetroPostings)


def _research() -> dict[str, pd.DataFrame]:
    """The sample's research, with an institution and a metro whose names mean harm."""
    method, library = METHODS["article"], tables.LIBRARY
    counts = library.get(works_by_institution(method, LAST), LAST)
    objects = [library.get(request, LAST) for request in institutions(institution_ids(library, counts))]
    found = assign(read_ai_works(library, counts, objects), method)
    found.loc[found.index[5], "institution"] = HARMFUL
    found.loc[found.index[6], "institution"] = FORMULA
    metros = tables.research().copy()
    metros.loc[metros.index[-1], ["metro", "metro_id", "country_code"]] = [HARMFUL, f"FR/{HARMFUL}", "FR"]
    return {
        "world_ai_research_by_metro": as_table(metros, MetroResearch),
        "world_ai_research_by_institution": found,
        "world_ai_hubs": hubs(found, metros),
    }


def _cells(quarter: Quarter) -> pd.DataFrame:
    release = release_known_in(quarter)
    return read_metro_cells(tables.LIBRARY, tables.LIBRARY.get(release.metro_workbook, quarter), release)


def _publish(edition: Edition, found: dict[str, pd.DataFrame]) -> Drawing:
    """Write an edition's files; gives its maps as one drawing, for their PNGs."""
    entry = tables.LIBRARY.get(release_known_in(edition.quarter).metro_workbook, edition.quarter)
    for name, table in found.items():
        edition.write_csv(f"{name}.csv", table, published_table(name).columns())
        edition.write_parquet(f"{name}.parquet", table)
    edition.write_provenance({"raw_oews_metro": [entry]}, {"research": "article"})
    _add_walk(edition, entry.sha256)
    write_datapackage(edition.folder, [published_table(name) for name in found])
    material = Material(edition.quarter, found, {"raw_oews_metro": [entry]})
    measured = {layer.name for name in found if (layer := layer_of(name))}
    notes = {name: layer_named(name).notes(material) for name in sorted(measured)}
    write_about(edition.folder, About(notes, CHECKS), {})
    _write_findings(edition, found)
    figures = {}
    for _, picture in pictures():
        drawing = picture.draw(material) if found.keys() >= set(picture.tables) else None
        if drawing and drawing.page:
            write_texts(edition.folder, picture, drawing)
            figures |= drawing.figures if picture.png else {}
    return Drawing(figures, "")


def _add_walk(edition: Edition, sha256: str) -> None:
    path = edition.path("provenance.json")
    place = {"sha256": sha256, "member": "MSA.xlsx", "sheet": "MSA", "rows": [2619]}
    walk = {"usa_ai_employment_by_msa": {"key": ["area_code"], "rows": {"35620": [place]}}}
    path.write_text(json.dumps(json.loads(path.read_text()) | {"walk_back": walk}))


def _write_findings(edition: Edition, found: dict[str, pd.DataFrame]) -> None:
    names = {
        "usa_ai_employment_by_msa": "usa_findings.md",
        "usa_ai_employment_yoy": "usa_yoy_findings.md",
        "usa_ai_postings_by_metro": "postings_findings.md",
        "world_ai_research_by_metro": "world_findings.md",
    }
    for name in names.keys() & found.keys():
        first = found[name].iloc[0]["metro"]
        edition.path(names[name]).write_text(
            f"# {name}\n\n{first} comes first.\n\n## What these numbers do not mean\n\n- Not {name}.\n"
        )
