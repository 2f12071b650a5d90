"""A cheap lexicon settles the hopeless postings before a model reads the rest."""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import repeat

from where_is_ai.classifier import lexicon
from where_is_ai.classifier.protocol import Classifier, Posting, Verdict
from where_is_ai.classifier.text import cleaned, without_company

DISMISSED = Verdict(False, 0.0)
"""Neither title nor text has any word for work on models: by the code book not an AI job."""


class Cascade:
    """``model`` behind the lexicon; a posting's verdict still depends on that posting alone."""

    def __init__(self, model: Classifier):
        self._model = model
        self.name = model.name
        self.label = f"{model.label} after lexicon"

    def verdicts(self, postings: Iterable[Posting]) -> Iterator[Verdict]:
        dismissed_before = deque([0])

        def hopeful() -> Iterator[Posting]:
            for posting in postings:
                if is_hopeless(posting):
                    dismissed_before[-1] += 1
                else:
                    dismissed_before.append(0)
                    yield posting

        for verdict in self._model.verdicts(hopeful()):
            yield from repeat(DISMISSED, dismissed_before.popleft())
            yield verdict
        yield from repeat(DISMISSED, dismissed_before.popleft())


def is_hopeless(posting: Posting) -> bool:
    """Whether a posting that has a title or a text has no word in them for which a model need be asked.

    The employer's name doesn't count.
    """
    title, text = (
        without_company(cleaned(written), posting.company) for written in (posting.title, posting.text)
    )
    speaks = lexicon.HOPE_IN_TITLE.search(title) or lexicon.HOPE_IN_TEXT.search(text)
    return not speaks and bool(title or text)
