"""Reading a posting: markup, sentences, the horizon."""

import html

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.classifier.features import (
    NAMES,
    SENTENCE_KINDS,
    feature_row,
    read_posting,
    sentence_words,
)
from where_is_ai.classifier.text import (
    HORIZON_CHARS,
    SENTENCE_WORDS,
    cleaned,
    sentences,
    without_company,
)


@pytest.mark.parametrize("written", [str, html.escape], ids=["plain", "escaped"])
def test_markup_is_read_as_a_person_would(written):
    markup = "<p>We&nbsp;build <b>models</b> &amp; tools.</p><ul><li>Train them</li><li>Serve them</li></ul>"
    assert [sentence for _, sentence in sentences(cleaned(written(markup)))] == [
        "We build models & tools.",
        "Train them",
        "Serve them",
    ]


def test_bullets_that_lost_their_full_stops_come_apart():
    flattened = (
        "Construct and fit statistical models with product managers and engineers Write production code and review it "
        "Design and run experiments in production"
    )
    assert [sentence for _, sentence in sentences(flattened)] == [
        "Construct and fit statistical models with product managers and engineers",
        "Write production code and review it",
        "Design and run experiments in production",
    ]


def test_the_employer_is_the_company_whatever_its_name_holds():
    assert without_company("Deeplake AI is hiring. Join Deeplake AI!", "Deeplake AI") == (
        "the company is hiring. Join the company!"
    )
    assert without_company("Mailing lists", "AI") == "Mailing lists"


@given(st.text(max_size=400))
def test_sentences_are_short_and_hold_the_text_in_order(text):
    found = sentences(cleaned(text))
    assert all(len(sentence.split()) <= SENTENCE_WORDS for _, sentence in found)
    assert [at for at, _ in found] == sorted(at for at, _ in found)
    characters = iter(cleaned(text))
    assert all(character in characters for _, sentence in found for character in "".join(sentence.split()))


@given(st.text(max_size=60), st.text(max_size=200), st.text(max_size=600))
def test_every_posting_has_finite_features(company, title, text):
    read = read_posting(company, title, text)
    kinds = [1 / len(SENTENCE_KINDS)] * len(SENTENCE_KINDS)
    readings = np.array([[*sentence_words(sentence), *kinds] for sentence in read.sentences])
    row = feature_row(read.title, 0.0, readings, read.place)
    assert row.shape == (len(NAMES),)
    assert np.isfinite(row).all()


def test_nothing_behind_the_horizon_is_read():
    start = "You will keep our servers running. " * (HORIZON_CHARS // 30)
    assert read_posting("", "SRE", start + "You will train models.").sentences == (
        read_posting("", "SRE", start + "Bring a friend.").sentences
    )
