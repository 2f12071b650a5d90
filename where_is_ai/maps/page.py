"""A figure as a page of its own: self-contained, the same bytes for the same figures, fit for any screen."""

import html
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from where_is_ai.files import write_text
from where_is_ai.maps.style import INK, PAPER
from where_is_ai.maps.typeface import STACK, font_face_css

CONFIG = {
    "responsive": False,
    "displaylogo": False,
    "scrollZoom": True,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "toImage"],
}


def write_html(path: Path, figures: Sequence[go.Figure], title: str, alt: str) -> None:
    """Write one page that shows the figure whose shape fits the window best, scaled to it.

    Give the wide and the vertical figure of the same map. The page holds plotly.js and the font, and fetches
    nothing. Circles answer to the mouse, the wheel zooms, dragging pans, a double click goes back.
    """
    write_text(path, page(figures, title, alt))


def page(figures: Sequence[go.Figure], title: str, alt: str) -> str:
    """The page as text (see write_html)."""
    drawn = [json.loads(figure.to_json()) for figure in figures]
    return _template().format(
        title=html.escape(title),
        alt=html.escape(alt, quote=True),
        paper=PAPER,
        ink=INK,
        stack=STACK,
        font=font_face_css(),
        plotly=get_plotlyjs(),
        figures=json.dumps(drawn, separators=(",", ":"), sort_keys=True, allow_nan=False).replace(
            "</", "<\\/"
        ),
        config=json.dumps(CONFIG, allow_nan=False),
    )


@cache
def _template() -> str:
    return Path(__file__).with_name("page.html.txt").read_text(encoding="utf-8")
