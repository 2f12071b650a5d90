"""One posting to one row of numbers: what its title says, what its own sentences say, and where they say it."""

import re
from typing import NamedTuple

import numpy as np

from where_is_ai.classifier import lexicon, titles
from where_is_ai.classifier.text import STATED_CHARS, cleaned, sentences, without_company

TEXT_NAMES = (
    "terms_in_role",
    "terms_anywhere",
    "core_in_role",
    "core_anywhere",
    "core_optional",
    "own_team_is_ai",
    "ai_person_sought",
    "terms_in_company_talk",
    "analytics",
    "duties_top3",
    "duties_sum",
    "duties_share",
    "reports_sum",
    "duties_over_reports",
)
NAMES = (
    "title_embedding",
    *(f"title_{name}" for name in titles.NAMES),
    *TEXT_NAMES,
    "title_speaks_text_silent",
    "plain_title_terms_in_role",
)
SENTENCE_KINDS = ("ai_duty", "other_duty", "company", "around", "analytics_duty")
TOP = 4
"""Evidence is pooled over a posting's strongest few sentences, so that a long text isn't a stronger one."""


class ReadPosting(NamedTuple):
    """A posting as the classifier reads it: title, sentences and the weight of each sentence's place."""

    title: str
    sentences: list[str]
    place: np.ndarray


class SentenceWords(NamedTuple):
    """What the lexicon finds in a sentence: numbers of different terms, else 0 or 1."""

    terms: float
    core: float
    mention: float
    tool: float
    role: float
    company: float
    team: float
    sought: float
    analytics: float
    optional: float


_SILENT = np.zeros((1, len(SentenceWords._fields) + len(SENTENCE_KINDS)))


def read_posting(company: str, title: str, text: str) -> ReadPosting:
    """Clean and split a posting; the employer's name is taken out of both its title and its text."""
    found = sentences(without_company(cleaned(text), company))
    place = np.array([min(1.0, STATED_CHARS / max(at, 1)) ** 2 for at, _ in found])
    return ReadPosting(titles.bare_title(title, company), [sentence for _, sentence in found], place)


def worth_embedding(sentence: str) -> bool:
    """Whether a sentence may speak of work on models; the meaning of any other decides nothing."""
    return bool(
        lexicon.MODEL_WORK.search(sentence)
        or lexicon.CORE_TERMS.search(sentence)
        or (lexicon.MAY_MEAN_MODELS.search(sentence) and lexicon.ROLE_TALK.search(sentence))
    )


def boasts(sentence: str) -> bool:
    """Whether a sentence speaks of the employer and not of the role."""
    return bool(lexicon.COMPANY_TALK.search(sentence) and not lexicon.ROLE_TALK.search(sentence))


def sentence_words(sentence: str) -> SentenceWords:
    """What the lexicon finds in ``sentence``."""

    def says(pattern: re.Pattern) -> float:
        return float(bool(pattern.search(sentence)))

    def count(pattern: re.Pattern) -> float:
        return float(len({match.group().lower() for match in pattern.finditer(sentence)}))

    return SentenceWords(
        terms=count(lexicon.MODEL_WORK),
        core=count(lexicon.CORE_TERMS),
        mention=says(lexicon.AI_MENTION),
        tool=says(lexicon.AI_AS_TOOL),
        role=says(lexicon.ROLE_TALK),
        company=says(lexicon.COMPANY_TALK),
        team=says(lexicon.AI_TEAM) * (1 - says(lexicon.WORKS_WITH)),
        sought=says(lexicon.SOUGHT_AI_PERSON),
        analytics=count(lexicon.ANALYTICS),
        optional=says(lexicon.OPTIONAL),
    )


def feature_row(title: str, title_logit: float, readings: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Give the numbers of ``NAMES``.

    ``readings`` has a row per sentence: the numbers of SentenceWords, then the probabilities of ``SENTENCE_KINDS``
    (zeros if it isn't worth embedding); ``place`` is the weight of each sentence, 0 to 1.
    """
    of_title = titles.title_row(title)
    of_text = text_evidence(readings, place) if len(place) else text_evidence(_SILENT, np.zeros(1))
    named = dict(zip(titles.NAMES, of_title, strict=True))
    evidence = dict(zip(TEXT_NAMES, of_text, strict=True))
    # The code book's rule for a text that is boilerplate only: go by the title.
    silence = np.exp(-evidence["terms_in_role"] - evidence["duties_sum"] / 2)
    spoken = max(
        named["field_built"],
        named["beside_the_field"],
        named["data_science"] - named["data_science_of_reports"],
    )
    plain = 1 - max(named[name] for name in ("field_built", "field_led", "data_science", "another_trade"))
    return np.array(
        [
            np.clip(title_logit, -5, 5),
            *of_title,
            *of_text,
            spoken * silence,
            plain * evidence["terms_in_role"],
        ]
    )


def text_evidence(readings: np.ndarray, place: np.ndarray) -> list[float]:
    """What the posting's sentences say, pooled: the numbers of ``TEXT_NAMES``."""
    words, kinds = np.split(readings.T, [len(SentenceWords._fields)])
    said = SentenceWords(*words)
    boast = said.company * (1 - said.role)
    of_role = place * said.role * (1 - 0.6 * said.company) * (1 - 0.7 * said.tool)
    damped = np.where(boast > 0, 0.4, 1) * np.where(said.tool > 0, 0.3, 1)
    ai_duty, other_duty, _, _, analytics_duty = place * kinds
    duty, core = ai_duty * damped, np.minimum(said.core, 3)
    return [
        np.log1p(_top(np.minimum(said.terms, 3) * of_role)),
        np.log1p(_top(place * said.terms)),
        np.log1p(_top(core * of_role * (1 - 0.5 * said.optional))),
        np.log1p(_top(place * core * (1 - 0.8 * boast))),
        min(_top(place * core * said.optional), 2.0),
        min(_top(place * said.team), 2.0),
        min(_top(place * said.sought), 2.0),
        np.log1p(_top(place * np.minimum(said.terms + said.mention, 3) * boast)),
        np.log1p(_top(place * said.analytics)),
        float(np.sort(duty)[::-1][:3].mean()),
        _top(-np.log(1 - duty.clip(0, 0.95))),
        (_top(duty) + 0.2) / (_top(duty) + _top(other_duty) + 0.8),
        _top(analytics_duty),
        (_top(duty) + 0.3) / (_top(duty) + _top(analytics_duty) + 0.6),
    ]


def _top(values: np.ndarray) -> float:
    return float(np.sort(values)[::-1][:TOP].sum())
