"""A trend is drawn to the scale of its times."""

import re

from where_is_ai.layers.layer import Point
from where_is_ai.site.trend import NO_RANGE, trend


def across(*times: float | None) -> list[float]:
    points = [Point(str(number), 10, at=time) for number, time in enumerate(times)]
    return [float(x) for x in re.findall(r'<circle class="dot" cx="([\d.]+)"', str(trend(points, "shown")))]


def test_a_time_that_is_missing_leaves_a_gap_of_its_length():
    first, second, third, last = across(2021, 2022, 2024, 2025)
    assert abs((third - second) - 2 * (second - first)) < 0.3
    assert abs((last - third) - (second - first)) < 0.3


def test_points_whose_times_are_not_all_known_and_rising_stand_evenly():
    even = across(None, None, None)
    assert even == across(2021, None, 2025) == across(2025, 2022, 2021)
    assert abs((even[2] - even[1]) - (even[1] - even[0])) < 0.3


def test_dots_without_a_range_beside_others_with_one_are_not_taken_for_exact():
    ranged, bare = Point("2022", 10, low=8, high=12), Point("2024", 11)
    assert NO_RANGE in trend([ranged, bare], "shown")
    assert NO_RANGE not in trend([ranged, Point("2024", 11, low=9, high=13)], "shown")
    assert NO_RANGE not in trend([bare, bare], "shown")
    assert NO_RANGE not in trend([ranged, Point("2024", 11, bound=True)], "shown")
