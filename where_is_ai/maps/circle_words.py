"""What a script says at the circles of a map: the lines that the mouse finds, and the names in their order."""

from collections.abc import Collection, Iterator, Sequence

import plotly.graph_objects as go


def circle_words(figures: Sequence[go.Figure], keys: Collection[str] | None = None) -> dict:
    """``hovers`` and ``names`` of those circles of ``figures`` whose id is among ``keys``; of all by default."""
    kept = set(largest_first(figures) if keys is None else keys)
    return {"hovers": hovers(figures, kept), "names": names(figures, kept)}


def hovers(figures: Sequence[go.Figure], keys: Collection[str]) -> dict[str, list[str]]:
    """The lines that the mouse finds at each circle whose id is among ``keys``, by its id."""
    return {
        key: text.split("<br>")
        for trace in _traces(figures)
        for key, text in zip(trace.ids, trace.hovertext, strict=True)
        if key in keys
    }


def names(figures: Sequence[go.Figure], keys: Collection[str]) -> list[list[str]]:
    """The id of each circle among ``keys`` and the lines of its label, in the order that labels get room in.

    First come those that the figures name, as they name them; then the others by their importance, and by size where
    that isn't known. Areas say all that they have, wherever the figures had room for it.
    """
    labels: dict[str, list[str]] = {}
    for note in (note for figure in figures for note in figure.layout.annotations):
        if (note.name or "").startswith("label:"):
            lines = [_plain(line) for line in note.text.split("<br>")]
            labels.setdefault(note.name.removeprefix("label:"), lines)
    called = {
        key: text.split("<br>")
        for trace in _traces(figures)
        for key, text in zip(trace.ids, trace.text, strict=True)
    }
    importance = {
        key: value or 0
        for trace in _traces(figures)
        for key, value in zip(trace.ids, trace.customdata, strict=True)
    }
    named = {key: place for place, key in enumerate(labels)}
    order = largest_first(figures)
    by_size = {key: place for place, key in enumerate(order)}
    order.sort(key=lambda key: (named.get(key, len(named)), -importance[key], by_size[key]))
    return [[key, *max(labels.get(key, []), called[key], key=len)] for key in order if key in keys]


def largest_first(figures: Sequence[go.Figure]) -> list[str]:
    """The ids of all circles of ``figures``, the largest first; those whose number is unknown last."""
    sizes: dict[str, float] = {}
    for trace in _traces(figures):
        known = trace.marker.symbol is None
        for key, size in zip(trace.ids, trace.marker.size if known else [0] * len(trace.ids), strict=True):
            sizes[key] = max(size, sizes.get(key, 0))
    return sorted(sizes, key=lambda key: (-sizes[key], key))


def _traces(figures: Sequence[go.Figure]) -> Iterator[go.Scatter]:
    return (trace for figure in figures for trace in figure.data)


def _plain(line: str) -> str:
    return line.replace("<b>", "").replace("</b>", "")
