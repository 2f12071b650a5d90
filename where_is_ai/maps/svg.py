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

from where_is_ai.maps.style import INK
from where_is_ai.maps.svg_attributes import digits, look
from where_is_ai.maps.svg_land import areas_apart as areas_apart
from where_is_ai.maps.svg_land import land as land
from where_is_ai.maps.svg_land import lands
from where_is_ai.maps.svg_land import planes as planes
from where_is_ai.maps.typeface import ASCENT, BOX_HEIGHT, LINE_HEIGHT

KEYS_BY_AREA = "Map by area: arrow keys lead from one to the next"
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
# A diamond of plotly.js reaches this much further than a circle of its size.
DIAMOND = 1.3
# A circle or diamond of a place, as _marks writes it.
_MARK = re.compile(r'<(?:circle|path class="unknown") data-key="(?P<key>[^"]*)"[^>]*/>')
# A state or country that is a place, as _area writes it.
_AREA = re.compile(r'<g class="area" data-area="(?P<key>[^"]*)".*?</g>')
Shape = Mapping


def svg(
    figure: go.Figure, name: str, keys: Collection[str] | None = None, beside: float | None = None
) -> str:
    """The figure as one SVG element of class ``name``; a page that shows it needs ``land`` too.

    Of its circles it has those whose id is among ``keys``; all of them by default. Where another drawing of the same
    page has them already, ``beside`` says how many times as large they are here, and a script puts them here.
    """
    drawn = json.loads(figure.to_json())
    layout = drawn["layout"]
    width, height = layout["width"], layout["height"]
    shapes, notes = layout.get("shapes", []), layout.get("annotations", [])
    traces = [_kept(trace, () if beside else keys) for trace in drawn["data"]]
    stroke = _usual_stroke(drawn["data"])
    # A panel comes where its land does: what is drawn later lies over it, as an enlargement's ground does.
    panels = {panel["x"].replace("axis", ""): panel for panel in layout.get("meta", {}).get("panels", [])}
    parts = [
        f'<svg class="{name}" viewBox="0 0 {width} {height}"{_beside(beside)}{_role(layout)}>',
        *(
            _panel(layout, panels[each], shapes, traces, notes, stroke)
            for each in dict.fromkeys(
                shape["xref"] for shape in shapes if not _on_page(shape) and shape.get("layer") == "below"
            )
        ),
        _around(layout),
        "</svg>",
    ]
    return "\n".join(parts)


def _beside(times: float | None) -> str:
    return f' data-beside="{times:.4g}"' if times else ""


def _role(layout: Mapping) -> str:
    """A drawing is told of beside it and passed over, but where its areas can be reached by keys."""
    apart = any(panel.get("apart") for panel in layout.get("meta", {}).get("panels", []))
    return f' role="group" aria-label="{KEYS_BY_AREA}"' if apart else ' aria-hidden="true"'


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


def linked(drawn: str, addresses: Mapping[str, str]) -> str:
    """``drawn`` as ``svg`` gives it, each circle and area a link to its address by id, where it has one.

    Links are not stops of the tabulator key, since a map has hundreds: a table beside it has them too.
    """

    def link(mark: re.Match) -> str:
        address = addresses.get(html.unescape(mark["key"]))
        if address is None:
            return mark[0]
        return f'<a href="{html.escape(address, quote=True)}" tabindex="-1">{mark[0]}</a>'

    return _AREA.sub(link, _MARK.sub(link, drawn))


class _Page:
    """Where things on the page itself are: shares of its width and height."""

    def __init__(self, width: float, height: float):
        self._width, self._height = width, height

    def shape(self, shape: Shape) -> str:
        x0, x1 = self._x(shape["x0"]), self._x(shape["x1"])
        y0, y1 = self._y(shape["y0"]), self._y(shape["y1"])
        if shape["type"] == "rect":
            left, top, w, h = min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0)
            return f'<rect x="{digits(left)}" y="{digits(top)}" width="{digits(w)}" height="{digits(h)}"{look(shape)}/>'
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
    layout: Mapping,
    panel: Mapping,
    shapes: list[Shape],
    traces: list[Mapping],
    notes: list[Mapping],
    stroke: str,
) -> str:
    """A window in the page's pixels that cuts off what lies beyond it; ``stroke`` is the usual width of outlines."""
    (x0, x1), (y1, y0) = layout[panel["x"]]["range"], layout[panel["y"]]["range"]
    axis = panel["x"].replace("axis", "")
    mine = [each for each in shapes if each["xref"] == axis]
    box = f'x="{digits(x0)}" y="{digits(y0)}" width="{digits(x1 - x0)}" height="{digits(y1 - y0)}"'
    parts = [
        f'<svg class="panel" {box} viewBox="{digits(x0)} {digits(y0)} {digits(x1 - x0)} {digits(y1 - y0)}"'
        f'{_where(panel)} stroke-width="{stroke}">',
        f'<rect class="sea" {box}/>',
        *lands(panel, [each for each in mine if each["type"] == "path"], traces),
        *(mark for trace in traces if trace["xaxis"] == axis for mark in _marks(trace, stroke)),
        *(_pinned(each) for each in mine if each["type"] != "path"),
        *(_label(each) for each in notes if each["xref"] == axis),
        "</svg>",
    ]
    return "\n".join(parts)


def _where(panel: Mapping) -> str:
    """How the plane lies in a panel: its scale, and the pixels of its origin."""
    if "plane" not in panel:
        return ""
    scale, x, y = panel["matrix"]
    return f' data-plane="{panel["plane"]} {scale:.6g} {digits(x)} {digits(y)}"'


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
        | {name: _at(trace[name], places) for name in ("ids", "x", "y", "hovertext")}
        | {"marker": marker | kept | {"line": line}}
    )


def _at(values: object, places: Sequence[int]) -> object:
    """What stands at the places of a list; a single value is that of all."""
    return [values[place] for place in places] if isinstance(values, list) else values


def _usual_stroke(traces: Sequence[Mapping]) -> str:
    """The width of most circles' outlines, which is the widest: those of small circles are thinner."""
    widths = (trace["marker"]["line"]["width"] for trace in traces)
    return digits(max((max(width) for width in widths if isinstance(width, list) and width), default=1))


def _marks(trace: Mapping, usual: str) -> Iterable[str]:
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
            r = digits(size / 2 * DIAMOND)
            path = f"M0-{r}L{r} 0L0 {r}L-{r} 0Z"
            moved = f'transform="translate({digits(x)} {digits(y)})"'
            yield f'<path class="unknown" {at} {moved} d="{path}" stroke="{fill}"/>'
        else:
            own = f' stroke-width="{digits(line)}"' if digits(line) != usual else ""
            width = own if line else ' stroke="none"'
            spot = "" if size else ' class="spot"'  # of an area, which is the link itself
            yield f'<circle{spot} {at} cx="{digits(x)}" cy="{digits(y)}" r="{digits(size / 2)}" fill="{fill}"{width}/>'


def _pinned(shape: Shape) -> str:
    """A line or circle that keeps its size beside a point of the panel."""
    x, y = shape["xanchor"], shape["yanchor"]
    name = "at named" if shape.get("name") else "at"
    if shape["type"] == "circle":
        return _circle(x, y, shape, name)
    drawn = _line(shape["x0"], -shape["y0"], shape["x1"], -shape["y1"], shape)
    return f'<g class="{name}" transform="translate({digits(x)} {digits(y)})">{drawn}</g>'


def _label(note: Mapping) -> str:
    at = f"translate({digits(note['x'])} {digits(note['y'])})"
    return f'<g class="at named" transform="{at}">{_text(note, note["xshift"], -note["yshift"])}</g>'


def _line(x0: float, y0: float, x1: float, y1: float, shape: Shape) -> str:
    return f'<line x1="{digits(x0)}" y1="{digits(y0)}" x2="{digits(x1)}" y2="{digits(y1)}"{look(shape)}/>'


def _circle(x: float, y: float, shape: Shape, name: str = "") -> str:
    r = (shape["x1"] - shape["x0"]) / 2
    named = f' class="{name}"' if name else ""
    return f'<circle{named} cx="{digits(x)}" cy="{digits(y)}" r="{digits(r)}"{look(shape)}/>'


def _text(note: Mapping, x: float, y: float) -> str:
    """Text as plotly.js sets it: ``<b>`` is bold, ``<br>`` begins a line; anything else stands as it is."""
    size, lines = note["font"]["size"], note["text"].split("<br>")
    height = size * (BOX_HEIGHT + LINE_HEIGHT * (len(lines) - 1))
    top = y - {"top": 0, "middle": 0.5, "bottom": 1}[note["yanchor"]] * height
    attributes = f'font-size="{digits(size)}"'
    if note["font"]["color"] != INK:
        attributes += f' fill="{note["font"]["color"]}"'
    if note["xanchor"] != "left":
        attributes += f' text-anchor="{_ANCHORS[note["xanchor"]]}"'
    if "shadow" in note["font"]:
        attributes += ' class="label"'
    elif note.get("name") and not note["name"].startswith("label:"):
        attributes += f' class="{note["name"]}"'
    first = digits(top + ASCENT * size)
    if len(lines) == 1:
        return f'<text x="{digits(x)}" y="{first}" {attributes}>{_bold(lines[0])[0]}</text>'
    bold, spans = False, []
    for place, line in enumerate(lines):
        said, bold = _bold(line, bold)
        step = f'dy="{digits(size * LINE_HEIGHT)}"' if place else ""
        spans.append(f'<tspan x="{digits(x)}" {step}>{said}</tspan>')
    return f'<text x="{digits(x)}" y="{first}" {attributes}>{"".join(spans)}</text>'


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
