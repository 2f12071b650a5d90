"""What an embedding says: the kind of a sentence, and how much a title sounds like an AI job's."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class LanguageWeights:
    """Two linear readings of d-number embeddings, learned from the made-up lists alone.

    ``kind_weights`` (kinds x d) and ``kind_bias`` tell the kind of a sentence, ``title_weights`` (d) and
    ``title_bias`` an AI title.
    """

    kind_weights: np.ndarray
    kind_bias: np.ndarray
    title_weights: np.ndarray
    title_bias: float

    def kinds(self, embedded: np.ndarray) -> np.ndarray:
        """Probability of each kind (n x kinds) of embedded sentences (n x d)."""
        # Row by row, so that the last bit doesn't depend on how many are read together.
        scores = np.array([self.kind_weights @ vector for vector in embedded]) + self.kind_bias
        exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
        return exponentials / exponentials.sum(axis=1, keepdims=True)

    def title_logits(self, embedded: np.ndarray) -> np.ndarray:
        """Log odds (n) that embedded titles (n x d) are AI jobs'."""
        return np.array([self.title_weights @ vector for vector in embedded]) + self.title_bias
