"""How well classifiers do on labelled postings of employers they haven't seen."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from where_is_ai.classifier.protocol import Classifier, classify
from where_is_ai.intervals import wilson

OUT_OF_FOLD = Path(__file__).parent / "out_of_fold.csv"
MEASURES = ("accuracy", "precision", "recall", "f1")
RESAMPLES = 2_000
LEVEL = 0.95
TECHNOLOGY = "technology"
"""The sector on which the first labelled postings lie; rates are stated for all others together, too."""


class Evaluation(NamedTuple):
    """Tables by classifier.

    ``scores``: classifier, measure, value, low, high, postings, employers. ``confusion``: classifier, ai_job,
    verdict, postings. ``reliability``: classifier, stated (mean probability), observed (share of AI jobs), low, high,
    postings. ``mistakes``: classifier, title (NA where the predictions have none), ai_job, probability, worst
    first.
    """

    scores: pd.DataFrame
    confusion: pd.DataFrame
    reliability: pd.DataFrame
    mistakes: pd.DataFrame


def read_out_of_fold(held_out: str = "employer", path: Path = OUT_OF_FOLD) -> pd.DataFrame:
    """Predictions for labelled postings by heads trained without their employers, or (``held_out``) their sectors.

    Columns classifier, held_out, employer (a number), sector, confidence (of the label, 1 to 3), ai_job, verdict,
    probability. The postings are their employers', so no word of them is kept.
    """
    table = pd.read_csv(path, dtype={"classifier": "string", "held_out": "string", "sector": "string"})
    table = table.astype({"ai_job": bool, "verdict": "boolean", "probability": "Float64"})
    return table[table["held_out"] == held_out].reset_index(drop=True)


def outside_technology(predictions: pd.DataFrame) -> pd.DataFrame:
    """Those of ``predictions`` (with sector) that are for postings of other sectors than TECHNOLOGY."""
    return predictions[predictions["sector"] != TECHNOLOGY].reset_index(drop=True)


def overcalled(predictions: pd.DataFrame) -> pd.DataFrame:
    """How many postings that are no AI jobs are called so, by classifier: overcalled, of, share."""
    others = predictions[~predictions["ai_job"]]
    called = others["verdict"].fillna(False).groupby(others["classifier"]).agg(["sum", "size", "mean"])
    return called.set_axis(["overcalled", "of", "share"], axis=1).reset_index()


def report(predictions: pd.DataFrame) -> str:
    """What the README states, for people: scores and over-calls, by what was held out, in all and outside tech."""
    lines = []
    for held_out, part in predictions.groupby("held_out"):
        for where, of_where in (("all", part), (f"outside {TECHNOLOGY}", outside_technology(part))):
            lines += [
                f"{held_out}s held out, {where}",
                evaluate(of_where).scores.round(3).to_string(index=False),
            ]
            lines += [overcalled(of_where).round(4).to_string(index=False), ""]
    return "\n".join(lines)


def predict(labelled: pd.DataFrame, classifier: Classifier) -> pd.DataFrame:
    """Have ``classifier`` judge ``labelled`` (id, company, title, text, ai_job), in columns as read_out_of_fold's.

    Only for a classifier that wasn't trained on these postings, such as a language model.
    """
    found = classify(labelled, classifier)
    return pd.DataFrame(
        {
            "classifier": classifier.name,
            "employer": pd.factorize(labelled["company"])[0],
            "ai_job": labelled["ai_job"].astype(bool),
            "verdict": found["ai_job"],
            "probability": found["probability"],
            "title": labelled["title"].astype("string"),
        }
    ).reset_index(drop=True)


def evaluate(predictions: pd.DataFrame, mistakes: int = 15) -> Evaluation:
    """Score ``predictions`` (columns as read_out_of_fold gives them); an unknown verdict counts as a mistake."""
    parts = [(name, part.reset_index(drop=True)) for name, part in predictions.groupby("classifier")]
    return Evaluation(
        *(
            pd.concat([table(part).assign(classifier=name) for name, part in parts], ignore_index=True).pipe(
                lambda whole: whole[["classifier", *whole.columns.drop("classifier")]]
            )
            for table in (scores, confusion, reliability, lambda part: worst_mistakes(part, mistakes))
        )
    )


def scores(predictions: pd.DataFrame) -> pd.DataFrame:
    """Accuracy, precision, recall and F1, each with an interval by resampling whole employers."""
    per_employer = _outcomes(predictions).groupby(predictions["employer"]).sum().to_numpy()
    draws = np.random.default_rng(0).integers(len(per_employer), size=(RESAMPLES, len(per_employer)))
    resampled = _measures(per_employer[draws].sum(axis=1))
    tail = (1 - LEVEL) / 2
    return pd.DataFrame(
        {
            "measure": MEASURES,
            "value": _measures(per_employer.sum(axis=0)[None])[0],
            "low": np.nanquantile(resampled, tail, axis=0),
            "high": np.nanquantile(resampled, 1 - tail, axis=0),
            "postings": len(predictions),
            "employers": len(per_employer),
        }
    )


def confusion(predictions: pd.DataFrame) -> pd.DataFrame:
    """Postings by label (ai_job) and verdict ("true", "false", "unknown")."""
    verdict = predictions["verdict"].map({True: "true", False: "false"}).fillna("unknown")
    counted = predictions.groupby(["ai_job", verdict.rename("verdict")]).size()
    return counted.rename("postings").reset_index()


def reliability(predictions: pd.DataFrame, bins: int = 10) -> pd.DataFrame:
    """Stated probability against the observed share of AI jobs, in ``bins`` of equal width; Wilson intervals."""
    known = predictions[predictions["probability"].notna()]
    stated = known["probability"].astype(float)
    groups = known["ai_job"].groupby(np.minimum((stated * bins).astype(int), bins - 1).to_numpy())
    postings = groups.size().to_numpy()
    observed = groups.mean().to_numpy()
    low, high = wilson(observed, postings)
    return pd.DataFrame(
        {
            "stated": stated.groupby(np.minimum((stated * bins).astype(int), bins - 1).to_numpy())
            .mean()
            .to_numpy(),
            "observed": observed,
            "low": low,
            "high": high,
            "postings": postings,
        }
    )


def worst_mistakes(predictions: pd.DataFrame, most: int) -> pd.DataFrame:
    """The wrong verdicts that were surest, at most ``most``, by title only."""
    wrong = predictions[(predictions["verdict"] != predictions["ai_job"]).fillna(True)]
    surest = (
        (wrong["probability"].astype(float) - wrong["ai_job"])
        .abs()
        .sort_values(ascending=False, kind="stable")
    )
    return wrong.reindex(columns=["title", "ai_job", "probability"]).loc[surest.index[:most]]


def _outcomes(predictions: pd.DataFrame) -> pd.DataFrame:
    label, verdict = predictions["ai_job"], predictions["verdict"]
    said_yes, said_no = verdict.fillna(False), (~verdict).fillna(False)
    return pd.DataFrame(
        {
            "hit": label & said_yes,
            "false": ~label & said_yes,
            "missed": label & ~said_yes,
            "passed": ~label & said_no,
            "all": True,
        }
    ).astype(float)


def _measures(outcomes: np.ndarray) -> np.ndarray:
    hit, false, missed, passed, every = outcomes.T
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.column_stack(
            [
                (hit + passed) / every,
                hit / (hit + false),
                hit / (hit + missed),
                2 * hit / (2 * hit + false + missed),
            ]
        )


if __name__ == "__main__":
    print(report(pd.concat([read_out_of_fold(held_out) for held_out in ("employer", "sector")])))
