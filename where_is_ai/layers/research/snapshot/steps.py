"""The steps of the method snapshot, as the asset graph names them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

import pandas as pd

from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.store import Archive
from where_is_ai.errors import UsageError
from where_is_ai.layers.research.methods import StandardMethod
from where_is_ai.layers.research.openalex import OPENALEX
from where_is_ai.layers.research.records import Troubles, read_place
from where_is_ai.layers.research.schema import AiWorks
from where_is_ai.layers.research.snapshot import folder, measure, tables
from where_is_ai.layers.research.snapshot.engine import DUCKDB, Engine, open_engine, require_engine
from where_is_ai.layers.research.snapshot.engine import SETTING as ENGINE
from where_is_ai.layers.research.snapshot.extract import damaged, extract, room_of
from where_is_ai.layers.research.snapshot.folder import Entity, Snapshot, open_snapshot
from where_is_ai.layers.research.snapshot.schema import InstitutionCounts, WorldCounts
from where_is_ai.layers.research.snapshot.works import INSTITUTION
from where_is_ai.layers.research.source import PLACE_COLUMNS, placed
from where_is_ai.layers.research.standard import LISTED_BY, located
from where_is_ai.quarters import Quarter
from where_is_ai.tables import Table, as_table

Say = Callable[[str], None]


@dataclass(frozen=True)
class Reading:
    """A snapshot, where its rows are kept, and by which engine."""

    snapshot: Snapshot
    room: Path
    engine: str

    @classmethod
    def of(cls, given: Mapping[str, str], data: Path) -> "Reading":
        """As the settings ``given`` say; rows are kept below the folder ``data``."""
        snapshot = open_snapshot(given.get(folder.SETTING, ""))
        return cls(snapshot, room_of(data, snapshot.works), given.get(ENGINE, DUCKDB))

    @property
    def day(self) -> str:
        return self.snapshot.works.day.isoformat()

    @contextmanager
    def opened(self) -> Iterator[Engine]:
        self.room.mkdir(parents=True, exist_ok=True)
        with open_engine(self.engine, self.room) as engine:
            engine.reach(self.snapshot.works.manifest)
            yield engine


def require(given: Mapping[str, str], source: str) -> None:
    """Raises UsageError where the settings ``given``, or the ``source`` of a run, are not for a snapshot."""
    if source == "sample":
        raise UsageError(
            "The sample archive holds no snapshot of OpenAlex.",
            "Run with --live or --archive, or another method.",
        )
    words, engine = given.get(folder.SETTING, ""), given.get(ENGINE, DUCKDB)
    folder.require_words(words)
    require_engine(engine)
    if "://" in words and engine != DUCKDB:
        raise UsageError(
            f"{folder.SETTING} is an address that Python reads, which Spark's workers can't.",
            f"Mount the bucket as a folder on each machine, or set {ENGINE} to {DUCKDB}.",
        )


def manifests(reading: Reading, archive: Archive) -> list[Entry]:
    """The manifests, kept in the archive as of the snapshot's day: what it says was known then."""
    return [_kept(entity, archive) for entity in (reading.snapshot.works, reading.snapshot.institutions)]


def read_parts(reading: Reading, say: Say) -> pd.DataFrame:
    """SnapshotParts, once the rows of every part are kept."""
    with reading.opened() as engine:
        return extract(engine, reading.snapshot.works, reading.room, say)


def count_world(
    reading: Reading, method: StandardMethod, quarter: Quarter
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """InstitutionCounts, and the one row of WorldCounts."""
    with reading.opened() as engine:
        found = measure.of_world(engine, reading.room, reading.snapshot.merged, method, quarter)
    ids = "I" + found.institutions["institution"].astype("str")
    rows = found.institutions.assign(institution_id=ids)
    return as_table(rows, InstitutionCounts), as_table(pd.DataFrame([found.world]), WorldCounts)


def ai_works(reading: Reading, counts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """AiWorks of the institutions with papers in the window or old enough to be cited, and ResearchTroubles."""
    entity, troubles = reading.snapshot.institutions, Troubles()
    rows = counts[(counts[list(LISTED_BY)] > 0).any(axis="columns")].reset_index(drop=True)
    places = _places(reading, entity, set(rows["institution_id"]), troubles)
    named = rows["institution_id"].map(places.set_index("institution_id")["display_name"])
    rows = placed(rows.assign(institution=named, answer=entity.address), places, entity.address, troubles)
    return as_table(located(rows), AiWorks), troubles.table()


def count_metros(
    reading: Reading,
    institutions: pd.DataFrame,
    areas: pd.DataFrame,
    world: pd.DataFrame,
    method: StandardMethod,
    quarter: Quarter,
) -> dict[str, tuple[pd.DataFrame, type[Table]]]:
    """Each table by its name, with its model, from InstitutionResearch, InstitutionAreas and WorldCounts."""
    with reading.opened() as engine:
        merged = reading.snapshot.merged
        counts = measure.of_metros(engine, reading.room, merged, institutions, areas, method, quarter)
    return tables.published(counts, institutions, world.iloc[0], method.name, reading.day)


def count_earlier(
    reading: Reading, measured: Sequence[tuple[Quarter, pd.DataFrame]], method: StandardMethod
) -> dict[Quarter, dict[str, int]]:
    """What the windows of earlier quarters have now, by metro and for the world, from their InstitutionResearch."""
    with reading.opened() as engine:
        return measure.of_earlier(engine, reading.room, reading.snapshot.merged, measured, method)


def _kept(entity: Entity, archive: Archive) -> Entry:
    request = Request(entity.address, OPENALEX, "application/json")
    return archive.keep(entity.manifest.read_bytes(), request, datetime.combine(entity.day, time(), UTC))


def _places(reading: Reading, entity: Entity, ids: set[str], troubles: Troubles) -> pd.DataFrame:
    """PLACE_COLUMNS of the institutions ``ids``, read record by record as those of the API are."""
    with reading.opened() as engine:
        meant = (
            record for record in _records(engine, entity) if (record["id"] or "").rpartition("/")[2] in ids
        )
        found = [read_place(record, entity.address, troubles) for record in meant]
    places = pd.DataFrame(filter(None, found), columns=PLACE_COLUMNS)
    return places.drop_duplicates("institution_id").sort_values("institution_id", ignore_index=True)


def _records(engine: Engine, entity: Entity) -> Iterator[dict]:
    """The records of an entity's parts, one part after the other."""
    for part in entity.parts:
        try:
            rows = engine.arrow(engine.read([part.path], entity.format, INSTITUTION))
        except Exception as error:
            if not engine.blames_data(error):
                raise
            raise damaged(part, entity, str(error)) from error
        yield from rows.to_pylist()
