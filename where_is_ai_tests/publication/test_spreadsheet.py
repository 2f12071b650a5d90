"""A text in a CSV is never a formula, and comes back as it was."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.publication.edition import as_csv
from where_is_ai.publication.spreadsheet import guarded, unguarded

DANGEROUS = "=+-@\t\r\n＝＋－＠"
texts = st.text(st.sampled_from(["'", *DANGEROUS, "a", " ", '"', ",", "é"]), max_size=8)


@given(texts)
def test_no_guarded_text_begins_as_a_formula_does(text):
    assert not guarded(text).startswith(tuple(DANGEROUS))


@given(texts)
def test_guarding_is_undone(text):
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["", "Paris", "'s-Hertogenbosch", "a=b", "2026-05"])
def test_other_texts_are_left_alone(text):
    assert guarded(text) == text


def test_a_csv_guards_texts_and_not_numbers():
    table = pd.DataFrame(
        {"institution": ["=1+1", "Inria", None], "change": pd.array([-20, None, 5], dtype="Int64")}
    )
    assert as_csv(table) == "institution,change\n'=1+1,-20\nInria,\n,5\n"
