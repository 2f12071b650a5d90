"""The superlatives that are said of AI postings, as statements: which metros have the most per resident."""

import pandas as pd

from where_is_ai.geography.names import short_us_names
from where_is_ai.layers.layer import Material
from where_is_ai.layers.leaders import whose_figures
from where_is_ai.layers.phrases import listed
from where_is_ai.layers.postings.coverage import why_no_ranking
from where_is_ai.layers.postings.metro import ENOUGH_EMPLOYERS
from where_is_ai.layers.postings.notes import MADE_UP, METROS
from where_is_ai.statements import Measure, Statement, superlative

NAMED = 3
FIGURES = "the published figures of the boards read"


def statements(material: Material) -> list[Statement]:
    """What title and findings of an edition say, where it has metros that qualify."""
    metros = material.tables.get(METROS)
    made = [rate_title(metros), rate_lead(metros)] if metros is not None else []
    return [each for each in made if each is not None]


def kind(metros: pd.DataFrame) -> str:
    """What the postings of ``metros`` are: ``new``, or, where snapshots are too few to tell, ``open``."""
    return "open" if "basis" in metros and metros["basis"].eq("stock").any() else "new"


def rate_title(metros: pd.DataFrame) -> Statement | None:
    """Which three metros (MetroPostings) that qualify have the most per resident; None where the sample can't tell."""
    first = _first(metros, NAMED)
    if first.empty or why_no_ranking(metros):
        return None
    names = short_us_names(metros["metro"])[first.index].to_list()
    said = (
        f"{listed(names)} {'has' if len(names) == 1 else 'have'} the most {kind(metros)} AI jobs per resident"
    )
    return _leads(metros, first, said, f"{said} in {_figures(metros)}")


def rate_lead(metros: pd.DataFrame) -> Statement | None:
    """Which metro has the most, as findings lead with it."""
    first = _first(metros, 1)
    if first.empty:
        return None
    row = first.iloc[0]
    rate = f"{row['ai_postings_per_100k']:.1f} {kind(metros)} AI postings per 100,000 residents"
    said = f"{row['metro']} leads with {rate}"
    return _leads(metros, first, said, f"In {_figures(metros)} {said}")


def _first(metros: pd.DataFrame, number: int) -> pd.DataFrame:
    return metros.dropna(subset=["rank"]).sort_values(["rank", "area_code"]).head(number)


def _leads(metros: pd.DataFrame, first: pd.DataFrame, wording: str, fallback: str) -> Statement:
    """Held against all others that qualify, by the interval that the classifier's errors leave."""
    qualifying = metros.dropna(subset=["rank"])
    low, high = (qualifying[f"ai_postings_per_100k_{end}"] for end in ("low", "high"))
    return superlative(
        qualifying,
        first,
        Measure(METROS, "area_code", "ai_postings_per_100k", low, high),
        wording,
        fallback,
        size=first["employers"].min(),
        least_size=ENOUGH_EMPLOYERS,
        counted="employers",
    )


def _figures(metros: pd.DataFrame) -> str:
    return whose_figures(metros.get("sources", pd.Series(dtype="str")), MADE_UP, FIGURES)
