"""Predictions for labelled postings by heads that never saw their employer, or never saw their sector."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from where_is_ai.classifier import titles
from where_is_ai.classifier.cascade import is_hopeless
from where_is_ai.classifier.evaluation import TECHNOLOGY
from where_is_ai.classifier.features import feature_row, read_posting
from where_is_ai.classifier.fitting import Examples, fit_calibrated, fit_title, folds
from where_is_ai.classifier.keywords import has_keyword
from where_is_ai.classifier.protocol import PROBABILITY_DIGITS, THRESHOLD, Posting
from where_is_ai.classifier.readings import Readings

OUTER = 10
_LEGAL_FORM = re.compile(r"(?:inc|llc|corp|corporation|ltd|limited|company|co)$")


class Labelled(NamedTuple):
    """Labelled postings: features of posting and title, labels, whose they are, what the lexicons say of each."""

    rows: np.ndarray
    title_rows: np.ndarray
    ai_job: np.ndarray
    employer: np.ndarray
    sector: np.ndarray
    confidence: np.ndarray
    hopeless: np.ndarray
    keyword: np.ndarray

    def posting_examples(self, part: np.ndarray) -> Examples:
        return Examples(self.rows[part], self.ai_job[part])

    def title_examples(self, part: np.ndarray) -> Examples:
        return Examples(self.title_rows[part], self.ai_job[part])


class MadeUp(NamedTuple):
    """What is learned from beside the labelled postings: made-up postings and made-up titles."""

    postings: Examples
    titles: Examples


def read_labelled(table: pd.DataFrame, readings: Readings) -> Labelled:
    """Features of ``table`` (company, title, text, ai_job, sector and confidence where given)."""
    postings = [
        Posting(*row) for row in table[["company", "title", "text"]].itertuples(index=False, name=None)
    ]
    sector = table["sector"].fillna(TECHNOLOGY) if "sector" in table else pd.Series(TECHNOLOGY, table.index)
    return Labelled(
        feature_rows(postings, readings),
        np.array([titles.title_row(titles.bare_title(one.title, one.company)) for one in postings]),
        table["ai_job"].to_numpy(bool),
        pd.factorize(table["company"].map(employer_key))[0],
        sector.str.replace(rf"^{TECHNOLOGY}.*", TECHNOLOGY, regex=True).to_numpy(str),
        (table["confidence"] if "confidence" in table else pd.Series(3, table.index)).to_numpy(int),
        np.array([is_hopeless(posting) for posting in postings]),
        np.array([has_keyword(posting) for posting in postings]),
    )


def employer_key(company: str) -> str:
    """``company`` without case, punctuation and legal form, so that an employer in two files is one."""
    return _LEGAL_FORM.sub("", re.sub(r"[^a-z0-9]", "", company.lower()))


def feature_rows(postings: list[Posting], readings: Readings) -> np.ndarray:
    """Features of ``postings`` (n by k)."""
    reads = [read_posting(*posting) for posting in postings]
    return np.array(
        [
            feature_row(read.title, title_logit, rows, read.place)
            for read, (title_logit, rows) in zip(reads, readings.read(reads), strict=True)
        ]
    )


def splits_by_employer(labelled: Labelled, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """OUTER splits in which no employer stands on both sides."""
    return folds(labelled.ai_job, labelled.employer, OUTER, seed)


def splits_by_sector(labelled: Labelled) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """A split per sector: it is tested by what was learned from other sectors' other employers."""
    for sector in np.unique(labelled.sector):
        test = labelled.sector == sector
        known = np.isin(labelled.employer, labelled.employer[test])
        yield np.flatnonzero(~test & ~known), np.flatnonzero(test)


def cross_validate(labelled: Labelled, made: MadeUp, splits) -> dict[str, np.ndarray]:
    """Give each classifier's probability for every labelled posting, from postings of the other side of a split."""
    found = {name: np.empty(len(labelled.ai_job)) for name in ("embedding", "title", "keywords")}
    for train, test in splits:
        posting, _ = fit_calibrated(labelled.posting_examples(train), labelled.employer[train], made.postings)
        judged = posting.probabilities(labelled.rows[test])
        found["embedding"][test] = np.where(labelled.hopeless[test], 0, judged)
        title = fit_title(labelled.title_examples(train), made.titles)
        found["title"][test] = title.probabilities(labelled.title_rows[test])
        share = keyword_shares(labelled.keyword[train], labelled.ai_job[train])
        found["keywords"][test] = np.where(
            labelled.keyword[test], share["ai_share_with"], share["ai_share_without"]
        )
    return {name: probability.round(PROBABILITY_DIGITS) for name, probability in found.items()}


def keyword_shares(keyword: np.ndarray, ai_job: np.ndarray) -> dict[str, float]:
    """Share of AI jobs among postings with and without a keyword, by the rule of succession."""
    shares = {
        found: (ai_job[keyword == found].sum() + 1) / ((keyword == found).sum() + 2)
        for found in (True, False)
    }
    return {"ai_share_with": round(shares[True], 4), "ai_share_without": round(shares[False], 4)}


def prediction_table(labelled: Labelled, probability: dict[str, np.ndarray], held_out: str) -> pd.DataFrame:
    """Predictions in the columns of evaluation.read_out_of_fold: numbers and sectors, no word of a posting."""
    verdicts = {name: stated >= THRESHOLD for name, stated in probability.items()}
    verdicts["keywords"] = labelled.keyword
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "classifier": name,
                    "held_out": held_out,
                    "employer": labelled.employer,
                    "sector": labelled.sector,
                    "confidence": labelled.confidence,
                    "ai_job": labelled.ai_job,
                    "verdict": pd.array(verdicts[name], dtype="boolean"),
                    "probability": pd.array(probability[name], dtype="Float64"),
                }
            )
            for name in probability
        ],
        ignore_index=True,
    )
