"""Every institution by cursor: the pages of one walk, and which kept ones a run that goes on may still use.

OpenAlex moves while it is asked. Each page of a walk also says how many works the whole filter selects, so that pages
of one walk can be told to be of one state: a page that was kept from an earlier sitting is asked anew where the world
has moved since by more than a little.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.fetch import Library
from where_is_ai.errors import BadUpstream, NotArchived
from where_is_ai.layers.research import openalex
from where_is_ai.layers.research.distinct import PAID_ONCE_A_WEEK, count_of
from where_is_ai.layers.research.methods import StandardMethod
from where_is_ai.quarters import Quarter

FIRST = "*"
# Answers that lie no further apart are of one sitting, and what moves between them is measured rather than mended.
SITTING = timedelta(hours=6)
# Papers are indexed every day: a walk that goes on is mixed where the world has grown by more than this share.
MOVED_SHARE = 0.005
ANEW = timedelta(0)


def first_page(among: str, method: StandardMethod) -> Request:
    return page(among, method, FIRST)


def page(among: str, method: StandardMethod, cursor: str) -> Request:
    """A page of the works that ``among`` selects, counted by institution in the order of their ids."""
    return openalex.ask(
        "works",
        PAID_ONCE_A_WEEK,
        filter=among,
        corpus=method.corpus,
        group_by="authorships.institutions.id",
        per_page=page_size(method),
        cursor=quote(cursor, safe="*"),
    )


def page_size(method: StandardMethod) -> int:
    return openalex.MOST_PER_PAGE if method.revision > 1 else openalex.MOST_PER_PAGE_BEFORE


def walk(library: Library, among: str, method: StandardMethod, quarter: Quarter) -> Iterable[Entry]:
    """The pages of one walk, up to the empty one: the last full page still has a cursor."""
    cursor, seen = FIRST, set()
    now = _world_now(library, among, method, quarter)
    while cursor is not None:
        if cursor in seen:
            raise BadUpstream(f"The cursor {cursor} of {among} leads back to itself.", "Try again later.")
        seen.add(cursor)
        request = page(among, method, cursor)
        entry = library.get(request, quarter)
        if now is not None and _moved(openalex.works_of_all(library, entry), now):
            entry = library.get(anew(request), quarter)
        yield entry
        cursor = openalex.next_cursor(library, entry)


def anew(request: Request) -> Request:
    """The same, to be asked whatever is kept."""
    return replace(request, fresh_for=ANEW)


def _world_now(library: Library, among: str, method: StandardMethod, quarter: Quarter) -> int | None:
    """How many works the filter selects now, where a kept first page is of an earlier sitting; else None."""
    first = first_page(among, method)
    if not library.is_paid(first) or library.is_paid(replace(first, fresh_for=SITTING)):
        return None
    try:
        return openalex.count(library, library.get(count_of(among, method.corpus, SITTING), quarter))
    except NotArchived:
        return None


def _moved(before: int | None, now: int) -> bool:
    return before is not None and abs(now - before) > MOVED_SHARE * now
