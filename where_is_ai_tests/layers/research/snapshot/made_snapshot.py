"""A made world as OpenAlex gives its whole data away: gzip JSON lines and Parquet, by updated_date, with manifests.

What the service of openalex_server answers about a world, the snapshot of that world holds record by record.
"""

import csv
import gzip
import io
import json
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import duckdb

from where_is_ai_tests.layers.research.made_world import OTHER, Institution, Work, World

ADDRESS = "https://openalex.org/"
BUCKET = "s3://openalex/data"
FIRST_WORK = 4_400_000_000
VENUES = 40
# As DuckDB names the types of a work in the Parquet copy: an abstract is a JSON text there.
_INSTITUTION = (
    "STRUCT(id VARCHAR, display_name VARCHAR, ror VARCHAR, country_code VARCHAR, type VARCHAR, "
    "lineage VARCHAR[])"
)
_AUTHORSHIP = (
    "STRUCT(author_position VARCHAR, author STRUCT(id VARCHAR, display_name VARCHAR, orcid VARCHAR), "
    f"institutions {_INSTITUTION}[], countries VARCHAR[], is_corresponding BOOLEAN, raw_author_name VARCHAR, "
    "raw_affiliation_strings VARCHAR[], "
    "affiliations STRUCT(raw_affiliation_string VARCHAR, institution_ids VARCHAR[])[])"
)
_SOURCE = "STRUCT(id VARCHAR, display_name VARCHAR, type VARCHAR)"
_NAMED = "STRUCT(id VARCHAR, display_name VARCHAR)"
_TOPIC = f"STRUCT(id VARCHAR, display_name VARCHAR, score DOUBLE, subfield {_NAMED}, field {_NAMED}, domain {_NAMED})"
_LOCATION = f"STRUCT(is_oa BOOLEAN, landing_page_url VARCHAR, source {_SOURCE})"
WORK_TYPES = {
    "id": "VARCHAR",
    "doi": "VARCHAR",
    "title": "VARCHAR",
    "publication_year": "BIGINT",
    "publication_date": "VARCHAR",
    "language": "VARCHAR",
    "primary_location": _LOCATION,
    "type": "VARCHAR",
    "authorships": f"{_AUTHORSHIP}[]",
    "institutions_distinct_count": "BIGINT",
    "cited_by_count": "BIGINT",
    "citation_normalized_percentile": (
        "STRUCT(value DOUBLE, is_in_top_1_percent BOOLEAN, is_in_top_10_percent BOOLEAN)"
    ),
    "is_retracted": "BOOLEAN",
    "is_paratext": "BOOLEAN",
    "is_xpac": "BOOLEAN",
    "primary_topic": _TOPIC,
    "topics": f"{_TOPIC}[]",
    "referenced_works": "VARCHAR[]",
    "abstract_inverted_index": "VARCHAR",
    "updated_date": "VARCHAR",
    "created_date": "VARCHAR",
}
INSTITUTION_TYPES = {
    "id": "VARCHAR",
    "display_name": "VARCHAR",
    "country_code": "VARCHAR",
    "type": "VARCHAR",
    "lineage": "VARCHAR[]",
    "works_count": "BIGINT",
    "geo": (
        "STRUCT(city VARCHAR, geonames_city_id VARCHAR, region VARCHAR, country_code VARCHAR, country VARCHAR, "
        "latitude DOUBLE, longitude DOUBLE)"
    ),
    "updated_date": "VARCHAR",
}


@dataclass(frozen=True)
class Authorship:
    """The institutions of one author of a work, as they are numbered in the record."""

    institutions: tuple[str, ...]


def authorships_of(number: int, work: Work) -> list[Authorship] | None:
    """Who wrote the ``number``-th work: an author for each institution, some at two, some at none; None for no list."""
    draw = random.Random(number)
    authors = [Authorship((name,)) for name in work.institutions]
    if len(authors) > 1 and draw.random() < 0.3:
        authors[0] = Authorship(work.institutions[:2])
    if authors and draw.random() < 0.2:
        authors.append(Authorship(work.institutions[:1]))
    if draw.random() < 0.1:
        authors.append(Authorship(()))
    if not work.institutions:
        return draw.choice((None, [], [Authorship(())]))
    return authors


def title_of(number: int, work: Work) -> str:
    """Some works have the same title: preprints and what was published of them, and others by chance."""
    first = work.institutions[0] if work.institutions else f"nowhere {number}"
    return f"Question {number % 12}, as it is asked at {first}: a study"


def some_retracted(world: World) -> World:
    """``world``, of whose works every 23rd was retracted."""
    works = [replace(work, retracted=number % 23 == 0) for number, work in enumerate(world.works)]
    return replace(world, works=works)


def work_id(number: int) -> int:
    """The number in the id of the ``number``-th work: neither dense nor in the order of parts."""
    return FIRST_WORK + number * 7 % 2_000_003 + number // 2_000_003


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
        lines = (json.dumps(_institution(world, one, each)) for one in kept[number::2])
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


def work_record(world: World, number: int, updated: date) -> dict:
    """The ``number``-th work of ``world`` as OpenAlex's record of it."""
    work = world.works[number]
    authors = authorships_of(number, work)
    return _record(work_id(number), number, work, authors, world.by_id, updated)


def _work_lines(
    world: World, numbers: Iterable[int], others: int, whole_records: bool, updated: date
) -> Iterator[str]:
    draw = random.Random(updated.toordinal())
    ids = [each.id for each in world.institutions]
    for number in numbers:
        yield _line(work_record(world, number, updated), whole_records, number)
        for other in range(others):
            own = len(world.works) + number * others + other
            work = Work((draw.choice(ids),), date(2012, 1, 1) + timedelta(days=own % 5_000), subfield=OTHER)
            authors = [Authorship(work.institutions)]
            record = _record(work_id(own), own, work, authors, world.by_id, updated)
            if own % 50 == 0:
                record |= {"primary_topic": None, "primary_location": None, "publication_date": None}
            yield _line(record, whole_records, own)


def _line(record: dict, whole_records: bool, number: int) -> str:
    line = json.dumps(record)
    return f"{line[:-1]}, {_body(number % 997)}}}" if whole_records else line


def _record(
    own: int,
    number: int,
    work: Work,
    authors: list[Authorship] | None,
    by_id: Mapping[str, Institution],
    updated: date,
) -> dict:
    source = {
        "id": f"{ADDRESS}S{number % VENUES}",
        "display_name": f"Journal {number % VENUES}",
        "type": "journal",
    }
    percentile = work.percentile
    return {
        "id": f"{ADDRESS}W{own}",
        "doi": f"https://doi.org/10.1000/{own}",
        "title": title_of(number, work),
        "publication_year": work.published.year,
        "publication_date": work.published.isoformat(),
        "language": "en",
        "primary_location": {"is_oa": True, "source": None if number % 11 == 0 else source},
        "type": work.type,
        "authorships": None if authors is None else [_authorship(each, number, by_id) for each in authors],
        "institutions_distinct_count": len(work.institutions),
        "cited_by_count": number % 40,
        "citation_normalized_percentile": None
        if percentile is None
        else {
            "value": percentile,
            "is_in_top_1_percent": percentile >= 0.99,
            "is_in_top_10_percent": percentile >= 0.9,
        },
        "is_retracted": work.retracted,
        "is_paratext": False,
        "is_xpac": not work.core,
        "primary_topic": {
            "id": f"{ADDRESS}T{10_000 + int(work.subfield)}",
            "display_name": "A topic",
            "score": 0.9,
            "subfield": {"id": f"{ADDRESS}subfields/{work.subfield}", "display_name": "A subfield"},
            "field": {"id": f"{ADDRESS}fields/17", "display_name": "Computer Science"},
            "domain": {"id": f"{ADDRESS}domains/3", "display_name": "Physical Sciences"},
        },
        "updated_date": f"{updated}T12:00:00",
        "created_date": work.published.isoformat(),
    }


def _authorship(author: Authorship, number: int, by_id: Mapping[str, Institution]) -> dict:
    return {
        "author_position": "first",
        "author": {
            "id": f"{ADDRESS}A{5_000_000_000 + number}",
            "display_name": f"Author {number}",
            "orcid": None,
        },
        "institutions": [_dehydrated(by_id[name]) for name in author.institutions if name in by_id]
        + [{"id": f"{ADDRESS}{name}"} for name in author.institutions if name not in by_id],
        "countries": [],
        "is_corresponding": False,
        "raw_author_name": f"Author {number}",
        "raw_affiliation_strings": [f"Department {number % 13}, a university, a town"],
        "affiliations": [],
    }


def _dehydrated(found: Institution) -> dict:
    lineage = [f"{ADDRESS}{name}" for name in (found.id, *found.parents)]
    return {
        "id": f"{ADDRESS}{found.id}",
        "display_name": found.name,
        "ror": None,
        "country_code": found.country_code,
        "type": found.type,
        "lineage": lineage,
    }


def _institution(world: World, found: Institution, updated: date) -> dict:
    works = world.of_institution.get(found.id, 0).bit_count()
    geo = {
        "city": found.city,
        "geonames_city_id": None,
        "region": None,
        "country_code": found.country_code,
        "country": None,
        "latitude": found.lat,
        "longitude": found.lon,
    }
    return {
        "id": f"{ADDRESS}{found.id}",
        "display_name": found.name,
        "country_code": found.country_code,
        "type": found.type,
        "lineage": [f"{ADDRESS}{name}" for name in (found.id, *found.parents)],
        "works_count": works if found.works_count is None else found.works_count,
        "geo": None if found.city is None and found.lat is None and found.country_code is None else geo,
        "updated_date": f"{updated}T12:00:00",
    }


@cache
def _body(number: int) -> str:
    """The long fields of a record, some 2 kB that gzip makes less than half of, as of real ones."""
    draw = random.Random(number)
    words = ["".join(draw.choices("aeinrstloucdm", k=draw.randrange(2, 11))) for _ in range(90)]
    abstract = {word: sorted(draw.sample(range(200), draw.randrange(1, 3))) for word in words}
    references = [f"{ADDRESS}W{draw.randrange(10**9, 7 * 10**9)}" for _ in range(draw.randrange(25))]
    topic = {
        "id": f"{ADDRESS}T{draw.randrange(10_000, 14_500)}",
        "display_name": "Another topic",
        "score": 0.5,
    }
    long = {"abstract_inverted_index": abstract, "referenced_works": references, "topics": [topic] * 3}
    return json.dumps(long)[1:-1]


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
