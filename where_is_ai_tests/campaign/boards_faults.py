"""The kinds of fault that answers of job boards, USAJOBS and LinkUp's feed are tried with."""

import json
from collections.abc import Callable
from random import Random

from where_is_ai_tests.campaign.boards_quarter import BODIES, HEADS
from where_is_ai_tests.campaign.feed_faults import FEED_KINDS, Kind, whole
from where_is_ai_tests.campaign.mutations import deep, no_json, of_another_shape, other_than, unwritable

SYSTEMS = ("greenhouse", "lever", "ashby")


PREFIX = {"greenhouse": "greenhouse/acme/", "lever": "lever/bolt/", "ashby": "ashby/crane/"}
NAMES = {
    "id": {"greenhouse": "id", "lever": "id", "ashby": "id", HEADS: "usajobsControlNumber"},
    "title": {"greenhouse": "title", "lever": "text", "ashby": "title", HEADS: "positionTitle"},
    "text": {"greenhouse": "content", "lever": "description", "ashby": "descriptionHtml", BODIES: "summary"},
    "date": {
        "greenhouse": "first_published",
        "lever": "createdAt",
        "ashby": "publishedAt",
        HEADS: "positionOpenDate",
    },
    "place": {
        "greenhouse": "location",
        "lever": "categories",
        "ashby": "location",
        HEADS: "positionLocations",
    },
    "url": {"greenhouse": "absolute_url", "lever": "hostedUrl", "ashby": "jobUrl"},
}
JSON = (*SYSTEMS, HEADS, BODIES)
WITH_TITLE = (*SYSTEMS, HEADS)
Change = Callable[[Random, str, dict], None]


def _records(answer: object) -> list:
    return answer if isinstance(answer, list) else answer.get("jobs", answer.get("data"))


def _id(source: str, job: dict) -> str:
    own = job.get("id", job.get("usajobsControlNumber"))
    return f"{PREFIX.get(source, 'usajobs/')}{own}"


def in_a_posting(change: Change) -> Callable[[Random, str, bytes], tuple[bytes, set[str]]]:
    def changed(random: Random, source: str, said: bytes) -> tuple[bytes, set[str]]:
        answer = json.loads(said)
        job = random.choice(_records(answer))
        touched = {_id(source, job)}
        change(random, source, job)
        return json.dumps(answer).encode(), touched

    return changed


def field(name: str, value: Callable[[Random, object], object]) -> Callable:
    """Changes the field that the source has for ``name``."""

    def change(random: Random, source: str, job: dict) -> None:
        own = NAMES.get(name, {}).get(source, name)
        job[own] = value(random, job.get(own))

    return in_a_posting(change)


def one_of(*values: object) -> Callable[[Random, object], object]:
    return lambda random, value: random.choice(values)


def another_kind_than(kind: str) -> Callable[[Random, object], object]:
    return lambda random, value: other_than(random, kind)


def _no_record(random: Random, source: str, said: bytes) -> tuple[bytes, set[str]]:
    answer = json.loads(said)
    records = _records(answer)
    at = random.randrange(len(records))
    touched = {_id(source, records[at])}
    records[at] = random.choice((None, 5, "x", True, [], [[]], {}))
    return json.dumps(answer).encode(), touched


def _twice(random: Random, source: str, said: bytes) -> tuple[bytes, set[str]]:
    answer = json.loads(said)
    records = _records(answer)
    again = random.choice(records)
    records.append(again | {NAMES["title"].get(source, "summary"): "Another title"})
    return json.dumps(answer).encode(), {_id(source, again)}


def _deep(random: Random, source: str, said: bytes) -> tuple[bytes, set[str]]:
    answer = json.loads(said)
    job = random.choice(_records(answer))
    touched = {_id(source, job)}
    job[random.choice((*job, "new field"))] = "DEEP"
    return json.dumps(answer).encode().replace(b'"DEEP"', deep(random).encode()), touched


def _place(random: Random, source: str, job: dict, place: object) -> None:
    if source == "greenhouse":
        job["location"]["name"] = place
    elif source == "lever":
        job["categories"]["location"] = place
    elif source == "ashby":
        job[random.choice(("location",))] = place
    else:
        job["positionLocations"][0]["positionLocationCity"] = place


def placed(value: Callable[[Random], object]) -> Callable:
    return in_a_posting(lambda random, source, job: _place(random, source, job, value(random)))


def _nested_markup(random: Random, value: object) -> str:
    tag = random.choice(("div", "b", "ul><li", "table><tr><td", "p", "span"))
    return f"<{tag}>" * random.randrange(5_000, 60_000) + str(value)


def _overlong(random: Random, value: object) -> str:
    return str(value) + "x " * random.randrange(10**5, 10**6)


def _many_letters(random: Random) -> str:
    return random.choice("xé東") * random.randrange(10_000, 50_000)


def _with_many_letters(random: Random, value: object) -> str:
    return f"{value} {_many_letters(random)}"


ABSURD = {
    "lever": (True, "soon", 10**30, -(10**30), 0, [], {}, float("nan"), 4_000_000_000_000),
    "": (
        "soon",
        "1900-01-01",
        "2031-01-01T00:00:00Z",
        5,
        True,
        [],
        {},
        "2026-13-45",
        "0001-01-01",
        10**30,
        "\ud800",
    ),
}


def _absurd_date(random: Random, source: str, job: dict) -> None:
    job[NAMES["date"][source]] = random.choice(ABSURD.get(source, ABSURD[""]))


def _a_word(random: Random, source: str, job: dict) -> None:
    job[NAMES["title"][source]] += random.choice((" II", ", Senior", " (Remote)"))


def _another_day(random: Random, source: str, job: dict) -> None:
    day = random.randrange(1, 28)
    job[NAMES["date"][source]] = (
        1_775_000_000_000 + day * 86_400_000 if source == "lever" else f"2026-04-{day:02}"
    )


def _paging(random: Random, said: bytes) -> bytes:
    answer = json.loads(said)
    parts = ({"metadata": 5}, {"next": 5}, {"next": "http://[bad"}, {"metadata": {"continuationToken": []}})
    answer["paging"] = random.choice((5, "x", [], True, *parts))
    return json.dumps(answer).encode()


WITH_TEXT = (*SYSTEMS, BODIES)
NO_ID = (None, "", " ", True, [], {}, 1.5, float("nan"), "x" * 300, "\ud800", "\x00")
NO_OBJECTS = ([5], ["x"], [None], [[]], [True], [{"location": 5}])
NO_ADDRESS = (5, "x", True, [], {"postalAddress": 5}, {"postalAddress": {"addressLocality": 5}})

POSTING_KINDS = (
    Kind("id is malformed", WITH_TITLE, field("id", one_of(*NO_ID))),
    Kind("id twice", WITH_TITLE, _twice),
    Kind("title is no text", WITH_TITLE, field("title", another_kind_than("text"))),
    Kind("title is blank", WITH_TITLE, field("title", one_of("", " ", None, "\x00", "\n"))),
    Kind("title can't be written", WITH_TITLE, field("title", unwritable)),
    Kind("title of 10,000 letters", WITH_TITLE, field("title", _with_many_letters)),
    Kind("text is no text", WITH_TEXT, field("text", another_kind_than("text"))),
    Kind("text can't be written", WITH_TEXT, field("text", unwritable)),
    Kind("text of nested markup", WITH_TEXT, field("text", _nested_markup)),
    Kind("overlong text", WITH_TEXT, field("text", _overlong)),
    Kind("date is absurd", WITH_TITLE, in_a_posting(_absurd_date)),
    Kind("place is of another kind", WITH_TITLE, field("place", one_of(5, True, [5], [[]], 1.5))),
    Kind("city is no text", WITH_TITLE, placed(lambda random: other_than(random, "text"))),
    Kind("city of 10,000 letters", WITH_TITLE, placed(_many_letters)),
    Kind("city can't be written", WITH_TITLE, placed(lambda random: unwritable(random, "Boston, MA"))),
    Kind("lists is no list", ("lever",), field("lists", another_kind_than("list"))),
    Kind("lists of no objects", ("lever",), field("lists", one_of(*NO_OBJECTS[:-1]))),
    Kind("secondaryLocations is no list", ("ashby",), field("secondaryLocations", another_kind_than("list"))),
    Kind("secondaryLocations of no objects", ("ashby",), field("secondaryLocations", one_of(*NO_OBJECTS))),
    Kind("address is off", ("ashby",), field("address", one_of(*NO_ADDRESS))),
    Kind("isListed is no flag", ("ashby",), field("isListed", one_of("false", 0, "no", [], {}))),
    Kind("url is no text", SYSTEMS, field("url", another_kind_than("text"))),
    Kind("posting is no object", JSON, _no_record),
    Kind("posting nested deeply", JSON, _deep),
    Kind("text without an id", (BODIES,), field("usajobsControlNumber", one_of(*NO_ID))),
    Kind("a word of a title", WITH_TITLE, in_a_posting(_a_word), plausible=True),
    Kind("another day", WITH_TITLE, in_a_posting(_another_day), plausible=True),
    Kind("place not given", WITH_TITLE, field("place", one_of(None)), plausible=True),
)
ANSWER_KINDS = (
    Kind("answer nested deeply", JSON, whole(lambda random, said: deep(random).encode())),
    Kind("no JSON", JSON, whole(no_json)),
    Kind("JSON of another shape", JSON, whole(of_another_shape)),
    Kind("paging is off", (HEADS, BODIES), whole(_paging)),
)
KINDS = (*POSTING_KINDS, *ANSWER_KINDS, *FEED_KINDS)
