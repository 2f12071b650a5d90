"""Quarters: both spellings, bounds, what has ended."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.errors import UsageError
from where_is_ai.quarters import Quarter

quarters = st.builds(Quarter, st.integers(1990, 2090), st.integers(1, 4))


@given(quarters)
def test_every_spelling_means_the_same(quarter):
    written = str(quarter)
    for spelling in (written, written.lower(), written.replace("-", ""), quarter.partition_key):
        assert Quarter.parse(spelling) == quarter


@given(quarters)
def test_quarters_follow_each_other_without_gap(quarter):
    assert quarter.next.previous == quarter
    assert quarter.last_day + timedelta(days=1) == quarter.next.first_day
    assert Quarter.of(quarter.first_day) == Quarter.of(quarter.last_day) == quarter
    assert quarter < quarter.next


@given(quarters)
def test_the_trailing_year_ends_with_the_quarter(quarter):
    first, last = quarter.trailing_12_months
    assert last == quarter.last_day
    assert first == Quarter(quarter.year - 1, quarter.number).next.first_day


@pytest.mark.parametrize("words", ["2026", "2026-Q5", "2026-05", "Q2 2026", "", "2026-Q2x"])
def test_other_words_are_refused_with_an_example(words):
    with pytest.raises(UsageError, match="2026-Q2"):
        Quarter.parse(words)


def test_a_quarter_that_has_not_ended_names_the_one_that_has():
    with pytest.raises(UsageError, match=r"2026-Q4 has not ended.*2026-Q3"):
        Quarter(2026, 4).require_ended(date(2026, 11, 22))
    with pytest.raises(UsageError, match="has not ended"):
        Quarter(2026, 2).require_ended(date(2026, 6, 30))
    Quarter(2026, 2).require_ended(date(2026, 7, 1))
