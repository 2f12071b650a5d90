"""USAJOBS: federal announcements of a quarter and their texts, page by page with continuation tokens."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from where_is_ai.archive.content import has_part
from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.characters import writable
from where_is_ai.errors import BadUpstream
from where_is_ai.json_records import Record, is_count, read_json
from where_is_ai.layers.postings.days import day_of, plausible_day
from where_is_ai.layers.postings.engine import bounded, quoted
from where_is_ai.layers.postings.sightings import (
    Sighting,
    Tally,
    fit_to_keep,
    unreadable_counted,
    write_sightings,
)
from where_is_ai.layers.postings.text import has_words, is_overlong, plain_text
from where_is_ai.quarters import Quarter

USAJOBS = Source(
    name="USAJOBS historic job announcements",
    licence="public domain (work of the US government)",
    homepage="https://developer.usajobs.gov/api-reference/get-api-historicjoa",
)
NAME = "usajobs"
# A quarter is some hundred pages: a run that was interrupted goes on where it stopped.
FRESH_FOR = timedelta(days=7)
MOST_RECORDS = 10_000_000
_NUMBER = "usajobscontrolnumber"
_API = "https://data.usajobs.gov/api/historicjoa"
_TEXT_API = f"{_API}/announcementtext"
_TEXT_FIELDS = (
    "summary",
    "duties",
    "majordutieslist",
    "requirementsconditionsofemployment",
    "requirementsqualifications",
    "requirementseducation",
    "requiredstandarddocuments",
)


# What a page lacks to be one of the list, "" where it lacks nothing.
LACKS = has_part("data", list)


def first_pages(quarter: Quarter) -> tuple[Request, Request]:
    """The first page of announcements opened in ``quarter``, and of their texts."""
    window = urlencode({"StartPositionOpenDate": quarter.first_day, "EndPositionOpenDate": quarter.last_day})
    return tuple(
        Request(f"{api}?{window}", USAJOBS, "application/json", FRESH_FOR, promise=LACKS)
        for api in (_API, _TEXT_API)
    )


def pages(library: Library, first: Request, quarter: Quarter) -> Iterator[Entry]:
    """The archive entries of all pages that follow ``first``.

    An empty page is the last, and so is one that repeats a token when all records that are said to be there were
    read. Raises BadUpstream where the tokens go in a circle before.
    """
    request, seen, records = first, set(), 0
    while request:
        entry = library.get(request, quarter)
        yield entry
        seen.add(request.url)
        answer = _answer(library, entry)
        records += len(answer["data"])
        request = _next_page(answer, first, entry.url)
        if not answer["data"]:
            return
        if request and request.url in seen:
            if 0 < _total(answer) <= records:
                return
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
    read: Callable[[Record, Entry, Tally], Sighting | None],
) -> Iterator[Sighting]:
    seen = total = 0
    for entry in entries:
        try:
            answer = _answer(library, entry)
        except BadUpstream as refusal:
            tally.add(NAME, NAME, "answer can't be read", "left out", str(refusal))
            continue
        total = max(total, _total(answer))
        seen += len(answer["data"])
        for each in answer["data"]:
            sighting = None
            with unreadable_counted(tally, NAME, NAME, entry.url):
                record = Record(_lower(each))
                sighting = read(record, entry, tally)
                sighting = sighting and _noted(sighting, record, tally)
            if sighting:
                yield sighting
    if seen < total:
        tally.add(NAME, NAME, "fewer records than their total", "others read", entries[0].url, total - seen)


def _noted(sighting: Sighting, record: Record, tally: Tally) -> Sighting:
    for wrong in record.wrong:
        tally.add(NAME, NAME, wrong, "taken as not given", sighting.posting_id)
    return fit_to_keep(sighting, _markup(record), tally)


def _sighting(record: Record, entry: Entry, tally: Tally, ids: set[str]) -> Sighting | None:
    """An announcement, yet without its text; None where it can't be told from others."""
    number, title = record.identifier(_NUMBER), record.text("positiontitle")
    name = f"{NAME}/{number}"
    if not number or not writable(title).strip():
        return tally.add(NAME, NAME, "no id or no title", "left out", entry.url)
    if name in ids:
        return tally.add(NAME, NAME, "id given twice", "first one kept", name)
    ids.add(name)
    seen = entry.retrieved.date()
    posted = plausible_day(day_of(record.given("positionopendate")), seen)
    closed = plausible_day(day_of(record.given("positionclosedate")), seen)
    places = "; ".join(_places(record))
    if not posted:
        dated = record.given("positionopendate") is not None
        tally.add(NAME, NAME, "absurd date" if dated else "no date", "taken as not given", name)
    if not places:
        tally.add(NAME, NAME, "no location", "kept without", name)
    return Sighting(
        posting_id=name,
        source=NAME,
        board=NAME,
        company=(record.text("hiringagencyname") or record.text("hiringdepartmentname")).strip(),
        title=title,
        text="",
        posted_on=posted,
        first_seen=posted or seen,
        last_seen=max(closed or seen, posted or seen),
        location=places,
        address=places,
        url=f"https://www.usajobs.gov/job/{quote(number)}",
        sector="Public administration",
    )


def _text_sighting(record: Record, entry: Entry, tally: Tally) -> Sighting | None:
    """The same announcement's text alone."""
    number, markup = record.identifier(_NUMBER), _markup(record)
    if not number:
        return tally.add(NAME, NAME, "text without an id", "left out", entry.url)
    name = f"{NAME}/{number}"
    if is_overlong(markup):
        tally.add(NAME, NAME, "overlong description", "cut", name)
    text = plain_text(markup)
    if has_words(markup) and not has_words(text):
        tally.add(NAME, NAME, "description can't be read", "kept without", name)
    seen = entry.retrieved.date()
    return Sighting(name, NAME, NAME, "", "", text, None, seen, seen, "", "", "")


def _places(record: Record) -> list[str]:
    """``City, State, Country`` of each duty location; the city often carries its state already."""
    places = []
    for place in record.parts("positionlocations"):
        parts = [place.text(f"positionlocation{part}").strip() for part in ("city", "state", "country")]
        places.append(", ".join(dict.fromkeys(filter(None, parts))))
    return list(dict.fromkeys(filter(None, places)))


def _markup(record: Record) -> str:
    parts = map(record.text, _TEXT_FIELDS)
    return "\n".join(f"<div>{part}</div>" for part in parts if part)


def _total(answer: dict) -> int:
    """How many records a page says that there are in all; 0 where it does not say."""
    said = Record(answer).part("paging").part("metadata").given("totalCount")
    return said if is_count(said, MOST_RECORDS) else 0


def _next_page(answer: dict, first: Request, whence: str) -> Request | None:
    """The token may come by itself or within the address of the next page."""
    paging = Record(answer).part("paging")
    try:
        following = parse_qs(urlsplit(paging.text("next").strip()).query)
    except ValueError:
        raise _other_shape(whence, "the address of its next page is none") from None
    tokens = [
        paging.part("metadata").identifier("continuationToken"),
        *following.get("continuationtoken", ()),
        *following.get("continuationToken", ()),
    ]
    token = next((token for token in tokens if token), None)
    if not token and paging.wrong:
        raise _other_shape(whence, "; ".join(paging.wrong))
    return replace(first, url=f"{first.url}&continuationtoken={quote(token, safe='')}") if token else None


def _answer(library: Library, entry: Entry) -> dict:
    answer = read_json(library.read(entry), entry.url)
    if lacking := LACKS(answer):
        raise _other_shape(entry.url, f"without {lacking}")
    return answer


def _other_shape(whence: str, what: str) -> BadUpstream:
    return BadUpstream(
        f"{whence} answered with JSON of another shape: {what}.",
        "If the API has changed, adapt where_is_ai/layers/postings/usajobs.py.",
    )


def _lower(value: object) -> object:
    """The API has spelt its fields in more than one case."""
    if isinstance(value, list):
        return [_lower(each) for each in value]
    if isinstance(value, dict):
        return {str(name).lower(): _lower(each) for name, each in value.items()}
    return value


_JOIN_SQL = """
COPY (
    WITH texts AS (
        SELECT posting_id, any_value(text) AS text FROM read_parquet({bodies}) GROUP BY posting_id
    )
    SELECT h.* REPLACE (coalesce(t.text, '') AS text)
    FROM read_parquet({heads}) h LEFT JOIN texts t USING (posting_id)
) TO {out} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10000)
"""
