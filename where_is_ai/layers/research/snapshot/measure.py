"""The counts of a snapshot, from the kept rows of its parts: by institution first, then by the metros they are in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
from ibis.expr import types as ir

from where_is_ai.layers.research.grouped import WORLD
from where_is_ai.layers.research.methods import StandardMethod
from where_is_ai.layers.research.sectors import OTHER, SECTORS
from where_is_ai.layers.research.snapshot import bootstrap, counts
from where_is_ai.layers.research.snapshot.engine import Engine
from where_is_ai.layers.research.snapshot.extract import kept_files
from where_is_ai.layers.research.snapshot.works import KEPT
from where_is_ai.quarters import Quarter

# Fewer papers together say little of a link between two metros.
LEAST_SHARED = 5


@dataclass(frozen=True)
class OfWorld:
    """Counts by institution, a row each, and of the whole world, by their names."""

    institutions: pd.DataFrame
    world: Mapping[str, int]


@dataclass(frozen=True)
class OfMetros:
    """Counts by metro, sorted, as the expressions of the same names in ``counts`` describe them."""

    by_metro: pd.DataFrame
    by_year: pd.DataFrame
    world_by_year: pd.DataFrame
    by_sector: pd.DataFrame
    by_venue: pd.DataFrame
    links: pd.DataFrame
    resampled: pd.DataFrame
    by_topic: pd.DataFrame
    world_by_topic: pd.DataFrame
    by_area: pd.DataFrame


def of_world(
    engine: Engine, room: Path, merged: Mapping[str, str], method: StandardMethod, quarter: Quarter
) -> OfWorld:
    rows = _authorships(engine, room, merged)
    institutions = _frame(engine, counts.by_institution(rows, method, quarter))
    world = _frame(engine, counts.world(rows, method, quarter)).iloc[0]
    return OfWorld(institutions, {name: int(value or 0) for name, value in world.fillna(0).items()})


def of_metros(
    engine: Engine,
    room: Path,
    merged: Mapping[str, str],
    institutions: pd.DataFrame,
    areas: pd.DataFrame,
    method: StandardMethod,
    quarter: Quarter,
    replicates: int = bootstrap.REPLICATES,
) -> OfMetros:
    """``institutions`` (InstitutionResearch) says which counts towards which metro, and of which type it is.

    ``areas`` (InstitutionAreas) has the areas of other geographies that they lie in.
    """
    metro_of = engine.hand(_metro_of(institutions))
    each = engine.hand(bootstrap.replicates(replicates))
    rows = _authorships(engine, room, merged)
    works = engine.held(counts.in_metros(rows, metro_of, method, quarter))
    return OfMetros(
        by_metro=_frame(engine, counts.by_metro(works)),
        by_year=_frame(engine, counts.by_year(works)),
        world_by_year=_frame(engine, counts.world_by_year(rows, method, quarter)),
        by_sector=_frame(engine, counts.by_sector(rows, metro_of, method, quarter)),
        by_venue=_frame(engine, counts.by_venue(works)),
        links=_frame(engine, counts.links(works, LEAST_SHARED)),
        resampled=_frame(engine, bootstrap.resampled(works, each)),
        by_topic=_frame(engine, counts.by_topic(works)),
        world_by_topic=_frame(engine, counts.world_by_topic(rows, method, quarter)),
        by_area=_frame(
            engine, counts.by_area(rows, engine.hand(_area_of(institutions, areas)), method, quarter)
        ),
    )


def of_earlier(
    engine: Engine,
    room: Path,
    merged: Mapping[str, str],
    measured: Sequence[tuple[Quarter, pd.DataFrame]],
    method: StandardMethod,
) -> dict[Quarter, dict[str, int]]:
    """What earlier windows have now, by metro and for the WORLD, of the institutions that counted then.

    ``measured`` has earlier quarters with their InstitutionResearch.
    """
    rows = _authorships(engine, room, merged)
    found = {}
    for quarter, institutions in measured:
        here = counts.works_by_metro(rows, engine.hand(_metro_of(institutions)), method, quarter)
        by_metro = _frame(engine, here).set_index("metro_id")["ai_works"].to_dict()
        world = _frame(engine, counts.world(rows, method, quarter)).iloc[0]["ai_works"]
        found[quarter] = {WORLD: int(world)} | {metro: int(works) for metro, works in by_metro.items()}
    return found


def _authorships(engine: Engine, room: Path, merged: Mapping[str, str]) -> ir.Table:
    kept = engine.read(kept_files(room), "parquet", KEPT)
    pairs = [(int(name[1:]), int(into[1:])) for name, into in sorted(merged.items())]
    led = None
    if pairs:
        columns = dict(zip(counts.MERGED.names, zip(*pairs, strict=True), strict=True))
        led = engine.hand(pa.table(columns, schema=counts.MERGED.to_pyarrow()))
    return engine.held(counts.authorships(kept, led))


def _metro_of(institutions: pd.DataFrame) -> pa.Table:
    counted = institutions[institutions["included"]]
    return pa.table(
        {
            "institution": counted["institution_id"].str[1:].astype("int64").to_numpy(),
            "metro_id": counted["metro_id"].to_list(),
            "sector": sector_of(counted["type"]).to_list(),
        },
        schema=counts.METRO_OF.to_pyarrow(),
    )


def _area_of(institutions: pd.DataFrame, areas: pd.DataFrame) -> pa.Table:
    counted = institutions.loc[institutions["included"], "institution_id"]
    placed = areas[areas["institution_id"].isin(counted)].dropna(subset="area_id")
    return pa.table(
        {
            "institution": placed["institution_id"].str[1:].astype("int64").to_numpy(),
            "geography": placed["geography"].to_list(),
            "area_id": placed["area_id"].to_list(),
        },
        schema=counts.AREA_OF.to_pyarrow(),
    )


def sector_of(types: pd.Series) -> pd.Series:
    """The sector of OpenAlex's types of institutions."""
    return types.map(SECTORS).fillna(OTHER)


def _frame(engine: Engine, rows: ir.Table) -> pd.DataFrame:
    """Whole numbers may be unknown; the order is by all columns that tell rows apart, so that no engine shows."""
    table = engine.arrow(rows)
    keys = [name for name in table.column_names if not pa.types.is_integer(table[name].type)]
    keys += [name for name in ("institution", "replicate") if name in table.column_names]
    if keys:
        table = table.sort_by([(name, "ascending") for name in keys])
    types = {pa.int64(): pd.Int64Dtype(), pa.string(): pd.StringDtype(na_value=float("nan"))}
    return table.to_pandas(types_mapper=types.get)
