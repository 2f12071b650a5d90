"""Editions as a run publishes them, of as many metros and quarters as asked for: for measuring how the site grows.

    python -m benchmarks.made_editions FOLDER --world 3000 --usa 400 --editions 30

A quarter of all layers is run once, on the sample archive and the layers' own made-up answers. Each metro of a table is
then one of that quarter's under another name, and its numbers are drawn anew for each edition. Tables, provenance and
maps are written by what writes those of a run.
"""

import argparse
import importlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.child import child_cpu_s
from where_is_ai import layers
from where_is_ai.files import write_json
from where_is_ai.folders import link
from where_is_ai.geography.crosswalk import COUNTRIES, cbsas
from where_is_ai.geography.gazetteer.read import read_table
from where_is_ai.layers.layer import Material, PublishedTable
from where_is_ai.publication.about import read_about, write_about
from where_is_ai.publication.catalog import layer_of, pictures, published_table, published_tables
from where_is_ai.publication.datapackage import write_datapackage
from where_is_ai.publication.drawings import write_texts
from where_is_ai.publication.edition import PROVENANCE, Edition
from where_is_ai.publication.measures import measures_of
from where_is_ai.publication.profiles import PROFILES, profiles
from where_is_ai.publication.revisions import close_revision
from where_is_ai.quarters import FIRST_QUARTER, Quarter
from where_is_ai.settings import SAMPLE_ARCHIVE, Settings

MADE_UP = ("postings", "funding", "visas", "adoption", "patents")
QUARTER = Quarter.parse("2026-Q2")
RUN = (
    "-W",
    "ignore",
    "-m",
    "where_is_ai.cli",
    "run",
    "--archive",
    "--method",
    "article",
    "--quarter",
    str(QUARTER),
)
# How far a number of one edition is from that of another.
SPREAD = 0.2
# Of the metros that have AI research, or of those of the USA: AI data centres are in few, and patents in some.
SHARES = {
    "world_ai_compute_by_metro": 0.1,
    "world_ai_patents_by_metro": 0.1,
    "usa_ai_compute_by_metro": 0.1,
    "usa_ai_adoption_by_metro": 0.0625,
}


@dataclass(frozen=True)
class Place:
    """A metro that takes the part of one of the quarter's own."""

    place: str
    name: str
    lat: float
    lon: float
    country: str


def run_quarter(data: Path) -> Path:
    """Run QUARTER with all layers in ``data``, from the sample archive and made-up answers; gives the edition."""
    shutil.copytree(SAMPLE_ARCHIVE, data / "archive", dirs_exist_ok=True)
    for layer in MADE_UP:
        importlib.import_module(f"where_is_ai.layers.{layer}.made_up").write_archive(data / "archive")
    child_cpu_s(*RUN, environment={"WHERE_IS_AI_DATA": str(data), "DAGSTER_HOME": str(data / "dagster")})
    return data / "published" / str(QUARTER)


def publish(seed: Path, data: Path, world: int, usa: int, quarters: Sequence[Quarter]) -> None:
    """Publish editions of ``quarters`` in ``data``, of so many metros, each made of the edition ``seed``."""
    drawn: Path | None = None
    for quarter in quarters:
        edition = Edition.of(Settings(data, "archive"), quarter)
        tables, walked = _tables(seed, world, usa, quarter)
        for name, table in tables.items():
            edition.write_csv(f"{name}.csv", table, published_table(name).columns())
            edition.write_parquet(f"{name}.parquet", table)
        _provenance(seed, edition, walked)
        about = read_about(seed)
        notes = {name: replace(each, quarter=str(quarter)) for name, each in about.notes.items()}
        write_about(edition.folder, replace(about, notes=notes), {})
        write_datapackage(edition.folder, [published_table(name) for name in tables])
        for path in seed.glob("*_findings.md"):
            link(path, edition.path(path.name))
        drawn = _pictures(seed, edition, tables, drawn)
        close_revision(edition.folder, datetime(2026, 11, 1, tzinfo=UTC))


def quarters(count: int) -> list[Quarter]:
    """``count`` quarters up to QUARTER; later ones too where there are not as many since the first that is measured."""
    before = [each for each in quarters_to(QUARTER, count) if each >= Quarter.parse(FIRST_QUARTER)]
    while len(before) < count:
        before.append(before[-1].next)
    return before


def quarters_to(last: Quarter, count: int) -> list[Quarter]:
    """``count`` quarters that end with ``last``, the oldest first."""
    found = [last]
    while len(found) < count:
        found.append(found[-1].previous)
    return found[::-1]


def _tables(
    seed: Path, world: int, usa: int, quarter: Quarter
) -> tuple[dict[str, pd.DataFrame], dict[str, dict[str, list[dict]]]]:
    """The tables of a quarter by name, and the way back of their rows."""
    walked = json.loads((seed / PROVENANCE).read_text())["walk_back"]
    tables, ways = {}, {}
    for name, table in published_tables().items():
        path = seed / f"{name}.parquet"
        if not path.is_file() or table is PROFILES:
            continue
        rows = pd.read_parquet(path)
        keys = table.row_keys(rows)
        made, origin = _enlarged(table, rows, world, usa)
        tables[name] = _drawn_anew(table, made, quarter)
        if name in walked:
            known = walked[name]["rows"]
            ways[name] = {
                key: _shifted(known.get(keys.iloc[old], []), number + quarter.year * 4 + quarter.number)
                for number, (key, old) in enumerate(zip(table.row_keys(made), origin, strict=True))
            }
    tables[PROFILES.name] = profiles(layers.LAYERS, tables, quarter)
    return tables, ways


def _enlarged(
    table: PublishedTable, rows: pd.DataFrame, world: int, usa: int
) -> tuple[pd.DataFrame, np.ndarray]:
    """``rows`` for as many metros as asked for, and of each row the position of that which it was made of."""
    column = next((name for name in ("metro_id", "area_code") if name in rows), "")
    if not column or not set(table.key) & {column, "institution_id", "accession_number"}:
        return rows, np.arange(len(rows))
    share = SHARES.get(table.name, 1)
    places = _abroad(round(world * share)) if column == "metro_id" else _usa(round(usa * share))
    groups = list(rows.dropna(subset=column).groupby(column, sort=False).indices.values())
    parts = [groups[number % len(groups)] for number in range(len(places))]
    origin = np.concatenate(parts)
    of = np.repeat(np.arange(len(places)), [len(part) for part in parts])
    made = rows.iloc[origin].reset_index(drop=True)
    for name, values in {
        column: [places[each].place for each in of],
        "metro": [places[each].name for each in of],
        "lat": [places[each].lat for each in of],
        "lon": [places[each].lon for each in of],
        "country_code": [places[each].country for each in of],
    }.items():
        if name in made:
            made[name] = pd.array(values, dtype=made[name].dtype)
    for name in {"institution_id", "accession_number"} & set(table.key):
        made[name] = [f"{value}-{each}" for value, each in zip(made[name], of, strict=True)]
    return made, origin


@cache
def _usa(count: int) -> list[Place]:
    """The CBSAs with the most residents, at made-up points."""
    known = sorted(cbsas().values(), key=lambda each: (-(each.residents or 0), each.area_code))[:count]
    random = np.random.default_rng(count)
    return [
        Place(each.area_code, each.title, float(lat), float(lon), "US")
        for each, lat, lon in zip(
            known,
            random.uniform(30, 47, count).round(3),
            random.uniform(-120, -75, count).round(3),
            strict=True,
        )
    ]


@cache
def _abroad(count: int) -> list[Place]:
    """Cities abroad at their points, from the gazetteer."""
    cities = read_table("city_points.csv")
    cities = cities[~cities["country"].isin(COUNTRIES)].drop_duplicates(["name", "country"])
    chosen = cities.iloc[np.linspace(0, len(cities) - 1, count).astype(int)]
    return [
        Place(f"{row.country}/{row.name}", row.name, float(row.lat), float(row.lon), row.country)
        for row in chosen.itertuples(index=False)
    ]


def _drawn_anew(table: PublishedTable, rows: pd.DataFrame, quarter: Quarter) -> pd.DataFrame:
    """The measures of a table by metro with their bounds, each times a number near 1, ranked anew."""
    layer = layer_of(table.name)
    if layer is None or layer.by_metro is not table:
        return rows
    random = np.random.default_rng(quarter.first_day.toordinal())
    factor = random.lognormal(0, SPREAD, len(rows)) * (1 + np.arange(len(rows))[::-1] / len(rows))
    rows = rows.copy()
    for measure in measures_of(layer):
        for name in filter(None, (measure.name, measure.low, measure.high)):
            drawn = rows[name].astype("Float64") * factor
            whole = pd.api.types.is_integer_dtype(rows[name].dtype)
            rows[name] = (drawn.round() if whole else drawn).astype(rows[name].dtype)
        if measure.rank:
            value = rows[measure.name].where(rows[measure.rank].notna())
            rows[measure.rank] = value.rank(method="min", ascending=False).astype("Int64")
    return rows


def _shifted(places: Sequence[Mapping], number: int) -> list[dict]:
    """The way back of a row, into other rows of the same answers."""
    return [
        {
            **place,
            **{unit: [each + number for each in place[unit]] for unit in ("rows", "lines") if unit in place},
        }
        for place in places
    ]


def _provenance(seed: Path, edition: Edition, walked: Mapping[str, Mapping[str, list[dict]]]) -> None:
    known = json.loads((seed / PROVENANCE).read_text())
    walk = {name: {"key": list(published_table(name).key), "rows": rows} for name, rows in walked.items()}
    write_json(edition.path(PROVENANCE), known | {"quarter": str(edition.quarter), "walk_back": walk})


def _pictures(seed: Path, edition: Edition, tables: Mapping[str, pd.DataFrame], drawn: Path | None) -> Path:
    """Maps as a run draws them and the quarter's own PNGs; those of another edition, ``drawn``, where there is one."""
    if drawn is None:
        material = Material(edition.quarter, tables, {})
        for _, picture in pictures():
            drawing = picture.draw(material) if tables.keys() >= set(picture.tables) else None
            if drawing:
                write_texts(edition.folder, picture, drawing)
        for path in seed.glob("*.png"):
            link(path, edition.path(path.name))
        return edition.folder
    for path in _drawn(drawn):
        link(path, edition.path(str(path.relative_to(drawn))))
    return drawn


def _drawn(folder: Path) -> Iterator[Path]:
    stems = {path.name.removesuffix(".alt.txt") for path in folder.glob("*.alt.txt")}
    for path in folder.rglob("*"):
        if path.parent.name == "maps" or (path.parent == folder and path.name.partition(".")[0] in stems):
            yield path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--seed", type=Path, help="an edition of all layers; without it a quarter is run")
    parser.add_argument("--world", type=int, default=3000)
    parser.add_argument("--usa", type=int, default=400)
    parser.add_argument("--editions", type=int, default=30)
    given = parser.parse_args()
    seed = given.seed or run_quarter(given.data / "seed")
    publish(seed, given.data, given.world, given.usa, quarters(given.editions))


if __name__ == "__main__":
    main()
