"""Where the parts of a bubble map go on the page: the USA and the world, wide and upright."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import pandas as pd

from where_is_ai.geography.base_map.projections import INSETS
from where_is_ai.maps import bubbles, legends, scene
from where_is_ai.maps.canvas import Canvas
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.style import INK, PAPER, RULE
from where_is_ai.maps.typeface import LINE_HEIGHT

LISTED = 10  # rows of a list beside the USA
LISTED_BELOW_WORLD = 6  # rows of each column below the world


@dataclass(frozen=True)
class Legend:
    """What explains the circles: scales, headings of area and colour, outlines, and lists of (place, name, value)."""

    look: bubbles.Scales
    area: str
    colour: str
    marks: Sequence[legends.Mark]
    lists: Sequence[tuple[str, Sequence[tuple[int, str, str]]]]


def usa_wide(
    canvas: Canvas, room: Box, circles: pd.DataFrame, leaders: Mapping[str, str], legend: Legend
) -> None:
    """The USA, and to its right a column with the legend and the last list."""
    box = Box(20, room.y0, 1440, room.y1)
    _usa(canvas, box, circles, legend.look, bubbles.Naming(leaders, 72, 44, also=_largest_beside(circles)))
    small, x, width = canvas.layout.small, 1470, room.x1 - 1470
    y = legends.size_legend(canvas, x, room.y0 + 20, width, legend.look, legend.area) + 14
    y = legends.colour_legend(canvas, x, y, width, legend.look, legend.colour) + 10
    y = legends.mark_legend(canvas, x, y, legend.look, legend.marks) + 26
    for title, rows in legend.lists[-1:]:
        y = canvas.lines(x, y, [title], small, INK, bold=True) + 6
        count = min(LISTED, int((room.y1 - y) / legends.row_height(small + 2)))
        legends.ranking(canvas, x, y, width, rows[:count], small + 2)


def usa_vertical(
    canvas: Canvas, room: Box, circles: pd.DataFrame, leaders: Mapping[str, str], legend: Legend
) -> None:
    """The USA above the legend and the lists."""
    box = Box(12, room.y0, canvas.layout.width - 12, room.y0 + 720)
    _usa(canvas, box, circles, legend.look, bubbles.Naming(leaders, 105, 24, also=_largest_beside(circles)))
    columns = _columns(room, 48)
    end = _legend_below(canvas, box.y1 + 16, columns, legend)
    _lists(canvas, Box(room.x0, end + 24, room.x1, room.y1), columns, legend, LISTED, gap=8)


def world_wide(
    canvas: Canvas, room: Box, circles: pd.DataFrame, leaders: Mapping[str, str], legend: Legend
) -> None:
    """The world, an enlargement of East Asia in the empty South Pacific, and the legend in the southern ocean."""
    layout, look = canvas.layout, legend.look
    box = Box(12, room.y0, layout.width - 12, room.y1)
    inset = Box(28, room.y1 - 366, 478, room.y1)
    columns = (Box(770, 0, 1000, 0), Box(1010, 0, 1430, 0))
    height = max(148, _colours_and_marks(Canvas(layout), 0, columns[1], legend))
    below = Box(770, room.y1 - height, 1440, room.y1)
    inside = frozenset(bubbles.located(circles, scene.EAST_ASIA, inset)["key"]) - set(_first(2, leaders))
    bubbles.draw(
        canvas, scene.WORLD, box, circles, look, layout.label,
        bubbles.Naming(leaders, 34, 34, without=inside), obstacles=[inset.grown(30), below],
    )  # fmt: skip
    canvas.rectangle(inset, fill=PAPER, line=RULE, width=1.5)
    canvas.text(inset.x0, inset.y0 - 6, "<b>East Asia, enlarged</b>", layout.small, INK, vertical="bottom")
    bubbles.draw(
        canvas, scene.EAST_ASIA, inset, circles, look, layout.small, bubbles.Naming(_first(6, leaders), 0, 18)
    )
    _legend_below(canvas, below.y0, columns, legend)


def world_vertical(
    canvas: Canvas, room: Box, circles: pd.DataFrame, leaders: Mapping[str, str], legend: Legend
) -> None:
    """The world, enlargements of its two dense parts, the legend and the lists."""
    layout, look = canvas.layout, legend.look
    top = Box(12, room.y0, layout.width - 12, room.y0 + 420)
    bubbles.draw(
        canvas, scene.WORLD, top, circles, look, layout.label, bubbles.Naming(_first(1, leaders), 90, 11)
    )
    columns, y = _columns(room, 24), top.y1 + 8
    zoom = room.y1 - y - 40 - 8.5 * legends.row_height(layout.body) - 2 * layout.radius - 90
    for column, title, view in zip(
        columns, ("East Asia", "Europe"), (scene.EAST_ASIA, scene.EUROPE), strict=True
    ):
        below = canvas.lines(column.x0, y, [title], layout.small, INK, bold=True) + 6
        box = Box(column.x0, below, column.x1, below + zoom)
        bubbles.draw(
            canvas, view, box, circles, look, layout.small, bubbles.Naming(_first(6, leaders), 0, 15)
        )
        canvas.rectangle(box, line=RULE, width=1.5)
    end = _legend_below(canvas, box.y1 + 18, columns, legend)
    _lists(canvas, Box(room.x0, end + 6, room.x1, room.y1), columns, legend, LISTED_BELOW_WORLD, gap=4)


ARRANGED = {
    ("usa", "wide"): usa_wide,
    ("usa", "vertical"): usa_vertical,
    ("world", "wide"): world_wide,
    ("world", "vertical"): world_vertical,
}


def _usa(
    canvas: Canvas, box: Box, circles: pd.DataFrame, look: bubbles.Scales, naming: bubbles.Naming
) -> None:
    bubbles.draw(canvas, scene.USA, box, circles, look, canvas.layout.label, naming)


def _first(count: int, leaders: Mapping[str, str]) -> dict[str, str]:
    return dict(islice(leaders.items(), count))


def _largest_beside(circles: pd.DataFrame) -> list[str]:
    """The largest circle in each of Alaska, Hawaii and Puerto Rico."""
    ranked = circles.dropna(subset=["lon", "lat", "size"])
    ranked = ranked[~ranked["muted"]].sort_values(["size", "key"], ascending=[False, True])
    lon, lat = ranked["lon"].to_numpy(float), ranked["lat"].to_numpy(float)
    return [key for inset in INSETS for key in ranked.loc[inset.holds(lon, lat), "key"].head(1)]


def _columns(room: Box, gutter: float) -> tuple[Box, Box]:
    half = (room.width - gutter) / 2
    left, right = (room.x0 + place * (half + gutter) for place in (0, 1))
    return Box(left, room.y0, left + half, room.y1), Box(right, room.y0, right + half, room.y1)


def _legend_below(canvas: Canvas, y: float, columns: tuple[Box, Box], legend: Legend) -> float:
    """Areas in the left column, colours and outlines in the right; gives the y below."""
    left, right = columns
    end = legends.size_legend(canvas, left.x0, y, left.width, legend.look, legend.area)
    return max(end, _colours_and_marks(canvas, y, right, legend))


def _colours_and_marks(canvas: Canvas, y: float, column: Box, legend: Legend) -> float:
    below = legends.colour_legend(canvas, column.x0, y, column.width, legend.look, legend.colour)
    return legends.mark_legend(canvas, column.x0, below, legend.look, legend.marks)


def _lists(
    canvas: Canvas, room: Box, columns: tuple[Box, Box], legend: Legend, most: int, gap: float
) -> None:
    """Two lists side by side, or one that goes on in the right column."""
    size = canvas.layout.body
    top = room.y0 + size * LINE_HEIGHT + gap
    count = max(0, min(most, int((room.y1 - top) / legends.row_height(size))))
    parts = [(title, rows[:count]) for title, rows in legend.lists[:2]]
    if len(parts) == 1:
        ((title, rows),) = legend.lists
        parts.append(("", rows[count : 2 * count]))
    for column, (title, rows) in zip(columns, parts, strict=False):
        if title:
            canvas.lines(column.x0, room.y0, [title], size, INK, bold=True)
        legends.ranking(canvas, column.x0, top, column.width, rows, size)
