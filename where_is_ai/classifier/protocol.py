"""The one small protocol behind which every classifier stands."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

import pandas as pd

from where_is_ai.errors import WhereIsAIError


class ClassifierUnavailable(WhereIsAIError):
    """The chosen classifier can't run here: something it needs isn't installed, found or reachable."""


class Posting(NamedTuple):
    """What a classifier may know of a posting."""

    company: str
    title: str
    text: str


class Verdict(NamedTuple):
    """``ai_job`` and the ``probability`` that it is one; None is unknown, never a guess."""

    ai_job: bool | None
    probability: float | None


UNKNOWN = Verdict(None, None)
THRESHOLD = 0.65
"""From which probability on a posting is called an AI job.

Above a half, since AI jobs are rarer among all postings than among the labelled ones: calling an opening an AI job
wrongly weighs more where few are.
"""
PROBABILITY_DIGITS = 4


def rounded_verdict(probability: float) -> Verdict:
    """The verdict by a ``probability``, rounded before anything is decided, so that no last bit decides."""
    rounded = round(probability, PROBABILITY_DIGITS)
    return Verdict(rounded >= THRESHOLD, rounded)


class Classifier(Protocol):
    """Tells AI jobs from the rest, each posting by itself.

    ``label`` (name, version, model) is recorded with every output.
    """

    name: str
    label: str

    def verdicts(self, postings: Iterable[Posting]) -> Iterator[Verdict]:
        """Give one verdict per posting, in order, holding only a few postings at a time."""
        ...


def classify(postings: pd.DataFrame, classifier: Classifier) -> pd.DataFrame:
    """Judge ``postings`` (id, company, title, text; NA allowed).

    Gives id, ai_job (boolean, NA unknown), probability (0 to 1, NA unknown) and classifier, one row each, index kept.
    """
    texts = postings[["company", "title", "text"]].astype("string").fillna("")
    found = list(classifier.verdicts(Posting(*row) for row in texts.itertuples(index=False, name=None)))
    return pd.DataFrame(
        {
            "id": postings["id"],
            "ai_job": pd.array([verdict.ai_job for verdict in found], dtype="boolean"),
            "probability": pd.array([verdict.probability for verdict in found], dtype="Float64"),
            "classifier": pd.array([classifier.label] * len(found), dtype="string"),
        },
        index=postings.index,
    )
