"""Small multiples: the leading metros over the editions at hand, a panel each, all on one scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from where_is_ai.maps.canvas import Canvas
from where_is_ai.maps.frame import Caption, framed, listed
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.legends import fitting, number
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.scales import ramp, round_steps
from where_is_ai.maps.style import FAINT, INK, OUTLINE, RULE, SOFT, WIDE, Layout

PANELS = 12
SMALL = 25  # the most that small type may have beside the bars of twelve panels
WHOLE = ramp(5)[3]
NO_WHISKER = "A bar without whiskers has no error that is known of, which does not make it exact."
Edition = tuple[EditionNotes, pd.DataFrame]


def bars(rows: pd.DataFrame, key: str, value: str, lower_bound: pd.Series | bool = False) -> pd.DataFrame:
    """What an edition's bars are drawn from: value, low, high and lower_bound by the id in the column ``key``.

    The interval is in ``VALUE_low`` and ``VALUE_high``, where ``rows`` has them.
    """
    columns = {"value": value, "low": f"{value}_low", "high": f"{value}_high"}
    found = pd.DataFrame({name: rows.get(of, pd.NA) for name, of in columns.items()})
    return found.assign(lower_bound=lower_bound).set_axis(rows[key].astype("str"), axis="index")


@dataclass(frozen=True)
class Multiples:
    """``measure`` of the metros that lead the last edition, in each edition, oldest first.

    An edition is its notes and a frame as ``bars`` makes it; a metro that it doesn't have is left blank there. Whiskers
    span low to high. ``names`` are those of the metros by id, best first. Numbers of two editions are comparable unless
    the notes' ``basis`` differs or, of a metro, its segment: ``segments`` has them by id for each edition.
    """

    measure: str
    subtitle: str
    caveat: str
    editions: Sequence[Edition]
    names: Mapping[str, str]
    segments: Sequence[Mapping[str, int]] = ()

    def draw(self, layout: Layout = WIDE) -> go.Figure:
        """The bars as a figure of the layout's size."""
        layout = replace(layout, small=min(layout.small, SMALL))
        canvas = Canvas(layout)
        room = framed(canvas, self._caption())
        metros = list(self.names.items())[:PANELS]
        columns = 4 if layout.width > layout.height else 3
        rows = -(-PANELS // columns)
        gap = layout.small * 1.6
        width, height = (room.width - gap * (columns - 1)) / columns, (room.height - gap * (rows - 1)) / rows
        top = max(_top(of_edition, [key for key, _ in metros]) for _, of_edition in self.editions)
        for place, (key, name) in enumerate(metros):
            x, y = room.x0 + place % columns * (width + gap), room.y0 + place // columns * (height + gap)
            box = Box(x, y, x + width, y + height)
            _panel(canvas, box, name, self._of_metro(key), self._breaks(key), top)
        return canvas.figure()

    @property
    def alt(self) -> str:
        """What the bars say of the last edition, for those who can't see them."""
        notes, last = self.editions[-1]
        periods = ", ".join(about.period for about, _ in self.editions)
        leading = listed((name, _text(last.loc[key])) for key, name in list(self.names.items())[:PANELS])
        return (
            f"Bar charts of {self.measure} in {min(PANELS, len(self.names))} leading metro areas, one bar for each of: "
            f"{periods}. In {notes.period}: {leading}. Source: {notes.source}."
        )

    def _of_metro(self, key: str) -> list[tuple[str, pd.Series | None]]:
        """The period of each edition and the metro's row in it, None where it has no value."""
        return [
            (
                notes.period,
                bars.loc[key] if key in bars.index and pd.notna(bars.at[key, "value"]) else None,
            )
            for notes, bars in self.editions
        ]

    def _breaks(self, key: str) -> set[int]:
        """Before which editions, by their place, the metro's numbers break."""
        stretches = [(notes.basis, segments.get(key)) for (notes, _), segments in self._segmented()]
        return {place for place, (before, after) in enumerate(pairwise(stretches), 1) if before != after}

    def _segmented(self) -> list[tuple[Edition, Mapping[str, int]]]:
        segments = self.segments or [{}] * len(self.editions)
        return list(zip(self.editions, segments, strict=True))

    def _caption(self) -> Caption:
        first, last = self.editions[0][0], self.editions[-1][0]
        caveat = self.caveat + self._without_error()
        if any(self._breaks(key) for key in list(self.names)[:PANELS]):
            caveat += " Across a dashed line numbers aren't comparable: the metro areas or the method changed there."
        since = f"{first.period} to " if len(self.editions) > 1 else ""
        title = f"{self.measure} in the {min(PANELS, len(self.names))} leading metros, {since}{last.period}"
        return Caption(title, self.subtitle, last, caveat)

    def _without_error(self) -> str:
        """What no whisker means, where some of the bars shown that are no lower bounds have one and others none."""
        keys = list(self.names)[:PANELS]
        shown = pd.concat([bars.reindex(keys).dropna(subset="value") for _, bars in self.editions])
        shown = shown[~shown["lower_bound"].astype(bool)]
        has = (shown["high"].astype("Float64") > shown["low"].astype("Float64")).fillna(False)
        return f" {NO_WHISKER}" if has.any() and not has.all() else ""


def _top(bars: pd.DataFrame, keys: Sequence[str]) -> float:
    """The highest value or whisker among the metros shown."""
    shown = bars.reindex(keys)[["value", "high"]]
    return float(shown.astype("Float64").max().max())


def _panel(
    canvas: Canvas,
    box: Box,
    name: str,
    rows: Sequence[tuple[str, pd.Series | None]],
    breaks: set[int],
    top: float,
) -> None:
    layout = canvas.layout
    canvas.text(box.x0, box.y0, f"<b>{fitting(name, layout.body, box.width)}</b>", layout.body)
    plot = Box(box.x0, box.y0 + layout.body * 1.5 + layout.small * 1.2, box.x1, box.y1 - layout.small * 1.4)
    for step in round_steps(top / 2.6, top)[-1:]:
        y = plot.y1 - plot.height * step / top
        canvas.line(plot.x0, y, plot.x1, y, RULE, 1)
        canvas.text(plot.x1, y - 1, number(step), layout.small * 0.85, FAINT, "right", "bottom")
    canvas.line(plot.x0, plot.y1, plot.x1, plot.y1, SOFT, 1.2)
    slot = plot.width * 0.86 / len(rows)
    for place, (period, row) in enumerate(rows):
        left = plot.x0 + place * slot
        middle = left + slot / 2
        canvas.text(middle, plot.y1 + 3, period, _period_size(layout, slot, period), SOFT, "centre")
        if place in breaks:
            canvas.line(left, plot.y0, left, plot.y1, FAINT, 1.2, "4px,4px")
        if row is not None:
            _bar(canvas, plot, middle, slot * 0.56, row, top)
        else:
            canvas.text(middle, plot.y1 - 2, "no data", layout.small * 0.85, FAINT, "centre", "bottom")


def _period_size(layout: Layout, slot: float, period: str) -> float:
    return min(layout.small, slot / max(len(period), 1) * 1.9)


def _bar(canvas: Canvas, plot: Box, middle: float, width: float, row: pd.Series, top: float) -> None:
    def height(value: float) -> float:
        return plot.y1 - plot.height * float(value) / top

    box = Box(middle - width / 2, height(row["value"]), middle + width / 2, plot.y1)
    if row["lower_bound"]:
        canvas.rectangle(box, fill=f"{WHOLE}66", line=OUTLINE, width=1.4, dash="6px,4px")
    else:
        canvas.rectangle(box, fill=WHOLE)
    low, high = row["low"], row["high"]
    peak = box.y0
    if pd.notna(low) and pd.notna(high) and high > low:
        canvas.line(middle, height(low), middle, height(high), INK, 1.6)
        for value in (low, high):
            canvas.line(middle - 5, height(value), middle + 5, height(value), INK, 1.6)
        peak = min(peak, height(high))
    canvas.text(middle, peak - 2, _text(row), canvas.layout.small, INK, "centre", "bottom")


def _text(row: pd.Series) -> str:
    return f"{'≥ ' if row['lower_bound'] else ''}{row['value']:,.0f}"
