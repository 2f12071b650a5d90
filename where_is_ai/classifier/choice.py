"""Choosing a classifier by name, by setting, or by what is installed."""

from collections.abc import Callable

from where_is_ai.classifier.cascade import Cascade
from where_is_ai.classifier.embedding import EmbeddingClassifier, embedding_obtainable
from where_is_ai.classifier.keywords import KeywordsClassifier
from where_is_ai.classifier.llm import LLMClassifier
from where_is_ai.classifier.protocol import Classifier
from where_is_ai.errors import UsageError
from where_is_ai.settings import given_values

SETTING = "WHERE_IS_AI_CLASSIFIER"
_MAKERS: dict[str, Callable[[], Classifier]] = {
    KeywordsClassifier.name: KeywordsClassifier,
    EmbeddingClassifier.name: lambda: Cascade(EmbeddingClassifier()),
    LLMClassifier.name: lambda: Cascade(LLMClassifier()),
}
NAMES = tuple(_MAKERS)


def default_classifier() -> str:
    """The name of the classifier that is used if none is asked for: the setting, else the best that is at hand."""
    if chosen := given_values().get(SETTING):
        return _known(chosen, f"The setting {SETTING}")
    return EmbeddingClassifier.name if embedding_obtainable() else KeywordsClassifier.name


def classifier(name: str | None = None) -> Classifier:
    """Make the classifier ``name`` (default_classifier() if None); the models stand behind the lexicon.

    UsageError for an unknown name, ClassifierUnavailable if what it needs isn't there.
    """
    return _MAKERS[_known(name, "The classifier") if name else default_classifier()]()


def _known(name: str, what: str) -> str:
    if name not in _MAKERS:
        raise UsageError(f"{what} {name!r} is unknown.", f"Choose one of {', '.join(NAMES)}.")
    return name
