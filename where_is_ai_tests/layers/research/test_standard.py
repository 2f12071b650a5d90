"""The standard method over a loopback OpenAlex, held against what the made world truly holds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from where_is_ai.archive.fetch import open_library
from where_is_ai.layers.research import answers, collect, openalex, standard
from where_is_ai.layers.research.distinct import Bounds, Union
from where_is_ai.layers.research.methods import PAPER_TYPES, STANDARD, WITH_VISION, StandardMethod
from where_is_ai.layers.research.metro import QUALITY, counted_outside_bounds, institutions_lost_or_doubled
from where_is_ai.layers.research.schema import AiWorks, InstitutionResearch, MetroResearch
from where_is_ai.settings import Settings
from where_is_ai_tests.layers.research.made_world import (
    AI,
    OTHER,
    VISION,
    Institution,
    Work,
    World,
    grid_of_metros,
    made_world,
)
from where_is_ai_tests.layers.research.openalex_answers import Answers
from where_is_ai_tests.layers.research.openalex_server import OpenAlex
from where_is_ai_tests.layers.research.standard_run import (
    KEY,
    QUARTER,
    RESIDENTS,
    Measured,
    live,
    measure,
    squares,
)

METROS = grid_of_metros(6)
HERE, THERE = METROS[0], METROS[1]
pytestmark = pytest.mark.usefixtures("no_patience")


def is_paper(work: Work, method: StandardMethod = STANDARD) -> bool:
    return (
        not work.retracted and work.core and work.subfield in method.subfields and work.type in method.types
    )


def within(window: tuple[date, date]) -> Callable[[Work], bool]:
    return lambda work: is_paper(work) and window[0] <= work.published <= window[1]


MEANT: dict[str, Callable[[Work], bool]] = {
    "ai_works": within(STANDARD.window(QUARTER)),
    "mature_works": within(STANDARD.mature_window(QUARTER)),
    "top_10_works": lambda work: (
        within(STANDARD.mature_window(QUARTER))(work) and (work.percentile or 0) >= 0.9
    ),
    "top_1_works": lambda work: (
        within(STANDARD.mature_window(QUARTER))(work) and (work.percentile or 0) >= 0.99
    ),
}


def at(metro, name: str, **more) -> Institution:
    return Institution(
        name, f"Institute {name}", city=metro.name, country_code="AX", lat=metro.lat, lon=metro.lon, **more
    )


def run(world: World, folder: Path, method: StandardMethod = STANDARD, **more) -> tuple[Measured, OpenAlex]:
    with OpenAlex(world, **({"key": KEY, "rate": 1e9} | more)) as service:
        return measure(live(folder, service.mirror, KEY), squares(METROS), method), service


def agree_with_truth(found: Measured, world: World) -> None:
    """Each metro has the works of all institutions of the world that lie there, whether they publish now or not."""
    left_out = set(found.institutions.loc[~found.institutions["included"], "institution_id"])
    for metro in found.metros.itertuples():
        ids = [one.id for one in world.institutions if one.city == metro.metro and one.id not in left_out]
        for measure_, is_meant in MEANT.items():
            assert getattr(metro, measure_) == world.distinct(ids, is_meant), (metro.metro, measure_)


def test_each_paper_counts_once_in_each_metro_and_all_institutions_are_there(tmp_path):
    world = made_world(institutions=450, metros=6, works=9_000)
    found, service = run(world, tmp_path)
    for table, model in (
        (found.works, AiWorks),
        (found.institutions, InstitutionResearch),
        (found.metros, MetroResearch),
    ):
        model.validate(table, lazy=True)
    agree_with_truth(found, world)
    published = {name for work in world.works if MEANT["ai_works"](work) for name in work.institutions}
    cited = {name for work in world.works if MEANT["mature_works"](work) for name in work.institutions}
    assert set(found.works["institution_id"]) == published | cited
    assert set(found.works.loc[found.works["ai_works"] > 0, "institution_id"]) == published
    assert institutions_lost_or_doubled(found.metros, found.institutions).empty
    assert counted_outside_bounds(found.metros).empty
    assert len(service.paid) == len(set(service.paid))
    assert set(found.metros["count_basis"]) == {"distinct"}
    assert (found.metros["ai_works_low"] == found.metros["ai_works_high"]).all()


def test_walks_stop_at_the_empty_page_and_no_call_is_too_long(tmp_path):
    world = made_world(institutions=400, metros=6, works=9_000)
    _, service = run(world, tmp_path)
    walked = [call for call in service.calls if "cursor" in call.parameters]
    among = collect.queries(STANDARD, QUARTER)["ai_works"]
    pages = [call for call in walked if call.parameters["filter"] == among]
    institutions = len(
        {name for work in world.works if MEANT["ai_works"](work) for name in work.institutions}
    )
    assert len(pages) == -(-institutions // openalex.MOST_PER_PAGE) + 1
    assert {call.status for call in service.calls} <= {200, 404}


def test_one_institution_costs_no_extra_call_but_the_worlds_own_counts(tmp_path):
    alone = World(
        [at(HERE, "I1"), at(THERE, "I2")], [Work((name,), date(2026, 3, 1)) for name in ("I1", "I2", "I2")]
    )
    found, service = run(alone, tmp_path)
    assert found.metros["ai_works"].to_list() == [2, 1]
    counted = [call for call in service.calls if call.parameters.get("select") == "id"]
    assert sorted(call.parameters["filter"].rsplit(",", 1)[1] for call in counted) == [
        "institutions_distinct_count:0",
        "is_retracted:true",
        "to_publication_date:2026-06-30",
        "to_publication_date:2026-06-30",
    ]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    places = st.sampled_from([HERE, THERE, METROS[2], None])
    institutions = [
        Institution(f"I{number}", f"I {number}", None, "Elsewhere", "AX")
        if (metro := draw(places)) is None
        else at(metro, f"I{number}", works_count=1000)
        for number in range(1, draw(st.integers(1, 7)) + 1)
    ]
    names = st.sampled_from([one.id for one in institutions])
    works = st.builds(
        Work,
        institutions=st.lists(names, max_size=4, unique=True).map(tuple),
        published=st.dates(date(2020, 6, 1), date(2026, 7, 31)),
        type=st.sampled_from(("article", "preprint", "dataset")),
        subfield=st.sampled_from((AI, VISION, OTHER)),
        core=st.booleans(),
        retracted=st.booleans(),
        percentile=st.none() | st.floats(0, 1),
    )
    return World(institutions, draw(st.lists(works, max_size=40)))


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(worlds())
def test_any_world_is_counted_as_it_is(world):
    with TemporaryDirectory() as folder:
        found, _ = run(world, Path(folder))
    MetroResearch.validate(found.metros, lazy=True)
    InstitutionResearch.validate(found.institutions, lazy=True)
    agree_with_truth(found, world)
    assert counted_outside_bounds(found.metros).empty


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(worlds(), st.integers(1, 3), st.integers(1, 3))
def test_a_union_of_many_institutions_is_exact_or_honestly_bounded(world, values, parts):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("where_is_ai.layers.research.openalex.MOST_VALUES", values)
        patched.setattr("where_is_ai.layers.research.distinct.MOST_PARTS", parts)
        among = collect.queries(STANDARD, QUARTER)["ai_works"]
        ids = [one.id for one in world.institutions]
        own = {name: world.distinct([name], MEANT["ai_works"]) for name in ids}
        union = Union.of(among, "core", own)
        service = Answers(world)
        bounds = union.bounds({request.url: service.count(request.url) for request in union.requests})
        truth = world.distinct(ids, MEANT["ai_works"])
        assert bounds.low <= truth <= bounds.high
        if sum(count > 0 for count in own.values()) <= values * parts:
            assert bounds == Bounds(truth, truth, truth)


def test_five_hundred_institutions_take_31_calls_within_the_longest_request_line(tmp_path):
    names = [f"I{4_210_100_000 + number}" for number in range(620)]
    works = [
        Work((name, names[(number * 7) % 620]), date(2026, 3, 1)) for number, name in enumerate(names * 2)
    ]
    world = World([at(HERE, name) for name in names], works)
    method = replace(WITH_VISION, noise=replace(STANDARD.noise, least_works=10_000))
    found, service = run(world, tmp_path, method)
    counted = [
        call
        for call in service.calls
        if call.parameters.get("filter", "").count("authorships.institutions.id:")
    ]
    assert len(counted) == 31
    metro = found.metros.iloc[0]
    truth = world.distinct(names, lambda work: True)
    assert metro["ai_works"] == metro["ai_works_low"] <= truth <= metro["ai_works_high"]
    assert metro["ai_works_low"] < metro["ai_works_high"]


def test_vision_is_a_named_alternative(tmp_path):
    works = [Work(("I1",), date(2026, 3, 1), subfield=subfield) for subfield in (AI, VISION, VISION, OTHER)]
    world = World([at(HERE, "I1")], works)
    assert run(world, tmp_path / "a")[0].metros["ai_works"].to_list() == [1]
    with_vision = run(world, tmp_path / "b", WITH_VISION)[0].metros
    assert with_vision["ai_works"].to_list() == [3]
    assert with_vision["method"].to_list() == ["standard_with_vision"]
    assert "1702|1707" in with_vision.loc[0, "definition"]
    assert all(kind in with_vision.loc[0, "definition"] for kind in PAPER_TYPES)


def test_quality_is_a_share_of_mature_papers_and_papers_are_per_resident(tmp_path):
    mature = [Work(("I1",), date(2023, 3, 1), percentile=value) for value in (0.1, 0.5, 0.93, 0.995)]
    world = World([at(HERE, "I1")], [*mature, Work(("I1",), date(2026, 3, 1), percentile=1.0)])
    metro = run(world, tmp_path)[0].metros.iloc[0]
    assert metro[["ai_works", *QUALITY]].to_list() == [1, 4, 2, 1]
    assert metro[["top_10_pct", "top_1_pct"]].to_list() == [50.0, 25.0]
    assert metro["ai_works_per_100k"] == 1 / RESIDENTS * 100_000
    # Two of four: between a seventh and six sevenths, by the binomial interval.
    assert metro[["top_10_pct_low", "top_10_pct_high"]].to_list() == pytest.approx([15.0, 85.0], abs=0.05)
    assert metro[["top_10_pct_world", "top_1_pct_world"]].to_list() == [50.0, 25.0]


def test_a_share_is_told_from_the_worlds_only_where_its_interval_does_not_hold_it(tmp_path):
    def papers(name: str, number: int, cited: int) -> list[Work]:
        percentiles = [0.95] * cited + [0.5] * (number - cited)
        return [Work((name,), date(2023, 3, 1), percentile=each) for each in percentiles]

    now = [Work((name,), date(2026, 3, 1)) for name in ("I1", "I2", "I3")]
    world = World(
        [at(metro, name) for metro, name in zip(METROS, ("I1", "I2", "I3"), strict=False)],
        [*now, *papers("I1", 101, 20), *papers("I2", 101, 13), *papers("I3", 800, 70)],
    )
    metros = run(world, tmp_path)[0].metros.set_index("top_institution")
    assert metros["top_10_vs_world"].to_dict() == {
        "Institute I1": "above",
        "Institute I2": "not told apart",
        "Institute I3": "not told apart",
    }
    interval = metros.loc["Institute I2", ["top_10_pct_low", "top_10_pct_high"]]
    assert interval.to_list() == pytest.approx([7.7, 20.8], abs=0.1)


def test_what_an_institution_that_publishes_nothing_now_wrote_before_counts_where_it_is(tmp_path):
    mature = [Work(("I2",), date(2023, 3, 1), percentile=value) for value in (0.1, 0.95, 0.995)]
    alone = [Work(("I3",), date(2023, 3, 1), percentile=0.995)]
    world = World(
        [at(HERE, "I1"), at(HERE, "I2"), at(THERE, "I3")], [Work(("I1",), date(2026, 3, 1)), *mature, *alone]
    )
    found, _ = run(world, tmp_path)
    MetroResearch.validate(found.metros, lazy=True)
    assert found.metros["metro"].to_list() == [HERE.name]
    metro = found.metros.iloc[0]
    assert metro[["ai_works", "institutions", *QUALITY]].to_list() == [1, 1, 3, 2, 1]
    rows = found.institutions.set_index("institution_id")
    assert rows.loc[["I2", "I3"], "ai_works"].to_list() == [0, 0]
    assert rows["included"].all()


def test_a_metro_without_mature_papers_has_no_share(tmp_path):
    metro = run(World([at(HERE, "I1")], [Work(("I1",), date(2026, 3, 1))]), tmp_path)[0].metros.iloc[0]
    assert metro["mature_works"] == 0
    assert pd.isna(metro["top_10_pct"])


def test_works_without_an_institution_and_retracted_ones_are_told(tmp_path):
    works = [
        Work(("I1",), date(2026, 3, 1)),
        Work((), date(2026, 3, 1)),
        Work((), date(2026, 3, 2), type="dataset"),
        Work(("I1",), date(2026, 3, 2), retracted=True),
    ]
    with OpenAlex(World([at(HERE, "I1")], works), key=KEY) as service:
        library = live(tmp_path, service.mirror, KEY)
        counts = collect.collect_counts(library, STANDARD, QUARTER)
        assert standard.coverage(library, STANDARD, QUARTER, counts) == {
            "ai_works": 2,
            "without_institution": 1,
            "moved_works": 0,
            "retracted_works": 1,
            "preprint_works": 0,
            "mature_works": 0,
            "top_10_works": 0,
            "top_1_works": 0,
        }


def test_what_an_earlier_revision_asked_for_replays_as_it_was_asked(tmp_path, monkeypatch):
    monkeypatch.setattr("where_is_ai_tests.layers.research.openalex_answers.MOST_PER_PAGE", 200)
    before = replace(STANDARD, revision=1)
    world = made_world(institutions=60, metros=6, works=3_000)
    with OpenAlex(world, key=KEY, rate=1e9) as service:
        library = live(tmp_path, service.mirror, KEY)
        assert answers.as_archived(library, STANDARD, QUARTER) == STANDARD
        first = measure(library, squares(METROS), before)
        assert answers.as_archived(library, STANDARD, QUARTER) == STANDARD
    replay = open_library(Settings(tmp_path, "archive"))
    assert answers.as_archived(replay, STANDARD, QUARTER) == before
    pd.testing.assert_frame_equal(first.metros, measure(replay, squares(METROS), before).metros)


def test_a_merged_institution_is_followed_and_a_vanished_one_kept_with_its_reason(tmp_path):
    world = World(
        [at(HERE, "I1"), at(HERE, "I2"), at(HERE, "I3")],
        [Work((name,), date(2026, 3, 1)) for name in ("I1", "I2", "I3")],
        merged={"I2": "I1"},
        vanished=frozenset({"I3"}),
    )
    found, service = run(world, tmp_path)
    rows = found.institutions.set_index("institution_id")
    assert rows["included"].to_dict() == {"I1": True, "I2": True, "I3": False}
    assert rows.loc["I3", "why_not"] == "no coordinates in OpenAlex"
    assert found.metros["ai_works"].to_list() == [2]
    assert [
        call.status
        for call in service.calls
        if call.path in ("/institutions/I1", "/institutions/I2", "/institutions/I3")
    ] == [
        301,
        200,
        404,
    ]
