"""Where the parts of a bubble map of the world go on the page: the world, its crowded parts, and the legend."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import pandas as pd

from where_is_ai.maps import bubbles, legends, scene
from where_is_ai.maps.canvas import Canvas
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.map_layouts import (
    LISTED,
    VALUED_UPRIGHT,
    Legend,
    Named,
    columns_of,
    legend_below,
    lists_below,
)
from where_is_ai.maps.style import INK, RULE
from where_is_ai.maps.typeface import LINE_HEIGHT

CROWDED = 3  # circles from which a part of the world is drawn again, larger
LISTED_BELOW_WORLD = 4  # rows of each column below the world
UPPER_PART = 0.6  # of a wide map's height, for the world and East Asia
WORLD_BESIDE = 0.4  # of a wide map's width, for the world where only one or two parts are enlarged
WORLD_ALONE = 0.74  # of the room's height, for a world of which no part is enlarged
UPRIGHT_WORLD, UPRIGHT_WORLD_ALONE = 330, 540  # heights in pixels of the world on an upright map
LEGEND_BESIDE_INSETS = 600  # pixels for what explains the circles of a wide map of the world
LEGEND_UPRIGHT = 220  # height in pixels of what explains the circles below all enlargements
NAMED_IN_WORLD = 20
NAMED_IN_INSET = 16
PARTS = (("East Asia", scene.EAST_ASIA), ("North America", scene.NORTH_AMERICA), ("Europe", scene.EUROPE))


@dataclass(frozen=True)
class Inset:
    """A part of the world that is drawn again, larger, under its name."""

    name: str
    view: scene.View
    box: Box

    def keys(self, circles: pd.DataFrame) -> set[str]:
        """Whose circles lie in it."""
        return set(bubbles.located(circles, self.view, self.box)["key"])


def crowded_parts(circles: pd.DataFrame) -> list[tuple[str, scene.View]]:
    """The parts of the world with CROWDED circles or more: where there are fewer, an enlargement shows nothing more."""
    frame = Box(0, 0, 1000, 1000)
    return [(name, view) for name, view in PARTS if len(Inset(name, view, frame).keys(circles)) >= CROWDED]


def world_wide(canvas: Canvas, room: Box, circles: pd.DataFrame, named: Named, legend: Legend) -> None:
    """The world and its crowded parts, and the legend where these leave room."""
    parts = crowded_parts(circles)
    if len(parts) == len(PARTS):
        _world_among_insets(canvas, room, circles, named, legend)
    elif parts:
        _world_beside(canvas, room, circles, named, legend, parts)
    else:
        _world_alone(canvas, room, circles, named, legend)


def _world_among_insets(
    canvas: Canvas, room: Box, circles: pd.DataFrame, named: Named, legend: Legend
) -> None:
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
    legend_below(canvas, y, columns, legend)


def _world_beside(
    canvas: Canvas,
    room: Box,
    circles: pd.DataFrame,
    named: Named,
    legend: Legend,
    parts: Sequence[tuple[str, scene.View]],
) -> None:
    """The world above the legend, and to their right what is enlarged."""
    gap, title = 20, canvas.layout.small * LINE_HEIGHT + 6
    middle = room.x0 + WORLD_BESIDE * room.width
    height = (middle - room.x0) / scene.WORLD.width_at(1)
    right = canvas.layout.width - 28
    each = (room.height - (len(parts) - 1) * gap) / len(parts)
    insets = [
        Inset(name, view, Box(middle + gap, top + title, right, top + each))
        for place, (name, view) in enumerate(parts)
        for top in [room.y0 + place * (each + gap)]
    ]
    world = Box(room.x0 - 16, room.y0 + title, middle, room.y0 + title + height)
    _world(canvas, world, circles, named, legend.look, insets)
    _insets(canvas, circles, named, legend.look, insets)
    left = Box(room.x0, 0, room.x0 + 250, 0), Box(room.x0 + 280, 0, middle - gap, 0)
    end = legend_below(canvas, world.y1 + 24, left, legend)
    below = Box(room.x0, end + 20, middle - gap, room.y1)
    lists_below(canvas, below, (below, below), legend, LISTED, gap=4)


def _world_alone(canvas: Canvas, room: Box, circles: pd.DataFrame, named: Named, legend: Legend) -> None:
    """The world above the legend and a list."""
    world = Box(room.x0, room.y0, room.x1, room.y0 + WORLD_ALONE * room.height)
    _world(canvas, world, circles, named, legend.look, [])
    left, right = columns_of(room, 60)
    legend_below(canvas, world.y1 + 16, columns_of(left, 30), legend)
    below = Box(right.x0, world.y1 + 16, right.x1, room.y1)
    lists_below(canvas, below, columns_of(below, 30), legend, LISTED_BELOW_WORLD, gap=4)


def world_vertical(canvas: Canvas, room: Box, circles: pd.DataFrame, named: Named, legend: Legend) -> None:
    """The world, enlargements of its crowded parts in two columns, the legend in the next place, and the list."""
    layout, parts = canvas.layout, crowded_parts(circles)
    title = layout.small * LINE_HEIGHT + 6
    top = Box(12, room.y0, layout.width - 12, room.y0 + (UPRIGHT_WORLD if parts else UPRIGHT_WORLD_ALONE))
    columns, y = columns_of(room, 24), top.y1 + 4 + title
    lists = (LISTED_BELOW_WORLD + 1.5) * legends.row_height(layout.body)
    rows = -(-len(parts) // 2)
    beside = len(parts) == 3  # the legend stands beside the third
    height = (room.y1 - y - lists - title - 20 - (0 if beside else LEGEND_UPRIGHT)) / max(rows, 1)
    wide = [Box(room.x0, 0, room.x1, 0)] if len(parts) == 1 else columns
    insets = [
        Inset(name, view, Box(column.x0, start, column.x1, start + height))
        for place, (name, view) in enumerate(parts)
        for column in [wide[place % 2]]
        for start in [y + place // 2 * (height + 8 + title)]
    ]
    _world(canvas, top, circles, named, legend.look, insets)
    first = dict(islice(named.leaders.items(), VALUED_UPRIGHT))
    _insets(canvas, circles, Named(first, named.sought), legend.look, insets)
    bottom = max((inset.box.y1 for inset in insets), default=top.y1)
    if beside:
        end = legend_below(canvas, insets[-1].box.y0 - title, (columns[1], columns[1]), legend)
    else:
        end = legend_below(canvas, bottom + 16, columns, legend)
    lists_below(
        canvas,
        Box(room.x0, max(end, bottom) + 6, room.x1, room.y1),
        columns,
        legend,
        LISTED_BELOW_WORLD,
        gap=4,
    )


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
