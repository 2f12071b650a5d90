"""Made worlds of works with known authorships, so that what is counted can be held against the truth."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property

AI, VISION, OTHER = "1702", "1707", "2746"
AI_CONCEPT = "C154945302"


@dataclass(frozen=True)
class Institution:
    """As OpenAlex describes one; ``geo`` may be all null, ``lineage`` names its parents, itself first."""

    id: str
    name: str
    type: str | None = "education"
    city: str | None = None
    country_code: str | None = None
    lat: float | None = None
    lon: float | None = None
    parents: tuple[str, ...] = ()
    works_count: int | None = None
    region: str | None = None
    geonames_city_id: str | None = None


@dataclass(frozen=True)
class Work:
    institutions: tuple[str, ...]
    published: date
    type: str = "article"
    subfield: str = AI
    concepts: tuple[str, ...] = (AI_CONCEPT,)
    core: bool = True
    percentile: float | None = None
    retracted: bool = False
    topic: tuple[str, str] = ("T1", "Topic Modeling")


@dataclass
class World:
    """Institutions and works. ``merged`` maps ids that were merged away to the id that took them over;
    ``vanished`` are ids that are still counted in groups but are no longer institutions."""

    institutions: list[Institution]
    works: list[Work]
    merged: dict[str, str] = field(default_factory=dict)
    vanished: frozenset[str] = frozenset()

    @cached_property
    def by_id(self) -> dict[str, Institution]:
        return {one.id: one for one in self.institutions}

    @cached_property
    def of_institution(self) -> dict[str, int]:
        """The works of each institution, as the bits of one number."""
        masks: dict[str, int] = {}
        bits: dict[str, bytearray] = {}
        size = len(self.works) // 8 + 1
        for number, work in enumerate(self.works):
            for name in work.institutions:
                bits.setdefault(name, bytearray(size))[number // 8] |= 1 << number % 8
        for name, found in bits.items():
            masks[name] = int.from_bytes(found, "little")
        return masks

    def where(self, is_meant: Callable[[Work], bool]) -> int:
        """The works that ``is_meant`` is true of, as the bits of one number."""
        bits = bytearray(len(self.works) // 8 + 1)
        for number, work in enumerate(self.works):
            if is_meant(work):
                bits[number // 8] |= 1 << number % 8
        return int.from_bytes(bits, "little")

    def distinct(self, ids: Iterable[str], is_meant: Callable[[Work], bool]) -> int:
        """The truth: how many works that are meant have an author at any of ``ids``."""
        sought = set(ids)
        return sum(1 for work in self.works if is_meant(work) and sought.intersection(work.institutions))


@dataclass(frozen=True)
class MadeMetro:
    name: str
    country_code: str
    lat: float
    lon: float


def grid_of_metros(count: int) -> list[MadeMetro]:
    """Metros two degrees apart, so that none is near another; the countries are made up of their rows."""
    columns = 150
    return [
        MadeMetro(
            f"Metro {number}",
            "ABCDEFGHIJ"[number // columns % 10] + "X",
            -58.0 + 2 * (number // columns),
            -150.0 + 2 * (number % columns),
        )
        for number in range(count)
    ]


@cache
def made_world(
    institutions: int = 3000,
    metros: int = 300,
    works: int = 60_000,
    seed: int = 1,
    to: date = date(2026, 6, 30),
) -> World:
    """A world with some large institutions and many small ones, whose works are often shared within a metro."""
    draw = random.Random(seed)
    places = grid_of_metros(metros)
    made = []
    for number in range(institutions):
        place = places[number % metros]
        made.append(
            Institution(
                id=f"I{4_000_000_000 + number}",
                name=f"Institute {number}",
                city=place.name,
                country_code=place.country_code,
                lat=place.lat + draw.uniform(-0.05, 0.05),
                lon=place.lon + draw.uniform(-0.05, 0.05),
                works_count=50_000 // (number + 1) + 400,
            )
        )
    weights = [1 / (number + 200) for number in range(institutions)]
    first = draw.choices(range(institutions), weights, k=works)
    return World(made, [_work(draw, number, metros, made, to) for number in first])


def _work(draw: random.Random, first: int, metros: int, made: list[Institution], to: date) -> Work:
    authors = {made[first].id}
    if draw.random() < 0.3:
        neighbour = first % metros + metros * draw.randrange(len(made) // metros)
        authors.add(made[min(neighbour, len(made) - 1)].id)
    if draw.random() < 0.1:
        authors.add(draw.choice(made).id)
    return Work(
        institutions=() if draw.random() < 0.05 else tuple(sorted(authors)),
        published=to - timedelta(days=draw.randrange(6 * 365)),
        type=draw.choices(("article", "preprint", "conference-paper", "dataset"), (60, 20, 15, 5))[0],
        subfield=draw.choices((AI, VISION, OTHER), (80, 15, 5))[0],
        core=draw.random() < 0.95,
        percentile=draw.random(),
    )
