"""One posting to one row of numbers: what its title says, what its own sentences say, and where they say it."""

from typing import NamedTuple

import numpy as np

from where_is_ai.postings.classifier import lexicon
from where_is_ai.postings.classifier.text import STATED_CHARS, cleaned, sentences, without_company

NAMES = (
    "title_embedding",
    "title_ai",
    "title_ai_business",
    "title_maybe_ai",
    "title_data_science",
    "title_analytics",
    "title_business",
    "title_other_engineering",
    "terms_in_role",
    "terms_in_role_max",
    "terms_anywhere",
    "own_team_is_ai",
    "ai_person_sought",
    "ai_in_role",
    "ai_as_tool",
    "terms_in_company_talk",
    "analytics",
    "duties_top3",
    "duties_max",
    "duties_sum",
    "duties_share",
    "other_duties",
)
SENTENCE_KINDS = ("ai_duty", "other_duty", "company", "around")
TOP = 4
"""Evidence is pooled over a posting's strongest few sentences, so that a long text isn't a stronger one."""


class ReadPosting(NamedTuple):
    """A posting as the classifier reads it: title, sentences and the weight of each sentence's place."""

    title: str
    sentences: list[str]
    place: np.ndarray


class SentenceWords(NamedTuple):
    """What the lexicon finds in each sentence; arrays of one length."""

    terms: np.ndarray
    ai: np.ndarray
    tool: np.ndarray
    company: np.ndarray
    role: np.ndarray
    team: np.ndarray
    sought: np.ndarray
    analytics: np.ndarray


def read_posting(company: str, title: str, text: str) -> ReadPosting:
    """Clean and split a posting; the employer's name is taken out of both its title and its text."""
    found = sentences(without_company(cleaned(text), company))
    place = np.array([min(1.0, STATED_CHARS / max(at, 1)) for at, _ in found])
    name = without_company(cleaned(title), company).replace("the company", "").strip(" ,-|")
    return ReadPosting(name, [sentence for _, sentence in found], place)


def feature_row(read: ReadPosting, title_logit: float, kinds: np.ndarray) -> np.ndarray:
    """Give the numbers of ``NAMES``.

    ``title_logit`` and ``kinds`` (sentences x ``SENTENCE_KINDS``, probabilities) come from the embeddings.
    """
    words = _sentence_words(read.sentences)
    return np.array([*_title_features(read.title, title_logit), *_text_features(words, kinds, read.place)])


def _title_features(title: str, title_logit: float) -> list[float]:
    def says(pattern) -> bool:
        return bool(pattern.search(title))

    ai, business = says(lexicon.TITLE_AI), says(lexicon.TITLE_BUSINESS)
    science = says(lexicon.TITLE_DATA_SCIENCE)
    analytics = science and says(lexicon.TITLE_ANALYTICS)
    return [
        float(np.clip(title_logit, -5, 5)),
        float(ai and not business),
        float(ai and business),
        float(says(lexicon.TITLE_MAYBE_AI) and not ai and not business),
        float(science and not analytics),
        float(analytics),
        float(business),
        float(says(lexicon.TITLE_OTHER_ENGINEERING) and not ai),
    ]


def _text_features(words: SentenceWords, kinds: np.ndarray, place: np.ndarray) -> list[float]:
    if not len(place):
        return [0.0] * (len(NAMES) - 8)
    terms = np.minimum(words.terms, 3)
    role = place * words.role * (1 - 0.6 * words.company) * (1 - 0.7 * words.tool)
    boast = words.company * (1 - words.role)
    duty = place * kinds[:, 0] * np.where(boast > 0, 0.4, 1) * np.where(words.tool > 0, 0.3, 1)
    other = place * kinds[:, 1]
    strongest = np.sort(duty)[::-1]
    return [
        np.log1p(_top(terms * role)),
        float((terms * role).max()),
        np.log1p(_top(place * words.terms)),
        min(_top(place * words.team), 2.0),
        min(_top(place * words.sought), 2.0),
        min(_top(words.ai * role), 2.0),
        min(_top(place * words.tool), 2.0),
        np.log1p(_top(place * np.minimum(words.terms + words.ai, 3) * boast)),
        np.log1p(_top(place * words.analytics)),
        float(strongest[:3].mean()),
        float(strongest[0]),
        float(_top(-np.log(1 - duty.clip(0, 0.95)))),
        float((_top(duty) + 0.2) / (_top(duty) + _top(other) + 0.8)),
        float(_top(other)),
    ]


def _top(values: np.ndarray) -> float:
    return float(np.sort(values)[::-1][:TOP].sum())


def _sentence_words(found: list[str]) -> SentenceWords:
    def flags(pattern) -> np.ndarray:
        return np.array([float(bool(pattern.search(sentence))) for sentence in found])

    def counts(pattern) -> np.ndarray:
        return np.array([float(len({m.group().lower() for m in pattern.finditer(s)})) for s in found])

    return SentenceWords(
        terms=counts(lexicon.MODEL_WORK),
        ai=flags(lexicon.AI_MENTION),
        tool=flags(lexicon.AI_AS_TOOL),
        company=flags(lexicon.COMPANY_TALK),
        role=flags(lexicon.ROLE_TALK),
        team=flags(lexicon.AI_TEAM) * (1 - flags(lexicon.WORKS_WITH)),
        sought=flags(lexicon.SOUGHT_AI_PERSON),
        analytics=counts(lexicon.ANALYTICS),
    )
