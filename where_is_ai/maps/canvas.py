"""Drawing in pixels on a plotly figure: text, boxes, circles and lines on the page, and panels that hold a map.

What is drawn on the page stays where it is. A panel has axes of its own in the same pixels, so that what it holds
can be panned and zoomed in the browser while circles and labels keep their size.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import plotly.graph_objects as go

from where_is_ai.geography.base_map.shapes import Area
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.scene import View
from where_is_ai.maps.style import INK, PAPER, Layout
from where_is_ai.maps.typeface import LINE_HEIGHT, STACK

ANCHORS = {"left": "left", "centre": "center", "right": "right"}


@dataclass(frozen=True)
class Panel:
    """A window with axes of its own; ``number`` is 1 for the first."""

    number: int
    box: Box

    @property
    def x(self) -> str:
        return "x" if self.number == 1 else f"x{self.number}"

    @property
    def y(self) -> str:
        return "y" if self.number == 1 else f"y{self.number}"


@dataclass(frozen=True)
class Legend:
    """What colours mean, and the ``classes`` that circles are of: how each looks, and its words.

    A class is a colour, ``broken`` or ``whole`` by its outline, or ``unknown``.
    """

    heading: str
    classes: Sequence[tuple[str, str]]


class Canvas:
    """A figure under construction. All positions are pixels from the top left corner."""

    def __init__(self, layout: Layout):
        self.layout = layout
        self.panels: list[Panel] = []
        self.room: Box | None = None
        self.legend: Legend | None = None
        self._axes: dict[str, dict] = {}
        self._lands: dict[int, dict] = {}
        self._shapes: list[dict] = []
        self._annotations: list[dict] = []
        self._traces: list[go.Scatter] = []

    def panel(self, box: Box) -> Panel:
        panel = Panel(len(self.panels) + 1, box)
        self.panels.append(panel)
        suffix = "" if panel.number == 1 else str(panel.number)
        width, height = self.layout.width, self.layout.height
        hidden = {"visible": False, "showgrid": False, "zeroline": False}
        self._axes[f"xaxis{suffix}"] = {
            "domain": [box.x0 / width, box.x1 / width], "range": [box.x0, box.x1], "anchor": panel.y, **hidden
        }  # fmt: skip
        self._axes[f"yaxis{suffix}"] = {
            "domain": [1 - box.y1 / height, 1 - box.y0 / height], "range": [box.y1, box.y0], "anchor": panel.x,
            "scaleanchor": panel.x, **hidden,
        }  # fmt: skip
        return panel

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: str = INK,
        align: str = "left",
        vertical: str = "top",
        name: str | None = None,
    ) -> None:
        """Text on the page; ``<b>`` and ``<br>`` work. ``vertical`` is top, middle or bottom."""
        self._annotations.append(
            {
                "text": text, "x": self._x(x), "y": self._y(y), "xref": "paper", "yref": "paper", "showarrow": False,
                "xanchor": ANCHORS[align], "yanchor": vertical, "align": ANCHORS[align], "borderpad": 0,
                "font": {"size": size, "color": colour}, "name": name,
            }
        )  # fmt: skip

    def lines(
        self,
        x: float,
        y: float,
        lines: list[str],
        size: float,
        colour: str = INK,
        bold: bool = False,
        name: str | None = None,
    ) -> float:
        """Lines of text under each other; gives the y below them."""
        text = "<br>".join(lines)
        self.text(x, y, f"<b>{text}</b>" if bold else text, size, colour, name=name)
        return y + len(lines) * size * LINE_HEIGHT

    def label(
        self,
        panel: Panel,
        x: float,
        y: float,
        text: str,
        size: float,
        box: Box,
        align: str,
        name: str,
        colour: str = "",
    ) -> None:
        """Text that stays beside the point (x, y) of a panel when that is panned or zoomed.

        With a ``colour`` it stands on a ground that it can be read on, so that it has no soft edge.
        """
        anchor_x = {"left": box.x0, "centre": box.centre[0], "right": box.x1}[align]
        self._annotations.append(
            {
                "text": text, "x": _r(x), "y": _r(y), "xref": panel.x, "yref": panel.y, "showarrow": False,
                "xshift": _r(anchor_x - x), "yshift": _r(y - box.centre[1]), "xanchor": ANCHORS[align],
                "yanchor": "middle", "align": ANCHORS[align], "borderpad": 0, "name": name,
                "font": {"size": size, "color": colour} if colour else {
                    "size": size, "color": INK, "shadow": halo(PAPER)
                },
            }
        )  # fmt: skip

    def rectangle(
        self,
        box: Box,
        fill: str | None = None,
        line: str | None = None,
        width: float = 1,
        dash: str = "solid",
    ) -> None:
        self._shapes.append(
            {
                "type": "rect", "xref": "paper", "yref": "paper", "x0": self._x(box.x0), "x1": self._x(box.x1),
                "y0": self._y(box.y1), "y1": self._y(box.y0), "layer": "below",
                "fillcolor": fill or "rgba(0,0,0,0)",
                "line": {"color": line, "width": width if line else 0, "dash": dash},
            }
        )  # fmt: skip

    def line(
        self, x0: float, y0: float, x1: float, y1: float, colour: str, width: float = 1, dash: str = "solid"
    ) -> None:
        self._shapes.append(
            {
                "type": "line", "xref": "paper", "yref": "paper", "x0": self._x(x0), "x1": self._x(x1),
                "y0": self._y(y0), "y1": self._y(y1), "line": {"color": colour, "width": width, "dash": dash},
            }
        )  # fmt: skip

    def circle(self, x: float, y: float, r: float, **look) -> None:
        """A circle on the page."""
        self._circle("paper", "paper", self._x(x), self._y(y), r, look)

    def diamond(self, x: float, y: float, r: float, colour: str) -> None:
        """A hollow diamond on the page."""
        corners = [(x, y - r), (x + r, y), (x, y + r), (x - r, y)]
        for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True):
            self.line(x0, y0, x1, y1, colour, 1.2)

    def ring(self, panel: Panel, x: float, y: float, r: float, **look) -> None:
        """A circle around the point (x, y) of a panel that keeps its size when that is zoomed.

        Give the ``name`` of a label's text to what belongs to that label.
        """
        self._circle(panel.x, panel.y, _r(x), _r(y), r, look)

    def pointer(
        self,
        panel: Panel,
        x: float,
        y: float,
        offsets: tuple[float, ...],
        colour: str,
        width: float,
        name: str,
    ) -> None:
        """A short line given by its offsets in pixels (x0, y0, x1, y1) from the point (x, y), to the label ``name``."""
        x0, y0, x1, y1 = offsets
        self._shapes.append(
            {
                "type": "line", "xref": panel.x, "yref": panel.y, "xsizemode": "pixel", "ysizemode": "pixel",
                "xanchor": _r(x), "yanchor": _r(y), "x0": _r(x0), "x1": _r(x1), "y0": _r(-y0), "y1": _r(-y1),
                "line": {"color": colour, "width": width}, "name": name,
            }
        )  # fmt: skip

    def land(self, panel: Panel, view: View, fill: str, line: str, width: float) -> None:
        """The land of the map, as far as the view shows it in the panel."""
        self._lands[panel.number] = {"plane": view.plane.name, "matrix": view.matrix(panel.box)}
        self._shapes.append(
            {
                "type": "path", "path": view.land(panel.box), "xref": panel.x, "yref": panel.y, "layer": "below",
                "fillcolor": fill, "fillrule": "evenodd", "line": {"color": line, "width": width},
            }
        )  # fmt: skip

    def area(
        self, panel: Panel, view: View, area: Area, key: str, fill: str, line: str, width: float
    ) -> None:
        """One state or country of the map. With a ``key`` it is a place of its own, which pages let answer."""
        self._lands[panel.number] = {
            "plane": view.plane.name, "matrix": view.matrix(panel.box), "apart": True,
        }  # fmt: skip
        self._shapes.append(
            {
                "type": "path", "path": view.outline(area, panel.box), "xref": panel.x, "yref": panel.y,
                "layer": "below", "fillcolor": fill, "fillrule": "evenodd", "line": {"color": line, "width": width},
                "name": f"area:{area.code}:{key}",
            }
        )  # fmt: skip

    def hatching(self, panel: Panel, path: str, colour: str, width: float) -> None:
        """Lines over an area of a panel, as an SVG path in its pixels."""
        self._shapes.append(
            {
                "type": "path", "path": path, "xref": panel.x, "yref": panel.y, "layer": "below",
                "fillcolor": "rgba(0,0,0,0)", "line": {"color": colour, "width": width}, "name": "hatching",
            }
        )  # fmt: skip

    def trace(self, panel: Panel, **scatter) -> None:
        self._traces.append(go.Scatter(xaxis=panel.x, yaxis=panel.y, showlegend=False, **scatter))

    def figure(self) -> go.Figure:
        """The finished figure; a page without a panel hides the axes that plotly would add.

        Its ``meta`` names the axes of each panel and which plane it shows, so that others than plotly can draw it; the
        ``room`` that the caption left (x0, y0, x1, y1); and the ``legend`` by which circles are told apart.
        """
        panels = [
            {"x": f"xaxis{panel.x[1:]}", "y": f"yaxis{panel.y[1:]}", **self._lands.get(panel.number, {})}
            for panel in self.panels
        ]
        if not self._axes:
            self._axes = {"xaxis": {"visible": False}, "yaxis": {"visible": False}}
        return go.Figure(
            self._traces,
            {
                "template": None, "width": self.layout.width, "height": self.layout.height,
                "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0}, "paper_bgcolor": PAPER,
                "plot_bgcolor": "rgba(0,0,0,0)", "font": {"family": STACK, "color": INK}, "showlegend": False,
                "hovermode": "closest", "dragmode": "pan", "shapes": self._shapes, "annotations": self._annotations,
                "meta": {"panels": panels, "legend": self.legend and asdict(self.legend), "room": _edges(self.room)},
                "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": INK, "align": "left",
                               "font": {"family": STACK, "size": self.layout.label, "color": INK}},
                **self._axes,
            },
        )  # fmt: skip

    def _circle(self, xref: str, yref: str, x: float, y: float, r: float, look: dict) -> None:
        self._shapes.append(
            {
                "type": "circle", "xref": xref, "yref": yref, "xsizemode": "pixel", "ysizemode": "pixel",
                "xanchor": x, "yanchor": y, "x0": _r(-r), "x1": _r(r), "y0": _r(-r), "y1": _r(r),
                "fillcolor": look.get("fill", "rgba(0,0,0,0)"), "opacity": look.get("opacity", 1),
                "line": {"color": look.get("line"), "width": look.get("width", 0), "dash": look.get("dash", "solid")},
                "name": look.get("name"),
            }
        )  # fmt: skip

    def _x(self, x: float) -> float:
        return round(x / self.layout.width, 6)

    def _y(self, y: float) -> float:
        return round(1 - y / self.layout.height, 6)


def halo(colour: str) -> str:
    """A soft edge around text that keeps it readable over circles and borders."""
    near = [f"{x}px {y}px 2px {colour}" for x in (-1.5, 0, 1.5) for y in (-1.5, 0, 1.5) if x or y]
    return ", ".join(near)


def _edges(box: Box | None) -> list[float]:
    return [_r(edge) for edge in (box.x0, box.y0, box.x1, box.y1)] if box else []


def _r(value: float) -> float:
    return round(float(value), 1)
