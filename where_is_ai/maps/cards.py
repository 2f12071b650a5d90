"""The Top-10 card: rank, name, place, value and change, for a phone held upright."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from where_is_ai.maps import legends
from where_is_ai.maps.canvas import Canvas
from where_is_ai.maps.frame import Caption, framed, listed
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.scales import ColourScale
from where_is_ai.maps.style import CARD, INK, RULE, SOFT, Layout
from where_is_ai.maps.typeface import LINE_HEIGHT, text_width

ROWS = 10
NOT_COMPARABLE = "not comparable"


@dataclass(frozen=True)
class Row:
    """A line of a card; ``value`` decides the bar's length, ``colour`` (NA: unknown) its class of colour."""

    rank: int
    name: str
    place: str
    value: float
    text: str
    colour: float
    change: str = ""


@dataclass(frozen=True)
class Card:
    """The first ten metros of a ranking; ``ranks`` says of what: "US metro areas by AI workers".

    ``since`` names the earlier edition that changes are told from, "" where there is none; None where the card tells no
    changes.
    """

    caption: Caption
    rows: Sequence[Row]
    colours: ColourScale
    colour: str
    ranks: str
    since: str | None = ""

    def draw(self, layout: Layout = CARD) -> go.Figure:
        """The card as a figure of the layout's size."""
        canvas = Canvas(layout)
        room = framed(canvas, self.caption)
        if self.since is not None:
            heading = f"change since {self.since}" if self.since else "no earlier edition to compare with"
            canvas.text(room.x1, room.y0, heading, layout.small, SOFT, "right")
        bottom = room.y1 - 4.6 * layout.small
        legends.colour_bar(canvas, room.x0, bottom, room.width, self.colours, self.colour)
        top = room.y0 + layout.small * 1.7
        height = (bottom - 14 - top) / ROWS
        rows = self.rows[:ROWS]
        longest = max((row.value for row in rows), default=1)
        for number, row in enumerate(rows):
            box = Box(room.x0, top + number * height, room.x1, top + (number + 1) * height)
            _row(canvas, row, RULE if pd.isna(row.colour) else self.colours(row.colour), box, longest)
        return canvas.figure()

    @property
    def alt(self) -> str:
        """What the card says, for those who can't see it."""
        notes, rows = self.caption.notes, listed((row.name, row.text) for row in self.rows[:ROWS])
        return f"Ranking of {self.ranks}, {notes.period}: {rows}. Source: {notes.source}."


def signed_pct(change: float) -> str:
    """ "+19 %", "−3 %" or "no change", rounded to whole percents; that it isn't comparable where it is NA."""
    if pd.isna(change):
        return NOT_COMPARABLE
    whole = round(float(change))
    return "no change" if whole == 0 else f"{'+' if whole > 0 else '−'}{abs(whole)} %"


def _row(canvas: Canvas, row: Row, colour: str, box: Box, longest: float) -> None:
    """Rank, name over place, value over change, and a bar beneath them."""
    layout = canvas.layout
    name, small = layout.body * 1.3, layout.small
    left, line = box.x0 + 84, box.y0 + name * LINE_HEIGHT + 2
    canvas.text(box.x0 + 62, line, f"<b>{row.rank}</b>", layout.title * 0.75, SOFT, "right", "middle")
    room = box.x1 - left - text_width(row.text, name, bold=True) - 30
    canvas.text(left, line, f"<b>{legends.fitting(row.name, name, room)}</b>", name, INK, vertical="bottom")
    canvas.text(left, line - 1, row.place, small, SOFT)
    canvas.text(box.x1, line, f"<b>{row.text}</b>", name, INK, "right", "bottom")
    if row.change:
        canvas.text(box.x1, line - 1, row.change, small, SOFT, "right")
    y = line + small * LINE_HEIGHT + 4
    canvas.rectangle(Box(left, y, box.x1, y + 9), fill=RULE)
    canvas.rectangle(Box(left, y, left + (box.x1 - left) * row.value / longest, y + 9), fill=colour)
