"""The formats of a map beside each other on a page: it holds the circles of one, a script puts them in the others."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import plotly.graph_objects as go

from where_is_ai.maps import svg


class Beside(NamedTuple):
    """How the circles of a drawing differ from those of another on its page: in radius and in width of outline."""

    radius: float
    stroke: float

    def __str__(self) -> str:
        """As an attribute of the drawing, for ``upright.js``."""
        return f' data-beside="{self.radius:.4g} {self.stroke:.4g}"'


def beside(first: go.Figure, other: go.Figure) -> Beside | None:
    """How the circles of ``other`` come from those of ``first``; None where they don't: it has its own then.

    They do where each has one size in all panels of a figure, and where these are in proportion to those of the other.
    """
    sizes, others = _sizes(first), _sizes(other)
    largest = max(others, key=others.__getitem__, default="")
    if not others.keys() <= sizes.keys() or not sizes.get(largest):
        return None
    return Beside(others[largest] / sizes[largest], _stroke(other) / _stroke(first))


def drawn_beside(figures: Sequence[go.Figure], keys: Collection[str] | None = None) -> dict[str, str]:
    """The formats of a map as SVG by their shape; of their circles those alone whose id is among ``keys``, if given."""
    first, *others = figures
    return {svg.shape(first): svg.svg(first, svg.shape(first), keys)} | {
        svg.shape(each): svg.svg(each, svg.shape(each), keys, str(beside(first, each) or ""))
        for each in others
    }


def _sizes(figure: go.Figure) -> dict[str, float]:
    """Diameters by id; none where a circle has two."""
    found: dict[str, float] = {}
    for key, size in _circles(figure):
        if found.setdefault(key, size) != size:
            return {}
    return found


def _circles(figure: go.Figure) -> Iterator[tuple[str, float]]:
    for trace in figure.data:
        size = trace.marker.size
        yield from zip(
            trace.ids, size if isinstance(size, Sequence) else [size] * len(trace.ids), strict=True
        )


def _stroke(figure: go.Figure) -> float:
    widths = [trace.marker.line.width for trace in figure.data]
    return max(max(width) for width in widths if isinstance(width, Sequence)) or 1
