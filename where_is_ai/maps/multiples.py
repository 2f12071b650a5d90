"""Small multiples: the leading metros over the editions at hand, a panel each, all on one scale."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from where_is_ai.maps import sentences
from where_is_ai.maps.canvas import Canvas
from where_is_ai.maps.frame import framed
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.legends import fitting, number
from where_is_ai.maps.names import short_us_names, short_world_names
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.scales import ramp, round_steps
from where_is_ai.maps.style import FAINT, INK, OUTLINE, RULE, SOFT, WIDE, Layout

PANELS = 12
WHOLE = ramp(5)[3]
Edition = tuple[EditionNotes, pd.DataFrame]


def usa_multiples(editions: Sequence[Edition], layout: Layout = WIDE) -> go.Figure:
    """AI workers in the twelve metros that lead the last edition, in each edition, oldest first.

    Each edition is its notes and a frame as usa_ai_employment_by_msa.csv; whiskers span low to high. A metro that
    a release doesn't have under the same area code is left blank there.
    """
    notes, last = editions[-1]
    ranked = last.assign(short=short_us_names(last["metro"]))
    ranked = ranked.dropna(subset=["rank_workers"]).sort_values(["rank_workers", "area_code"]).head(PANELS)
    return _multiples(
        [(about, frame.set_index("area_code")) for about, frame in editions],
        list(zip(ranked["area_code"], ranked["short"], strict=True)),
        "ai_workers", lambda row: row["coverage"] in ("not_listed", "suppressed"),
        sentences.multiples_title(editions, "AI workers", "ai_workers"), sentences.usa_measure(notes),
        sentences.usa_multiples_caveat(len(editions)), layout,
    )  # fmt: skip


def world_multiples(editions: Sequence[Edition], layout: Layout = WIDE) -> go.Figure:
    """AI papers of the twelve metros that lead the last edition, in each edition, oldest first.

    Each edition is its notes and a frame as world_ai_research_by_metro.csv.
    """
    notes, last = editions[-1]
    ranked = last.assign(short=short_world_names(last["metro"], last["country_code"]))
    ranked = ranked.dropna(subset=["rank"]).sort_values(["rank", "metro_id"]).head(PANELS)
    return _multiples(
        [(about, frame.set_index("metro_id")) for about, frame in editions],
        list(zip(ranked["metro_id"], ranked["short"], strict=True)),
        "ai_works", lambda _: False,
        sentences.multiples_title(editions, "AI papers", "ai_works"), sentences.world_measure(notes),
        sentences.world_caveat(last), layout,
    )  # fmt: skip


def _multiples(
    editions: list[Edition],
    metros: list[tuple[str, str]],
    column: str,
    lower: Callable[[pd.Series], bool],
    title: str,
    subtitle: str,
    caveat: str,
    layout: Layout,
) -> go.Figure:
    canvas = Canvas(layout)
    broken = any(before.basis != after.basis for (before, _), (after, _) in pairwise(editions))
    if broken:
        caveat += (
            " Across a dashed line numbers aren't comparable: the metro areas or the method changed there."
        )
    room = framed(canvas, title, subtitle, editions[-1][0], caveat)
    columns = 4 if layout.width > layout.height else 3
    rows = -(-PANELS // columns)
    gap = layout.small * 1.6
    width, height = (room.width - gap * (columns - 1)) / columns, (room.height - gap * (rows - 1)) / rows
    top = max(_top(frame, [key for key, _ in metros], column) for _, frame in editions)
    for place, (key, name) in enumerate(metros):
        x, y = room.x0 + place % columns * (width + gap), room.y0 + place // columns * (height + gap)
        _panel(canvas, Box(x, y, x + width, y + height), key, name, editions, column, lower, top)
    return canvas.figure()


def _top(frame: pd.DataFrame, keys: list[str], column: str) -> float:
    """The highest value or whisker among the metros shown."""
    shown = frame.reindex(keys)
    columns = [name for name in (column, f"{column}_high") if name in shown]
    return float(shown[columns].astype("Float64").max().max())


def _panel(
    canvas: Canvas,
    box: Box,
    key: str,
    name: str,
    editions: list[Edition],
    column: str,
    lower: Callable[[pd.Series], bool],
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
    slot = plot.width * 0.86 / len(editions)
    for place, (notes, frame) in enumerate(editions):
        left = plot.x0 + place * slot
        middle = left + slot / 2
        canvas.text(
            middle, plot.y1 + 3, notes.period, _period_size(layout, slot, notes.period), SOFT, "centre"
        )
        if place and notes.basis != editions[place - 1][0].basis:
            canvas.line(left, plot.y0, left, plot.y1, FAINT, 1.2, "4px,4px")
        if key in frame.index and pd.notna(frame.at[key, column]):
            _bar(canvas, plot, middle, slot * 0.56, frame.loc[key], column, lower(frame.loc[key]), top)
        else:
            canvas.text(middle, plot.y1 - 2, "no data", layout.small * 0.85, FAINT, "centre", "bottom")


def _period_size(layout: Layout, slot: float, period: str) -> float:
    return min(layout.small, slot / max(len(period), 1) * 1.9)


def _bar(
    canvas: Canvas,
    plot: Box,
    middle: float,
    width: float,
    row: pd.Series,
    column: str,
    bound: bool,
    top: float,
) -> None:
    def height(value: float) -> float:
        return plot.y1 - plot.height * float(value) / top

    box = Box(middle - width / 2, height(row[column]), middle + width / 2, plot.y1)
    if bound:
        canvas.rectangle(box, fill=f"{WHOLE}66", line=OUTLINE, width=1.4, dash="6px,4px")
    else:
        canvas.rectangle(box, fill=WHOLE)
    low, high = row.get(f"{column}_low"), row.get(f"{column}_high")
    peak = box.y0
    if pd.notna(low) and pd.notna(high) and high > low:
        canvas.line(middle, height(low), middle, height(high), INK, 1.6)
        for value in (low, high):
            canvas.line(middle - 5, height(value), middle + 5, height(value), INK, 1.6)
        peak = min(peak, height(high))
    text = f"{'≥ ' if bound else ''}{row[column]:,.0f}"
    canvas.text(middle, peak - 2, text, canvas.layout.small, INK, "centre", "bottom")
