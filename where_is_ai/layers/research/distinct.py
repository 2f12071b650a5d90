"""How many distinct works several institutions have together, from counts that OpenAlex gives for at most 100 ids.

A filter takes 100 ids joined by OR; several such filters are joined by AND, which counts their overlap. So a union of
more than 100 ids is the sum of its parts, less their overlaps by two, plus those by three, and so on. A request line
holds five full filters: of a larger metro the 500 institutions with most works are counted exactly, and the rest adds
nothing at least and the sum of its own counts at most.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from where_is_ai.archive.entry import Request
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.research import openalex
from where_is_ai.layers.research.records import is_beyond

MOST_PARTS = 5
# A run that is interrupted, or waits for the next day's budget, takes up what is paid for.
PAID_ONCE_A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Bounds:
    """A number of works: exact where ``low`` and ``high`` are the same."""

    low: int
    high: int


@dataclass(frozen=True)
class Union:
    """The distinct works, among those that ``among`` (a filter) selects, of institutions with these own counts."""

    among: str
    corpus: str
    works: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, among: str, corpus: str, works: Mapping[str, int]) -> "Union":
        """``works`` by institution id; one without works can't add any, so it is not asked about."""
        counted = sorted(
            ((name, count) for name, count in works.items() if count), key=lambda one: (-one[1], one[0])
        )
        return cls(among, corpus, tuple(counted))

    @property
    def requests(self) -> list[Request]:
        """The calls that it takes: none for one institution, one for up to 100, three for up to 200."""
        return [request for _, request in self._terms()]

    def bounds(self, counts: Mapping[str, int]) -> Bounds:
        """The number of distinct works, from the ``meta.count`` of each request by its URL.

        Raises BadUpstream where it is fewer than the largest institution's works or more than all of theirs, by more
        than counts move between two answers.
        """
        if len(self.works) <= 1:
            own = sum(count for _, count in self.works)
            return Bounds(own, own)
        low = sum(sign * counts[request.url] for sign, request in self._terms())
        largest, most = self.works[0][1], sum(count for _, count in self.works)
        if low < 1 or is_beyond(largest, low) or is_beyond(low, most):
            raise BadUpstream(
                f"OpenAlex counts {low:,} distinct works of {len(self.works)} institutions where {largest:,} to "
                f"{most:,} are possible: {self.requests[0].url}.",
                "Fetch it again with a live run.",
            )
        return Bounds(low, low + sum(count for _, count in self.works[MOST_PARTS * openalex.MOST_VALUES :]))

    def _terms(self) -> list[tuple[int, Request]]:
        if len(self.works) <= 1:
            return []
        names = [name for name, _ in self.works[: MOST_PARTS * openalex.MOST_VALUES]]
        parts = [
            sorted(names[start : start + openalex.MOST_VALUES])
            for start in range(0, len(names), openalex.MOST_VALUES)
        ]
        return [
            (1 if size % 2 else -1, self._count(some))
            for size in range(1, len(parts) + 1)
            for some in combinations(parts, size)
        ]

    def _count(self, parts: Sequence[Sequence[str]]) -> Request:
        overlap = ",".join(f"authorships.institutions.id:{'|'.join(part)}" for part in parts)
        return count_of(f"{self.among},{overlap}", self.corpus)


def count_of(among: str, corpus: str) -> Request:
    """The call whose ``meta.count`` is the number of works that ``among`` selects."""
    return openalex.ask("works", PAID_ONCE_A_WEEK, filter=among, corpus=corpus, per_page=1, select="id")
