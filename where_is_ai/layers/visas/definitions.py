"""Which offers are AI jobs: strictly, by the occupations of the employment layer; and beside that, by title."""

import re
from dataclasses import dataclass

import pandas as pd

from where_is_ai.classifier.head import load_head
from where_is_ai.classifier.title_only import TitleClassifier
from where_is_ai.occupations import DATA_SCIENTISTS, RESEARCH_SCIENTISTS

# Computer and information research scientists before the SOC of 2018, in which data scientists have no code yet.
RESEARCH_SCIENTISTS_2010 = "15-1111"
AI_OCCUPATIONS = {"SOC 2018": (RESEARCH_SCIENTISTS, DATA_SCIENTISTS), "SOC 2010": (RESEARCH_SCIENTISTS_2010,)}
MIXED = "SOC 2010 and SOC 2018 mixed"
# Computer occupations are 15-11xx in the SOC of 2010 and 15-12xx in that of 2018.
_OF_2010, _OF_2018 = r"15-11\d\d", r"15-12\d\d|15-2051"
MOST_STRAYS_PCT = 2
_CODE = re.compile(r"(\d\d-\d{4})(?:\.\d\d)?")


@dataclass(frozen=True)
class Measured:
    """How well titles alone tell AI jobs, in percent with 95 % intervals by employer, and on how many postings."""

    classifier: str
    postings: int
    precision_pct: tuple[float, float, float]
    recall_pct: tuple[float, float, float]

    @property
    def words(self) -> str:
        precision, recall = (
            f"{each[0]:.0f} % ({each[1]:.0f} to {each[2]:.0f})"
            for each in (self.precision_pct, self.recall_pct)
        )
        return f"precision {precision} and recall {recall} on {self.postings} labelled postings"


def measured() -> Measured:
    """What was measured of the classifier that reads titles alone, on employers that it had not seen."""
    record = load_head().record
    scores = record["scores"]["title"]["employer"]
    return Measured(
        TitleClassifier().label,
        record["labelled"]["postings"],
        *(tuple(100 * each for each in scores[name]) for name in ("precision", "recall")),
    )


def soc_code(written: str | None) -> str | None:
    """The six-digit code of ``15-2051.00``; None for what is none, such as the dates that spreadsheets make of some."""
    found = _CODE.fullmatch((written or "").strip())
    return found[1] if found else None


def is_ai_occupation(codes: pd.Series) -> pd.Series:
    """Whether each SOC code, of either classification, is of an AI occupation; NA where the code is not known."""
    return codes.isin(sum(AI_OCCUPATIONS.values(), ())).astype("boolean").where(codes.notna())


def classification(codes: pd.Series) -> str:
    """Which classification the codes are of, by those of computer occupations; strays of the other are let pass."""
    of_2010 = int(codes.str.fullmatch(_OF_2010).fillna(False).sum())
    of_2018 = int(codes.str.fullmatch(_OF_2018).fillna(False).sum())
    fewer = min(of_2010, of_2018)
    if fewer and fewer > MOST_STRAYS_PCT / 100 * (of_2010 + of_2018):
        return MIXED
    return "SOC 2010" if of_2010 > of_2018 else "SOC 2018"


def definition(codes: pd.Series) -> str:
    """The strict definition in words, by the classification in use."""
    name = classification(codes)
    used = sum(AI_OCCUPATIONS.values(), ()) if name == MIXED else AI_OCCUPATIONS[name]
    return f"{name}: {', '.join(sorted(used))}"
