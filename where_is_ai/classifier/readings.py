"""What single sentences say, each read once: equal sentences stand in four of ten postings."""

from collections import OrderedDict
from collections.abc import Iterable
from hashlib import blake2b
from typing import Protocol

import numpy as np

from where_is_ai.classifier.features import SENTENCE_KINDS, ReadPosting, sentence_words, worth_embedding
from where_is_ai.classifier.language import LanguageWeights

KEPT = 100_000
"""How many sentences and titles are kept, those first forgotten that were asked for longest ago: some 40 MB."""


class TextEncoder(Protocol):
    """Texts to unit vectors, each text's the same whatever it is encoded with."""

    def encode(self, texts: list[str]) -> np.ndarray: ...


class Readings:
    """Rows of numbers for sentences and for titles, kept by hash of their text.

    A sentence's row is as features.feature_row wants it; a title's has one number, its log odds.
    """

    def __init__(self, language: LanguageWeights, encoder: TextEncoder, kept: int = KEPT):
        self._language = language
        self._encoder = encoder
        self._kept = kept
        self._rows: OrderedDict[bytes, np.ndarray] = OrderedDict()

    def read(self, postings: list[ReadPosting]) -> list[tuple[float, np.ndarray]]:
        """Give each posting's title log odds and its sentences' rows (sentences x numbers)."""
        titles = self._lookup({posting.title for posting in postings}, b"title", self._title_rows)
        sentences = self._lookup(
            {sentence for posting in postings for sentence in posting.sentences},
            b"sentence",
            self._sentence_rows,
        )
        return [
            (
                float(titles[posting.title][0]),
                np.array([sentences[sentence] for sentence in posting.sentences]),
            )
            for posting in postings
        ]

    def _lookup(self, texts: set[str], kind: bytes, rows_of) -> dict[str, np.ndarray]:
        keys = {text: blake2b(text.encode(), digest_size=16, key=kind).digest() for text in texts}
        new = sorted(text for text, key in keys.items() if key not in self._rows)
        fresh = dict(zip(new, rows_of(new), strict=True)) if new else {}
        rows = {text: fresh[text] if text in fresh else self._rows[key] for text, key in keys.items()}
        self._keep((keys[text], row) for text, row in rows.items())
        return rows

    def _keep(self, rows: Iterable[tuple[bytes, np.ndarray]]) -> None:
        for key, row in rows:
            self._rows[key] = row
            self._rows.move_to_end(key)
        while len(self._rows) > self._kept:
            self._rows.popitem(last=False)

    def _title_rows(self, titles: list[str]) -> np.ndarray:
        return self._language.title_logits(self._encoder.encode(titles))[:, None]

    def _sentence_rows(self, sentences: list[str]) -> np.ndarray:
        worth = [sentence for sentence in sentences if worth_embedding(sentence)]
        kinds = np.zeros((len(sentences), len(SENTENCE_KINDS)))
        if worth:
            at = np.array([worth_embedding(sentence) for sentence in sentences])
            kinds[at] = self._language.kinds(self._encoder.encode(worth))
        return np.hstack([np.array([sentence_words(sentence) for sentence in sentences]), kinds])
