"""A superlative is said as it is only where bounds and size bear it."""

from dataclasses import replace

import pandas as pd
import pytest

from where_is_ai.statements import Statement, judge, worded

SURE = Statement(
    "1", "jobs", "share", 10.0, [9.0, 3.0], "A leads", "A leads in published figures", 200_000, 100_000
)


def test_a_leader_above_all_upper_bounds_is_said_plainly():
    assert worded(SURE) == "A leads"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"size": 60_000}, "not known to reach 100,000"),
        ({"size": pd.NA}, "not known to reach 100,000"),
        ({"rivals": [9.0, pd.NA]}, "1 of 2 others have no upper bound"),
        ({"rivals": [9.0, 10.0]}, "reaches its lower bound"),
        ({"low": pd.NA}, "no lower bound"),
    ],
)
def test_a_tempting_leader_falls_back_to_published_figures(change, why):
    tempting = replace(SURE, **change)
    assert why in judge(tempting).reason
    assert worded(tempting) == "A leads in published figures"
