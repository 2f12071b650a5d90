"""What a run of the standard method will ask, told as well as what is archived allows.

The first page says how many works there are, the first walk how many institutions; the metros are counted once their
institutions are placed.
"""

from collections.abc import Mapping
from math import ceil

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library
from where_is_ai.layers.research import openalex
from where_is_ai.layers.research.budget import Estimate, unpaid
from where_is_ai.layers.research.distinct import MOST_PARTS, count_of
from where_is_ai.layers.research.methods import StandardMethod
from where_is_ai.layers.research.queries import counted_apart, queries
from where_is_ai.layers.research.walks import FIRST, page, page_size
from where_is_ai.quarters import Quarter

# More than have AI papers in a year; a small world has no more institutions than works.
MOST_INSTITUTIONS = 40_000
# Of so many institutions one metro has several: in OpenAlex some 2,500 of 30,000, in a smaller world more.
INSTITUTIONS_PER_METRO, MOST_METROS_OF_SEVERAL = 8, 2_500
# Works of three years have been published by so many times the institutions of one year.
MATURE_INSTITUTIONS = 1.5
# The largest metro has this share of all institutions, the k-th a k-th of it, as towns have of people.
LARGEST_METRO_SHARE = 0.02
# A metro is asked for its papers, its mature papers, and those of them in the most cited 10 and 1 %.
MEASURES_OF_METRO = 4
# The geographies whose leading areas are counted beside the metros.
OTHER_GEOGRAPHIES = 5
# Leading metros and the world are asked for their years, the topics of two subfields, and four earlier windows.
FOLLOWED_BY = 7
# The article's method is asked too, to hold beside this one.
CALLS_OF_ARTICLE = 3


def before_the_walks(library: Library, method: StandardMethod, quarter: Quarter, first: Entry) -> Estimate:
    """From the first page: a world of one page is all there is, else it has at most so many institutions as works."""
    groups = len(openalex.groups(library, first))
    if groups < page_size(method):
        return _estimate(library, method, quarter, groups, "from the first page")
    works = openalex.works_of_all(library, first) or MOST_INSTITUTIONS
    most = min(MOST_INSTITUTIONS, max(groups, works))
    return _estimate(library, method, quarter, most, f"at most {most:,} institutions")


def after_the_first_walk(
    library: Library, method: StandardMethod, quarter: Quarter, institutions: int
) -> Estimate:
    """Once it is known how many ``institutions`` have papers in the window."""
    return _estimate(library, method, quarter, institutions, f"for {institutions:,} institutions")


def calls_of_union(institutions: int) -> int:
    """For the distinct works of so many institutions: 1 up to 100, 31 above 400."""
    parts = min(MOST_PARTS, ceil(institutions / openalex.MOST_VALUES))
    return 2**parts - 1 if institutions > 1 else 0


def _estimate(
    library: Library, method: StandardMethod, quarter: Quarter, institutions: int, basis: str
) -> Estimate:
    walks = queries(method, quarter)
    pages = _pages(institutions, walks, method)
    listed = institutions * MATURE_INSTITUTIONS if method.revision > 1 else institutions
    metros = min(ceil(institutions / INSTITUTIONS_PER_METRO), MOST_METROS_OF_SEVERAL)
    calls = {
        "institutions' works": sum(
            _unpaid_pages(library, walks[measure], method, quarter, number)
            for measure, number in pages.items()
        ),
        "works that no institution's walk counts": unpaid(
            library, [count_of(filters, method.corpus) for filters in counted_apart(method, quarter)]
        ),
        "institutions' places": ceil(listed / openalex.MOST_VALUES),
        "distinct counts of metros": MEASURES_OF_METRO * metros,
        "large metros": MEASURES_OF_METRO * _calls_of_large_metros(institutions),
        "leading areas by other geographies": OTHER_GEOGRAPHIES
        * (min(metros, method.compared) + _calls_of_large_metros(institutions)),
        "years, definitions and earlier windows": FOLLOWED_BY
        * (min(metros, method.followed) + 1 + _calls_of_large_metros(institutions)),
        "the article's method": CALLS_OF_ARTICLE,
    }
    return Estimate(calls, basis)


def _pages(institutions: int, walks: Mapping[str, str], method: StandardMethod) -> dict[str, int]:
    more = {"mature_works": MATURE_INSTITUTIONS}
    return {measure: ceil(institutions * more.get(measure, 1) / page_size(method)) + 1 for measure in walks}


def _calls_of_large_metros(institutions: int) -> int:
    """What metros of over 100 institutions take above the one call that any takes."""
    largest = institutions * LARGEST_METRO_SHARE
    large = range(1, int(largest // openalex.MOST_VALUES) + 1)
    return sum(calls_of_union(int(largest / place)) - 1 for place in large)


def _unpaid_pages(library: Library, among: str, method: StandardMethod, quarter: Quarter, pages: int) -> int:
    """Of a walk of so many pages, those that follow the archived ones."""
    cursor, seen = FIRST, set()
    while cursor not in seen and library.is_paid(request := page(among, method, cursor)):
        seen.add(cursor)
        cursor = openalex.next_cursor(library, library.get(request, quarter))
        if cursor is None:
            return 0
    return max(1, pages - len(seen))
