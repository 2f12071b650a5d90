"""The quarters that the map of AI papers can show, and why numbers can't be compared at one."""

import pandas as pd

from where_is_ai.layers.research.map_choices import moments


def test_quarters_stand_in_order_with_those_that_are_missing_and_the_reason_of_a_break():
    rows = pd.DataFrame(
        {
            "quarter": ["2026-Q2", "2025-Q3", "2026-Q1"],
            "break_reason": [pd.NA, pd.NA, "the method changed"],
        }
    )
    found = moments(rows)
    assert [each.period for each in found] == ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]
    assert [each.at for each in found] == [2025.5, 2025.75, 2026.0, 2026.25]
    assert [each.broken for each in found] == ["", "", "the method changed", ""]
