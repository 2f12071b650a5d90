"""OpenAlex: which answers a method needs, and from those answers to one table of institutions."""

import json
from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.errors import BadUpstream
from where_is_ai.quarters import Quarter
from where_is_ai.research.methods import ArticleMethod
from where_is_ai.research.schema import AiWorks
from where_is_ai.tables import as_table

API = "https://api.openalex.org"
OPENALEX = Source(
    name="OpenAlex",
    licence="CC0 1.0",
    homepage="https://openalex.org",
    key=("api_key", "OPENALEX_API_KEY"),
    per_second=(10, 30),
    refusal_hint="Check OPENALEX_API_KEY and its remaining daily budget (where-is-ai doctor); free keys come from "
    "openalex.org/settings/api. Then run again.",
)
# Counts are paid for and don't move within a day: a rerun on the same day takes the archived answer.
PAID_ONCE_A_DAY = timedelta(hours=20)
IDS_PER_CALL = 100
_INSTITUTION_FIELDS = "id,display_name,type,country_code,geo,lineage,works_count"


def works_by_institution(method: ArticleMethod, quarter: Quarter) -> Request:
    """The one call that counts the method's works by institution: the top groups, most works first."""
    first, last = method.window(quarter)
    return _ask(
        "works",
        filter=f"concepts.id:{method.concept},{_published(first, last)}",
        group_by="authorships.institutions.id",
        per_page=method.institutions,
    )


def institutions(ids: Sequence[str]) -> list[Request]:
    """The calls that give the institutions with these ids: 100 ids a call."""
    return [
        _ask(
            "institutions",
            filter=f"openalex:{'|'.join(some)}",
            per_page=IDS_PER_CALL,
            select=_INSTITUTION_FIELDS,
        )
        for some in (ids[start : start + IDS_PER_CALL] for start in range(0, len(ids), IDS_PER_CALL))
    ]


def institution_ids(library: Library, counts: Entry) -> list[str]:
    """The ids of the groups of a kept grouped answer, in its order."""
    return [_short(group["key"]) for group in _groups(library, counts)]


def read_ai_works(library: Library, counts: Entry, institutions: Sequence[Entry]) -> pd.DataFrame:
    """AiWorks from the grouped answer and the institutions' objects; one that OpenAlex lacks keeps its count."""
    works = pd.DataFrame(
        [
            (_short(group["key"]), group["key_display_name"], group["count"])
            for group in _groups(library, counts)
        ],
        columns=["institution_id", "institution", "ai_works"],
    )
    places = pd.DataFrame(
        [_place(found) for entry in institutions for found in _results(library, entry)],
        columns=["institution_id", "type", "city", "country_code", "lat", "lon"],
    )
    return as_table(works.merge(places, on="institution_id", how="left", validate="one_to_one"), AiWorks)


def _ask(entity: str, **parameters: object) -> Request:
    query = "&".join(f"{name}={value}" for name, value in parameters.items())
    return Request(f"{API}/{entity}?{query}", OPENALEX, "application/json", fresh_for=PAID_ONCE_A_DAY)


def _published(first: date, last: date) -> str:
    return f"from_publication_date:{first},to_publication_date:{last}"


def _place(institution: dict) -> dict:
    geo = institution.get("geo") or {}
    return {
        "institution_id": _short(institution["id"]),
        "type": institution.get("type"),
        "city": geo.get("city"),
        "country_code": geo.get("country_code") or institution.get("country_code"),
        "lat": geo.get("latitude"),
        "lon": geo.get("longitude"),
    }


def _groups(library: Library, entry: Entry) -> list[dict]:
    return _part(library, entry, "group_by")


def _results(library: Library, entry: Entry) -> list[dict]:
    return _part(library, entry, "results")


def _part(library: Library, entry: Entry, part: str) -> list[dict]:
    answer = json.loads(library.read(entry))
    if not isinstance(answer, dict) or not isinstance(answer.get(part), list):
        raise BadUpstream(
            f"{entry.url} answered without a list {part!r}.",
            "OpenAlex has changed the shape of its answers: adapt where_is_ai/research/source.py.",
        )
    return answer[part]


def _short(openalex_id: str) -> str:
    """``https://openalex.org/I136199984`` → ``I136199984``."""
    return openalex_id.rsplit("/", 1)[-1]
