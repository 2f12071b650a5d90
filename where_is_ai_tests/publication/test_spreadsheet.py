"""A text in a CSV is never a formula, and comes back as it was."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.publication.edition import as_csv
from where_is_ai.publication.spreadsheet import guarded, unguarded

DANGEROUS = "=+-@\t\r\n＝＋－＠"
texts = st.text(st.sampled_from(["'", *DANGEROUS, "a", " ", "\u00a0", ";", '"', ",", "é"]), max_size=8)


@given(texts)
def test_no_guarded_text_begins_as_a_formula_does(text):
    assert not guarded(text).startswith(tuple(DANGEROUS))


@given(texts, st.sampled_from([";", "\t", "\n", "\r"]))
def test_no_cell_of_another_locale_begins_as_a_formula_does(text, separator):
    for cell in guarded(text).split(separator):
        assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠"))


@pytest.mark.parametrize(
    ("text", "kept"), [(" =1+1", "' =1+1"), ("Acme; =1+1", "Acme;' =1+1"), ("a\t@b", "a\t'@b")]
)
def test_blanks_and_separators_before_a_formula_hide_nothing(text, kept):
    assert guarded(text) == kept


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
