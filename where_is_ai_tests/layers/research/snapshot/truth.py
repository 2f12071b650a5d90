"""What a snapshot's counts must be, worked out from the made world itself, work by work."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import combinations

from where_is_ai.layers.research.methods import STANDARD
from where_is_ai.quarters import Quarter
from where_is_ai_tests.layers.research.made_world import AI, VISION, Work, World
from where_is_ai_tests.layers.research.snapshot.made_records import (
    authorships_of,
    doi_of,
    title_of,
    topic_of,
    work_id,
)

QUARTER = Quarter(2026, 2)
SUBFIELDS = (AI, VISION)


@dataclass(frozen=True)
class Paper:
    """A work as it counts: its institutions after merges, and each one's part of it among authors."""

    number: int
    work: Work
    institutions: frozenset[str]
    shares: Mapping[str, Fraction]
    is_twin: bool = False

    @property
    def may_count(self) -> bool:
        """Whether it is a paper of either subfield, not retracted."""
        work = self.work
        return work.core and work.subfield in SUBFIELDS and work.type in STANDARD.types and not work.retracted


@cache
def _papers(works: tuple[Work, ...], merged: tuple[tuple[str, str], ...]) -> list[Paper]:
    found = list(_read(works, dict(merged)))
    twins = by_title(found) | by_doi(found)
    return [replace(paper, is_twin=paper.number in twins) for paper in found]


def papers(world: World) -> list[Paper]:
    """The works of ``world``, with the preprints among them that are there a second time."""
    return _papers(tuple(world.works), tuple(world.merged.items()))


def _read(works: Sequence[Work], merged: Mapping[str, str]) -> Iterator[Paper]:
    for number, work in enumerate(works):
        authors = authorships_of(number, work) or []
        shares: dict[str, Fraction] = defaultdict(Fraction)
        for author in authors:
            for name in author.institutions:
                part = Fraction(1, len(authors) * len(author.institutions))
                shares[merged.get(name, name)] += part
        yield Paper(number, work, frozenset(shares), shares)


def measures(paper: Paper, subfields: tuple[str, ...] = (AI,)) -> set[str]:
    """The measures of the method that the paper counts for."""
    work = paper.work
    if not work.core or work.subfield not in subfields:
        return set()
    is_paper = work.type in STANDARD.types and not work.retracted and not paper.is_twin
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
    """By metro the preprints of the window that are left out."""
    found: Counter = Counter()
    for paper in papers(world):
        if paper.is_twin and "ai_works" in measures(replace(paper, is_twin=False)):
            found.update({metro_of[name] for name in paper.institutions})
    return found


def by_title(found: Sequence[Paper]) -> set[int]:
    """The preprints with a published work of the same title, near in time and place."""
    known: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for paper in found:
        if paper.may_count and paper.work.published.year >= 2018 and paper.work.type != "preprint":
            for name in paper.institutions:
                title = title_of(paper.number, paper.work)
                known[name, title, paper.work.subfield].append(paper.work.published.year)
    return {
        paper.number
        for paper in found
        if paper.work.type == "preprint" and paper.may_count
        for name in paper.institutions
        for year in known[name, title_of(paper.number, paper.work), paper.work.subfield]
        if abs(year - paper.work.published.year) <= 2
    }


def by_doi(found: Sequence[Paper]) -> set[int]:
    """The preprints that share a DOI with a published work, or but for the version with a preprint of a lower id."""
    alike: dict[tuple[str, str], list[Paper]] = defaultdict(list)
    for paper in found:
        if paper.may_count and (doi := doi_of(paper.number, paper.work)):
            alike[doi.partition("/v")[0], paper.work.subfield].append(paper)
    twins = set()
    for works in alike.values():
        preprints = [paper for paper in works if paper.work.type == "preprint"]
        kept = min(preprints, key=lambda paper: work_id(paper.number), default=None)
        twins |= {paper.number for paper in preprints if len(preprints) < len(works) or paper is not kept}
    return twins


def by_year(world: World, metro_of: Mapping[str, str]) -> Counter:
    """The papers of each metro, subfield and year of publication."""
    found: Counter = Counter()
    for paper in papers(world):
        work = paper.work
        if paper.may_count and not paper.is_twin and work.published <= STANDARD.window(QUARTER)[1]:
            for metro in {metro_of[name] for name in paper.institutions}:
                found[metro, work.subfield, str(work.published.year)] += 1
    return found


def _within(work: Work, days: tuple) -> bool:
    return days[0] <= work.published <= days[1]


def by_topic(world: World, metro_of: Mapping[str, str]) -> Counter:
    """The window's papers of each metro, subfield and topic; of the world under its own name."""
    found: Counter = Counter()
    for paper in papers(world):
        if paper.may_count and not paper.is_twin and _within(paper.work, STANDARD.window(QUARTER)):
            for place in {metro_of[name] for name in paper.institutions} | {"world"}:
                found[place, paper.work.subfield, topic_of(paper.number)[0]] += 1
    return found
