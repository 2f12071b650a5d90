"""USAJOBS: federal announcements of a quarter and their texts, page by page with continuation tokens."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from where_is_ai.archive.content import has_part
from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.postings.engine import bounded, quoted
from where_is_ai.layers.postings.sightings import Sighting, Tally, day_of, plausible_day, write_sightings
from where_is_ai.layers.postings.text import is_overlong, plain_text
from where_is_ai.quarters import Quarter

USAJOBS = Source(
    name="USAJOBS historic job announcements",
    licence="public domain (work of the US government)",
    homepage="https://developer.usajobs.gov/api-reference/get-api-historicjoa",
)
NAME = "usajobs"
# A quarter is some hundred pages: a run that was interrupted goes on where it stopped.
FRESH_FOR = timedelta(days=7)
_API = "https://data.usajobs.gov/api/historicjoa"
_TEXT_API = f"{_API}/announcementtext"
_PROMISE = has_part("data", list)
_TEXT_FIELDS = (
    "summary",
    "duties",
    "majordutieslist",
    "requirementsconditionsofemployment",
    "requirementsqualifications",
    "requirementseducation",
    "requiredstandarddocuments",
)


def first_pages(quarter: Quarter) -> tuple[Request, Request]:
    """The first page of announcements opened in ``quarter``, and of their texts."""
    window = urlencode({"StartPositionOpenDate": quarter.first_day, "EndPositionOpenDate": quarter.last_day})
    return tuple(
        Request(f"{api}?{window}", USAJOBS, "application/json", FRESH_FOR, promise=_PROMISE)
        for api in (_API, _TEXT_API)
    )


def pages(library: Library, first: Request, quarter: Quarter) -> Iterator[Entry]:
    """The archive entries of all pages that follow ``first``; BadUpstream where the tokens go in a circle."""
    request, seen = first, set()
    while request:
        entry = library.get(request, quarter)
        yield entry
        seen.add(request.url)
        request = _next_page(_answer(library, entry), first)
        if request and request.url in seen:
            raise BadUpstream(
                f"{entry.url} continues with a page that was already read.",
                "Try again later: its pages go in a circle.",
            )


def write_sightings_of(
    library: Library, announcements: Sequence[Entry], texts: Sequence[Entry], out: Path, tally: Tally
) -> None:
    """Join announcements with their texts and write the sightings to the parquet file ``out``.

    A page that can't be read is a trouble and leaves the others as they are.
    """
    heads, bodies = out.with_name("heads.part"), out.with_name("bodies.part")
    ids: set[str] = set()
    write_sightings(_each(library, announcements, tally, partial(_sighting, ids=ids)), heads)
    write_sightings(_each(library, texts, tally, _text_sighting), bodies)
    with bounded(out.parent / "scratch") as duck:
        duck.execute(_JOIN_SQL.format(heads=quoted(heads), bodies=quoted(bodies), out=quoted(out)))
        missing = duck.execute(
            f"SELECT count(*), min(posting_id) FROM read_parquet({quoted(out)}) WHERE text = ''"
        )
        count, example = missing.fetchone()
    if count:
        tally.add(NAME, NAME, "no announcement text", "kept without", example, count)
    heads.unlink()
    bodies.unlink()


def _each(
    library: Library,
    entries: Sequence[Entry],
    tally: Tally,
    read: Callable[[dict, Entry, Tally], Sighting | None],
) -> Iterator[Sighting]:
    for entry in entries:
        try:
            records = _records(library, entry)
        except BadUpstream as refusal:
            tally.add(NAME, NAME, "answer can't be read", "left out", str(refusal))
            continue
        for record in records:
            if sighting := read(record, entry, tally):
                yield sighting


def _sighting(record: dict, entry: Entry, tally: Tally, ids: set[str]) -> Sighting | None:
    """An announcement, yet without its text; None where it can't be told from others."""
    number, title = str(record.get("usajobscontrolnumber") or ""), _text(record.get("positiontitle"))
    name = f"{NAME}/{number}"
    if not number or not title:
        return tally.add(NAME, NAME, "no id or no title", "left out", entry.url)
    if number in ids:
        return tally.add(NAME, NAME, "id given twice", "first one kept", name)
    ids.add(number)
    seen = entry.retrieved.date()
    opened = day_of(_text(record.get("positionopendate")))
    posted = plausible_day(opened, seen)
    closed = plausible_day(day_of(_text(record.get("positionclosedate"))), seen)
    places = "; ".join(_places(record))
    if not posted:
        tally.add(NAME, NAME, "absurd date" if opened else "no date", "taken as not given", name)
    if not places:
        tally.add(NAME, NAME, "no location", "kept without", name)
    return Sighting(
        posting_id=name,
        source=NAME,
        board=NAME,
        company=_text(record.get("hiringagencyname")) or _text(record.get("hiringdepartmentname")),
        title=title,
        text="",
        posted_on=posted,
        first_seen=posted or seen,
        last_seen=max(closed or seen, posted or seen),
        location=places,
        address=places,
        url=f"https://www.usajobs.gov/job/{quote(number)}",
    )


def _text_sighting(record: dict, entry: Entry, tally: Tally) -> Sighting:
    """The same announcement's text alone."""
    name, markup = f"{NAME}/{record.get('usajobscontrolnumber') or ''}", _markup(record)
    if is_overlong(markup):
        tally.add(NAME, NAME, "overlong description", "cut", name)
    seen = entry.retrieved.date()
    return Sighting(name, NAME, NAME, "", "", plain_text(markup), None, seen, seen, "", "", "")


def _places(record: dict) -> list[str]:
    """``City, State, Country`` of each duty location; the city often carries its state already."""
    places = []
    for place in record.get("positionlocations") or []:
        said = _lower(place) if isinstance(place, dict) else {}
        parts = [_text(said.get(f"positionlocation{part}")) for part in ("city", "state", "country")]
        place = ", ".join(dict.fromkeys(part.strip() for part in parts if part.strip()))
        if place:
            places.append(place)
    return list(dict.fromkeys(places))


def _markup(record: dict) -> str:
    parts = (record.get(name) for name in _TEXT_FIELDS)
    return "\n".join(f"<div>{part}</div>" for part in parts if isinstance(part, str) and part)


def _next_page(answer: dict, first: Request) -> Request | None:
    """The token may come by itself or within the address of the next page."""
    paging = answer.get("paging") if isinstance(answer.get("paging"), dict) else {}
    metadata = paging.get("metadata") if isinstance(paging.get("metadata"), dict) else {}
    following = parse_qs(urlsplit(_text(paging.get("next"))).query)
    tokens = [
        metadata.get("continuationToken"),
        *following.get("continuationtoken", ()),
        *following.get("continuationToken", ()),
    ]
    token = next((token for token in tokens if token), None)
    return (
        Request(
            f"{first.url}&continuationtoken={quote(str(token), safe='')}",
            USAJOBS,
            first.media_type,
            FRESH_FOR,
            promise=_PROMISE,
        )
        if token
        else None
    )


def _records(library: Library, entry: Entry) -> list[dict]:
    return [_lower(record) for record in _answer(library, entry)["data"] if isinstance(record, dict)]


def _answer(library: Library, entry: Entry) -> dict:
    try:
        answer = json.loads(library.read(entry))
    except ValueError as error:
        raise BadUpstream(f"{entry.url} was kept as malformed JSON: {error}.", "Fetch it again.") from None
    if not isinstance(answer, dict) or not isinstance(answer.get("data"), list):
        raise BadUpstream(
            f"{entry.url} answered with JSON of another shape: it has no list data.",
            "If the API has changed, adapt where_is_ai/layers/postings/usajobs.py.",
        )
    return answer


def _lower(record: dict) -> dict:
    """The API has spelt its fields in more than one case."""
    return {str(name).lower(): value for name, value in record.items()}


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


_JOIN_SQL = """
COPY (
    WITH texts AS (
        SELECT posting_id, any_value(text) AS text FROM read_parquet({bodies}) GROUP BY posting_id
    )
    SELECT h.* REPLACE (coalesce(t.text, '') AS text)
    FROM read_parquet({heads}) h LEFT JOIN texts t USING (posting_id)
) TO {out} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10000)
"""
