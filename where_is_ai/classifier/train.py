"""Train the head: python -m where_is_ai.classifier.train LABELLED.jsonl

LABELLED.jsonl has a posting a line: id, company, title, text, ai_job. The texts stay where they are; head.json and
out_of_fold.csv beside this file get numbers only (and the titles of the worst mistakes).

Two sets teach. The made-up lists alone teach what a sentence and a title are about; made-up and labelled postings
together teach how to weigh them. All that is chosen (regularization, weight of the made-up postings, calibration) is
chosen inside each training part; the scores come from employers that a head never saw.
"""

import argparse
import hashlib
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from where_is_ai.classifier import evaluation, features, made_up
from where_is_ai.classifier.cascade import is_hopeless
from where_is_ai.classifier.embedding import MODEL, PROBE, THRESHOLD, Encoder
from where_is_ai.classifier.head import (
    HEAD_FILE,
    LanguageWeights,
    PostingWeights,
    recipe_sha256,
    sigmoid,
)
from where_is_ai.classifier.keywords import has_keyword
from where_is_ai.classifier.protocol import Posting
from where_is_ai.files import write_text

SENTENCE_C, TITLE_C = 3.0, 10.0
GRID = [(c, share) for c in (0.03, 0.1, 0.3) for share in (0.3, 1.0, 3.0)]
"""Inverse regularization of the posting head, and the weight of all made-up postings against all labelled ones."""
OUTER, INNER, REPEATS = 10, 5, 5
MADE_UP_POSTINGS, MADE_UP_SEED = 3_000, 1
CALIBRATIONS = 200
WORST = 15


class Examples(NamedTuple):
    """Features (n by k) and labels."""

    rows: np.ndarray
    ai_job: np.ndarray


class Labelled(NamedTuple):
    """Labelled postings: features, labels, employer by number, and what the lexicons say of each."""

    rows: np.ndarray
    ai_job: np.ndarray
    employer: np.ndarray
    hopeless: np.ndarray
    keyword: np.ndarray


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the head of the classifier 'embedding'.")
    parser.add_argument("labelled", type=Path, help="labelled postings, a JSON object a line")
    path = parser.parse_args().labelled
    table = pd.read_json(path, lines=True)
    encoder = Encoder()
    language = fit_language(encoder)
    labelled, synthetic = read_labelled(table, language, encoder), read_made_up(language, encoder)

    repeats = [cross_validate(labelled, synthetic, seed) for seed in range(REPEATS)]
    predictions = with_worst_titles(prediction_table(labelled, repeats[0]), table["title"])
    posting, scores = fit_calibrated(labelled, synthetic, np.arange(len(labelled.ai_job)))
    record = {
        "features": list(features.NAMES),
        "recipe_sha256": recipe_sha256(),
        "encoder": {"model": MODEL, "probe": rounded(encoder.encode([PROBE])[0][:16], 6)},
        "labelled": {
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "postings": len(table),
            "ai_jobs": int(labelled.ai_job.sum()),
            "employers": int(labelled.employer.max()) + 1,
        },
        "made_up": {"sha256": made_up.lists_sha256(), "postings": MADE_UP_POSTINGS, "seed": MADE_UP_SEED},
        "scores": score_record(labelled, predictions, repeats),
        "keywords": keyword_shares(labelled.keyword, labelled.ai_job),
        "calibration_draws": calibration_draws(labelled, scores),
        "numbers": {"language": numbers(language, 4), "posting": numbers(posting, 6)},
    }
    write_text(HEAD_FILE, json.dumps(record, indent=1) + "\n")
    write_text(evaluation.OUT_OF_FOLD, predictions.to_csv(index=False, float_format="%.4f"))
    print(evaluation.evaluate(predictions).scores.round(3).to_string(index=False))


def fit_language(encoder: Encoder) -> LanguageWeights:
    """Learn kinds of sentences and AI titles from the made-up lists, without a single labelled posting."""
    lists = {name: encoder.encode(made_up.lines(name)) for name in made_up.LISTS}
    kinds = [lists[name] for name in made_up.LISTS[:4]]
    kind = np.repeat(np.arange(4), [len(found) for found in kinds])
    sentence = LogisticRegression(C=SENTENCE_C, max_iter=3000).fit(np.vstack(kinds), kind)
    titles = [lists["titles_other"], lists["titles_ai"]]
    is_ai = np.repeat([0, 1], [len(found) for found in titles])
    title = LogisticRegression(C=TITLE_C, max_iter=3000).fit(np.vstack(titles), is_ai)
    return LanguageWeights(sentence.coef_, sentence.intercept_, title.coef_[0], float(title.intercept_[0]))


def read_labelled(table: pd.DataFrame, language: LanguageWeights, encoder: Encoder) -> Labelled:
    """Features and lexicon hits of the labelled postings in ``table``."""
    postings = [
        Posting(*row) for row in table[["company", "title", "text"]].itertuples(index=False, name=None)
    ]
    return Labelled(
        feature_rows(postings, language, encoder),
        table["ai_job"].to_numpy(bool),
        pd.factorize(table["company"])[0],
        np.array([is_hopeless(posting) for posting in postings]),
        np.array([has_keyword(posting) for posting in postings]),
    )


def read_made_up(language: LanguageWeights, encoder: Encoder) -> Examples:
    """Features of postings put together from the made-up lists."""
    composed = made_up.compose(MADE_UP_POSTINGS, MADE_UP_SEED)
    postings = [Posting("", one.title, one.text) for one in composed]
    return Examples(feature_rows(postings, language, encoder), np.array([one.ai_job for one in composed]))


def feature_rows(postings: list[Posting], language: LanguageWeights, encoder: Encoder) -> np.ndarray:
    """Features of ``postings`` (n by k); equal sentences are encoded once."""
    reads = [features.read_posting(*posting) for posting in postings]
    texts = sorted({text for read in reads for text in (read.title, *read.sentences)}, key=len)
    encoded = {
        text: vector
        for start in range(0, len(texts), 128)
        for text, vector in zip(
            texts[start : start + 128], encoder.encode(texts[start : start + 128]), strict=True
        )
    }
    return np.array(
        [
            language.features(read, np.array([encoded[t] for t in (read.title, *read.sentences)]))
            for read in reads
        ]
    )


def fit(rows: np.ndarray, ai_job: np.ndarray, synthetic: Examples, c: float, share: float) -> PostingWeights:
    """Fit the posting head, uncalibrated; the made-up postings together weigh ``share`` of the labelled ones."""
    centre, scale = rows.mean(axis=0), rows.std(axis=0) + 0.05
    every = (np.vstack([rows, synthetic.rows]) - centre) / scale
    weight = np.repeat([1.0, share * len(rows) / len(synthetic.rows)], [len(rows), len(synthetic.rows)])
    model = LogisticRegression(C=c, max_iter=2000)
    model.fit(every, np.concatenate([ai_job, synthetic.ai_job]), sample_weight=weight)
    return PostingWeights(centre, scale, model.coef_[0], float(model.intercept_[0]))


def fit_calibrated(
    labelled: Labelled, synthetic: Examples, part: np.ndarray
) -> tuple[PostingWeights, np.ndarray]:
    """Choose, fit and calibrate on the labelled postings ``part``; also their out-of-fold scores by the choice."""
    rows, ai_job = labelled.rows[part], labelled.ai_job[part]
    candidates = {}
    for choice in GRID:
        scores = np.empty(len(part))
        for train, test in folds(ai_job, labelled.employer[part], INNER, seed=0):
            scores[test] = fit(rows[train], ai_job[train], synthetic, *choice).scores(rows[test])
        slope, shift = platt(scores, ai_job)
        candidates[choice] = (log_loss(sigmoid(slope * scores + shift), ai_job), scores, slope, shift)
    choice = min(candidates, key=lambda one: candidates[one][0])
    _, scores, slope, shift = candidates[choice]
    uncalibrated = fit(rows, ai_job, synthetic, *choice)
    return PostingWeights(*list(vars(uncalibrated).values())[:4], slope, shift), scores


def cross_validate(labelled: Labelled, synthetic: Examples, seed: int) -> dict[str, np.ndarray]:
    """Give each classifier's probability for every labelled posting, from employers that it hasn't seen."""
    embedding, keywords = np.empty(len(labelled.ai_job)), np.empty(len(labelled.ai_job))
    for train, test in folds(labelled.ai_job, labelled.employer, OUTER, seed):
        posting, _ = fit_calibrated(labelled, synthetic, train)
        embedding[test] = np.where(labelled.hopeless[test], 0, posting.probabilities(labelled.rows[test]))
        share = keyword_shares(labelled.keyword[train], labelled.ai_job[train])
        keywords[test] = np.where(labelled.keyword[test], share["ai_share_with"], share["ai_share_without"])
    return {"embedding": embedding, "keywords": keywords}


def folds(ai_job: np.ndarray, employer: np.ndarray, count: int, seed: int):
    """Splits in which no employer stands on both sides."""
    splitter = StratifiedGroupKFold(count, shuffle=True, random_state=seed)
    return splitter.split(np.zeros(len(ai_job)), ai_job, employer)


def platt(scores: np.ndarray, ai_job: np.ndarray) -> tuple[float, float]:
    """Slope and shift that turn ``scores`` into calibrated log odds; a light prior holds the slope near 1."""
    model = LogisticRegression(C=10.0, max_iter=2000).fit(scores[:, None], ai_job)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def log_loss(probability: np.ndarray, ai_job: np.ndarray) -> float:
    right = np.where(ai_job, probability, 1 - probability)
    return float(-np.log(right.clip(1e-6)).mean())


def keyword_shares(keyword: np.ndarray, ai_job: np.ndarray) -> dict[str, float]:
    """Share of AI jobs among postings with and without a keyword, by the rule of succession."""
    shares = {
        found: (ai_job[keyword == found].sum() + 1) / ((keyword == found).sum() + 2)
        for found in (True, False)
    }
    return {"ai_share_with": round(shares[True], 4), "ai_share_without": round(shares[False], 4)}


def calibration_draws(labelled: Labelled, scores: np.ndarray) -> dict[str, list]:
    """Refit the calibrations on redrawn employers: slope and shift, and the two keyword shares."""
    draw = np.random.default_rng(0)
    members = [np.flatnonzero(labelled.employer == one) for one in range(labelled.employer.max() + 1)]
    embedding, keywords = [], []
    while len(embedding) < CALIBRATIONS:
        part = np.concatenate([members[one] for one in draw.integers(len(members), size=len(members))])
        if 0 < labelled.ai_job[part].sum() < len(part):
            embedding.append(rounded(platt(scores[part], labelled.ai_job[part]), 3))
            keywords.append(list(keyword_shares(labelled.keyword[part], labelled.ai_job[part]).values()))
    return {"embedding": embedding, "keywords": keywords}


def prediction_table(labelled: Labelled, probability: dict[str, np.ndarray]) -> pd.DataFrame:
    """Predictions as evaluation.evaluate wants them, without titles."""
    verdicts = {"embedding": probability["embedding"] >= THRESHOLD, "keywords": labelled.keyword}
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "classifier": name,
                    "employer": labelled.employer,
                    "ai_job": labelled.ai_job,
                    "verdict": pd.array(verdicts[name], dtype="boolean"),
                    "probability": pd.array(probability[name], dtype="Float64"),
                    "title": pd.NA,
                }
            )
            for name in probability
        ],
        ignore_index=True,
    ).astype({"title": "string"})


def with_worst_titles(predictions: pd.DataFrame, titles: pd.Series) -> pd.DataFrame:
    """Name the postings in the lists of worst mistakes, and no others."""
    for _, part in predictions.groupby("classifier"):
        worst = evaluation.worst_mistakes(part, WORST).index
        predictions.loc[worst, "title"] = titles.str.strip().to_numpy()[worst - part.index[0]]
    return predictions


def score_record(labelled: Labelled, predictions: pd.DataFrame, repeats: list[dict]) -> dict:
    """Scores with intervals from the first cross-validation, and the spread over all of them."""
    found = evaluation.evaluate(predictions).scores
    record = {
        name: {row.measure: rounded([row.value, row.low, row.high], 4) for row in part.itertuples()}
        for name, part in found.groupby("classifier")
    }
    every = [evaluation.evaluate(prediction_table(labelled, one)).scores for one in repeats]
    embedding = pd.concat(every).query("classifier == 'embedding'").groupby("measure")["value"]
    record["embedding"]["repeats"] = {
        measure: rounded(values, 4) for measure, values in embedding.apply(list).items()
    }
    record["embedding"]["log_loss"] = round(log_loss(repeats[0]["embedding"], labelled.ai_job), 4)
    return record


def numbers(weights: LanguageWeights | PostingWeights, digits: int) -> dict[str, list | float]:
    return {name: rounded(value, digits) for name, value in vars(weights).items()}


def rounded(values, digits: int) -> list | float:
    return np.round(np.asarray(values, dtype=float), digits).tolist()


if __name__ == "__main__":
    main()
