"""Choosing a classifier by name, by setting, or by what is installed."""

from collections.abc import Callable
from functools import partial

from where_is_ai.classifier.cascade import Cascade
from where_is_ai.classifier.embedding import EmbeddingClassifier
from where_is_ai.classifier.encoder import embedding_obtainable
from where_is_ai.classifier.keywords import KeywordsClassifier
from where_is_ai.classifier.llm import LLMClassifier
from where_is_ai.classifier.processes import InProcesses
from where_is_ai.classifier.protocol import Classifier
from where_is_ai.classifier.title_only import TitleClassifier
from where_is_ai.errors import UsageError
from where_is_ai.settings import given_values

SETTING = "WHERE_IS_AI_CLASSIFIER"
PROCESSES_SETTING = "WHERE_IS_AI_CLASSIFIER_PROCESSES"
_MAKERS: dict[str, Callable[[], Classifier]] = {
    KeywordsClassifier.name: KeywordsClassifier,
    TitleClassifier.name: TitleClassifier,
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

    With the setting WHERE_IS_AI_CLASSIFIER_PROCESSES above 1, that many processes judge side by side. UsageError for
    an unknown name or a bad number, ClassifierUnavailable if what it needs isn't there.
    """
    chosen, processes = _known(name, "The classifier") if name else default_classifier(), _processes()
    return InProcesses(partial(_make, chosen), processes) if processes > 1 else _make(chosen)


def _make(name: str) -> Classifier:
    return _MAKERS[name]()


def _processes() -> int:
    given = given_values().get(PROCESSES_SETTING, "1")
    if not given.isdecimal() or int(given) < 1:
        raise UsageError(
            f"The setting {PROCESSES_SETTING} is {given!r}, not a number of processes.",
            "Set it to 1 or more, at most the cores of the machine.",
        )
    return int(given)


def _known(name: str, what: str) -> str:
    if name not in _MAKERS:
        raise UsageError(f"{what} {name!r} is unknown.", f"Choose one of {', '.join(NAMES)}.")
    return name
