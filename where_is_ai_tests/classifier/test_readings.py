"""Sentences are read once, in any company, and forgotten in time."""

import numpy as np
import pytest

from where_is_ai.classifier.encoder import shared_encoder
from where_is_ai.classifier.features import SENTENCE_KINDS, read_posting
from where_is_ai.classifier.language import LanguageWeights
from where_is_ai.classifier.readings import Readings
from where_is_ai_tests.classifier.installed import needs_embedding
from where_is_ai_tests.classifier.made_up_postings import postings

DIMENSIONS = 6
LANGUAGE = LanguageWeights(
    np.arange(len(SENTENCE_KINDS) * DIMENSIONS).reshape(-1, DIMENSIONS) / 10,
    np.zeros(len(SENTENCE_KINDS)),
    np.ones(DIMENSIONS),
    0.0,
)
TRAINS, MODELS = "You train machine learning models.", "You evaluate language models."


class Counting:
    """An encoder that remembers what it was asked."""

    def __init__(self):
        self.asked: list[str] = []

    def encode(self, texts):
        self.asked += texts
        return np.array([[text.count(letter) for letter in "aeiout"] for text in texts], dtype=float)


def read(title, *sentences):
    return read_posting("", title, " ".join(sentences))


def test_equal_sentences_and_titles_are_encoded_once():
    encoder = Counting()
    readings = Readings(LANGUAGE, encoder)
    first = readings.read([read("Engineer", TRAINS, MODELS), read("Engineer", TRAINS)])
    again = readings.read([read("Engineer", MODELS)])
    assert sorted(encoder.asked) == sorted(["Engineer", TRAINS, MODELS])
    assert np.array_equal(first[0][1][1], again[0][1][0])


def test_a_sentence_without_a_term_for_work_on_models_is_not_encoded():
    encoder = Counting()
    ((_, rows),) = Readings(LANGUAGE, encoder).read([read("Baker", "You bake bread.", TRAINS)])
    assert encoder.asked == ["Baker", TRAINS]
    assert rows[0, -len(SENTENCE_KINDS) :].tolist() == [0.0] * len(SENTENCE_KINDS)
    assert rows[1, -len(SENTENCE_KINDS) :].sum() == pytest.approx(1)


def test_no_more_is_kept_than_was_allowed():
    encoder = Counting()
    readings = Readings(LANGUAGE, encoder, kept=3)
    for number in range(10):
        readings.read([read(f"Engineer {number}", f"You train {number} models.")])
    readings.read([read("Engineer 9"), read("Engineer 0")])
    assert encoder.asked.count("Engineer 9") == 1
    assert encoder.asked.count("Engineer 0") == 2


def test_a_posting_longer_than_what_is_kept_is_still_read():
    many = [f"You train {number} models." for number in range(20)]
    ((_, rows),) = Readings(LANGUAGE, Counting(), kept=3).read([read("Engineer", *many)])
    assert len(rows) == 20


@needs_embedding
def test_a_text_s_vector_is_the_same_to_the_last_bit_in_any_batch():
    texts = [posting.title for posting in postings()] + [posting.text for posting in postings()[:20]]
    encoder = shared_encoder()
    together = encoder.encode(texts)
    assert np.array_equal(encoder.encode(texts[::-1])[::-1], together)
    for number in (0, 7, len(texts) - 1):
        assert np.array_equal(encoder.encode([texts[number]])[0], together[number])


@needs_embedding
def test_vectors_have_length_one():
    assert np.linalg.norm(shared_encoder().encode(["Engineer", TRAINS]), axis=1) == pytest.approx([1, 1])
