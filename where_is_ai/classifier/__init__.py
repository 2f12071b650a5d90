"""Telling AI postings from the rest."""

from where_is_ai.classifier.choice import NAMES, classifier, default_classifier
from where_is_ai.classifier.jsonl import Classified, classify_file
from where_is_ai.classifier.protocol import Classifier, Posting, Verdict, classify
from where_is_ai.classifier.title_only import title_only

__all__ = [
    "NAMES",
    "Classified",
    "Classifier",
    "Posting",
    "Verdict",
    "classifier",
    "classify",
    "classify_file",
    "default_classifier",
    "title_only",
]
