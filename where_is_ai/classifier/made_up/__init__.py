"""Training postings put together from sentences and titles written for this project.

None is anybody's posting: the lists beside this file are made up, following the code book (a role's own duties
decide, not what its employer sells), with the hard cases on purpose: an accountant at an AI lab, a plain
"Software Engineer" who trains models, a title that says it all above a text that says nothing.
"""

import hashlib
import random
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from where_is_ai.classifier import lexicon

FOLDER = Path(__file__).parent
LISTS = ("ai_duties", "other_duties", "company", "around", "analytics_duties", "titles_ai", "titles_other")
_PLAIN_TITLES = (
    "Software Engineer",
    "Software Engineer II",
    "Software Engineer, Platform",
    "Software Engineer, Product",
    "Software Engineer, Infrastructure",
    "Software Engineer, New Grad",
    "Backend Engineer",
    "Full Stack Engineer",
    "Forward Deployed Engineer",
    "Solutions Engineer",
    "Research Engineer",
    "Data Engineer",
    "Data Analyst",
    "Research Analyst",
    "Statistician",
    "Operations Research Analyst",
    "Computer Scientist",
    "Research Associate",
    "Postdoctoral Associate",
    "Bioinformatics Analyst",
    "Quantitative Analyst",
    "Consultant",
)
_DATA_SCIENTISTS = (
    "Data Scientist",
    "Senior Data Scientist",
    "Data Scientist II",
    "Lead Data Scientist",
    "Data Science Analyst",
)
_INTRODUCTIONS = (
    "As a {title}, you will join a small team with much to do.",
    "We are looking for a {title} to join us.",
    "In this role as {title} you will shape what we build.",
    "{title}.",
    "We're hiring a {title}.",
)


class MadeUpPosting(NamedTuple):
    title: str
    text: str
    ai_job: bool


@lru_cache
def lines(name: str) -> list[str]:
    """One of ``LISTS``, a sentence or title per line."""
    return (FOLDER / f"{name}.txt").read_text().splitlines()


def lists_sha256() -> str:
    """One hash over all lists, recorded with the head that was trained on them."""
    return hashlib.sha256(
        "\0".join((FOLDER / f"{name}.txt").read_text() for name in LISTS).encode()
    ).hexdigest()


def compose(count: int, seed: int) -> list[MadeUpPosting]:
    """Put ``count`` postings together; the same seed gives the same postings."""
    draw = random.Random(seed)
    company = lines("company")
    boasting = [line for line in company if _speaks_of_ai(line)]
    modest = [line for line in company if not _speaks_of_ai(line)]
    return [_posting(draw, boasting if draw.random() < 0.55 else modest) for _ in range(count)]


def _speaks_of_ai(sentence: str) -> bool:
    return bool(lexicon.AI_MENTION.search(sentence) or lexicon.MODEL_WORK.search(sentence))


def _posting(draw: random.Random, company: list[str]) -> MadeUpPosting:
    title, duties, ai_job = _role(draw)
    draw.shuffle(duties)
    text = [
        *draw.sample(company, draw.randint(1, 4)),
        draw.choice(_INTRODUCTIONS).format(title=title),
        *duties,
        *draw.sample(lines("around"), draw.randint(0, 4)),
    ]
    return MadeUpPosting(title, " ".join(text), ai_job)


def _role(draw: random.Random) -> tuple[str, list[str], bool]:
    ai, other, around = (lines(name) for name in ("ai_duties", "other_duties", "around"))
    kind = draw.random()
    if kind < 0.34:
        duties = draw.sample(ai, draw.randint(1, 5)) + draw.sample(other, draw.randint(0, 2))
        return draw.choice(lines("titles_ai")), duties, True
    if kind < 0.45:  # the title alone speaks
        duties = draw.sample(around, 2) + draw.sample(other, draw.choice((0, 0, 1, 2)))
        titles = _DATA_SCIENTISTS if draw.random() < 0.2 else lines("titles_ai")
        return draw.choice(titles), duties, True
    if kind < 0.55:  # the duties alone speak
        duties = draw.sample(ai, draw.randint(2, 5)) + draw.sample(other, draw.randint(0, 2))
        return draw.choice(_PLAIN_TITLES), duties, True
    if kind < 0.59:  # a data scientist whose duties are reports and experiments
        duties = draw.sample(lines("analytics_duties"), draw.randint(2, 5)) + draw.sample(
            other, draw.randint(0, 2)
        )
        return draw.choice(_DATA_SCIENTISTS), duties, False
    titles = _PLAIN_TITLES if kind < 0.72 else lines("titles_other")
    reports = draw.sample(lines("analytics_duties"), draw.choice((0, 0, 0, 2)))
    return draw.choice(titles), draw.sample(other, draw.randint(2, 6)) + reports, False
