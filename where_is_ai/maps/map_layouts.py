"""Where the parts of a bubble map go on the page: the USA and the world, wide and upright."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import pandas as pd

from where_is_ai.geography.base_map.projections import INSETS
from where_is_ai.maps import bubbles, legends, scene
from where_is_ai.maps.canvas import Canvas
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.style import INK, RULE
from where_is_ai.maps.typeface import LINE_HEIGHT

LISTED = 10  # rows of a list beside the USA
LISTED_BELOW_WORLD = 4  # rows of each column below the world
UPPER_PART = 0.6  # of a wide map's height, for the world and East Asia
LEGEND_BESIDE_INSETS = 600  # pixels for what explains the circles of a wide map of the world
VALUED_UPRIGHT = (
    5  # leaders whose value stands on an upright map of the USA and in insets; a list below tells others
)
NAMED_IN_WORLD = 20
NAMED_IN_INSET = 16


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


@dataclass(frozen=True)
class Inset:
    """A part of the world that is drawn again, larger, under its name."""

    name: str
    view: scene.View
    box: Box

    def keys(self, circles: pd.DataFrame) -> set[str]:
        """Whose circles lie in it."""
        return set(bubbles.located(circles, self.view, self.box)["key"])


def usa_wide(canvas: Canvas, room: Box, circles: pd.DataFrame, named: Named, legend: Legend) -> None:
    """The USA, and to its right a column with the legend and the last list."""
    box = Box(20, room.y0, 1440, room.y1)
    _usa(canvas, box, circles, legend.look, _naming_usa(named, circles, 72, 44))
    small, x, width = canvas.layout.small, 1470, room.x1 - 1470
    y = legends.size_legend(canvas, x, room.y0 + 20, width, legend.look, legend.area) + 14
    y = legends.colour_legend(canvas, x, y, width, legend.look, legend.colour) + 10
    y = legends.mark_legend(canvas, x, y, legend.look, legend.marks) + 26
    for title, rows in legend.lists[-1:]:
        y = canvas.lines(x, y, [title], small, INK, bold=True) + 6
        count = min(LISTED, int((room.y1 - y) / legends.row_height(small + 2)))
        legends.ranking(canvas, x, y, width, rows[:count], small + 2)


def usa_vertical(canvas: Canvas, room: Box, circles: pd.DataFrame, named: Named, legend: Legend) -> None:
    """The USA above the legend and the lists."""
    box = Box(12, room.y0, canvas.layout.width - 12, room.y0 + 750)
    _usa(canvas, box, circles, legend.look, _naming_usa(_upright(named), circles, 105, 36))
    columns = _columns(room, 48)
    end = _legend_below(canvas, box.y1 + 16, columns, legend)
    _lists(canvas, Box(room.x0, end + 24, room.x1, room.y1), columns, legend, LISTED, gap=8)


def world_wide(canvas: Canvas, room: Box, circles: pd.DataFrame, named: Named, legend: Legend) -> None:
    """The world beside East Asia, and below them North America, Europe and the legend."""
    gap, title = 20, canvas.layout.small * LINE_HEIGHT + 6
    left, right = 28, canvas.layout.width - 28
    upper = UPPER_PART * (room.height - title - gap)
    middle = left + scene.WORLD.width_at(upper)
    top, y = room.y0 + title, room.y0 + upper + 2 * title + gap
    legend_x = right - LEGEND_BESIDE_INSETS
    widths = [view.width_at(1) for view in (scene.NORTH_AMERICA, scene.EUROPE)]
    parted = left + (legend_x - gap - left) * widths[0] / sum(widths)
    insets = [
        Inset("East Asia", scene.EAST_ASIA, Box(middle + gap, top, right, top + upper)),
        Inset("North America", scene.NORTH_AMERICA, Box(left, y, parted - gap / 2, room.y1)),
        Inset("Europe", scene.EUROPE, Box(parted + gap / 2, y, legend_x - gap, room.y1)),
    ]
    _world(canvas, Box(left - 16, room.y0, middle, top + upper), circles, named, legend.look, insets)
    _insets(canvas, circles, named, legend.look, insets)
    columns = (Box(legend_x + gap, 0, legend_x + 220, 0), Box(legend_x + 240, 0, room.x1, 0))
    _legend_below(canvas, y, columns, legend)


def world_vertical(canvas: Canvas, room: Box, circles: pd.DataFrame, named: Named, legend: Legend) -> None:
    """The world, enlargements of its three dense parts, the legend beside the last of them, and the list."""
    layout = canvas.layout
    title = layout.small * LINE_HEIGHT + 6
    top = Box(12, room.y0, layout.width - 12, room.y0 + 400)
    columns, y = _columns(room, 24), top.y1 + 4 + title
    lists = (LISTED_BELOW_WORLD + 1.5) * legends.row_height(layout.body)
    zoom = (room.y1 - y - lists - title - 20) / 2
    below = y + zoom + 8 + title
    insets = [
        Inset(name, view, Box(column.x0, start, column.x1, start + zoom))
        for name, view, column, start in (
            ("East Asia", scene.EAST_ASIA, columns[0], y),
            ("Europe", scene.EUROPE, columns[1], y),
            ("North America", scene.NORTH_AMERICA, columns[0], below),
        )
    ]
    _world(canvas, top, circles, named, legend.look, insets)
    first = dict(islice(named.leaders.items(), VALUED_UPRIGHT))
    _insets(canvas, circles, Named(first, named.sought), legend.look, insets)
    end = _legend_below(canvas, below - title, (columns[1], columns[1]), legend)
    end = max(end, insets[-1].box.y1)
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


def _upright(named: Named) -> Named:
    """Whom an upright map of the USA names: the first leaders alone with their values, to make room for others."""
    first = dict(islice(named.leaders.items(), VALUED_UPRIGHT))
    return Named(first, [*(key for key in named.leaders if key not in first), *named.sought])


def _naming_usa(named: Named, circles: pd.DataFrame, apart: float, limit: int) -> bubbles.Naming:
    return bubbles.Naming(named.leaders, apart, limit, also=[*named.sought, *_largest_beside(circles)])


def _world(
    canvas: Canvas,
    box: Box,
    circles: pd.DataFrame,
    named: Named,
    look: bubbles.Scales,
    insets: Sequence[Inset],
) -> None:
    """The whole world; who lies in one of the ``insets`` is named there, but for the first of all."""
    inside = frozenset().union(*(inset.keys(circles) for inset in insets)) - set(islice(named.leaders, 1))
    leaders = {key: value for key, value in named.leaders.items() if key not in inside}
    naming = bubbles.Naming(leaders, 34, NAMED_IN_WORLD, also=named.sought, without=inside)
    bubbles.draw(canvas, scene.WORLD, box, circles, look, canvas.layout.label, naming)


def _insets(
    canvas: Canvas, circles: pd.DataFrame, named: Named, look: bubbles.Scales, insets: Sequence[Inset]
) -> None:
    size = canvas.layout.small
    naming = bubbles.Naming(named.leaders, 0, NAMED_IN_INSET, also=named.sought)
    for inset in insets:
        title = f"<b>{inset.name}, enlarged</b>"
        canvas.text(inset.box.x0, inset.box.y0 - 6, title, size, INK, vertical="bottom")
        bubbles.draw(canvas, inset.view, inset.box, circles, look, size, naming)
        canvas.rectangle(inset.box, line=RULE, width=1.5)


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
    """Areas in the left column, colours and outlines in the right, or below where that is the same; the y below."""
    left, right = columns
    end = legends.size_legend(canvas, left.x0, y, left.width, legend.look, legend.area)
    return max(end, _colours_and_marks(canvas, end + 4 if left == right else y, right, legend))


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
