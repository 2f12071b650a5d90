"""OpenAlex: how it is asked, what it charges, and how its answers are taken apart."""

import json
from collections.abc import Sequence
from datetime import date, timedelta

from where_is_ai.archive.content import has_part
from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.errors import BadUpstream

API = "https://api.openalex.org"
OPENALEX = Source(
    name="OpenAlex",
    licence="CC0 1.0",
    homepage="https://openalex.org",
    key=("api_key", "OPENALEX_API_KEY"),
    per_second=(10, 30),
    refusal_hint="See what is left of the day's budget (where-is-ai doctor), then run again.",
    hint_without_key="Set OPENALEX_API_KEY; free keys come from openalex.org/settings/api.",
)
# A list or a grouped list costs this; a single entity costs nothing.
CALL_USD = 0.0001
MOST_VALUES = 100
MOST_GROUPS = 200
LONGEST_REQUEST_LINE = 8190
INSTITUTION_FIELDS = "id,display_name,type,country_code,geo,lineage,works_count"
# All topics were assigned anew on this day: counts by topic from before and from after it can't be compared.
TOPICS_REPLACED = date(2026, 10, 6)


def ask(entity: str, fresh_for: timedelta, **parameters: object) -> Request:
    """A request to a list of ``entity``; a live run takes an archived answer that is younger than ``fresh_for``."""
    query = "&".join(f"{name}={value}" for name, value in parameters.items())
    return Request(
        f"{API}/{entity}?{query}",
        OPENALEX,
        "application/json",
        fresh_for=fresh_for,
        promise=has_part("meta", dict),
    )


def institution_batches(ids: Sequence[str], fresh_for: timedelta) -> list[Request]:
    """The calls that give the institutions with these ids: 100 ids a call."""
    return [
        ask(
            "institutions",
            fresh_for,
            filter=f"openalex:{'|'.join(some)}",
            per_page=MOST_VALUES,
            select=INSTITUTION_FIELDS,
        )
        for some in (ids[start : start + MOST_VALUES] for start in range(0, len(ids), MOST_VALUES))
    ]


def institution(name: str) -> Request:
    """One institution by its id, which costs nothing; a merged one leads on to the one that it is now part of."""
    return Request(
        f"{API}/institutions/{name}",
        OPENALEX,
        "application/json",
        fresh_for=timedelta(days=7),
        promise=has_part("id", str),
    )


def published(first: date, last: date) -> str:
    """The filter for works published from ``first`` to ``last``, both included."""
    return f"from_publication_date:{first},to_publication_date:{last}"


def groups(library: Library, entry: Entry) -> list[dict]:
    return _part(library, entry, "group_by", list)


def results(library: Library, entry: Entry) -> list[dict]:
    return _part(library, entry, "results", list)


def meta(library: Library, entry: Entry) -> dict:
    return _part(library, entry, "meta", dict)


def count(library: Library, entry: Entry) -> int:
    """How many works a kept answer counts."""
    found = meta(library, entry).get("count")
    if not isinstance(found, int):
        raise _other_shape(entry, "meta.count")
    return found


def whole(library: Library, entry: Entry) -> object:
    return json.loads(library.read(entry))


def short(openalex_id: str) -> str:
    """``https://openalex.org/I136199984`` → ``I136199984``."""
    return openalex_id.rsplit("/", 1)[-1]


def _part(library: Library, entry: Entry, part: str, kind: type) -> list | dict:
    answer = whole(library, entry)
    if not isinstance(answer, dict) or not isinstance(answer.get(part), kind):
        raise _other_shape(entry, part)
    return answer[part]


def _other_shape(entry: Entry, part: str) -> BadUpstream:
    return BadUpstream(
        f"{entry.url} answered without a {'list' if part in ('group_by', 'results') else 'value'} {part!r}.",
        "OpenAlex has changed the shape of its answers: adapt where_is_ai/layers/research/openalex.py.",
    )
