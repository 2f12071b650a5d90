"""Leading metros and the world by year, by definition, by sector, and as earlier windows fill up."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from where_is_ai.archive.fetch import open_library
from where_is_ai.layers.research import over_time
from where_is_ai.layers.research.collect import collect_grouped
from where_is_ai.layers.research.grouped import read_answers
from where_is_ai.layers.research.methods import STANDARD
from where_is_ai.layers.research.over_time_schema import ByDefinition, ByYear, Lag
from where_is_ai.layers.research.sectors import by_sector
from where_is_ai.layers.research.view_schema import BySector
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai_tests.layers.research.made_world import AI, VISION, Institution, Work, World, grid_of_metros
from where_is_ai_tests.layers.research.openalex_answers import Answers
from where_is_ai_tests.layers.research.openalex_server import OpenAlex
from where_is_ai_tests.layers.research.standard_run import KEY, QUARTER, Measured, live, measure, squares

METROS = grid_of_metros(2)
IN_WINDOW = date(2026, 3, 1)
pytestmark = pytest.mark.usefixtures("no_patience")


def at(place: int, name: str, kind: str) -> Institution:
    metro = METROS[place]
    return Institution(name, name, kind, metro.name, "AX", metro.lat, metro.lon)


INSTITUTIONS = [at(0, "I1", "education"), at(0, "I2", "company"), at(1, "I3", "government")]
WORKS = [
    Work(("I1", "I2"), IN_WINDOW, topic=("T1", "Natural Language Processing Techniques")),
    Work(("I1",), IN_WINDOW, topic=("T2", "Reinforcement Learning in Robotics")),
    Work(("I3",), IN_WINDOW, topic=("T1", "Natural Language Processing Techniques")),
    Work(("I3",), IN_WINDOW, subfield=VISION, topic=("T9", "Advanced Vision Systems")),
    Work(("I1", "I2"), date(2019, 5, 1)),
    Work(("I2",), date(2019, 6, 1), subfield=AI),
    Work(("I2",), date(2017, 6, 1)),
]


@pytest.fixture
def service():
    with OpenAlex(World(INSTITUTIONS, WORKS), key=KEY, rate=1e9) as running:
        yield running


def asked(library, groups) -> dict:
    return read_answers(library, collect_grouped(library, groups, QUARTER))


def test_years_since_2018_count_each_paper_once_and_say_which_is_not_whole(service, tmp_path):
    library = live(tmp_path, service.mirror, KEY)
    found = measure(library, squares(METROS))
    groups = over_time.by_year(found.institutions, found.metros, STANDARD, QUARTER)
    names = over_time.names_of(found.metros)
    rows = over_time.years(groups, asked(library, groups), names, "2026-06-30")
    ByYear.validate(rows, lazy=True)
    assert rows.set_index(["metro", "year"])["ai_works"].to_dict() == {
        (METROS[0].name, 2019): 2,
        (METROS[0].name, 2026): 2,
        (METROS[1].name, 2026): 1,
        ("The world", 2019): 2,
        ("The world", 2026): 3,
    }
    assert not rows.loc[rows["year"] == 2026, "whole_year"].any()
    assert rows.loc[rows["year"] == 2019, "whole_year"].all()


def test_definitions_stand_side_by_side(service, tmp_path):
    library = live(tmp_path, service.mirror, KEY)
    found = measure(library, squares(METROS))
    groups = over_time.by_definition(found.institutions, found.metros, STANDARD, QUARTER)
    rows = over_time.side_by_side(groups, asked(library, groups), over_time.names_of(found.metros))
    ByDefinition.validate(rows, lazy=True)
    works = rows.pivot(index="metro", columns="definition", values="works")
    assert works.loc[METROS[0].name].to_dict() == {
        "AI and vision": 2,
        "Artificial Intelligence": 2,
        "Computer Vision": 0,
        "Images": 0,
        "Language": 1,
        "Learning": 1,
        "Robotics": 1,
    }
    assert works.loc[METROS[1].name, ["Computer Vision", "Images", "Language"]].to_list() == [1, 1, 1]
    assert works.loc["The world", "AI and vision"] == 4
    assert rows.loc[rows["metro_id"] == "world", "rank"].isna().all()


def test_a_page_that_holds_not_all_topics_loses_no_papers_of_a_whole_subfield(service, tmp_path, monkeypatch):
    monkeypatch.setattr("where_is_ai.layers.research.openalex.MOST_PER_PAGE", 1)
    library = live(tmp_path, service.mirror, KEY)
    found = measure(library, squares(METROS))
    groups = over_time.by_definition(found.institutions, found.metros, STANDARD, QUARTER)
    rows = over_time.side_by_side(groups, asked(library, groups), over_time.names_of(found.metros))
    works = rows.pivot(index="metro", columns="definition", values="works")
    assert works.loc[METROS[0].name, "Artificial Intelligence"] == 2


def test_an_earlier_window_says_how_complete_it_was_when_it_was_measured(service, tmp_path):
    library = live(tmp_path, service.mirror, KEY)
    found = measure(library, squares(METROS))
    then = measured_before(found, works=[4, 1])
    windows = over_time.earlier_windows(found.metros, STANDARD, [(BEFORE, found.institutions, then)])
    # Five papers of that window are there by now where four were counted then.
    late = [Work(("I1",), date(2026, 2, 1))] * 3
    service.world = World(INSTITUTIONS, [*WORKS, *late])
    service.answers = Answers(service.world)
    answers = asked(library, windows[BEFORE])
    rows = over_time.lag(
        over_time.asked_again(windows, answers),
        {BEFORE: (then, 5)},
        over_time.names_of(found.metros),
        pd.Timestamp("2026-07-20"),
    )
    Lag.validate(rows, lazy=True)
    by_metro = rows.set_index("metro")
    assert by_metro.loc[METROS[0].name, ["works_then", "works_now"]].to_list() == [4, 5]
    assert by_metro.loc[METROS[0].name, ["age_then_days", "age_now_days"]].to_list() == [20, 111]
    assert by_metro["completeness_pct"].to_dict() == pytest.approx(
        {METROS[0].name: 80.0, METROS[1].name: 100.0, "The world": 500 / 6}
    )


def test_a_window_of_another_definition_is_not_asked_again(service, tmp_path):
    found = measure(live(tmp_path, service.mirror, KEY), squares(METROS))
    then = measured_before(found, works=[4, 1]).assign(definition="another")
    assert over_time.earlier_windows(found.metros, STANDARD, [(BEFORE, found.institutions, then)]) == {}


BEFORE = Quarter(2026, 1)


def measured_before(found: Measured, works: list[int]) -> pd.DataFrame:
    return found.metros.assign(ai_works=works, window_to="2026-03-31", retrieved_to="2026-04-20T00:00:00Z")


def test_a_replay_without_these_answers_has_no_rows_and_no_error(service, tmp_path: Path):
    found = measure(live(tmp_path, service.mirror, KEY), squares(METROS))
    replay = open_library(Settings(tmp_path, "archive"))
    groups = over_time.by_year(found.institutions, found.metros, STANDARD, QUARTER)
    assert asked(replay, groups) == {}
    rows = over_time.years(groups, {}, over_time.names_of(found.metros), "2026-06-30")
    assert rows.empty
    ByYear.validate(rows, lazy=True)


def test_a_metro_is_split_into_companies_universities_and_government(service, tmp_path):
    found = measure(live(tmp_path, service.mirror, KEY), squares(METROS))
    rows = by_sector(found.institutions, found.metros)
    BySector.validate(rows, lazy=True)
    first = rows[rows["metro"] == METROS[0].name].set_index("sector")
    assert first["ai_works_summed"].to_dict() == {"university": 2, "company": 1}
    assert first["top_institution"].to_dict() == {"university": "I1", "company": "I2"}
    assert first["share_pct"].to_list() == pytest.approx([200 / 3, 100 / 3])
    assert rows.set_index("metro").loc[METROS[1].name, "sector"] == "government"
