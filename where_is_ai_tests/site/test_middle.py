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
    assert middle([bound(10), exact(20), exact(30)], True) == Middle(20, True, 20, 30)
    assert middle([exact(10), exact(20), bound(30)], True) == Middle(20, False, 20, 20)
    assert middle([exact(10), bound(20)], True) == Middle(15, True, 15, None)


def test_unknown_metros_are_left_out():
    assert middle([UNKNOWN, exact(20)], True) == Middle(20, False, 20, 20)
    assert middle([UNKNOWN], True) is None


def test_a_value_without_an_upper_end_is_no_bound_where_the_layer_has_none():
    assert middle([bound(10)], False) == Middle(10, False, 10, 10)


def test_the_middle_has_no_range_where_nobody_gives_one():
    without = [{"value": value, "low": None, "high": None} for value in (1, 2, 3)]
    assert middle(without, False) == Middle(2, False)


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(0, 9), st.integers(0, 9), st.integers(-9, 9)), min_size=1
    )
)
def test_the_middle_of_any_numbers_within_their_ranges_lies_within_its_own(metros):
    ranged = [{"value": value, "low": value - down, "high": value + up} for value, down, up, _ in metros]
    said = middle(ranged, True)
    truth = [max(value - down, min(value + up, value + moved)) for value, down, up, moved in metros]
    assert said.low <= middle([exact(value) for value in truth], True).value <= said.high


@given(st.lists(st.tuples(st.integers(0, 50), st.booleans(), st.integers(0, 50)), min_size=1))
def test_the_middle_of_what_the_bounds_hide_is_never_below_it_and_without_a_mark_it_is_the_same(metros):
    said = middle([bound(value) if hidden else exact(value) for value, hidden, _ in metros], True)
    truth = middle([exact(value + more * hidden) for value, hidden, more in metros], True)
    assert truth.value == said.value if not said.at_least else truth.value >= said.value
