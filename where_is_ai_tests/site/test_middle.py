"""The middle of metros is a lower bound where a metro up to it is one."""

from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.site.middle import Middle, middle


def exact(value):
    return {"value": value, "low": value, "high": value}


def bound(value):
    return {"value": value, "low": value, "high": None}


UNKNOWN = {"value": None, "low": None, "high": None}


def test_a_bound_up_to_the_middle_makes_it_one_and_a_bound_above_does_not():
    assert middle([bound(10), exact(20), exact(30)], True) == Middle(20, True)
    assert middle([exact(10), exact(20), bound(30)], True) == Middle(20, False)
    assert middle([exact(10), bound(20)], True) == Middle(15, True)


def test_unknown_metros_are_left_out():
    assert middle([UNKNOWN, exact(20)], True) == Middle(20, False)
    assert middle([UNKNOWN], True) is None


def test_a_value_without_an_upper_end_is_no_bound_where_the_layer_has_none():
    assert middle([bound(10)], False) == Middle(10, False)


@given(st.lists(st.tuples(st.integers(0, 50), st.booleans(), st.integers(0, 50)), min_size=1))
def test_the_middle_of_what_the_bounds_hide_is_never_below_it_and_without_a_mark_it_is_the_same(metros):
    said = middle([bound(value) if hidden else exact(value) for value, hidden, _ in metros], True)
    truth = middle([exact(value + more * hidden) for value, hidden, more in metros], True)
    assert truth.value == said.value if not said.at_least else truth.value >= said.value
