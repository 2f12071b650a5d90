"""Train the head: python -m where_is_ai.classifier.train LABELLED.jsonl [MORE.jsonl ...]

Each file has a posting a line: id, company, title, text, ai_job, and where known sector and confidence (1 to 3). The
texts stay where they are; head.json and out_of_fold.csv beside this file get numbers only.

Two sets teach. The made-up lists alone teach what a sentence and a title are about; made-up and labelled postings
together teach how to weigh them. All that is chosen (regularization, weight of the made-up postings, calibration) is
chosen inside each training part; the scores come from employers, and from sectors, that a head never saw.
"""

import argparse
import hashlib
from pathlib import Path

import numpy as np
import pandas as pd

from where_is_ai.classifier import evaluation, features, made_up, titles
from where_is_ai.classifier.cross_validation import (
    Labelled,
    MadeUp,
    cross_validate,
    feature_rows,
    keyword_shares,
    prediction_table,
    read_labelled,
    splits_by_employer,
    splits_by_sector,
)
from where_is_ai.classifier.embedding import PROBE
from where_is_ai.classifier.encoder import MODEL, Encoder
from where_is_ai.classifier.fitting import Examples, fit_calibrated, fit_language, fit_title, log_loss, platt
from where_is_ai.classifier.head import HEAD_FILE, recipe_sha256
from where_is_ai.classifier.protocol import Posting
from where_is_ai.classifier.readings import Readings
from where_is_ai.files import write_json, write_text

REPEATS = 3
MADE_UP_POSTINGS, MADE_UP_SEED = 3_000, 1
CALIBRATIONS = 200


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the head of the classifier 'embedding'.")
    parser.add_argument("labelled", type=Path, nargs="+", help="labelled postings, a JSON object a line")
    paths = parser.parse_args().labelled
    encoder = Encoder()
    language = fit_language(encoder.encode)
    readings = Readings(language, encoder)
    labelled = read_labelled(read_tables(paths), readings)
    made = read_made_up(readings)

    repeats = [cross_validate(labelled, made, splits_by_employer(labelled, seed)) for seed in range(REPEATS)]
    by_sector = cross_validate(labelled, made, splits_by_sector(labelled))
    predictions = pd.concat(
        [
            prediction_table(labelled, repeats[0], "employer"),
            prediction_table(labelled, by_sector, "sector"),
        ],
        ignore_index=True,
    )
    everything = np.arange(len(labelled.ai_job))
    posting, _ = fit_calibrated(labelled.posting_examples(everything), labelled.employer, made.postings)
    title = fit_title(labelled.title_examples(everything), made.titles)
    record = {
        "features": list(features.NAMES),
        "title_features": list(titles.NAMES),
        "recipe_sha256": recipe_sha256(),
        "encoder": {"model": MODEL, "probe": rounded(encoder.encode([PROBE])[0][:16], 6)},
        "labelled": {
            "sha256": [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths],
            "postings": len(labelled.ai_job),
            "ai_jobs": int(labelled.ai_job.sum()),
            "employers": int(labelled.employer.max()) + 1,
            "sectors": len(set(labelled.sector)),
        },
        "made_up": {"sha256": made_up.lists_sha256(), "postings": MADE_UP_POSTINGS, "seed": MADE_UP_SEED},
        "scores": score_record(labelled, predictions, repeats),
        "keywords": keyword_shares(labelled.keyword, labelled.ai_job),
        "calibration_draws": calibration_draws(labelled, repeats[0]),
        "numbers": {
            "language": numbers(language, 4),
            "posting": numbers(posting, 6),
            "title": numbers(title, 6),
        },
    }
    write_json(HEAD_FILE, record)
    write_text(evaluation.OUT_OF_FOLD, predictions.to_csv(index=False, float_format="%.4f"))
    print(evaluation.report(predictions))


def read_tables(paths: list[Path]) -> pd.DataFrame:
    """All labelled postings, one file after the other."""
    return pd.concat([pd.read_json(path, lines=True) for path in paths], ignore_index=True)


def read_made_up(readings: Readings) -> MadeUp:
    """Features of postings put together from the made-up lists, and of the made-up titles."""
    composed = made_up.compose(MADE_UP_POSTINGS, MADE_UP_SEED)
    postings = [Posting("", one.title, one.text) for one in composed]
    lists = {ai_job: made_up.lines("titles_ai" if ai_job else "titles_other") for ai_job in (True, False)}
    return MadeUp(
        Examples(feature_rows(postings, readings), np.array([one.ai_job for one in composed])),
        Examples(
            np.array([titles.title_row(title) for ai_job in lists for title in lists[ai_job]]),
            np.repeat(list(lists), [len(found) for found in lists.values()]),
        ),
    )


def calibration_draws(labelled: Labelled, probability: dict[str, np.ndarray]) -> dict[str, list]:
    """Refit the calibrations on redrawn employers: slope and shift of log odds, and the two keyword shares."""
    draw = np.random.default_rng(0)
    members = [np.flatnonzero(labelled.employer == one) for one in range(labelled.employer.max() + 1)]
    odds = {name: log_odds(probability[name]) for name in ("embedding", "title")}
    found: dict[str, list] = {"embedding": [], "title": [], "keywords": []}
    while len(found["keywords"]) < CALIBRATIONS:
        part = np.concatenate([members[one] for one in draw.integers(len(members), size=len(members))])
        if 0 < labelled.ai_job[part].sum() < len(part):
            for name, scores in odds.items():
                # A posting that the lexicon dismissed is outside the calibration.
                judged = part[probability[name][part] > 0]
                found[name].append(rounded(platt(scores[judged], labelled.ai_job[judged]), 3))
            shares = keyword_shares(labelled.keyword[part], labelled.ai_job[part])
            found["keywords"].append(list(shares.values()))
    return found


def log_odds(probability: np.ndarray) -> np.ndarray:
    inside = probability.clip(1e-4, 1 - 1e-4)
    return np.log(inside / (1 - inside))


def score_record(labelled: Labelled, predictions: pd.DataFrame, repeats: list[dict]) -> dict:
    """Scores with intervals of each classifier, employers and sectors held out; the spread over all repeats."""
    record: dict = {}
    for held_out, part in predictions.groupby("held_out"):
        for row in evaluation.evaluate(part).scores.itertuples():
            of_classifier = record.setdefault(row.classifier, {}).setdefault(held_out, {})
            of_classifier[row.measure] = rounded([row.value, row.low, row.high], 4)
    tables = [prediction_table(labelled, one, "employer") for one in repeats]
    every = [evaluation.evaluate(one).scores for one in tables]
    embedding = pd.concat(every).query("classifier == 'embedding'").groupby("measure")["value"]
    overcalled = [evaluation.overcalled(evaluation.outside_technology(one)) for one in tables]
    record["embedding"]["repeats"] = {
        **{measure: rounded(values, 4) for measure, values in embedding.apply(list).items()},
        "overcalled_outside_technology": [
            int(one.set_index("classifier").at["embedding", "overcalled"]) for one in overcalled
        ],
    }
    record["embedding"]["log_loss"] = round(log_loss(repeats[0]["embedding"], labelled.ai_job), 4)
    return record


def numbers(weights, digits: int) -> dict[str, list | float]:
    """The fields of ``weights`` (a dataclass of arrays and floats), rounded."""
    return {name: rounded(value, digits) for name, value in vars(weights).items()}


def rounded(values, digits: int) -> list | float:
    return np.round(np.asarray(values, dtype=float), digits).tolist()


if __name__ == "__main__":
    main()
