"""A made OpenAlex that a run's requests are answered from in memory, with one answer's bytes changed."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, cached_property
from urllib.parse import parse_qsl, unquote, urlsplit

import pandas as pd

from where_is_ai.archive.entry import Entry, Request
from where_is_ai.errors import Absent
from where_is_ai.geography.areas import areas_of
from where_is_ai.layers.research import answers, collect
from where_is_ai.layers.research.methods import STANDARD, Method
from where_is_ai.layers.research.metro import assign, roll_up, unions
from where_is_ai.quarters import Quarter
from where_is_ai_tests.layers.research.made_world import Institution, Work, World, grid_of_metros, made_world
from where_is_ai_tests.layers.research.openalex_answers import Answers
from where_is_ai_tests.layers.research.standard_run import squares

QUARTER = Quarter(2026, 2)
METROS = grid_of_metros(4)
SQUARES = squares(METROS)
NOW = datetime(2026, 7, 20, tzinfo=UTC)


@dataclass(frozen=True)
class Made:
    """The tables of one run."""

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

    def versions(self, request: Request) -> list[Entry]:  # noqa: ARG002 (nothing is kept)
        return []

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


def institutions_read(
    library: Answering, method: Method = STANDARD
) -> tuple[list[Entry], pd.DataFrame, pd.DataFrame]:
    """The first half of a run: its answers, AiWorks, and the troubles of the records that were off."""
    counts = answers.counts(library, method, QUARTER)
    places = answers.places(library, method, QUARTER, counts)
    return [*counts, *places], *answers.ai_works_and_troubles(library, method, QUARTER, counts, places)


def measured(library: Answering) -> Made:
    """A run of the standard method, as the asset graph makes it."""
    entries, works, troubles = institutions_read(library)
    areas = areas_of(works, SQUARES, STANDARD.nearest_within_km)
    institutions = assign(works, STANDARD, areas, "squares")
    needed = list(unions(institutions, STANDARD, QUARTER).values())
    asked = answers.distinct(library, needed, STANDARD, QUARTER, entries)
    urls = collect.counts_by_url(library, asked)
    metros = roll_up(institutions, STANDARD, QUARTER, urls, None, [*entries, *asked])
    return Made(works, institutions, metros, troubles)


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
    """The tables of the run with nothing changed, and the addresses of its answers."""
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
