"""The trained head: numbers in ``head.json``, with what they were trained on and how well they did."""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from where_is_ai.classifier import features, made_up
from where_is_ai.classifier.language import LanguageWeights
from where_is_ai.errors import WhereIsAIError

FOLDER = Path(__file__).parent
HEAD_FILE = FOLDER / "head.json"
RECIPE = (
    "text.py",
    "lexicon.py",
    "title_lexicon.py",
    "titles.py",
    "features.py",
    "readings.py",
    "language.py",
    "fitting.py",
    "cross_validation.py",
    "cascade.py",
    "train.py",
    "made_up/__init__.py",
)
"""The files that decide what the numbers mean; the head records their hash."""
TRAIN_AGAIN = "Train it again: python -m where_is_ai.classifier.train LABELLED.jsonl [MORE.jsonl …]"
_IMPORTS = re.compile(r"^(?:import|from) .*?(?:\([^)]*\))?$|\n+", re.MULTILINE)


class HeadOutOfDate(WhereIsAIError):
    """The head's numbers were made by another script, other features or another encoder."""


@dataclass(frozen=True)
class PostingWeights:
    """A score by likeness to examples, calibrated by ``slope`` and ``shift``.

    Features less ``centre`` over ``scale`` are compared with ``support`` (m x k) by a Gaussian of precision
    ``gamma``; ``dual`` (m) says how much each example speaks for (or against) an AI job.
    """

    centre: np.ndarray
    scale: np.ndarray
    support: np.ndarray
    dual: np.ndarray
    bias: float
    gamma: float
    slope: float = 1.0
    shift: float = 0.0

    def scores(self, rows: np.ndarray) -> np.ndarray:
        """Score before calibration of each row of features (n by k)."""
        return np.array([self._score(row) for row in (rows - self.centre) / self.scale])

    def probabilities(self, rows: np.ndarray) -> np.ndarray:
        """Calibrated probability of each row of features (n by k)."""
        return sigmoid(self.slope * self.scores(rows) + self.shift)

    def _score(self, row: np.ndarray) -> float:
        distances = ((self.support - row) ** 2).sum(axis=1)
        return float(np.exp(-self.gamma * distances) @ self.dual + self.bias)


@dataclass(frozen=True)
class TitleWeights:
    """Calibrated log odds that a title alone gives, linear in titles.NAMES."""

    weights: np.ndarray
    bias: float

    def probabilities(self, rows: np.ndarray) -> np.ndarray:
        """Probability of each row of titles.title_row (n by k)."""
        return sigmoid(rows @ self.weights + self.bias)


@dataclass(frozen=True)
class Head:
    """The weights in head.json and, as ``record``, all that stands there."""

    language: LanguageWeights
    posting: PostingWeights
    title: TitleWeights
    record: dict

    @property
    def version(self) -> str:
        """A short name for exactly these numbers."""
        return hashlib.sha256(json.dumps(self.record["numbers"], sort_keys=True).encode()).hexdigest()[:8]


def sigmoid(scores: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(scores, -30, 30)))


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
    return Head(
        LanguageWeights(**numbers["language"]),
        PostingWeights(**numbers["posting"]),
        TitleWeights(**numbers["title"]),
        record,
    )


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
            f"The classifier's head was trained before {' and '.join(changed)} changed.", TRAIN_AGAIN
        )
