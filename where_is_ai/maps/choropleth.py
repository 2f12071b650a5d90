"""A map of the USA whose states have the colour of their values, wide or upright, given as data."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from where_is_ai.maps import areas, legends, scene
from where_is_ai.maps.bubble_map import BEGINS, NAMED_IN_ALT, Ranking
from where_is_ai.maps.canvas import Canvas, Legend
from where_is_ai.maps.frame import Caption, framed, listed, spare_around
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.legend_classes import colour_classes
from where_is_ai.maps.scales import ColourScale
from where_is_ai.maps.style import INK, LAND, MUTED, SOFT, WIDE, Layout
from where_is_ai.maps.typeface import LINE_HEIGHT, wrapped

LISTED = 14
IN_THE_TABLE = "A number that has no room here is in the table."
COLUMN = 430  # pixels of the column beside a wide map
UPRIGHT_MAP = 700  # height in pixels of an upright map


@dataclass(frozen=True)
class Choropleth:
    """A map: what is said around it, its areas as ``areas.areas`` makes them, and what their colour means.

    ``colour`` heads the classes, ``grey`` says what areas of that colour are. ``hatched`` says what the unknown are;
    by default the legend names them. ``ranking`` has the areas that are listed, best first, by key. ``reads`` is a
    sentence for those who can't see colour, ``remark`` what else they must know, ``places`` which areas have a number.
    """

    caption: Caption
    areas: pd.DataFrame
    colour: str
    colours: ColourScale
    ranking: Ranking
    reads: str
    places: str
    grey: str = ""
    remark: str = ""
    hatched: str = ""

    def draw(self, layout: Layout = WIDE) -> go.Figure:
        """The map as a figure of the layout's size."""
        canvas = Canvas(layout)
        return self._drawn(canvas, framed(canvas, self.caption), self.areas)

    def surroundings(self, layout: Layout, room: Box) -> go.Figure:
        """The map without its areas, in the ``room`` that the caption left of one that is drawn already.

        Its own caption ends where that one did, its footer begins where that did.
        """
        canvas = Canvas(layout)
        framed(canvas, self.caption, spare_around(layout, self.caption, room))
        return self._drawn(canvas, room, self.areas.iloc[:0])

    @property
    def legend(self) -> Legend:
        """What tells its areas apart."""
        return Legend(self.colour, [*colour_classes(self.colours), *self._marked(LAND, MUTED)])

    def _drawn(self, canvas: Canvas, room: Box, shown: pd.DataFrame) -> go.Figure:
        canvas.legend = self.legend
        if canvas.layout.name == "wide":
            self._wide(canvas, room, shown)
        else:
            self._upright(canvas, room, shown)
        return canvas.figure()

    @property
    def alt(self) -> str:
        """What the map shows, for those who can't see it."""
        notes, rows = self.caption.notes, self._rows()
        unknown = self._unknown()
        parts = [
            f"{BEGINS['usa']} with {self.places} coloured, {notes.period}.",
            self.reads,
            f"Unknown: {', '.join(unknown)}." if unknown else "",
            f"{self.ranking.title}: {listed((name, text) for _, name, text in rows[:NAMED_IN_ALT])}."
            if rows
            else "",
            self.remark,
            f"Source: {notes.source}.",
        ]
        return " ".join(part for part in parts if part)

    def _wide(self, canvas: Canvas, room: Box, shown: pd.DataFrame) -> None:
        """The map, and to its right the legend above the list."""
        x = room.x1 - COLUMN
        areas.draw(canvas, scene.USA, Box(20, room.y0, x - 20, room.y1), shown, self.colours)
        y = self._legend(canvas, Box(x, room.y0 + 20, room.x1, room.y1)) + 22
        self._list(canvas, [Box(x, y, room.x1, room.y1)], canvas.layout.small + 2)

    def _upright(self, canvas: Canvas, room: Box, shown: pd.DataFrame) -> None:
        """The map above the legend and the list in two columns."""
        box = Box(12, room.y0, canvas.layout.width - 12, room.y0 + UPRIGHT_MAP)
        areas.draw(canvas, scene.USA_UPRIGHT_WITH_VALUES, box, shown, self.colours)
        y = self._legend(canvas, Box(room.x0, box.y1 + 16, room.x1, room.y1)) + 20
        middle, gutter = (room.x0 + room.x1) / 2, 24
        columns = [Box(room.x0, y, middle - gutter, room.y1), Box(middle + gutter, y, room.x1, room.y1)]
        self._list(canvas, columns, canvas.layout.body)

    def _legend(self, canvas: Canvas, column: Box) -> float:
        y = legends.colour_bar(canvas, column.x0, column.y0, column.width, self.colours, self.colour)
        y = legends.area_marks(
            canvas, column.x0, y + 4, column.width, self._marked(legends.HATCHED, legends.GREY)
        )
        size = canvas.layout.small
        return canvas.lines(column.x0, y, wrapped(IN_THE_TABLE, size, column.width), size, SOFT)

    def _marked(self, hatched: str, grey: str) -> list[tuple[str, str]]:
        """What areas are that are in no class, each after what it is called."""
        unknown = self._unknown()
        marks = [(grey, self.grey)] * bool(self.grey and self.areas["muted"].any())
        words = self.hatched or f"unknown: {', '.join(unknown)}"
        return marks + [(hatched, words)] * bool(unknown)

    def _list(self, canvas: Canvas, columns: Sequence[Box], size: float) -> None:
        """The first of the ranking, as many as have room, from column to column."""
        rows = self._rows()[:LISTED]
        if not rows:
            return
        first = columns[0]
        top = first.y0 + size * LINE_HEIGHT + 6
        fitting = int((first.y1 - top) / legends.row_height(size))
        if fitting < 1:
            return
        canvas.lines(first.x0, first.y0, [self.ranking.title], size, INK, bold=True)
        each = min(fitting, -(-len(rows) // len(columns)))
        for place, column in enumerate(columns):
            legends.ranking(
                canvas, column.x0, top, column.width, rows[place * each : (place + 1) * each], size
            )

    def _rows(self) -> list[tuple[int, str, str]]:
        """Place, name and what is said of each."""
        names = self.areas.set_index("key")["name"]
        return [(line.place, names[key], line.text) for key, line in self.ranking.values.items()]

    def _unknown(self) -> list[str]:
        return self.areas.loc[self.areas["value"].isna(), "name"].sort_values().to_list()
