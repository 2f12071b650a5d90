"""The map of AI workers in the USA."""

import pandas as pd
import plotly.graph_objects as go

from where_is_ai.geography.base_map.projections import INSETS
from where_is_ai.maps import bubbles, legends, scene, sentences
from where_is_ai.maps.canvas import Canvas
from where_is_ai.maps.frame import framed
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.names import short_us_names
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.style import INK, WIDE, Layout

COVERAGE = {
    "all_published": "BLS published both occupations",
    "not_listed": "Lower bound: BLS doesn't list one of the two occupations here",
    "suppressed": "Lower bound: BLS withheld one of the two occupations here",
    "none_published": "Unknown: BLS published neither occupation here",
}
LEADERS = {"wide": (12, 6), "vertical": (6, 4)}


def usa_map(frame: pd.DataFrame, notes: EditionNotes, layout: Layout = WIDE) -> go.Figure:
    """Metros by AI workers (area) and AI workers per 1,000 jobs (colour), as a figure of the layout's size.

    ``frame`` has the columns of usa_ai_employment_by_msa.csv.
    """
    canvas = Canvas(layout)
    room = framed(
        canvas, sentences.usa_title(frame), sentences.usa_subtitle(notes), notes, sentences.usa_caveat(frame)
    )
    circles = usa_bubbles(frame, notes)
    look = bubbles.scales(circles, layout.radius, layout.stroke)
    wide = layout.name == "wide"
    box = Box(20, room.y0, 1440, room.y1) if wide else Box(12, room.y0, layout.width - 12, room.y0 + 720)
    by_count, by_share = LEADERS[layout.name]
    named = bubbles.Naming(
        leaders(frame, by_count, by_share),
        72 if wide else 105,
        44 if wide else 24,
        also=_largest_beside(frame),
    )
    bubbles.draw(canvas, scene.USA, box, circles, look, layout.label, named)
    _explain(canvas, frame, look, room, box, wide)
    return canvas.figure()


def leaders(frame: pd.DataFrame, by_count: int, by_share: int) -> list[str]:
    """Area codes of the first by workers and by concentration, taking turns in importance."""
    count = frame.sort_values(["rank_workers", "area_code"])["area_code"].head(by_count).to_list()
    share = frame.sort_values(["rank_concentration", "area_code"])["area_code"].head(by_share).to_list()
    return list(dict.fromkeys([*count[:3], *share[:3], *count[3:], *share[3:]]))


def _largest_beside(frame: pd.DataFrame) -> list[str]:
    """The metro with most AI workers in each of Alaska, Hawaii and Puerto Rico."""
    ranked = frame.dropna(subset=["lon", "lat", "ai_workers"]).sort_values(["rank_workers", "area_code"])
    lon, lat = ranked["lon"].to_numpy(float), ranked["lat"].to_numpy(float)
    return [key for inset in INSETS for key in ranked.loc[inset.holds(lon, lat), "area_code"].head(1)]


def usa_bubbles(frame: pd.DataFrame, notes: EditionNotes) -> pd.DataFrame:
    """The frame of circles that the core draws (see where_is_ai.maps.bubbles)."""
    lower = frame["coverage"].isin(["not_listed", "suppressed"])
    top_share = frame["rank_concentration"].le(6).fillna(False)
    top_count = frame["rank_workers"].le(12).fillna(False)
    return pd.DataFrame(
        {
            "key": frame["area_code"],
            "name": short_us_names(frame["metro"]),
            "lon": frame["lon"],
            "lat": frame["lat"],
            "size": frame["ai_workers"],
            "colour": frame["ai_per_1000"],
            "lower_bound": lower,
            "muted": False,
            "hover": [_hover(row, notes) for row in frame.itertuples(index=False)],
            "value": [
                sentences.share_text(row) if share and not count else sentences.workers_text(row)
                for row, share, count in zip(frame.itertuples(index=False), top_share, top_count, strict=True)
            ],
        }
    )


def _hover(row, notes: EditionNotes) -> str:
    lines = [f"<b>{row.metro}</b>"]
    if pd.notna(row.ai_workers):
        lines.append(f"{sentences.workers_text(row)} AI workers ({_rank(row)})")
    lines += _bounds(row.ai_workers, row.ai_workers_low, row.ai_workers_high, "{:,.0f}", "AI workers")
    if pd.notna(row.ai_per_1000):
        lines.append(f"{sentences.share_text(row)} jobs (rank {row.rank_concentration})")
        lines += _bounds(
            row.ai_per_1000, row.ai_per_1000_low, row.ai_per_1000_high, "{:.1f}", "per 1,000 jobs"
        )
    lines += [COVERAGE[row.coverage], f"{notes.source}, {notes.period}"]
    return "<br>".join(lines)


def _rank(row) -> str:
    """The rank, with its range over simulated sampling errors where the table has one."""
    low, high = getattr(row, "rank_low", pd.NA), getattr(row, "rank_high", pd.NA)
    if pd.isna(low) or pd.isna(high) or low == high:
        return f"rank {row.rank_workers}"
    return f"rank {row.rank_workers}, {low} to {high} within sampling error"


def _bounds(value, low, high, form: str, unit: str) -> list[str]:
    if pd.isna(low) or (pd.notna(high) and low == high):
        return []
    if pd.isna(high):
        told = pd.notna(value) and low == value  # by the "≥" of the value
        return [] if told else [f"at least {form.format(low)} {unit} allowing for sampling error"]
    return [f"between {form.format(low)} and {form.format(high)} {unit}"]


def _explain(
    canvas: Canvas, frame: pd.DataFrame, look: bubbles.Scales, room: Box, box: Box, wide: bool
) -> None:
    small = canvas.layout.small
    rows = [
        ("whole", ["both occupations published"]),
        ("broken", ["broken or no outline: lower bound,", "only one of them published"]),
    ]
    if frame["ai_workers"].isna().any():
        rows.append(("unknown", ["neither published: unknown"]))
    if wide:
        x, width = 1470, room.x1 - 1470
        y = legends.size_legend(canvas, x, room.y0 + 20, look, "Area: AI workers") + 14
        y = legends.colour_legend(canvas, x, y, width, look, "Colour: AI workers per 1,000 jobs") + 10
        y = legends.outline_legend(canvas, x, y, look, rows) + 26
        y = canvas.lines(x, y, ["Most per 1,000 jobs"], small, INK, bold=True) + 6
        count = min(10, int((room.y1 - y) / legends.row_height(small + 2)))
        legends.ranking(canvas, x, y, width, sentences.top_share(frame, count), small + 2)
        return
    y, half = box.y1 + 16, (room.width - 48) / 2
    right = room.x0 + half + 48
    end = legends.size_legend(canvas, room.x0, y, look, "Area: AI workers")
    below = legends.colour_legend(canvas, right, y, half, look, "Colour: per 1,000 jobs")
    end = max(end, legends.outline_legend(canvas, right, below, look, rows)) + 24
    body = canvas.layout.body
    rows_left = int((room.y1 - end) / legends.row_height(body)) - 1
    for x, title, ranked in (
        (room.x0, "Most AI workers", sentences.top_count(frame, min(10, rows_left))),
        (right, "Most per 1,000 jobs", sentences.top_share(frame, min(10, rows_left))),
    ):
        below = canvas.lines(x, end, [title], body, INK, bold=True) + 8
        legends.ranking(canvas, x, below, half, ranked, body)
