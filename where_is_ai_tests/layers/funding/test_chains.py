"""Offerings and their amendments: only what a quarter adds counts, and nothing counts twice."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from where_is_ai.layers.funding.chains import (
    NOT_AT_HAND,
    NOT_GIVEN,
    NOT_GIVEN_BEFORE,
    in_quarter,
    offerings_of,
)
from where_is_ai.quarters import Quarter
from where_is_ai_tests.layers.funding.filings import BEFORE, QUARTER, amendment, data_set_of, filing, read

FIRST, SECOND, THIRD, OTHER = (f"0000000001-26-00000{number}" for number in range(1, 5))
FILE = {"FILE_NUM": "021-7"}


def quarter_of(folder, before: list[dict], now: list[dict]) -> pd.Series:
    """What the quarter added to the one offering there is."""
    filings = {BEFORE: before, QUARTER: now} if before else {QUARTER: now}
    rows = read(folder, {quarter: data_set_of(*each) for quarter, each in filings.items()})
    rows = in_quarter(rows.assign(offering=offerings_of(rows)), QUARTER)
    assert len(rows) == 1
    return rows.iloc[0]


def amounts(row: pd.Series) -> list[float]:
    return row[["sold_before_usd", "amount_sold_usd", "amount_corrected_usd"]].to_list()


def test_an_offering_counts_whole_where_it_begins_and_an_amendment_only_its_increase(tmp_path):
    assert amounts(quarter_of(tmp_path / "a", [], [filing(FIRST, sold=5)])) == [0, 5, 0]
    row = quarter_of(tmp_path / "b", [filing(FIRST, sold=5)], [amendment(SECOND, FIRST, 8)])
    assert amounts(row) == [5, 3, 0]
    assert (row["offering"], row["before_accession_number"], row["filings"]) == (FIRST, FIRST, 1)


def test_a_decrease_is_a_correction(tmp_path):
    assert amounts(quarter_of(tmp_path, [filing(FIRST, sold=5)], [amendment(SECOND, FIRST, 2)])) == [5, 0, -3]


def test_two_amendments_of_the_same_filing_don_t_both_count_from_it(tmp_path):
    row = quarter_of(
        tmp_path, [filing(FIRST, sold=5), amendment(SECOND, FIRST, 7)], [amendment(THIRD, FIRST, 9)]
    )
    assert amounts(row) == [7, 2, 0]


def test_what_is_mended_within_the_quarter_is_neither_sold_nor_corrected(tmp_path):
    now = [filing(FIRST, sold=5_000), amendment(SECOND, FIRST, 5, FILING_DATE="20-MAY-2026")]
    row = quarter_of(tmp_path, [], now)
    assert amounts(row) == [0, 5, 0]
    assert row["filings"] == 2


def test_of_one_day_the_amendment_comes_after_what_it_amends_and_a_number_is_the_same_without_dashes(
    tmp_path,
):
    now = [filing(THIRD, sold=5), amendment(SECOND, THIRD.replace("-", ""), 8)]
    row = quarter_of(tmp_path, [], now)
    assert amounts(row) == [0, 8, 0]
    assert (row["accession_number"], row["offering"]) == (SECOND, THIRD)


def test_filings_that_share_a_file_number_are_one_offering(tmp_path):
    row = quarter_of(tmp_path, [filing(FIRST, sold=5, **FILE)], [amendment(SECOND, "", 8, **FILE)])
    assert amounts(row) == [5, 3, 0]


@pytest.mark.parametrize(
    ("before", "now", "why"),
    [
        ([], amendment(SECOND, OTHER, 8), NOT_AT_HAND),
        ([], filing(FIRST, sold=""), NOT_GIVEN),
        ([filing(FIRST, sold="")], amendment(SECOND, FIRST, 8), NOT_GIVEN_BEFORE),
    ],
)
def test_where_nothing_says_what_was_added_it_is_unknown(tmp_path, before, now, why):
    row = quarter_of(tmp_path, before, [now])
    assert pd.isna(row["amount_sold_usd"])
    assert row["why_unknown"] == why


@settings(max_examples=40)
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=6), st.data())
def test_what_all_quarters_added_and_corrected_is_what_was_sold_in_the_end(sold, data):
    quarters = [Quarter(2024, 1)]
    while len(quarters) < len(sold):
        quarters.append(quarters[-1].next)
    numbers = [f"0000000001-24-{number:06d}" for number in range(len(sold))]
    earlier = [None, *(data.draw(st.sampled_from(numbers[:at])) for at in range(1, len(sold)))]
    rows = pd.DataFrame(
        {
            "accession_number": numbers,
            "data_set": [str(each) for each in quarters],
            "filing_date": pd.Series([None] * len(sold), dtype="str"),
            "previous_accession_number": pd.Series(earlier, dtype="str"),
            "file_number": pd.Series([None] * len(sold), dtype="str"),
            "amendment": [each is not None for each in earlier],
            "sold_usd": pd.array(sold, dtype="Float64"),
        }
    )
    rows["offering"] = offerings_of(rows)
    assert set(rows["offering"]) == {numbers[0]}
    added = pd.concat([in_quarter(rows, each) for each in quarters])
    assert added["amount_sold_usd"].sum() + added["amount_corrected_usd"].sum() == sold[-1]
    ups = sum(max(now - before, 0) for before, now in pairwise([0, *sold]))
    assert added["amount_sold_usd"].sum() == ups
