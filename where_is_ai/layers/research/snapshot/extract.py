"""A snapshot read part by part, once: the rows of its AI works are kept, and a run that was stopped goes on there."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from isal import igzip
from isal.igzip_lib import IsalError

from where_is_ai.errors import BadUpstream
from where_is_ai.files import written_aside
from where_is_ai.layers.research.snapshot.engine import Engine
from where_is_ai.layers.research.snapshot.folder import Entity, Part
from where_is_ai.layers.research.snapshot.schema import SnapshotParts
from where_is_ai.layers.research.snapshot.works import KEPT, RULE, SINCE, SUBFIELDS, WORK, ai_authorships
from where_is_ai.tables import as_table

# Parts are read this many at a time, or as many as the engine has cores: what is lost with a run that is stopped.
PARTS_AT_ONCE = 4
SAID_EVERY_S = 10.0
# Below the folder of all that is made.
ROOM = "snapshot"
_PARTS = b"parts"
_CHUNK_BYTES = 2**20
Say = Callable[[str], None]


def room_of(data: Path, works: Entity) -> Path:
    """Where the rows of this snapshot are kept, by these rules: another snapshot or other rules have another folder."""
    rules = json.dumps([RULE, SINCE, SUBFIELDS, [[name, str(kind)] for name, kind in KEPT.items()]])
    digest = hashlib.sha256(works.manifest.read_bytes() + rules.encode()).hexdigest()
    return data / ROOM / f"{works.day}-{works.format}-{digest[:12]}"


def kept_files(room: Path) -> list[Path]:
    return sorted(room.glob("kept-*.parquet"))


def extract(engine: Engine, works: Entity, room: Path, say: Say = lambda message: None) -> pd.DataFrame:
    """SnapshotParts, after every part was read whose rows are not in ``room`` yet.

    Raises BadUpstream, which names the part, for one that can't be read or has not the records that its manifest says;
    what was read before is kept.
    """
    done = {name for path in kept_files(room) for name in _parts_in(path)}
    left = [part for part in works.parts if part.name not in done]
    if done:
        say(f"{len(works.parts) - len(left):,} of {len(works.parts):,} parts were read before.")
    progress = _Progress(works, left, say)
    for batch in _batches(left, max(PARTS_AT_ONCE, engine.cores)):
        if engine.skips_checksums:
            for part in batch:
                _require_sound(part, works)
        _keep(_read(engine, works, batch), batch, room)
        progress.after(batch)
    return _table(works, room)


def _require_sound(part: Part, works: Entity) -> None:
    """Hold what is packed in a gzip against its own checksum; raises BadUpstream."""
    if part.path.suffix != ".gz":
        return
    chunk = bytearray(_CHUNK_BYTES)
    try:
        with part.path.open("rb") as packed, igzip.open(packed, "rb") as unpacked:
            while unpacked.readinto(chunk):
                pass
    # The package's own stub has its error as an instance.
    except (igzip.BadGzipFile, IsalError, EOFError) as error:  # ty: ignore[invalid-exception-caught]
        raise damaged(part, works, f"its gzip is not whole ({error})") from error


def _read(engine: Engine, works: Entity, batch: Sequence[Part]) -> pa.Table:
    """KEPT of the parts, each of whose records is accounted for."""
    try:
        rows = _rows(engine, works, batch)
        problem = _miscounted(rows, batch)
    except Exception as error:
        if not engine.blames_data(error):
            raise
        if len(batch) == 1:
            raise damaged(batch[0], works, str(error)) from error
        problem = "one of them can't be read"
    if not problem:
        return rows
    if len(batch) > 1:
        return pa.concat_tables([_read(engine, works, [part]) for part in batch])
    counted = engine.arrow(
        engine.read([batch[0].path], works.format, WORK).aggregate(n=lambda all_: all_.count())
    )
    if counted["n"][0].as_py() == batch[0].records:
        return rows
    raise damaged(batch[0], works, problem)


def _rows(engine: Engine, works: Entity, batch: Sequence[Part]) -> pa.Table:
    return engine.arrow(ai_authorships(engine.read([part.path for part in batch], works.format, WORK)))


def _miscounted(rows: pa.Table, batch: Sequence[Part]) -> str:
    """How many records the parts have other than their manifest says; "" where it is right or doesn't say."""
    if any(part.records is None for part in batch):
        return ""
    others = pc.sum(pc.filter(rows["records"], pc.is_null(rows["work"]))).as_py() or 0
    found, said = others + pc.count_distinct(rows["work"]).as_py(), sum(part.records for part in batch)
    return "" if found == said else f"it has {found:,} records, and the manifest says {said:,}"


def damaged(part: Part, entity: Entity, problem: str) -> BadUpstream:
    """The error that names a part which can't be read, and says what to do."""
    first_line = problem.strip().splitlines()[0].rstrip(".")[:300] if problem.strip() else "it can't be read"
    return BadUpstream(
        f"{part.name} of the snapshot's {entity.name} is damaged: {first_line}. Its file is {part.path}.",
        "Download this part again, and run again: what was read of the others is kept.",
    )


def _keep(rows: pa.Table, batch: Sequence[Part], room: Path) -> None:
    names = [part.name for part in batch]
    stem = hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]
    works = rows.filter(pc.is_valid(rows["work"]))
    meta = {**(works.schema.metadata or {}), _PARTS: json.dumps(names).encode()}
    with written_aside(room / f"kept-{stem}.parquet") as aside:
        pq.write_table(works.replace_schema_metadata(meta), aside, compression="zstd")


def _parts_in(path: Path) -> list[str]:
    """The names of the parts whose rows a file holds."""
    return json.loads(pq.read_schema(path).metadata[_PARTS])


def _table(works: Entity, room: Path) -> pd.DataFrame:
    kept_in = {name: path.name for path in kept_files(room) for name in _parts_in(path)}
    rows = pd.DataFrame(
        {
            "part": [part.name for part in works.parts],
            "bytes": [part.bytes for part in works.parts],
            "records": [part.records for part in works.parts],
            "kept_in": [f"{ROOM}/{room.name}/{kept_in[part.name]}" for part in works.parts],
        }
    )
    rows["snapshot"], rows["format"] = works.day.isoformat(), works.format
    return as_table(rows, SnapshotParts)


def _batches(parts: Sequence[Part], size: int) -> Iterator[list[Part]]:
    for start in range(0, len(parts), size):
        yield list(parts[start : start + size])


class _Progress:
    """Says from time to time how much is read, how fast, and how long the rest takes at that rate."""

    def __init__(self, works: Entity, left: Sequence[Part], say: Say):
        self._works, self._say = works, say
        self._left_bytes, self._left_parts = sum(part.bytes for part in left), len(left)
        self._read_bytes = 0
        self._started = self._said = time.monotonic()
        if left:
            say(
                f"Reading {len(left):,} parts of works, {_size(self._left_bytes)}, of the snapshot of {works.day}."
            )

    def after(self, batch: Sequence[Part]) -> None:
        now = time.monotonic()
        self._read_bytes += sum(part.bytes for part in batch)
        self._left_parts -= len(batch)
        if now - self._said < SAID_EVERY_S and self._left_parts:
            return
        self._said = now
        rate = self._read_bytes / max(now - self._started, 1e-3)
        rest_s = (self._left_bytes - self._read_bytes) / max(rate, 1.0)
        total = len(self._works.parts)
        self._say(
            f"{total - self._left_parts:,} of {total:,} parts are read, {rate / 1e6:,.1f} MB a second, "
            f"{_size(self._left_bytes - self._read_bytes)} and {_duration(rest_s)} left."
        )


def _size(number: int) -> str:
    return f"{number / 1e9:,.1f} GB" if number >= 1e9 else f"{number / 1e6:,.1f} MB"


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if not minutes:
        return "less than a minute"
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
