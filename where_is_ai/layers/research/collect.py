"""The standard method's answers: every institution by cursor, their places, and the distinct counts of metros.

Each step takes what is archived and pays only for what is missing, and stops before it starts where the day's budget
has no room for it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from math import ceil

from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.fetch import Library
from where_is_ai.errors import Absent, NotArchived
from where_is_ai.layers.research import openalex
from where_is_ai.layers.research.budget import Estimate, require_budget, unpaid
from where_is_ai.layers.research.distinct import PAID_ONCE_A_WEEK, Union, count_of
from where_is_ai.layers.research.methods import StandardMethod
from where_is_ai.layers.research.queries import queries, without_institution
from where_is_ai.layers.research.source import read_places
from where_is_ai.layers.research.walks import FIRST, anew, first_page, page, walk
from where_is_ai.quarters import Quarter

# How large the world is thought to be until its first walk is done; the estimate says that it rests on these.
EXPECTED_INSTITUTIONS = 30_000
EXPECTED_METROS_OF_SEVERAL = 2_500
# The geographies whose leading areas are counted beside the metros.
OTHER_GEOGRAPHIES = 5
# The article's method is asked too, to hold beside this one.
CALLS_OF_ARTICLE = 3
# A metro of several institutions takes about this many calls: its papers, its mature papers, and the most cited for
# those that have any at more than one institution.
CALLS_PER_METRO = 3
# The share of a metro's papers by which the distinct count may disagree with the institutions' own before it is asked
# again: most often the second answer is in its bounds.
DISAGREEING_SHARE = 0.01

Say = Callable[[str], None]


def collect_counts(
    library: Library, method: StandardMethod, quarter: Quarter, say: Say = lambda message: None
) -> list[Entry]:
    """All pages of all walks, then the count of works without an institution.

    Raises BudgetExceeded where the whole run is expected to cost more than is left today; only the first page, which
    tells how large the world is, is paid before.
    """
    among = queries(method, quarter)
    first = library.get(first_page(among["ai_works"], method.corpus), quarter)
    estimate = expected(library, method, quarter, first)
    left = require_budget(estimate, library)
    say(
        f"OpenAlex will be asked {estimate}"
        + (f"; ${left.remaining_usd:.4f} are left today." if left else ".")
    )
    with ThreadPoolExecutor(len(among)) as pool:
        walks = pool.map(lambda filters: list(walk(library, filters, method.corpus, quarter)), among.values())
        pages = [entry for pages in walks for entry in pages]
    unplaced = library.get(count_of(without_institution(method, quarter), method.corpus), quarter)
    return [*pages, unplaced]


def collect_places(library: Library, ids: Sequence[str], quarter: Quarter) -> list[Entry]:
    """The lists of the institutions, then one answer for each that the lists lack but OpenAlex still leads to.

    An id that was merged into another leads to that one; one that has vanished gives no answer.
    """
    lists = library.get_all(openalex.institution_batches(ids, PAID_ONCE_A_WEEK), quarter)
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
    estimate = Estimate({"distinct counts": unpaid(library, requests)}, "counted from the metros at hand")
    require_budget(estimate, library)
    say(f"OpenAlex will be asked {estimate}.")
    found = {entry.url: entry for entry in library.get_all(requests, quarter)}
    counts = counts_by_url(library, list(found.values()))
    doubtful = [request for union in unions if _disagrees(union, counts) for request in union.requests]
    if doubtful:
        say(f"{len(doubtful):,} counts disagree with those of their institutions, and are asked again.")
        found |= {entry.url: entry for entry in library.get_all([*map(anew, doubtful)], quarter)}
    return list(found.values())


def world_at_end(library: Library, method: StandardMethod, quarter: Quarter, since: datetime) -> Entry | None:
    """How many AI works there are once all else is asked, so that it is known how far the world moved meanwhile."""
    request = count_of(queries(method, quarter)["ai_works"], method.corpus)
    try:
        return library.get(_not_before(library, request, since), quarter)
    except NotArchived:
        return None


def counts_by_url(library: Library, entries: Sequence[Entry]) -> dict[str, int]:
    """The ``meta.count`` of each kept count."""
    return {entry.url: openalex.count(library, entry) for entry in entries}


def expected(library: Library, method: StandardMethod, quarter: Quarter, first: Entry) -> Estimate:
    """What a whole run is still to pay for: exact for a world of one page, else by what the world is thought to be."""
    small = len(openalex.groups(library, first))
    is_small = small < openalex.MOST_GROUPS
    institutions = small if is_small else EXPECTED_INSTITUTIONS
    metros = min(institutions // 2, EXPECTED_METROS_OF_SEVERAL)
    pages = ceil(institutions / openalex.MOST_GROUPS) + 1
    walks = queries(method, quarter).values()
    calls = {
        "institutions' works": sum(
            _unpaid_pages(library, among, method.corpus, quarter, pages) for among in walks
        ),
        "works without an institution": unpaid(
            library, [count_of(without_institution(method, quarter), method.corpus)]
        ),
        "institutions' places": ceil(institutions / openalex.MOST_VALUES),
        "distinct counts of metros": CALLS_PER_METRO * metros,
        "leading areas by other geographies": OTHER_GEOGRAPHIES * min(metros, method.compared),
        "the article's method": CALLS_OF_ARTICLE,
    }
    basis = (
        "at most, from the first page"
        if is_small
        else (
            f"for {EXPECTED_INSTITUTIONS:,} institutions and {EXPECTED_METROS_OF_SEVERAL:,} metros with several"
        )
    )
    return Estimate(calls, basis)


def _unpaid_pages(library: Library, among: str, corpus: str, quarter: Quarter, pages: int) -> int:
    """Of a walk of so many pages, those that follow the archived ones."""
    cursor, seen = FIRST, set()
    while cursor not in seen and library.is_paid(request := page(among, corpus, cursor)):
        seen.add(cursor)
        cursor = openalex.next_cursor(library, library.get(request, quarter))
        if cursor is None:
            return 0
    return max(1, pages - len(seen))


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
