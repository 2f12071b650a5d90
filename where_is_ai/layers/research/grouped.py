"""Distinct works of leading metros and of the world, in groups: by year, by topic, and of earlier windows.

One grouped call counts all years, or all topics, of up to 100 institutions together; of a larger metro the groups of
the calls' overlaps are added and taken away as its count is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.fetch import Library
from where_is_ai.json_records import Record, is_count
from where_is_ai.layers.research import openalex
from where_is_ai.layers.research.distinct import PAID_ONCE_A_WEEK, Union
from where_is_ai.layers.research.records import MOST_WORKS

WORLD, THE_WORLD = "world", "The world"
YEAR, TOPIC = "publication_year", "primary_topic.id"
# The key and name of all groups together, which a page of groups may not hold one and all.
ALL = ("*", "all")


@dataclass(frozen=True)
class Grouped:
    """The works that ``among`` selects by a field: those of the ``union``, or of the world where it is None."""

    place: str
    among: str
    corpus: str
    by: str
    union: Union | None = None

    @property
    def requests(self) -> list[Request]:
        return [request for _, request in self._terms()]

    def counts(
        self, answers: Mapping[str, Sequence[tuple[str, str, int]]]
    ) -> dict[tuple[str, str], int] | None:
        """Works by (key, name) of each group that has any; None where ``answers``, by URL, lack one."""
        terms = self._terms()
        if any(request.url not in answers for _, request in terms):
            return None
        found: dict[tuple[str, str], int] = {}
        for sign, request in terms:
            for key, name, works in answers[request.url]:
                found[key, name] = found.get((key, name), 0) + sign * works
        return {group: works for group, works in found.items() if works > 0}

    def _terms(self) -> list[tuple[int, Request]]:
        filters = self.union.terms() if self.union else [(1, self.among)]
        return [(sign, self._call(among)) for sign, among in filters]

    def _call(self, among: str) -> Request:
        return openalex.ask(
            "works",
            PAID_ONCE_A_WEEK,
            filter=among,
            corpus=self.corpus,
            group_by=self.by,
            per_page=openalex.MOST_PER_PAGE,
        )


def of_metro(metro: str, among: str, corpus: str, by: str, works: Mapping[str, int]) -> Grouped:
    """Of the institutions with ``works`` by their id, those with most first."""
    return Grouped(metro, among, corpus, by, Union.of(among, corpus, works))


def answerable(library: Library, asked: Iterable[Grouped]) -> list[Request]:
    """The requests of ``asked``, each once: of a replay those that are archived."""
    requests = {request.url: request for each in asked for request in each.requests}
    return [each for each in requests.values() if library.versions(each) or not library.is_paid(each)]


def read_answers(library: Library, entries: Sequence[Entry]) -> dict[str, list[tuple[str, str, int]]]:
    """By address, the groups of each answer as key, name and works, first ALL; one that is off is left out."""
    return {entry.url: [(*ALL, _total(library, entry)), *_groups(library, entry)] for entry in entries}


def _total(library: Library, entry: Entry) -> int:
    told = openalex.works_of_all(library, entry)
    return sum(works for *_, works in _groups(library, entry)) if told is None else told


def _groups(library: Library, entry: Entry) -> Iterable[tuple[str, str, int]]:
    for group in openalex.groups(library, entry):
        fields = Record(group)
        key, name, works = (fields.given(field) for field in ("key", "key_display_name", "count"))
        if isinstance(key, str) and is_count(works, MOST_WORKS):
            yield openalex.short(key), name if isinstance(name, str) else key, works


def leading(institutions: pd.DataFrame, metros: pd.DataFrame, number: int) -> dict[str, pd.DataFrame]:
    """The institutions that count towards each of the first ``number`` metros by rank."""
    first = metros.sort_values(["rank", "metro_id"]).head(number)["metro_id"]
    included = institutions[institutions["included"]]
    here = included[included["metro_id"].isin(first)]
    return {metro: here[here["metro_id"] == metro] for metro in first}
