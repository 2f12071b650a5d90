"""Fitting the head's parts: what is chosen is chosen within the postings that are given."""

from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.svm import SVC

from where_is_ai.classifier import made_up
from where_is_ai.classifier.features import SENTENCE_KINDS
from where_is_ai.classifier.head import PostingWeights, TitleWeights, sigmoid
from where_is_ai.classifier.language import LanguageWeights

SENTENCE_C, TITLE_C, TITLE_ALONE_C = 3.0, 10.0, 1.0
GRID = [(c, gamma) for c in (1.0, 3.0, 10.0) for gamma in (0.01, 0.03)]
"""Penalty and precision of the posting head; the best of them is chosen by log loss."""
POSTINGS_SHARE, TITLES_SHARE = 0.3, 0.5
"""The weight of all made-up postings (titles) against all labelled ones."""
INNER = 5


class Examples(NamedTuple):
    """Features (n by k) and labels."""

    rows: np.ndarray
    ai_job: np.ndarray


def fit_language(encode) -> LanguageWeights:
    """Learn kinds of sentences and AI titles from the made-up lists, without a single labelled posting.

    ``encode`` gives the vectors (n by d) of a list of texts.
    """
    lists = {name: encode(made_up.lines(name)) for name in made_up.LISTS}
    kinds = [lists[name] for name in made_up.LISTS[: len(SENTENCE_KINDS)]]
    kind = np.repeat(np.arange(len(kinds)), [len(found) for found in kinds])
    sentence = LogisticRegression(C=SENTENCE_C, max_iter=3000).fit(np.vstack(kinds), kind)
    titles = [lists["titles_other"], lists["titles_ai"]]
    is_ai = np.repeat([0, 1], [len(found) for found in titles])
    title = LogisticRegression(C=TITLE_C, max_iter=3000).fit(np.vstack(titles), is_ai)
    return LanguageWeights(sentence.coef_, sentence.intercept_, title.coef_[0], float(title.intercept_[0]))


def fit_posting(labelled: Examples, synthetic: Examples, c: float, gamma: float) -> PostingWeights:
    """Fit the posting head, uncalibrated, on labelled and made-up postings."""
    rows, ai_job = labelled
    centre, scale = rows.mean(axis=0), rows.std(axis=0) + 0.05
    every = (np.vstack([rows, synthetic.rows]) - centre) / scale
    weight = _weights(len(rows), len(synthetic.rows), POSTINGS_SHARE)
    model = SVC(C=c, gamma=gamma).fit(every, np.concatenate([ai_job, synthetic.ai_job]), sample_weight=weight)
    return PostingWeights(
        centre, scale, model.support_vectors_, model.dual_coef_[0], float(model.intercept_[0]), gamma
    )


def fit_calibrated(
    labelled: Examples, employer: np.ndarray, synthetic: Examples
) -> tuple[PostingWeights, np.ndarray]:
    """Choose, fit and calibrate on ``labelled``; also their scores from heads that hadn't seen their employers."""
    rows, ai_job = labelled
    candidates = {}
    for choice in GRID:
        scores = np.empty(len(rows))
        for train, test in folds(ai_job, employer, INNER, seed=0):
            seen = Examples(rows[train], ai_job[train])
            scores[test] = _scores(fit_posting(seen, synthetic, *choice), rows[test])
        slope, shift = platt(scores, ai_job)
        candidates[choice] = (log_loss(sigmoid(slope * scores + shift), ai_job), scores, slope, shift)
    choice = min(candidates, key=lambda one: candidates[one][0])
    _, scores, slope, shift = candidates[choice]
    uncalibrated = fit_posting(labelled, synthetic, *choice)
    return PostingWeights(*list(vars(uncalibrated).values())[:6], slope, shift), scores


def fit_title(labelled: Examples, made: Examples) -> TitleWeights:
    """Fit the head that reads titles alone: rows of titles.title_row, labelled and made up."""
    model = LogisticRegression(C=TITLE_ALONE_C, max_iter=2000).fit(
        np.vstack([labelled.rows, made.rows]),
        np.concatenate([labelled.ai_job, made.ai_job]),
        sample_weight=_weights(len(labelled.rows), len(made.rows), TITLES_SHARE),
    )
    return TitleWeights(model.coef_[0], float(model.intercept_[0]))


def folds(ai_job: np.ndarray, employer: np.ndarray, count: int, seed: int):
    """Splits in which no employer stands on both sides."""
    splitter = StratifiedGroupKFold(count, shuffle=True, random_state=seed)
    return splitter.split(np.zeros(len(ai_job)), ai_job, employer)


def platt(scores: np.ndarray, ai_job: np.ndarray) -> tuple[float, float]:
    """Slope and shift that turn ``scores`` into calibrated log odds; a light prior holds the slope small."""
    model = LogisticRegression(C=10.0, max_iter=2000).fit(scores[:, None], ai_job)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def log_loss(probability: np.ndarray, ai_job: np.ndarray) -> float:
    right = np.where(ai_job, probability, 1 - probability)
    return float(-np.log(right.clip(1e-6)).mean())


def _weights(labelled: int, made: int, share: float) -> np.ndarray:
    return np.repeat([1.0, share * labelled / made], [labelled, made])


def _scores(weights: PostingWeights, rows: np.ndarray) -> np.ndarray:
    """As PostingWeights.scores, for many rows at once."""
    found = (rows - weights.centre) / weights.scale
    distances = (
        (found**2).sum(axis=1)[:, None] + (weights.support**2).sum(axis=1) - 2 * found @ weights.support.T
    )
    return np.exp(-weights.gamma * distances) @ weights.dual + weights.bias
