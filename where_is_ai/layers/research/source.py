"""The method article's answers: which it needs, and from those answers to one table of institutions."""

from collections.abc import Sequence
from datetime import timedelta

import pandas as pd

from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.fetch import Library
from where_is_ai.layers.research import openalex
from where_is_ai.layers.research.methods import ArticleMethod
from where_is_ai.layers.research.schema import AiWorks
from where_is_ai.quarters import Quarter
from where_is_ai.tables import as_table

# Counts are paid for and don't move within a day: a rerun on the same day takes the archived answer.
PAID_ONCE_A_DAY = timedelta(hours=20)
IDS_PER_CALL = openalex.MOST_VALUES
PLACE_COLUMNS = ["institution_id", "type", "city", "country_code", "lat", "lon", "works_count", "parents"]
MEASURES = ("any_type_works", "year_before_works", "mature_works", "top_10_works", "top_1_works")


def works_by_institution(method: ArticleMethod, quarter: Quarter) -> Request:
    """The one call that counts the method's works by institution: the top groups, most works first."""
    return openalex.ask(
        "works",
        PAID_ONCE_A_DAY,
        filter=f"concepts.id:{method.concept},{openalex.published(*method.window(quarter))}",
        group_by="authorships.institutions.id",
        per_page=method.institutions,
    )


def institutions(ids: Sequence[str]) -> list[Request]:
    """The calls that give the institutions with these ids: 100 ids a call."""
    return openalex.institution_batches(ids, PAID_ONCE_A_DAY)


def institution_ids(library: Library, counts: Entry) -> list[str]:
    """The ids of the groups of a kept grouped answer, in its order."""
    return [openalex.short(group["key"]) for group in openalex.groups(library, counts)]


def read_ai_works(library: Library, counts: Entry, institutions: Sequence[Entry]) -> pd.DataFrame:
    """AiWorks from the grouped answer and the institutions' objects; one that OpenAlex lacks keeps its count."""
    works = read_groups(library, [counts]).rename(columns={"works": "ai_works"})
    places = read_places(library, institutions)
    rows = works.merge(places, on="institution_id", how="left", validate="one_to_one")
    return as_table(rows.assign(**dict.fromkeys(MEASURES, pd.NA)), AiWorks)


def read_groups(library: Library, pages: Sequence[Entry]) -> pd.DataFrame:
    """institution_id, institution and works from the pages of a grouped answer."""
    return pd.DataFrame(
        [
            (openalex.short(group["key"]), group["key_display_name"], group["count"])
            for page in pages
            for group in openalex.groups(library, page)
        ],
        columns=["institution_id", "institution", "works"],
    )


def read_places(library: Library, entries: Sequence[Entry]) -> pd.DataFrame:
    """PLACE_COLUMNS of the institutions in kept lists of them; parents are ids joined by ``|``."""
    found = [place(each) for entry in entries for each in openalex.results(library, entry)]
    return pd.DataFrame(found, columns=PLACE_COLUMNS)


def place(institution: dict) -> dict:
    geo = institution.get("geo") or {}
    own = openalex.short(institution["id"])
    parents = [name for name in map(openalex.short, institution.get("lineage") or ()) if name != own]
    return {
        "institution_id": own,
        "type": institution.get("type"),
        "city": geo.get("city"),
        "country_code": geo.get("country_code") or institution.get("country_code"),
        "lat": geo.get("latitude"),
        "lon": geo.get("longitude"),
        "works_count": institution.get("works_count"),
        "parents": "|".join(parents) or None,
    }
