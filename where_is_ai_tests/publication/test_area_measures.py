"""What a map of states can be switched to says what the table says: unknown stays unknown, the nation is no state."""

import pandas as pd
import pytest

from where_is_ai.layers.employment.by_state import by_state, sum_is_lower_bound
from where_is_ai.layers.employment.schema_level import SUMMED
from where_is_ai.layers.employment.state_map import states_map
from where_is_ai.maps.scales import contrast
from where_is_ai.maps.style import LAND, MUTED, VERTICAL, WIDE
from where_is_ai.publication.area_measures import MeasuredAreas
from where_is_ai.publication.catalog import pages
from where_is_ai_tests.publication.tables import LAST, employment, usa_notes

PAGES = {page.slug: page for page in pages()}
STATES = PAGES["jobs-by-state"]
COUNT = "ai_workers"


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return by_state(employment(LAST), pd.DataFrame())


@pytest.fixture(scope="module")
def measured(rows) -> MeasuredAreas:
    drawn = {layout.name: states_map(rows, usa_notes()).draw(layout) for layout in (WIDE, VERTICAL)}
    rooms = {name: figure.layout.meta["room"] for name, figure in drawn.items()}
    return MeasuredAreas(STATES, "usa", usa_notes(), rooms, {STATES.table: rows}, drawn["wide"].data[0].ids)


@pytest.fixture(scope="module")
def look(measured) -> dict:
    return next(each for each in measured.looks()["measures"] if each["name"] == COUNT)


@pytest.mark.parametrize("slug", ["jobs-by-state", "adoption-by-state"])
def test_a_map_of_states_can_be_switched(slug):
    measures = PAGES[slug].measures
    assert len(measures) > 1
    assert not any(each.colour for each in measures)


def test_values_are_those_of_states_alone_and_unknown_is_not_zero(rows, measured):
    said = measured.values()
    summed = rows[(rows["basis"] == SUMMED) & (rows["area"] != "US")].set_index("area")
    values = dict(zip(said["keys"], said["columns"][COUNT]["v"], strict=True))
    assert values == {f"{code} {SUMMED}": value for code, value in summed[COUNT].items() if pd.notna(value)}
    assert not any(key.startswith("US ") for key in values)
    least = {said["keys"][place].split()[0] for place in said["columns"][COUNT]["least"]}
    assert least == {
        row["area"] for row in summed.reset_index().to_dict("records") if sum_is_lower_bound(row)
    }


def test_the_list_is_of_states_by_their_rank(rows, measured):
    listed = measured.values()["listed"][COUNT]
    first = rows[rows["rank"] == 1].iloc[0]
    assert listed[0][:2] == [f"{first['area']} {SUMMED}", 1]
    assert listed[0][2].endswith(f"{first[COUNT]:,}")


def test_title_legend_and_classes_are_those_of_the_measure(look):
    assert len(look["fills"]) == len(look["limits"]) + 1 > 3
    assert [fill for fill, _ in look["legend"]["classes"]][: len(look["fills"])] == look["fills"]
    assert dict(look["legend"]["classes"])[LAND].startswith("unknown")
    for around in look["around"].values():
        assert "AI workers in the metros of each state" in around
        assert "data-area" not in around
        assert around.count('class="listed"') >= 30


def test_text_can_be_read_on_every_colour(look):
    assert look["inks"].keys() == {*look["fills"], MUTED}
    assert all(contrast(fill, ink) >= 4.5 for fill, ink in look["inks"].items())


def test_a_shorter_caption_leaves_room_that_a_page_can_cut_off(measured, look):
    assert look["spare"]["vertical"]["above"] > 50
    assert look["spare"]["vertical"]["below"] > 20
    first = measured.looks()["measures"][0]
    assert first["spare"]["vertical"]["above"] < look["spare"]["vertical"]["above"]


@pytest.mark.parametrize("slug", ["adoption", "adoption-by-state"])
def test_expected_use_is_grey_where_a_cycle_of_its_own_is_suppressed(slug):
    now, expected = PAGES[slug].measures
    rows = pd.DataFrame({"selected": [True, False], "expected_6m_suppressed_cycles": [0, 1]})
    assert [list(each.qualifies(rows)) for each in (now, expected)] == [[False, True], [True, False]]
