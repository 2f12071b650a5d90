"""OpenAlex's whole data in a folder: where its parts are, how large each must be, and of which day it is.

The layout is that of ``s3://openalex/data/{jsonl|parquet}/{entity}/updated_date=…/part_0000.*``. OpenAlex writes the
manifest of an entity last, and it lists every part with its bytes and records: what it doesn't list is not read.
"""

import csv
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from upath import UPath

from where_is_ai.errors import BadUpstream, UsageError, WhereIsAIError
from where_is_ai.json_records import Record, is_count, read_json
from where_is_ai.layers.research.records import institution_id

SETTING = "WHERE_IS_AI_SNAPSHOT"
BUCKET = "https://openalex.s3.amazonaws.com/data"
# Parquet costs a fraction of what JSON does, so it is taken where both are there.
FORMATS = ("parquet", "jsonl")
MANIFEST = "manifest.json"
# More bytes and records than a part or a whole snapshot has.
_MOST = 10**15
_FETCH_AGAIN = "Download the snapshot again (aws s3 sync takes only what is missing), its manifests last."


@dataclass(frozen=True)
class Part:
    """A file of records. ``name`` is its path below the entity's folder; ``records`` None where nobody says."""

    name: str
    path: Path
    bytes: int
    records: int | None


@dataclass(frozen=True)
class Entity:
    """All parts of an entity, such as works, as its manifest of ``day`` lists them."""

    name: str
    format: str
    day: date
    manifest: Path
    parts: tuple[Part, ...]

    @property
    def address(self) -> str:
        """Where OpenAlex publishes this manifest."""
        return f"{BUCKET}/{self.format}/{self.name}/{MANIFEST}"

    @property
    def bytes(self) -> int:
        return sum(part.bytes for part in self.parts)


@dataclass(frozen=True)
class Snapshot:
    """What is read of a snapshot. ``merged`` leads from ids of institutions that are gone to those in their place."""

    works: Entity
    institutions: Entity
    merged: dict[str, str]


def open_snapshot(words: str) -> Snapshot:
    """The snapshot in the folder that WHERE_IS_AI_SNAPSHOT is set to: the one of a format, or one that holds both.

    The words may be an address that a Python filesystem knows, such as ``s3://openalex/data``. Raises UsageError where
    nothing is set, and BadUpstream where a part is missing or not as long as the manifest says.
    """
    require_words(words)
    root = _root(_place(words))
    return Snapshot(_entity(root, "works"), _entity(root, "institutions"), _merged(root))


def require_words(words: str) -> None:
    """Raises UsageError where WHERE_IS_AI_SNAPSHOT is not set, or is an address that nothing here can read."""
    if not words:
        raise UsageError(
            f"The method snapshot reads OpenAlex's whole data, and {SETTING} is not set.",
            f"Download or mount s3://openalex/data and set {SETTING} to the folder: see docs/snapshot.md.",
        )
    _place(words)


def _place(words: str) -> Path:
    """The folder of a path, or of an address by the Python filesystem of its scheme (fsspec)."""
    scheme, mark, _ = words.partition("://")
    if not mark:
        return Path(words).expanduser()
    try:
        place = UPath(words)
        place.fs  # noqa: B018 - only now is the package of the scheme looked for
    except (ImportError, ValueError) as error:
        raise UsageError(
            f"{SETTING} is an address of the scheme {scheme}, which can't be read here: {error}.",
            "Install the package that it names, or download or mount the snapshot as a folder.",
        ) from None
    return place


def _root(folder: Path) -> Path:
    """The folder of one format that has a manifest of works."""
    below = [folder, *(folder / kind for kind in FORMATS), *(folder / "data" / kind for kind in FORMATS)]
    found = next((each for each in below if (each / "works" / MANIFEST).is_file()), None)
    if found is None:
        raise BadUpstream(
            f"{folder} ({SETTING}) holds no works/{MANIFEST}, neither in itself nor in parquet, jsonl or data: it is "
            "no snapshot of OpenAlex, or its download is not complete, since the manifest comes last.",
            _FETCH_AGAIN,
        )
    return found


def _entity(root: Path, name: str) -> Entity:
    manifest = root / name / MANIFEST
    if not manifest.is_file():
        raise BadUpstream(f"The snapshot {root} lacks {name}/{MANIFEST}.", _FETCH_AGAIN)
    said = Record(read_json(manifest.read_bytes(), str(manifest)))
    files, day, kind = said.given("files"), _day(said.given("date")), said.given("format")
    if not isinstance(files, list) or not files or day is None or kind not in FORMATS:
        raise BadUpstream(
            f"{manifest} has no list of files, no date or no format: it is no manifest of a snapshot since June 2026.",
            "Take a snapshot below s3://openalex/data/jsonl or …/parquet; older ones are laid out otherwise.",
        )
    parts = tuple(_part(manifest, each) for each in files)
    _require_whole(root / name, parts)
    return Entity(name, kind, day, manifest, parts)


def _part(manifest: Path, file: object) -> Part:
    fields = Record(file)
    url, size = fields.given("url"), fields.part("meta").given("content_length")
    records = fields.part("meta").given("record_count")
    if not isinstance(url, str) or url.count("/") < 2 or not is_count(size, _MOST):
        raise BadUpstream(
            f"{manifest} lists a file without its address or bytes: {file!r:.200}.", _FETCH_AGAIN
        )
    folder, name = url.rsplit("/", 2)[1:]
    if ".." in (folder, name):
        raise BadUpstream(f"{manifest} lists a file outside of its folder: {url!r:.200}.", _FETCH_AGAIN)
    path = manifest.parent / folder / name
    return Part(f"{folder}/{name}", path, size, records if is_count(records, _MOST) else None)


def _require_whole(folder: Path, parts: tuple[Part, ...]) -> None:
    """Before anything is read: a download that stopped shows in the sizes."""
    sizes = _sizes(folder, parts)
    short = [part for part in parts if sizes[part] != part.bytes]
    if not short:
        return
    first, others = short[0], len(short) - 1
    has = sizes[first]
    state = "is missing" if has is None else f"has {has:,} bytes of {first.bytes:,}"
    more = f", and {others:,} more of {len(parts):,} parts are not as the manifest says" if others else ""
    raise BadUpstream(
        f"{first.name} of the snapshot's {folder.name} in {folder} {state}{more}.", _FETCH_AGAIN
    )


def _sizes(folder: Path, parts: tuple[Part, ...]) -> dict[Part, int | None]:
    """The bytes of each part, None where it is missing; of an address in one list."""
    if isinstance(folder, UPath):
        listed = folder.fs.find(folder.path, detail=True)
        return {part: listed.get(part.path.path, {}).get("size") for part in parts}
    return {part: _size(part.path) for part in parts}


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def _merged(root: Path) -> dict[str, str]:
    """From the lists of merged institutions beside or above ``root``, each id to the last that it was merged into."""
    above = (root, root.parent, root.parent.parent)
    places = [
        each / where / "institutions" for each in above for where in ("merged_ids", "legacy-data/merged_ids")
    ]
    folder = next((each for each in places if each.is_dir()), None)
    into = dict(pair for path in sorted(folder.glob("*.csv*")) for pair in _pairs(path)) if folder else {}
    return {name: last for name in into if (last := _last(into, name)) != name}


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    try:
        content = path.read_bytes()
        text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
        rows = list(csv.DictReader(text.splitlines()))
    except (OSError, EOFError, zlib.error, UnicodeDecodeError, csv.Error) as error:
        raise WhereIsAIError(f"{path}, a list of merged ids, can't be read: {error}.", _FETCH_AGAIN) from None
    for row in rows:
        name, into = institution_id(row.get("id")), institution_id(row.get("merge_into_id"))
        if name and into:
            yield name, into


def _last(into: dict[str, str], name: str) -> str:
    seen = {name}
    while (following := into.get(name)) and following not in seen:
        seen.add(following)
        name = following
    return name
