"""The method article's answers: which it needs, and from those answers to one table of institutions."""

from collections.abc import Sequence
from datetime import timedelta

import pandas as pd

from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.fetch import Library
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.research import openalex
from where_is_ai.layers.research.methods import ArticleMethod
from where_is_ai.layers.research.records import SET_ASIDE, Troubles, read_group, read_place
from where_is_ai.layers.research.schema import AiWorks
from where_is_ai.quarters import Quarter
from where_is_ai.tables import as_table

# Counts are paid for and don't move within a day: a rerun on the same day takes the archived answer.
PAID_ONCE_A_DAY = timedelta(hours=20)
IDS_PER_CALL = openalex.MOST_VALUES
PLACE_COLUMNS = [
    *("institution_id", "display_name", "type", "city", "country_code", "lat", "lon"),
    *("works_count", "parents", "region", "geonames_city_id"),
]
# Of fewer groups one that is off is one, not a sign that OpenAlex has changed its answers.
FEW_GROUPS = 10
MEASURES = ("any_type_works", "year_before_works", "mature_works", "top_10_works", "top_1_works")


def works_by_institution(method: ArticleMethod, quarter: Quarter) -> Request:
    """The one call that counts the method's works by institution, as archives hold it: the top groups, most first."""
    return openalex.ask(
        "works",
        PAID_ONCE_A_DAY,
        filter=f"concepts.id:{method.concept},{openalex.published(*method.window(quarter))}",
        group_by="authorships.institutions.id",
        per_page=method.institutions,
    )


def top_institutions(method: ArticleMethod, quarter: Quarter) -> Request:
    """The same call as it is asked today: a page of groups has 200 by itself, and ``per_page`` is documented to 100."""
    return openalex.ask(
        "works",
        PAID_ONCE_A_DAY,
        filter=f"concepts.id:{method.concept},{openalex.published(*method.window(quarter))}",
        group_by="authorships.institutions.id",
    )


def institutions(ids: Sequence[str]) -> list[Request]:
    """The calls that give the institutions with these ids: 100 ids a call."""
    return openalex.institution_batches(ids, PAID_ONCE_A_DAY)


def institution_ids(library: Library, counts: Entry) -> list[str]:
    """The ids of the groups of a kept grouped answer, in its order."""
    return list(read_groups(library, [counts])["institution_id"])


def read_ai_works(
    library: Library, counts: Entry, institutions: Sequence[Entry], troubles: Troubles | None = None
) -> pd.DataFrame:
    """AiWorks from the grouped answer and the institutions' objects; one that OpenAlex lacks keeps its count.

    What was off with a record goes to ``troubles``.
    """
    troubles = Troubles() if troubles is None else troubles
    works = read_groups(library, [counts], "ai_works", troubles).rename(columns={"works": "ai_works"})
    places = read_places(library, institutions, troubles)
    rows = placed(counted(works, troubles), places, counts.url, troubles)
    point_from = rows["lat"].notna().map({True: "OpenAlex", False: pd.NA})
    return as_table(rows.assign(point_from=point_from, **dict.fromkeys(MEASURES, pd.NA)), AiWorks)


def read_groups(
    library: Library, pages: Sequence[Entry], concerns: str = "ai_works", troubles: Troubles | None = None
) -> pd.DataFrame:
    """institution_id, institution, works (Int64) and answer, a row per institution, from the pages of a grouped answer.

    ``works`` is NA where the count is none; ``concerns`` is the column that it fills. Raises BadUpstream where most
    groups can't be read.
    """
    troubles = Troubles() if troubles is None else troubles
    found: dict[str, tuple] = {}
    seen = unread = 0
    for page in pages:
        groups, total = openalex.groups_and_total(library, page)
        for each in groups:
            group = read_group(each, concerns, total, page.url, troubles)
            seen, unread = seen + 1, unread + (group is None or group.works is None)
            if group is None:
                continue
            if group.institution_id in found:
                troubles.add(
                    group.institution_id,
                    group.name,
                    concerns,
                    "given twice",
                    "first kept",
                    group.works,
                    page.url,
                )
            found.setdefault(group.institution_id, (group.institution_id, group.name, group.works, page.url))
    if unread * 2 > seen >= FEW_GROUPS:
        raise BadUpstream(
            f"{unread} of {seen} groups of {pages[0].url} can't be read: {troubles.rows[-1][3]}.",
            "If OpenAlex has changed its answers, adapt where_is_ai/layers/research/records.py.",
        )
    rows = pd.DataFrame(found.values(), columns=["institution_id", "institution", "works", "answer"])
    return rows.astype({"institution_id": "str", "institution": "str", "works": "Int64", "answer": "str"})


def read_places(library: Library, entries: Sequence[Entry], troubles: Troubles | None = None) -> pd.DataFrame:
    """PLACE_COLUMNS of the institutions in kept lists of them; parents are ids joined by ``|``."""
    troubles = Troubles() if troubles is None else troubles
    found = [
        read_place(each, entry.url, troubles)
        for entry in entries
        for each in openalex.results(library, entry)
    ]
    return pd.DataFrame(filter(None, found), columns=PLACE_COLUMNS).drop_duplicates("institution_id")


def counted(rows: pd.DataFrame, troubles: Troubles) -> pd.DataFrame:
    """The rows with at least one AI work; one that counts none says so in ``troubles``."""
    for row in rows[rows["ai_works"] == 0].itertuples():
        troubles.add(
            row.institution_id, row.institution, "ai_works", "counts no works", SET_ASIDE, 0, row.answer
        )
    return rows[(rows["ai_works"] > 0).fillna(False)]


def placed(rows: pd.DataFrame, places: pd.DataFrame, url: str, troubles: Troubles) -> pd.DataFrame:
    """``rows`` with the columns of ``places``; one that OpenAlex no longer lists, or has no name for, says so."""
    for name in sorted(set(rows["institution_id"]) - set(places["institution_id"])):
        trouble = "OpenAlex lists no institution of this id: merged or vanished"
        troubles.add(name, None, "place", trouble, "kept without a place", name, url)
    rows = rows.merge(places, on="institution_id", how="left", validate="one_to_one")
    nameless = rows["institution"].isna()
    rows["institution"] = rows["institution"].fillna(rows["display_name"]).fillna(rows["institution_id"])
    for row in rows[nameless].itertuples():
        consequence = f"called {row.institution}"
        troubles.add(row.institution_id, None, "institution", "no name", consequence, None, row.answer)
    return rows
