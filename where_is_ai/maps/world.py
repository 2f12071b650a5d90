"""The map of AI research in the world."""

from dataclasses import dataclass, replace

import pandas as pd
import plotly.graph_objects as go

from where_is_ai.maps import bubbles, legends, scene, sentences
from where_is_ai.maps.canvas import Canvas
from where_is_ai.maps.countries import country_names
from where_is_ai.maps.frame import framed
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.names import short_world_names
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.scales import ColourScale
from where_is_ai.maps.style import INK, PAPER, RULE, WIDE, Layout

BASIS = {
    "distinct": "each paper counted once per metro",
    "summed": "a paper counts once for each of its institutions",
}


@dataclass(frozen=True)
class Wording:
    """What a map of the world says beside its circles: the frame's sentences, the legends, the ranking."""

    title: str
    subtitle: str
    caveat: str
    area: str = "Area: AI papers"
    colour: str = "Colour: AI papers"
    ranking: str = "Most AI papers"


def world_map(frame: pd.DataFrame, notes: EditionNotes, layout: Layout = WIDE) -> go.Figure:
    """Metros by AI papers (area and colour), as a figure of the layout's size.

    ``frame`` has the columns of world_ai_research_by_metro.csv.
    """
    wording = Wording(
        sentences.world_title(frame), sentences.world_subtitle(notes), sentences.world_caveat(frame)
    )
    return drawn(frame, world_bubbles(frame, notes), notes, layout, wording)


def drawn(
    frame: pd.DataFrame,
    circles: pd.DataFrame,
    notes: EditionNotes,
    layout: Layout,
    wording: Wording,
    colours: ColourScale | None = None,
) -> go.Figure:
    """A map of the world with ``circles``; the ranking is by the frame's ``rank`` and tells its ``ai_works``.

    Colours come in the classes of ``colours``, by default in those that the circles' values suggest.
    """
    canvas = Canvas(layout)
    room = framed(canvas, wording.title, wording.subtitle, notes, wording.caveat)
    look = bubbles.scales(circles, layout.radius, layout.stroke)
    look = replace(look, colour=colours or look.colour)
    (_wide if layout.name == "wide" else _vertical)(canvas, frame, circles, look, room, wording)
    return canvas.figure()


def world_bubbles(frame: pd.DataFrame, notes: EditionNotes) -> pd.DataFrame:
    """The frame of circles that the core draws (see where_is_ai.maps.bubbles)."""
    return pd.DataFrame(
        {
            "key": frame["metro_id"].astype(str),
            "name": short_world_names(frame["metro"], frame["country_code"]),
            "lon": frame["lon"],
            "lat": frame["lat"],
            "size": frame["ai_works"],
            "colour": frame["ai_works"],
            "lower_bound": False,
            "muted": False,
            "hover": [_hover(row, notes) for row in frame.itertuples(index=False)],
            "value": [sentences.papers_text(row) for row in frame.itertuples(index=False)],
        }
    )


def _hover(row, notes: EditionNotes) -> str:
    lines = [
        f"<b>{row.metro}</b>, {country_names([row.country_code])[row.country_code]}",
        f"{sentences.papers_text(row)} AI papers (rank {row.rank}), {BASIS[row.count_basis]}",
        f"{row.institutions} institution{'' if row.institutions == 1 else 's'}, "
        f"most from {row.top_institution} ({row.top_institution_works:,})",
        f"{notes.source}, {notes.period}",
    ]
    return "<br>".join(lines)


def _leaders(frame: pd.DataFrame, count: int) -> list[str]:
    return frame.sort_values(["rank", "metro_id"])["metro_id"].astype(str).head(count).to_list()


def _wide(
    canvas: Canvas,
    frame: pd.DataFrame,
    circles: pd.DataFrame,
    look: bubbles.Scales,
    room: Box,
    wording: Wording,
) -> None:
    """The world, an enlargement of East Asia in the empty South Pacific, and the legend in the southern ocean."""
    layout = canvas.layout
    box = Box(12, room.y0, layout.width - 12, room.y1)
    inset = Box(28, room.y1 - 366, 478, room.y1)
    legend = Box(770, room.y1 - 148, 1440, room.y1)
    leaders = _leaders(frame, 12)
    inside = frozenset(bubbles.located(circles, scene.EAST_ASIA, inset)["key"]) - set(leaders[:2])
    bubbles.draw(
        canvas, scene.WORLD, box, circles, look, layout.label,
        bubbles.Naming(leaders, 34, 34, without=inside), obstacles=[inset.grown(30), legend],
    )  # fmt: skip
    canvas.rectangle(inset, fill=PAPER, line=RULE, width=1.5)
    canvas.text(inset.x0, inset.y0 - 6, "<b>East Asia, enlarged</b>", layout.small, INK, vertical="bottom")
    bubbles.draw(
        canvas, scene.EAST_ASIA, inset, circles, look, layout.small, bubbles.Naming(leaders[:6], 0, 18)
    )
    legends.size_legend(canvas, legend.x0, legend.y0, look, wording.area)
    legends.colour_legend(canvas, legend.x0 + 240, legend.y0, 420, look, wording.colour)


def _vertical(
    canvas: Canvas,
    frame: pd.DataFrame,
    circles: pd.DataFrame,
    look: bubbles.Scales,
    room: Box,
    wording: Wording,
) -> None:
    """The world, enlargements of its two dense parts, the legend and the first eight."""
    layout = canvas.layout
    top = Box(12, room.y0, layout.width - 12, room.y0 + 420)
    leaders, half = _leaders(frame, 8), (room.width - 24) / 2
    bubbles.draw(canvas, scene.WORLD, top, circles, look, layout.label, bubbles.Naming(leaders[:1], 90, 11))
    y = top.y1 + 8
    zoom = room.y1 - y - 40 - 8.5 * legends.row_height(layout.body) - 2 * layout.radius - 90
    for place, (title, view) in enumerate((("East Asia", scene.EAST_ASIA), ("Europe", scene.EUROPE))):
        x = room.x0 + place * (half + 24)
        below = canvas.lines(x, y, [title], layout.small, INK, bold=True) + 6
        box = Box(x, below, x + half, below + zoom)
        bubbles.draw(canvas, view, box, circles, look, layout.small, bubbles.Naming(leaders[:6], 0, 15))
        canvas.rectangle(box, line=RULE, width=1.5)
    y = box.y1 + 18
    end = legends.size_legend(canvas, room.x0, y, look, wording.area)
    legends.colour_legend(canvas, room.x0 + half + 24, y, half, look, wording.colour)
    end = canvas.lines(room.x0, end + 6, [wording.ranking], layout.body, INK, bold=True) + 4
    count = min(6, int((room.y1 - end) / legends.row_height(layout.body)))
    rows = sentences.world_top(frame, 2 * count)
    for place, part in enumerate((rows[:count], rows[count:])):
        legends.ranking(
            canvas, room.x0 + place * (half + 24), end, half, part, layout.body, first=1 + count * place
        )
