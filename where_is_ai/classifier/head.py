"""The trained head: numbers in ``head.json``, with what they were trained on and how well they did."""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from where_is_ai.classifier import features, made_up
from where_is_ai.errors import WhereIsAIError

FOLDER = Path(__file__).parent
HEAD_FILE = FOLDER / "head.json"
RECIPE = ("text.py", "lexicon.py", "features.py", "train.py", "made_up/__init__.py")
"""The files that decide what the numbers mean; the head records their hash."""
_IMPORTS = re.compile(r"^(?:import|from) .*?(?:\([^)]*\))?$|\n+", re.MULTILINE)


class HeadOutOfDate(WhereIsAIError):
    """The head's numbers were made by another script, other features or another encoder."""


@dataclass(frozen=True)
class LanguageWeights:
    """What a d-number embedding says: kind of a sentence (``kind_weights`` 4 x d, ``kind_bias`` 4), score of a title.

    Learned from the made-up lists alone.
    """

    kind_weights: np.ndarray
    kind_bias: np.ndarray
    title_weights: np.ndarray
    title_bias: float

    def features(self, read: features.ReadPosting, encoded: np.ndarray) -> np.ndarray:
        """Features of ``read``; ``encoded`` has its title first, then its sentences (1 + n by d)."""
        kinds = softmax(encoded[1:] @ self.kind_weights.T + self.kind_bias)
        return features.feature_row(read, float(encoded[0] @ self.title_weights + self.title_bias), kinds)


@dataclass(frozen=True)
class PostingWeights:
    """A linear score over features less ``centre`` over ``scale``, calibrated by ``slope`` and ``shift``."""

    centre: np.ndarray
    scale: np.ndarray
    weights: np.ndarray
    bias: float
    slope: float = 1.0
    shift: float = 0.0

    def scores(self, rows: np.ndarray) -> np.ndarray:
        """Log odds before calibration of each row of features (n by k)."""
        return ((rows - self.centre) / self.scale) @ self.weights + self.bias

    def probabilities(self, rows: np.ndarray) -> np.ndarray:
        """Calibrated probability of each row of features (n by k)."""
        return sigmoid(self.slope * self.scores(rows) + self.shift)


@dataclass(frozen=True)
class Head:
    """The weights in head.json and, as ``record``, all that stands there."""

    language: LanguageWeights
    posting: PostingWeights
    record: dict

    @property
    def version(self) -> str:
        """A short name for exactly these numbers."""
        return hashlib.sha256(json.dumps(self.record["numbers"], sort_keys=True).encode()).hexdigest()[:8]

    def probability(self, read: features.ReadPosting, encoded: np.ndarray) -> float:
        """The calibrated probability that a posting is an AI job; ``encoded`` as for LanguageWeights.features."""
        return float(self.posting.probabilities(self.language.features(read, encoded)[None])[0])


def sigmoid(scores: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(scores, -30, 30)))


def softmax(scores: np.ndarray) -> np.ndarray:
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True)) if len(scores) else scores
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def recipe_sha256() -> str:
    """One hash over the files in RECIPE, but for their imports: where a module lies decides no number."""
    texts = ((FOLDER / name).read_text() for name in RECIPE)
    return hashlib.sha256("\0".join(_IMPORTS.sub("", text) for text in texts).encode()).hexdigest()


@lru_cache
def load_head(path: Path = HEAD_FILE) -> Head:
    """Read the head; HeadOutOfDate when it and the script or lists that made it disagree."""
    record = json.loads(path.read_text())
    check_head(record)
    numbers = {
        part: {name: np.array(value, dtype=float)[()] for name, value in values.items()}
        for part, values in record["numbers"].items()
    }
    return Head(LanguageWeights(**numbers["language"]), PostingWeights(**numbers["posting"]), record)


def check_head(record: dict) -> None:
    """Raise HeadOutOfDate unless ``record`` (head.json) was made by the code and lists that are here."""
    held = {
        "the feature names": (record["features"], list(features.NAMES)),
        "the training script and what it reads by": (record["recipe_sha256"], recipe_sha256()),
        "the made-up training lists": (record["made_up"]["sha256"], made_up.lists_sha256()),
    }
    changed = [what for what, (recorded, here) in held.items() if recorded != here]
    if changed:
        raise HeadOutOfDate(
            f"The classifier's head was trained before {' and '.join(changed)} changed.",
            "Train it again: python -m where_is_ai.classifier.train LABELLED.jsonl",
        )
