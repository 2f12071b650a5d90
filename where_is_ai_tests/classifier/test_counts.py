"""A metro's count under misclassification."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.classifier.counts import count_interval, counts_by

probabilities = st.lists(st.floats(0, 1), max_size=40).map(np.array)


@given(probabilities, st.sampled_from(["embedding", "title", "llm"]))
def test_the_interval_holds_what_is_expected_and_never_more_than_there_are(stated, classifier):
    found = count_interval(stated, classifier)
    assert 0 <= found.low <= found.expected + 1e-9
    assert found.expected - 1e-9 <= found.high <= len(stated) + 1e-9


def test_sure_postings_leave_no_doubt_and_unsure_ones_do():
    sure = count_interval(np.array([0.0] * 500 + [1.0] * 20), "embedding")
    assert sure == pytest.approx((20, 20, 20))
    unsure = count_interval(np.array([0.5] * 40), "embedding")
    assert unsure.high - unsure.low > 10


def test_a_wrong_calibration_shifts_all_postings_together():
    """So the interval grows with the number of postings, not with its root."""
    few, many = (count_interval(np.full(n, 0.6), "embedding") for n in (100, 10_000))
    assert (many.high - many.low) / (few.high - few.low) > 50


def test_keywords_count_what_they_miss_and_what_they_take_too_much():
    from where_is_ai.classifier.keywords import KeywordsClassifier

    share = KeywordsClassifier()._probability
    found = count_interval(np.array([share[True]] * 100 + [share[False]] * 100), "keywords")
    assert 25 < found.low < found.expected < found.high < 75


def test_equal_probabilities_may_be_given_as_a_tally():
    one_by_one = count_interval(np.repeat([0.2, 0.9], [30, 7]), "embedding")
    assert count_interval(np.array([0.2, 0.9]), "embedding", np.array([30, 7])) == pytest.approx(one_by_one)


def test_unknown_postings_widen_the_interval_upwards_only():
    verdicts = pd.DataFrame(
        {
            "area_code": ["1", "1", "1", "2"],
            "ai_job": pd.array([True, False, None, False], dtype="boolean"),
            "probability": pd.array([1.0, 0.0, None, 0.0], dtype="Float64"),
        }
    )
    found = counts_by(verdicts, "area_code", "embedding").set_index("area_code")
    assert found.loc["1"].to_dict() == pytest.approx(
        {
            "ai_postings": 1,
            "ai_postings_expected": 1,
            "ai_postings_low": 1,
            "ai_postings_high": 2,
            "unknown": 1,
        }
    )
    assert found.loc["2", "ai_postings_high"] == 0
