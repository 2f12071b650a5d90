"""What a title alone says, in a few numbers that need no model of language."""

import re

import numpy as np

from where_is_ai.classifier import title_lexicon
from where_is_ai.classifier.text import cleaned, without_company

NAMES = (
    "field_built",
    "field_led",
    "field_merely_named",
    "field_in_another_trade",
    "beside_the_field",
    "research",
    "data_science",
    "data_science_of_reports",
    "another_trade",
    "other_engineering",
)


def bare_title(title: str, company: str) -> str:
    """``title`` as plain text, without the employer's name."""
    return without_company(cleaned(title), company).replace("the company", "").strip(" ,-|")


def title_row(title: str) -> np.ndarray:
    """Give the numbers of ``NAMES`` for a bare title, each 0 or 1."""

    def says(pattern: re.Pattern) -> bool:
        return bool(pattern.search(title))

    field, trade = says(title_lexicon.FIELD), says(title_lexicon.TRADES)
    science, analytics = says(title_lexicon.DATA_SCIENCE), says(title_lexicon.ANALYTICS)
    # Who sells, staffs or supports the field isn't the engineer in "Sales Engineer, AI".
    without_trade = title_lexicon.TRADES.sub(" ", title)
    built = field and bool(title_lexicon.BUILDS_FIELD.search(without_trade))
    led = field and not built and bool(title_lexicon.LEADS_FIELD.search(without_trade))
    return np.array(
        [
            built,
            led,
            field and not built and not led,
            field and trade,
            not field and says(title_lexicon.FIELD_BESIDE_BUILDER),
            not field and says(title_lexicon.RESEARCH),
            science,
            science and analytics,
            trade,
            not field and says(title_lexicon.OTHER_ENGINEERING),
        ],
        dtype=float,
    )
