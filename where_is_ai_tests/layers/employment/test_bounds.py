import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.layers.employment.bounds import bounds
from where_is_ai.layers.employment.hiding import found_again, hide, summary
from where_is_ai.layers.employment.left_over import hidden_at_most
from where_is_ai.layers.employment.sampling import proxy_table
from where_is_ai_tests.layers.employment.cells import cells

AI = ("15-1221", "15-2051")


def bounds_of(*rows: tuple) -> dict:
    found = bounds(cells("2025-05", ("10001", "00-0000", 50_000, None), *rows), AI)
    return found.loc["10001"].to_dict()


def test_both_published_with_standard_errors_are_bounded_by_the_survey_alone():
    found = bounds_of(("10001", "15-1221", 1000, 10.0), ("10001", "15-2051", 2000, 5.0))
    assert found["ai_workers"] == 3000
    assert found["moe90"] == pytest.approx(1.645 * (100 + 100))
    assert found["moe90_rule"] == "emp_prse"
    assert (found["ai_workers_low"], found["ai_workers_high"]) == (2671, 3329)
    assert found["interval_holds"] == "coverage, sampling"


def test_a_blank_standard_error_is_lent_that_of_like_sized_cells_and_says_so():
    found = bounds_of(("10001", "15-1221", 1000, None), ("10001", "15-2051", 2000, 5.0))
    lent = proxy_table().set_index("employment_from").loc[1000]
    assert found["moe90"] == pytest.approx(1.645 * (1000 * lent["prse_median_pct"] / 100 + 100))
    assert found["moe90_upper_decile"] == pytest.approx(
        1.645 * (1000 * lent["prse_upper_decile_pct"] / 100 + 100)
    )
    assert found["moe90_rule"] == "prse_by_size_2022"
    assert (
        found["ai_workers_low"]
        < found["hidden_low"]
        == found["hidden_high"]
        == 3000
        < found["ai_workers_high"]
    )


@pytest.mark.parametrize("hidden", [[("10001", "15-1221", None, None)], []])
def test_suppressed_and_unlisted_alike_are_bounded_by_what_the_group_leaves(hidden):
    shown = [("10001", "15-0000", 900, 2.0), ("10001", "15-2051", 300, 10.0), ("10001", "15-1252", 500, 3.0)]
    found = bounds_of(*shown, *hidden)
    assert found["ai_workers"] == 300
    assert (found["hidden_low"], found["hidden_high"]) == (300, 300 + (900 - 800) + 5 * 3)
    margin = 1.645 * 30
    assert found["ai_workers_low"] == math.floor(300 - margin)
    assert found["ai_workers_high"] == math.ceil(415 + margin)
    assert found["coverage"] == ("suppressed" if hidden else "not_listed")


def test_without_the_group_the_upper_bound_is_unknown():
    found = bounds_of(("10001", "15-2051", 300, 10.0))
    assert found["ai_workers_low"] == 250
    assert pd.isna(found["ai_workers_high"])
    assert found["interval_holds"] == "coverage, sampling of published"


def test_a_suppressed_group_bounds_nothing():
    assert pd.isna(
        bounds_of(("10001", "15-0000", None, None), ("10001", "15-2051", 300, None))["ai_workers_high"]
    )


def test_a_metro_with_nothing_published_is_unknown_and_never_zero():
    found = bounds_of(("10001", "15-2051", None, None))
    assert pd.isna(found["ai_workers"])
    assert pd.isna(found["ai_workers_low"])
    assert found["coverage"] == "none_published"
    assert pd.isna(found["interval_holds"])


def test_a_group_below_its_parts_by_rounding_leaves_no_negative_rest():
    rows = [("10001", "15-0000", 100, None), *((("10001", f"15-12{n}1", 60, None)) for n in range(2, 6))]
    assert hidden_at_most(cells("2025-05", *rows))["10001"] == 0


@given(
    parts=st.lists(st.integers(min_value=0, max_value=4000), min_size=2, max_size=12),
    hidden=st.data(),
)
def test_the_truth_lies_within_the_bounds_however_cells_are_rounded_and_hidden(parts, hidden):
    group = ("10001", "15-0000", round_to_10(sum(parts)), None)
    codes = [f"15-{1201 + number}" for number in range(len(parts)) if (1201 + number) % 10]
    truth = dict(zip(codes, parts, strict=False))
    rest = sum(parts) - sum(truth.values())
    shown = hidden.draw(st.sets(st.sampled_from(codes)))
    rows = [("10001", code, round_to_10(truth[code]), None) for code in codes if code in shown]
    at_most = hidden_at_most(cells("2025-05", group, *rows))["10001"]
    assert rest + sum(workers for code, workers in truth.items() if code not in shown) <= at_most


def round_to_10(jobs: int) -> int:
    return 10 * round(jobs / 10)


def test_hidden_cells_are_found_again_in_the_bounds_of_made_metros():
    rows = []
    for area in ("10001", "10002"):
        parts = [(area, f"15-12{n}1", 100 * n, 5.0) for n in range(1, 6)]
        rows += [*parts, (area, "15-0000", 1500, 2.0)]
    whole = cells("2022-05", *rows)
    covered = hide(whole, 3)
    found = found_again(whole, covered)
    assert len(found) == 3
    assert summary(found)["area_within_pct"] == 100
    assert (covered["status"] == "suppressed").sum() == 3
    assert (found["at_most"] - found["area_at_least"] <= 5 * 6 + 10 * 3).all()
