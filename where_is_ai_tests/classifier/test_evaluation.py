"""Scores of labelled predictions, on frames small enough to count by hand, and of those that ship."""

import numpy as np
import pandas as pd
import pytest

from where_is_ai.classifier.evaluation import evaluate, predict, read_out_of_fold
from where_is_ai.classifier.keywords import KeywordsClassifier
from where_is_ai_tests.classifier.made_up_postings import frame


def predictions(rows: list[tuple]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["employer", "ai_job", "verdict", "probability", "title"])
    return table.assign(classifier="one").astype({"verdict": "boolean", "probability": "Float64"})


FOUR = predictions(
    [
        (0, True, True, 0.9, "hit"),
        (0, False, True, 0.8, "false alarm"),
        (1, True, None, None, "unknown"),
        (1, False, False, 0.1, "passed"),
    ]
)


def test_an_unknown_verdict_counts_as_a_mistake():
    values = evaluate(FOUR).scores.set_index("measure")["value"]
    assert values.to_dict() == {"accuracy": 0.5, "precision": 0.5, "recall": 0.5, "f1": 0.5}
    confusion = evaluate(FOUR).confusion.set_index(["ai_job", "verdict"])["postings"].to_dict()
    assert confusion == {(True, "true"): 1, (False, "true"): 1, (True, "unknown"): 1, (False, "false"): 1}


def test_the_worst_mistakes_come_first_by_title():
    assert evaluate(FOUR).mistakes["title"].tolist() == ["false alarm", "unknown"]


def test_intervals_resample_employers_not_postings():
    """A hundred postings of two employers, one all right and one all wrong, tell no more than two postings."""
    many = predictions([(e, True, e == 0, 0.5, "") for e in (0, 1) for _ in range(50)])
    accuracy = evaluate(many).scores.set_index("measure").loc["accuracy"]
    assert (accuracy["value"], accuracy["low"], accuracy["high"]) == (0.5, 0.0, 1.0)
    assert (accuracy["postings"], accuracy["employers"]) == (100, 2)


def test_reliability_sets_stated_against_observed():
    stated = [0.05] * 40 + [0.95] * 20
    rows = [(i, i % 40 == 0 if p < 0.5 else i % 20 != 0, p > 0.5, p, "") for i, p in enumerate(stated)]
    table = evaluate(predictions(rows)).reliability
    assert table["stated"].tolist() == pytest.approx([0.05, 0.95])
    assert table["observed"].tolist() == pytest.approx([1 / 40, 19 / 20])
    assert (table["low"] < table["observed"]).all()
    assert (table["observed"] < table["high"]).all()
    assert table["postings"].tolist() == [40, 20]


def test_the_embedding_classifier_keeps_what_is_promised_on_employers_it_has_not_seen():
    found = evaluate(read_out_of_fold())
    values = found.scores.set_index(["classifier", "measure"])["value"]
    assert values["embedding", "accuracy"] >= 0.93
    assert values["embedding", "f1"] >= 0.87
    assert values["embedding", "precision"] >= 0.86
    assert values["keywords", "precision"] < 0.5
    assert found.confusion.groupby("classifier")["postings"].sum().eq(299).all()


def test_its_probabilities_are_calibrated_on_employers_it_has_not_seen():
    one = read_out_of_fold().query("classifier == 'embedding'")
    stated, observed = one["probability"].astype(float), one["ai_job"].to_numpy(float)
    assert abs(stated.mean() - observed.mean()) < 0.03
    assert np.mean((stated - observed) ** 2) < 0.05


def test_only_the_worst_mistakes_have_titles():
    shipped = read_out_of_fold()
    mistaken = shipped["verdict"] != shipped["ai_job"]
    assert shipped["title"].notna().groupby(shipped["classifier"]).sum().max() <= 15
    assert mistaken[shipped["title"].notna()].all()


def test_any_classifier_can_be_evaluated_on_labelled_postings():
    found = evaluate(predict(frame(), KeywordsClassifier()))
    assert found.confusion["postings"].sum() == len(frame())
    assert found.scores.query("measure == 'precision'")["value"].item() < 0.8
    assert set(found.mistakes["title"]) <= set(frame()["title"])
