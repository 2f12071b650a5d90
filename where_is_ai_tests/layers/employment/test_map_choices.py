"""The releases that the map of AI jobs can show: all from the first to the last at hand, with what breaks them."""

import pandas as pd

from where_is_ai.layers.employment.map_choices import moments


def at_hand(*releases: str):
    return moments(pd.DataFrame({"oews_release": list(releases) * 2}))


def test_a_release_that_is_not_at_hand_stands_between_those_that_are():
    found = at_hand("2022-05", "2024-05", "2025-05")
    assert [each.label for each in found] == ["May 2022", "May 2023", "May 2024", "May 2025"]
    assert [round(each.at, 2) for each in found] == [2022.33, 2023.33, 2024.33, 2025.33]


def test_a_release_is_broken_against_the_one_before_it_that_is_at_hand():
    broken = {each.period: each.broken for each in at_hand("2022-05", "2024-05", "2025-05")}
    assert "areas were redrawn" in broken.pop("2024-05")
    assert set(broken.values()) == {""}
    assert "15-2051" in {each.period: each.broken for each in at_hand("2019-05", "2022-05")}["2022-05"]
