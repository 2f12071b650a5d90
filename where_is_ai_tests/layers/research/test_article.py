"""The method article over a loopback OpenAlex: three calls, and what goes wrong with them."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from where_is_ai.archive import download
from where_is_ai.archive.fetch import Library, open_library
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.research import answers
from where_is_ai.layers.research.budget import GoesOn
from where_is_ai.layers.research.methods import ArticleMethod, method_named
from where_is_ai.layers.research.metro import assign, roll_up
from where_is_ai.layers.research.schema import AiWorks, InstitutionResearch, MetroResearch
from where_is_ai.layers.research.source import (
    institution_ids,
    institutions,
    read_ai_works,
)
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_ARCHIVE, Settings
from where_is_ai_tests.layers.research.made_world import Institution, Work, World, made_world
from where_is_ai_tests.layers.research.openalex_server import OpenAlex, Reply

QUARTER = Quarter(2026, 2)
ARTICLE = method_named("article")
IN_WINDOW = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "FIRST_WAIT_S", 0.001)


def live(folder: Path, openalex: OpenAlex, key: str = "") -> Library:
    secrets = {"OPENALEX_API_KEY": key} if key else {}
    return open_library(
        Settings(folder, "live", contact="reader@example.org", mirror=openalex.mirror, secrets=secrets)
    )


def measured(
    library: Library, method: ArticleMethod = ARTICLE
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """AiWorks, InstitutionResearch, MetroResearch of a whole run."""
    (counts,) = answers.counts(library, method, QUARTER)
    places = [library.get(request, QUARTER) for request in institutions(institution_ids(library, counts))]
    works = read_ai_works(library, counts, places)
    rows = assign(works, method)
    return works, rows, roll_up(rows, method, QUARTER)


def kept_answers(folder: Path) -> list[Path]:
    return [path for path in (folder / "archive").rglob("*") if path.is_file() and path.name != ".lock"]


def test_three_calls_where_the_article_made_201(tmp_path):
    with OpenAlex(made_world(institutions=400, metros=40, works=8_000, to=date(2026, 5, 6))) as openalex:
        works, rows, metros = measured(live(tmp_path, openalex))
    assert [call.path for call in openalex.calls] == ["/works", "/institutions", "/institutions"]
    assert "reader@example.org" in openalex.calls[0].user_agent
    assert len(works) == 200
    for table, model in ((works, AiWorks), (rows, InstitutionResearch), (metros, MetroResearch)):
        model.validate(table, lazy=True)


def test_counts_are_the_worlds_own(tmp_path):
    world = made_world(institutions=400, metros=40, works=8_000, to=date(2026, 5, 6))
    first, last = ARTICLE.window(QUARTER)
    with OpenAlex(world) as openalex:
        works, _, metros = measured(live(tmp_path, openalex), replace(ARTICLE, least_works=1))
    truth = {
        row.institution_id: world.distinct(
            [row.institution_id], lambda work: first <= work.published <= last and work.core
        )
        for row in works.itertuples()
    }
    assert works.set_index("institution_id")["ai_works"].to_dict() == truth
    assert metros["ai_works"].sum() == sum(truth.values())
    assert set(metros["count_basis"]) == {"summed"}


def test_a_second_run_on_the_same_day_asks_nothing_and_a_replay_gives_the_same(tmp_path):
    with OpenAlex(made_world(institutions=400, metros=40, works=8_000)) as openalex:
        first = measured(live(tmp_path, openalex))
        asked = len(openalex.calls)
        again = measured(live(tmp_path, openalex))
    assert len(openalex.calls) == asked
    replayed = measured(open_library(Settings(tmp_path, "archive")))
    for before, after, replay in zip(first, again, replayed, strict=True):
        pd.testing.assert_frame_equal(before, after)
        pd.testing.assert_frame_equal(before, replay)


def test_an_institution_without_coordinates_is_kept_counted_and_listed_but_has_no_point(tmp_path):
    placed = Institution("I1", "Placed", city="Ulm", country_code="DE", lat=48.4, lon=9.99)
    unplaced = Institution("I2", "Unplaced", city="Ulm", country_code="DE")
    nowhere = Institution("I3", "Nowhere", type=None)
    works = [Work((name,), IN_WINDOW) for name in ("I1", "I1", "I2", "I3")]
    with OpenAlex(World([placed, unplaced, nowhere], works)) as openalex:
        table, rows, metros = measured(live(tmp_path, openalex), replace(ARTICLE, least_works=1))
    AiWorks.validate(table)
    InstitutionResearch.validate(rows)
    by_id = rows.set_index("institution_id")
    assert by_id["included"].to_dict() == {"I1": True, "I2": True, "I3": False}
    assert by_id.loc["I3", "why_not"] == "no city in OpenAlex"
    assert by_id.loc["I2", ["lat", "lon"]].isna().all()
    assert metros.loc[0, ["metro", "ai_works", "institutions", "lat"]].to_list() == ["Ulm", 3, 2, 48.4]


def test_an_institution_that_vanished_between_the_calls_keeps_its_count(tmp_path):
    world = World(
        [
            Institution("I1", "Here", city="Ulm", country_code="DE", lat=48.4, lon=9.99),
            Institution("I2", "Gone"),
        ],
        [Work(("I1",), IN_WINDOW), Work(("I2",), IN_WINDOW)],
        vanished=frozenset({"I2"}),
    )
    with OpenAlex(world) as openalex:
        table, rows, _ = measured(live(tmp_path, openalex))
    assert table.set_index("institution_id")["ai_works"].to_dict() == {"I1": 1, "I2": 1}
    assert rows.set_index("institution_id").loc["I2", "why_not"] == "no city in OpenAlex"


def test_a_wrong_key_is_refused_with_the_remedy_and_never_shown(tmp_path):
    with OpenAlex(made_world(institutions=10, metros=2, works=100), key="right") as openalex:
        with pytest.raises(
            BadUpstream, match=r"HTTP 401 .*API key not found.*key that was sent is not accepted"
        ) as refused:
            measured(live(tmp_path, openalex, key="hunter2-secret"))
        assert len(openalex.calls) == 1
        assert "hunter2-secret" not in str(refused.value)
        assert kept_answers(tmp_path) == []
        measured(live(tmp_path, openalex, key="right"))
    for path in kept_answers(tmp_path):
        assert b"right" not in path.read_bytes()


def passing(*replies: Reply):
    """A fault that answers the first calls with ``replies``, then passes."""
    return lambda number, path, parameters: replies[number - 1] if number <= len(replies) else None


def test_a_refusal_for_haste_is_waited_out_as_long_as_it_asks(tmp_path):
    hasty = Reply(429, {"error": "Rate limit exceeded", "message": "Slow down."}, {"retry-after": "1"})
    with OpenAlex(made_world(institutions=10, metros=2, works=100), fault=passing(hasty)) as openalex:
        works, _, _ = measured(live(tmp_path, openalex))
    assert len(works)
    assert [call.status for call in openalex.calls] == [429, 200, 200]
    assert openalex.calls[1].at - openalex.calls[0].at >= 1.0


def test_a_spent_daily_budget_ends_the_run_until_the_next(tmp_path):
    world = made_world(institutions=10, metros=2, works=100)
    with OpenAlex(world, remaining_usd=0.0) as openalex:
        with pytest.raises(GoesOn, match="Today's budget of OpenAlex is spent"):
            measured(live(tmp_path, openalex))
        assert not openalex.paid
        openalex.remaining_usd = 0.1
        measured(live(tmp_path, openalex))


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_passing_fault_is_tried_again_and_a_lasting_one_named(tmp_path, status):
    broken = Reply(status, {"error": "Server error", "message": "query_timeout"})
    world = made_world(institutions=10, metros=2, works=100)
    with OpenAlex(world, fault=passing(broken, broken)) as openalex:
        assert len(measured(live(tmp_path, openalex))[0])
    with OpenAlex(world, fault=lambda *_: broken) as openalex:
        with pytest.raises(BadUpstream, match=f"HTTP {status} .*query_timeout"):
            measured(live(tmp_path / "other", openalex))
        assert len(openalex.calls) == download.ATTEMPTS


def test_malformed_json_is_refused_and_a_repaired_rerun_succeeds(tmp_path):
    torn = Reply(200, b'{"meta": {"count": 3}, "group_by": [{"key"')
    world = made_world(institutions=10, metros=2, works=100)
    with OpenAlex(world, fault=passing(torn)) as openalex:
        with pytest.raises(BadUpstream, match=r"api\.openalex\.org/works.*malformed JSON"):
            measured(live(tmp_path, openalex))
        assert kept_answers(tmp_path) == []
        assert len(measured(live(tmp_path, openalex))[0])


def test_an_answer_of_another_shape_is_named(tmp_path):
    with (
        OpenAlex(World([], []), fault=passing(Reply(200, {"meta": {}, "groups": []}))) as openalex,
        pytest.raises(BadUpstream, match="without a list 'group_by'"),
    ):
        measured(live(tmp_path, openalex))


@pytest.fixture(scope="module")
def sample() -> pd.DataFrame:
    return measured(open_library(Settings(source="sample")))[2]


def test_the_sample_gives_the_published_ranking(sample):
    by_metro = sample.set_index("metro")
    assert by_metro.loc["Beijing", ["ai_works", "institutions", "rank"]].to_list() == [42_843, 15, 1]
    works = {"Shanghai": 16_331, "Nanjing": 14_194, "Hong Kong": 12_271, "Zurich": 2_931}
    works |= {"SF-San Jose Bay Area": 6_997, "Boston Metro": 5_863}
    assert by_metro["ai_works"].reindex(works).to_dict() == works
    ranks = {"Hong Kong": 4, "SF-San Jose Bay Area": 15, "Boston Metro": 18}
    assert by_metro["rank"].reindex(ranks).to_dict() == ranks


def test_the_sample_says_that_it_was_reconstructed():
    lines = (SAMPLE_ARCHIVE / "index.jsonl").read_text().splitlines()
    answers = [entry for entry in map(json.loads, lines) if entry["source"] == "OpenAlex"]
    assert len(answers) == 3
    assert all(entry["reconstructed"] for entry in answers)
