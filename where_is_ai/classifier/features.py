"""One posting to one row of numbers: what its title says, what its own sentences say, and where they say it."""

import re
from typing import NamedTuple

import numpy as np

from where_is_ai.classifier import lexicon
from where_is_ai.classifier.text import STATED_CHARS, cleaned, sentences, without_company

NAMES = (
    "title_embedding",
    "title_ai",
    "title_ai_business",
    "title_maybe_ai",
    "title_data_science",
    "title_business",
    "title_other_engineering",
    "terms_in_role",
    "terms_anywhere",
    "own_team_is_ai",
    "ai_person_sought",
    "terms_in_company_talk",
    "analytics",
    "duties_top3",
    "duties_sum",
    "duties_share",
    "title_speaks_text_silent",
    "plain_title_terms_in_role",
)
SENTENCE_KINDS = ("ai_duty", "other_duty", "company", "around")
TOP = 4
"""Evidence is pooled over a posting's strongest few sentences, so that a long text isn't a stronger one."""


class ReadPosting(NamedTuple):
    """A posting as the classifier reads it: title, sentences and the weight of each sentence's place."""

    title: str
    sentences: list[str]
    place: np.ndarray


class TitleWords(NamedTuple):
    """What the lexicon finds in the title; each 0 or 1."""

    ai: float
    ai_business: float
    maybe_ai: float
    data_science: float
    business: float
    other_engineering: float


class TextEvidence(NamedTuple):
    """What the posting's sentences say, pooled."""

    terms_in_role: float = 0.0
    terms_anywhere: float = 0.0
    own_team_is_ai: float = 0.0
    ai_person_sought: float = 0.0
    terms_in_company_talk: float = 0.0
    analytics: float = 0.0
    duties_top3: float = 0.0
    duties_sum: float = 0.0
    duties_share: float = 0.25


def read_posting(company: str, title: str, text: str) -> ReadPosting:
    """Clean and split a posting; the employer's name is taken out of both its title and its text."""
    found = sentences(without_company(cleaned(text), company))
    place = np.array([min(1.0, STATED_CHARS / max(at, 1)) ** 2 for at, _ in found])
    name = without_company(cleaned(title), company).replace("the company", "").strip(" ,-|")
    return ReadPosting(name, [sentence for _, sentence in found], place)


def feature_row(read: ReadPosting, title_logit: float, kinds: np.ndarray) -> np.ndarray:
    """Give the numbers of ``NAMES``.

    ``title_logit`` and ``kinds`` (sentences x ``SENTENCE_KINDS``, probabilities) come from the embeddings.
    """
    title = _title_words(read.title)
    text = _text_evidence(read.sentences, kinds, read.place) if read.sentences else TextEvidence()
    # The code book's rule for a text that is boilerplate only: go by the title.
    silence = np.exp(-text.terms_in_role - text.duties_sum / 2)
    plain = 1 - max(title.ai, title.maybe_ai, title.data_science, title.business)
    spoken = max(title.ai, title.data_science)
    shape = [np.clip(title_logit, -5, 5), *title, *text, spoken * silence, plain * text.terms_in_role]
    return np.array(shape, dtype=float)


def _title_words(title: str) -> TitleWords:
    def says(pattern: re.Pattern) -> bool:
        return bool(pattern.search(title))

    ai, business = says(lexicon.TITLE_AI), says(lexicon.TITLE_BUSINESS)
    return TitleWords(
        ai=float(ai and not business),
        ai_business=float(ai and business),
        maybe_ai=float(says(lexicon.TITLE_MAYBE_AI) and not ai and not business),
        data_science=float(says(lexicon.TITLE_DATA_SCIENCE) and not says(lexicon.TITLE_ANALYTICS)),
        business=float(business),
        other_engineering=float(says(lexicon.TITLE_OTHER_ENGINEERING) and not ai),
    )


def _text_evidence(found: list[str], kinds: np.ndarray, place: np.ndarray) -> TextEvidence:
    def flags(pattern: re.Pattern) -> np.ndarray:
        return np.array([float(bool(pattern.search(sentence))) for sentence in found])

    def counts(pattern: re.Pattern) -> np.ndarray:
        return np.array([float(len({m.group().lower() for m in pattern.finditer(s)})) for s in found])

    terms, tool, role = counts(lexicon.MODEL_WORK), flags(lexicon.AI_AS_TOOL), flags(lexicon.ROLE_TALK)
    company = flags(lexicon.COMPANY_TALK)
    boast = company * (1 - role)
    of_role = place * role * (1 - 0.6 * company) * (1 - 0.7 * tool)
    duty = place * kinds[:, 0] * np.where(boast > 0, 0.4, 1) * np.where(tool > 0, 0.3, 1)
    other = place * kinds[:, 1]
    team = flags(lexicon.AI_TEAM) * (1 - flags(lexicon.WORKS_WITH))
    return TextEvidence(
        terms_in_role=np.log1p(_top(np.minimum(terms, 3) * of_role)),
        terms_anywhere=np.log1p(_top(place * terms)),
        own_team_is_ai=min(_top(place * team), 2.0),
        ai_person_sought=min(_top(place * flags(lexicon.SOUGHT_AI_PERSON)), 2.0),
        terms_in_company_talk=np.log1p(
            _top(place * np.minimum(terms + flags(lexicon.AI_MENTION), 3) * boast)
        ),
        analytics=np.log1p(_top(place * counts(lexicon.ANALYTICS))),
        duties_top3=float(np.sort(duty)[::-1][:3].mean()),
        duties_sum=_top(-np.log(1 - duty.clip(0, 0.95))),
        duties_share=(_top(duty) + 0.2) / (_top(duty) + _top(other) + 0.8),
    )


def _top(values: np.ndarray) -> float:
    return float(np.sort(values)[::-1][:TOP].sum())
