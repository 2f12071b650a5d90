"""One bubble map for every measure by metro: the USA or the world, wide or upright, given as data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import prod
from typing import Any, Literal, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from where_is_ai.maps import bubbles, map_layouts, world_layouts
from where_is_ai.maps.canvas import Canvas, Legend
from where_is_ai.maps.frame import Caption, framed, listed, spare_around
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.legend_classes import legend_classes
from where_is_ai.maps.legends import Mark
from where_is_ai.maps.scales import ColourScale, Kinds
from where_is_ai.maps.style import WIDE, Layout

BEGINS = {"usa": "Map of the United States", "world": "World map"}
TAKEN_BEFORE_TURNS = 3  # of each ranking, before the rest of the first gets its labels
NAMED_IN_ALT = 5
ARRANGED = {
    ("usa", "wide"): map_layouts.usa_wide,
    ("usa", "vertical"): map_layouts.usa_vertical,
    ("world", "wide"): world_layouts.world_wide,
    ("world", "vertical"): world_layouts.world_vertical,
}
SOUGHT = {"wide": 36, "vertical": 34}  # metros that get names by their importance


class Line(NamedTuple):
    """A line of a ranking: its place, counted from 1, and what is said there."""

    place: int
    text: str


@dataclass(frozen=True)
class Ranking:
    """Metros in the order of a measure: ``title`` heads their list, ``values`` has by key what each has, best first.

    The first ``wide`` (or ``vertical``, in that format) lead the labels on the map, where ``unit`` follows the value.
    """

    title: str
    values: Mapping[str, Line]
    unit: str = ""
    wide: int = 12
    vertical: int = 8


def by_key(rows: pd.DataFrame, key: str, text: Callable[[Any], str], tied: str = "rank") -> dict[str, Line]:
    """The line of each row by the id in the column ``key``, in the order of ``rows``, with what ``text`` says of it.

    Rows that are equal in the column ``tied`` share the place of the first of them, as they do in tables.
    """
    lines, first = {}, {}
    for number, row in enumerate(rows.itertuples(index=False, name="Row"), start=1):
        value = getattr(row, tied)
        place = number if pd.isna(value) else first.setdefault(value, number)
        lines[str(getattr(row, key))] = Line(place, text(row))
    return lines


@dataclass(frozen=True)
class BubbleMap:
    """A map: where, what is said around it, its circles, and what their area and colour mean.

    ``circles`` is a frame as ``bubbles.circles`` makes it. ``reads`` is a sentence or two for those who can't see area
    and colour, ``remark`` what else they must know. Of several ``rankings`` a wide map of the USA lists the last, since
    who is first by area is plain to see. ``marks`` explain outlines and greys. ``colours`` are by default the classes
    that the values suggest; ``colour_narrow`` heads them where ``colour`` is too long. ``radius`` is the largest
    circle's in shares of the format's. ``places`` are what the circles stand for. The map names the keys in ``sought``
    wherever they find a place, since readers look for them; where the circles have an ``importance`` it also names
    those that ``_important`` finds.
    """

    view: Literal["usa", "world"]
    caption: Caption
    circles: pd.DataFrame
    area: str
    colour: str
    reads: str
    rankings: tuple[Ranking, ...] = ()
    marks: tuple[Mark, ...] = ()
    colours: ColourScale | Kinds | None = None
    colour_narrow: str = ""
    remark: str = ""
    places: str = "metro areas"
    sought: tuple[str, ...] = ()
    radius: float = 1

    def draw(self, layout: Layout = WIDE) -> go.Figure:
        """The map as a figure of the layout's size."""
        canvas = Canvas(layout)
        return self._drawn(canvas, framed(canvas, self.caption), self.circles)

    def surroundings(self, layout: Layout, room: Box, points: pd.DataFrame) -> go.Figure:
        """The map as far as it is the same wherever its circles are, beside a map that is drawn already.

        ``room`` is what the caption left of that one, and ``points`` (lat and lon in degrees) are its circles': parts
        of the world are enlarged where there are many. Its own caption ends where that one did, and its
        footer begins where that did.
        """
        canvas = Canvas(layout)
        framed(canvas, self.caption, spare_around(layout, self.caption, room))
        return self._drawn(canvas, room, bubbles.unmeasured(points))

    def look(self, layout: Layout) -> bubbles.Scales:
        """How its measures become radii and colours."""
        return bubbles.scales(self.circles, layout.radius * self.radius, layout.stroke, self.colours)

    def legend(self, look: bubbles.Scales) -> Legend:
        """What tells its circles apart."""
        return Legend(self.colour, legend_classes(look, self.marks, self.circles))

    def _drawn(self, canvas: Canvas, room: Box, circles: pd.DataFrame) -> go.Figure:
        layout, look = canvas.layout, self.look(canvas.layout)
        canvas.legend = self.legend(look)
        wide = layout.name == "wide"
        legend = map_layouts.Legend(
            look=look,
            area=self.area,
            colour=self.colour if wide else self.colour_narrow or self.colour,
            marks=self.marks,
            lists=[(ranking.title, self._rows(ranking)) for ranking in self.rankings if ranking.values],
        )
        named = map_layouts.Named(
            self._leaders(wide), [*self.sought, *self._important()[: SOUGHT[layout.name]]]
        )
        ARRANGED[self.view, layout.name](canvas, room, circles, named, legend)
        return canvas.figure()

    @property
    def alt(self) -> str:
        """What the map shows, for those who can't see it."""
        notes = self.caption.notes
        shown = int(self.circles[["size", "lat", "lon"]].notna().all(axis=1).sum())
        leading = [
            f"{ranking.title}: {listed((name, text) for _, name, text in self._rows(ranking)[:NAMED_IN_ALT])}."
            for ranking in self.rankings
            if ranking.values
        ]
        parts = [
            f"{BEGINS[self.view]} with a circle for each of {shown} {self.places}, {notes.period}.",
            self.reads,
            *leading,
            self.remark,
            f"Source: {notes.source}.",
        ]
        return " ".join(part for part in parts if part)

    def _rows(self, ranking: Ranking) -> Sequence[tuple[int, str, str]]:
        """Place, name and what is said of each."""
        names = self.circles.set_index("key")["name"]
        return [(line.place, names[key], line.text) for key, line in ranking.values.items()]

    def _important(self) -> list[str]:
        """Whom readers look for: who is high in all rankings and by importance, by the product of the ranks.

        Who isn't in a ranking comes after its last. None where no importance is known.
        """
        known = self.circles[~self.circles["muted"].astype(bool)].dropna(subset=["importance", "size"])
        if known.empty:
            return []
        by_importance = known.sort_values(["importance", "key"], ascending=[False, True])["key"].to_list()
        orders = [by_importance, *(list(each.values) for each in self.rankings)]
        ranks = [{key: rank for rank, key in enumerate(order, 1)} for order in orders]
        mean = {key: prod(rank.get(key, len(rank) + 1) for rank in ranks) for key in by_importance}
        return sorted(mean, key=lambda key: (mean[key], key))

    def _leaders(self, wide: bool) -> dict[str, str]:
        """The first in each ranking, the rankings taking turns in importance, each with what its label says."""
        orders = [list(each.values)[: each.wide if wide else each.vertical] for each in self.rankings]
        turns = chain(
            *(order[:TAKEN_BEFORE_TURNS] for order in orders),
            *(order[TAKEN_BEFORE_TURNS:] for order in orders),
        )
        # The same label in both formats: by the first ranking that it leads on a wide map.
        labels = {
            key: f"{each.values[key].text}{each.unit}"
            for each in reversed(self.rankings)
            for key in list(each.values)[: each.wide]
        }
        return {key: labels[key] for key in turns}
