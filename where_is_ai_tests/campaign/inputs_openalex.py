"""Mutated answers of OpenAlex: each kind of fault in the counts, places and distinct counts of a made world.

A case reads a whole run's answers with one of them changed, and holds the tables against the unchanged run's: what was
not touched must be the same, and what was must be right, said, or refused.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, cached_property
from io import BytesIO
from random import Random
from urllib.parse import parse_qsl, unquote, urlsplit

import pandas as pd

from where_is_ai.archive.entry import Entry, Request
from where_is_ai.errors import Absent, WhereIsAIError
from where_is_ai.geography.areas import areas_of
from where_is_ai.layers.research import answers, collect
from where_is_ai.layers.research.methods import STANDARD
from where_is_ai.layers.research.metro import assign, counted_outside_bounds, roll_up, unions
from where_is_ai.layers.research.schema import AiWorks, InstitutionResearch, MetroResearch
from where_is_ai.quarters import Quarter
from where_is_ai_tests.campaign.mutations import (
    deep,
    no_json,
    of_another_shape,
    other_than,
    unwritable,
)
from where_is_ai_tests.campaign.rows import Row, Verdict
from where_is_ai_tests.layers.research.made_world import Institution, Work, World, grid_of_metros, made_world
from where_is_ai_tests.layers.research.openalex_answers import Answers
from where_is_ai_tests.layers.research.standard_run import squares

QUARTER = Quarter(2026, 2)
SEEDS_OF_A_KIND = 30
METROS = grid_of_metros(4)
NOW = datetime(2026, 7, 20, tzinfo=UTC)
TOUCHED = "https://openalex.org/"


@dataclass(frozen=True)
class Made:
    """The tables of one run, and the addresses of its answers by what they hold."""

    works: pd.DataFrame
    institutions: pd.DataFrame
    metros: pd.DataFrame
    troubles: pd.DataFrame


class Answering:
    """A library that asks the made OpenAlex for whatever it is asked, with one answer's bytes changed."""

    def __init__(self, world: World, change: Callable[[str, bytes], bytes] = lambda url, content: content):
        self._answers = Answers(world)
        self._change = change
        self._contents: dict[str, bytes] = {}

    def get(self, request: Request, quarter: Quarter) -> Entry:  # noqa: ARG002 (it answers for today)
        if request.url not in self._contents:
            said = json.dumps(self._answer(request.url)).encode()
            self._contents[request.url] = self._change(request.url, said)
        return Entry.of(request, "0" * 64, len(self._contents[request.url]), NOW)

    def get_all(self, requests: Sequence[Request], quarter: Quarter) -> list[Entry]:
        return [self.get(request, quarter) for request in requests]

    def read(self, entry: Entry) -> bytes:
        return self._contents[entry.url]

    def is_paid(self, request: Request) -> bool:  # noqa: ARG002
        return True

    def allowance(self, free: Request) -> None:  # noqa: ARG002 (what is left is not told)
        return None

    def _answer(self, url: str) -> dict:
        parts = urlsplit(url)
        parameters = dict(parse_qsl(parts.query))
        if parts.path == "/works":
            return self._answers.works(parameters)
        if parts.path == "/institutions":
            return self._answers.institutions(parameters)
        world, name = self._answers.world, parts.path.rsplit("/", 1)[-1]
        name = world.merged.get(name, name)
        if name in world.vanished or name not in world.by_id:
            raise Absent(f"{url} answered HTTP 404.")
        return self._answers.object(world.by_id[name])

    @cached_property
    def urls(self) -> list[str]:
        return list(self._contents)


def measured(library: Answering) -> Made:
    """A run of the standard method, as the asset graph makes it."""
    counts = answers.counts(library, STANDARD, QUARTER)
    places = answers.places(library, STANDARD, QUARTER, counts)
    works, troubles = answers.ai_works_and_troubles(library, STANDARD, QUARTER, counts, places)
    areas = areas_of(works, SQUARES, STANDARD.nearest_within_km)
    institutions = assign(works, STANDARD, areas, "squares")
    asked = answers.distinct(library, list(unions(institutions, STANDARD, QUARTER).values()), QUARTER)
    urls = collect.counts_by_url(library, asked)
    metros = roll_up(institutions, STANDARD, QUARTER, urls, None, [*counts, *places, *asked])
    return Made(works, institutions, metros, troubles)


SQUARES = squares(METROS)


@cache
def world() -> World:
    made = made_world(institutions=16, metros=4, works=3_000)
    gone = Institution("I77", "Vanished", city=METROS[0].name, country_code="AX")
    merged = Institution("I78", "Merged away", city=METROS[1].name, country_code="AX")
    more = [Work((name,), date(2026, 3, 1)) for name in ("I77", "I78")]
    return World(
        [*made.institutions, gone, merged],
        [*made.works, *more],
        merged={"I78": made.institutions[1].id},
        vanished=frozenset({"I77"}),
    )


@cache
def truth() -> tuple[Made, tuple[str, ...]]:
    library = Answering(world())
    return measured(library), tuple(library.urls)


def pages(measure: str) -> list[str]:
    """The addresses of the pages with groups that count ``measure``."""
    among = collect.queries(STANDARD, QUARTER)[measure]
    return [url for url in truth()[1] if f"filter={among}&" in url and "cursor=*" in unquote(url)]


def lists() -> list[str]:
    return [url for url in truth()[1] if "/institutions?" in url]


def unions_asked() -> list[str]:
    return [url for url in truth()[1] if "authorships.institutions.id:" in url and "per_page=1&" in url]


@dataclass(frozen=True)
class Kind:
    """A kind of fault: which answers it may be in, and how it changes one's bytes; gives the institutions touched.

    ``plausible`` faults stay within what could be true, so that nothing can tell them.
    """

    name: str
    where: Callable[[], list[str]]
    change: Callable[[Random, bytes], tuple[bytes, set[str]]]
    plausible: bool = False


def run(seed: int, limit: int | None = None) -> list[Row]:
    """Each kind SEEDS_OF_A_KIND times, with details that follow from ``seed``; of ``limit``, so many cases."""
    cases = [(number, kind) for number in range(SEEDS_OF_A_KIND) for kind in KINDS]
    return [judged(kind, f"{seed}-{number}") for number, kind in cases[:limit]]


def judged(kind: Kind, seed: str) -> Row:
    random = Random(f"{kind.name} {seed}")
    expected = truth()[0]
    target = random.choice(kind.where())
    touched: set[str] = set()

    def change(url: str, content: bytes) -> bytes:
        if url != target:
            return content
        changed, ids = kind.change(random, content)
        touched.update(ids)
        return changed

    verdict, said = _outcome(Answering(world(), change), expected, touched)
    if verdict is Verdict.SILENTLY_WRONG and kind.plausible:
        verdict = Verdict.UNDETECTABLE
    return Row(f"openalex: {kind.name}", seed, verdict, said)


def _outcome(library: Answering, expected: Made, touched: set[str]) -> tuple[Verdict, str]:
    try:
        found = measured(library)
        for table, model in (
            (found.works, AiWorks),
            (found.institutions, InstitutionResearch),
            (found.metros, MetroResearch),
        ):
            model.validate(table, lazy=True)
            table.to_csv().encode()
            table.to_parquet(BytesIO())
        found.troubles.to_csv().encode()
    except WhereIsAIError as refusal:
        return Verdict.CLEAR_ERROR, str(refusal)[:200]
    except Exception as foreign:
        return Verdict.FOREIGN, f"{type(foreign).__name__}: {str(foreign)[:200]}"
    return _compared(found, expected, touched)


def _compared(found: Made, expected: Made, touched: set[str]) -> tuple[Verdict, str]:
    if all(_same(getattr(found, name), getattr(expected, name)) for name in ("institutions", "metros")):
        return Verdict.RIGHT, ""
    both = pd.concat([found.institutions, expected.institutions])
    metros = set(both.loc[both["institution_id"].isin(touched), "metro_id"].dropna())
    others = [
        made.institutions[~made.institutions["institution_id"].isin(touched)] for made in (found, expected)
    ]
    elsewhere = [
        made.metros[~made.metros["metro_id"].isin(metros)].drop(columns="rank") for made in (found, expected)
    ]
    if not _same(*others) or not _same(*elsewhere):
        return Verdict.SILENTLY_WRONG, "what was not touched has changed"
    if not counted_outside_bounds(found.metros).empty:
        return Verdict.CLEAR_ERROR, "the check on distinct counts fails"
    said = _new_troubles(found, expected)
    if said:
        return Verdict.TROUBLE, said
    return Verdict.SILENTLY_WRONG, f"{sorted(touched)} changed and nothing said so"


def _new_troubles(found: Made, expected: Made) -> str:
    known = set(map(tuple, expected.troubles.fillna("").to_numpy()))
    new = [
        row
        for row in found.troubles.itertuples()
        if tuple(found.troubles.fillna("").loc[row.Index]) not in known
    ]
    return "; ".join(f"{row.institution_id}: {row.trouble}" for row in new)


def _same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    try:
        pd.testing.assert_frame_equal(
            one.reset_index(drop=True), other.reset_index(drop=True), check_dtype=False
        )
    except AssertionError:
        return False
    return True


Change = Callable[[Random, dict], None]


def _own(record: dict) -> str:
    return str(record.get("key") or record.get("id")).removeprefix(TOUCHED)


def in_a_record(part: str, change: Change) -> Callable[[Random, bytes], tuple[bytes, set[str]]]:
    """Changes one record of the list ``part``."""

    def changed(random: Random, content: bytes) -> tuple[bytes, set[str]]:
        answer = json.loads(content)
        record = random.choice(answer[part])
        touched = {_own(record)}
        change(random, record)
        return json.dumps(answer).encode(), touched

    return changed


def in_the_answer(
    change: Change, part: str = "group_by"
) -> Callable[[Random, bytes], tuple[bytes, set[str]]]:
    def changed(random: Random, content: bytes) -> tuple[bytes, set[str]]:
        answer = json.loads(content)
        records = answer.get(part) or []
        before = {_own(record) for record in records}
        change(random, answer)
        return json.dumps(answer).encode(), before

    return changed


def in_bytes(change: Callable[[Random, bytes], bytes]) -> Callable[[Random, bytes], tuple[bytes, set[str]]]:
    return lambda random, content: (change(random, content), set())


def put(name: str, *values: object) -> Change:
    def change(random: Random, record: dict) -> None:
        record[name] = random.choice(values)

    return change


def put_geo(**choices: tuple) -> Change:
    def change(random: Random, record: dict) -> None:
        for name, values in choices.items():
            record["geo"][name] = random.choice(values)

    return change


def _bad_id(name: str) -> Change:
    def change(random: Random, record: dict) -> None:
        number = record[name].rsplit("I", 1)[-1]
        record[name] = random.choice(
            (
                *(
                    f"{TOUCHED}I-1",
                    "unknown",
                    "I-1",
                    None,
                    "",
                    5,
                    True,
                    [],
                    {},
                    f"{TOUCHED}W{number}",
                    "\x00",
                ),
                *(
                    f"{TOUCHED}i{number}",
                    f"{TOUCHED}I{number}x",
                    f"{TOUCHED}I{number} ",
                    f"{TOUCHED}I{number * 3}",
                ),
                *("\ud800", f"https://example.org/I{number}", f"{TOUCHED}I٣", f"{TOUCHED}"),
            )
        )

    return change


def _not_whole(name: str, *more: object) -> Change:
    def change(random: Random, record: dict) -> None:
        count = record[name] or 0
        record[name] = random.choice(
            (
                str(count),
                count + 0.5,
                -count - 1,
                float("nan"),
                float("inf"),
                True,
                None,
                [count],
                {},
                "1,204",
                *more,
            )
        )

    return change


def _larger(random: Random, record: dict) -> None:
    record["count"] = random.choice((10**6, 10**12, 10**30)) + random.randrange(1000)


def _digit(random: Random, record: dict) -> None:
    record["count"] = max(1, record["count"] + random.choice((-1, 1)))


def _twice(part: str) -> Change:
    def change(random: Random, answer: dict) -> None:
        again = dict(random.choice(answer[part]))
        if "count" in again:
            again["count"] += random.randrange(2)
        answer[part].insert(random.randrange(len(answer[part])), again)
        if answer["meta"].get("groups_count"):
            answer["meta"]["groups_count"] += 1
        elif part == "results":
            answer["meta"]["count"] += 1

    return change


def _lost(part: str) -> Change:
    def change(random: Random, answer: dict) -> None:
        del answer[part][random.randrange(len(answer[part])) :]

    return change


def _no_record(part: str) -> Callable[[Random, bytes], tuple[bytes, set[str]]]:
    def changed(random: Random, content: bytes) -> tuple[bytes, set[str]]:
        answer = json.loads(content)
        at = random.randrange(len(answer[part]))
        touched = {_own(answer[part][at])}
        answer[part][at] = random.choice((None, 5, "x", True, [], [[]], {}))
        return json.dumps(answer).encode(), touched

    return changed


def _deep_field(part: str) -> Callable[[Random, bytes], tuple[bytes, set[str]]]:
    def changed(random: Random, content: bytes) -> tuple[bytes, set[str]]:
        answer = json.loads(content)
        record = random.choice(answer[part])
        touched = {_own(record)}
        record[random.choice((*record, "new field"))] = "DEEP"
        return json.dumps(answer).encode().replace(b'"DEEP"', deep(random).encode()), touched

    return changed


def _meta(random: Random, answer: dict) -> None:
    if random.random() < 0.5:
        answer["meta"] = other_than(random, "object")
    else:
        answer["meta"]["count"] = other_than(random, "number")


def _cursor(random: Random, answer: dict) -> None:
    answer["meta"]["next_cursor"] = other_than(random, "text")


def _unwritable(*names: str) -> Change:
    def change(random: Random, record: dict) -> None:
        name = random.choice(names)
        if name == "city":
            record["geo"]["city"] = unwritable(random, record["geo"]["city"] or "x")
        else:
            record[name] = unwritable(random, record[name] or "x")

    return change


def _no_name(random: Random, record: dict) -> None:
    record["key_display_name"] = random.choice((None, "", " ", 5, [], {}, True))


def _long_city(random: Random, record: dict) -> None:
    record["geo"]["city"] = random.choice("xé東ﷺ ") * random.randrange(1_000, 100_000) + "y" * 300


def _lower_case(random: Random, record: dict) -> None:
    record["geo"]["country_code"] = record["country_code"].lower()
    if random.random() < 0.5:
        record["country_code"] = record["geo"]["country_code"]


def _moved(random: Random, record: dict) -> None:
    record["geo"]["latitude"] = (record["geo"]["latitude"] or 1.0) + random.uniform(-0.01, 0.01)


def ai_works() -> list[str]:
    return pages("ai_works")


def other_walks() -> list[str]:
    measures = ("any_type_works", "year_before_works", "mature_works", "top_10_works", "top_1_works")
    return [url for measure in measures for url in pages(measure)]


def all_walks() -> list[str]:
    return [*ai_works(), *other_walks()]


def cited() -> list[str]:
    return pages("top_10_works")


def everything() -> list[str]:
    return [*all_walks(), *lists(), *unions_asked()]


WRONG_POINTS = ("48.1", 91, -200.5, float("nan"), float("inf"), True, [], {}, 10**30)
KINDS = (
    Kind("id of a group is malformed", all_walks, in_a_record("group_by", _bad_id("key"))),
    Kind("name of a group is none", ai_works, in_a_record("group_by", _no_name)),
    Kind("name can't be written", ai_works, in_a_record("group_by", _unwritable("key_display_name"))),
    Kind("count of papers is not whole", ai_works, in_a_record("group_by", _not_whole("count"))),
    Kind("count of a measure is not whole", other_walks, in_a_record("group_by", _not_whole("count"))),
    Kind("count is larger than all", all_walks, in_a_record("group_by", _larger)),
    Kind("count of papers is 0", ai_works, in_a_record("group_by", put("count", 0))),
    Kind("more cited than mature papers", cited, in_a_record("group_by", put("count", 200, 150, 300))),
    Kind("group is no object", all_walks, _no_record("group_by")),
    Kind("group twice", all_walks, in_the_answer(_twice("group_by"))),
    Kind("groups lost", all_walks, in_the_answer(_lost("group_by"))),
    Kind(
        "group_by is no list", all_walks, in_the_answer(lambda r, a: a.update(group_by=other_than(r, "list")))
    ),
    Kind("meta is off", everything, in_the_answer(_meta)),
    Kind("cursor is off", all_walks, in_the_answer(_cursor)),
    Kind("group nested deeply", all_walks, _deep_field("group_by")),
    Kind("answer nested deeply", everything, in_bytes(lambda random, content: deep(random).encode())),
    Kind("no JSON", everything, in_bytes(no_json)),
    Kind("JSON of another shape", everything, in_bytes(of_another_shape)),
    Kind("id of a place is malformed", lists, in_a_record("results", _bad_id("id"))),
    Kind(
        "country in lower case",
        lists,
        in_a_record(
            "results",
            lambda random, record: record["geo"].update(country_code=record["country_code"].lower()),
        ),
    ),
    Kind(
        "country is malformed",
        lists,
        in_a_record("results", put_geo(country_code=("USA", "1", 5, True, [], "A\x00", "\ud800", "É"))),
    ),
    Kind("latitude is off", lists, in_a_record("results", put_geo(latitude=(*WRONG_POINTS, None)))),
    Kind("longitude is off", lists, in_a_record("results", put_geo(longitude=(*WRONG_POINTS, None)))),
    Kind("point at 0, 0", lists, in_a_record("results", put_geo(latitude=(0, 0.0), longitude=(0, -0.0)))),
    Kind("city of 10,000 letters", lists, in_a_record("results", _long_city)),
    Kind("city is no text", lists, in_a_record("results", put_geo(city=(5, True, [], {}, " ", ["Ulm"])))),
    Kind("city can't be written", lists, in_a_record("results", _unwritable("city"))),
    Kind("geo is no object", lists, in_a_record("results", put("geo", 5, "x", True, [], None, {}))),
    Kind(
        "lineage is off",
        lists,
        in_a_record("results", put("lineage", 5, "x", True, [5], ["x", None], {}, [[]])),
    ),
    Kind("works_count is off", lists, in_a_record("results", _not_whole("works_count", 10**30))),
    Kind("place is no object", lists, _no_record("results")),
    Kind("place twice", lists, in_the_answer(_twice("results"), "results")),
    Kind("places lost", lists, in_the_answer(_lost("results"), "results")),
    Kind(
        "results is no list",
        lists,
        in_the_answer(lambda r, a: a.update(results=other_than(r, "list")), "results"),
    ),
    Kind("place nested deeply", lists, _deep_field("results")),
    Kind(
        "distinct count is not whole",
        unions_asked,
        in_the_answer(lambda random, answer: _not_whole("count")(random, answer["meta"])),
    ),
    Kind(
        "distinct count is impossible",
        unions_asked,
        in_the_answer(
            lambda random, answer: answer["meta"].update(count=answer["meta"]["count"] * 40 + 2_000)
        ),
    ),
    Kind(
        "distinct count is 0", unions_asked, in_the_answer(lambda r, answer: answer["meta"].update(count=0))
    ),
    Kind("city not given", lists, in_a_record("results", put_geo(city=(None, ""))), plausible=True),
    Kind("a digit of a count", all_walks, in_a_record("group_by", _digit), plausible=True),
    Kind("a point a little off", lists, in_a_record("results", _moved), plausible=True),
)
