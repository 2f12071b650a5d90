"""The land of a drawing: each outline once per page, and the panels that show it."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence

import plotly.graph_objects as go

from where_is_ai.maps.scales import ink_on
from where_is_ai.maps.scene import PLANES
from where_is_ai.maps.style import LAND
from where_is_ai.maps.svg_attributes import digits, look

# What the name of a plane ends with where each of its areas is an outline of its own.
_APART = "-apart"
# Around what is bold in what the mouse finds.
_BOLD = re.compile("</?b>")


def planes(figures: Sequence[go.Figure]) -> list[str]:
    """The names of the planes that the panels of ``figures`` show; one whose areas stand apart says so."""
    panels = [panel for figure in figures for panel in (figure.layout.meta or {}).get("panels", [])]
    return sorted(
        {panel["plane"] + _APART * panel.get("apart", False) for panel in panels if "plane" in panel}
    )


def areas_apart(name: str) -> bool:
    """Whether the plane of this name, as ``planes`` gives it, has an outline for each of its areas."""
    return name.endswith(_APART)


def land(names: Sequence[str]) -> str:
    """What drawings show of the earth, each plane once, for these to use."""
    paths = [path for name in names for path in _outlines(name)]
    return f'<svg class="land" width="0" height="0" aria-hidden="true"><defs>{"".join(paths)}</defs></svg>'


def _outlines(name: str) -> Iterable[str]:
    plane = PLANES[name.removesuffix(_APART)]
    if not areas_apart(name):
        return [f'<path id="land-{plane.name}" d="{plane.outline()}"/>']
    return [
        f'<path id="land-{plane.name}-{area.code}" d="{plane.outline([area])}"/>' for area in plane.areas()
    ]


def lands(panel: Mapping, paths: Sequence[Mapping], traces: Sequence[Mapping]) -> Iterable[str]:
    """All that grows with the map when it is zoomed."""
    if not paths:
        return
    said = {key: text for trace in traces for key, text in zip(trace["ids"], trace["hovertext"], strict=True)}
    yield '<g class="zooms">'
    first = next((shape for shape in paths if _key(shape)), None)
    for shape in paths:
        if _key(shape):
            yield _place(panel, shape, said.get(_key(shape), ""), stop=shape is first)
        elif shape.get("name") == "hatching":
            yield f'<path class="hatching" d="{shape["path"]}"{look(shape)}/>'
        else:
            yield _use(panel, shape)
    yield "</g>"


def _code_and_key(shape: Mapping) -> tuple[str, str]:
    """Which area of the plane a shape is, and which place; the whole plane and none by default."""
    _, code, key = f"{shape.get('name') or ''}::".split(":", 2)
    return code, key.rstrip(":")


def _key(shape: Mapping) -> str:
    return _code_and_key(shape)[1]


def _use(panel: Mapping, shape: Mapping) -> str:
    code, _ = _code_and_key(shape)
    scale, x, y = panel["matrix"]
    moved = f"matrix({scale:.6g} 0 0 {scale:.6g} {digits(x)} {digits(y)})"
    return f'<use href="#land-{panel["plane"]}{code and f"-{code}"}" transform="{moved}"{look(shape)}/>'


def _place(panel: Mapping, shape: Mapping, said: str, stop: bool) -> str:
    """A state or country that is a place, with what is said of it; ``stop`` makes it one of the tabulator key."""
    title = html.escape(html.unescape(_BOLD.sub("", said.replace("<br>", " · "))), quote=False)
    at = f'data-area="{html.escape(_key(shape), quote=True)}" role="img" tabindex="{0 if stop else -1}"'
    fill = shape["fillcolor"]
    if fill != LAND:
        at += f' data-ink="{ink_on(fill)}"'
    return f'<g class="area" {at}><title>{title}</title>{_use(panel, shape)}</g>'
