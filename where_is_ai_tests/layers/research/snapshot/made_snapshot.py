"""A made world as OpenAlex gives its whole data away: gzip JSON lines and Parquet, by updated_date, with manifests.

What the service of openalex_server answers about a world, the snapshot of that world holds record by record.
"""

import csv
import gzip
import io
import json
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import duckdb

from where_is_ai_tests.layers.research.made_world import AI, OTHER, Work, World
from where_is_ai_tests.layers.research.snapshot.made_records import (
    ADDRESS,
    INSTITUTION_TYPES,
    WORK_TYPES,
    Authorship,
    authorships_of,
    institution_of,
    line_of,
    record_of,
    work_id,
)

BUCKET = "s3://openalex/data"


def some_retracted(world: World) -> World:
    """``world``, of whose works every 23rd was retracted."""
    works = [replace(work, retracted=number % 23 == 0) for number, work in enumerate(world.works)]
    return replace(world, works=works)


def write_snapshot(
    folder: Path,
    world: World,
    formats: Iterable[str] = ("jsonl", "parquet"),
    day: date = date(2026, 7, 1),
    parts: int = 5,
    others: int = 0,
    whole_records: bool = False,
) -> Path:
    """Write ``world`` as a snapshot of ``day`` and give its folder, what WHERE_IS_AI_SNAPSHOT is set to.

    ``parts`` files of works, each of an updated_date of its own; ``others`` works of other fields to each work of the
    world; ``whole_records`` gives each work an abstract, references and affiliations, as long as real ones.
    """
    updated = [day - timedelta(days=3 * number) for number in range(parts)]
    for number, each in enumerate(updated):
        lines = _work_lines(world, range(number, len(world.works), parts), others, whole_records, each)
        _write_lines(_part(folder / "jsonl" / "works", each), lines)
    gone = world.vanished | world.merged.keys()
    kept = [each for each in world.institutions if each.id not in gone]
    for number, each in enumerate(updated[:2]):
        lines = (json.dumps(institution_of(world, one, each)) for one in kept[number::2])
        _write_lines(_part(folder / "jsonl" / "institutions", each), lines)
    if world.merged:
        _write_merged(folder / "merged_ids" / "institutions" / f"{day}.csv.gz", world.merged, day)
    if "parquet" in formats:
        _as_parquet(folder, "works", WORK_TYPES)
        _as_parquet(folder, "institutions", INSTITUTION_TYPES)
    for kind in ("jsonl", "parquet"):
        for entity in ("works", "institutions"):
            if kind in formats:
                write_manifest(folder / kind / entity, day)
            else:
                for path in (folder / kind / entity).rglob("part_*"):
                    path.unlink()
    return folder


def write_manifest(folder: Path, day: date) -> None:
    """The manifest of an entity's parts, which OpenAlex writes last."""
    kind, entity = folder.parent.name, folder.name
    files = [
        {
            "url": f"{BUCKET}/{kind}/{entity}/{path.parent.name}/{path.name}",
            "meta": {"content_length": path.stat().st_size, "record_count": _records(path)},
        }
        for path in sorted(folder.rglob("part_*"))
    ]
    said = {
        "date": day.isoformat(),
        "format": kind,
        "entity": entity,
        "record_count": sum(each["meta"]["record_count"] for each in files),
        "content_length": sum(each["meta"]["content_length"] for each in files),
        "files": files,
    }
    (folder / "manifest.json").write_text(json.dumps(said, indent=1))


def mend_bytes(manifest: Path, part: Path) -> None:
    """Let a manifest say of a part that was changed how many bytes it has now, and nothing else."""
    said = json.loads(manifest.read_text())
    for each in said["files"]:
        if each["url"].endswith(f"{part.parent.name}/{part.name}"):
            each["meta"]["content_length"] = part.stat().st_size
    manifest.write_text(json.dumps(said))


def _work_record(world: World, number: int, updated: date) -> dict:
    """The ``number``-th work of ``world`` as OpenAlex's record of it."""
    work = world.works[number]
    authors = authorships_of(number, work)
    return record_of(work_id(number), number, work, authors, world.by_id, updated)


def _work_lines(
    world: World, numbers: Iterable[int], others: int, whole_records: bool, updated: date
) -> Iterator[str]:
    draw = random.Random(updated.toordinal())
    ids = [each.id for each in world.institutions]
    for number in numbers:
        yield line_of(_work_record(world, number, updated), whole_records, number)
        for other in range(others):
            own = len(world.works) + number * others + other
            work = Work((draw.choice(ids),), date(2012, 1, 1) + timedelta(days=own % 5_000), subfield=OTHER)
            authors = [Authorship(work.institutions)]
            record = record_of(work_id(own), own, work, authors, world.by_id, updated)
            if own % 50 == 0:
                record |= {"primary_topic": None, "primary_location": None, "publication_date": None}
            if own % 50 == 1:
                topic = record["primary_topic"] | {"subfield": {"id": f"{ADDRESS}subfields/{AI}"}}
                record |= {"primary_topic": topic, "publication_date": "no date"}
            yield line_of(record, whole_records, own)


def _part(folder: Path, updated: date) -> Path:
    return folder / f"updated_date={updated}" / "part_0000.gz"


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", compresslevel=6, encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def _write_merged(path: Path, merged: Mapping[str, str], day: date) -> None:
    path.parent.mkdir(parents=True)
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["merge_date", "id", "merge_into_id"])
    rows.writerows([day.isoformat(), name, into] for name, into in merged.items())
    path.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))


def _as_parquet(folder: Path, entity: str, types: Mapping[str, str]) -> None:
    """The Parquet copy of an entity, made of its JSON lines."""
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
    for path in sorted((folder / "jsonl" / entity).rglob("part_*.gz")):
        copy = folder / "parquet" / path.relative_to(folder / "jsonl").with_suffix(".parquet")
        copy.parent.mkdir(parents=True, exist_ok=True)
        duckdb.sql(
            f"COPY (SELECT * FROM read_json('{path}', format='newline_delimited', columns={{{columns}}})) "
            f"TO '{copy}' (FORMAT parquet, COMPRESSION snappy)"
        )


def _records(path: Path) -> int:
    if path.suffix == ".parquet":
        return duckdb.sql(f"SELECT count(*) FROM read_parquet('{path}')").fetchall()[0][0]
    with gzip.open(path) as file:
        return sum(1 for _ in file)
