"""A map's figure as SVG: what ``Canvas`` draws, readable without a script, and light.

The figure's shapes, traces and annotations are the drawing; plotly renders it as PNG, this as a page. What belongs to
a place of a panel stands in an element of its own that a script can move when the panel is panned or zoomed. The land
is drawn once per page, however many panels and formats show it (``land``).
"""

import html
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence

import plotly.graph_objects as go

from where_is_ai.maps.scene import PLANES
from where_is_ai.maps.style import INK
from where_is_ai.maps.typeface import ASCENT, BOX_HEIGHT, LINE_HEIGHT

_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
# A diamond of plotly.js reaches this much further than a circle of its size.
DIAMOND = 1.3
# A circle or diamond of a place, as _marks writes it.
_MARK = re.compile(r'<(?:circle|path class="unknown") data-key="(?P<key>[^"]*)"[^>]*/>')
Shape = Mapping


def svg(figure: go.Figure, name: str, keys: Collection[str] | None = None) -> str:
    """The figure as one SVG element of class ``name``; a page that shows it needs ``land`` too.

    Of its circles it has those whose id is among ``keys``; all of them by default.
    """
    drawn = json.loads(figure.to_json())
    layout = drawn["layout"]
    width, height = layout["width"], layout["height"]
    shapes, notes = layout.get("shapes", []), layout.get("annotations", [])
    traces = [_kept(trace, keys) for trace in drawn["data"]]
    # A panel comes where its land does: what is drawn later lies over it, as an enlargement's ground does.
    panels = {panel["x"].replace("axis", ""): panel for panel in layout.get("meta", {}).get("panels", [])}
    parts = [
        f'<svg class="{name}" viewBox="0 0 {width} {height}" aria-hidden="true">',
        *(
            _panel(layout, panels[each["xref"]], shapes, traces, notes)
            for each in shapes
            if not _on_page(each) and each.get("layer") == "below"
        ),
        _around(layout),
        "</svg>",
    ]
    return "\n".join(parts)


def around(figure: go.Figure) -> str:
    """What the figure has around its panels: title, legend, lists and footer, as one SVG element."""
    return _around(json.loads(figure.to_json())["layout"])


def _around(layout: Mapping) -> str:
    page = _Page(layout["width"], layout["height"])
    shapes = [each for each in layout.get("shapes", []) if _on_page(each)]
    parts = [
        '<g class="around">',
        *(page.shape(each) for each in shapes if each.get("layer") == "below"),
        *(page.shape(each) for each in shapes if each.get("layer") != "below"),
        *(page.note(each) for each in layout.get("annotations", []) if _on_page(each)),
        "</g>",
    ]
    return "\n".join(parts)


def shape(figure: go.Figure) -> str:
    """Which of the two formats a figure has, wide or vertical: the class that pages show it by."""
    return "wide" if figure.layout.width > figure.layout.height else "vertical"


def planes(figures: Sequence[go.Figure]) -> list[str]:
    """The names of the planes that the panels of ``figures`` show."""
    panels = [panel for figure in figures for panel in (figure.layout.meta or {}).get("panels", [])]
    return sorted({panel["plane"] for panel in panels if "plane" in panel})


def land(names: Sequence[str]) -> str:
    """What drawings show of the earth, each plane once, for these to use."""
    paths = [f'<path id="land-{name}" d="{PLANES[name].outline()}"/>' for name in names]
    return f'<svg class="land" width="0" height="0" aria-hidden="true"><defs>{"".join(paths)}</defs></svg>'


def linked(drawn: str, addresses: Mapping[str, str]) -> str:
    """``drawn`` as ``svg`` gives it, each circle a link to its address by id, where it has one.

    Links are not stops of the tabulator key, since a map has hundreds: a table beside it has them too.
    """

    def link(mark: re.Match) -> str:
        address = addresses.get(html.unescape(mark["key"]))
        if address is None:
            return mark[0]
        return f'<a href="{html.escape(address, quote=True)}" tabindex="-1">{mark[0]}</a>'

    return _MARK.sub(link, drawn)


class _Page:
    """Where things on the page itself are: shares of its width and height."""

    def __init__(self, width: float, height: float):
        self._width, self._height = width, height

    def shape(self, shape: Shape) -> str:
        x0, x1 = self._x(shape["x0"]), self._x(shape["x1"])
        y0, y1 = self._y(shape["y0"]), self._y(shape["y1"])
        if shape["type"] == "rect":
            left, top, w, h = min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0)
            return f'<rect x="{_n(left)}" y="{_n(top)}" width="{_n(w)}" height="{_n(h)}"{_look(shape)}/>'
        if shape["type"] == "line":
            return _line(x0, y0, x1, y1, shape)
        return _circle(self._x(shape["xanchor"]), self._y(shape["yanchor"]), shape)

    def note(self, note: Mapping) -> str:
        return _text(note, self._x(note["x"]), self._y(note["y"]))

    def _x(self, share: float) -> float:
        return share * self._width

    def _y(self, share: float) -> float:
        return (1 - share) * self._height


def _panel(
    layout: Mapping, panel: Mapping, shapes: list[Shape], traces: list[Mapping], notes: list[Mapping]
) -> str:
    """A window in the pixels of the page that cuts off what lies beyond it."""
    (x0, x1), (y1, y0) = layout[panel["x"]]["range"], layout[panel["y"]]["range"]
    axis = panel["x"].replace("axis", "")
    mine = [each for each in shapes if each["xref"] == axis]
    box = f'x="{_n(x0)}" y="{_n(y0)}" width="{_n(x1 - x0)}" height="{_n(y1 - y0)}"'
    parts = [
        f'<svg class="panel" {box} viewBox="{_n(x0)} {_n(y0)} {_n(x1 - x0)} {_n(y1 - y0)}">',
        f'<rect class="sea" {box}/>',
        *(_land(panel, each) for each in mine if each["type"] == "path"),
        *(mark for trace in traces if trace["xaxis"] == axis for mark in _marks(trace)),
        *(_pinned(each) for each in mine if each["type"] != "path"),
        *(_label(each) for each in notes if each["xref"] == axis),
        "</svg>",
    ]
    return "\n".join(parts)


def _land(panel: Mapping, shape: Shape) -> str:
    scale, x, y = panel["matrix"]
    moved = f"matrix({scale:.6g} 0 0 {scale:.6g} {_n(x)} {_n(y)})"
    return f'<g class="zooms"><use href="#land-{panel["plane"]}" transform="{moved}"{_look(shape)}/></g>'


def _kept(trace: Mapping, keys: Collection[str] | None) -> Mapping:
    """The trace with those of its circles alone whose id is among ``keys``."""
    if keys is None:
        return trace
    places = [place for place, key in enumerate(trace["ids"]) if key in keys]
    marker = trace["marker"]
    line = marker["line"] | {"width": _at(marker["line"]["width"], places)}
    kept = {name: _at(marker[name], places) for name in ("size", "color")}
    return (
        trace
        | {name: _at(trace[name], places) for name in ("ids", "x", "y")}
        | {"marker": marker | kept | {"line": line}}
    )


def _at(values: object, places: Sequence[int]) -> object:
    """What stands at the places of a list; a single value is that of all."""
    return [values[place] for place in places] if isinstance(values, list) else values


def _marks(trace: Mapping) -> Iterable[str]:
    marker = trace["marker"]
    count = len(trace["x"])
    sizes, fills, lines = (
        given if isinstance(given, list) else [given] * count
        for given in (marker["size"], marker["color"], marker["line"]["width"])
    )
    open_diamond = marker.get("symbol") == "diamond-open"
    for key, x, y, size, fill, line in zip(
        trace["ids"], trace["x"], trace["y"], sizes, fills, lines, strict=True
    ):
        at = f'data-key="{html.escape(key, quote=True)}"'
        if open_diamond:
            r = _n(size / 2 * DIAMOND)
            path = f"M0-{r}L{r} 0L0 {r}L-{r} 0Z"
            yield f'<path class="unknown" {at} transform="translate({_n(x)} {_n(y)})" d="{path}" stroke="{fill}"/>'
        else:
            width = f' stroke-width="{_n(line)}"' if line else ' stroke="none"'
            yield f'<circle {at} cx="{_n(x)}" cy="{_n(y)}" r="{_n(size / 2)}" fill="{fill}"{width}/>'


def _pinned(shape: Shape) -> str:
    """A line or circle that keeps its size beside a point of the panel."""
    x, y = shape["xanchor"], shape["yanchor"]
    name = "at named" if shape.get("name") else "at"
    if shape["type"] == "circle":
        return _circle(x, y, shape, name)
    drawn = _line(shape["x0"], -shape["y0"], shape["x1"], -shape["y1"], shape)
    return f'<g class="{name}" transform="translate({_n(x)} {_n(y)})">{drawn}</g>'


def _label(note: Mapping) -> str:
    at = f"translate({_n(note['x'])} {_n(note['y'])})"
    return f'<g class="at named" transform="{at}">{_text(note, note["xshift"], -note["yshift"])}</g>'


def _line(x0: float, y0: float, x1: float, y1: float, shape: Shape) -> str:
    return f'<line x1="{_n(x0)}" y1="{_n(y0)}" x2="{_n(x1)}" y2="{_n(y1)}"{_look(shape)}/>'


def _circle(x: float, y: float, shape: Shape, name: str = "") -> str:
    r = (shape["x1"] - shape["x0"]) / 2
    named = f' class="{name}"' if name else ""
    return f'<circle{named} cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}"{_look(shape)}/>'


def _look(shape: Shape) -> str:
    line, fill = shape.get("line", {}), shape.get("fillcolor", "none")
    said = {
        "fill": "none" if fill == "rgba(0,0,0,0)" else fill,
        "opacity": shape.get("opacity", 1),
        "stroke": line.get("color") if line.get("width") else None,
        "stroke-width": line.get("width") or None,
        "stroke-dasharray": _dashes(line.get("dash", "solid")),
    }
    if said["opacity"] == 1:
        del said["opacity"]
    return "".join(f' {name}="{value}"' for name, value in said.items() if value is not None)


def _dashes(dash: str) -> str | None:
    named = {"solid": None, "dot": "2,2", "dash": "7,5"}
    return named[dash] if dash in named else dash.replace("px", "")


def _text(note: Mapping, x: float, y: float) -> str:
    """Text as plotly.js sets it: ``<b>`` is bold, ``<br>`` begins a line; anything else stands as it is."""
    size, lines = note["font"]["size"], note["text"].split("<br>")
    height = size * (BOX_HEIGHT + LINE_HEIGHT * (len(lines) - 1))
    top = y - {"top": 0, "middle": 0.5, "bottom": 1}[note["yanchor"]] * height
    attributes = f'font-size="{_n(size)}"'
    if note["font"]["color"] != INK:
        attributes += f' fill="{note["font"]["color"]}"'
    if note["xanchor"] != "left":
        attributes += f' text-anchor="{_ANCHORS[note["xanchor"]]}"'
    if "shadow" in note["font"]:
        attributes += ' class="label"'
    elif note.get("name"):
        attributes += f' class="{note["name"]}"'
    first = _n(top + ASCENT * size)
    if len(lines) == 1:
        return f'<text x="{_n(x)}" y="{first}" {attributes}>{_bold(lines[0])[0]}</text>'
    bold, spans = False, []
    for place, line in enumerate(lines):
        said, bold = _bold(line, bold)
        step = f'dy="{_n(size * LINE_HEIGHT)}"' if place else ""
        spans.append(f'<tspan x="{_n(x)}" {step}>{said}</tspan>')
    return f'<text x="{_n(x)}" y="{first}" {attributes}>{"".join(spans)}</text>'


def _bold(line: str, bold: bool = False) -> tuple[str, bool]:
    """A line with its bold parts marked, and whether it ends within one: bold may begin on a line before."""
    said = []
    for part in re.split(r"(</?b>)", line):
        if part in ("<b>", "</b>"):
            bold = part == "<b>"
        elif part:
            text = html.escape(html.unescape(part), quote=False)
            said.append(f'<tspan class="b">{text}</tspan>' if bold else text)
    return "".join(said), bold


def _on_page(thing: Mapping) -> bool:
    return thing["xref"] == "paper"


def _n(value: float) -> str:
    """A number in as few characters as a tenth of a pixel needs."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
