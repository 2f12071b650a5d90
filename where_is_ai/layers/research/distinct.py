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
from where_is_ai.layers.research import openalex

MOST_PARTS = 5
# A run that is interrupted, or waits for the next day's budget, takes up what is paid for.
PAID_ONCE_A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Bounds:
    """A number of distinct works: exact where ``low`` and ``high`` are the same.

    ``works`` is what agrees with the institutions' own counts: at least the largest, at most their sum. OpenAlex
    moves while it is asked; ``drift`` is by how much its answer lies outside that, and ``low`` to ``high`` holds both.
    """

    works: int
    low: int
    high: int
    drift: int = 0


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
        return [request for _, request in self._counts()]

    def bounds(self, counts: Mapping[str, int]) -> Bounds:
        """The number of distinct works, from the ``meta.count`` of each request by its URL."""
        largest, most = max((count for _, count in self.works), default=0), sum(c for _, c in self.works)
        if len(self.works) <= 1:
            return Bounds(most, most, most)
        answered = sum(sign * counts[request.url] for sign, request in self._counts())
        works = min(max(answered, largest), most)
        uncounted = sum(count for _, count in self.works[MOST_PARTS * openalex.MOST_VALUES :])
        return Bounds(
            works,
            low=max(1, min(answered, works)),
            high=max(answered, works) + uncounted,
            drift=abs(answered - works),
        )

    def terms(self) -> list[tuple[int, str]]:
        """The filters whose counts make up the union, each with its sign."""
        names = [name for name, _ in self.works[: MOST_PARTS * openalex.MOST_VALUES]]
        parts = [
            sorted(names[start : start + openalex.MOST_VALUES])
            for start in range(0, len(names), openalex.MOST_VALUES)
        ]
        return [
            (1 if size % 2 else -1, self._overlap(some))
            for size in range(1, len(parts) + 1)
            for some in combinations(parts, size)
        ]

    def _counts(self) -> list[tuple[int, Request]]:
        """A single institution's own count is known already."""
        return [(sign, count_of(among, self.corpus)) for sign, among in self.terms() if len(self.works) > 1]

    def _overlap(self, parts: Sequence[Sequence[str]]) -> str:
        overlap = ",".join(f"authorships.institutions.id:{'|'.join(part)}" for part in parts)
        return f"{self.among},{overlap}"


def count_of(among: str, corpus: str, fresh_for: timedelta = PAID_ONCE_A_WEEK) -> Request:
    """The call whose ``meta.count`` is the number of works that ``among`` selects."""
    return openalex.ask("works", fresh_for, filter=among, corpus=corpus, per_page=1, select="id")
