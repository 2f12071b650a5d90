import numpy as np
import pandas as pd

from where_is_ai.layers.employment.ranks import rank_highest_first, simulated_ranks

ERRORLESS = pd.Series([0.0, 0.0, 0.0], dtype="Float64")


def test_equal_values_share_the_smaller_number_and_unknown_has_none():
    assert rank_highest_first(pd.Series([30, 50, 30, None, 10], dtype="Int64")).tolist()[:3] == [2, 1, 2]
    assert rank_highest_first(pd.Series([30, 50, 30, None, 10], dtype="Int64")).iloc[4] == 4
    assert rank_highest_first(pd.Series([30, None], dtype="Int64")).isna().tolist() == [False, True]


def test_without_error_the_range_is_the_rank_itself():
    found = simulated_ranks(pd.Series([30, 10, 20], dtype="Int64"), ERRORLESS)
    assert found["rank_low"].tolist() == found["rank_high"].tolist() == [1, 3, 2]


def test_two_that_the_survey_cannot_tell_apart_may_change_places_and_a_distant_third_may_not():
    workers = pd.Series([1000, 990, 10], dtype="Int64")
    found = simulated_ranks(workers, pd.Series([200.0, 200.0, 1.0], dtype="Float64"))
    assert found["rank_low"].tolist() == [1, 1, 3]
    assert found["rank_high"].tolist() == [2, 2, 3]


def test_a_metro_without_a_standard_error_or_number_has_no_range_but_holds_its_place():
    workers = pd.Series([100, 50, None, 20], dtype="Int64")
    found = simulated_ranks(workers, pd.Series([None, 1.0, None, 1.0], dtype="Float64"))
    assert found["rank_low"].isna().tolist() == [True, False, True, False]
    assert found["rank_low"].dropna().tolist() == [2, 3]


def test_where_no_standard_error_is_at_hand_there_is_no_range():
    found = simulated_ranks(pd.Series([2, 1], dtype="Int64"), pd.Series([None, None], dtype="Float64"))
    assert found.isna().all(axis=None)


def test_the_same_seed_gives_the_same_ranges_and_they_hold_the_rank():
    workers = pd.Series(np.arange(10, 2010, 20), dtype="Int64")
    error = (workers * 0.2).astype("Float64")
    first, again = simulated_ranks(workers, error), simulated_ranks(workers, error)
    assert first.equals(again)
    rank = rank_highest_first(workers)
    assert ((first["rank_low"] <= rank) & (rank <= first["rank_high"])).all()
