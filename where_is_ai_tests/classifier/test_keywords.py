"""The baseline and the choice among classifiers."""

import pandas as pd
import pytest

from where_is_ai import classifier as rooms
from where_is_ai.classifier import Posting, Verdict, choice, encoder
from where_is_ai.classifier.keywords import KeywordsClassifier
from where_is_ai.classifier.protocol import UNKNOWN, ClassifierUnavailable
from where_is_ai.errors import UsageError


def judged(title: str, text: str) -> Verdict:
    return next(KeywordsClassifier().verdicts([Posting("", title, text)]))


@pytest.mark.parametrize("text", ["We use AI.", "a machine learning platform", "LLMs everywhere"])
def test_a_keyword_anywhere_is_enough(text):
    assert judged("Cook", text).ai_job


@pytest.mark.parametrize("text", ["", "You maintain trains and aim high.", "an ai without capitals in said"])
def test_no_keyword_no_ai_job(text):
    assert judged("Cook", text).ai_job is False


def test_its_probability_is_the_share_that_was_measured():
    with_keyword, without = judged("Cook", "AI").probability, judged("Cook", "Soup").probability
    assert 0.35 < with_keyword < 0.5
    assert 0 < without < 0.1


def test_a_posting_without_words_is_unknown():
    assert judged(" ", "") == UNKNOWN


def test_a_table_is_judged_row_by_row_and_says_by_whom():
    table = pd.DataFrame(
        {
            "id": ["a", "b", "c"],
            "company": ["X", None, "Y"],
            "title": ["ML Engineer", "Cook", None],
            "text": [None, "You cook.", pd.NA],
        },
        index=[7, 3, 5],
    )
    found = rooms.classify(table, KeywordsClassifier())
    assert found.index.tolist() == [7, 3, 5]
    assert found["id"].tolist() == ["a", "b", "c"]
    assert found["ai_job"].tolist()[:2] == [True, False]
    assert found["ai_job"].isna().tolist() == [False, False, True]
    assert found["probability"].isna().tolist() == [False, False, True]
    assert set(found["classifier"]) == {"keywords 1"}


def test_without_the_extra_keywords_is_the_default_and_embedding_says_what_to_do(monkeypatch):
    monkeypatch.delenv(choice.SETTING, raising=False)
    monkeypatch.setattr(choice, "embedding_obtainable", lambda: False)
    assert rooms.default_classifier() == "keywords"
    monkeypatch.setattr(encoder, "sentence_transformer", _missing)
    encoder.shared_encoder.cache_clear()
    with pytest.raises(ClassifierUnavailable, match="make classifier"):
        rooms.classifier("embedding")


def test_with_the_extra_embedding_is_the_default_and_the_setting_wins(monkeypatch):
    monkeypatch.delenv(choice.SETTING, raising=False)
    monkeypatch.setattr(choice, "embedding_obtainable", lambda: True)
    assert rooms.default_classifier() == "embedding"
    monkeypatch.setenv(choice.SETTING, "keywords")
    assert rooms.default_classifier() == "keywords"
    assert rooms.classifier().label == "keywords 1"


@pytest.mark.parametrize("from_setting", [True, False])
def test_an_unknown_name_is_an_error_of_usage(monkeypatch, from_setting):
    if from_setting:
        monkeypatch.setenv(choice.SETTING, "oracle")
    with pytest.raises(UsageError, match=r"oracle.*keywords, title, embedding, llm"):
        rooms.classifier(None if from_setting else "oracle")


def _missing(_source):
    raise ClassifierUnavailable(
        "The classifier 'embedding' needs sentence-transformers, which isn't installed.",
        "Run 'make classifier'.",
    )
