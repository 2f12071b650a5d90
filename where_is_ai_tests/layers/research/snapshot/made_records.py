"""Records of works and institutions of a made world, field by field as OpenAlex gives them away."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from where_is_ai_tests.layers.research.made_world import Institution, Work, World

ADDRESS = "https://openalex.org/"
FIRST_WORK = 4_400_000_000
VENUES = 40
TOPICS = (
    ("T10028", "Topic Modeling"),
    ("T10181", "Natural Language Processing Techniques"),
    ("T10462", "Reinforcement Learning in Robotics"),
    ("T10036", "Advanced Neural Network Applications"),
    ("T10052", "Medical Image Segmentation"),
)
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


def topic_of(number: int) -> tuple[str, str]:
    """The id and name of the ``number``-th work's topic."""
    return TOPICS[number * 7 % len(TOPICS)]


def doi_of(number: int, work: Work) -> str | None:
    """Every preprint of the first 600 has versions, each a work; some have the DOI of a paper; some works have none."""
    if number % 17 == 0:
        return None
    own = f"10.1000/{number // 3}" if number < 600 else f"10.1000/{number}"
    return f"https://doi.org/{own}" + (f"/v{number % 3 + 1}" if work.type == "preprint" else "")


def work_id(number: int) -> int:
    """The number in the id of the ``number``-th work: neither dense nor in the order of parts."""
    return FIRST_WORK + number * 7 % 2_000_003 + number // 2_000_003


def line_of(record: dict, whole_records: bool, number: int) -> str:
    """A record as a line of JSON, with the long fields that whole ones have."""
    line = json.dumps(record)
    return f"{line[:-1]}, {_body(number % 997)}}}" if whole_records else line


def record_of(
    own: int,
    number: int,
    work: Work,
    authors: list[Authorship] | None,
    by_id: Mapping[str, Institution],
    updated: date,
) -> dict:
    """A work as OpenAlex's record of it; ``own`` is the number of its id, ``number`` that in the made world."""
    source = {
        "id": f"{ADDRESS}S{number % VENUES}",
        "display_name": f"Journal {number % VENUES}",
        "type": "journal",
    }
    percentile = work.percentile
    topic, topic_name = topic_of(number)
    return {
        "id": f"{ADDRESS}W{own}",
        "doi": doi_of(number, work),
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
            "id": f"{ADDRESS}{topic}",
            "display_name": topic_name,
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


def institution_of(world: World, found: Institution, updated: date) -> dict:
    """An institution as OpenAlex's record of it; one that has no place has no ``geo``."""
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
