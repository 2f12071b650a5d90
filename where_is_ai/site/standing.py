"""How a metro stands: each measure with its range, its rank, the nation's value, and metros of like size beside it."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log

import pandas as pd

from where_is_ai import layers
from where_is_ai.columns import UNKNOWN, Column
from where_is_ai.layers.layer import Layer, National, PublishedTable
from where_is_ai.layers.published_table import NOT_RANKED
from where_is_ai.publication.measures import Measure, measures_of
from where_is_ai.site.metros import Measured, Metro
from where_is_ai.site.middle import Middle, middle
from where_is_ai.site.read import Published

PEERS = 8
_NEAREST = (
    f"The {PEERS} metros {{}} with a page here whose number of residents is nearest to this one's by ratio"
)
_ALONE = "Nothing else was looked at."
PEERS_RULE = f"{_NEAREST.format('of the USA')} (Census Bureau's estimates for 1 July 2023). {_ALONE}"
PEERS_ABROAD_RULE = (
    f"{_NEAREST.format('outside the USA')} (of urban centres of the Global Human Settlement Layer, which draws them by "
    f"one rule everywhere). {_ALONE}"
)
NO_RANGE = "none given"
# Where nobody was counted by a measure nothing is unknown: there is nothing.
NO_ROW = "no row"
NOT_SAID = National(None, note="This edition says nothing of the country as a whole.")


@dataclass(frozen=True)
class Standing:
    """One measure of a metro, as numbers (None for unknown) and in words.

    ``nation`` is what its country has; ``middle`` the median of all metros of the table, ``peers`` that of the peers
    that have one.
    """

    layer: Layer
    measure: Measure
    column: Column
    measured: Measured
    record: Mapping
    is_bound: bool
    nation: National = NOT_SAID
    middle: Middle | None = None
    peers: Middle | None = None

    @property
    def value(self) -> float | None:
        return known(self.record.get("value"))

    @property
    def made_up(self) -> bool:
        """Whether its figures were made up, so that they say nothing about the world."""
        notes = self.measured.edition.about.notes.get(self.layer.name)
        return bool(notes and notes.made_up)

    @property
    def value_text(self) -> str:
        return self.measured.table.text(self.measure.name, self.measured.row)

    @property
    def range_text(self) -> str:
        table, row = self.measured.table, self.measured.row
        if table.only_repeats and self.measure.low and table.only_repeats(self.measure.low, row):
            return NO_RANGE
        return self._range_text(known(self.record.get("low")), known(self.record.get("high"))) or NO_RANGE

    @property
    def rank_text(self) -> str:
        if known(self.record.get("rank")) is None:
            return NOT_RANKED
        return f"{self.record['rank']:.0f} of {self.record['of']:,}"

    @property
    def rank_range_text(self) -> str:
        """Which ranks its bounds and those of all others allow; nothing where it has no bounds to tell by."""
        if self.range_text == NO_RANGE:
            return ""
        best, worst = known(self.record.get("rank_low")), known(self.record.get("rank_high"))
        if best is None and worst is None:
            return ""
        if best is not None and worst is not None:
            return "no other possible" if best == worst else f"{best:.0f} to {worst:.0f} possible"
        return (
            f"{best:.0f} at best, worst unknown" if worst is None else f"{worst:.0f} at worst, best unknown"
        )

    @property
    def nation_text(self) -> str:
        """The country's value; where that is not known its bounds, or that it is unknown."""
        if self.nation.value is None:
            return self._range_text(self.nation.low, self.nation.high) or UNKNOWN
        return f"{'≥ ' * self.nation.at_least}{self._text(self.nation.value)}"

    @property
    def nation_range_text(self) -> str:
        """Between what the country's value lies; "" where no bounds are given beside it."""
        known_both = self.nation.low is not None and self.nation.high is not None
        return (
            self._range_text(self.nation.low, self.nation.high)
            if self.nation.value is not None and known_both
            else ""
        )

    @property
    def middle_text(self) -> str:
        return self._middle_text(self.middle)

    @property
    def middle_range_text(self) -> str:
        return self._middle_range_text(self.middle)

    @property
    def peers_text(self) -> str:
        return self._middle_text(self.peers)

    @property
    def peers_range_text(self) -> str:
        return self._middle_range_text(self.peers)

    def _range_text(self, low: float | None, high: float | None) -> str:
        if low is not None and high is not None:
            least, most = self._text(low), self._text(high)
            return f"{least} to {most}" if least != most else "within rounding"
        if low is None and high is None:
            return ""
        return f"at least {self._text(low)}" if high is None else f"at most {self._text(high)}"

    def _middle_text(self, found: Middle | None) -> str:
        return f"{'≥ ' * found.at_least}{self._text(found.value)}" if found else NO_ROW

    def _middle_range_text(self, found: Middle | None) -> str:
        """Between what a median lies; "" where its metros' ranges don't say, or nothing but its lower bound."""
        if found is None or found.at_least or found.low is None or found.high is None:
            return ""
        return self._range_text(found.low, found.high) if found.low < found.high else ""

    def _text(self, value: float) -> str:
        return self.column.text(round(value, self.column.decimals))


class Standings:
    """What the editions say of every metro's measures, worked out once per edition and layer."""

    def __init__(self, metros: Sequence[Metro]):
        self._sized = {in_usa: _by_residents(metros, in_usa) for in_usa in (True, False)}
        self._place = {
            metro.slug: place for sized in self._sized.values() for place, metro in enumerate(sized)
        }
        self._profiles: dict[tuple[str, str], _Profile] = {}
        self._nations: dict[tuple[str, str, str], Mapping[str, National]] = {}

    def peers(self, metro: Metro) -> list[Metro]:
        """The metros of like size, by ``peers_rule``, the largest first; none where its residents are not known."""
        if not metro.residents:
            return []
        sized, place = self._sized[metro.in_usa], self._place[metro.slug]
        least, most = sized[max(place - PEERS, 0)].residents, sized[: place + PEERS + 1][-1].residents
        # No nearer metro is further along the list than that, but for those that have as many residents.
        first = bisect_left(sized, least, key=lambda each: each.residents)
        last = bisect_right(sized, most, key=lambda each: each.residents)
        others = [each for each in sized[first:last] if each is not metro]
        nearest = sorted(others, key=lambda each: (abs(log(each.residents / metro.residents)), each.slug))
        return sorted(nearest[:PEERS], key=lambda each: -each.residents)

    def of_metro(self, metro: Metro, peers: Sequence[Metro] = ()) -> list[Standing]:
        """Every measure of every layer that has the metro, in the layers' order."""
        return [
            standing
            for layer in layers.LAYERS
            if metro.newest(layer.name)
            for standing in self.in_layer(metro, layer, peers)
        ]

    def in_layer(self, metro: Metro, layer: Layer, peers: Sequence[Metro] = ()) -> list[Standing]:
        measured = metro.newest(layer.name)
        profile = self._profile(measured.edition, layer, measured.table)
        nation = self._nation(measured.edition, layer, "US" if metro.in_usa else metro.country)
        theirs = [each.newest(layer.name) for each in peers]
        same = [each.place for each in theirs if each and each.edition is measured.edition]
        made = []
        for measure in measures_of(layer, measured.table):
            record = profile.records.get((measured.place, measure.name))
            if record is None:
                continue
            beside = [
                profile.records[key] for place in same if (key := (place, measure.name)) in profile.records
            ]
            made.append(
                Standing(
                    layer,
                    measure,
                    measured.table.columns()[measure.name],
                    measured,
                    record,
                    measured.table.is_lower_bound(measure.name, measured.row),
                    nation.get(measure.name, NOT_SAID),
                    profile.middle.get(measure.name),
                    middle(beside, measure.name in profile.lower_bounds),
                )
            )
        return made

    def same(self, first: Standing, metro: Metro) -> Standing | None:
        """The same measure of a metro in the same edition; None where that has no row of it."""
        newest = metro.newest(first.layer.name)
        if not newest or newest.edition is not first.measured.edition:
            return None
        found = self.in_layer(metro, first.layer)
        return next((each for each in found if each.measure == first.measure), None)

    def _profile(self, edition: Published, layer: Layer, table: PublishedTable) -> "_Profile":
        key = (edition.quarter, table.name)
        if key not in self._profiles:
            self._profiles[key] = _Profile(edition.profile(layer, table), table.lower_bounds.keys())
        return self._profiles[key]

    def _nation(self, edition: Published, layer: Layer, country: str) -> Mapping[str, National]:
        key = (edition.quarter, layer.name, country)
        if key not in self._nations:
            says = layer.on_metro.nation
            self._nations[key] = says(edition, country) if says and country else {}
        return self._nations[key]


def peers_rule(metro: Metro) -> str:
    """By which rule a metro's peers are chosen; residents abroad are counted otherwise than in the USA."""
    return PEERS_RULE if metro.in_usa else PEERS_ABROAD_RULE


def _by_residents(metros: Sequence[Metro], in_usa: bool) -> list[Metro]:
    known = (metro for metro in metros if metro.residents and metro.in_usa == in_usa)
    return sorted(known, key=lambda each: (each.residents, each.slug))


@dataclass(frozen=True)
class _Profile:
    """A table's rows in one edition, by place and measure; ``lower_bounds`` are the measures that may be such."""

    rows: pd.DataFrame = field(repr=False)
    lower_bounds: Collection[str]

    @cached_property
    def records(self) -> dict[tuple[str, str], dict]:
        return {(row["area_code"], row["measure"]): row for row in self.rows.to_dict("records")}

    @cached_property
    def middle(self) -> dict[str, Middle | None]:
        return {
            str(name): middle(rows.to_dict("records"), name in self.lower_bounds)
            for name, rows in self.rows.groupby("measure")
        }


def known(value: object) -> float | None:
    """A number, None for NA."""
    return None if value is None or pd.isna(value) else float(value)


def compared(one: Standing, other: Standing) -> str:
    """How another metro's measure stands beside this: more, less, same (of two exact values), or "": can't be told.

    It is more or less only where the ranges do not meet. A value without any range is taken as it is.
    """
    mine, theirs = bounds(one), bounds(other)
    if theirs[0] is not None and mine[1] is not None and theirs[0] > mine[1]:
        return "more"
    if theirs[1] is not None and mine[0] is not None and theirs[1] < mine[0]:
        return "less"
    exact = mine[0] is not None and mine == theirs and mine[0] == mine[1]
    return "same" if exact else ""


def bounds(standing: Standing) -> tuple[float | None, float | None]:
    """The ends between which the measure lies; the value where no range is given and it is no lower bound."""
    low, high = known(standing.record.get("low")), known(standing.record.get("high"))
    if low is None and high is None:
        return standing.value, None if standing.is_bound else standing.value
    return low, high
