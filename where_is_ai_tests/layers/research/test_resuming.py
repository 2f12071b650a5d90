"""What a run of the standard method plans, pays for once, and goes on from."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from where_is_ai.archive.fetch import open_library
from where_is_ai.errors import BadUpstream, BudgetExceeded
from where_is_ai.layers.research import collect, openalex, plan
from where_is_ai.layers.research.budget import GoesOn, spent_usd
from where_is_ai.layers.research.methods import STANDARD
from where_is_ai.settings import Settings
from where_is_ai_tests.layers.research.made_world import (
    World,
    grid_of_metros,
    made_world,
)
from where_is_ai_tests.layers.research.openalex_server import OpenAlex, Reply
from where_is_ai_tests.layers.research.standard_run import (
    KEY,
    QUARTER,
    live,
    measure,
    squares,
)
from where_is_ai_tests.layers.research.test_standard import agree_with_truth, run

METROS = grid_of_metros(6)
pytestmark = pytest.mark.usefixtures("no_patience")


def test_a_second_run_pays_nothing_and_a_replay_gives_the_same(tmp_path):
    world = made_world(institutions=60, metros=6, works=3_000)
    with OpenAlex(world, key=KEY, rate=1e9) as service:
        first = measure(live(tmp_path, service.mirror, KEY), squares(METROS))
        paid = len(service.paid)
        again = measure(live(tmp_path, service.mirror, KEY), squares(METROS))
        assert len(service.paid) == paid
    replayed = measure(open_library(Settings(tmp_path, "archive")), squares(METROS))
    for other in (again, replayed):
        pd.testing.assert_frame_equal(first.metros, other.metros)
        pd.testing.assert_frame_equal(first.institutions, other.institutions)
    assert spent_usd(first.entries) == service.spent_usd


@pytest.mark.slow
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(2, 70))
def test_an_interrupted_run_resumes_without_paying_twice(stop_at):
    world = made_world(institutions=40, metros=6, works=2_000)
    stopped = Reply(403, {"error": "Forbidden", "message": "stopped here"})

    def fault(number: int, *_: object) -> Reply | None:
        return stopped if number == stop_at else None

    with TemporaryDirectory() as folder, OpenAlex(world, key=KEY, rate=1e9, fault=fault) as service:
        with suppress(BadUpstream):
            measure(live(Path(folder), service.mirror, KEY), squares(METROS))
        service.fault = None
        found = measure(live(Path(folder), service.mirror, KEY), squares(METROS))
        assert len(service.paid) == len(set(service.paid))
    agree_with_truth(found, world)


def test_a_plan_of_more_days_than_answers_are_kept_for_is_refused_before_it_starts(tmp_path, monkeypatch):
    monkeypatch.setattr("where_is_ai.layers.research.budget.MOST_DAYS", 1)
    world = made_world(institutions=150, metros=6, works=3_000)
    with OpenAlex(world, rate=1e9, remaining_usd=0.003) as service:
        with pytest.raises(
            BudgetExceeded,
            match=r"calls, \$0\.\d+ .*\$0\.0029 of today's budget are left, so it would take \d+ days",
        ) as stopped:
            measure(live(tmp_path, service.mirror), squares(METROS))
        assert len(service.paid) == 1
        assert "OPENALEX_API_KEY" in stopped.value.remedy


def test_a_plan_above_the_days_budget_is_spread_over_days_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("OPENALEX_API_KEY", KEY)
    said: list[str] = []
    world = made_world(institutions=150, metros=6, works=3_000)
    with OpenAlex(world, key=KEY, rate=1e9, remaining_usd=0.003) as service:
        library = live(tmp_path, service.mirror, KEY)
        collect.collect_counts(library, STANDARD, QUARTER, said.append)
        again = r"Today's budget of OpenAlex is spent .* again in 11\.1 hours"
        with pytest.raises(GoesOn, match=again) as stopped:
            measure(library, squares(METROS))
        assert stopped.value.wait > timedelta(hours=11)
        assert any("so it is spread over 2 days" in line for line in said)
        assert service.remaining_usd < 0.0001
        service.remaining_usd = 1.0
        agree_with_truth(measure(live(tmp_path, service.mirror, KEY), squares(METROS)), world)
        assert len(service.paid) == len(set(service.paid))


@pytest.mark.parametrize(("institutions", "metros"), [(60, 6), (240, 24)])
def test_a_plan_is_shown_before_the_calls_and_is_enough_and_not_far_more(tmp_path, institutions, metros):
    said: list[str] = []
    world = made_world(institutions=institutions, metros=metros, works=4_000)
    with OpenAlex(world, key=KEY, rate=1e9) as service:
        library = live(tmp_path, service.mirror, KEY)
        filters = collect.queries(STANDARD, QUARTER)["ai_works"]
        first = library.get(collect.first_page(filters, STANDARD), QUARTER)
        at_first = plan.before_the_walks(library, STANDARD, QUARTER, first)
        pages = list(collect.walk(library, filters, STANDARD, QUARTER))
        known = sum(len(openalex.groups(library, page)) for page in pages)
        then = plan.after_the_first_walk(library, STANDARD, QUARTER, known)
        paid = len(service.paid)
        collect.collect_counts(library, STANDARD, QUARTER, said.append)
        measure(library, squares(grid_of_metros(metros)))
        took = len(service.paid) - paid
    assert took <= then.number <= at_first.number
    # What this run does not ask: other geographies, years and definitions, the article's method.
    elsewhere = (
        "leading areas by other geographies",
        "years, definitions and earlier windows",
        "the article's method",
    )
    assert then.number - sum(then.calls[part] for part in elsewhere) <= 3 * took
    assert any(str(then) in line and "are left" in line for line in said)


def test_the_plan_of_a_whole_world_counts_large_metros_in(tmp_path):
    calls = [plan.calls_of_union(size) for size in (1, 2, 100, 101, 300, 401, 2_000)]
    assert calls == [0, 1, 1, 3, 7, 31, 31]
    with OpenAlex(World([], []), key=KEY, rate=1e9) as service:
        whole = plan.after_the_first_walk(live(tmp_path, service.mirror, KEY), STANDARD, QUARTER, 30_000)
    assert whole.calls["large metros"] >= 4 * (31 - 1)
    assert whole.calls["distinct counts of metros"] == 10_000


def test_a_budget_spent_on_the_way_ends_the_run_and_the_next_day_goes_on(tmp_path):
    world = made_world(institutions=60, metros=6, works=3_000)
    with OpenAlex(world, key=KEY, rate=1e9) as service:

        def spend_elsewhere(number: int, *_: object) -> None:
            if number == 15:
                service.remaining_usd = 0.0

        service.fault = spend_elsewhere
        with pytest.raises(GoesOn, match=r"Today's budget of OpenAlex is spent"):
            measure(live(tmp_path, service.mirror, KEY), squares(METROS))
        service.remaining_usd = 1.0
        agree_with_truth(measure(live(tmp_path, service.mirror, KEY), squares(METROS)), world)
        assert len(service.paid) == len(set(service.paid))


def test_a_slow_query_is_tried_again_and_not_charged(tmp_path):
    slow = Reply(
        504, {"error": "Gateway timeout", "message": "The query took too long.", "reason": "query_timeout"}
    )
    faults = iter([slow, None, slow])
    world = made_world(institutions=40, metros=6, works=2_000)
    found, service = run(world, tmp_path, fault=lambda *_: next(faults, None))
    agree_with_truth(found, world)
    assert sum(call.status == 504 for call in service.calls) == 2


def test_an_id_that_cannot_be_a_cursor_is_not_walked_for_ever(tmp_path):
    circle = Reply(200, {"meta": {"count": 1, "next_cursor": "*"}, "group_by": [{"key": "I1", "count": 1}]})
    with (
        OpenAlex(World([], []), fault=lambda *_: circle) as service,
        pytest.raises(BadUpstream, match="leads back to itself"),
    ):
        list(collect.walk(live(tmp_path, service.mirror), "x:1", STANDARD, QUARTER))
