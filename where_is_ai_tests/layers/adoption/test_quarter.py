"""A quarter is the mean of its cycles; a suppressed cycle is never zero, and two wordings are never averaged."""

from math import sqrt

import pandas as pd
import pytest

from where_is_ai.errors import BadUpstream
from where_is_ai.geography.names import state_names_by_code
from where_is_ai.layers.adoption.origin import RECEIVED
from where_is_ai.layers.adoption.quarter import ALL_SUPPRESSED, TWO_WORDINGS, by_metro, by_state, sample_of
from where_is_ai.layers.adoption.schema import BtosAnswers, MetroAdoption, StateAdoption
from where_is_ai.layers.adoption.source import survey_metros
from where_is_ai.quarters import Quarter
from where_is_ai_tests.layers.adoption.workbooks import LATER, NEW, OLD, read, rearranged, workbook

QUARTER = Quarter(2025, 2)


def states(shares, errors=None) -> pd.DataFrame:
    """StateAdoption by state; cells are of the cycles 202514 (of the next quarter), 202513, 202512 and 202511."""
    answers, cycles = read(workbook(shares, errors or {key: ["1.0%"] * 4 for key in shares}))
    BtosAnswers.validate(answers)
    rows = StateAdoption.validate(by_state(answers, cycles, state_names_by_code(), QUARTER, RECEIVED))
    return rows.set_index("state")


def test_a_quarter_is_the_mean_of_the_cycles_that_ended_in_it_with_its_error():
    rows = states(
        {("UT", OLD): ["90%", "12.0%", "10.0%", "8.0%"], ("UT", LATER): ["90%", "20%", "S", "10%"]},
        {("UT", OLD): ["9%", "3.00%", "4.00%", "0.00%"], ("UT", LATER): ["9%", "1%", "S", "1%"]},
    )
    row = rows.loc["UT"]
    assert row["ai_use_pct"] == 10
    assert row["ai_use_se_pct"] == pytest.approx(5 / 3)
    assert row["ai_use_high_pct"] == pytest.approx(10 + 1.645 * 5 / 3)
    assert (row["cycles"], row["suppressed_cycles"], row["cycles_in_quarter"]) == (3, 0, 3)
    assert row["expected_6m_pct"] == 15
    assert row["expected_6m_se_pct"] == pytest.approx(sqrt(2) / 2)
    assert (row["expected_6m_cycles"], row["expected_6m_suppressed_cycles"]) == (2, 1)


def test_a_suppressed_cycle_is_left_out_marked_and_keeps_the_state_out_of_the_ranking():
    rows = states({("DC", OLD): ["S", "30%", "S", "20%"], ("UT", OLD): ["1%", "10%", "10%", "10%"]})
    assert (rows.loc["DC", "ai_use_pct"], rows.loc["DC", "suppressed_cycles"]) == (25, 1)
    assert rows.loc["DC", "selected"]
    assert pd.isna(rows.loc["DC", "rank"])
    assert rows.loc["UT", "rank"] == 1


def test_what_is_suppressed_in_every_cycle_is_unknown_and_says_so():
    row = states({("MS", OLD): ["S"] * 4}).loc["MS"]
    assert pd.isna(row["ai_use_pct"])
    assert (row["why_unknown"], row["suppressed_cycles"]) == (ALL_SUPPRESSED, 3)


def test_a_cycle_that_was_not_asked_is_neither_suppressed_nor_zero():
    row = states({("UT", OLD): [".", ".", "10%", "20%"]}).loc["UT"]
    assert (row["ai_use_pct"], row["cycles"], row["suppressed_cycles"], row["selected"]) == (15, 2, 0, False)


def test_a_quarter_in_which_the_wording_changed_has_no_number():
    row = states({("UT", OLD): [".", ".", "10%", "10%"], ("UT", NEW): ["17%", "17%", ".", "."]}).loc["UT"]
    assert pd.isna(row["ai_use_pct"])
    assert row["why_unknown"] == TWO_WORDINGS


def test_a_quarter_with_the_new_wording_alone_has_its_number_and_names_the_wording():
    row = states({("UT", OLD): ["."] * 4, ("UT", NEW): ["17%"] * 4}).loc["UT"]
    assert (row["ai_use_pct"], row["wording"]) == (17, "any business function")


def test_firms_of_several_states_are_no_state():
    assert list(states({("XX", OLD): ["9%"] * 4, ("UT", OLD): ["8%"] * 4}).index) == ["UT"]


def test_a_quarter_without_a_cycle_has_no_row():
    answers, cycles = read(workbook({("UT", OLD): ["8%"] * 4}, {("UT", OLD): ["1%"] * 4}))
    assert by_state(answers, cycles, state_names_by_code(), Quarter(2026, 2), RECEIVED).empty


@pytest.mark.parametrize("named", ["35620", "New York-Newark-Jersey City, NY-NJ-PA"])
def test_metros_are_known_by_code_or_by_their_name_of_2020(named):
    content = workbook({(named, OLD): ["8%"] * 4}, {(named, OLD): ["1%"] * 4}, first="MSA")
    places = pd.DataFrame({"area_code": ["35620"], "lat": [40.7], "lon": [-74.0]})
    row = MetroAdoption.validate(by_metro(*read(content), survey_metros(), places, QUARTER, RECEIVED)).iloc[0]
    assert (row["area_code"], row["ai_use_pct"], row["lat"]) == ("35620", 8, 40.7)


def test_the_survey_has_25_metros_without_san_jose_austin_and_raleigh():
    codes = set(survey_metros()["area_code"])
    assert len(codes) == 25
    assert not codes & {"41940", "12420", "39580"}


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ({("UT", OLD): ["8%", "many", "8%", "8%"]}, "'many' in cycle 202513"),
        ({("Utah", OLD): ["8%"] * 4}, "'Utah', which is neither a state"),
        ({("UT", OLD.replace("in producing", "when making")): ["8%"] * 4}, "in words that are not known"),
        ({("UT", "What is the weather?"): ["8%"] * 4}, "no answer Yes"),
    ],
)
def test_what_can_t_be_read_is_refused_by_name(shares, said):
    with pytest.raises(BadUpstream, match=r"State\.xlsx") as refused:
        read(workbook(shares, {key: ["1%"] * 4 for key in shares}))
    assert said in str(refused.value)


def test_a_later_layout_with_other_columns_in_another_order_is_read_alike():
    rows = {("UT", OLD): ["8%", "10.0%", "12.0%", "14.0%"]}
    errors = {("UT", OLD): ["1%"] * 4}
    plain, moved = read(workbook(rows, errors)), read(rearranged(workbook(rows, errors)))
    for ours, theirs in zip(plain, moved, strict=True):
        pd.testing.assert_frame_equal(ours, theirs)


@pytest.mark.parametrize(
    ("cycle", "sample"),
    [("202416", "before 202417"), ("202417", "202417"), ("202520", "202515"), ("202619", "202616")],
)
def test_each_cycle_belongs_to_one_sample(cycle, sample):
    assert sample_of(cycle) == sample


def test_a_cycle_after_the_newest_sample_s_time_is_refused_and_says_which_line_to_add():
    assert sample_of("202717") == "202616"
    with pytest.raises(BadUpstream, match=r"202720 is 30 cycles after .* 202616") as refused:
        sample_of("202720")
    assert "as a line to where_is_ai/layers/adoption/samples.csv" in str(refused.value)
