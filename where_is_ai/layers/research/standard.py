"""The standard method's table of institutions, from the kept answers."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library
from where_is_ai.geography.gazetteer.points import city_points
from where_is_ai.layers.research import openalex
from where_is_ai.layers.research.distinct import count_of
from where_is_ai.layers.research.methods import StandardMethod
from where_is_ai.layers.research.queries import (
    counted_apart,
    preprints,
    queries,
    retracted,
    without_institution,
)
from where_is_ai.layers.research.records import NOT_GIVEN, SET_ASIDE, Troubles, is_beyond, read_place
from where_is_ai.layers.research.schema import AiWorks
from where_is_ai.layers.research.source import PLACE_COLUMNS, counted, placed, read_groups, read_places
from where_is_ai.layers.research.walks import FIRST, page
from where_is_ai.quarters import Quarter
from where_is_ai.tables import as_table

CITED = ("mature_works", "top_10_works", "top_1_works")
# The walks whose institutions have a row: a citation counts where it was earned, even by who publishes nothing now.
LISTED_BY, LISTED_BEFORE = ("ai_works", "mature_works"), ("ai_works",)


def listed_by(method: StandardMethod) -> tuple[str, ...]:
    return LISTED_BY if method.revision > 1 else LISTED_BEFORE


def pages_by_measure(
    method: StandardMethod, quarter: Quarter, counts: Sequence[Entry]
) -> dict[str, list[Entry]]:
    """The pages of each walk, by the column that they fill."""
    return {
        measure: [entry for entry in counts if entry.url.startswith(_walk_url(among, method))]
        for measure, among in queries(method, quarter).items()
    }


def institution_ids(
    library: Library, method: StandardMethod, quarter: Quarter, counts: Sequence[Entry]
) -> list[str]:
    """The ids of all institutions with at least one AI paper in the window or old enough to be cited, in order."""
    walks = pages_by_measure(method, quarter, counts)
    listed = {measure: read_groups(library, walks[measure]) for measure in listed_by(method)}
    return list(_either(listed, method)["institution_id"])


def read_ai_works(
    library: Library,
    method: StandardMethod,
    quarter: Quarter,
    counts: Sequence[Entry],
    places: Sequence[Entry],
    troubles: Troubles | None = None,
) -> pd.DataFrame:
    """AiWorks of every institution with papers in the window or old enough to be cited.

    An institution that another walk does not list has none of its works.

    What was off with a record goes to ``troubles``; a count that was is unknown, not 0.
    """
    troubles = Troubles() if troubles is None else troubles
    walks = pages_by_measure(method, quarter, counts)
    tables = {measure: read_groups(library, pages, measure, troubles) for measure, pages in walks.items()}
    uncounted = tables["ai_works"].rename(columns={"works": "ai_works"})
    uncounted = uncounted[~uncounted["institution_id"].isin(counted(uncounted, troubles)["institution_id"])]
    rows = _either(tables, method)
    rows = rows[~rows["institution_id"].isin(uncounted["institution_id"])].reset_index(drop=True)
    for measure, table in tables.items():
        works = rows["institution_id"].map(table.set_index("institution_id")["works"])
        listed = rows["institution_id"].isin(table["institution_id"])
        rows[measure] = works.where(listed, 0).astype("Int64")
    rows = _consistent(rows, troubles)
    lists, moved = _split(places)
    known = pd.concat(
        [read_places(library, lists, troubles), _moved(library, moved, troubles)], ignore_index=True
    ).drop_duplicates("institution_id")
    return as_table(located(placed(rows, known, walks["ai_works"][0].url, troubles)), AiWorks)


def coverage(
    library: Library,
    method: StandardMethod,
    quarter: Quarter,
    counts: Sequence[Entry],
    distinct: Sequence[Entry] = (),
) -> dict[str, int]:
    """``ai_works`` of the whole world, of them those ``without_institution``, how far the world ``moved_works``,
    the ``retracted_works`` that are left out, the ``preprint_works`` among them, and its most cited works.

    OpenAlex says with each page, and again once the ``distinct`` counts have come, how many works there are.
    """
    pages = pages_by_measure(method, quarter, counts)["ai_works"]
    apart = {
        filters: openalex.count(library, entry)
        for filters in counted_apart(method, quarter)
        for entry in counts
        if f"filter={filters}&" in entry.url
    }
    at_end = count_of(queries(method, quarter)["ai_works"], method.corpus).url
    seen = [openalex.works_of_all(library, page) for page in pages]
    seen += [openalex.count(library, entry) for entry in distinct if entry.url == at_end]
    known = [count for count in seen if count is not None]
    return {
        "ai_works": openalex.count(library, pages[0]),
        "without_institution": apart[without_institution(method, quarter)],
        "moved_works": max(known) - min(known),
        "retracted_works": apart.get(retracted(method, quarter), pd.NA),
        "preprint_works": apart.get(preprints(method, quarter), pd.NA),
        **cited_of_world(library, method, quarter, counts),
    }


def cited_of_world(
    library: Library, method: StandardMethod, quarter: Quarter, counts: Sequence[Entry]
) -> dict[str, int]:
    """The mature works of the whole world and those of them that are cited most, as the walks' pages say."""
    walks = pages_by_measure(method, quarter, counts)
    seen = {measure: openalex.works_of_all(library, walks[measure][0]) for measure in CITED if walks[measure]}
    return {measure: works for measure, works in seen.items() if works is not None}


# Each counts a part of the works that the other counts.
_PARTS = (("top_1_works", "top_10_works"), ("top_10_works", "mature_works"))


def _consistent(rows: pd.DataFrame, troubles: Troubles) -> pd.DataFrame:
    """``rows`` without counts that can't both be true; an institution with more papers than works is set aside."""
    rows = rows.copy()
    for part, whole in _PARTS:
        off = is_beyond(rows[part], rows[whole]).fillna(False)
        for row in rows[off].itertuples():
            value = [getattr(row, part), getattr(row, whole)]
            trouble = f"more {part} than {whole}"
            troubles.add(row.institution_id, row.institution, part, trouble, NOT_GIVEN, value, row.answer)
        rows.loc[off, [part, whole]] = pd.NA
    off = is_beyond(rows["ai_works"], rows["any_type_works"]).fillna(False)
    for row in rows[off].itertuples():
        value, trouble = [row.ai_works, row.any_type_works], "more papers than works of all types"
        troubles.add(row.institution_id, row.institution, "ai_works", trouble, SET_ASIDE, value, row.answer)
    return rows[~off]


def _either(tables: Mapping[str, pd.DataFrame], method: StandardMethod) -> pd.DataFrame:
    """institution_id, institution and answer of those that any walk of LISTED_BY lists."""
    rows = pd.concat([tables[measure] for measure in listed_by(method)], ignore_index=True)
    return rows.drop_duplicates("institution_id", ignore_index=True)[
        ["institution_id", "institution", "answer"]
    ]


def located(rows: pd.DataFrame) -> pd.DataFrame:
    """``rows`` with the gazetteer's point where OpenAlex names a city and gives none, and who gave each point."""
    given = rows[["lat", "lon"]].astype("Float64")
    without = given["lat"].isna() & (rows["city"].notna() | rows["geonames_city_id"].notna())
    found = city_points(rows[without]).reindex(rows.index)
    said = given["lat"].notna().map({True: "OpenAlex", False: pd.NA})
    points = given.fillna(found)
    return rows.assign(**points, point_from=said.mask(found["lat"].notna(), "gazetteer"))


def _walk_url(among: str, method: StandardMethod) -> str:
    return page(among, method, FIRST).url.removesuffix(FIRST)


def _split(places: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The lists, and the answers to single ids."""
    lists = [entry for entry in places if urlsplit(entry.url).query]
    return lists, [entry for entry in places if not urlsplit(entry.url).query]


def _moved(library: Library, singles: Sequence[Entry], troubles: Troubles) -> pd.DataFrame:
    """The places of ids that were merged into others, under the ids that the works are still counted by."""
    rows = []
    for entry in singles:
        own, place = (
            openalex.short(entry.url),
            read_place(openalex.whole(library, entry), entry.url, troubles),
        )
        into = place["institution_id"]
        if into != own:
            trouble = f"merged into {into}"
            troubles.add(
                own, place["display_name"], "place", trouble, "counted at its place", into, entry.url
            )
        rows.append(place | {"institution_id": own})
    return pd.DataFrame(rows, columns=PLACE_COLUMNS)
