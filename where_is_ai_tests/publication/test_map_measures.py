"""What a page's map can be switched to says what the tables say: unknown stays unknown, lower bounds stay so."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from where_is_ai.layers import LAYERS
from where_is_ai.layers.map_choices import MapMeasure
from where_is_ai.layers.research.pictures import papers_map
from where_is_ai.maps import svg
from where_is_ai.maps.style import MUTED, VERTICAL, WIDE
from where_is_ai.publication.catalog import pages, published_table
from where_is_ai.publication.map_measures import MeasuredMap
from where_is_ai.publication.map_values import values_of
from where_is_ai_tests.publication.tables import LAST, employment, research, usa_notes, world_notes

JOBS = next(page for page in pages() if page.slug == "jobs")
ROOMS = {"wide": [56, 160, 1864, 980], "vertical": [48, 250, 1032, 1800]}
UNKNOWN_RATE = "31080"  # Los Angeles, made unknown below


@pytest.fixture(scope="module")
def metros() -> pd.DataFrame:
    frame = employment(LAST).copy()
    frame.loc[frame["area_code"] == UNKNOWN_RATE, "ai_per_1000"] = pd.NA
    return frame


@pytest.fixture(scope="module")
def measured(metros) -> MeasuredMap:
    return MeasuredMap(JOBS, "usa", usa_notes(), ROOMS, {JOBS.table: metros})


@pytest.mark.parametrize("page", [page for page in pages() if page.measures], ids=lambda page: page.slug)
def test_every_measure_is_a_number_that_its_table_publishes(page):
    assert len({each.name for each in page.measures}) == len({each.title for each in page.measures})
    for measure in page.measures:
        columns = published_table(measure.table or page.table).columns()
        for name in filter(None, (measure.area, measure.colour, measure.listed)):
            assert columns[name].numeric, name
        assert bool(measure.colour) == bool(measure.colour_title)


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_the_map_of_every_layer_can_be_switched(layer):
    assert len(layer.pages[0].measures) > 1


def test_values_are_those_of_the_table_and_unknown_is_not_zero(metros, measured):
    said = measured.values()
    rows = metros.set_index("area_code")
    assert said["keys"] == metros["area_code"].to_list()
    rates = dict(zip(said["keys"], said["columns"]["ai_per_1000"]["v"], strict=True))
    assert rates[UNKNOWN_RATE] is None
    assert rates["35620"] == round(float(rows.at["35620", "ai_per_1000"]), 2)
    known = [value for value in said["columns"]["ai_workers"]["v"] if value is not None]
    assert len(known) == metros["ai_workers"].notna().sum()


def test_bounds_and_lower_bounds_go_with_the_values(metros, measured):
    said = measured.values()
    workers = said["columns"]["ai_workers"]
    lower = {said["keys"][place] for place in workers["least"]}
    incomplete = ~metros["coverage"].isin(["all_published"]) & metros["ai_workers"].notna()
    assert lower & set(metros.loc[incomplete, "area_code"])
    assert not lower & set(metros.loc[metros["coverage"] == "all_published", "area_code"])
    place = said["keys"].index("35620")
    assert workers["low"][place] <= workers["v"][place] <= workers["high"][place]
    listed = {key: text for key, _, text in said["listed"]["ai_per_1000"]}
    assert {text.startswith("≥") for key, text in listed.items() if key in lower} <= {True}
    assert UNKNOWN_RATE not in listed


def test_a_measure_that_the_edition_has_not_is_not_offered(measured):
    names = [each.area for each in measured.measures]
    assert "like_for_like_change" not in names
    assert names[:2] == ["ai_workers", "ai_per_1000"]
    without_first = replace(
        measured, tables={JOBS.table: measured.tables[JOBS.table].assign(ai_workers=pd.NA)}
    )
    assert without_first.measures == []


def test_the_legend_around_a_measure_is_its_own_and_leaves_the_map_where_it_was(measured):
    look = next(each for each in measured.looks()["measures"] if each["name"] == "ai_per_1000")
    assert "Area: AI workers per 1,000 jobs" in look["around"]["wide"]
    assert "AI workers per 1,000 jobs" in look["legend"]["heading"]
    assert len(look["fills"]) == len(look["limits"]) + 1
    assert [fill for fill, _ in look["legend"]["classes"]][: len(look["fills"])] == look["fills"]
    for name, width in (("wide", 1920), ("vertical", 1080)):
        around = look["around"][name]
        assert "panel" not in around
        rows = re.findall(r'<text [^>]*class="listed"', around)
        assert len(rows) % 3 == 0
        assert len(rows) >= 30
        assert around.count('class="subtitle"') == 1
        assert max(map(float, re.findall(r' x="([\d.]+)"', around))) <= width


@pytest.mark.parametrize("layout", [WIDE, VERTICAL], ids=lambda layout: layout.name)
def test_the_world_is_enlarged_around_a_measure_as_it_is_in_the_drawn_map(layout):
    page = next(page for page in pages() if page.slug == "research")
    figures = {each.name: papers_map(research(), world_notes()).draw(each) for each in (WIDE, VERTICAL)}
    rooms = {name: figure.layout.meta["room"] for name, figure in figures.items()}
    world = MeasuredMap(page, "world", world_notes(), rooms, {page.table: research()})
    around = world.looks()["measures"][0]["around"][layout.name]
    enlarged = re.compile(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*><tspan class="b">([^<]*), enlarged')
    assert enlarged.findall(around) == enlarged.findall(svg.svg(figures[layout.name], layout.name)) != []


def test_circles_of_a_rate_leave_the_land_to_be_seen(measured):
    looks = {each["name"]: each for each in measured.looks()["measures"]}
    assert looks["ai_per_1000"]["radius"]["wide"] < looks["ai_workers.ai_per_1000"]["radius"]["wide"]


CHANGES = published_table("usa_ai_employment_yoy")
CHANGE = MapMeasure(
    "Change",
    "like_for_like_change",
    table=CHANGES.name,
    qualifies=lambda rows: rows["holds"],
    sized=lambda rows: rows["fits"],
)


def test_changes_are_listed_by_size_among_those_that_qualify_and_have_a_circle():
    rows = pd.DataFrame(
        {
            "area_code": ["1", "2", "3", "4", "5", "6"],
            "metro": list("abcdef"),
            "like_for_like_change": pd.array([500, -400, 300, None, 20, 900], dtype="Int64"),
            "holds": pd.array([False, True, True, True, None, True], dtype="boolean"),
            "fits": [True, True, True, True, True, False],
        }
    )
    said = values_of(rows, CHANGES, [CHANGE])
    assert said["listed"]["like_for_like_change"] == [["2", 1, "−400"], ["3", 2, "+300"]]
    assert said["muted"]["like_for_like_change"] == [0, 4]
    assert said["unsized"]["like_for_like_change"] == [5]
    assert said["columns"]["like_for_like_change"]["v"] == [500, -400, 300, None, 20, 900]


def test_grey_has_words_where_there_is_any(measured):
    grey = replace(JOBS.measures[1], qualifies=lambda rows: rows["ai_workers"] > 1000, muted="few")
    page = replace(JOBS, measures=(JOBS.measures[0], grey))
    by_count, by_rate = replace(measured, page=page).looks()["measures"]
    assert dict(by_rate["legend"]["classes"])[MUTED] == "few"
    assert dict(by_count["legend"]["classes"])[MUTED] == "colour unknown"
