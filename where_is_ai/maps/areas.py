"""Areas of a map, such as states, in the colours of their values: unknown ones hatched, names where they have room."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely.affinity import scale

from where_is_ai.geography.base_map.shapes import Area
from where_is_ai.maps.canvas import Canvas, Panel
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.labels import Label
from where_is_ai.maps.scales import ColourScale, ink_on
from where_is_ai.maps.scene import View
from where_is_ai.maps.style import FAINT, INK, LAND, MUTED, PAPER

BORDER_WIDTH = 1.2
HATCH = 9.0  # pixels between the lines over an unknown area
WIDER = 1.4  # how much wider than high the text in an area is, about
LEADING = 0.2  # of the font's size, what a line leaves empty above and below its letters
DOT = 2.5  # radius in pixels of the end of a line in a small area
BESIDE_FROM = 0.7  # of the panel's width, from where small areas get their text in the sea
LINE = 1.25  # font sizes from one text in the sea to the next
GAP = 8  # pixels between a small area and its text beside it
OFFSHORE = 26  # pixels between the easternmost of these areas and their texts


def areas(
    rows: pd.DataFrame,
    *,
    key: str | pd.Series,
    code: str,
    name: str,
    value: str,
    text: Callable[[Any], str],
    hover: Callable[[Any], Sequence[str]],
    muted: pd.Series | bool = False,
) -> pd.DataFrame:
    """An area for each of ``rows``, by its ``name`` on the base map, in the colour of its ``value`` (NA: unknown).

    ``code`` is the column of what stands on the map for its name. Of each row, as a named tuple, ``text`` gives the
    value as it is written there and ``hover`` the lines that the mouse finds. ``muted`` greys what doesn't qualify.
    """
    each = list(rows.itertuples(index=False, name="Row"))
    return pd.DataFrame(
        {
            "key": (rows[key] if isinstance(key, str) else key).astype("str"),
            "code": rows[code],
            "name": rows[name],
            "value": rows[value],
            "text": [text(row) for row in each],
            "muted": muted,
            "hover": ["<br>".join(hover(row)) for row in each],
        }
    )


@dataclass(frozen=True)
class _Shown:
    """An area in a panel: its row, its land in pixels, the colour it has, and where its text has the most room."""

    row: Any
    land: shapely.Geometry
    fill: str

    @property
    def known(self) -> bool:
        return pd.notna(self.row.value)

    @cached_property
    def spot(self) -> tuple[float, float]:
        return _middle(self.land)

    @property
    def ink(self) -> str:
        """What its text is written in; nothing where it has no colour of its own."""
        return "" if self.fill == LAND else ink_on(self.fill)


def draw(canvas: Canvas, view: View, box: Box, rows: pd.DataFrame, colours: ColourScale) -> None:
    """Draw ``rows`` (as ``areas`` makes them) in one panel; land that no row is of stays plain."""
    panel = canvas.panel(box)
    by_name = {row.name: row for row in rows.itertuples(index=False, name="Row")}
    shown = []
    for area in view.plane.areas():
        row = by_name.get(area.name)
        fill = LAND if row is None else _fill(row, colours)
        canvas.area(panel, view, area, row.key if row is not None else "", fill, PAPER, BORDER_WIDTH)
        if row is not None:
            shown.append(_Shown(row, _land(view, area, box), fill))
    for each in shown:
        if not each.known:
            canvas.hatching(panel, hatching(each.land), FAINT, 1.4)
    _answer(canvas, panel, shown)
    _write(canvas, panel, shown)


def _fill(row, colours: ColourScale) -> str:
    if pd.isna(row.value):
        return LAND
    return MUTED if row.muted else colours(float(row.value))


def _land(view: View, area: Area, box: Box) -> shapely.Geometry:
    rings = (view.pixels(ring[:, 0], ring[:, 1], box) for ring in area.rings)
    return shapely.union_all([shapely.Polygon(np.column_stack(ring)).buffer(0) for ring in rings])


def hatching(land: shapely.Geometry) -> str:
    """Lines from lower left to upper right over ``land``, as an SVG path."""
    x0, y0, x1, y1 = land.bounds
    starts = np.arange(x0 - (y1 - y0), x1, HATCH)
    lines = shapely.MultiLineString([((x, y1), (x + y1 - y0, y0)) for x in starts]).intersection(land)
    parts = [part for part in shapely.get_parts(lines) if part.geom_type == "LineString"]
    return "".join(
        f"M{x0:.1f},{y0:.1f}L{x1:.1f},{y1:.1f}"
        for (x0, y0), (x1, y1) in (part.coords for part in parts if part.length)
    )


def _answer(canvas: Canvas, panel: Panel, shown: Sequence[_Shown]) -> None:
    """A point in each area: where a page writes its name when the map is moved, and what it says."""
    canvas.trace(
        panel,
        ids=[each.row.key for each in shown],
        x=[round(each.spot[0], 1) for each in shown],
        y=[round(each.spot[1], 1) for each in shown],
        mode="markers",
        text=[each.row.code for each in shown],
        customdata=[round(each.land.area) for each in shown],
        hovertext=[each.row.hover for each in shown],
        hoverinfo="text",
        marker={
            "size": [0] * len(shown),
            "color": [each.fill for each in shown],
            "line": {"color": INK, "width": [0] * len(shown)},
        },
    )


def _middle(land: shapely.Geometry) -> tuple[float, float]:
    """Where text has the most room in the largest piece of ``land``: it is wider than high."""
    piece = max(shapely.get_parts(land), key=lambda part: part.area)
    squeezed = scale(piece, 1 / WIDER, 1, origin=(0, 0))
    x, y = shapely.maximum_inscribed_circle(squeezed, 0.5).coords[0]
    return x * WIDER, y


def _write(canvas: Canvas, panel: Panel, shown: Sequence[_Shown]) -> None:
    """Each area's text within it, with the value where there is room; of small ones in the east beside the coast."""
    size, outside = canvas.layout.label, []
    for each in shown:
        if not _within(canvas, panel, each, size):
            outside.append(each)
    beyond = panel.box.x0 + BESIDE_FROM * panel.box.width
    east = [each for each in outside if each.spot[0] > beyond]
    if not _in_a_column(canvas, panel, east, size):
        east = []
    land = shapely.union_all([each.land for each in shown])
    for each in outside:
        if each not in east:
            land = land.union(_beside(canvas, panel, each, land, size))


def _within(canvas: Canvas, panel: Panel, each: _Shown, size: float) -> bool:
    """Write what fits into the area; tells whether anything does."""
    code, value = each.row.code, each.row.text
    (x, y), wanted = each.spot, [(code, value), (code,)] if each.known else [(code,)]
    for lines in wanted:
        label = Label(each.row.key, lines, size, strong=True)
        wide, high = label.width / 2, label.height / 2 - LEADING * size
        if each.land.contains(shapely.box(x - wide, y - high, x + wide, y + high)):
            box = Box(x - wide, y - label.height / 2, x + wide, y + label.height / 2)
            text = "<br>".join((f"<b>{lines[0]}</b>", *lines[1:]))
            canvas.label(panel, x, y, text, size, box, "centre", f"label:{each.row.key}", each.ink)
            return True
    return False


def _beside(
    canvas: Canvas, panel: Panel, each: _Shown, taken: shapely.Geometry, size: float
) -> shapely.Geometry:
    """Write to the right or left of a small area, where nothing is taken; gives what the text takes itself."""
    label = Label(each.row.key, (_in_a_line(each.row),), size)
    x0, _, x1, _ = each.land.bounds
    (x, y), high = each.spot, label.height / 2
    for align, left in (("left", x1 + GAP), ("right", x0 - GAP - label.width)):
        box = Box(left, y - high, left + label.width, y + high)
        room = shapely.box(box.x0, box.y0, box.x1, box.y1)
        if box.within(panel.box) and not taken.intersects(room):
            canvas.label(panel, x, y, label.lines[0], size, box, align, f"label:{each.row.key}")
            return room
    return shapely.Polygon()


def _in_a_column(canvas: Canvas, panel: Panel, small: Sequence[_Shown], size: float) -> bool:
    """The texts of ``small`` areas east of them all, in their order from north to south, each with a line.

    Tells whether the panel has room there.
    """
    if not small:
        return False
    x = max(each.land.bounds[2] for each in small) + OFFSHORE
    labels = {each.row.key: Label(each.row.key, (_in_a_line(each.row),), size) for each in small}
    if x + max(label.width for label in labels.values()) > panel.box.x1:
        return False
    ordered = sorted(small, key=lambda each: each.spot[1])
    for each, y in zip(ordered, apart([each.spot[1] for each in ordered], size * LINE), strict=True):
        label, name = labels[each.row.key], f"label:{each.row.key}"
        own_x, own_y = each.spot
        canvas.pointer(panel, own_x, own_y, (0, 0, x - 4 - own_x, y - own_y), INK, 1.1, name)
        canvas.ring(panel, own_x, own_y, DOT, fill=INK, line=PAPER, width=1, name=name)
        box = Box(x, y - label.height / 2, x + label.width, y + label.height / 2)
        canvas.label(panel, own_x, own_y, label.lines[0], size, box, "left", name)
    return True


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


def _in_a_line(row) -> str:
    return f"{row.code} {row.text}" if pd.notna(row.value) else row.code
