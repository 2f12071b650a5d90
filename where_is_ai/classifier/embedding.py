"""Classifier by sentence embeddings, words of the field and a trained head."""

from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np

from where_is_ai.classifier.encoder import MODEL_SETTING, Encoder, shared_encoder
from where_is_ai.classifier.features import ReadPosting, feature_row, read_posting
from where_is_ai.classifier.head import TRAIN_AGAIN, Head, HeadOutOfDate, load_head
from where_is_ai.classifier.protocol import UNKNOWN, Posting, Verdict, rounded_verdict
from where_is_ai.classifier.readings import Readings

PROBE = "You will train models and write software."
"""A sentence whose embedding the head records, so that another model is noticed."""
AHEAD = 256
"""How many postings are read before the first is judged, so that their sentences fill batches."""


class EmbeddingClassifier:
    """Judges title and sentences of a posting; nothing outside the posting has a say."""

    name = "embedding"

    def __init__(self, head: Head | None = None, encoder: Encoder | None = None):
        self._head = head or load_head()
        encoder = encoder or shared_encoder()
        check_encoder(self._head, encoder)
        self._readings = Readings(self._head.language, encoder)
        self.label = f"{self.name} {self._head.version} ({self._head.record['encoder']['model']})"

    def verdicts(self, postings: Iterable[Posting]) -> Iterator[Verdict]:
        """At most AHEAD postings are held at a time."""
        waiting = iter(postings)
        while part := list(islice(waiting, AHEAD)):
            yield from self._judge([read_posting(*posting) for posting in part])

    def _judge(self, reads: list[ReadPosting]) -> Iterator[Verdict]:
        for read, (title_logit, readings) in zip(reads, self._readings.read(reads), strict=True):
            if not read.title and not read.sentences:
                yield UNKNOWN
            else:
                row = feature_row(read.title, title_logit, readings, read.place)
                yield rounded_verdict(float(self._head.posting.probabilities(row[None])[0]))


def check_encoder(head: Head, encoder: Encoder) -> None:
    """Raise HeadOutOfDate unless ``encoder`` embeds PROBE as the encoder did that the head was trained with."""
    recorded = np.array(head.record["encoder"]["probe"])
    here = encoder.encode([PROBE])[0]
    if (
        len(here) != head.language.kind_weights.shape[1]
        or np.abs(here[: len(recorded)] - recorded).max() > 1e-3
    ):
        raise HeadOutOfDate(
            f"The model {encoder.source} isn't the one that the classifier's head was trained with "
            f"({head.record['encoder']['model']}).",
            f"Unset {MODEL_SETTING}, or train a head for it. {TRAIN_AGAIN}",
        )
