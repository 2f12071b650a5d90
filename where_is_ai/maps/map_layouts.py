"""Where the parts of a bubble map of the USA go on the page, wide and upright, and what maps of the world share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import pandas as pd

from where_is_ai.geography.base_map.projections import INSETS
from where_is_ai.maps import bubbles, legends, scene
from where_is_ai.maps.canvas import Canvas
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.style import INK
from where_is_ai.maps.typeface import LINE_HEIGHT

LISTED = 10  # rows of a list beside the USA
VALUED_UPRIGHT = (
    3  # leaders whose value stands on an upright map of the USA and in insets; a list below tells others
)
MARK_ASIDE = 40  # pixels by which a column has to be shorter for a mark to stand apart from those before it


@dataclass(frozen=True)
class Legend:
    """What explains the circles: scales, headings of area and colour, outlines, and lists of (place, name, value)."""

    look: bubbles.Scales
    area: str
    colour: str
    marks: Sequence[legends.Mark]
    lists: Sequence[tuple[str, Sequence[tuple[int, str, str]]]]


@dataclass(frozen=True)
class Named:
    """Whom a map names: the ``leaders``, each with its value, and the keys that readers look for."""

    leaders: Mapping[str, str]
    sought: Sequence[str] = ()


def usa_wide(canvas: Canvas, room: Box, circles: pd.DataFrame, named: Named, legend: Legend) -> None:
    """The USA, and to its right a column with the legend and the last list."""
    box = Box(20, room.y0, 1440, room.y1)
    naming = _naming_usa(named, circles, 72, 44)
    bubbles.draw(canvas, scene.USA, box, circles, legend.look, canvas.layout.label, naming)
    x, width = 1470, room.x1 - 1470
    y = legends.size_legend(canvas, x, room.y0 + 20, width, legend.look, legend.area) + 14
    y = legends.colour_legend(canvas, x, y, width, legend.look, legend.colour) + 10
    y = legends.mark_legend(canvas, x, y, width, legend.look, legend.marks) + 26
    beside = Box(x, y, x + width, room.y1)
    for title, rows in legend.lists[-1:]:
        _list_beside(canvas, beside, title, rows)


def _list_beside(canvas: Canvas, room: Box, title: str, rows: Sequence[tuple[int, str, str]]) -> None:
    size = canvas.layout.small
    y = room.y0 + size * LINE_HEIGHT + 6
    count = min(LISTED, int((room.y1 - y) / legends.row_height(size + 2)))
    if count > 0:
        canvas.lines(room.x0, room.y0, [title], size, INK, bold=True)
        legends.ranking(canvas, room.x0, y, room.width, rows[:count], size + 2)


def usa_vertical(canvas: Canvas, room: Box, circles: pd.DataFrame, named: Named, legend: Legend) -> None:
    """The USA above the legend and the lists."""
    box = Box(12, room.y0, canvas.layout.width - 12, room.y0 + 760)
    naming = _naming_usa(_upright(named), circles, 105, 36)
    bubbles.draw(canvas, scene.USA_UPRIGHT, box, circles, legend.look, canvas.layout.label, naming)
    columns = columns_of(room, 48)
    end = legend_below(canvas, box.y1 + 16, columns, legend)
    lists_below(canvas, Box(room.x0, end + 24, room.x1, room.y1), columns, legend, LISTED, gap=8)


def _upright(named: Named) -> Named:
    """Whom an upright map of the USA names: the first leaders alone with their values, to make room for others."""
    first = dict(islice(named.leaders.items(), VALUED_UPRIGHT))
    return Named(first, [*(key for key in named.leaders if key not in first), *named.sought])


def _naming_usa(named: Named, circles: pd.DataFrame, apart: float, limit: int) -> bubbles.Naming:
    return bubbles.Naming(named.leaders, apart, limit, also=[*named.sought, *_largest_beside(circles)])


def _largest_beside(circles: pd.DataFrame) -> list[str]:
    """The largest circle in each of Alaska, Hawaii and Puerto Rico."""
    ranked = circles.dropna(subset=["lon", "lat", "size"])
    ranked = ranked[~ranked["muted"]].sort_values(["size", "key"], ascending=[False, True])
    lon, lat = ranked["lon"].to_numpy(float), ranked["lat"].to_numpy(float)
    return [key for inset in INSETS for key in ranked.loc[inset.holds(lon, lat), "key"].head(1)]


def columns_of(room: Box, gutter: float) -> tuple[Box, Box]:
    half = (room.width - gutter) / 2
    left, right = (room.x0 + place * (half + gutter) for place in (0, 1))
    return Box(left, room.y0, left + half, room.y1), Box(right, room.y0, right + half, room.y1)


def legend_below(canvas: Canvas, y: float, columns: tuple[Box, Box], legend: Legend) -> float:
    """Areas in the left column, colours in the right, or below where that is the same; the y below.

    What outlines mean follows, each where there is more room.
    """
    left, right = columns
    end = legends.size_legend(canvas, left.x0, y, left.width, legend.look, legend.area)
    start = end + 4 if left == right else y
    below = legends.colour_legend(canvas, right.x0, start, right.width, legend.look, legend.colour)
    ends = [below, below] if left == right else [end, below]
    for mark in legend.marks:
        shorter = 0 if ends[0] < ends[1] - MARK_ASIDE else 1
        column = columns[shorter]
        ends[shorter] = legends.mark_legend(
            canvas, column.x0, ends[shorter], column.width, legend.look, [mark]
        )
    return max(ends)


def lists_below(
    canvas: Canvas, room: Box, columns: tuple[Box, Box], legend: Legend, most: int, gap: float
) -> None:
    """Two lists side by side, or one that goes on in the right column where that is another; none without room."""
    size = canvas.layout.body
    top = room.y0 + size * LINE_HEIGHT + gap
    count = min(most, int((room.y1 - top) / legends.row_height(size)))
    if count < 1:
        return
    parts = [(title, rows[:count]) for title, rows in legend.lists[:2]]
    if len(parts) == 1 and columns[0] != columns[1]:
        ((title, rows),) = legend.lists
        parts.append(("", rows[count : 2 * count]))
    for column, (title, rows) in zip(columns, parts, strict=False):
        if title:
            canvas.lines(column.x0, room.y0, [title], size, INK, bold=True)
        legends.ranking(canvas, column.x0, top, column.width, rows, size)
