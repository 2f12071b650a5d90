"""What JOBS_1000 tells beyond rounded employment, and that the bounds made with it hold the truth."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.layers.employment.bounds import bounds
from where_is_ai.layers.employment.hiding import found_again, hide, summary
from where_is_ai.layers.employment.left_over import hidden_at_most
from where_is_ai.layers.employment.unrounded import between, contradicting
from where_is_ai_tests.layers.employment.cells import cells
from where_is_ai_tests.layers.employment.made_release import AI, made_release


def area(total: int, *rows: tuple) -> pd.DataFrame:
    """One area of rows (occ_code, TOT_EMP, JOBS_1000)."""
    shown = [("10001", "00-0000", total, None), *(("10001", code, jobs, None) for code, jobs, _ in rows)]
    return cells("2025-05", *shown, jobs_1000=[1000.0, *(ratio for _, _, ratio in rows)])


@given(
    jobs=st.floats(min_value=30, max_value=500_000),
    total=st.floats(min_value=20_000, max_value=10_000_000),
)
def test_the_unrounded_number_lies_within_what_both_figures_leave_of_it(jobs, total):
    jobs = min(jobs, total)
    shown = area(10 * round(total / 10), ("15-2051", 10 * round(jobs / 10), round(jobs / total * 1000, 3)))
    found = between(shown).iloc[1]
    assert found["low"] - 1e-6 <= jobs <= found["high"] + 1e-6
    assert found["high"] - found["low"] <= 10


def test_jobs_1000_tells_a_small_metro_to_the_job_and_a_large_one_hardly():
    small = between(area(100_000, ("15-2051", 250, 2.532))).iloc[1]
    large = between(area(9_490_000, ("15-2051", 23_160, 2.440))).iloc[1]
    assert (small["low"], small["high"]) == pytest.approx((253.137, 253.263), abs=0.001)
    assert large["high"] - large["low"] > 5


def test_without_jobs_1000_or_the_total_only_rounding_is_known():
    assert between(area(100_000, ("15-2051", 250, None))).iloc[1].tolist() == [245, 255]
    alone = cells("2025-05", ("10001", "15-2051", 250, None), jobs_1000=[2.5])
    assert between(alone).iloc[0].tolist() == [245, 255]


def test_figures_that_miss_each_other_by_less_than_a_job_have_the_number_between_them():
    near = area(87_500, ("15-1242", 40, 0.515))
    assert contradicting(near).empty
    found = between(near).iloc[1]
    assert (found["low"], found["high"]) == (45, pytest.approx(45.016, abs=0.001))


def test_figures_that_cannot_both_hold_are_named_and_bound_nothing_tighter():
    wrong = area(100_000, ("15-2051", 250, 2.7), ("15-1252", 400, 4.01))
    assert contradicting(wrong)["occ_code"].tolist() == ["15-2051"]
    found = between(wrong).iloc[1]
    assert (found["low"], found["high"]) == (245, pytest.approx(270.06, abs=0.01))


@pytest.fixture(scope="module")
def made():
    return made_release()


def test_in_a_whole_made_release_every_hidden_number_lies_within_its_logical_bounds(made):
    found = bounds(made.cells, AI)
    truth = made.truth[list(AI)].sum(axis="columns").reindex(found.index)
    rounding = 5 * len(AI)
    known = found["hidden_low"].notna()
    assert (found["hidden_low"] - rounding <= truth)[known].all()
    assert (truth <= found["hidden_high"] + rounding).all()
    assert found["hidden_high"].notna().all()


def test_in_a_made_release_jobs_1000_brings_the_bounds_much_closer(made):
    blunt = hidden_at_most(made.cells.assign(jobs_1000=pd.array([pd.NA] * len(made.cells), dtype="Float64")))
    sharp = hidden_at_most(made.cells)
    assert (sharp <= blunt + 1e-6).all()
    unlisted = bounds(made.cells, AI)["coverage"] == "not_listed"
    assert sharp[unlisted].median() < blunt[unlisted].median() - 30


@pytest.mark.slow
@given(
    total=st.floats(min_value=20_000, max_value=2_000_000),
    shares=st.lists(st.floats(min_value=0.0005, max_value=0.02), min_size=2, max_size=6),
)
def test_what_a_group_leaves_over_holds_what_is_hidden_but_for_no_more_than_each_figure_alone(total, shares):
    jobs = [max(30.0, share * total) for share in shares]
    rows = [
        (code, 10 * round(each / 10), round(each / total * 1000, 3))
        for code, each in [
            ("15-0000", sum(jobs)),
            *((f"15-20{place}1", each) for place, each in enumerate(jobs[1:])),
        ]
    ]
    shown = area(10 * round(total / 10), *rows)
    at_most, alone = hidden_at_most(shown)["10001"], between(shown)
    assert at_most >= jobs[0] - 1e-6
    assert at_most <= alone["high"].iloc[1] - alone["low"].iloc[2:].sum() + 1e-6


@pytest.mark.parametrize("number", [100, 1000])
def test_cells_of_a_whole_made_release_that_are_hidden_lie_within_their_bounds(made, number):
    found = summary(found_again(made.cells, hide(made.cells, number)))
    assert found["cell_within_pct"] == found["area_within_pct"] == 100
