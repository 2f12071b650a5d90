"""What the pictures of each layer say about where their numbers come from."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.layers.employment.releases import release_known_in
from where_is_ai.layers.postings.made_up import NOTE as MADE_UP
from where_is_ai.layers.research.methods import ArticleMethod, Method
from where_is_ai.maps import EditionNotes
from where_is_ai.occupations import TITLES, ai_occupations
from where_is_ai.quarters import Quarter

POSTINGS_LICENCE = "counts CC BY 4.0, texts not published"


def of_employment(quarter: Quarter, method: ArticleMethod, entries: Sequence[Entry]) -> EditionNotes:  # noqa: ARG001
    """Notes on BLS OEWS; the research method plays no part in them."""
    release = release_known_in(quarter)
    return EditionNotes(
        quarter=str(quarter),
        source="BLS OEWS",
        period=str(release),
        method=" and ".join(
            f"{TITLES[code]} (SOC {code})" for code in ai_occupations(release.reference_month)
        ),
        reconstructed=any(entry.reconstructed for entry in entries),
        remark=f"This quarter repeats {release}" * release.repeated_in(quarter),
    )


def of_research(quarter: Quarter, method: Method, entries: Sequence[Entry]) -> EditionNotes:
    """Notes on OpenAlex."""
    first, last = method.window(quarter)
    return EditionNotes(
        quarter=str(quarter),
        source="OpenAlex",
        period=f"{first:%-d %B %Y} to {last:%-d %B %Y}",
        method=f"method “{method.name}”: {_counted(method)}",
        licence="CC0",
        reconstructed=any(entry.reconstructed for entry in entries),
    )


def _counted(method: Method) -> str:
    """Which papers of which institutions; how often each counts stands by the count."""
    if isinstance(method, ArticleMethod):
        return f"only the {method.institutions} institutions with most AI-tagged papers"
    return f"papers with a primary topic in subfield {' or '.join(method.subfields)}, all institutions"


def of_citations(quarter: Quarter, method: Method, entries: Sequence[Entry]) -> EditionNotes:
    """Notes on OpenAlex for works that are old enough to have been cited; any, where the method looks at none."""
    about = of_research(quarter, method, entries)
    if isinstance(method, ArticleMethod):
        return about
    first, last = method.mature_window(quarter)
    return replace(about, period=f"{first:%-d %B %Y} to {last:%-d %B %Y}")


def of_postings(quarter: Quarter, method: ArticleMethod, entries: Sequence[Entry]) -> EditionNotes:  # noqa: ARG001
    """Notes on job postings, as far as the quarter says; ``with_basis`` adds what the table rests on."""
    return EditionNotes(
        quarter=str(quarter), source="", period=str(quarter), method="", licence=POSTINGS_LICENCE
    )


def with_basis(about: EditionNotes, metros: pd.DataFrame) -> EditionNotes:
    """``about`` with sources, classifier and basis of ``metros`` (MetroPostings), and whether they are made up."""
    first = metros.iloc[0]
    made_up = first["sources"] == MADE_UP
    snapshots = f"boards read in {first['snapshots']} weeks" if first["snapshots"] else ""
    stock = "" if first["basis"] == "flow" else "all that were seen open, not new ones alone"
    return replace(
        about,
        source=MADE_UP if made_up else first["sources"],
        licence="written for the project" if made_up else about.licence,
        method="; ".join(
            part
            for part in (MADE_UP if made_up else "", f"classifier “{first['classifier']}”", snapshots, stock)
            if part
        ),
        remark=f"{MADE_UP.capitalize()}: they say nothing about the world" if made_up else "",
        basis=first["basis"],
    )
