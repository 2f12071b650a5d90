"""How many AI postings a place has, given that verdicts can be wrong."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from where_is_ai.classifier.head import load_head, sigmoid

Z = 1.96


class CountInterval(NamedTuple):
    """The ``expected`` number of AI postings and the 95 % interval around it."""

    expected: float
    low: float
    high: float


def count_interval(
    probabilities: np.ndarray, classifier: str, postings: np.ndarray | None = None, unknown: int = 0
) -> CountInterval:
    """Give the number of AI postings among postings with these ``probabilities`` by ``classifier`` (its name).

    ``postings`` says how many have each probability (one by default). Two things are unsure: each verdict, and the
    calibration, which rests on 613 labelled postings (its redrawn versions are in head.json; a language model's
    stated probabilities have none, and are taken as they are). ``unknown`` postings may be AI jobs or not.
    """
    weights = np.ones(len(probabilities)) if postings is None else np.asarray(postings, dtype=float)
    redrawn = _redrawn(np.asarray(probabilities, dtype=float), classifier)
    means = redrawn @ weights
    variance = ((redrawn * (1 - redrawn)) @ weights).mean() + means.var()
    expected, half = float(means.mean()), Z * float(np.sqrt(variance))
    return CountInterval(expected, max(0.0, expected - half), min(weights.sum(), expected + half) + unknown)


def counts_by(verdicts: pd.DataFrame, by: str, classifier: str) -> pd.DataFrame:
    """Count ``verdicts`` (columns ``by``, ai_job, probability) in each place of the column ``by``.

    Gives ``by``, ai_postings (verdicts), ai_postings_expected, _low, _high, unknown.
    """
    return pd.DataFrame(
        [_count(place, part, by, classifier) for place, part in verdicts.groupby(by)],
        columns=[by, "ai_postings", *(f"ai_postings_{name}" for name in CountInterval._fields), "unknown"],
    )


def _count(place: object, part: pd.DataFrame, by: str, classifier: str) -> dict:
    known = part[part["probability"].notna()]
    unknown = len(part) - len(known)
    interval = count_interval(known["probability"].to_numpy(float), classifier, unknown=unknown)
    counted = {f"ai_postings_{name}": value for name, value in interval._asdict().items()}
    return {by: place, "ai_postings": int(part["ai_job"].sum()), **counted, "unknown": unknown}


def _redrawn(probabilities: np.ndarray, classifier: str) -> np.ndarray:
    """Give the probabilities under each redrawn calibration (draws x n)."""
    head = load_head()
    draws = np.array(head.record["calibration_draws"].get(classifier, []))
    if classifier == "keywords":
        return np.where(probabilities == head.record["keywords"]["ai_share_with"], *np.hsplit(draws, 2))
    if len(draws):
        judged = (probabilities > 0) & (probabilities < 1)
        inside = np.where(judged, probabilities, 0.5)
        odds = np.log(inside / (1 - inside))
        return np.where(judged, sigmoid(draws[:, :1] * odds + draws[:, 1:]), probabilities)
    return probabilities[None]
