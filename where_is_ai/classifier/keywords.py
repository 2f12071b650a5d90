"""The baseline: a keyword anywhere makes an AI job. It is what the other classifiers are measured against."""

import re
from collections.abc import Iterable, Iterator

from where_is_ai.classifier.head import load_head
from where_is_ai.classifier.protocol import UNKNOWN, Posting, Verdict
from where_is_ai.classifier.text import cleaned

KEYWORDS = re.compile(
    r"\b(?:AI|A\.I\.|ML|LLMs?|NLP|GenAI|(?i:artificial intelligence|machine learning|deep learning|neural networks?|"
    r"computer vision|natural language processing|large language models?|generative ai|data scientists?))\b"
)
VERSION = 1


class KeywordsClassifier:
    """Finds ``KEYWORDS`` in title or text.

    Its probability is the share of AI jobs among labelled postings with, or without, a keyword.
    """

    name = "keywords"
    label = f"{name} {VERSION}"

    def __init__(self) -> None:
        measured = load_head().record["keywords"]
        self._probability = {True: measured["ai_share_with"], False: measured["ai_share_without"]}

    def verdicts(self, postings: Iterable[Posting]) -> Iterator[Verdict]:
        return map(self._verdict, postings)

    def _verdict(self, posting: Posting) -> Verdict:
        if not posting.title.strip() and not posting.text.strip():
            return UNKNOWN
        found = has_keyword(posting)
        return Verdict(found, self._probability[found])


def has_keyword(posting: Posting) -> bool:
    """Whether title or text holds a keyword."""
    return bool(KEYWORDS.search(posting.title) or KEYWORDS.search(cleaned(posting.text)))
