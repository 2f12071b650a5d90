"""What stands on areas of a map, such as states: name and value within them, beside them, or in the sea with a line.

In this order: both within the area; for those in the east that even one has no room in, both in a column off the
coast; both in the sea beside the area; the value alone within, or else the name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from statistics import fmean
from typing import Any

import pandas as pd
import shapely
from shapely.affinity import scale

from where_is_ai.maps.canvas import Canvas, Panel
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.labels import Label
from where_is_ai.maps.scales import ink_on
from where_is_ai.maps.style import INK, LAND, PAPER

WIDER = 1.4  # how much wider than high the text in an area is, about
LEADING = 0.2  # of the font's size, what a line leaves empty above and below its letters
EAST_FROM = 0.74  # of the panel's width, from where small areas get their text off the coast
NEAR = 40  # pixels between areas that get their texts under each other
DOT = 2.5  # radius in pixels of the end of a line in a small area
LINE = 1.25  # font sizes from one text in the sea to the next
GAP = 8  # pixels between a small area and its text beside it
OFFSHORE = 16  # pixels between the coast and a column of texts
# Shares of an area's width and height, by which its text is moved to find room, the least first.
MOVED = sorted(
    product((0, -0.12, 0.12, -0.24, 0.24, -0.36, 0.36), repeat=2), key=lambda by: sum(map(abs, by))
)


@dataclass(frozen=True)
class Shown:
    """An area in a panel: its row, its land in pixels, the colour it has, and where its text has the most room."""

    row: Any
    land: shapely.Geometry
    fill: str

    @property
    def known(self) -> bool:
        return pd.notna(self.row.value)

    @cached_property
    def piece(self) -> shapely.Polygon:
        """The largest of its land."""
        return max(shapely.get_parts(self.land), key=lambda part: part.area)

    @cached_property
    def spot(self) -> tuple[float, float]:
        """Where text has the most room: it is wider than high."""
        squeezed = scale(self.piece, 1 / WIDER, 1, origin=(0, 0))
        x, y = shapely.maximum_inscribed_circle(squeezed, 0.5).coords[0]
        return x * WIDER, y

    @property
    def ink(self) -> str:
        """What its text is written in; nothing where it has no colour of its own."""
        return "" if self.fill == LAND else ink_on(self.fill)

    @property
    def in_a_line(self) -> str:
        return f"{self.row.code} {self.row.text}" if self.known else self.row.code

    @property
    def name(self) -> str:
        return f"label:{self.row.key}"


def write(canvas: Canvas, panel: Panel, shown: Sequence[Shown]) -> None:
    """Each area's text, as far as there is room for it."""
    size = canvas.layout.label
    sea = _Sea(canvas, panel, shapely.union_all([each.land for each in shown]))
    cramped = [each for each in shown if not _within(canvas, panel, each, _both(each))]
    east = panel.box.x0 + EAST_FROM * panel.box.width
    small = [each for each in cramped if each.spot[0] > east and not _fitting(each, _one(each), size)]
    column = [each for each in small if not _alone(each, small)]
    written = sea.column(column)
    for each in cramped:
        if not (written and each in column) and not sea.beside(each):
            _within(canvas, panel, each, _one(each))


def _both(each: Shown) -> list[tuple[str, ...]]:
    code, value = each.row.code, each.row.text
    return [(code, value), (each.in_a_line,)] if each.known else [(code,)]


def _one(each: Shown) -> list[tuple[str, ...]]:
    return [(each.row.text,), (each.row.code,)] if each.known else []


def _alone(each: Shown, others: Sequence[Shown]) -> bool:
    """Whether no other lies near."""
    return all(each is other or each.land.distance(other.land) > NEAR for other in others)


def _within(canvas: Canvas, panel: Panel, each: Shown, wanted: Iterable[tuple[str, ...]]) -> bool:
    """Write the first of ``wanted`` that fits into the area; tells whether any does."""
    found = _fitting(each, wanted, canvas.layout.label)
    if not found:
        return False
    label, (x, y) = found
    wide, high = label.width / 2, label.height / 2
    first, *rest = label.lines
    text = "<br>".join((f"<b>{first}</b>" if label.strong else first, *rest))
    box = Box(x - wide, y - high, x + wide, y + high)
    canvas.label(panel, *each.spot, text, label.size, box, "centre", each.name, each.ink)
    return True


def _fitting(
    each: Shown, wanted: Iterable[tuple[str, ...]], size: float
) -> tuple[Label, tuple[float, float]] | None:
    """The first of ``wanted`` that fits into the area, and the middle of its place there."""
    for lines in wanted:
        label = Label(each.row.key, lines, size, strong=lines[0] == each.row.code)
        if spot := _room(each, label.width, label.height - 2 * LEADING * size):
            return label, spot
    return None


def _room(each: Shown, width: float, height: float) -> tuple[float, float] | None:
    """The middle of a box of this size within the area's largest piece, as near to its spot as can be."""
    x0, y0, x1, y1 = each.piece.bounds
    if width > x1 - x0 or height > y1 - y0:
        return None
    shapely.prepare(each.piece)
    for east, south in MOVED:
        x, y = each.spot[0] + east * (x1 - x0), each.spot[1] + south * (y1 - y0)
        if each.piece.contains(shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)):
            return x, y
    return None


class _Sea:
    """The room of a panel that is neither land nor taken by text."""

    def __init__(self, canvas: Canvas, panel: Panel, land: shapely.Geometry):
        self._canvas, self._panel, self._land = canvas, panel, land
        self._size = canvas.layout.label
        self._taken: list[Box] = []
        self._lines: list[shapely.LineString] = []
        shapely.prepare(land)

    def beside(self, each: Shown) -> bool:
        """Write to the right or left of a small area or below it, where that is free; tells whether it is."""
        label, (x, y) = self._label(each), each.spot
        x0, _, x1, y1 = each.land.bounds
        wide, high = label.width, label.height
        for align, left, middle in (
            ("left", x1 + GAP, y),
            ("right", x0 - GAP - wide, y),
            ("centre", x - wide / 2, y1 + high / 2),
        ):
            box = Box(left, middle - high / 2, left + wide, middle + high / 2)
            if self._is_free(box):
                self._write(each, label, box, align)
                return True
        return False

    def column(self, small: Sequence[Shown]) -> bool:
        """The texts of ``small`` areas under each other in their order from north to south, each with a line.

        They stand as far north as there is room east of the coast; tells whether there is any.
        """
        ordered = sorted(small, key=lambda each: each.spot[1])
        boxes = self._boxes(ordered)
        for each, box in zip(ordered, boxes, strict=True) if boxes else ():
            x, y = each.spot
            middle = box.centre[1]
            self._canvas.pointer(self._panel, x, y, (0, 0, box.x0 - 4 - x, middle - y), INK, 1.1, each.name)
            self._canvas.ring(self._panel, x, y, DOT, fill=INK, line=PAPER, width=1, name=each.name)
            self._write(each, self._label(each), box, "left")
            self._lines.append(shapely.LineString([(x, y), (box.x0, middle)]))
        return bool(boxes)

    def _boxes(self, ordered: Sequence[Shown]) -> list[Box]:
        if not ordered:
            return []
        step, high = self._size * LINE, self._label(ordered[0]).height / 2
        widths = [self._label(each).width for each in ordered]
        south = 0.0
        while True:
            rows = apart([each.spot[1] + south for each in ordered], step)
            if rows[-1] + high > self._panel.box.y1:
                return []
            x = self._coast(rows[0] - high, rows[-1] + high) + OFFSHORE
            boxes = [Box(x, y - high, x + wide, y + high) for y, wide in zip(rows, widths, strict=True)]
            if all(self._is_free(box) for box in boxes):
                return boxes
            south += step / 2

    def _coast(self, north: float, south: float) -> float:
        """How far east land and text reach between two heights."""
        x0, _, x1, _ = self._land.bounds
        strip = self._land.intersection(shapely.box(x0, north, x1, south))
        texts = [box.x1 for box in self._taken if box.y0 < south and box.y1 > north]
        return max([x0 if strip.is_empty else strip.bounds[2], *texts])

    def _is_free(self, box: Box) -> bool:
        room = shapely.box(box.x0, box.y0, box.x1, box.y1)
        return (
            box.within(self._panel.box)
            and not any(box.overlaps(other) for other in self._taken)
            and not any(line.intersects(room) for line in self._lines)
            and not self._land.intersects(room)
        )

    def _label(self, each: Shown) -> Label:
        return Label(each.row.key, (each.in_a_line,), self._size)

    def _write(self, each: Shown, label: Label, box: Box, align: str) -> None:
        self._taken.append(box)
        self._canvas.label(self._panel, *each.spot, label.lines[0], self._size, box, align, each.name)


def apart(wanted: Sequence[float], step: float) -> list[float]:
    """Where lines stand that are at least ``step`` apart, in order, as near as can be to where they are wanted."""
    groups: list[list[float]] = []
    for place, each in enumerate(wanted):
        groups.append([each - place * step])
        while len(groups) > 1 and fmean(groups[-2]) > fmean(groups[-1]):
            last = groups.pop()
            groups[-1] += last
    means = [fmean(group) for group in groups for _ in group]
    return [mean + place * step for place, mean in enumerate(means)]
