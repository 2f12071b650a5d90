"""What sampling may do to one change, and to many."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.layers.employment.noise import discoveries, p_value
from where_is_ai.layers.employment.sampling import moe90, prse_pct
from where_is_ai_tests.layers.employment.cells import cells

PROBABILITIES = st.lists(st.floats(0, 1), min_size=1, max_size=40)


def test_an_error_is_the_one_given_else_that_of_like_sized_cells_and_none_where_nothing_is_published():
    rows = cells(
        "2025-05",
        ("10001", "15-2051", 500, 3.0),
        ("10002", "15-2051", 500, None),
        ("10003", "15-2051", None, None),
    )
    assert prse_pct(rows).iloc[:2].tolist() == [3.0, 8.5]
    assert prse_pct(rows, "upper_decile").iloc[:2].tolist() == [3.0, 22.0]
    assert prse_pct(rows).isna().tolist() == [False, False, True]
    assert moe90(rows).iloc[0] == pytest.approx(1.645 * 15)


@given(st.lists(st.integers(0, 200_000), min_size=1))
def test_the_sensitivity_is_never_below_the_central_error(jobs):
    rows = cells("2025-05", *((f"{10_000 + n}", "15-2051", each, None) for n, each in enumerate(jobs)))
    assert (prse_pct(rows, "upper_decile") >= prse_pct(rows)).all()


def test_a_change_of_its_margin_has_one_chance_in_ten():
    found = p_value(pd.Series([0, 164.5, -164.5, 400]), pd.Series([164.5] * 4, dtype="Float64"))
    assert found.iloc[:3].tolist() == pytest.approx([1, 0.1, 0.1], abs=1e-4)
    assert found.iloc[3] < 0.0001


def test_benjamini_and_hochberg_s_own_example_of_1995():
    """Fifteen p values from their paper; at 5 % it rejects the first four."""
    published = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
        0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
    ]  # fmt: skip
    assert discoveries(pd.Series(published), 0.05).tolist() == [True] * 4 + [False] * 11


@given(PROBABILITIES)
def test_a_smaller_p_value_never_loses_to_a_larger_one_and_none_above_the_rate_holds(values):
    p = pd.Series(values)
    held = discoveries(p).astype(bool)
    if held.any() and not held.all():
        assert p[held].max() < p[~held].min()
    assert (p[held] <= 0.1).all()
    assert (discoveries(p, 0.2).astype(bool) | ~held).all()


@given(PROBABILITIES, st.integers(0, 39), st.floats(0, 1))
def test_making_one_p_value_smaller_loses_no_discovery(values, which, factor):
    smaller = list(values)
    smaller[which % len(values)] *= factor
    before, after = (discoveries(pd.Series(each)).astype(bool) for each in (values, smaller))
    assert (after | ~before).all()


def test_what_has_no_p_value_is_neither():
    found = discoveries(pd.Series([0.001, np.nan]))
    assert found.iloc[0]
    assert pd.isna(found.iloc[1])
    assert discoveries(pd.Series([np.nan])).isna().all()
