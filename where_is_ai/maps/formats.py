"""Both formats of a picture, by the names of their files."""

from collections.abc import Callable

import plotly.graph_objects as go

from where_is_ai.maps.style import VERTICAL, WIDE


def both_formats(stem: str, draw: Callable[..., go.Figure]) -> dict[str, go.Figure]:
    """``STEM.png`` wide and ``STEM-Vertical.png`` upright, each as ``draw(layout=…)`` makes it."""
    return {f"{stem}.png": draw(layout=WIDE), f"{stem}-Vertical.png": draw(layout=VERTICAL)}
