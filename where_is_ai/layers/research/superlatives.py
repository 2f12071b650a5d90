"""The superlatives that are said of AI papers, as statements: who leads by papers, and by papers that are cited most.

Papers are bounded where they could be counted apart. Sums of institutions and counts of cited papers have no bounds.
"""

from typing import Any

import pandas as pd

from where_is_ai.layers.layer import Material
from where_is_ai.layers.research.citations import LEAST_MATURE_WORKS, cited
from where_is_ai.layers.research.notes import METROS
from where_is_ai.statements import Measure, Statement, superlative

FIGURES = "OpenAlex's published figures"
# Of a lead that is smaller no ratio is told.
FAR_AHEAD = 1.2


def statements(material: Material) -> list[Statement]:
    """What titles, card and findings of an edition say, where it has metros."""
    metros = material.tables.get(METROS)
    if metros is None:
        return []
    made = (papers_title(metros), papers_card(metros), papers_lead(metros), cited_title(cited(metros)))
    return [each for each in made if each is not None]


def papers_title(metros: pd.DataFrame) -> Statement | None:
    """Who of ``metros`` (MetroResearch) leads the world; None where no metro has a number."""
    first = _first(metros)
    if first.empty:
        return None
    said = f"{first['metro'].iloc[0]} leads the world in AI papers"
    return _leads(metros, first, said, f"{said} in {FIGURES}")


def papers_card(metros: pd.DataFrame) -> Statement | None:
    """The same, and by how much where that is far, as a card says it; None where there is nobody else."""
    works = metros["ai_works"].dropna().sort_values(ascending=False)
    if len(works) < 2:
        return None
    first, ratio = _first(metros), float(works.iloc[0] / works.iloc[1])
    cities, name = "The world's top 10 AI research cities", first["metro"].iloc[0]
    if ratio < FAR_AHEAD:
        return _leads(metros, first, f"{cities}, led by {name}", f"{cities}, led by {name} in {FIGURES}")
    said = f"{name} has {ratio:.1f} times as many papers as the next"
    return _leads(metros, first, f"{cities}: {said}", f"{cities}: {said} in {FIGURES}")


def papers_lead(metros: pd.DataFrame) -> Statement | None:
    """Who leads, as findings lead with it."""
    first = _first(metros)
    if first.empty:
        return None
    row = first.iloc[0]
    of = f"{row['institutions']} institution{'' if row['institutions'] == 1 else 's'}"
    said = f"{row['metro']} leads with {row['ai_works']:,} AI papers from {of}"
    return _leads(metros, first, said, f"In {FIGURES} {said}")


def cited_title(metros: pd.DataFrame) -> Statement | None:
    """Who of ``metros``, as ``cited`` chose them, leads by papers among the most cited 10 %; None where nobody does."""
    first = metros.sort_values(["top_10_works", "metro_id"], ascending=[False, True]).head(1)
    if first.empty:
        return None
    said = f"{first['metro'].iloc[0]} leads the world in the most cited AI papers"
    unbounded = pd.Series(pd.NA, index=metros.index, dtype="Int64")
    measure = Measure(METROS, "metro_id", "top_10_works", unbounded, unbounded)
    return superlative(
        metros, first, measure, said, f"{said} in {FIGURES}", **_size(first["mature_works"].iloc[0])
    )


def _first(metros: pd.DataFrame) -> pd.DataFrame:
    return metros.dropna(subset=["rank"]).sort_values(["rank", "metro_id"]).head(1)


def _leads(metros: pd.DataFrame, first: pd.DataFrame, wording: str, fallback: str) -> Statement:
    measure = Measure(METROS, "metro_id", "ai_works", metros["ai_works_low"], metros["ai_works_high"])
    return superlative(metros, first, measure, wording, fallback, **_size(first["ai_works"].iloc[0]))


def _size(papers: float) -> dict[str, Any]:
    return {"size": papers, "least_size": LEAST_MATURE_WORKS, "counted": "papers"}
