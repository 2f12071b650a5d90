"""The formats of a map beside each other on a page: it holds the circles of one, a script puts them in the others."""

from collections.abc import Collection, Iterator, Sequence

import plotly.graph_objects as go

from where_is_ai.maps import svg


def beside(first: go.Figure, other: go.Figure) -> float | None:
    """How many times as large circles of ``other`` are as those of ``first``; None where that differs: it has its own.

    They do where each has one size in all panels of a figure, and where these are in proportion to those of the other.
    """
    sizes, others = _sizes(first), _sizes(other)
    largest = max(others, key=others.__getitem__, default="")
    if not others.keys() <= sizes.keys() or not sizes.get(largest):
        return None
    return others[largest] / sizes[largest]


def drawn_beside(figures: Sequence[go.Figure], keys: Collection[str] | None = None) -> dict[str, str]:
    """The formats of a map as SVG by their shape; of their circles those alone whose id is among ``keys``, if given."""
    first, *others = figures
    return {svg.shape(first): svg.svg(first, svg.shape(first), keys)} | {
        svg.shape(each): svg.svg(each, svg.shape(each), keys, beside(first, each)) for each in others
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
