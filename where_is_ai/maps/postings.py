"""The map of AI job postings in the USA."""

import pandas as pd
import plotly.graph_objects as go

from where_is_ai.layers.postings.metro import ENOUGH_EMPLOYERS
from where_is_ai.maps import bubbles, legends, scene, sentences
from where_is_ai.maps.canvas import Canvas
from where_is_ai.maps.frame import framed
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.names import short_us_names
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.style import INK, WIDE, Layout


def postings_map(frame: pd.DataFrame, notes: EditionNotes, layout: Layout = WIDE) -> go.Figure:
    """Metros by new AI postings per 100,000 residents (area) and AI share of all postings (colour).

    ``frame`` has the columns of usa_ai_postings_by_metro.csv; metros with fewer than five employers are grey.
    """
    canvas = Canvas(layout)
    room = framed(
        canvas,
        sentences.postings_title(frame),
        sentences.postings_subtitle(frame, notes),
        notes,
        sentences.postings_caveat(frame, ENOUGH_EMPLOYERS),
    )
    circles = postings_bubbles(frame, notes)
    look = bubbles.scales(circles, layout.radius, layout.stroke)
    wide = layout.name == "wide"
    box = Box(20, room.y0, 1440, room.y1) if wide else Box(12, room.y0, layout.width - 12, room.y0 + 720)
    leaders = frame.dropna(subset=["rank"]).sort_values(["rank", "area_code"])["area_code"]
    named = bubbles.Naming(leaders.head(12 if wide else 8).to_list(), 72 if wide else 105, 40 if wide else 20)
    bubbles.draw(canvas, scene.USA, box, circles, look, layout.label, named)
    _explain(canvas, frame, look, room, box, wide)
    return canvas.figure()


def postings_bubbles(frame: pd.DataFrame, notes: EditionNotes) -> pd.DataFrame:
    """The frame of circles that the core draws (see where_is_ai.maps.bubbles)."""
    return pd.DataFrame(
        {
            "key": frame["area_code"],
            "name": short_us_names(frame["metro"]),
            "lon": frame["lon"],
            "lat": frame["lat"],
            "size": frame["ai_postings_per_100k"],
            "colour": frame["ai_share_pct"],
            "lower_bound": False,
            "muted": frame["employers"].lt(ENOUGH_EMPLOYERS).fillna(True),
            "hover": [
                _hover(row, notes, sentences.postings_kind(frame)) for row in frame.itertuples(index=False)
            ],
            "value": [sentences.per_100k_text(row) for row in frame.itertuples(index=False)],
        }
    )


def _hover(row, notes: EditionNotes, new: str) -> str:
    rank = f" (rank {row.rank})" if pd.notna(row.rank) else " (not ranked)"
    lines = [f"<b>{row.metro}</b>"]
    if pd.notna(row.ai_postings_per_100k):
        lines.append(f"{row.ai_postings_per_100k:.1f} {new} AI postings per 100,000 residents{rank}")
    if pd.notna(row.ai_share_pct):
        lines.append(
            f"{row.ai_share_pct:.1f} % of {row.all_postings:,} {new} postings ({row.ai_postings:,} AI postings)"
        )
    lines += [f"from {row.employers} employers", f"{notes.source}, {notes.period}"]
    return "<br>".join(lines)


def _explain(
    canvas: Canvas, frame: pd.DataFrame, look: bubbles.Scales, room: Box, box: Box, wide: bool
) -> None:
    rows = [("muted", [f"fewer than {ENOUGH_EMPLOYERS} employers:", "too few to speak for the metro"])]
    area = (f"Area: {sentences.postings_kind(frame)} AI postings", "per 100,000 residents")
    colour = "Colour: AI share of postings, %"
    ranked = "Most per 100,000 residents"
    if wide:
        x, width, size = 1470, room.x1 - 1470, canvas.layout.small + 2
        y = canvas.lines(x, room.y0 + 14, [area[0]], canvas.layout.small, INK, bold=True)
        y = legends.size_legend(canvas, x, y, look, area[1]) + 14
        y = legends.colour_legend(canvas, x, y, width, look, colour) + 10
        y = legends.outline_legend(canvas, x, y, look, rows) + 22
        y = canvas.lines(x, y, [ranked], canvas.layout.small, INK, bold=True) + 6
        count = min(10, int((room.y1 - y) / legends.row_height(size)))
        legends.ranking(canvas, x, y, width, sentences.top_postings(frame, count), size)
        return
    y, half, body = box.y1 + 16, (room.width - 48) / 2, canvas.layout.body
    right = room.x0 + half + 48
    end = canvas.lines(room.x0, y, [area[0]], canvas.layout.small, INK, bold=True)
    end = legends.size_legend(canvas, room.x0, end, look, area[1])
    below = legends.colour_legend(canvas, right, y, half, look, colour)
    end = max(end, legends.outline_legend(canvas, right, below, look, rows)) + 24
    end = canvas.lines(room.x0, end, [ranked], body, INK, bold=True) + 8
    count = min(10, int((room.y1 - end) / legends.row_height(body)))
    top = sentences.top_postings(frame, 2 * count)
    for column, part in enumerate((top[:count], top[count:])):
        legends.ranking(
            canvas, room.x0 + column * (half + 48), end, half, part, body, first=1 + column * count
        )
