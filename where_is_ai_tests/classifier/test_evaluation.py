"""Scores of labelled predictions, on frames small enough to count by hand, and of those that ship."""

import numpy as np
import pandas as pd
import pytest

from where_is_ai.classifier.evaluation import (
    evaluate,
    outside_technology,
    overcalled,
    predict,
    read_out_of_fold,
    report,
)
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


@pytest.mark.parametrize("held_out", ["employer", "sector"])
def test_the_embedding_classifier_keeps_what_is_promised_on_what_it_has_not_seen(held_out):
    predictions = read_out_of_fold(held_out)
    found = evaluate(predictions)
    values = found.scores.set_index(["classifier", "measure"])["value"]
    assert values["embedding", "accuracy"] >= 0.93
    assert values["embedding", "f1"] >= 0.87
    assert values["embedding", "precision"] >= 0.86
    assert values["keywords", "precision"] < 0.5
    assert found.confusion.groupby("classifier")["postings"].sum().eq(613).all()


@pytest.mark.parametrize("held_out", ["employer", "sector"])
def test_outside_technology_it_hardly_calls_anything_an_ai_job_that_is_none(held_out):
    """At most one in a hundred of those whose label is beyond argument, and few of all."""
    predictions = outside_technology(read_out_of_fold(held_out))
    every = overcalled(predictions).set_index("classifier")["share"]
    sure = overcalled(predictions[predictions["confidence"] == 3]).set_index("classifier")["share"]
    assert sure["embedding"] <= 0.01
    assert every["embedding"] <= 0.012 < every["keywords"]


def test_titles_alone_do_worse_than_the_whole_posting_and_better_than_keywords():
    f1 = evaluate(read_out_of_fold()).scores.query("measure == 'f1'").set_index("classifier")["value"]
    assert f1["keywords"] < f1["title"] < f1["embedding"]
    assert f1["title"] > 0.75


@pytest.mark.parametrize("classifier", ["embedding", "title"])
def test_its_probabilities_are_calibrated_on_employers_it_has_not_seen(classifier):
    one = read_out_of_fold().query("classifier == @classifier")
    stated, observed = one["probability"].astype(float), one["ai_job"].to_numpy(float)
    assert abs(stated.mean() - observed.mean()) < 0.03
    assert np.mean((stated - observed) ** 2) < (0.04 if classifier == "embedding" else 0.07)


def test_no_word_of_a_posting_ships():
    assert list(read_out_of_fold().columns) == [
        *("classifier", "held_out", "employer", "sector", "confidence", "ai_job", "verdict", "probability")
    ]


def test_the_report_states_what_was_held_out_where():
    text = report(pd.concat([read_out_of_fold("employer"), read_out_of_fold("sector")]))
    for headline in ("employers held out, all", "sectors held out, outside technology"):
        assert headline in text


def test_any_classifier_can_be_evaluated_on_labelled_postings():
    found = evaluate(predict(frame(), KeywordsClassifier()))
    assert found.confusion["postings"].sum() == len(frame())
    assert found.scores.query("measure == 'precision'")["value"].item() < 0.8
    assert set(found.mistakes["title"]) <= set(frame()["title"])
