"""The standard method's answers: every institution by cursor, their places, and the distinct counts of metros.

Each step takes what is archived and pays only for what is missing. Where the day's budget has no room for it, what is
asked is spread over days.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.fetch import Library
from where_is_ai.errors import Absent, NotArchived
from where_is_ai.layers.research import openalex
from where_is_ai.layers.research.budget import Estimate, require_days, todays_part, unpaid
from where_is_ai.layers.research.distinct import PAID_ONCE_A_WEEK, Union, count_of
from where_is_ai.layers.research.grouped import Grouped, answerable
from where_is_ai.layers.research.methods import StandardMethod
from where_is_ai.layers.research.plan import after_the_first_walk, before_the_walks
from where_is_ai.layers.research.queries import counted_apart, queries
from where_is_ai.layers.research.source import read_places
from where_is_ai.layers.research.walks import anew, first_page, walk
from where_is_ai.quarters import Quarter

# The share of a metro's papers by which the distinct count may disagree with the institutions' own before it is asked
# again: most often the second answer is in its bounds.
DISAGREEING_SHARE = 0.01

Say = Callable[[str], None]


def collect_counts(
    library: Library, method: StandardMethod, quarter: Quarter, say: Say = lambda message: None
) -> list[Entry]:
    """All pages of all walks, then the counts of works without an institution, and of retracted ones.

    Raises BudgetExceeded where the whole run is expected to take more days than answers are kept for, before the walks
    are paid for; GoesOn where today's budget ends on the way.
    """
    filters = queries(method, quarter)
    first = library.get(first_page(filters["ai_works"], method), quarter)
    plan = before_the_walks(library, method, quarter, first)
    require_days(plan, library, say)
    with todays_part(plan, library):
        leading = list(walk(library, filters["ai_works"], method, quarter))
    institutions = sum(len(openalex.groups(library, entry)) for entry in leading)
    plan = after_the_first_walk(library, method, quarter, institutions)
    require_days(plan, library, say)
    with todays_part(plan, library):
        others = [among for measure, among in filters.items() if measure != "ai_works"]
        apart = [count_of(among, method.corpus) for among in counted_apart(method, quarter)]
        return [*leading, *_walked(library, others, method, quarter), *library.get_all(apart, quarter)]


def _walked(
    library: Library, filters: Sequence[str], method: StandardMethod, quarter: Quarter
) -> list[Entry]:
    """The pages of several walks at the same time; where one fails the others stop at their next page."""
    stopped = Event()

    def pages(among: str) -> list[Entry]:
        found = []
        try:
            for entry in walk(library, among, method, quarter):
                found.append(entry)
                if stopped.is_set():
                    break
        except BaseException:
            stopped.set()
            raise
        return found

    with ThreadPoolExecutor(len(filters)) as pool:
        return [entry for pages in pool.map(pages, filters) for entry in pages]


def collect_places(library: Library, ids: Sequence[str], quarter: Quarter) -> list[Entry]:
    """The lists of the institutions, then one answer for each that the lists lack but OpenAlex still leads to.

    An id that was merged into another leads to that one; one that has vanished gives no answer.
    """
    batches = openalex.institution_batches(ids, PAID_ONCE_A_WEEK)
    plan = Estimate({"institutions' places": unpaid(library, batches)}, f"for {len(ids):,} institutions")
    with todays_part(plan, library):
        lists = library.get_all(batches, quarter)
    found = set(read_places(library, lists)["institution_id"])
    return [*lists, *_followed(library, sorted(set(ids) - found), quarter)]


def collect_distinct(
    library: Library,
    unions: Sequence[Union],
    quarter: Quarter,
    say: Say = lambda message: None,
    walked: Sequence[Entry] = (),
) -> list[Entry]:
    """The counts that the unions need, each asked once, and last how many AI works the world has by then.

    One that was kept from before the walk of its filter (``walked``) was counted again is asked anew; so is one that
    disagrees with the institutions' own counts, once.
    """
    since = _walked_at(unions, walked)
    requests = list(
        {
            request.url: _not_before(library, request, since[union.among])
            for union in unions
            for request in union.requests
        }.values()
    )
    plan = Estimate({"distinct counts": unpaid(library, requests)}, "counted from the metros at hand")
    require_days(plan, library, say)
    with todays_part(plan, library):
        found = {entry.url: entry for entry in library.get_all(requests, quarter)}
    counts = counts_by_url(library, list(found.values()))
    doubtful = [request for union in unions if _disagrees(union, counts) for request in union.requests]
    if doubtful:
        say(f"{len(doubtful):,} counts disagree with those of their institutions, and are asked again.")
        with todays_part(Estimate({"counts again": len(doubtful)}, "which disagreed"), library):
            found |= {entry.url: entry for entry in library.get_all([*map(anew, doubtful)], quarter)}
    return list(found.values())


def collect_grouped(
    library: Library, asked: Sequence[Grouped], quarter: Quarter, say: Say = lambda message: None
) -> list[Entry]:
    """The grouped counts; of a replay those that are archived."""
    requests = answerable(library, asked)
    plan = Estimate(
        {"years, definitions and earlier windows": unpaid(library, requests)},
        "counted from the metros at hand",
    )
    require_days(plan, library, say)
    with todays_part(plan, library):
        return library.get_all(requests, quarter)


def world_at_end(library: Library, method: StandardMethod, quarter: Quarter, since: datetime) -> Entry | None:
    """How many AI works there are once all else is asked, so that it is known how far the world moved meanwhile."""
    request = count_of(queries(method, quarter)["ai_works"], method.corpus)
    try:
        with todays_part(Estimate({"the world's works at the end": 1}, "one call"), library):
            return library.get(_not_before(library, request, since), quarter)
    except NotArchived:
        return None


def counts_by_url(library: Library, entries: Sequence[Entry]) -> dict[str, int]:
    """The ``meta.count`` of each kept count."""
    return {entry.url: openalex.count(library, entry) for entry in entries}


def _followed(library: Library, names: Sequence[str], quarter: Quarter) -> Iterable[Entry]:
    for name in names:
        try:
            yield library.get(openalex.institution(name), quarter)
        except (Absent, NotArchived):
            continue


def _walked_at(unions: Sequence[Union], walked: Sequence[Entry]) -> dict[str, datetime]:
    """When the last page of each union's walk came, by the union's filter."""
    return {
        among: max(
            (entry.retrieved for entry in walked if f"filter={among}&" in entry.url),
            default=datetime.min.replace(tzinfo=UTC),
        )
        for among in {union.among for union in unions}
    }


def _not_before(library: Library, request: Request, since: datetime) -> Request:
    """``request``, to be asked anew where the kept answer came before ``since``."""
    kept = library.versions(request)
    return anew(request) if kept and kept[-1].retrieved < since else request


def _disagrees(union: Union, counts: Mapping[str, int]) -> bool:
    bounds = union.bounds(counts)
    return bounds.drift > DISAGREEING_SHARE * bounds.works
