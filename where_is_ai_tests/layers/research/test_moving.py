"""OpenAlex that moves while it is asked, and a run that goes on days later: measured, said, and one state."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from where_is_ai.archive.entry import RETRIEVED_AT
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.research import standard
from where_is_ai.layers.research.comparison import method_difference
from where_is_ai.layers.research.coverage import coverage
from where_is_ai.layers.research.methods import STANDARD
from where_is_ai.layers.research.metro import counted_outside_bounds, institutions_lost_or_doubled
from where_is_ai.layers.research.schema import MetroResearch
from where_is_ai_tests.layers.research.made_world import Institution, Work, World, grid_of_metros, made_world
from where_is_ai_tests.layers.research.openalex_answers import Answers
from where_is_ai_tests.layers.research.openalex_server import OpenAlex, Reply
from where_is_ai_tests.layers.research.standard_run import KEY, QUARTER, Measured, live, measure, squares
from where_is_ai_tests.layers.research.test_standard import agree_with_truth

METROS = grid_of_metros(6)
IN_WINDOW = date(2026, 3, 1)
pytestmark = pytest.mark.usefixtures("no_patience")

SMALL = World(
    [
        Institution(name, name, city=METROS[0].name, country_code="AX", lat=METROS[0].lat, lon=METROS[0].lon)
        for name in ("I1", "I2")
    ],
    [Work((name,), IN_WINDOW) for name in ("I1", "I1", "I1", "I2", "I2")],
)


def is_distinct(parameters: dict[str, str]) -> bool:
    return "authorships.institutions.id:" in parameters.get("filter", "")


def moves(service: OpenAlex, to: World, when: Callable[[dict[str, str]], bool] = is_distinct) -> None:
    """Let the service hold the world ``to`` from the first call on that ``when`` is true of."""

    def fault(number: int, path: str, parameters: dict[str, str]) -> None:  # noqa: ARG001
        if when(parameters) and service.world is not to:
            service.world, service.answers = to, Answers(to)

    service.fault = fault


def measured_while_it_moves(folder: Path, to: World) -> Measured:
    with OpenAlex(SMALL, key=KEY, rate=1e9) as service:
        moves(service, to)
        return measure(live(folder, service.mirror, KEY), squares(METROS))


@pytest.mark.parametrize(
    ("to", "low", "high", "drift"),
    [
        (World(SMALL.institutions, [*SMALL.works, Work(("I1",), IN_WINDOW)]), 5, 6, 1),
        (World(SMALL.institutions, SMALL.works[3:]), 2, 3, 1),
        (World(SMALL.institutions, SMALL.works[:4]), 4, 4, 0),
    ],
    ids=["indexed", "withdrawn", "within what is possible"],
)
def test_a_paper_that_comes_or_goes_while_metros_are_counted_is_told_and_blocks_nothing(
    tmp_path, to, low, high, drift
):
    found = measured_while_it_moves(tmp_path, to)
    MetroResearch.validate(found.metros, lazy=True)
    metro = found.metros.iloc[0]
    assert metro[["ai_works_low", "ai_works_high", "drift_works"]].to_list() == [low, high, drift]
    assert metro["top_institution_works"] <= metro["ai_works"] <= metro["ai_works_summed"] == 5
    assert counted_outside_bounds(found.metros).empty
    assert institutions_lost_or_doubled(found.metros, found.institutions).empty
    rows = method_difference(found.institutions, found.metros, found.institutions, found.metros)
    assert rows["times_counted"].min() >= 1


def test_how_far_the_world_moved_is_said_beside_what_the_metros_are_a_part_of(tmp_path):
    with OpenAlex(SMALL, key=KEY, rate=1e9) as service:
        moves(service, World(SMALL.institutions, [*SMALL.works, Work(("I1",), IN_WINDOW)]))
        library = live(tmp_path, service.mirror, KEY)
        found = measure(library, squares(METROS))
    walked = [entry for entry in found.entries if "group_by=" in entry.url or "count:0" in entry.url]
    world = standard.coverage(library, STANDARD, QUARTER, walked, found.entries)
    row = coverage(found.institutions, world, STANDARD, QUARTER, found.entries).iloc[0]
    assert row[["ai_works", "moved_works"]].to_list() == [5, 1]


def test_a_distinct_count_that_was_off_once_is_asked_again(tmp_path):
    wrong = iter([True])
    with OpenAlex(SMALL, key=KEY, rate=1e9) as service:

        def fault(number: int, path: str, parameters: dict[str, str]) -> Reply | None:  # noqa: ARG001
            if is_distinct(parameters) and next(wrong, False):
                return Reply(200, {"meta": {"count": 900}, "results": [], "group_by": []})
            return None

        service.fault = fault
        metro = measure(live(tmp_path, service.mirror, KEY), squares(METROS)).metros.iloc[0]
    assert metro[["ai_works", "ai_works_low", "ai_works_high", "drift_works"]].to_list() == [5, 5, 5, 0]


def older(folder: Path, days: int) -> None:
    """Let all that is kept have come so many days before."""
    index = folder / "archive" / "index.jsonl"
    lines = [json.loads(line) for line in index.read_text().splitlines()]
    for line in lines:
        came = datetime.fromisoformat(line["retrieved_at"]) - timedelta(days=days)
        line["retrieved_at"] = came.strftime(RETRIEVED_AT)
    index.write_text("".join(f"{json.dumps(line)}\n" for line in lines))


def grown(world: World, works: int) -> World:
    """The same with so many of its works once more."""
    return World(world.institutions, [*world.works, *world.works[:works]])


@pytest.mark.slow
@pytest.mark.parametrize("stop_at", [4, 14, 40, 10_000])
def test_a_run_that_goes_on_days_later_in_a_world_that_has_grown_is_of_one_state(tmp_path, stop_at):
    world = made_world(institutions=240, metros=6, works=6_000)
    later = grown(world, 600)
    stopped = Reply(403, {"error": "Forbidden", "message": "stopped here"})
    with OpenAlex(world, key=KEY, rate=1e9) as service:
        service.fault = lambda number, *_: stopped if number >= stop_at else None
        with suppress(BadUpstream):
            measure(live(tmp_path, service.mirror, KEY), squares(METROS))
    older(tmp_path, days=3)
    with OpenAlex(later, key=KEY, rate=1e9) as service:
        found = measure(live(tmp_path, service.mirror, KEY), squares(METROS))
    agree_with_truth(found, later)
    assert (found.metros["drift_works"] == 0).all()


def test_a_run_that_goes_on_days_later_pays_for_nothing_twice_where_the_world_has_hardly_moved(tmp_path):
    world = made_world(institutions=240, metros=6, works=6_000)
    with OpenAlex(world, key=KEY, rate=1e9) as service:
        first = measure(live(tmp_path, service.mirror, KEY), squares(METROS))
        before = set(service.paid)
        older(tmp_path, days=3)
        service.world = grown(world, 3)
        service.answers, service.calls = Answers(service.world), []
        again = measure(live(tmp_path, service.mirror, KEY), squares(METROS))
        # What is asked is only how many works there are by now, once for each walk.
        asked = [(path, what) for path, what in service.paid if (path, what) in before]
        assert len(service.paid) <= 6
        assert len(asked) <= 1
    came = ["retrieved_from", "retrieved_to"]
    pd.testing.assert_frame_equal(first.metros.drop(columns=came), again.metros.drop(columns=came))
