"""What a snapshot's counts must be, worked out from the made world itself, work by work."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from where_is_ai.layers.research.methods import STANDARD
from where_is_ai.quarters import Quarter
from where_is_ai_tests.layers.research.made_world import AI, VISION, Work, World
from where_is_ai_tests.layers.research.snapshot.made_records import authorships_of, title_of

QUARTER = Quarter(2026, 2)
SUBFIELDS = (AI, VISION)


@dataclass(frozen=True)
class Paper:
    """A work as it counts: its institutions after merges, and each one's part of it among authors."""

    work: Work
    institutions: frozenset[str]
    shares: Mapping[str, Fraction]


def papers(world: World) -> Iterator[Paper]:
    for number, work in enumerate(world.works):
        authors = authorships_of(number, work) or []
        shares: dict[str, Fraction] = defaultdict(Fraction)
        for author in authors:
            for name in author.institutions:
                part = Fraction(1, len(authors) * len(author.institutions))
                shares[world.merged.get(name, name)] += part
        yield Paper(work, frozenset(shares), shares)


def measures(paper: Paper, subfields: tuple[str, ...] = (AI,)) -> set[str]:
    """The measures of the method that the paper counts for."""
    work = paper.work
    if not work.core or work.subfield not in subfields:
        return set()
    is_paper = work.type in STANDARD.types and not work.retracted
    found = {"any_type_works"} if _within(work, STANDARD.window(QUARTER)) else set()
    if is_paper and found:
        found.add("ai_works")
    if is_paper and _within(work, STANDARD.year_before(QUARTER)):
        found.add("year_before_works")
    if is_paper and _within(work, STANDARD.mature_window(QUARTER)):
        found.add("mature_works")
        found |= {f"top_{part}_works" for part in (10, 1) if (work.percentile or 0) >= 1 - part / 100}
    return found


def by_institution(world: World) -> dict[str, Counter]:
    found: dict[str, Counter] = defaultdict(Counter)
    for paper in papers(world):
        for name in paper.institutions:
            found[name].update(measures(paper))
    return found


def by_metro(world: World, metro_of: Mapping[str, str]) -> dict[str, Counter]:
    """Measures, and what each part of a paper adds up to."""
    found: dict[str, Counter] = defaultdict(Counter)
    for paper in papers(world):
        counted = measures(paper)
        for metro in {metro_of[name] for name in paper.institutions}:
            here = [name for name in paper.institutions if metro_of[name] == metro]
            found[metro].update(counted)
            if "ai_works" in counted:
                found[metro]["by_authors"] += sum(paper.shares[name] for name in here)
                found[metro]["by_institutions"] += Fraction(len(here), len(paper.institutions))
    return found


def links(world: World, metro_of: Mapping[str, str]) -> Counter:
    found: Counter = Counter()
    for paper in papers(world):
        if "ai_works" in measures(paper):
            found.update(combinations(sorted({metro_of[name] for name in paper.institutions}), 2))
    return found


def twins(world: World, metro_of: Mapping[str, str]) -> Counter:
    """By metro the preprints of the window with a published work of the same title, near in time and place."""
    known: dict[tuple[str, str], list[int]] = defaultdict(list)
    each = list(enumerate(papers(world)))
    for number, paper in each:
        work, year = paper.work, paper.work.published.year
        if work.type != "preprint" and work.subfield in SUBFIELDS and year >= 2018:
            for name in paper.institutions:
                known[name, title_of(number, work)].append(year)
    found: Counter = Counter()
    for number, paper in each:
        work, title = paper.work, title_of(number, paper.work)
        years = [year for name in paper.institutions for year in known[name, title]]
        is_twin = work.type == "preprint" and any(abs(year - work.published.year) <= 2 for year in years)
        if is_twin and "ai_works" in measures(paper):
            found.update({metro_of[name] for name in paper.institutions})
    return found


def by_year(world: World, metro_of: Mapping[str, str]) -> Counter:
    """The papers of each metro, subfield and year of publication."""
    found: Counter = Counter()
    for paper in papers(world):
        work = paper.work
        if work.core and work.subfield in SUBFIELDS and work.type in STANDARD.types and not work.retracted:
            for metro in {metro_of[name] for name in paper.institutions}:
                found[metro, work.subfield, str(work.published.year)] += 1
    return found


def _within(work: Work, days: tuple) -> bool:
    return days[0] <= work.published <= days[1]
