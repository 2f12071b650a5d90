"""A cheap lexicon settles the hopeless postings before a model reads the rest."""

from collections.abc import Iterable, Iterator
from itertools import islice

from where_is_ai.classifier import lexicon, title_lexicon
from where_is_ai.classifier.features import boasts, worth_embedding
from where_is_ai.classifier.protocol import Classifier, Posting, Verdict
from where_is_ai.classifier.text import cleaned, sentences, without_company

WINDOW = 4_000
DISMISSED = Verdict(False, 0.0)
"""Neither title nor role has any word for work on models: by the code book not an AI job."""


class Cascade:
    """``model`` behind the lexicon; a posting's verdict still depends on that posting alone."""

    def __init__(self, model: Classifier):
        self._model = model
        self.name = model.name
        self.label = f"{model.label} after lexicon"

    def verdicts(self, postings: Iterable[Posting]) -> Iterator[Verdict]:
        """At most WINDOW postings are held at a time, however rare the hopeful ones are."""
        unread = iter(postings)
        while window := list(islice(unread, WINDOW)):
            hopeless = [is_hopeless(posting) for posting in window]
            hopeful = (posting for posting, settled in zip(window, hopeless, strict=True) if not settled)
            judged = self._model.verdicts(hopeful)
            yield from (DISMISSED if settled else next(judged) for settled in hopeless)


def is_hopeless(posting: Posting) -> bool:
    """Whether a posting that has a title or a text says nothing in them for which a model need be asked.

    Neither title nor text has a word of the field, or the text's stand in boasts of the employer and in talk of
    tools alone. The employer's name doesn't count.
    """
    title, text = (
        without_company(cleaned(written), posting.company) for written in (posting.title, posting.text)
    )
    if not title and not text:
        return False
    if title_lexicon.HOPE.search(title):
        return False
    if not lexicon.HOPE_IN_TEXT.search(text):
        return True
    return not any(worth_embedding(sentence) and not boasts(sentence) for _, sentence in sentences(text))
