"""Classifier that reads titles alone, for tables that have no text; it needs no model of language."""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from where_is_ai.classifier import titles
from where_is_ai.classifier.head import load_head
from where_is_ai.classifier.protocol import UNKNOWN, Posting, Verdict, rounded_verdict


class TitleClassifier:
    """Judges a posting by its title, whatever its text says."""

    name = "title"

    def __init__(self) -> None:
        head = load_head()
        self._weights = head.title
        self.label = f"{self.name} {head.version}"

    def verdicts(self, postings: Iterable[Posting]) -> Iterator[Verdict]:
        return (self._verdict(titles.bare_title(posting.title, posting.company)) for posting in postings)

    def _verdict(self, title: str) -> Verdict:
        if not title:
            return UNKNOWN
        return rounded_verdict(float(self._weights.probabilities(titles.title_row(title)[None])[0]))


def title_only(written: pd.Series) -> pd.DataFrame:
    """Judge job titles (strings, NA allowed) without any text; equal titles are read once.

    Gives ai_job (boolean, NA for an empty title) and probability (0 to 1, NA likewise), index kept.
    """
    codes, distinct = pd.factorize(written.astype("string").fillna(""))
    found = list(TitleClassifier().verdicts(Posting("", title, "") for title in distinct))
    columns = {
        "ai_job": pd.array([verdict.ai_job for verdict in found], dtype="boolean"),
        "probability": pd.array([verdict.probability for verdict in found], dtype="Float64"),
    }
    return pd.DataFrame(
        {name: np.take(values, codes) for name, values in columns.items()}, index=written.index
    )
