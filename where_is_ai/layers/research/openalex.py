"""OpenAlex: how it is asked, what it charges, and how its answers are taken apart."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.errors import BadUpstream
from where_is_ai.json_records import is_count, read_json
from where_is_ai.layers.research.records import MOST_WORKS, institution_id, shown

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
# Of a page of groups or of objects, as documented; 200 still works for groups, and is what archived pages were.
MOST_PER_PAGE, MOST_PER_PAGE_BEFORE = 100, 200
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
        promise=_promise(entity, parameters),
    )


def institution_batches(ids: Sequence[str], fresh_for: timedelta) -> list[Request]:
    """The calls that give the institutions with these ids: 100 ids a call."""
    return [
        ask(
            "institutions",
            fresh_for,
            filter=f"openalex:{'|'.join(some)}",
            per_page=MOST_PER_PAGE,
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
        promise=lacks_institution,
    )


def published(first: date, last: date) -> str:
    """The filter for works published from ``first`` to ``last``, both included."""
    return f"from_publication_date:{first},to_publication_date:{last}"


def groups(library: Library, entry: Entry) -> list[object]:
    return groups_and_total(library, entry)[0]


def groups_and_total(library: Library, entry: Entry) -> tuple[list[object], int]:
    """The groups of a page, and how many works they are groups of: MOST_WORKS where it does not say."""
    answer = _promised(library, entry, lacks_groups)
    total = answer["meta"].get("count")
    return answer["group_by"], MOST_WORKS if total is None else total


def works_of_all(library: Library, entry: Entry) -> int | None:
    """How many works the whole filter of a page of groups selects; None where it does not say."""
    return _promised(library, entry, lacks_groups)["meta"].get("count")


def results(library: Library, entry: Entry) -> list[object]:
    return _promised(library, entry, lacks_results)["results"]


def next_cursor(library: Library, entry: Entry) -> str | None:
    """What leads on from a page of groups; None on the last one, which is empty."""
    answer = _promised(library, entry, lacks_groups)
    return answer["meta"].get("next_cursor") if answer["group_by"] else None


def count(library: Library, entry: Entry) -> int:
    """How many works a kept answer counts."""
    return _promised(library, entry, lacks_count)["meta"]["count"]


def whole(library: Library, entry: Entry) -> dict:
    """The object of a single institution."""
    return _promised(library, entry, lacks_institution)


def lacks_meta(answer: object) -> str:
    """What an answer lacks to tell how much it counts, "" where it lacks nothing; so of the other shapes below."""
    if not isinstance(answer, dict) or not isinstance(answer.get("meta"), dict):
        return "an object 'meta'"
    total = answer["meta"].get("count")
    return "" if total is None or is_count(total, MOST_WORKS) else "a whole number 'meta.count'"


def lacks_count(answer: object) -> str:
    return lacks_meta(answer) or ("" if answer["meta"].get("count") is not None else "a number 'meta.count'")


def lacks_groups(answer: object) -> str:
    """Of a page of groups: also groups that got lost, and a cursor that is none."""
    if not isinstance(answer, dict) or not isinstance(answer.get("group_by"), list):
        return "a list 'group_by'"
    if lacking := lacks_meta(answer):
        return lacking
    said, came = answer["meta"].get("groups_count"), len(answer["group_by"])
    if said is not None and said != came:
        return f"all of its {shown(said)} groups: {came} came"
    cursor = answer["meta"].get("next_cursor")
    return "" if cursor is None or (isinstance(cursor, str) and cursor) else "a text 'meta.next_cursor'"


def lacks_results(answer: object) -> str:
    """Of a list: also entries that got lost."""
    if not isinstance(answer, dict) or not isinstance(answer.get("results"), list):
        return "a list 'results'"
    if lacking := lacks_meta(answer):
        return lacking
    total, per_page, came = (
        answer["meta"].get("count"),
        answer["meta"].get("per_page"),
        len(answer["results"]),
    )
    if total is not None and is_count(per_page, MOST_WORKS) and came != min(total, per_page):
        return f"all of its {min(total, per_page)} results: {came} came"
    return ""


def lacks_institution(answer: object) -> str:
    return "" if isinstance(answer, dict) and institution_id(answer.get("id")) else "an institution's 'id'"


def short(openalex_id: str) -> str:
    """``https://openalex.org/I136199984`` → ``I136199984``."""
    return openalex_id.rsplit("/", 1)[-1]


def _promise(entity: str, parameters: Mapping[str, object]) -> Callable[[object], str]:
    if "group_by" in parameters:
        return lacks_groups
    return lacks_results if entity == "institutions" else lacks_count


def _promised(library: Library, entry: Entry, lacks: Callable[[object], str]) -> dict:
    answer = read_json(library.read(entry), entry.url)
    if lacking := lacks(answer):
        raise BadUpstream(
            f"{entry.url} answered without {lacking}.",
            "Fetch it again with a live run; if it stays so, OpenAlex has changed the shape of its answers: "
            "adapt where_is_ai/layers/research/openalex.py.",
        )
    return answer
