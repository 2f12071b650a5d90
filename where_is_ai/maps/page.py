"""A map as a page of its own: self-contained and light, the same bytes for the same figures, fit for any screen."""

import html
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

import plotly.graph_objects as go

from where_is_ai.files import write_text
from where_is_ai.maps import svg
from where_is_ai.maps.beside import drawn_beside
from where_is_ai.maps.circle_words import circle_words, largest_first
from where_is_ai.maps.look import map_css
from where_is_ai.maps.packing import as_json, packed
from where_is_ai.maps.typeface import font_face_css

LIMIT_BYTES = 199_000
NO_LINKS: Mapping[str, str] = MappingProxyType({})


def write_html(
    path: Path, figures: Sequence[go.Figure], title: str, alt: str, links: Mapping[str, str] = NO_LINKS
) -> None:
    """Write one page that shows the figure whose shape fits the window best, scaled to it.

    Give the wide and the vertical figure of the same map. The page holds the drawings as SVG, the font and a short
    script, and fetches nothing. Circles answer to the mouse, the wheel zooms, dragging pans, a double click goes back;
    without scripts it is the first drawing alone. Circles and areas lead to their address in ``links``, by id.
    """
    write_text(path, page(figures, title, alt, links))


def page(figures: Sequence[go.Figure], title: str, alt: str, links: Mapping[str, str] = NO_LINKS) -> str:
    """The page as text (see write_html), of at most LIMIT_BYTES.

    Where that is too little, all drawings are packed, so that a script is needed to see any; and the smallest circles
    that don't fit even so are left out, which the page says.
    """
    keys = largest_first(figures)
    readable = _filled(figures, title, alt, keys, keys, links, at_once=1)
    if len(readable.encode()) <= LIMIT_BYTES:
        return readable
    fitting = bisect_right(
        range(len(keys) + 1),
        LIMIT_BYTES,
        key=lambda number: len(_filled(figures, title, alt, keys, keys[:number], links).encode()),
    )
    return _filled(figures, title, alt, keys, keys[: max(fitting - 1, 0)], links)


def _filled(
    figures: Sequence[go.Figure],
    title: str,
    alt: str,
    keys: Sequence[str],
    kept: Sequence[str],
    links: Mapping[str, str],
    at_once: int = 0,
) -> str:
    """The page with the circles ``kept`` of ``keys`` in all drawings, of which the first ``at_once`` are not packed."""
    planes = svg.planes(figures)
    land = svg.land(planes)
    drawn = list(drawn_beside(figures, set(kept)).values())
    return _part("page.html.txt").format(
        title=html.escape(title),
        alt=html.escape(alt, quote=True),
        style="\n".join((font_face_css(), map_css().strip(), _part("page.css").strip())),
        drawn="\n".join(
            [land, *drawn[:at_once]] if at_once else [f"<noscript><p>{html.escape(alt)}</p></noscript>"]
        ),
        left_out=_left_out(len(keys) - len(kept), len(keys)),
        more=packed(
            as_json(
                {
                    "drawn": drawn[at_once:] if at_once else [land, *drawn],
                    "links": {key: links[key] for key in kept if key in links},
                    **circle_words(figures, kept),
                }
            )
        ),
        script="\n".join((map_script(any(map(svg.areas_apart, planes))).strip(), _part("page.js").strip())),
    )


def _left_out(number: int, every: int) -> str:
    if not number:
        return ""
    said = f"The {number:,} smallest of {every:,} circles are left out to keep this file small; the picture has all."
    return f"<p>{said}</p>"


def map_script(with_areas: bool = True) -> str:
    """The script that lets a map answer, which pages begin their own with; ``with_areas`` it names these too."""
    areas = ("area_names.js",) if with_areas else ()
    names = ("packing.js", "drawing.js", "boxes.js", *areas, "panel.js", "areas.js", "upright.js", "map.js")
    return "\n".join(_part(name) for name in names)


@cache
def _part(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
