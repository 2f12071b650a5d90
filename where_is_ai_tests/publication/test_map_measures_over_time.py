"""What a page's map can be switched to, of an edition that goes through time."""

import pandas as pd

from where_is_ai.layers.research.map_choices import TREND
from where_is_ai.layers.research.trend import trend
from where_is_ai.maps.style import VERTICAL, WIDE
from where_is_ai.publication.catalog import layer_named
from where_is_ai.publication.map_measures import MeasuredMap
from where_is_ai.quarters import Quarter
from where_is_ai_tests.publication.tables import research, world_notes

QUARTERS = Quarter(2026, 1), Quarter(2026, 2)


def world(quarters: int) -> MeasuredMap:
    """The map of AI papers of an edition whose trend has so many quarters."""
    page = next(each for each in layer_named("research").pages if each.measures)
    now = research()
    before = now.assign(ai_works=now["ai_works"] - 7)
    measured = list(zip(map(str, QUARTERS), (before, now), strict=True))[-quarters:]
    rooms = {layout.name: (0, 0, layout.width, layout.height) for layout in (WIDE, VERTICAL)}
    return MeasuredMap(page, "world", world_notes(), rooms, {page.table: now, TREND: trend(measured)})


def test_of_a_table_that_goes_through_time_the_latest_is_drawn_once_for_each_place():
    measured = world(quarters=2)
    changes = [each for each in measured.measures if each.table == TREND]
    assert [each.area for each in changes] == ["change", "change_pct"]
    assert len(measured.looks()["measures"]) == len(measured.measures)
    keys = pd.Series(measured.values()["keys"])
    assert keys.is_unique
    assert len(keys) == len(research())


def test_a_change_is_no_measure_where_nothing_is_there_to_compare_with():
    assert TREND not in {each.table for each in world(quarters=1).measures}
