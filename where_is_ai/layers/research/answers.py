"""The answers that a method needs, step by step, whichever method it is; nothing where the archive has none."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.fetch import Library
from where_is_ai.errors import NotArchived
from where_is_ai.layers.research import collect, source, standard
from where_is_ai.layers.research.budget import Estimate, todays_part
from where_is_ai.layers.research.collect import Say
from where_is_ai.layers.research.distinct import Union
from where_is_ai.layers.research.methods import ArticleMethod, Method, SnapshotMethod, StandardMethod
from where_is_ai.layers.research.queries import queries
from where_is_ai.layers.research.records import Troubles
from where_is_ai.layers.research.schema import AiWorks, ResearchTroubles
from where_is_ai.quarters import Quarter


def first_request(method: Method, quarter: Quarter) -> Request:
    """The request that all others rest on: where the archive lacks it, the layer is left out."""
    if isinstance(method, ArticleMethod):
        return source.top_institutions(method, quarter)
    return collect.first_page(queries(method, quarter)["ai_works"], method)


def as_archived(library: Library, method: Method, quarter: Quarter) -> Method:
    """``method`` in the revision that the archive of a replay answers; a live run asks the newest."""
    if isinstance(method, ArticleMethod | SnapshotMethod):
        return method
    before = replace(method, revision=1)
    now, then = first_request(method, quarter), first_request(before, quarter)
    return before if _only_asked_before(library, now, then) else method


def counts(
    library: Library, method: Method, quarter: Quarter, say: Say = lambda message: None
) -> list[Entry]:
    """The counts of works by institution. A gap after the first answer is an error: half is not a whole."""
    request = first_request(method, quarter)
    if isinstance(method, ArticleMethod):
        before = source.works_by_institution(method, quarter)
        request = before if _only_asked_before(library, request, before) else request
    try:
        with todays_part(Estimate({"the first answer": 1}, "one call"), library):
            first = library.get(request, quarter)
    except NotArchived:
        return []
    return (
        [first]
        if isinstance(method, ArticleMethod)
        else collect.collect_counts(library, method, quarter, say)
    )


def places(library: Library, method: Method, quarter: Quarter, counts: Sequence[Entry]) -> list[Entry]:
    """The institutions that the counts name."""
    if isinstance(method, ArticleMethod):
        ids = [found for entry in counts for found in source.institution_ids(library, entry)]
        requests = source.institutions(ids)
        with todays_part(
            Estimate({"institutions' places": len(requests)}, "for the article's method"), library
        ):
            return library.get_all(requests, quarter)
    return collect.collect_places(
        library, standard.institution_ids(library, method, quarter, counts), quarter
    )


def ai_works(
    library: Library, method: Method, quarter: Quarter, counts: Sequence[Entry], places: Sequence[Entry]
) -> pd.DataFrame:
    """AiWorks from the kept answers; no rows for no answers."""
    return ai_works_and_troubles(library, method, quarter, counts, places)[0]


def ai_works_and_troubles(
    library: Library, method: Method, quarter: Quarter, counts: Sequence[Entry], places: Sequence[Entry]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """AiWorks, and the ResearchTroubles of the records that were off."""
    if not counts:
        return AiWorks.empty(), ResearchTroubles.empty()
    troubles = Troubles()
    if isinstance(method, ArticleMethod):
        works = source.read_ai_works(library, counts[0], places, troubles)
    else:
        works = standard.read_ai_works(library, method, quarter, counts, places, troubles)
    return works, troubles.table()


def cited_of_world(
    library: Library, method: Method, quarter: Quarter, counts: Sequence[Entry]
) -> dict[str, int] | None:
    """The world's most cited works, to hold a metro's share against; None where the method asks for no citations."""
    if isinstance(method, ArticleMethod) or not counts:
        return None
    return standard.cited_of_world(library, method, quarter, counts)


def distinct(
    library: Library,
    unions: Sequence[Union],
    method: StandardMethod,
    quarter: Quarter,
    walked: Sequence[Entry] = (),
    say: Say = lambda message: None,
) -> list[Entry]:
    """The distinct counts that a run's unions need after the walks ``walked``, and the world's own after them."""
    if not unions:
        return []
    found = collect.collect_distinct(library, unions, quarter, say, walked)
    last = max(entry.retrieved for entry in (*walked, *found))
    at_end = collect.world_at_end(library, method, quarter, last)
    return [*found, at_end] if at_end else found


def _only_asked_before(library: Library, now: Request, before: Request) -> bool:
    """Whether a replay has the answer under the address that it had before, and not under that of today."""
    return library.is_paid(now) and not library.versions(now) and bool(library.versions(before))
