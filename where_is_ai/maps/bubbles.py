"""The core of every map: land, circles of two measures, broken outlines for lower bounds, and labels.

A whole number has a whole outline, a lower bound a broken one; a circle too small to show the breaks has none.

A metro without a position is not drawn; one without a size is drawn as a small hollow diamond.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import pi
from typing import Any

import pandas as pd

from where_is_ai.maps import placement
from where_is_ai.maps.canvas import Canvas, Panel
from where_is_ai.maps.geometry import Box, Disc
from where_is_ai.maps.labels import Label, choose
from where_is_ai.maps.scales import ColourScale, Kinds, RadiusScale
from where_is_ai.maps.scene import View
from where_is_ai.maps.style import BORDER, FAINT, FILL_OPACITY, INK, LAND, MUTED, OUTLINE, PAPER

UNKNOWN_DIAMETER = 6
DOT = 3  # radius in pixels of the end of a line in the middle of a circle
SMALLEST_BROKEN = 5.0  # radius in pixels from which breaks can be told
DASH = 6.5  # pixels of a dash and its gap, of which the dash is the larger part


@dataclass(frozen=True)
class Scales:
    """How the two measures of a map become radii and colours, the same in all its panels."""

    radius: RadiusScale
    colour: ColourScale | Kinds
    stroke: float


@dataclass(frozen=True)
class Naming:
    """Who gets a label in a panel: the leaders with their values, those in ``also``, then the largest others.

    Leaders and ``also`` are looked for and get a place wherever there is one. The others lie at least ``apart`` pixels
    from each other; ``without`` are named elsewhere on the page.
    """

    leaders: Mapping[str, str]
    apart: float
    limit: int
    also: Sequence[str] = ()
    without: frozenset[str] = frozenset()


def circles(
    rows: pd.DataFrame,
    *,
    key: str,
    name: pd.Series,
    size: pd.Series,
    colour: pd.Series,
    hover: Callable[[Any], Sequence[str]],
    lower_bound: pd.Series | bool = False,
    muted: pd.Series | bool = False,
    importance: pd.Series | None = None,
) -> pd.DataFrame:
    """A circle for each of ``rows``, which have ``lon`` and ``lat`` in degrees, and an id in the column ``key``.

    ``size`` and ``colour`` are the two measures (NA: unknown). Of each row, as a named tuple, ``hover`` gives the lines
    that the mouse finds. ``lower_bound`` breaks the outline, ``muted`` greys what doesn't qualify. By ``importance``,
    such as residents or all jobs, names are given room on the map; where it isn't known, by size.
    """
    return pd.DataFrame(
        {
            "key": rows[key].astype("str"),
            "name": name,
            "lon": rows["lon"],
            "lat": rows["lat"],
            "size": size,
            "colour": colour,
            "lower_bound": lower_bound,
            "muted": muted,
            "importance": pd.NA if importance is None else importance,
            "hover": ["<br>".join(hover(row)) for row in rows.itertuples(index=False, name="Row")],
        }
    )


def unmeasured(points: pd.DataFrame) -> pd.DataFrame:
    """Circles of unknown size at ``points``, which have ``lon`` and ``lat`` in degrees: they get no names."""
    nothing = pd.Series(pd.NA, points.index, "Float64")
    return circles(
        points[["lon", "lat"]].assign(key=range(len(points))),
        key="key",
        name=pd.Series("", points.index),
        size=nothing,
        colour=nothing,
        hover=lambda row: (),
    )


def scales(
    bubbles: pd.DataFrame, radius: float, stroke: float, colours: ColourScale | Kinds | None = None
) -> Scales:
    """Radii up to ``radius`` pixels; colours as given, or in the classes that the values suggest."""
    known = bubbles.loc[bubbles["size"].notna() & ~bubbles["muted"]]
    sizes = bubbles["size"].dropna().astype(float)
    sizes = sizes[sizes > 0]
    smallest, largest = (sizes.min(), sizes.max()) if len(sizes) else (1.0, 1.0)
    if colours is None:
        colours = ColourScale.over(known["colour"].dropna().astype(float).to_list())
    return Scales(RadiusScale(smallest, largest, radius), colours, stroke)


def draw(
    canvas: Canvas,
    view: View,
    box: Box,
    bubbles: pd.DataFrame,
    look: Scales,
    label_size: float,
    naming: Naming,
    obstacles: Sequence[Box] = (),
) -> list[placement.Placed]:
    """Draw one panel and give back the labels it got. Labels keep off the obstacles."""
    panel = canvas.panel(box)
    canvas.land(panel, view, LAND, BORDER, 1.1)
    here = located(bubbles, view, box)
    known = here[here["size"].notna()].sort_values(["muted", "size", "key"], ascending=[False, False, True])
    discs = [
        Disc(row.key, row.x, row.y, look.radius(float(row.size)))
        for row in known[["key", "x", "y", "size"]].itertuples(index=False, name="Row")
    ]
    unknown = here[here["size"].isna()]
    _unknown(canvas, panel, unknown)
    _circles(canvas, panel, known, discs, look)
    marks = [
        Disc(row.key, row.x, row.y, UNKNOWN_DIAMETER / 2)
        for row in unknown[["key", "x", "y"]].itertuples(index=False, name="Row")
    ]
    return _labels(canvas, panel, known, discs, marks, label_size, naming, obstacles)


def located(bubbles: pd.DataFrame, view: View, box: Box) -> pd.DataFrame:
    """The bubbles whose centre falls in the box, with pixels x and y."""
    placed = bubbles.dropna(subset=["lon", "lat"]).copy()
    x, y = view.pixels(placed["lon"].to_numpy(float), placed["lat"].to_numpy(float), box)
    placed["x"], placed["y"] = x.round(1), y.round(1)
    return placed[placed["x"].between(box.x0, box.x1) & placed["y"].between(box.y0, box.y1)]


def _circles(canvas: Canvas, panel: Panel, known: pd.DataFrame, discs: list[Disc], look: Scales) -> None:
    """Grey first and large first, so that small ones that count lie on top."""
    lower = known["lower_bound"].to_numpy(bool)
    fills = [
        MUTED if row.muted or pd.isna(row.colour) else look.colour(float(row.colour))
        for row in known.itertuples()
    ]
    canvas.trace(
        panel,
        ids=known["key"].to_list(),
        x=known["x"].to_list(),
        y=known["y"].to_list(),
        mode="markers",
        text=known["name"].to_list(),
        customdata=_important(known),
        hovertext=known["hover"].to_list(),
        hoverinfo="text",
        marker={
            "size": [round(2 * disc.r, 1) for disc in discs],
            "color": fills,
            "opacity": FILL_OPACITY,
            "line": {
                "color": OUTLINE,
                "width": [
                    0 if broken else look.stroke * min(1, disc.r / 4) * (0.4 if grey else 1)
                    for disc, broken, grey in zip(discs, lower, known["muted"], strict=True)
                ],
            },
        },
    )
    for disc, broken in zip(discs, lower, strict=True):
        if broken and disc.r >= SMALLEST_BROKEN:
            canvas.ring(
                panel, disc.x, disc.y, disc.r, line=OUTLINE, width=look.stroke, dash=broken_line(disc.r)
            )


def _important(rows: pd.DataFrame) -> list[float | None]:
    return [None if pd.isna(value) else float(value) for value in rows["importance"]]


def broken_line(radius: float) -> str:
    """Dashes that close evenly around a circle, at least five of them however small it is."""
    around = 2 * pi * radius
    period = around / max(5, round(around / DASH))
    return f"{period * 0.58:.2f}px,{period * 0.42:.2f}px"


def _unknown(canvas: Canvas, panel: Panel, unknown: pd.DataFrame) -> None:
    if unknown.empty:
        return
    canvas.trace(
        panel,
        ids=unknown["key"].to_list(),
        x=unknown["x"].to_list(),
        y=unknown["y"].to_list(),
        mode="markers",
        text=unknown["name"].to_list(),
        customdata=_important(unknown),
        hovertext=unknown["hover"].to_list(),
        hoverinfo="text",
        marker={"symbol": "diamond-open", "size": UNKNOWN_DIAMETER, "color": FAINT, "line": {"width": 1}},
    )


def _labels(
    canvas: Canvas,
    panel: Panel,
    known: pd.DataFrame,
    discs: list[Disc],
    marks: list[Disc],
    size: float,
    naming: Naming,
    obstacles: Sequence[Box],
) -> list[placement.Placed]:
    rows = known.set_index("key")
    nameable = [disc for disc in discs if not rows.at[disc.key, "muted"] and disc.key not in naming.without]
    chosen = choose(nameable, [*naming.leaders, *naming.also], naming.apart, naming.limit)
    wanted = [
        Label(key, (rows.at[key, "name"], naming.leaders[key]), size, strong=True)
        if key in naming.leaders
        else Label(key, (rows.at[key, "name"],), size, needed=key in naming.also)
        for key in chosen
    ]
    placed = placement.place(wanted, [*discs, *marks], panel.box.grown(-6), obstacles)
    for label in placed:
        _write(canvas, panel, label)
    return placed


def _write(canvas: Canvas, panel: Panel, placed: placement.Placed) -> None:
    disc, box, label = placed.disc, placed.box, placed.label
    name = f"label:{label.key}"
    if placed.leader:
        line = placed.leader
        offsets = (line.x0 - disc.x, line.y0 - disc.y, line.x1 - disc.x, line.y1 - disc.y)
        canvas.pointer(panel, disc.x, disc.y, offsets, INK, 1.1, name)
        if disc.r > placement.SMALL:
            canvas.ring(panel, disc.x, disc.y, DOT, fill=INK, line=PAPER, width=1, name=name)
    first, *rest = label.lines
    text = "<br>".join([f"<b>{first}</b>" if label.strong else first, *rest])
    align = {1: "left", 0: "centre", -1: "right"}[placed.side]
    canvas.label(panel, disc.x, disc.y, text, label.size, box, align, name)
