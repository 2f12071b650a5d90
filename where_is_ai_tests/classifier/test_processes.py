"""Verdicts by several processes are those of one, in order."""

from functools import partial

import pytest

from where_is_ai.classifier import choice, classifier, processes
from where_is_ai.classifier.keywords import KeywordsClassifier
from where_is_ai.classifier.processes import InProcesses
from where_is_ai.errors import UsageError
from where_is_ai_tests.classifier.installed import needs_embedding
from where_is_ai_tests.classifier.made_up_postings import postings


def test_they_come_back_in_order(monkeypatch):
    monkeypatch.setattr(processes, "PARTITION", 7)
    many = postings() * 3
    shared, alone = InProcesses(KeywordsClassifier, 2), KeywordsClassifier()
    assert list(shared.verdicts(many)) == list(alone.verdicts(many))
    assert (shared.name, shared.label) == (alone.name, alone.label)


def test_only_some_partitions_are_read_ahead(monkeypatch):
    monkeypatch.setattr(processes, "PARTITION", 5)
    read = []

    def each():
        for posting in postings():
            read.append(posting)
            yield posting

    verdicts = InProcesses(KeywordsClassifier, 1).verdicts(each())
    next(verdicts)
    assert len(read) == 5 * (processes.WAITING + 1)
    verdicts.close()


def test_the_setting_says_how_many(monkeypatch):
    monkeypatch.setenv(choice.PROCESSES_SETTING, "2")
    assert isinstance(classifier("keywords"), InProcesses)
    monkeypatch.setenv(choice.PROCESSES_SETTING, "1")
    assert isinstance(classifier("keywords"), KeywordsClassifier)


@pytest.mark.parametrize("given", ["0", "-1", "many", "1.5"])
def test_a_number_that_is_none_is_an_error_of_usage(monkeypatch, given):
    monkeypatch.setenv(choice.PROCESSES_SETTING, given)
    with pytest.raises(UsageError, match="not a number of processes"):
        classifier("keywords")


@needs_embedding
@pytest.mark.slow
def test_with_the_model_too(monkeypatch):
    monkeypatch.setattr(processes, "PARTITION", 20)
    shared = InProcesses(partial(choice._make, "embedding"), 2)
    assert list(shared.verdicts(postings())) == list(classifier("embedding").verdicts(postings()))
