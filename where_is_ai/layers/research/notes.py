"""Where the numbers of an edition come from, as its pictures and pages say it: by the method that the table names."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from where_is_ai.layers.layer import Material
from where_is_ai.layers.research.methods import ArticleMethod, Method, method_named
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.quarters import Quarter

RAW = "raw_openalex_works_by_institution"
METROS = "world_ai_research_by_metro"


def notes(material: Material) -> EditionNotes:
    """Notes on the answers of OpenAlex behind the table by metro."""
    about = notes_of(material.tables[METROS], material.quarter)
    return replace(about, reconstructed=material.reconstructed(RAW))


def notes_of(metros: pd.DataFrame, quarter: Quarter) -> EditionNotes:
    """Notes on ``metros`` (MetroResearch) of ``quarter``."""
    method = method_of(metros)
    return EditionNotes(
        quarter=str(quarter),
        source="OpenAlex",
        period=_days(*method.window(quarter)),
        method=f"method “{method.name}”: {_counted(method)}",
        licence="CC0",
    )


def citation_notes(material: Material) -> EditionNotes:
    """The same for works that are old enough to have been cited; any, where the method looks at none."""
    about, method = notes(material), method_of(material.tables[METROS])
    if isinstance(method, ArticleMethod):
        return about
    return replace(about, period=_days(*method.mature_window(material.quarter)))


def method_of(metros: pd.DataFrame) -> Method:
    """The method by which ``metros`` (MetroResearch) were counted."""
    return method_named(metros["method"].iloc[0])


def of_method(
    quarters: Sequence[tuple[Quarter, pd.DataFrame]], name: str
) -> list[tuple[Quarter, pd.DataFrame]]:
    """Those of ``quarters`` (MetroResearch) that were counted by the method ``name``."""
    return [(quarter, metros) for quarter, metros in quarters if method_of(metros).name == name]


def _counted(method: Method) -> str:
    """Which papers of which institutions; how often each counts stands by the count."""
    if isinstance(method, ArticleMethod):
        return f"only the {method.institutions} institutions with the most AI-tagged papers"
    return f"papers with a primary topic in subfield {' or '.join(method.subfields)}, all institutions"


def _days(first: date, last: date) -> str:
    return f"{first:%-d %B %Y} to {last:%-d %B %Y}"
